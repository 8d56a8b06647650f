"""Meeting, Attendance, Motion, Vote: one member, one vote."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative, within
from coopbook.db.types import WordColumn
from coopbook.meetings.rules import (
    Choice,
    Matter,
    MeetingKind,
    MeetingState,
    MotionState,
    Presence,
    Way,
)


class Meeting(OfCooperative, Base):
    """A members' meeting, from its call to its minutes.

    ``call`` is 1 for the first call and 2 when the meeting ``repeats`` one that had
    no quorum.  ``eligible`` is how many members had a vote when it was opened.
    """

    __tablename__ = "meeting"
    __table_args__ = (of_a_cooperative(),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[MeetingKind] = mapped_column(WordColumn(MeetingKind))
    call: Mapped[int]
    repeats: Mapped[int | None]
    called_on: Mapped[date]
    held_on: Mapped[date]
    begins_at: Mapped[str]
    place: Mapped[str]
    agenda: Mapped[str]
    state: Mapped[MeetingState] = mapped_column(WordColumn(MeetingState))
    eligible: Mapped[int | None]
    chair: Mapped[str]
    secretary: Mapped[str]
    notes: Mapped[str]


class Attendance(OfCooperative, Base):
    """A member who takes part in a meeting."""

    __tablename__ = "attendance"
    __table_args__ = (
        within("meeting_number", of="meeting"),
        within("member_number", of="member"),
    )

    meeting_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    presence: Mapped[Presence] = mapped_column(WordColumn(Presence))
    signed: Mapped[bool]


class Motion(OfCooperative, Base):
    """Something a meeting decides on; carried, it is a decision.

    ``present`` is how many took part when it was decided.  ``quorum`` and
    ``majority`` are the shares in force then, and ``out_of`` is what the votes for
    were weighed against: a setting that changes later moves no minutes.
    """

    __tablename__ = "motion"
    __table_args__ = (within("meeting_number", of="meeting"),)

    meeting_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    matter: Mapped[Matter] = mapped_column(WordColumn(Matter))
    title: Mapped[str]
    text: Mapped[str]
    way: Mapped[Way | None] = mapped_column(WordColumn(Way))
    present: Mapped[int | None]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    abstained: Mapped[int | None]
    quorum: Mapped[str | None]
    majority: Mapped[str | None]
    out_of: Mapped[int | None]
    state: Mapped[MotionState] = mapped_column(WordColumn(MotionState))


class Vote(OfCooperative, Base):
    """How a member voted in a roll call; once for a motion."""

    __tablename__ = "vote"
    __table_args__ = (
        within(
            *("meeting_number", "motion_number"),
            of="motion",
            to=("meeting_number", "number"),
        ),
        within(
            *("meeting_number", "member_number"),
            of="attendance",
            to=("meeting_number", "member_number"),
        ),
    )

    meeting_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    motion_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    choice: Mapped[Choice] = mapped_column(WordColumn(Choice))
