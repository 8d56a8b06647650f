"""How fast a term of office lent in its last days, beside the whole of it (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

LAST_DAYS, TIMES, FEWEST = 14, 2, 3
"""How many last days are looked at, more than how many times the pace of the term is
asked about, and from how many loans on: our choice."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The loans paid out in the last days of a term, and in all of it."""

    loans: tuple[int, ...]
    last_days: int
    all_loans: int
    days: int

    @property
    def times(self) -> Fraction:
        """How many times the pace of the whole term its last days had."""
        if not self.all_loans:
            return Fraction(0)
        own = Fraction(len(self.loans), self.last_days)
        return own / Fraction(self.all_loans, self.days)

    def hurried(self, times: int = TIMES, fewest: int = FEWEST) -> bool:
        """Say whether the last days were faster than so many times the term."""
        return len(self.loans) >= fewest and self.times > times


def pace_of(
    lent: Sequence[tuple[int, date]],
    began_on: date,
    ended_on: date,
    *,
    last_days: int = LAST_DAYS,
) -> Pace:
    """Return the pace of a term from one day to another, both counted.

    ``lent`` are loans with the day they were paid out.  A term that is no longer than
    the days looked at is compared with itself.
    """
    days = (ended_on - began_on).days + 1
    last = min(last_days, days)
    since = ended_on - timedelta(days=last - 1)
    within = [(number, on) for number, on in lent if began_on <= on <= ended_on]
    return Pace(
        tuple(sorted(number for number, on in within if on >= since)),
        last,
        len(within),
        days,
    )
