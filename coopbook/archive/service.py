"""Keep a picture or paper, find it again, open it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from coopbook.archive.model import Scan
from coopbook.archive.rules import NoSuchScan, ScanKind, check_scan
from coopbook.book import Book
from coopbook.vault import NoSecret, sealing


def keep(
    book: Book,
    subject: str,
    kind: ScanKind,
    *,
    name: str,
    media_type: str,
    content: bytes,
    on: date,
) -> Scan:
    """Keep a picture or paper about ``subject``, sealed; the newest of a kind counts.

    Raises ``NotAScan`` and ``NoSecret``.
    """
    check_scan(media_type, content)
    last = book.session.scalar(
        select(func.max(Scan.number)).where(Scan.cooperative_id == book.cooperative_id)
    )
    number = (last or 0) + 1
    row = Scan(
        cooperative_id=book.cooperative_id,
        number=number,
        subject=subject,
        kind=kind,
        name=name.replace("\\", "/").split("/")[-1][:120] or str(kind),
        media_type=media_type,
        added_on=on,
        sealed=sealing(book.vault).seal_bytes(content, _place(book, number)),
    )
    book.session.add(row)
    book.session.flush()
    return row


def scan(book: Book, number: int) -> Scan:
    """Return a paper by its number; raise ``NoSuchScan``."""
    row = book.get(Scan, number)
    if row is None:
        raise NoSuchScan(number)
    return row


def opened(book: Book, row: Scan) -> bytes:
    """Return what a paper holds; raise ``NoSecret`` where the book's secret is gone."""
    if book.vault is None:
        raise NoSecret
    return book.vault.open_bytes(row.sealed, _place(book, row.number))


def scans(book: Book, subject: str) -> list[Scan]:
    """Return the papers about something, newest first, what they hold left out."""
    rows = (
        select(Scan)
        .options(defer(Scan.sealed))
        .where(Scan.cooperative_id == book.cooperative_id)
        .where(Scan.subject == subject)
        .order_by(Scan.number.desc())
    )
    return list(book.session.scalars(rows))


def latest(book: Book, subject: str, kind: ScanKind) -> Scan | None:
    """Return the newest paper of a kind about something, if there is one."""
    return next((row for row in scans(book, subject) if row.kind is kind), None)


def _place(book: Book, number: int) -> str:
    return f"{book.cooperative_id}/scan/{number}/sealed"
