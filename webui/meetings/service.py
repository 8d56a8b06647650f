"""Papers from what a form holds: names, kinds and bytes.

``book.once`` compares what was asked by value, so it is asked in plain values.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response
from werkzeug.datastructures import FileStorage

from coopbook import archive, decisions, meetings
from coopbook.archive import Scan
from coopbook.book import Book
from coopbook.decisions import Decision, DecisionBody, Document, DocumentKind
from coopbook.ledger import Paper
from coopbook.meetings import Meeting

File = tuple[str, str, bytes]
SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def file_of(sent: FileStorage | None) -> File | None:
    """Return the file that came with a form, if one did."""
    if not sent or not sent.filename:
        return None
    return sent.filename, sent.mimetype, sent.read()


def _paper(file: File | None) -> Paper | None:
    return Paper(*file) if file else None


def write_decision(
    book: Book,
    *,
    body: DecisionBody,
    title: str,
    text: str,
    on: date,
    file: File | None,
) -> Decision:
    """Enter a decision of the board or the supervisors."""
    return decisions.enter_decision(
        book, body=body, title=title, text=text, on=on, scan=_paper(file)
    )


def sign_decision(book: Book, decision: Decision, *, file: File, on: date) -> Decision:
    """Keep the signed paper of a decision."""
    return decisions.keep_signed(book, decision, Paper(*file), on=on)


def write_document(
    book: Book, *, kind: DocumentKind, file: File | None, **said: Any
) -> Document:
    """Enter a paper in the register."""
    return decisions.enter_document(book, kind=kind, scan=_paper(file), **said)


def renew_document(
    book: Book, old: Document, *, file: File | None, **said: Any
) -> Document:
    """Enter the paper that takes the place of an older one."""
    return decisions.replace_document(book, old, scan=_paper(file), **said)


def scan_document(book: Book, document: Document, *, file: File, on: date) -> Document:
    """Keep the scan of a document."""
    return decisions.keep_paper(book, document, Paper(*file), on=on)


def sign_minutes(book: Book, meeting: Meeting, *, file: File, on: date) -> Scan:
    """Keep the signed minutes of a meeting."""
    return meetings.keep_minutes(book, meeting, Paper(*file), on=on)


def handed_out(book: Book, scan: Scan, name: str) -> Response:
    """Hand out a paper; it is saved, never opened inside the page."""
    response = Response(archive.opened(book, scan), mimetype=scan.media_type)
    file = f"{name}.{SUFFIXES[scan.media_type]}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
