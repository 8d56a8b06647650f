"""Ask where members worked abroad, and where they came back from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.members import Member
from coopbook.members.changing import AT_ONCE, batched
from coopbook.migrants.model import MigrationEpisode
from coopbook.migrants.rules import NoSuchEpisode


def episodes(book: Book, member: Member) -> list[MigrationEpisode]:
    """Return a member's stays abroad, as they were written down."""
    rows = (
        select(MigrationEpisode)
        .where(MigrationEpisode.cooperative_id == book.cooperative_id)
        .where(MigrationEpisode.member_number == member.number)
        .order_by(MigrationEpisode.number)
    )
    return list(book.session.scalars(rows))


def episode(book: Book, member: Member, number: int) -> MigrationEpisode:
    """Return one of them; raise ``NoSuchEpisode``."""
    row = book.get(MigrationEpisode, member.number, number)
    if row is None:
        raise NoSuchEpisode(member.number, number)
    return row


def returned_from(book: Book, numbers: Collection[int]) -> dict[int, str]:
    """Return the country each of some members came back from last.

    Of two without a day the later written counts.  Who never went, is still on the
    first stay, or whose country nobody can open is left out.
    """
    last: dict[int, tuple[date, int, MigrationEpisode]] = {}
    for some in batched(sorted(set(numbers)), AT_ONCE):
        rows = (
            select(MigrationEpisode)
            .where(MigrationEpisode.cooperative_id == book.cooperative_id)
            .where(MigrationEpisode.member_number.in_(some))
            .where(MigrationEpisode.returned_on.is_not(None))
        )
        for row in book.session.scalars(rows):
            assert row.returned_on is not None
            found = (row.returned_on, row.number, row)
            if row.member_number not in last or last[row.member_number][:2] < found[:2]:
                last[row.member_number] = found
    opened = {number: row.country for number, (_, _, row) in last.items()}
    return {number: country for number, country in opened.items() if country}


def last_number(book: Book, member: Member) -> int:
    """Return the number of the last stay written down of a member, 0 for none."""
    return int(
        book.session.scalar(
            select(func.max(MigrationEpisode.number))
            .where(MigrationEpisode.cooperative_id == book.cooperative_id)
            .where(MigrationEpisode.member_number == member.number)
        )
        or 0
    )
