"""Keep what was brought in: the batch with its figures, and its rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.importing.looked import Looked
from coopbook.importing.model import ImportBatch
from coopbook.importing.understood import exact

ROW = (
    "INSERT INTO import_row (cooperative_id, identity, batch_number, row_number,"
    " entry_number) VALUES (?, ?, ?, ?, ?)"
)

Kept = tuple[str, int, int | None]
"""The identity of a row, its number in the file, and its entry."""


def keep_batch(
    book: Book, now: Looked, numbers: range, rows_digest: str, reason: str
) -> ImportBatch:
    """Keep a batch; its event seals the rows by their digest."""
    posting = now.posting
    batch = ImportBatch(
        cooperative_id=book.cooperative_id,
        number=_last_batch(book) + 1,
        kind=now.kind.value,
        file_digest=now.file_digest,
        rows_in_file=now.rows_in_file,
        rows_posted=now.rows_fresh,
        sheet_total=exact(posting.exact),
        lines_total=posting.lines,
        rounding=posting.left,
        breaks=now.breaks_count,
        accepted=reason if now.breaks else None,
        first_entry=numbers.start,
        last_entry=numbers.stop - 1,
        rows_digest=rows_digest,
        answers=now.answers.to_json(),
        subject=now.subject or None,
    )
    book.session.add(batch)
    book.session.flush()
    return batch


def keep_rows(book: Book, batch: ImportBatch, rows: Sequence[Kept]) -> None:
    """Keep which row became which entry."""
    book.run_many(
        ROW,
        [
            (book.cooperative_id, name, batch.number, row, entry)
            for name, row, entry in rows
        ],
    )


def _last_batch(book: Book) -> int:
    last = select(func.max(ImportBatch.number)).where(
        ImportBatch.cooperative_id == book.cooperative_id
    )
    return int(book.session.scalar(last) or 0)
