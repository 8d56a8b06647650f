"""Adjustments of earlier years: what may be proposed, and what becomes of it (pure).

An error of a year that the members approved is corrected in the first open year against
the surplus of earlier years, and the year before is shown as it would have been (SAK EP
section 10, prior period errors; accounts of the domain guide 5, 34004).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coopbook.errors import Conflict, Missing, Refused
from coopbook.i18n import N_
from coopbook.ledger.rules import AccountType, Draft, credit, debit
from coopbook.money import ZERO

LONGEST = 300
EARNINGS = (AccountType.REVENUE, AccountType.EXPENSE)


class AdjustmentState(StrEnum):
    """What became of a proposed adjustment."""

    PROPOSED = "proposed"
    BOOKED = "booked"
    DECLINED = "declined"


STATE_NAMES = {
    AdjustmentState.PROPOSED: N_("proposed"),
    AdjustmentState.BOOKED: N_("booked"),
    AdjustmentState.DECLINED: N_("declined"),
}


@dataclass(eq=False)
class NoSuchAdjustment(Missing):
    """There is no adjustment of that number."""

    sentence = N_("There is no proposed adjustment %(number)s.")

    number: int


@dataclass(eq=False)
class NotThatYear(Refused):
    """A correction is of a year of this book that is over."""

    sentence = N_(
        "Corrections here are of a year that is over, %(first)s or later; %(year)s is"
        " not. What is wrong in a year that runs is put right by an ordinary voucher."
    )

    year: int
    first: int


@dataclass(eq=False)
class FindingNeeded(Refused):
    """An adjustment says what was wrong."""

    sentence = N_("Write what was found, in %(longest)s characters at most.")

    longest: int = LONGEST


@dataclass(eq=False)
class NotAdjusted(Refused):
    """Some accounts are corrected at their own desk."""

    sentence = N_(
        "Account %(account)s is not adjusted here: cash and bank are counted, what each"
        " member has or owes is corrected on their card, and the surplus follows from"
        " the rest. Name the account of income, expense, asset or debt that was wrong."
    )

    account: str


@dataclass(eq=False)
class ReopenYearFirst(Refused):
    """A year that nobody approved yet is opened again and corrected itself."""

    sentence = N_(
        "%(year)s is closed, but the members have not approved it. Ask to reopen it;"
        " then book this correction in the year itself."
    )

    year: int


@dataclass(eq=False)
class InItsOwnYear(Refused):
    """What corrects an approved year is booked in a later one."""

    sentence = N_(
        "The members approved %(year)s. Book its correction with a date after it, in a"
        " year that is open."
    )

    year: int


@dataclass(eq=False)
class OwnProposal(Refused):
    """Who proposes an adjustment does not decide on it."""

    sentence = N_("You proposed this. Somebody else books or declines it.")


@dataclass(eq=False)
class AlreadyDecided(Conflict):
    """An adjustment is decided on once."""

    sentence = N_("Adjustment %(number)s is already decided on.")

    number: int


@dataclass(eq=False)
class DeclineReason(Refused):
    """Who declines an auditor's adjustment says why."""

    sentence = N_("Write why it is not booked; the auditors and the members read it.")


def check_finding(finding: str) -> str:
    """Return what was found without extra blanks; raise ``FindingNeeded``."""
    tidy = " ".join(finding.split())
    if not tidy or len(tidy) > LONGEST:
        raise FindingNeeded
    return tidy


def in_later_year(
    lines: Iterable[Draft], types: dict[int, AccountType], prior_year: int
) -> list[Draft]:
    """Return what an adjustment of an approved year posts in a later one.

    Lines on income and expenses come together on the account of prior-year
    corrections, the others stand as they are.  Nothing where only income or expenses
    were mixed up, because their sum was right.

    >>> from coopbook.money import Money
    >>> types = {52_002: AccountType.EXPENSE, 21_304: AccountType.LIABILITY}
    >>> late = [debit(52_002, Money(5)), credit(21_304, Money(5))]
    >>> [(d.account, d.debit.units) for d in in_later_year(late, types, 34_004)]
    [(21304, 0), (34004, 5)]
    """
    kept, earned = [], ZERO
    for line in lines:
        if types[line.account] in EARNINGS:
            earned += line.credit - line.debit
        else:
            kept.append(line)
    if earned:
        side = credit if earned > ZERO else debit
        kept.append(side(prior_year, abs(earned)))
    return kept


@dataclass(frozen=True, slots=True)
class Correction:
    """A booked adjustment as statements need it: of which year, when, which lines.

    ``moved`` holds debit less credit of each account, in whole rupiah.
    """

    number: int
    year: int
    finding: str
    booked_on: date
    moved: dict[int, int]

    @property
    def year_end(self) -> date:
        """The day from which its year would have shown it."""
        return date(self.year, 12, 31)


def restating_position(corrections: Iterable[Correction], on: date) -> list[Correction]:
    """Return what the position of a day would have shown had it been known.

    Those of years that had ended by that day and were booked only after it.
    """
    return [one for one in corrections if one.year_end <= on < one.booked_on]


def restating_surplus(
    corrections: Iterable[Correction], first: date, last: date
) -> list[Correction]:
    """Return what the surplus of a time would have shown: years that ended in it."""
    return [one for one in corrections if first <= one.year_end <= last < one.booked_on]


def restated_position(
    held: dict[int, int],
    corrections: Iterable[Correction],
    types: dict[int, AccountType],
    on: date,
    accounts: tuple[int, int],
) -> dict[int, int]:
    """Return balances of a day, debit positive, with corrections that came later.

    ``accounts`` are those of the surplus of the year and of earlier years: what a
    correction moves on income and expenses belongs to one of them.
    """
    found = dict(held)
    of_year, earlier = accounts
    for one in restating_position(corrections, on):
        for account, units in one.moved.items():
            at = account
            if types[account] in EARNINGS:
                at = of_year if one.year == on.year else earlier
            found[at] = found.get(at, 0) + units
    return found


def restated_surplus(
    moved: dict[int, int],
    corrections: Iterable[Correction],
    types: dict[int, AccountType],
    first: date,
    last: date,
) -> dict[int, int]:
    """Return what income and expenses moved in a time, with later corrections."""
    found = dict(moved)
    for one in restating_surplus(corrections, first, last):
        for account, units in one.moved.items():
            if types[account] in EARNINGS:
                found[account] = found.get(account, 0) + units
    return found
