"""What a loan really costs: nominal, internal and compounded rates of a year (pure).

Rates are shown, never booked: they are the one place where floating point is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import accumulate

from coopbook.loans.calendar import nominal_days
from coopbook.loans.daycount import DayCount, years
from coopbook.loans.factors import length_of
from coopbook.loans.schedule import Installment
from coopbook.loans.terms import InterestMethod, Terms
from coopbook.money import Money

TURNS = 200
"""Halvings of the interval in which the rate lies; fewer than sixty are needed."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The rates on an agreement, each a share of a year.

    ``twelvefold`` is twelve times the monthly internal rate, with what was deducted
    from the loan; ``compounded`` that monthly rate over twelve months.
    """

    nominal: Fraction
    monthly: float

    @property
    def twelvefold(self) -> float:
        """Twelve times the monthly internal rate."""
        return 12 * self.monthly

    @property
    def compounded(self) -> float:
        """The monthly internal rate, with interest on interest over a year."""
        return float((1 + self.monthly) ** 12 - 1)


def cost(
    terms: Terms,
    received: Money,
    plan: Iterable[Installment],
    start: date,
    later: Sequence[tuple[date, Money]] = (),
) -> Cost:
    """Return what a loan costs whose member receives so much on ``start``.

    Units:  ``received`` is what is paid out, fees deducted; ``later`` are tranches.
    Raises: ``ValueError`` where nothing is received.

    >>> from coopbook.loans.schedule import schedule
    >>> from coopbook.loans.terms import InterestMethod
    >>> from coopbook.money import Rate
    >>> terms = Terms(InterestMethod.FLAT, Rate.percent(2), 12)
    >>> lent, on = Money(12_000_000), date(2026, 1, 5)
    >>> found = cost(terms, lent, schedule(terms, lent, on), on)
    >>> f"{found.twelvefold:.1%}"
    '41.7%'
    """
    days = nominal_days(terms, start)
    even = replace(terms, day_count=DayCount.EVEN)
    periods = zip([start, *days], days, strict=False)
    lengths = list(accumulate(_months(even, start, *each) for each in periods))
    if terms.method is InterestMethod.BULLET_END:
        lengths = lengths[-1:]
    paid = [
        (months, each.total.units) for months, each in zip(lengths, plan, strict=False)
    ]
    paid += [
        (float(12 * years(start, day, DayCount.EVEN)), -amount.units)
        for day, amount in later
    ]
    return Cost(terms.yearly_rate, internal_rate(received.units, paid))


def _months(terms: Terms, start: date, begin: date, end: date) -> float:
    """Return how many months a period has by the count of the terms."""
    return float(12 * length_of(terms, start, begin, end))


def internal_rate(received: int, paid: Sequence[tuple[float, int]]) -> float:
    """Return the rate of a month at which what is paid is worth what was received.

    Units:  ``paid`` as months after the beginning and units of money.
    Raises: ``ValueError`` where nothing is received.
    """
    if received <= 0:
        raise ValueError("a loan of which nothing is received has no rate")

    def worth(rate: float) -> float:
        return sum(float(amount * (1 + rate) ** -when) for when, amount in paid)

    if sum(amount for _, amount in paid) <= received:
        return 0.0
    low, high = 0.0, 1.0
    while worth(high) > received and high < 1e9:
        high *= 2
    for _ in range(TURNS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if worth(middle) > received:
            low = middle
        else:
            high = middle
    return high
