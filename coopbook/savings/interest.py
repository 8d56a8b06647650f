"""Interest on savings: what the balances of a month earn, and what tax is kept back.

Words: the *balance* of a day is what is there at its end.  *Minimum* pays on the least
balance of the month, *average* on the mean of its days, *daily* on each day by itself.
What lies below nothing earns nothing; so does a day on which the account was not there.
Sources: the bases are those Indonesian banks print in their terms (saldo terendah,
rata-rata, harian) [general knowledge]; the tax is PP 15/2009 [secondary source].
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from coopbook.dates import last_day
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.money import ZERO, Money, Per, Rate, Rounding, rounded


class Basis(StrEnum):
    """On which balance of a month interest is paid."""

    MINIMUM = "minimum"
    AVERAGE = "average"
    DAILY = "daily"


class DayCount(StrEnum):
    """What part of a year a month is."""

    TWELFTH = "twelfth"
    """Each month one twelfth; of a part of a month, its share of the month's days."""
    ACTUAL_365 = "actual_365"
    ACTUAL_ACTUAL = "actual_actual"
    """As ``ACTUAL_365``, with 366 days in a leap year."""


@dataclass(frozen=True, slots=True)
class Tier:
    """A rate, and the balance from which it holds."""

    above: Money
    rate: Rate


@dataclass(eq=False)
class TiersDisorderly(Refused):
    """The rates of savings begin at nothing and rise step by step."""

    sentence = N_(
        "Give the rates by rising balances, the first from 0, each by month or year."
    )


@dataclass(frozen=True, slots=True)
class InterestTerms:
    """How a kind of savings earns interest.

    With ``slices`` each tier's rate is paid on what lies in the tier; otherwise the
    tier the balance reaches rules the whole of it.  A balance below ``least`` earns
    nothing.

    Raises: ``TiersDisorderly``.
    """

    basis: Basis
    tiers: tuple[Tier, ...]
    day_count: DayCount = DayCount.ACTUAL_365
    slices: bool = False
    least: Money = ZERO
    rounding: Rounding = Rounding.HALF_EVEN

    def __post_init__(self) -> None:
        """Refuse tiers that leave a balance without a rate, or with two."""
        steps = [tier.above for tier in self.tiers]
        rising = all(one < other for one, other in pairwise(steps))
        known = all(
            tier.rate.per in (Per.MONTH, Per.YEAR) and tier.rate.share >= 0
            for tier in self.tiers
        )
        if not steps or steps[0] != ZERO or not rising or not known:
            raise TiersDisorderly()


def runs(
    first: date, last: date, opening: Money, changes: Mapping[date, Money]
) -> Iterator[tuple[int, int]]:
    """Return how many days each balance stood, and the balance in units.

    ``opening`` is the balance before ``first``; ``changes`` what each day moved, of
    which only days from ``first`` to ``last`` count.

    >>> list(runs(date(2026, 4, 1), date(2026, 4, 30), Money(5), {date(2026, 4, 11):
    ...     Money(2)}))
    [(10, 5), (20, 7)]
    """
    balance, since = opening.units, first
    for on in sorted(changes):
        if not first <= on <= last or not changes[on]:
            continue
        if on > since:
            yield (on - since).days, balance
        balance, since = balance + changes[on].units, on
    yield (last - since).days + 1, balance


def earned(
    terms: InterestTerms,
    first: date,
    last: date,
    opening: Money,
    changes: Mapping[date, Money],
) -> Fraction:
    """Return the interest of a month, or of a part of one, exactly and not rounded.

    Units:  of the currency.  Days before the account was opened stand as nothing.
    Raises: ``ValueError`` when the days are not of one month, in their order.
    """
    if first > last or (first.year, first.month) != (last.year, last.month):
        raise ValueError(f"{first} to {last} is no part of one month")
    stood = [
        (days, max(units, 0)) for days, units in runs(first, last, opening, changes)
    ]
    whole = sum(days for days, _ in stood)
    if terms.basis is Basis.DAILY:
        return sum(
            (
                _year_of(terms, Fraction(units)) * _part(terms.day_count, first, days)
                for days, units in stood
            ),
            Fraction(0),
        )
    if terms.basis is Basis.MINIMUM:
        base = Fraction(min(units for _, units in stood))
    else:
        base = Fraction(sum(days * units for days, units in stood), whole)
    return _year_of(terms, base) * _part(terms.day_count, first, whole)


