"""The rows kept of an import are those its event sealed."""

from __future__ import annotations

from sqlalchemy import select

from coopbook.book import Book
from coopbook.importing.identity import rows_digest
from coopbook.importing.model import ImportBatch, ImportRow


def altered_batches(book: Book) -> list[int]:
    """Return the batches whose rows are no longer those that were brought in."""
    return [
        batch.number
        for batch in book.session.scalars(
            select(ImportBatch)
            .where(ImportBatch.cooperative_id == book.cooperative_id)
            .order_by(ImportBatch.number)
        )
        if rows_digest(_kept(book, batch.number)) != batch.rows_digest
    ]


def _kept(book: Book, batch: int) -> list[tuple[str, int, int | None]]:
    rows = book.session.execute(
        select(ImportRow.identity, ImportRow.row_number, ImportRow.entry_number)
        .where(ImportRow.cooperative_id == book.cooperative_id)
        .where(ImportRow.batch_number == batch)
    )
    return [(identity, row, entry) for identity, row, entry in rows]
