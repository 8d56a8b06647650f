"""Find motions, and who voted how on them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from coopbook.book import Book
from coopbook.meetings.model import Attendance, Meeting, Motion, Vote
from coopbook.meetings.refusals import NoSuchMotion
from coopbook.meetings.rules import HERE, Choice, MotionState
from coopbook.members import Member


@dataclass(frozen=True, slots=True)
class Ballot:
    """A member who takes part, and the vote they cast in a roll call."""

    number: int
    name: str
    choice: Choice | None


def motion(book: Book, of: Meeting, number: int) -> Motion:
    """Return a motion of a meeting; raise ``NoSuchMotion``."""
    row = book.get(Motion, of.number, number)
    if row is None:
        raise NoSuchMotion(of.number, number)
    return row


def motions(book: Book, number: int) -> list[Motion]:
    """Return the motions of a meeting in their order."""
    rows = (
        select(Motion)
        .where(Motion.cooperative_id == book.cooperative_id)
        .where(Motion.meeting_number == number)
        .order_by(Motion.number)
    )
    return list(book.session.scalars(rows))


def votes(book: Book, of: Motion) -> dict[Choice, int]:
    """Return how many members voted how in a roll call."""
    rows = book.session.scalars(
        select(Vote.choice)
        .where(Vote.cooperative_id == book.cooperative_id)
        .where(Vote.meeting_number == of.meeting_number)
        .where(Vote.motion_number == of.number)
    )
    counted = Counter(rows)
    return {choice: counted[choice] for choice in Choice}


def ballots(
    book: Book, of: Motion, *, after: int = 0, limit: int | None = 40
) -> list[Ballot]:
    """Return who can vote on a motion or has, by number, with the vote they cast."""
    rows = (
        select(Member.number, Member.name, Vote.choice)
        .join(
            Attendance,
            and_(
                Attendance.cooperative_id == Member.cooperative_id,
                Attendance.member_number == Member.number,
            ),
        )
        .outerjoin(
            Vote,
            and_(
                Vote.cooperative_id == Attendance.cooperative_id,
                Vote.meeting_number == Attendance.meeting_number,
                Vote.member_number == Attendance.member_number,
                Vote.motion_number == of.number,
            ),
        )
        .where(Attendance.cooperative_id == book.cooperative_id)
        .where(Attendance.meeting_number == of.meeting_number)
        .where(or_(Attendance.presence.in_(HERE), Vote.choice.is_not(None)))
        .where(Member.number > after)
        .order_by(Member.number)
        .limit(limit)
    )
    return [Ballot(*row) for row in book.session.execute(rows)]


def waiting_vote(book: Book, number: int, member_number: int) -> int | None:
    """Return a motion not decided yet on which a member voted in a roll call."""
    undecided = [
        one.number for one in motions(book, number) if one.state is MotionState.OPEN
    ]
    rows = (
        select(Vote.motion_number)
        .where(Vote.cooperative_id == book.cooperative_id)
        .where(Vote.meeting_number == number)
        .where(Vote.member_number == member_number)
        .where(Vote.motion_number.in_(undecided))
        .limit(1)
    )
    return book.session.scalar(rows)
