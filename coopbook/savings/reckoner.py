"""The arithmetic of ``interest`` in whole numbers, made ready once for many accounts.

A month of a hundred thousand accounts asks the same terms a hundred thousand times.
Here rates, tiers and day counts are brought to one denominator beforehand; what is
left for an account is a few additions and one rounding.  A property test holds it
equal to ``interest.interest``, which stays the definition.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from math import lcm

from coopbook.dates import last_day
from coopbook.money import Per, Rounding
from coopbook.savings.interest import Basis, DayCount, InterestTerms

Reckoner = Callable[[int, Sequence[tuple[int, int]]], int]
"""Takes units held before and what each day moved; returns the interest in units."""


def reckoner(terms: InterestTerms, first: date, last: date) -> Reckoner:
    """Return a function that reckons a month, or a part of one, on these terms.

    The function takes the balance before ``first`` and pairs of a day, counted from
    0 for ``first``, and the units that moved on it, in rising order of days.

    Units:  of the currency.  Rounding: once, as the terms say.
    Raises: ``ValueError`` when the days are not of one month, in their order.

    >>> from coopbook.money import ZERO, Rate
    >>> from coopbook.savings.interest import Tier
    >>> terms = InterestTerms(Basis.DAILY, (Tier(ZERO, Rate.percent(6, "year")),))
    >>> march = reckoner(terms, date(2026, 3, 1), date(2026, 3, 31))
    >>> march(2_000_000, [(10, -1_500_000)])
    5014
    """
    if first > last or (first.year, first.month) != (last.year, last.month):
        raise ValueError(f"{first} to {last} is no part of one month")
    whole = (last - first).days + 1
    yearly_of, scale = _yearly(terms)
    below = scale * _days_of_a_year(terms.day_count, first)
    rounding = _rounding(terms.rounding)

    def daily(held: int, moved: Sequence[tuple[int, int]]) -> int:
        if not moved:
            return rounding(yearly_of(held, 1) * whole, below) if held > 0 else 0
        total = since = 0
        for day, units in moved:
            if held > 0 and day > since:
                total += yearly_of(held, 1) * (day - since)
            held, since = held + units, day
        if held > 0:
            total += yearly_of(held, 1) * (whole - since)
        return rounding(total, below)

    def least(held: int, moved: Sequence[tuple[int, int]]) -> int:
        lowest = None if moved and moved[0][0] == 0 else held
        for _, units in moved:
            held += units
            lowest = held if lowest is None else min(lowest, held)
        lowest = held if lowest is None else lowest
        return rounding(yearly_of(lowest, 1) * whole, below) if lowest > 0 else 0

    def average(held: int, moved: Sequence[tuple[int, int]]) -> int:
        days = since = 0
        for day, units in moved:
            days += max(held, 0) * (day - since)
            held, since = held + units, day
        days += max(held, 0) * (whole - since)
        return rounding(yearly_of(days, whole), below) if days > 0 else 0

    return {Basis.DAILY: daily, Basis.MINIMUM: least, Basis.AVERAGE: average}[
        terms.basis
    ]


def _yearly(terms: InterestTerms) -> tuple[Callable[[int, int], int], int]:
    """Return what a balance earns in a year, and the number it is scaled by.

    The function takes a balance as ``units / parts`` and gives its interest times
    ``parts`` and times the scale, so that everything stays whole.
    """
    rates = [
        tier.rate.share if tier.rate.per is Per.YEAR else tier.rate.share * 12
        for tier in terms.tiers
    ]
    scale = lcm(*(rate.denominator for rate in rates))
    shares = [rate.numerator * (scale // rate.denominator) for rate in rates]
    steps = [tier.above.units for tier in terms.tiers]
    floor, only = terms.least.units, shares[0]

    def single(units: int, parts: int) -> int:
        return units * only if units >= floor * parts else 0

    def reached(units: int, parts: int) -> int:
        if units < floor * parts:
            return 0
        share = only
        for step, one in zip(steps, shares, strict=True):
            if step * parts > units:
                break
            share = one
        return units * share

    def sliced(units: int, parts: int) -> int:
        if units < floor * parts:
            return 0
        total = 0
        for place, step in enumerate(steps):
            low = step * parts
            if low >= units:
                break
            end = steps[place + 1] * parts if place + 1 < len(steps) else units
            total += (min(units, end) - low) * shares[place]
        return total

    if len(shares) == 1:
        return single, scale
    return (sliced if terms.slices else reached), scale


def _days_of_a_year(count: DayCount, first: date) -> int:
    """Return of how many parts like a day of this month a year is."""
    if count is DayCount.TWELFTH:
        return 12 * last_day(first.year, first.month).day
    leap = last_day(first.year, 2).day == 29
    return 366 if leap and count is DayCount.ACTUAL_ACTUAL else 365


def _rounding(how: Rounding) -> Callable[[int, int], int]:
    """Return how a positive fraction becomes a whole number."""

    def half_even(above: int, below: int) -> int:
        units, rest = divmod(above, below)
        twice = 2 * rest
        return units + (twice > below or (twice == below and units % 2 == 1))

    def half_up(above: int, below: int) -> int:
        return (2 * above + below) // (2 * below)

    def up(above: int, below: int) -> int:
        return -(-above // below)

    def down(above: int, below: int) -> int:
        return above // below

    return {
        Rounding.HALF_EVEN: half_even,
        Rounding.HALF_UP: half_up,
        Rounding.UP: up,
        Rounding.DOWN: down,
    }[how]
