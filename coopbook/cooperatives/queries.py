"""The cooperative, and the setting in force on a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from coopbook.book import Book, NotFounded
from coopbook.cooperatives.model import Cooperative, Setting
from coopbook.cooperatives.rules import STANDARDS, NoSuchSetting


def cooperative(book: Book) -> Cooperative:
    """Return the cooperative whose book is open."""
    row = book.session.get(Cooperative, book.cooperative_id)
    if row is None:
        raise NotFounded(book.cooperative_id)
    return row


def cooperatives(session: Session) -> list[Cooperative]:
    """Return every cooperative of the database, for the person who logs in."""
    return list(session.scalars(select(Cooperative).order_by(Cooperative.id)))


def setting(book: Book, name: str, on: date) -> int:
    """Return the figure in force on a day.

    Raises ``NoSuchSetting`` when there is none; before the first day the first
    figure holds.
    """
    rows = select(Setting).where(
        Setting.cooperative_id == book.cooperative_id, Setting.name == name
    )
    row = book.session.scalar(
        rows.where(Setting.valid_from <= on)
        .order_by(Setting.valid_from.desc())
        .limit(1)
    ) or book.session.scalar(rows.order_by(Setting.valid_from).limit(1))
    if row is not None:
        return int(row.value)
    for standard in STANDARDS:  # a book founded before the setting was known
        if standard.name == name:
            return standard.value
    raise NoSuchSetting(name)
