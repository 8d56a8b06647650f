"""How long a stretch of days is, in years, by the usual counts (pure)."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from coopbook.dates import months_after


class DayCount(StrEnum):
    """How the length of a period is measured."""

    EVEN = "even"
    THIRTY_360 = "thirty_360"
    THIRTY_360_DATES = "thirty_360_dates"
    ACTUAL_365 = "actual_365"
    ACTUAL_360 = "actual_360"
    ACTUAL_ACTUAL = "actual_actual"
    ACTUAL_ACTUAL_FIRST = "actual_actual_first"
    ACTUAL_FEBRUARY = "actual_february"


class Unit(StrEnum):
    """Of what a period is made."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


A_YEAR = {Unit.DAY: 365, Unit.WEEK: 52, Unit.MONTH: 12}
"""How many of a unit are counted to the year when all are of one length."""

BY_PERIODS = frozenset({DayCount.EVEN, DayCount.THIRTY_360})
"""The counts in which a whole period has its length whatever its days are."""


def unit_in_years(unit: Unit, count: DayCount) -> Fraction:
    """Return the length of one whole unit, for the counts that go by periods."""
    if count is DayCount.THIRTY_360 and unit is not Unit.MONTH:
        return Fraction(7 if unit is Unit.WEEK else 1, 360)
    return Fraction(1, A_YEAR[unit])


def units_after(day: date, count: int, unit: Unit, due_day: int | None = None) -> date:
    """Return the day so many units later; months aim for ``due_day``.

    >>> units_after(date(2026, 1, 31), 1, Unit.MONTH)
    datetime.date(2026, 2, 28)
    """
    if unit is Unit.MONTH:
        return months_after(day, count, due_day)
    return day + timedelta(days=count * (7 if unit is Unit.WEEK else 1))


def years(
    begin: date,
    end: date,
    count: DayCount,
    *,
    unit: Unit = Unit.MONTH,
    due_day: int | None = None,
) -> Fraction:
    """Return the length of a stretch in years, exactly.

    Units:  the days after ``begin`` up to and with ``end``.
    Source: the counts that market conventions know; for the year in which a day of
            a period that crosses New Year is counted, and for whole months inside
            which days are counted, docs/rules/loan-schedules.md.

    >>> years(date(2027, 12, 2), date(2028, 1, 31), DayCount.ACTUAL_ACTUAL)
    Fraction(21929, 133590)
    >>> years(date(2026, 1, 10), date(2026, 3, 31), DayCount.EVEN, due_day=31)
    Fraction(83, 372)
    """
    days = (end - begin).days
    match count:
        case DayCount.EVEN:
            return _by_units(begin, end, unit, due_day) / A_YEAR[unit]
        case DayCount.THIRTY_360:
            if unit is Unit.MONTH:
                return _by_units(begin, end, unit, due_day) / 12
            return Fraction(days, 360)
        case DayCount.THIRTY_360_DATES:
            months = (end.year - begin.year) * 12 + end.month - begin.month
            rest = min(end.day, 30) - min(begin.day, 30)
            return Fraction(30 * months + rest, 360)
        case DayCount.ACTUAL_365:
            return Fraction(days, 365)
        case DayCount.ACTUAL_360:
            return Fraction(days, 360)
        case DayCount.ACTUAL_ACTUAL:
            return _by_year(begin + timedelta(days=1), end + timedelta(days=1))
        case DayCount.ACTUAL_ACTUAL_FIRST:
            return _by_year(begin, end)
        case DayCount.ACTUAL_FEBRUARY:
            return Fraction(days, 366 if _holds_29_february(begin, end) else 365)


def _by_units(begin: date, end: date, unit: Unit, due_day: int | None) -> Fraction:
    """Count whole units back from the end, and the rest by its share of one."""
    if unit is not Unit.MONTH:
        return Fraction((end - begin).days, 7 if unit is Unit.WEEK else 1)
    aim = due_day or end.day
    whole = max((end.year - begin.year) * 12 + end.month - begin.month - 1, 0)
    while months_after(end, -whole - 1, aim) >= begin:
        whole += 1
    upper = months_after(end, -whole, aim) if whole else end
    lower = months_after(end, -whole - 1, aim)
    return whole + Fraction((upper - begin).days, (upper - lower).days)


def _by_year(first: date, behind: date) -> Fraction:
    """Count each day from the first, the one behind left out, by its own year."""
    found = Fraction(0)
    while first < behind:
        new_year = date(first.year + 1, 1, 1)
        end = min(behind, new_year)
        found += Fraction((end - first).days, 366 if isleap(first.year) else 365)
        first = end
    return found


def _holds_29_february(begin: date, end: date) -> bool:
    return any(
        isleap(year) and begin < date(year, 2, 29) <= end
        for year in range(begin.year, end.year + 1)
    )
