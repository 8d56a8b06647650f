"""List the standing orders that run, and what was done by them on a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from coopbook.book import Book
from coopbook.orders.model import StandingOrder, StandingRun


def running(book: Book, *, after: int = 0, limit: int = 500) -> list[StandingOrder]:
    """Return the standing orders that were not ended, by number."""
    rows = (
        select(StandingOrder)
        .where(StandingOrder.cooperative_id == book.cooperative_id)
        .where(StandingOrder.ended_on.is_(None))
        .where(StandingOrder.number > after)
        .order_by(StandingOrder.number)
        .limit(limit)
    )
    return list(book.session.scalars(rows))


def runs_on(
    book: Book, on: date, *, after: int = 0, limit: int = 500
) -> list[StandingRun]:
    """Return what the standing orders did on a day, by the number of the order."""
    rows = (
        select(StandingRun)
        .where(StandingRun.cooperative_id == book.cooperative_id)
        .where(StandingRun.run_on == on)
        .where(StandingRun.order_number > after)
        .order_by(StandingRun.order_number)
        .limit(limit)
    )
    return list(book.session.scalars(rows))
