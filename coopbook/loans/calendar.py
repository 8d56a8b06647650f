"""When installments are due: periods, due days, closed days (pure)."""

from __future__ import annotations

from datetime import MAXYEAR, date, timedelta

from coopbook.loans.daycount import Unit, units_after
from coopbook.loans.terms import DueBeforePaidOut, Terms, TermsTooLong
from coopbook.opendays import EVERY_DAY, OpenDays, Shift

LONG_MONTHS = 28
"""Every month has this day; later ones are clamped to the month's last."""


def aim_of(terms: Terms, start: date) -> int | None:
    """Return the day of the month that due days aim for, none without months."""
    if terms.unit is not Unit.MONTH or terms.dates:
        return None
    return terms.due_day or (terms.first_due or start).day


def nominal_days(terms: Terms, start: date) -> list[date]:
    """Return the due days of a schedule before closed days move them.

    Raises ``DueBeforePaidOut`` unless the first lies after ``start``.
    """
    if terms.dates:
        days = list(terms.dates)
    else:
        first, ahead = (start, 1) if terms.first_due is None else (terms.first_due, 0)
        if first.year + terms.periods * terms.every.count // 12 >= MAXYEAR:
            raise TermsTooLong(terms.periods)
        if terms.every.unit is Unit.MONTH:
            aim = terms.due_day or first.day
            days = _by_months(first, aim, terms.every.count, terms.periods, ahead)
        else:
            length = terms.every.count * (7 if terms.every.unit is Unit.WEEK else 1)
            days = [
                first + timedelta(days=length * (number + ahead))
                for number in range(terms.periods)
            ]
        if terms.first_due is not None:
            days[0] = terms.first_due
    if days[0] <= start:
        raise DueBeforePaidOut(days[0], start)
    return days


def _by_months(
    first: date, aim: int, count: int, periods: int, ahead: int
) -> list[date]:
    if aim > LONG_MONTHS:
        return [
            units_after(first, count * (number + ahead), Unit.MONTH, aim)
            for number in range(periods)
        ]
    year, month = first.year, first.month + count * ahead
    found = []
    for _ in range(periods):
        while month > 12:
            year, month = year + 1, month - 12
        found.append(date(year, month, aim))
        month += count
    return found


def due_days(
    terms: Terms, start: date, days: list[date], open_days: OpenDays = EVERY_DAY
) -> list[date]:
    """Move nominal due days off the closed ones, as the terms say.

    Nothing moves back to the day the loan is paid out or before it.
    Raises ``NoOpenDay``.
    """
    if terms.shift is Shift.NONE or not open_days:
        return days
    if terms.shift is not Shift.EXTEND:
        moved = [open_days.moved(day, terms.shift) for day in days]
        return [
            to if to > start else open_days.moved(day, Shift.NEXT)
            for day, to in zip(days, moved, strict=True)
        ]
    found, late = [], timedelta(0)
    for day in days:
        found.append(open_days.moved(day + late, Shift.NEXT))
        late = found[-1] - day
    return found
