"""Enter what was decided and the papers the cooperative stands on."""

from __future__ import annotations

from datetime import date

from coopbook.archive import ScanKind, keep
from coopbook.book import Book
from coopbook.decisions import queries, rules
from coopbook.decisions.model import Decision, Document
from coopbook.decisions.rules import SERIES, DecisionBody, DocumentKind
from coopbook.ledger import Paper
from coopbook.ledger.posting import next_in


def enter_decision(
    book: Book,
    *,
    body: DecisionBody,
    title: str,
    text: str,
    on: date,
    scan: Paper | None = None,
) -> Decision:
    """Enter a decision of the board or the supervisors under its next number.

    ``scan`` is the signed paper.  Raises ``DecidedByMeeting``, ``DecisionEmpty``,
    ``NotAScan`` and ``NoSecret``.
    """
    if body is DecisionBody.MEMBERS:
        raise rules.DecidedByMeeting
    return _enter(book, body, title, text, on, scan=scan)


def from_a_motion(
    book: Book, meeting: int, motion: int, *, title: str, text: str, on: date
) -> Decision:
    """Enter what a members' meeting carried; ``meetings`` alone calls it."""
    members = DecisionBody.MEMBERS
    return _enter(book, members, title, text, on, meeting=meeting, motion=motion)


def keep_signed(book: Book, decision: Decision, scan: Paper, *, on: date) -> Decision:
    """Keep the signed paper of a decision; an older one stays in the archive."""
    decision.scan_number = _keep(
        *(book, f"decision:{decision.number}", ScanKind.DECISION, scan), on
    )
    book.session.flush()
    return decision


def enter_document(
    book: Book,
    *,
    kind: DocumentKind,
    title: str,
    on: date,
    reference: str = "",
    issuer: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
    remind_days: int = 30,
    scan: Paper | None = None,
) -> Document:
    """Enter a paper of the cooperative itself in the register.

    ``reference`` is the number on it; ``remind_days`` how long before its end
    people are reminded.  Raises ``DocumentEmpty``, ``EndsBeforeItBegins``,
    ``RemindsLate``, ``NotAScan`` and ``NoSecret``.
    """
    short = " ".join(title.split())
    if not short:
        raise rules.DocumentEmpty
    if issued_on is not None and expires_on is not None and expires_on < issued_on:
        raise rules.EndsBeforeItBegins(issued_on, expires_on)
    if not 0 <= remind_days <= rules.LONGEST_REMINDER:
        raise rules.RemindsLate(rules.LONGEST_REMINDER)
    number = queries.last_document(book) + 1
    subject = f"document:{number}"
    kept = _keep(book, subject, ScanKind.DOCUMENT, scan, on) if scan else None
    row = Document(
        cooperative_id=book.cooperative_id,
        number=number,
        kind=kind,
        title=short,
        reference=reference.strip(),
        issuer=issuer.strip(),
        issued_on=issued_on,
        expires_on=expires_on,
        remind_days=remind_days,
        replaced_by=None,
        scan_number=kept,
    )
    book.session.add(row)
    book.session.flush()
    return row


def replace_document(
    book: Book,
    old: Document,
    *,
    title: str,
    on: date,
    reference: str = "",
    issuer: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
    remind_days: int = 30,
    scan: Paper | None = None,
) -> Document:
    """Enter the paper that takes the place of an older one of its kind.

    Raises ``ReplacedAlready`` and what ``enter_document`` does.
    """
    if old.replaced_by is not None:
        raise rules.ReplacedAlready(old.number, old.replaced_by)
    row = enter_document(
        book,
        kind=old.kind,
        title=title,
        on=on,
        reference=reference,
        issuer=issuer,
        issued_on=issued_on,
        expires_on=expires_on,
        remind_days=remind_days,
        scan=scan,
    )
    old.replaced_by = row.number
    book.session.flush()
    return row


def keep_paper(book: Book, document: Document, scan: Paper, *, on: date) -> Document:
    """Keep the scan of a document that was entered without one, or a better one."""
    document.scan_number = _keep(
        *(book, f"document:{document.number}", ScanKind.DOCUMENT, scan), on
    )
    book.session.flush()
    return document


def _enter(
    book: Book,
    body: DecisionBody,
    title: str,
    text: str,
    on: date,
    *,
    meeting: int | None = None,
    motion: int | None = None,
    scan: Paper | None = None,
) -> Decision:
    short, words = " ".join(title.split()), text.strip()
    if not short or not words:
        raise rules.DecisionEmpty
    number = queries.last_decision(book) + 1
    subject = f"decision:{number}"
    kept = _keep(book, subject, ScanKind.DECISION, scan, on) if scan else None
    series = f"{SERIES[body]}-{on.year}"
    row = Decision(
        cooperative_id=book.cooperative_id,
        number=number,
        label=f"{series}-{next_in(book, series):03d}",
        body=body,
        decided_on=on,
        title=short,
        text=words,
        meeting_number=meeting,
        motion_number=motion,
        scan_number=kept,
    )
    book.session.add(row)
    book.session.flush()
    return row


def _keep(book: Book, subject: str, kind: ScanKind, paper: Paper, on: date) -> int:
    kept = keep(
        *(book, subject, kind),
        name=paper.name,
        media_type=paper.media_type,
        content=paper.content,
        on=on,
    )
    return kept.number
