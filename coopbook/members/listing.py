"""The book of members as the law wants it: who belongs, since when, who has left.

Source: UU 25/1992 article 17 (membership is recorded in a book of members) [primary];
its columns are the usual ones of the ministry's form [general knowledge].
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from coopbook.book import Book
from coopbook.members.model import Member, MemberChange
from coopbook.members.queries import register
from coopbook.members.rules import MemberStatus
from coopbook.members.standing import LEFT

BATCH = 500


@dataclass(frozen=True, slots=True)
class BookRow:
    """A line of the book of members.

    ``nik`` has its middle hidden.  ``ended_on`` and ``why_ended`` are empty while
    somebody belongs; ``ended_by`` is resigned, expelled or deceased.
    """

    number: int
    name: str
    nik: str | None
    born_on: date | None
    occupation: str | None
    address: str
    hamlet: str | None
    village: str
    joined_on: date
    active_on: date | None
    status: MemberStatus
    ended_on: date | None
    ended_by: MemberStatus | None
    why_ended: str


def book_of_members(book: Book, *, after: int = 0, limit: int = BATCH) -> list[BookRow]:
    """Return lines of the book of members by number, after a given one."""
    rows = register(book, after=after, limit=limit)
    gone = [r.number for r in rows if r.status in (*LEFT, MemberStatus.SETTLED)]
    ends = _ends(book, gone)
    return [_line(row, ends.get(row.number)) for row in rows]


def every_line(book: Book) -> Iterator[BookRow]:
    """Return the whole book of members, a few hundred at a time."""
    after = 0
    while lines := book_of_members(book, after=after):
        yield from lines
        after = lines[-1].number


def _ends(book: Book, numbers: list[int]) -> dict[int, MemberChange]:
    rows = (
        select(MemberChange)
        .where(MemberChange.cooperative_id == book.cooperative_id)
        .where(MemberChange.member_number.in_(numbers))
        .where(MemberChange.status.in_(LEFT))
        .order_by(MemberChange.member_number, MemberChange.number)
    )
    return {row.member_number: row for row in book.session.scalars(rows)}


def _line(row: Member, end: MemberChange | None) -> BookRow:
    return BookRow(
        number=row.number,
        name=row.name,
        nik=row.masked_national_id,
        born_on=row.born_on,
        occupation=row.occupation,
        address=row.address,
        hamlet=row.hamlet,
        village=row.village,
        joined_on=row.joined_on,
        active_on=row.active_on,
        status=row.status,
        ended_on=end.changed_on if end else None,
        ended_by=end.status if end else None,
        why_ended=end.reason if end else "",
    )
