"""The journal: entries by number, by voucher, and page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from coopbook.book import Book
from coopbook.ledger.model import Entry
from coopbook.ledger.rules import NoSuchEntry

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and the cursors of the pages before and after, if there are any."""

    rows: list[T]
    newer: str | None = None
    older: str | None = None


def entry(book: Book, number: int) -> Entry:
    """Return an entry by its number; raise ``NoSuchEntry``."""
    row = book.get(Entry, number)
    if row is None:
        raise NoSuchEntry(number)
    return row


def entry_by_voucher(book: Book, voucher: str) -> Entry:
    """Return an entry by the number on its paper; raise ``NoSuchEntry``."""
    row = book.session.scalar(
        select(Entry)
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Entry.voucher == voucher.strip().upper())
    )
    if row is None:
        raise NoSuchEntry(voucher)
    return row


def reversal_of(book: Book, of: Entry) -> Entry | None:
    """Return the entry that reverses one, if there is."""
    return book.session.scalar(
        select(Entry)
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Entry.reverses == of.number)
    )


def cursor(text: str | None, parts: int) -> tuple[int, ...] | None:
    """Read a cursor of whole numbers; one that was tampered with starts afresh."""
    if not text:
        return None
    fields = text.split(".")
    if len(fields) != parts or not all(f.isascii() and f.isdigit() for f in fields):
        return None
    return tuple(int(field[:18]) for field in fields)


def entries(
    book: Book,
    *,
    before: str | None = None,
    after: str | None = None,
    limit: int = 25,
    booked_from: date | None = None,
    booked_to: date | None = None,
    actor: str | None = None,
    source: str | None = None,
) -> Page[Entry]:
    """Return a page of the journal, newest record first.

    ``before`` and ``after`` are the cursors of an earlier page.
    """
    rows = (
        select(Entry)
        .options(selectinload(Entry.lines_read))
        .where(Entry.cooperative_id == book.cooperative_id)
    )
    if booked_from is not None:
        rows = rows.where(Entry.booked_on >= booked_from)
    if booked_to is not None:
        rows = rows.where(Entry.booked_on <= booked_to)
    if actor is not None:
        rows = rows.where(Entry.actor == actor)
    if source is not None:
        rows = rows.where(Entry.source == source)
    older, newer = cursor(before, 1), cursor(after, 1)
    if newer is not None:
        rows = rows.where(Entry.number > newer[0]).order_by(Entry.number)
    else:
        if older is not None:
            rows = rows.where(Entry.number < older[0])
        rows = rows.order_by(Entry.number.desc())
    found = list(book.session.scalars(rows.limit(limit + 1)))
    more, found = len(found) > limit, found[:limit]
    if newer is not None:
        found.reverse()
    return page_of(
        found,
        lambda row: str(row.number),
        has_newer=more if newer is not None else older is not None,
        has_older=True if newer is not None else more,
    )


def page_of(
    rows: list[T], key: Callable[[T], str], *, has_newer: bool, has_older: bool
) -> Page[T]:
    """Return a page with the cursors of its first and last row, where they lead on."""
    return Page(
        rows,
        newer=key(rows[0]) if rows and has_newer else None,
        older=key(rows[-1]) if rows and has_older else None,
    )
