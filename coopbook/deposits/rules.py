"""Words and refusals of term deposits; the arithmetic stands in ``reckoning``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coopbook.errors import Missing, Refused
from coopbook.i18n import N_
from coopbook.money import Money

TERMS = (1, 3, 6, 12)
"""For how many months money may be tied (domain guide 2.3)."""


class Rollover(StrEnum):
    """What happens on the day a deposit matures."""

    STOP = "stop"
    PRINCIPAL = "principal"
    WHOLE = "whole"


ROLLOVER_NAMES = {
    Rollover.STOP: N_("Pay it to the savings account"),
    Rollover.PRINCIPAL: N_("Tie the principal again, pay the interest"),
    Rollover.WHOLE: N_("Tie principal and interest again"),
}


class Pays(StrEnum):
    """When the interest is paid."""

    MONTHLY = "monthly"
    AT_MATURITY = "at_maturity"


PAYS_NAMES = {
    Pays.MONTHLY: N_("Every month"),
    Pays.AT_MATURITY: N_("At maturity"),
}


class DepositState(StrEnum):
    """What became of a deposit."""

    OPEN = "open"
    MATURED = "matured"
    ROLLED = "rolled"
    BROKEN = "broken"
    CANCELLED = "cancelled"


STATE_NAMES = {
    DepositState.OPEN: N_("runs"),
    DepositState.MATURED: N_("paid at maturity"),
    DepositState.ROLLED: N_("tied again"),
    DepositState.BROKEN: N_("broken early"),
    DepositState.CANCELLED: N_("taken back"),
}


@dataclass(eq=False)
class NoSuchDeposit(Missing):
    """There is no term deposit of that number."""

    sentence = N_("There is no term deposit %(number)s.")

    number: int


@dataclass(eq=False)
class NoDepositTerms(Refused):
    """Nobody has said what a deposit of that length earns."""

    sentence = N_(
        "Nobody has decided yet what %(months)s months earn on %(on)s. "
        "Set it first: Term deposits, Terms."
    )

    months: int
    on: date


@dataclass(eq=False)
class DepositEnded(Refused):
    """A deposit is paid out or broken once."""

    sentence = N_(
        "Term deposit %(number)s ended on %(on)s and holds nothing any more. "
        "Its voucher shows where the money went."
    )

    number: int
    on: date


@dataclass(eq=False)
class DepositHeld(Refused):
    """The deposit secures a loan."""

    sentence = N_(
        "Term deposit %(number)s secures something (%(note)s). "
        "Release the hold first, then it can be paid out."
    )

    number: int
    note: str


@dataclass(eq=False)
class NotMatureYet(Refused):
    """A deposit matures on a day; before, it can only be broken."""

    sentence = N_(
        "Term deposit %(number)s matures on %(matures_on)s. "
        "Before that day it can be broken, with what that costs."
    )

    number: int
    matures_on: date


@dataclass(eq=False)
class MatureAlready(Refused):
    """What is mature is paid out, not broken."""

    sentence = N_(
        "Term deposit %(number)s has been mature since %(matures_on)s. "
        "Pay it out; nothing is lost."
    )

    number: int
    matures_on: date


@dataclass(eq=False)
class BeforeOpening(Refused):
    """Nothing happens to a deposit before it was opened, or before what was posted."""

    sentence = N_(
        "Interest of term deposit %(number)s is posted up to %(last)s. "
        "Use that day or a later one."
    )

    number: int
    last: date


@dataclass(eq=False)
class TermUnknown(Refused):
    """Deposits run for certain numbers of months."""

    sentence = N_("A term deposit runs for %(terms)s months, not %(asked)s.")

    terms: tuple[int, ...]
    asked: int


@dataclass(eq=False)
class TermsDisorderly(Refused):
    """A rate is a positive share; what is kept back lies between nothing and all."""

    sentence = N_(
        "Give a rate from 0, and percentages between 0 and 100 for what a member "
        "keeps and pays when a deposit is broken."
    )


@dataclass(eq=False)
class TermsBefore(Refused):
    """Terms are set for days to come after the last ones."""

    sentence = N_(
        "The last terms begin on %(last)s. New ones begin after that day, not on "
        "%(asked)s."
    )

    last: date
    asked: date


@dataclass(eq=False)
class NotOneOfTheirs(Refused):
    """Interest and principal go to a savings account of the same member."""

    sentence = N_(
        "Account %(number)s is no account of %(name)s that money can be taken out of. "
        "Choose one, or open voluntary savings first."
    )

    number: int
    name: str


@dataclass(eq=False)
class EarnedAlready(Refused):
    """What has earned interest is ended, not taken back."""

    sentence = N_(
        "Term deposit %(number)s has earned interest already. Break it instead, or "
        "reverse its interest first."
    )

    number: int


@dataclass(eq=False)
class InterestBuiltOn(Refused):
    """Interest is taken back from the end, like it was built."""

    sentence = N_(
        "The interest of term deposit %(number)s was paid, or the deposit has ended. "
        "Reverse that voucher first."
    )

    number: int


@dataclass(eq=False)
class TooMuchCash(Refused):
    """Much cash is paid out by two people."""

    sentence = N_(
        "In cash at most %(limit)s. Pay it to savings account %(account)s; what is "
        "above the limit is then paid out by two people."
    )

    limit: Money
    account: int
