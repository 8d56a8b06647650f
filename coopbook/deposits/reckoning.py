"""What a term deposit earns, and what breaking it early costs.

Simple interest on the principal from the day of opening to the day before it ends,
so that a deposit of twelve months earns exactly its yearly rate where a month is a
twelfth.  Exact fractions; rounded once, half to even, on the whole since opening, so
that months accrued one by one add up to the whole.  Source: domain guide 2.3 and 5.2;
the by-laws set rate, day count and what breaking costs [general knowledge].
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from coopbook.dates import months_after
from coopbook.deposits.rules import BeforeOpening
from coopbook.money import ZERO, Money, Per, Rate, Rounding, rounded
from coopbook.savings.interest import DayCount


@dataclass(frozen=True, slots=True)
class Broken:
    """What becomes of a deposit that is broken.

    ``accrued`` and ``paid`` are what was accrued and paid of its interest; ``kept``
    what of it the member keeps, ``excess`` what goes back to expense, ``interest``
    what is still paid of it, or, negative, taken back out of the principal.
    """

    principal: Money
    accrued: Money
    paid: Money
    kept: Money
    penalty: Money

    @property
    def excess(self) -> Money:
        """What was accrued and is not kept."""
        return self.accrued - self.kept

    @property
    def interest(self) -> Money:
        """What is still to be paid of the interest; negative where too much was."""
        return self.kept - self.paid

    @property
    def payout(self) -> Money:
        """What the member receives, tax not yet kept back."""
        return self.principal + self.interest - self.penalty


def exact(
    principal: Money, rate: Rate, count: DayCount, opened_on: date, until: date
) -> Fraction:
    """Return the interest from the opening up to a day, exactly, in units.

    ``until`` itself earns nothing.  A twelfth counts whole months since the opening,
    and of a month that is not over its share of the days.

    Raises: ``ValueError`` for a rate by week or day, or a day before the opening.

    >>> exact(Money(1_000_000), Rate.percent(6, "year"), DayCount.TWELFTH,
    ...     date(2026, 1, 31), date(2026, 4, 30))
    Fraction(15000, 1)
    """
    if until < opened_on or rate.per not in (Per.YEAR, Per.MONTH):
        raise ValueError(f"no interest from {opened_on} to {until} at {rate}")
    yearly = rate.share if rate.per is Per.YEAR else rate.share * 12
    return principal.units * yearly * _part(count, opened_on, until)


def interest(
    principal: Money, rate: Rate, count: DayCount, opened_on: date, until: date
) -> Money:
    """Return the interest from the opening up to a day, rounded half to even.

    >>> interest(Money(10_000_000), Rate.percent(7, "year"), DayCount.ACTUAL_365,
    ...     date(2026, 1, 10), date(2026, 4, 10))
    Money(units=172603)
    """
    return Money(rounded(exact(principal, rate, count, opened_on, until)))


def maturity(opened_on: date, months: int) -> date:
    """Return the day a deposit matures: the same day, or the month's last."""
    return months_after(opened_on, months)


def last_anniversary(opened_on: date, on: date) -> date:
    """Return the last day, up to ``on``, on which a month of a deposit was over.

    >>> last_anniversary(date(2026, 1, 31), date(2026, 3, 30))
    datetime.date(2026, 2, 28)
    """
    return months_after(opened_on, _months(opened_on, on))


def broken(
    principal: Money,
    accrued: Money,
    paid: Money,
    *,
    kept_percent: int,
    penalty_percent: int,
) -> Broken:
    """Say what breaking a deposit comes to.

    Rounding: what is kept down, the penalty up, both in the cooperative's favour
              by less than one unit.

    >>> said = broken(Money(10_000_000), Money(100_001), Money(60_000),
    ...     kept_percent=50, penalty_percent=1)
    >>> said.kept, said.interest, said.penalty, said.payout
    (Money(units=50000), Money(units=-10000), Money(units=100000), Money(units=9890000))
    """
    kept = Money(accrued.units * kept_percent // 100)
    penalty = Rate.percent(penalty_percent).of(principal, Rounding.UP)
    most = max(principal + kept - paid, ZERO)
    return Broken(principal, accrued, paid, kept, min(penalty, most))


def check_until(number: int, last: date, until: date) -> None:
    """Refuse a day before the one up to which interest is posted."""
    if until < last:
        raise BeforeOpening(number, last)


def _months(opened_on: date, on: date) -> int:
    months = (on.year - opened_on.year) * 12 + on.month - opened_on.month
    while months and months_after(opened_on, months) > on:
        months -= 1
    return months


def _part(count: DayCount, opened_on: date, until: date) -> Fraction:
    """Return what part of a year lies between two days."""
    if count is DayCount.ACTUAL_365:
        return Fraction((until - opened_on).days, 365)
    if count is DayCount.ACTUAL_ACTUAL:
        return _by_years(opened_on, until)
    months = _months(opened_on, until)
    since = months_after(opened_on, months)
    length = (months_after(opened_on, months + 1) - since).days
    return Fraction(months, 12) + Fraction((until - since).days, 12 * length)


def _by_years(opened_on: date, until: date) -> Fraction:
    whole, day = Fraction(0), opened_on
    while day < until:
        end = min(date(day.year + 1, 1, 1), until)
        length = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
        whole += Fraction((end - day).days, length)
        day = end
    return whole
