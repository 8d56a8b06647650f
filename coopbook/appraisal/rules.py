"""What a household can pay, and the five C (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from coopbook.errors import Conflict, Refused
from coopbook.i18n import N_
from coopbook.money import ZERO, Money


class Judgement(StrEnum):
    """What an officer found of one of the five C."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


JUDGEMENT_NAMES = {
    Judgement.GOOD: N_("Good"),
    Judgement.FAIR: N_("Fair"),
    Judgement.POOR: N_("Poor"),
}


class Recommendation(StrEnum):
    """What an officer says to those who decide."""

    LEND = "lend"
    LESS = "less"
    DECLINE = "decline"


RECOMMENDATION_NAMES = {
    Recommendation.LEND: N_("Lend what is asked for"),
    Recommendation.LESS: N_("Lend less"),
    Recommendation.DECLINE: N_("Do not lend"),
}

FIVE_C = ("character", "capacity", "capital", "collateral", "conditions")
FIVE_C_NAMES = {
    "character": N_("Character"),
    "capacity": N_("Capacity"),
    "capital": N_("Capital"),
    "collateral": N_("Collateral"),
    "conditions": N_("Condition"),
}


@dataclass(frozen=True, slots=True)
class Capacity:
    """What is left of a household's month, and what the loans here ask of it.

    ``asked`` is the largest sum that falls due in one month, of this loan and the
    borrower's others here; ``share`` how much of what is left may go to installments.
    """

    income: Money
    expenses: Money
    other_debts: Money
    asked: Money
    share: Fraction

    @property
    def left(self) -> Money:
        """What is left in a month after living and other debts; zero at the least."""
        return max(self.income - self.expenses - self.other_debts, ZERO)

    @property
    def most(self) -> Money:
        """The most that installments may take in a month, rounded down."""
        return Money(int(self.share * self.left.units))

    @property
    def enough(self) -> bool:
        """The installments fit."""
        return self.asked <= self.most

    @property
    def percent(self) -> int | None:
        """What part of what is left the installments take, rounded up; none left: none.

        >>> Capacity(Money(3), Money(0), Money(0), Money(1), Fraction(1)).percent
        34
        """
        if not self.left:
            return None
        return -(-self.asked.units * 100 // self.left.units)


def heaviest_month(due: Sequence[tuple[date, Money]]) -> Money:
    """Return the largest sum that falls due in one calendar month; zero for nothing.

    >>> heaviest_month([(date(2026, 1, 5), Money(3)), (date(2026, 1, 12), Money(4))])
    Money(units=7)
    """
    months: dict[tuple[int, int], Money] = {}
    for on, amount in due:
        month = (on.year, on.month)
        months[month] = months.get(month, ZERO) + amount
    return max(months.values(), default=ZERO)


@dataclass(eq=False)
class AppraisedFirst(Refused):
    """A loan of some size is appraised before anybody decides on it."""

    sentence = N_(
        "Loan %(number)s of %(amount)s is not appraised yet. By the by-laws loans of "
        "more than %(least)s are; write the appraisal down first."
    )

    number: int
    amount: Money
    least: Money


@dataclass(eq=False)
class DecidedAlready(Conflict):
    """What was decided is not appraised any more."""

    sentence = N_(
        "Loan %(number)s was decided on already; its appraisal stays as it is."
    )

    number: int


@dataclass(eq=False)
class HowMuchLess(Refused):
    """Who says less says how much."""

    sentence = N_("Write the amount to lend: more than nothing, less than %(asked)s.")

    asked: Money


@dataclass(eq=False)
class VisitedLater(Refused):
    """Nobody reports on a visit that is still to come."""

    sentence = N_("The visit was on %(visited)s, after the appraisal of %(on)s.")

    visited: date
    on: date
