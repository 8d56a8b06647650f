"""What one import posted: its rows, each with the entry it became."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select

from coopbook.book import Book
from coopbook.db.types import total
from coopbook.importing import ImportRow
from coopbook.ledger import Entry, Line
from coopbook.money import Money


@dataclass(frozen=True, slots=True)
class PostedRow:
    """A row of the file and the entry it became; small rows have none."""

    row: int
    identity: str
    entry_number: int | None
    voucher: str = ""
    booked_on: date | None = None
    memo: str = ""
    amount: Money | None = None

    @property
    def place(self) -> str:
        """Where to go on after this row."""
        return f"{self.row}.{self.identity}"


def posted_rows(
    book: Book, batch: int, *, after: str | None = None, limit: int
) -> list[PostedRow]:
    """Return rows of an import in the order of the file, from after a place."""
    asked = (
        select(ImportRow.row_number, ImportRow.identity, ImportRow.entry_number)
        .where(ImportRow.cooperative_id == book.cooperative_id)
        .where(ImportRow.batch_number == batch)
        .order_by(ImportRow.row_number, ImportRow.identity)
        .limit(limit)
    )
    row, dot, identity = (after or "").partition(".")
    if dot and row.isascii() and row.isdecimal() and len(row) <= 9:
        number = int(row)
        further = and_(ImportRow.row_number == number, ImportRow.identity > identity)
        asked = asked.where(or_(ImportRow.row_number > number, further))
    rows = book.session.execute(asked).all()
    entries = _entries(book, {number for _, _, number in rows if number is not None})
    return [
        PostedRow(row, identity, number, *entries.get(number or 0, ()))
        for row, identity, number in rows
    ]


def _entries(book: Book, numbers: set[int]) -> dict[int, tuple[str, date, str, Money]]:
    if not numbers:
        return {}
    entries = book.session.scalars(
        select(Entry)
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Entry.number.in_(numbers))
    ).all()
    moved = book.session.execute(
        select(Line.entry_number, total(Line.debit))
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.entry_number.in_(numbers))
        .group_by(Line.entry_number)
    )
    amounts = dict(map(tuple, moved))
    return {
        entry.number: (
            *(entry.voucher, entry.booked_on, entry.memo),
            amounts[entry.number],
        )
        for entry in entries
    }


def entries_between(book: Book, first: int, last: int) -> int:
    """Return how many entries there are from one number to another."""
    found = book.session.scalar(
        select(func.count())
        .select_from(Entry)
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Entry.number >= first)
        .where(Entry.number <= last)
    )
    return int(found or 0)
