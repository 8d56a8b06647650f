"""What may be paid in, what may be taken out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coopbook.errors import Missing, Refused
from coopbook.i18n import N_, Names
from coopbook.ledger.rules import check_amount
from coopbook.money import ZERO, Money


class SavingsType(StrEnum):
    """What the law and the by-laws call the money a member puts in."""

    PRINCIPAL_SHARE = "principal_share"
    MANDATORY_SHARE = "mandatory_share"
    SPECIAL_SHARE = "special_share"
    VOLUNTARY = "voluntary"


ORDER = {kind: place for place, kind in enumerate(SavingsType)}
"""The order in which a member's cards are read: shares first."""
SHARES = frozenset(SavingsType) - {SavingsType.VOLUNTARY}
"""What stays until the member leaves."""


class HoldReason(StrEnum):
    """Why an amount has to stay."""

    GUARANTEE = "guarantee"
    COLLATERAL = "collateral"
    COURT = "court"
    OTHER = "other"


HOLD_NAMES = {
    HoldReason.GUARANTEE: N_("Guarantee for somebody's loan"),
    HoldReason.COLLATERAL: N_("Security for the member's own loan"),
    HoldReason.COURT: N_("Order of a court or the police"),
    HoldReason.OTHER: N_("Another reason"),
}


class PassbookPaper(StrEnum):
    """The sizes of passbook that printers know."""

    A6 = "a6"
    LARGE = "140x200"


class WhyBook(StrEnum):
    """Why a passbook was issued."""

    FIRST = "first"
    FULL = "full"
    LOST = "lost"
    DAMAGED = "damaged"


WHY_NAMES = {
    WhyBook.FIRST: N_("First book"),
    WhyBook.FULL: N_("The book before is full"),
    WhyBook.LOST: N_("The book before was lost"),
    WhyBook.DAMAGED: N_("The book before is damaged"),
}


@dataclass(eq=False)
class NoSuchProduct(Missing):
    """The cooperative offers no savings of that name."""

    sentence = N_("There are no savings called %(asked)s.")

    asked: str


@dataclass(eq=False)
class NoSuchSavings(Missing):
    """There is no savings account of that number."""

    sentence = N_("There is no savings account %(number)s.")

    number: int


@dataclass(eq=False)
class SavingsClosed(Refused):
    """The account was closed."""

    sentence = N_("Savings account %(number)s was closed on %(on)s.")

    number: int
    on: date


@dataclass(eq=False)
class AlreadyOpen(Refused):
    """A member has one account of each kind."""

    sentence = N_("%(member)s already has an account for %(product)s.")

    member: str
    product: Names


@dataclass(eq=False)
class NotWithdrawable(Refused):
    """The money stays until the member leaves."""

    sentence = N_("%(product)s stays in the cooperative until the member leaves.")

    product: Names


@dataclass(eq=False)
class NotEnoughSaved(Refused):
    """The withdrawal would take the account below its minimum balance."""

    sentence = N_(
        "At most %(available)s can be withdrawn, not %(asked)s"
        " (minimum balance %(minimum)s)."
    )

    available: Money
    asked: Money
    minimum: Money


@dataclass(eq=False)
class HeldBack(Refused):
    """A part of the account is held for somebody."""

    sentence = N_(
        "At most %(available)s can be withdrawn, not %(asked)s: %(held)s is held, and "
        "%(minimum)s stays. Who holds it stands on the account's page."
    )

    available: Money
    asked: Money
    held: Money
    minimum: Money


@dataclass(eq=False)
class SameAccount(Refused):
    """Money moves from one account to another."""

    sentence = N_("Choose another account: the money is on account %(number)s already.")

    number: int


@dataclass(eq=False)
class PrincipalSharePaid(Refused):
    """The principal share is paid once, the same for every member."""

    sentence = N_(
        "The principal share is %(share)s, once. %(left)s is still to be paid."
    )

    share: Money
    left: Money


@dataclass(eq=False)
class MembersOnly(Refused):
    """Only members may save: the principal share comes first.

    Source: Permenkop 8/2023, savings and loans serve members and other
    cooperatives only.
    """

    sentence = N_("%(name)s becomes a member by paying the principal share first.")

    name: str


@dataclass(eq=False)
class NotDecidedYet(Refused):
    """The share is paid, but the by-laws want a decision as well."""

    sentence = N_(
        "%(name)s has paid the principal share and waits for a decision. A manager "
        "enters it with “Change the standing”."
    )

    name: str


def check_withdrawal(
    asked: Money, *, available: Money, minimum: Money, held: Money = ZERO
) -> None:
    """Refuse what leaves less than the minimum balance and what is held."""
    check_amount(asked)
    if asked > available:
        free = max(available, ZERO)
        if held > ZERO:
            raise HeldBack(free, asked, held, minimum)
        raise NotEnoughSaved(free, asked, minimum)


def check_principal(asked: Money, *, paid: Money, share: Money) -> None:
    """Refuse more than is left of the principal share; parts of it are taken."""
    check_amount(asked)
    left = max(share - paid, ZERO)
    if asked > left:
        raise PrincipalSharePaid(share, left)
