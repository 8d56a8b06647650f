"""Interest of a term deposit day by day, as a clerk with a calendar would add it up."""

from __future__ import annotations

import datetime
from fractions import Fraction

DAY = datetime.timedelta(days=1)


def plus_months(day, months):
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    last = day.day
    while True:
        try:
            return datetime.date(year, month + 1, last)
        except ValueError:
            last -= 1


def naive_interest(principal, yearly, count, opened, until):
    """Return the exact interest; ``yearly`` a Fraction, days from opening to until."""
    total, day, month = Fraction(0), opened, 0
    while day < until:
        if count == "actual_365":
            part = Fraction(1, 365)
        elif count == "actual_actual":
            leap = day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0)
            part = Fraction(1, 366 if leap else 365)
        else:
            while plus_months(opened, month + 1) <= day:
                month += 1
            begins, ends = plus_months(opened, month), plus_months(opened, month + 1)
            part = Fraction(1, 12 * (ends - begins).days)
        total += principal * yearly * part
        day += DAY
    return total
