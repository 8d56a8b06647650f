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
    VOLUNTARY = "voluntary"


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


def check_withdrawal(asked: Money, *, available: Money, minimum: Money) -> None:
    """Refuse a withdrawal that leaves less than the product's minimum balance."""
    check_amount(asked)
    if asked > available:
        raise NotEnoughSaved(max(available, ZERO), asked, minimum)


def check_principal(asked: Money, *, paid: Money, share: Money) -> None:
    """Refuse more than is left of the principal share; parts of it are taken."""
    check_amount(asked)
    left = max(share - paid, ZERO)
    if asked > left:
        raise PrincipalSharePaid(share, left)
