"""Find meetings, who has a vote, who came, and how many are needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from coopbook.book import Book
from coopbook.cooperatives import setting_text
from coopbook.cooperatives.shares import parse
from coopbook.meetings.model import Attendance, Meeting
from coopbook.meetings.refusals import NoSuchMeeting
from coopbook.meetings.rules import (
    CAME,
    HERE,
    Matter,
    MeetingState,
    Presence,
)
from coopbook.meetings.voting import Quorum
from coopbook.members import Member, MemberStatus
from coopbook.members.standing import rights

VOTING = tuple(status for status in MemberStatus if rights(status).vote)
"""Who has a vote: active members, and nobody else."""


@dataclass(frozen=True, slots=True)
class Voter:
    """A member with a vote, and how they take part; ``presence`` where they do."""

    number: int
    name: str
    presence: Presence | None
    signed: bool

    @property
    def here(self) -> bool:
        """Whether they take part now."""
        return self.presence in HERE


# -- meetings ----------------------------------------------------------------


def meeting(book: Book, number: int) -> Meeting:
    """Return a meeting; raise ``NoSuchMeeting``."""
    row = book.get(Meeting, number)
    if row is None:
        raise NoSuchMeeting(number)
    return row


def meetings(
    book: Book,
    *,
    before: int | None = None,
    states: Iterable[MeetingState] = tuple(MeetingState),
    limit: int = 20,
) -> list[Meeting]:
    """Return meetings that stand in one of the states, the newest number first."""
    rows = (
        select(Meeting)
        .where(Meeting.cooperative_id == book.cooperative_id)
        .where(Meeting.state.in_(tuple(states)))
        .order_by(Meeting.number.desc())
        .limit(limit)
    )
    if before is not None:
        rows = rows.where(Meeting.number < before)
    return list(book.session.scalars(rows))


def next_meeting(book: Book, on: date) -> Meeting | None:
    """Return the next meeting that is called, if there is one."""
    rows = (
        select(Meeting)
        .where(Meeting.cooperative_id == book.cooperative_id)
        .where(Meeting.state == MeetingState.CALLED)
        .where(Meeting.held_on >= on)
        .order_by(Meeting.held_on, Meeting.number)
        .limit(1)
    )
    return book.session.scalar(rows)


def second_call(book: Book, number: int) -> Meeting | None:
    """Return the meeting that repeats another, if it was not cancelled."""
    rows = (
        select(Meeting)
        .where(Meeting.cooperative_id == book.cooperative_id)
        .where(Meeting.repeats == number)
        .where(Meeting.state != MeetingState.CANCELLED)
    )
    return book.session.scalar(rows)


def last_meeting(book: Book) -> int:
    """Return the highest number a meeting was given."""
    rows = select(func.max(Meeting.number)).where(
        Meeting.cooperative_id == book.cooperative_id
    )
    return int(book.session.scalar(rows) or 0)


# -- who has a vote, and who came --------------------------------------------


def has_vote(member: Member, on: date) -> bool:
    """Say whether a member has a vote: active, and on that day already."""
    begun = member.active_on is None or member.active_on <= on
    return member.status in VOTING and begun


def _with_vote(book: Book, on: date) -> ColumnElement[bool]:
    return and_(
        Member.cooperative_id == book.cooperative_id,
        Member.status.in_(VOTING),
        or_(Member.active_on.is_(None), Member.active_on <= on),
    )


def eligible(book: Book, on: date) -> int:
    """Return how many members have a vote on a day."""
    rows = select(func.count()).select_from(Member).where(_with_vote(book, on))
    return int(book.session.scalar(rows) or 0)


def present(book: Book, number: int, presences: Iterable[Presence] = HERE) -> int:
    """Return how many take part in a meeting now, or in other ways when asked."""
    rows = (
        select(func.count())
        .select_from(Attendance)
        .where(Attendance.cooperative_id == book.cooperative_id)
        .where(Attendance.meeting_number == number)
        .where(Attendance.presence.in_(tuple(presences)))
    )
    return int(book.session.scalar(rows) or 0)


def voters(
    book: Book, of: Meeting, *, text: str = "", after: int = 0, limit: int = 40
) -> list[Voter]:
    """Return who has a vote by number, found by number or part of the name."""
    asked = " ".join(text.split())
    rows = (
        select(Member.number, Member.name, Attendance.presence, Attendance.signed)
        .outerjoin(
            Attendance,
            and_(
                Attendance.cooperative_id == Member.cooperative_id,
                Attendance.member_number == Member.number,
                Attendance.meeting_number == of.number,
            ),
        )
        .where(_with_vote(book, of.held_on))
        .where(Member.number > after)
        .order_by(Member.number)
        .limit(limit)
    )
    if asked:
        ways = [func.lower(Member.name).contains(asked.lower(), autoescape=True)]
        if asked.isascii() and asked.isdigit() and len(asked) <= 9:
            ways.append(Member.number == int(asked))
        rows = rows.where(or_(*ways))
    found = book.session.execute(rows)
    return [Voter(row[0], row[1], row[2], bool(row[3])) for row in found]


def attendance(
    book: Book,
    number: int,
    *,
    presences: Iterable[Presence] = CAME,
    after: int = 0,
    limit: int | None = None,
) -> list[Voter]:
    """Return who came to a meeting, by number of member."""
    rows = (
        select(Member.number, Member.name, Attendance.presence, Attendance.signed)
        .join(
            Attendance,
            and_(
                Attendance.cooperative_id == Member.cooperative_id,
                Attendance.member_number == Member.number,
            ),
        )
        .where(Attendance.cooperative_id == book.cooperative_id)
        .where(Attendance.meeting_number == number)
        .where(Attendance.presence.in_(tuple(presences)))
        .where(Member.number > after)
        .order_by(Member.number)
        .limit(limit)
    )
    return [Voter(*row) for row in book.session.execute(rows)]


# -- quorum ---------------------------------------------------------------------


def quorum_rule(book: Book, of: Meeting, matter: Matter) -> str:
    """Return the share that has to take part for a kind of decision.

    The lower share of a second call holds only for what the first call had no
    quorum for: a meeting that could have decided cannot lower it by being repeated.
    """
    first = setting_text(book, f"quorum_{matter}", of.held_on)
    if of.repeats is None:
        return first
    before = meeting(book, of.repeats)
    if quorum(book, before, matter, presences=CAME).reached:
        return first
    return setting_text(book, f"quorum_{matter}_second", of.held_on)


def quorum(
    book: Book, of: Meeting, matter: Matter, *, presences: Iterable[Presence] = HERE
) -> Quorum:
    """Return how many have to take part for a kind of decision, and how many do."""
    return Quorum(
        parse(quorum_rule(book, of, matter)),
        of.eligible if of.eligible is not None else eligible(book, of.held_on),
        present(book, of.number, presences),
    )
