"""The days on which the cooperative is closed, and nothing falls due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from coopbook.book import Book
from coopbook.cooperatives.model import ClosedDay
from coopbook.cooperatives.queries import setting, settings, today
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.opendays import OpenDays, Shift, public_holidays


@dataclass(eq=False)
class DayIsPast(Refused):
    """What is due by now does not move any more."""

    sentence = N_(
        "%(day)s is over or is today, and what fell due then stays. Only days to come"
        " can be closed or opened."
    )

    day: date


@dataclass(eq=False)
class DayNeedsName(Refused):
    """A closed day has a name that people know."""

    sentence = N_("Write why the cooperative is closed on %(day)s, like Idul Fitri.")

    day: date


def rest_days(book: Book, on: date | None = None) -> frozenset[int]:
    """Return the day of the week that is always closed, if one is; Monday is 0."""
    day = setting(book, "rest_day", on or today(book))
    return frozenset({day - 1} if day else ())


def open_days(book: Book) -> OpenDays:
    """Return the days the cooperative is open, as its own rows say."""
    rows = (
        select(ClosedDay.closed_on)
        .where(ClosedDay.cooperative_id == book.cooperative_id)
        .where(ClosedDay.open_after_all.is_(False))
    )
    rests = tuple(
        (row.valid_from, frozenset({int(row.value) - 1} if int(row.value) else ()))
        for row in settings(book, "rest_day")
    )
    return OpenDays(closed=frozenset(book.session.scalars(rows)), rests=rests)


def closed_days(book: Book, year: int) -> list[ClosedDay]:
    """Return the closed days of a year, in their order."""
    rows = (
        select(ClosedDay)
        .where(ClosedDay.cooperative_id == book.cooperative_id)
        .where(ClosedDay.closed_on >= date(year, 1, 1))
        .where(ClosedDay.closed_on <= date(year, 12, 31))
        .where(ClosedDay.open_after_all.is_(False))
        .order_by(ClosedDay.closed_on)
    )
    return list(book.session.scalars(rows))


def close_day(book: Book, day: date, name: str) -> ClosedDay:
    """Close a day to come; what would fall due then moves as each loan says.

    Raises ``DayIsPast``, ``DayNeedsName`` and ``NoOpenDay`` where no open day would
    be left near it.
    """
    if day <= today(book):
        raise DayIsPast(day)
    if not name.strip():
        raise DayNeedsName(day)
    row = book.get(ClosedDay, day)
    if row is None:
        row = ClosedDay(cooperative_id=book.cooperative_id, closed_on=day)
        book.session.add(row)
    row.name, row.open_after_all = name.strip(), False
    book.session.flush()
    check_some_open(open_days(book), day)
    return row


def open_day(book: Book, day: date) -> None:
    """Open a day to come that had been closed; raise ``DayIsPast``."""
    if day <= today(book):
        raise DayIsPast(day)
    row = book.get(ClosedDay, day)
    if row is not None:
        row.open_after_all = True
        book.session.flush()


def close_public_holidays(book: Book, year: int) -> list[ClosedDay]:
    """Close the public holidays of a year that are still to come and not decided on.

    A day somebody opened again stays open.  Source: the ``holidays`` library.
    """
    found = []
    for day, name in public_holidays(year):
        if day > today(book) and book.get(ClosedDay, day) is None:
            found.append(close_day(book, day, name))
    return found


def check_some_open(days: OpenDays, day: date) -> None:
    """Raise ``NoOpenDay`` where nothing near a day is open in either direction."""
    for how in (Shift.NEXT, Shift.PREVIOUS):
        days.moved(day, how)
