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
from coopbook.members.rules import MemberStatus, Risk
from coopbook.members.standing import LEFT

BATCH = 500


@dataclass(frozen=True, slots=True)
class BookRow:
    """A line of the book of members.

    ``nik`` has its middle hidden.  ``ended_on`` and ``why_ended`` are empty while
    somebody belongs; ``ended_by`` is resigned, expelled or deceased.  ``earlier`` has
    the endings of memberships before this one, of who came back.
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
    region_code: str | None
    village_code: str | None
    risk: Risk | None
    source_of_funds: str | None
    earlier: tuple[tuple[date, MemberStatus], ...]


def book_of_members(book: Book, *, after: int = 0, limit: int = BATCH) -> list[BookRow]:
    """Return lines of the book of members by number, after a given one."""
    rows = register(book, after=after, limit=limit)
    ends = _ends(book, [row.number for row in rows])
    return [_line(row, *ends.get(row.number, NOT_ENDED)) for row in rows]


def every_line(book: Book) -> Iterator[BookRow]:
    """Return the whole book of members, a few hundred at a time."""
    after = 0
    while lines := book_of_members(book, after=after):
        yield from lines
        after = lines[-1].number


Ends = tuple[MemberChange | None, tuple[MemberChange, ...]]
NOT_ENDED: Ends = (None, ())


def _ends(book: Book, numbers: list[int]) -> dict[int, Ends]:
    """Return how each membership ended, and how those before it did.

    A leaving that was taken back ended nothing; one that was settled did, even if
    the same person was taken in again.
    """
    rows = (
        select(MemberChange)
        .where(MemberChange.cooperative_id == book.cooperative_id)
        .where(MemberChange.member_number.in_(numbers))
        .order_by(MemberChange.member_number, MemberChange.number)
    )
    found: dict[int, Ends] = {}
    settled = set[int]()
    for row in book.session.scalars(rows):
        end, earlier = found.get(row.member_number, NOT_ENDED)
        if row.status in LEFT:
            found[row.member_number] = (end or row, earlier)
            settled.discard(row.member_number)  # or the settlement was taken back
        elif row.status is MemberStatus.SETTLED:
            settled.add(row.member_number)
        elif end is not None and row.member_number in settled:
            found[row.member_number] = (None, (*earlier, end))  # taken in again
            settled.remove(row.member_number)
        else:
            found[row.member_number] = (None, earlier)  # the leaving was taken back
    return found


def _line(
    row: Member, end: MemberChange | None, earlier: tuple[MemberChange, ...]
) -> BookRow:
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
        region_code=row.region_code,
        village_code=row.village_code,
        risk=row.risk,
        source_of_funds=row.source_of_funds,
        earlier=tuple((one.changed_on, one.status) for one in earlier),
    )
