"""Which days the cooperative is open, and where a day moves that is closed (pure).

The public holidays a country publishes come from the ``holidays`` library; they are
only proposed, because a book keeps the closed days it was run by as its own rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from coopbook.errors import Refused
from coopbook.i18n import N_

LONGEST_CLOSURE = 92
"""How many closed days in a row are still believed: a quarter of a year."""


class Shift(StrEnum):
    """What becomes of an installment that would fall due on a closed day."""

    NONE = "none"
    NEXT = "next"
    PREVIOUS = "previous"
    EXTEND = "extend"


@dataclass(eq=False)
class NoOpenDay(Refused):
    """A calendar in which nothing can ever fall due."""

    sentence = N_(
        "There is no open day within %(days)s days of %(day)s. Leave at least one"
        " day of the week open, or fewer closed days."
    )

    day: date
    days: int


@dataclass(frozen=True, slots=True)
class OpenDays:
    """The days of the week that are always closed (Monday is 0), and single days.

    ``rests`` says from when on other days of the week are closed, oldest first.

    >>> sundays = OpenDays(frozenset({6}), frozenset({date(2026, 12, 25)}))
    >>> sundays.moved(date(2026, 12, 25), Shift.NEXT)
    datetime.date(2026, 12, 26)
    >>> sundays.moved(date(2026, 12, 27), Shift.PREVIOUS)
    datetime.date(2026, 12, 26)
    """

    weekend: frozenset[int] = frozenset()
    closed: frozenset[date] = field(default_factory=frozenset)
    rests: tuple[tuple[date, frozenset[int]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.weekend or self.closed or self.rests)

    def is_open(self, day: date) -> bool:
        """Say whether something can fall due on a day."""
        weekend = self.weekend
        for since, days in self.rests:
            if since <= day:
                weekend = days
        return day.weekday() not in weekend and day not in self.closed

    def moved(self, day: date, how: Shift) -> date:
        """Return the next or the last open day; raise ``NoOpenDay``."""
        if how is Shift.NONE or self.is_open(day):
            return day
        way = timedelta(days=-1 if how is Shift.PREVIOUS else 1)
        found = day
        for _ in range(LONGEST_CLOSURE):
            found += way
            if self.is_open(found):
                return found
        raise NoOpenDay(day, LONGEST_CLOSURE)


EVERY_DAY = OpenDays()


def public_holidays(year: int, language: str = "id") -> Iterator[tuple[date, str]]:
    """Propose a year's public holidays of Indonesia, with their names.

    Source: the ``holidays`` library.  Days by the moon are estimated there for
            years the government has not published yet.
    """
    import holidays

    named = {"id": "id", "en": "en_US"}.get(language, "id")
    found = holidays.country_holidays("ID", years=year, language=named)
    yield from sorted(found.items())
