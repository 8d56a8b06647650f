"""Groups with joint liability: who belongs, when they meet, who paid for whom."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative, within
from coopbook.db.types import WordColumn
from coopbook.groups.rules import Meets
from coopbook.money import Money


class LoanGroup(OfCooperative, Base):
    """A group whose members answer for each other's loans.

    It meets on the weekday, or the day of the month, of ``first_meeting``.
    """

    __tablename__ = "loan_group"
    __table_args__ = (within("leader_number", of="member"), of_a_cooperative())

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    hamlet: Mapped[str]
    leader_number: Mapped[int]
    meets: Mapped[Meets] = mapped_column(WordColumn(Meets))
    first_meeting: Mapped[date]
    place: Mapped[str]
    founded_on: Mapped[date]
    ended_on: Mapped[date | None]


class GroupMember(OfCooperative, Base):
    """Somebody on the roster, from a day on, until a day."""

    __tablename__ = "group_member"
    __table_args__ = (
        within("group_number", of="loan_group"),
        within("member_number", of="member"),
        Index("ix_group_member_member", "cooperative_id", "member_number"),
    )

    group_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_number: Mapped[int]
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    note: Mapped[str]


class GroupFreeze(OfCooperative, Base):
    """From when no member of a group gets a new loan, why, and until when."""

    __tablename__ = "group_freeze"
    __table_args__ = (within("group_number", of="loan_group"),)

    group_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    frozen_on: Mapped[date]
    frozen_by: Mapped[str]
    why: Mapped[str]
    lifted_on: Mapped[date | None]
    lifted_by: Mapped[str | None]
    lifted_why: Mapped[str | None]


class GroupLoan(OfCooperative, Base):
    """A loan for which a group answers."""

    __tablename__ = "group_loan"
    __table_args__ = (
        within("loan_number", of="loan"),
        within("group_number", of="loan_group"),
        Index("ix_group_loan", "cooperative_id", "group_number"),
    )

    loan_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    group_number: Mapped[int]


class GroupMeeting(OfCooperative, Base):
    """A meeting of a group; ``entry_number`` is what was collected at it."""

    __tablename__ = "group_meeting"
    __table_args__ = (
        within("group_number", of="loan_group"),
        within("entry_number", of="entry"),
    )

    group_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    met_on: Mapped[date]
    entry_number: Mapped[int | None]
    due: Mapped[Money]
    uncovered: Mapped[Money]
    note: Mapped[str]


class GroupAttendance(OfCooperative, Base):
    """Who was at a meeting, of those on the roster that day."""

    __tablename__ = "group_attendance"
    __table_args__ = (
        within(
            *("group_number", "meeting_number"),
            of="group_meeting",
            to=("group_number", "number"),
        ),
        within("member_number", of="member"),
    )

    group_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    meeting_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    present: Mapped[bool]


class GroupCover(OfCooperative, Base):
    """What a member paid on another one's loan: a claim between the two of them.

    It never happened where its entry is reversed.
    """

    __tablename__ = "group_cover"
    __table_args__ = (
        within("group_number", of="loan_group"),
        within("entry_number", of="entry"),
        within("loan_number", of="loan"),
        within("member_number", of="member"),
    )

    group_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_number: Mapped[int]
    loan_number: Mapped[int]
    member_number: Mapped[int]
    amount: Mapped[Money]


class GroupCoverBack(OfCooperative, Base):
    """What a borrower gave back to who had paid; no money of the cooperative moves."""

    __tablename__ = "group_cover_back"
    __table_args__ = (
        within(
            *("group_number", "cover_number"),
            of="group_cover",
            to=("group_number", "number"),
        ),
    )

    group_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cover_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    paid_on: Mapped[date]
    amount: Mapped[Money]
    note: Mapped[str]
