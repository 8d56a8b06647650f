"""The cooperative, and the setting in force on a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from coopbook.book import Book, NotFounded
from coopbook.cooperatives.model import Cooperative, Setting
from coopbook.cooperatives.rules import NoSuchSetting
from coopbook.cooperatives.standard import Standard
from coopbook.cooperatives.standards import KNOWN, STANDARDS


def cooperative(book: Book) -> Cooperative:
    """Return the cooperative whose book is open."""
    row = book.session.get(Cooperative, book.cooperative_id)
    if row is None:
        raise NotFounded(book.cooperative_id)
    return row


def today(book: Book) -> date:
    """Return the day of the record to come, where the cooperative is."""
    there = ZoneInfo(cooperative(book).timezone)
    return book.clock().astimezone(there).date()


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
    if name not in KNOWN:
        raise NoSuchSetting(name)
    return str(KNOWN[name].value)  # a book founded before the setting was known


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


def figures(book: Book, name: str) -> Callable[[date], int]:
    """Return what says the figure of any day, asking the book but once.

    Raises ``NoSuchSetting``.
    """
    dated = [(row.valid_from, int(row.value)) for row in settings(book, name)]
    first = dated[0][1] if dated else setting(book, name, date.max)

    def on(day: date) -> int:
        held = [value for begins, value in dated if begins <= day]
        return held[-1] if held else first

    return on


@dataclass(frozen=True, slots=True)
class InForce:
    """A setting on a day: what holds, since when, from where, and what is to come.

    ``since`` is nothing where the book never wrote it down and the standard holds.
    """

    standard: Standard
    value: str
    since: date | None
    source: str
    past: tuple[Setting, ...]
    coming: tuple[Setting, ...]


def in_force(book: Book, on: date) -> list[InForce]:
    """Return every setting the book knows, as it stands on a day."""
    rows = (
        select(Setting)
        .where(Setting.cooperative_id == book.cooperative_id)
        .order_by(Setting.name, Setting.valid_from)
    )
    dated: dict[str, list[Setting]] = {}
    for row in book.session.scalars(rows):
        dated.setdefault(row.name, []).append(row)
    return [
        _stands(standard, dated.get(standard.name, []), on) for standard in STANDARDS
    ]


def _stands(standard: Standard, rows: list[Setting], on: date) -> InForce:
    begun = [row for row in rows if row.valid_from <= on] or rows[:1]
    coming = tuple(row for row in rows[len(begun) :])
    if not begun:
        return InForce(standard, str(standard.value), None, standard.source, (), coming)
    *past, now = begun
    return InForce(standard, now.value, now.valid_from, now.source, tuple(past), coming)
