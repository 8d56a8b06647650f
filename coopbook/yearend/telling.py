"""What board and supervisors say of a year, in their own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.yearend.model import TextSubject, YearText

LONGEST = 8_000


@dataclass(eq=False)
class TextTooLong(Refused):
    """A report is read aloud in a meeting."""

    sentence = N_("Write at most %(most)s characters; this has %(has)s.")

    most: int
    has: int


@dataclass(eq=False)
class TextEmpty(Refused):
    """A report says something."""

    sentence = N_("Write what you want the members to read.")


def texts_of(book: Book, year: int) -> dict[TextSubject, YearText]:
    """Return what was written about a year, the last text on each subject."""
    rows = book.session.scalars(
        select(YearText)
        .where(YearText.cooperative_id == book.cooperative_id)
        .where(YearText.year == year)
        .order_by(YearText.number)
    )
    return {row.subject: row for row in rows}


def write_text(
    book: Book, year: int, subject: TextSubject, body: str, *, on: date
) -> YearText:
    """Write something about a year; what was written before stays readable.

    Raises ``TextEmpty`` and ``TextTooLong``.
    """
    tidy = "\n".join(line.rstrip() for line in body.strip().splitlines())
    if not tidy:
        raise TextEmpty
    if len(tidy) > LONGEST:
        raise TextTooLong(LONGEST, len(tidy))
    last = book.session.scalar(
        select(func.max(YearText.number))
        .where(YearText.cooperative_id == book.cooperative_id)
        .where(YearText.year == year)
    )
    row = YearText(
        cooperative_id=book.cooperative_id,
        year=year,
        number=int(last or 0) + 1,
        subject=subject,
        body=tidy,
        written_on=on,
        written_by=book.actor,
    )
    book.session.add(row)
    book.session.flush()
    return row