def interest(
    terms: InterestTerms,
    first: date,
    last: date,
    opening: Money,
    changes: Mapping[date, Money],
) -> Money:
    """Return the interest of a month, rounded once as the terms say.

    >>> from coopbook.money import Rate
    >>> terms = InterestTerms(Basis.MINIMUM, (Tier(ZERO, Rate.percent(3, "year")),))
    >>> interest(terms, date(2026, 4, 1), date(2026, 4, 30), Money(1_000_000), {})
    Money(units=2466)
    """
    exact = earned(terms, first, last, opening, changes)
    return Money(rounded(exact, terms.rounding))


def _year_of(terms: InterestTerms, base: Fraction) -> Fraction:
    """Return what a balance would earn in a year."""
    if base < terms.least.units:
        return Fraction(0)
    if not terms.slices:
        reached = [tier for tier in terms.tiers if tier.above.units <= base]
        return base * _yearly(reached[-1].rate)
    total = Fraction(0)
    ends = [tier.above.units for tier in terms.tiers[1:]]
    for tier, end in zip(terms.tiers, [*ends, None], strict=True):
        top = base if end is None else min(base, Fraction(end))
        if top > tier.above.units:
            total += (top - tier.above.units) * _yearly(tier.rate)
    return total


def _yearly(rate: Rate) -> Fraction:
    return rate.share if rate.per is Per.YEAR else rate.share * 12


def _part(count: DayCount, first: date, days: int) -> Fraction:
    """Return what part of a year so many days of a month are."""
    if count is DayCount.TWELFTH:
        return Fraction(days, 12 * last_day(first.year, first.month).day)
    leap = last_day(first.year, 2).day == 29
    year = 366 if leap and count is DayCount.ACTUAL_ACTUAL else 365
    return Fraction(days, year)


@dataclass(frozen=True, slots=True)
class PaidBefore:
    """The interest a member was paid in a month already, and the tax kept back of it.

    >>> PaidBefore(Money(200_000)) + PaidBefore(Money(50_000), Money(25_000))
    PaidBefore(gross=Money(units=250000), tax=Money(units=25000))
    """

    gross: Money = ZERO
    tax: Money = ZERO

    def __add__(self, other: PaidBefore) -> PaidBefore:
        return PaidBefore(self.gross + other.gross, self.tax + other.tax)


NOTHING = PaidBefore()


def tax_now(gross: Money, before: PaidBefore, free: Money, rate: Rate) -> Money:
    """Return the tax on interest paid now, in a month in which some was paid before.

    Once the month's whole is above ``free``, all of it is taxed, so what was paid
    untaxed before is caught up; never more than what is paid now.  Rounded down.

    >>> tax_now(Money(100_000), PaidBefore(Money(200_000)), Money(240_000),
    ...     Rate.percent(10))
    Money(units=30000)
    """
    whole = before.gross + gross
    if gross <= ZERO or whole <= free:
        return ZERO
    due = rate.of(whole, Rounding.DOWN) - before.tax
    return min(max(due, ZERO), gross)


def withheld(
    gross: Sequence[Money], free: Money, rate: Rate, before: PaidBefore = NOTHING
) -> list[Money]:
    """Return the tax on what one member earns in a month, account by account.

    Above ``free`` the whole is taxed, up to it nothing is; ``before`` is what the
    month paid already.  The tax is computed once on the sum, rounded down, and
    divided without loss.

    >>> rate = Rate.percent(10)
    >>> withheld([Money(200_000), Money(40_000)], Money(240_000), rate)
    [Money(units=0), Money(units=0)]
    >>> withheld([Money(200_000), Money(40_001)], Money(240_000), rate)
    [Money(units=20000), Money(units=4000)]
    """
    tax = tax_now(sum(gross, ZERO), before, free, rate)
    return tax.split([one.units for one in gross]) if tax else [ZERO for _ in gross]
