"""Days whose cash nobody counted, and what they keep from being closed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from coopbook.book import Book
from coopbook.cashcounts import rules
from coopbook.cashcounts.model import CashCount
from coopbook.cashcounts.service import BOXES
from coopbook.cooperatives import setting
from coopbook.dates import parse_month
from coopbook.i18n import N_
from coopbook.ledger.closing import Check, at_month_end, before_closing
from coopbook.ledger.model import DayBalance, Period
from coopbook.money import Money

COUNTED = N_("Days on which cash moved and was not counted")


def _moved(book: Book, first: date, last: date) -> dict[tuple[date, int], Money]:
    """Return what each cash box held at the end of each day it moved on."""
    rows = book.session.execute(
        select(
            DayBalance.day,
            DayBalance.account_number,
            DayBalance.opening + DayBalance.debit - DayBalance.credit,
        )
        .where(DayBalance.cooperative_id == book.cooperative_id)
        .where(DayBalance.account_number.in_(BOXES))
        .where(DayBalance.day.between(first, last))
        .order_by(DayBalance.day, DayBalance.account_number)
    )
    return {(day, box): Money(int(units)) for day, box, units in rows}


def _counts(book: Book, first: date, last: date) -> dict[tuple[date, int], Money]:
    """Return what the last count of each day and box found."""
    rows = book.session.scalars(
        select(CashCount)
        .where(CashCount.cooperative_id == book.cooperative_id)
        .where(CashCount.day.between(first, last))
        .order_by(CashCount.day, CashCount.account_number, CashCount.number)
    )
    return {(row.day, row.account_number): row.counted for row in rows}


def open_days(book: Book, first: date, last: date) -> list[date]:
    """Return the days on which cash moved that were neither counted since nor closed.

    A day is counted when the last count of every box that moved on it is what the box
    held at its end.
    """
    counts, closed = _counts(book, first, last), _closed(book, first, last)
    days = {
        day
        for (day, box), held in _moved(book, first, last).items()
        if counts.get((day, box)) != held and day not in closed
    }
    return sorted(days)


def _closed(book: Book, first: date, last: date) -> set[date]:
    """Return the days of a time that were closed one by one."""
    names = select(Period.name).where(
        Period.cooperative_id == book.cooperative_id,
        Period.closed,
        Period.name.between(first.isoformat(), last.isoformat()),
    )
    return {
        date.fromisoformat(name)
        for name in book.session.scalars(names)
        if len(name) == len("2026-01-31")
    }


def since_counted(book: Book, first: date, last: date) -> tuple[int, date] | None:
    """Return a box that was counted in a time and moved after its last count, and when.

    A box nobody counted in that time is none.
    """
    done: dict[int, tuple[date, Money]] = {}
    for (day, box), held in _counts(book, first, last).items():
        done[box] = (day, held)
    for (day, box), held in reversed(_moved(book, first, last).items()):
        if box not in done:
            continue
        counted_on, counted = done[box]
        if day > counted_on or (day == counted_on and held != counted):
            return box, day
    return None


@before_closing
def _counted_first(book: Book, first: date, last: date) -> None:
    """Refuse to close over days that are open and cash that should have been counted.

    Every day on which cash moved, where the by-law asks for it, and where another day
    of its month was closed: who closes days closes them all.  Else a year, when the
    cash of a box moved after its last count.
    """
    by_day = {day.replace(day=1) for day in _closed(book, first, last)}
    asked = [
        day
        for day in open_days(book, first, last)
        if setting(book, "cash_count_needed", day)
        or (first != last and day.replace(day=1) in by_day)
    ]
    if asked:
        raise rules.DaysOpen(len(asked), asked[0])
    if (first.month, last.month) == (1, 12):
        found = since_counted(book, first, last)
        if found is not None:
            raise rules.MovedSinceCount(found[0], found[1])


def count_checks(book: Book, first: date, last: date) -> list[Check]:
    """Say on how many days of a time cash moved uncounted; nothing without cash."""
    if not _moved(book, first, last):
        return []
    days = open_days(book, first, last)
    return [Check(COUNTED, None, not days, len(days))]


@at_month_end
def month_checks(book: Book, on: date) -> list[Check]:
    """Say it of a month, on its last day."""
    first, last = parse_month(f"{on:%Y-%m}")
    return count_checks(book, first, last)
