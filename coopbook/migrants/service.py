"""Write down a member's stays abroad, and put them right."""

from __future__ import annotations

from datetime import date

from coopbook.book import Book
from coopbook.members import Member
from coopbook.members.sealing import seal_fields
from coopbook.migrants import rules
from coopbook.migrants.model import MigrationEpisode
from coopbook.migrants.queries import episode, episodes, last_number


def note_episode(
    book: Book,
    member: Member,
    country: str,
    *,
    on: date,
    departed_on: date | None = None,
    returned_on: date | None = None,
) -> MigrationEpisode:
    """Write down a stay abroad on a day; without a day of return it lasts.

    Raises ``NoSuchCountry``, ``BackBeforeGone``, ``NotYetBack``, ``EpisodesOverlap``.
    """
    return _write(
        book,
        member,
        MigrationEpisode(
            cooperative_id=book.cooperative_id,
            member_number=member.number,
            number=last_number(book, member) + 1,
        ),
        (country, departed_on, returned_on),
        on,
    )


def correct_episode(
    book: Book,
    member: Member,
    number: int,
    country: str,
    *,
    on: date,
    departed_on: date | None = None,
    returned_on: date | None = None,
) -> MigrationEpisode:
    """Put a stay abroad right, or end it; raises as ``note_episode``."""
    row = episode(book, member, number)
    return _write(book, member, row, (country, departed_on, returned_on), on)


def _write(
    book: Book,
    member: Member,
    row: MigrationEpisode,
    told: tuple[str, date | None, date | None],
    on: date,
) -> MigrationEpisode:
    country, departed, returned = rules.check_country(told[0]), told[1], told[2]
    rules.check_days(departed, returned, on)
    for each in episodes(book, member):
        span = (each.departed_on, each.returned_on)
        if each.number != row.number and rules.overlap(span, (departed, returned)):
            raise rules.EpisodesOverlap(member.name, *map(_said, span))
    seal_fields(book, row, country=country)
    row.departed_on, row.returned_on = departed, returned
    book.session.add(row)
    book.session.flush()
    return row


def _said(day: date | None) -> str:
    return day.isoformat() if day else "…"
