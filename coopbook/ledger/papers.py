"""The papers behind vouchers: which there are, and what each holds."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import defer

from coopbook.book import Book
from coopbook.ledger.model import Attachment, Entry


def _rows(book: Book) -> Select[Attachment]:
    """Return the query for papers, what they hold left out."""
    return (
        select(Attachment)
        .options(defer(Attachment.content))
        .where(Attachment.cooperative_id == book.cooperative_id)
    )


def attachments(book: Book, entry: Entry) -> list[Attachment]:
    """Return the papers behind an entry."""
    return attachments_of(book, [entry.number]).get(entry.number, [])


def attachments_of(book: Book, numbers: Iterable[int]) -> dict[int, list[Attachment]]:
    """Return the papers behind some entries, by the number of the entry."""
    found: dict[int, list[Attachment]] = {}
    rows = _rows(book).where(Attachment.entry_number.in_(list(numbers)))
    for row in book.session.scalars(rows.order_by(Attachment.number)):
        assert row.entry_number is not None
        found.setdefault(row.entry_number, []).append(row)
    return found


def papers(
    book: Book, *, before: int | None = None, limit: int = 25
) -> list[Attachment]:
    """Return the papers of the book, newest first, from below a number."""
    rows = _rows(book).order_by(Attachment.number.desc())
    if before is not None:
        rows = rows.where(Attachment.number < before)
    return list(book.session.scalars(rows.limit(limit)))


def attachment(book: Book, number: int) -> Attachment | None:
    """Return a paper by its number."""
    return book.get(Attachment, number)
