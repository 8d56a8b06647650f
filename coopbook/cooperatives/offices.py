"""Terms of office of board and village head, set once and remembered by every loan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.cooperatives.model import Office, TermOfOffice
from coopbook.cooperatives.rules import SourceNeeded
from coopbook.dates import day_before
from coopbook.errors import Refused
from coopbook.i18n import N_, Word

OFFICE_NAMES = {
    Office.BOARD: N_("Board of the cooperative"),
    Office.VILLAGE_HEAD: N_("Village head"),
}


@dataclass(eq=False)
class OfficeNeedsName(Refused):
    """A term of office is somebody's."""

    sentence = N_(
        "Write who holds the office, like: Bu Sri Wahyuni, or board 2025-2028."
    )


@dataclass(eq=False)
class TermOverlaps(Refused):
    """One term follows another."""

    sentence = N_(
        "%(office)s: %(name)s holds the office since %(began_on)s. The next term begins"
        " after that day."
    )

    office: Word
    name: str
    began_on: date


def begin_term(
    book: Book, office: Office, name: str, *, on: date, source: str
) -> TermOfOffice:
    """Enter that somebody holds an office from a day on; the term before ends.

    Raises ``OfficeNeedsName``, ``SourceNeeded`` and ``TermOverlaps``.
    """
    if not name.strip():
        raise OfficeNeedsName
    if not source.strip():
        raise SourceNeeded
    last = terms_of_office(book, office)
    if last and last[0].began_on >= on:
        raise TermOverlaps(Word(OFFICE_NAMES[office]), last[0].name, last[0].began_on)
    if last and (last[0].ended_on is None or last[0].ended_on >= on):
        last[0].ended_on = day_before(on)
    number = book.session.scalar(
        select(func.max(TermOfOffice.number)).where(
            TermOfOffice.cooperative_id == book.cooperative_id
        )
    )
    row = TermOfOffice(
        cooperative_id=book.cooperative_id,
        number=(number or 0) + 1,
        office=office,
        name=name.strip(),
        began_on=on,
        ended_on=None,
        source=source.strip(),
    )
    book.session.add(row)
    book.session.flush()
    return row


def terms_of_office(book: Book, office: Office | None = None) -> list[TermOfOffice]:
    """Return the terms of an office, or of all, the newest first."""
    rows = (
        select(TermOfOffice)
        .where(TermOfOffice.cooperative_id == book.cooperative_id)
        .order_by(TermOfOffice.began_on.desc(), TermOfOffice.number.desc())
    )
    if office is not None:
        rows = rows.where(TermOfOffice.office == office)
    return list(book.session.scalars(rows))


def in_office(book: Book, office: Office, on: date) -> TermOfOffice | None:
    """Return the term that ran on a day, if one is known."""
    for row in terms_of_office(book, office):
        if row.began_on <= on and (row.ended_on is None or on <= row.ended_on):
            return row
    return None
