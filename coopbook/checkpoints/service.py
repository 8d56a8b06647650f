"""Make a checkpoint, and list those that were made."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from coopbook.book import Book
from coopbook.checkpoints import rules
from coopbook.checkpoints.model import Checkpoint
from coopbook.checkpoints.rules import Reason
from coopbook.cooperatives import today as today_of
from coopbook.db import schema
from coopbook.ledger.closing import when_closed

CLOSED = {4: Reason.YEAR_CLOSED, 7: Reason.MONTH_CLOSED, 10: Reason.DAY_CLOSED}


def make(
    book: Book,
    *,
    on: date,
    reason: Reason = Reason.ASKED,
    period: str | None = None,
) -> Checkpoint:
    """Write down how far the book has come, signed in the name of who makes it.

    The checkpoint is itself a record: the next one covers it.
    """
    book.session.flush()
    before = latest(book)
    said = rules.Statement(
        book.cooperative_id, book.number, on, book.hash, book.moment()
    )
    public = None
    if book.vault is not None:
        key = book.vault.signing_key(f"{book.cooperative_id}/{book.actor}")
        said = rules.sign(said, key)
        public = key.public_key().public_bytes_raw().hex()
    row = Checkpoint(
        cooperative_id=book.cooperative_id,
        number=before.number + 1 if before else 1,
        reason=reason,
        period=period,
        record=said.count,
        head=said.head,
        made_on=on,
        made_at=said.made_at,
        made_by=book.actor,
        schema_digest=schema.digest(book.session.connection()),
        previous=rules.digest(before.text) if before else "",
        key_id=said.key_id,
        public_key=public,
        signature=said.signature,
    )
    book.session.add(row)
    book.session.flush()
    return row


@when_closed
def _close(book: Book, name: str, today: date | None) -> None:
    """Make a checkpoint of a day, a month or a year that was closed."""
    make(book, on=today or today_of(book), reason=CLOSED[len(name)], period=name)


def latest(book: Book) -> Checkpoint | None:
    """Return the last checkpoint, if any was made."""
    return next(iter(checkpoints(book, limit=1)), None)


def checkpoints(
    book: Book, *, before: int | None = None, limit: int | None = None
) -> list[Checkpoint]:
    """Return the checkpoints, the last one first."""
    rows = (
        select(Checkpoint)
        .where(Checkpoint.cooperative_id == book.cooperative_id)
        .order_by(Checkpoint.number.desc())
        .limit(limit)
    )
    if before is not None:
        rows = rows.where(Checkpoint.number < before)
    return list(book.session.scalars(rows))
