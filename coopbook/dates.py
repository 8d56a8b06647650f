"""Months later, months by name, the days between two dates."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""The years of days somebody may write; what is further away was mistyped."""


def month_of(day: date) -> int:
    """Return the month as one number: ``202611`` for November 2026."""
    return day.year * 100 + day.month


def last_day(year: int, month: int) -> date:
    """Return the last day of a month.

    >>> last_day(2028, 2)
    datetime.date(2028, 2, 29)
    """
    return date(year, month, monthrange(year, month)[1])


def months_after(start: date, months: int, day: int | None = None) -> date:
    """Return the same day ``months`` later, or the month's last where it is short.

    ``day`` is the day of the month to aim for, where it is not ``start``'s own.

    >>> months_after(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    >>> months_after(date(2026, 2, 28), 1, day=31)
    datetime.date(2026, 3, 31)
    """
    count = start.year * 12 + start.month - 1 + months
    year, month = divmod(count, 12)
    aim = start.day if day is None else day
    return date(year, month + 1, min(aim, monthrange(year, month + 1)[1]))


def days_between(earlier: date, later: date) -> int:
    """Return the days from one date to another, zero when it has not come yet."""
    return max((later - earlier).days, 0)


def parse_month(name: str) -> tuple[date, date]:
    """Return the first and last day of a month written ``2026-11``.

    Raises: ``ValueError`` when it is not written so.
    """
    first = date.fromisoformat(f"{name}-01")
    return first, last_day(first.year, first.month)


def day_before(day: date) -> date:
    """Return the day before."""
    return day - timedelta(days=1)


def short_day(on: date) -> str:
    """Write a date for a table: ``16/03/2026``."""
    return on.strftime("%d/%m/%Y")
