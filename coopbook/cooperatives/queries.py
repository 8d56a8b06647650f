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


def setting_text(book: Book, name: str, on: date) -> str:
    """Return what is in force on a day, as it was entered: ``>=2/3``.

    Raises ``NoSuchSetting`` when there is none; before the first day the first
    holds.
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
        return row.value
    for standard in STANDARDS:  # a book founded before the setting was known
        if standard.name == name:
            return str(standard.value)
    raise NoSuchSetting(name)


def setting(book: Book, name: str, on: date) -> int:
    """Return the figure in force on a day; raises as ``setting_text`` does."""
    return int(setting_text(book, name, on))


def settings(book: Book, name: str) -> list[Setting]:
    """Return every value a setting had, oldest first."""
    rows = (
        select(Setting)
        .where(Setting.cooperative_id == book.cooperative_id)
        .where(Setting.name == name)
        .order_by(Setting.valid_from)
    )
    return list(book.session.scalars(rows))
