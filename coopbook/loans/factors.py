"""How much of what is owed the interest of each period is: factors (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import lcm

from coopbook.dates import last_day
from coopbook.loans.calendar import aim_of
from coopbook.loans.daycount import unit_in_years, units_after, years
from coopbook.loans.terms import Broken, InterestMethod, Terms


def factors(terms: Terms, start: date, days: Sequence[date]) -> tuple[list[int], int]:
    """Return the factors of all periods as whole numbers over one denominator."""
    rate, count = terms.yearly_rate, terms.every.count
    if terms.is_even and not terms.interest_waived and _all_whole(terms, start, days):
        each = unit_in_years(terms.every.unit, terms.day_count)
        share = rate.numerator * count * each.numerator
        return [share] * len(days), rate.denominator * each.denominator
    return over_one(exact_factors(terms, start, days))


def over_one(fractions: Sequence[Fraction]) -> tuple[list[int], int]:
    """Bring fractions to one denominator."""
    below = lcm(*(each.denominator for each in fractions))
    return [each.numerator * (below // each.denominator) for each in fractions], below


def _all_whole(terms: Terms, start: date, days: Sequence[date]) -> bool:
    """Say whether every period has, or counts as, the length of a whole one."""
    if terms.first_due is None and terms.due_day is None:
        return True
    if not _on_due_day(days[0], aim_of(terms, start)):
        return False
    return _first_as_whole(terms) or start == whole_before(terms, start, days[0])


def _on_due_day(day: date, aim: int | None) -> bool:
    return aim is None or day.day == min(aim, last_day(day.year, day.month).day)


def _first_as_whole(terms: Terms) -> bool:
    """Say whether the first period is planned as a whole one, whatever its days."""
    added = terms.broken is Broken.ADDED
    return terms.broken is Broken.WHOLE or (
        added and terms.method is not InterestMethod.BULLET_END
    )


def whole_before(terms: Terms, start: date, end: date) -> date:
    """Return where a whole period that ends on a day begins."""
    aim = aim_of(terms, start)
    if not _on_due_day(end, aim):
        aim = end.day
    return units_after(end, -terms.every.count, terms.every.unit, aim)


def exact_factors(terms: Terms, start: date, days: Sequence[date]) -> list[Fraction]:
    """Return the yearly rate times the length of each period; waived ones zero."""
    begins = [start, *days[:-1]]
    if not terms.dates and _first_as_whole(terms):
        begins[0] = whole_before(terms, start, days[0])
    periods = list(zip(begins, days, strict=True))
    waived = terms.interest_waived
    return [Fraction(0)] * waived + [
        terms.yearly_rate * length_of(terms, start, begin, end)
        for begin, end in periods[waived:]
    ]


def length_of(terms: Terms, start: date, begin: date, end: date) -> Fraction:
    """Return the length in years of a period, or a part of one, of a loan."""
    if terms.is_even and begin == whole_before(terms, start, end):
        return unit_in_years(terms.unit, terms.day_count) * terms.every.count
    aim = aim_of(terms, start)
    if not _on_due_day(end, aim):
        aim = end.day
    return years(begin, end, terms.day_count, unit=terms.unit, due_day=aim)


def first_by_days(terms: Terms, start: date, days: Sequence[date]) -> Fraction:
    """Return the factor of the first period as it really is."""
    return terms.yearly_rate * length_of(terms, start, start, days[0])
