"""Find decisions and documents, and say which papers end soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.decisions.model import Decision, Document
from coopbook.decisions.rules import (
    DecisionBody,
    DocumentState,
    NoSuchDecision,
    NoSuchDocument,
    state_of,
)

ALARMING = (DocumentState.EXPIRED, DocumentState.ENDS_SOON)


@dataclass(frozen=True, slots=True)
class DocumentStanding:
    """A document, how it stands on a day, and the days until it ends."""

    document: Document
    state: DocumentState
    days_left: int | None


def decision(book: Book, number: int) -> Decision:
    """Return a decision; raise ``NoSuchDecision``."""
    row = book.get(Decision, number)
    if row is None:
        raise NoSuchDecision(number)
    return row


def decisions(
    book: Book,
    *,
    before: int | None = None,
    limit: int = 20,
    year: int | None = None,
    body: DecisionBody | None = None,
) -> list[Decision]:
    """Return decisions, the last entered first; of a year, of a body where asked."""
    rows = (
        select(Decision)
        .where(Decision.cooperative_id == book.cooperative_id)
        .order_by(Decision.number.desc())
        .limit(limit)
    )
    if before is not None:
        rows = rows.where(Decision.number < before)
    if year is not None:
        first, last = date(year, 1, 1), date(year, 12, 31)
        rows = rows.where(Decision.decided_on.between(first, last))
    if body is not None:
        rows = rows.where(Decision.body == body)
    return list(book.session.scalars(rows))


def decided_in(book: Book, meeting_number: int) -> dict[int, Decision]:
    """Return the decisions of a meeting by the number of their motion."""
    rows = (
        select(Decision)
        .where(Decision.cooperative_id == book.cooperative_id)
        .where(Decision.meeting_number == meeting_number)
    )
    return {
        row.motion_number: row
        for row in book.session.scalars(rows)
        if row.motion_number is not None
    }


def years(book: Book) -> list[int]:
    """Return the years in which something was decided, the newest first."""
    first, last = book.session.execute(
        select(func.min(Decision.decided_on), func.max(Decision.decided_on)).where(
            Decision.cooperative_id == book.cooperative_id
        )
    ).one()
    return list(range(last.year, first.year - 1, -1)) if last else []


def last_decision(book: Book) -> int:
    """Return the highest number a decision was given."""
    rows = select(func.max(Decision.number)).where(
        Decision.cooperative_id == book.cooperative_id
    )
    return int(book.session.scalar(rows) or 0)


def document(book: Book, number: int) -> Document:
    """Return a document of the register; raise ``NoSuchDocument``."""
    row = book.get(Document, number)
    if row is None:
        raise NoSuchDocument(number)
    return row


def last_document(book: Book) -> int:
    """Return the highest number a document was given."""
    rows = select(func.max(Document.number)).where(
        Document.cooperative_id == book.cooperative_id
    )
    return int(book.session.scalar(rows) or 0)


def standing(row: Document, on: date) -> DocumentStanding:
    """Return how a document stands on a day."""
    state = state_of(
        row.expires_on, row.remind_days, on, replaced=row.replaced_by is not None
    )
    left = (row.expires_on - on).days if row.expires_on is not None else None
    return DocumentStanding(row, state, left)


def documents(
    book: Book, on: date, *, before: int | None = None, limit: int | None = None
) -> list[DocumentStanding]:
    """Return the register as it stands on a day, the last entered first."""
    rows = (
        select(Document)
        .where(Document.cooperative_id == book.cooperative_id)
        .order_by(Document.number.desc())
        .limit(limit)
    )
    if before is not None:
        rows = rows.where(Document.number < before)
    return [standing(row, on) for row in book.session.scalars(rows)]


def alerts(book: Book, on: date) -> list[DocumentStanding]:
    """Return what has expired or ends soon and was not replaced, the first first."""
    rows = (
        select(Document)
        .where(Document.cooperative_id == book.cooperative_id)
        .where(Document.replaced_by.is_(None))
        .where(Document.expires_on.is_not(None))
        .order_by(Document.expires_on, Document.number)
    )
    found = [standing(row, on) for row in book.session.scalars(rows)]
    return [one for one in found if one.state in ALARMING]
