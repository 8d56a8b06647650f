"""In whose term of office loans went bad, compared at equal months on book (pure).

Twice: in whose term they were approved, and in whose they first fell late.

A young loan has had no time to be late, and a term that lent much has more late loans.
So each term is held to what all terms together would lead one to expect of the same
loans: for every month on book the rate at which loans first fall late, per day, over
all terms; times the days that loans of that age ran in this term.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import exp

from coopbook.dates import days_between, months_after

HORIZON = 24
"""Months on book that are compared; later ones are too few to say anything."""

FEWEST, RARE = 5, 0.001
"""A term is flagged from so many loans on, where chance alone is rarer than this."""


@dataclass(frozen=True, slots=True)
class Life:
    """A loan from the day it was paid out to the day it ended or first fell late.

    ``late_on`` is the first day it was more than thirty days late, ``ended_on`` the day
    it was paid off; neither of a loan that still runs well.
    """

    number: int
    began_on: date
    late_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A term of office, from a day to a day or still running; ``key`` names it."""

    key: int
    began_on: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Fallen:
    """The loans that first fell late in a term, and how many one would expect."""

    key: int | None
    loans: tuple[int, ...]
    days: int
    expected: Fraction

    @property
    def ratio(self) -> Fraction:
        """How many times more fell late than expected; zero where none was expected."""
        return len(self.loans) / self.expected if self.expected else Fraction(0)

    @property
    def flagged(self) -> bool:
        """Far more fell late than chance explains."""
        seen = len(self.loans)
        return seen >= FEWEST and tail(seen, float(self.expected)) < RARE


def tail(seen: int, expected: float) -> float:
    """Return how likely so many or more are by chance alone (Poisson).

    >>> round(tail(3, 1.0), 4)
    0.0803
    """
    part, below = exp(-expected), 0.0
    for number in range(seen):
        below += part
        part *= expected / (number + 1)
    return max(0.0, 1.0 - below)


def fallen_in(
    lives: Sequence[Life], spans: Sequence[Span], on: date, horizon: int = HORIZON
) -> list[Fallen]:
    """Return for each term which loans first fell late in it, beside what is expected.

    Days without a term are gathered under ``None``, last.
    Shapes: one row a span, in their order, and one more where days lie outside.
    """
    return _compared(
        *(lives, [span.key for span in spans], on, horizon),
        lambda life, first, end: _split(first, end, spans),
    )


def fallen_of(
    lives: Sequence[Life],
    approved_in: Mapping[int, int | None],
    spans: Sequence[Span],
    on: date,
    horizon: int = HORIZON,
) -> list[Fallen]:
    """Return for each term which of the loans it approved ever fell late.

    ``approved_in`` says of each loan by its number in which term it was approved; it
    stays there whoever holds the office later, and whatever becomes of the loan.  What
    is expected is what all loans of the same age together lead one to expect.
    Shapes: one row a span, in their order, and one more for loans of no term.
    """
    return _compared(
        *(lives, [span.key for span in spans], on, horizon),
        lambda life, first, end: {
            approved_in.get(life.number): days_between(first, end)
        },
    )


Share = Callable[[Life, date, date], Mapping[int | None, int]]
"""To whom the days of a loan from one to before another belong."""


def _compared(
    lives: Sequence[Life],
    known: Sequence[int],
    on: date,
    horizon: int,
    share: Share,
) -> list[Fallen]:
    days: Counter[tuple[int | None, int]] = Counter()
    falls: Counter[int] = Counter()
    names: dict[int | None, list[int]] = {}
    for life in lives:
        for age in range(horizon):
            first = months_after(life.began_on, age)
            end = min(months_after(life.began_on, age + 1), _until(life, on))
            if end <= first:
                break
            for key, length in share(life, first, end).items():
                days[key, age] += length
        late = life.late_on
        if late is not None and late <= on:
            age = _age(life.began_on, late)
            if age < horizon:
                falls[age] += 1
                (key,) = share(life, late, late + timedelta(days=1))
                names.setdefault(key, []).append(life.number)
    whole: Counter[int] = Counter()
    for (_, age), length in days.items():
        whole[age] += length
    rates = {age: Fraction(falls[age], length) for age, length in whole.items()}
    keys: list[int | None] = [*known]
    if None in names or any(key is None for key, _ in days):
        keys.append(None)
    return [_row(key, days, rates, names) for key in keys]


def _row(
    key: int | None,
    days: Mapping[tuple[int | None, int], int],
    rates: Mapping[int, Fraction],
    names: Mapping[int | None, Sequence[int]],
) -> Fallen:
    own = {age: length for (of, age), length in days.items() if of == key}
    expected = sum((rates[age] * length for age, length in own.items()), Fraction(0))
    return Fallen(key, tuple(names.get(key, ())), sum(own.values()), expected)


def _until(life: Life, on: date) -> date:
    """Return the day after the last on which a loan could have fallen late."""
    last = on
    if life.ended_on is not None:
        last = min(last, life.ended_on)
    if life.late_on is not None:
        last = min(last, life.late_on)
    return last + timedelta(days=1)


def _age(began: date, on: date) -> int:
    """Return how many whole months a loan was on book."""
    age = (on.year - began.year) * 12 + on.month - began.month
    return age if months_after(began, age) <= on else age - 1


def _split(first: date, end: date, spans: Sequence[Span]) -> dict[int | None, int]:
    """Share the days from one to before another out among the terms."""
    found: dict[int | None, int] = {}
    left = days_between(first, end)
    for span in spans:
        last = end if span.ended_on is None else span.ended_on + timedelta(days=1)
        length = days_between(max(first, span.began_on), min(end, last))
        if length > 0:
            found[span.key] = length
            left -= length
    if left > 0:
        found[None] = left
    return found
