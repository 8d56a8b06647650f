"""Of which time a statement may be asked (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopbook.dates import FIRST_YEAR, LAST_YEAR
from coopbook.errors import Refused
from coopbook.i18n import N_


@dataclass(eq=False)
class EndsBeforeItBegins(Refused):
    """A time leads from its first day to its last, so the first is not the later."""

    sentence = N_(
        "The time would begin on %(first)s and end before that, on %(last)s. Write the"
        " earlier day first."
    )

    first: date
    last: date


@dataclass(eq=False)
class OutsideTheCalendar(Refused):
    """No book has a day so far away, and some have no day before them."""

    sentence = N_("There is no book of %(day)s. Choose a day from 1900 to 2999.")

    day: date


BESIDE = 2
"""Years before the first one, of which nothing stands beside it."""


def check_day(*days: date) -> None:
    """Raise ``OutsideTheCalendar`` for a day that is not from 1900 to 2999.

    Of the two years before, which stand beside the first ones, there is nothing.
    """
    for day in days:
        if not FIRST_YEAR - BESIDE <= day.year <= LAST_YEAR:
            raise OutsideTheCalendar(day)


def check_span(first: date, last: date) -> None:
    """Refuse a time no statement leads through.

    Raises ``OutsideTheCalendar`` and ``EndsBeforeItBegins``.

    >>> check_span(date(2026, 1, 31), date(2026, 1, 31))
    """
    check_day(first, last)
    if first > last:
        raise EndsBeforeItBegins(first, last)
