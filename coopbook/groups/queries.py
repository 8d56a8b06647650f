"""Ask for groups, rosters, loans, meetings, and who paid for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook import loans
from coopbook.book import Book
from coopbook.db.types import total
from coopbook.groups import rules
from coopbook.groups.model import (
    GroupAttendance,
    GroupCover,
    GroupCoverBack,
    GroupFreeze,
    GroupLoan,
    GroupMeeting,
    GroupMember,
    LoanGroup,
)
from coopbook.ledger.model import Entry
from coopbook.loans import Loan, LoanState
from coopbook.members import Member
from coopbook.money import ZERO, Money


def group(book: Book, number: int) -> LoanGroup:
    """Return a group; raise ``NoSuchGroup``."""
    row = book.get(LoanGroup, number)
    if row is None:
        raise rules.NoSuchGroup(number)
    return row


def groups(
    book: Book,
    *,
    ended: bool = False,
    after: int = 0,
    limit: int = 25,
) -> list[LoanGroup]:
    """Return the groups that are, or those that ended, by number."""
    over = LoanGroup.ended_on.is_not(None) if ended else LoanGroup.ended_on.is_(None)
    rows = (
        select(LoanGroup)
        .where(LoanGroup.cooperative_id == book.cooperative_id)
        .where(LoanGroup.number > after)
        .where(over)
        .order_by(LoanGroup.number)
        .limit(limit)
    )
    return list(book.session.scalars(rows))


def roster(book: Book, of: LoanGroup, on: date | None = None) -> list[GroupMember]:
    """Return everybody who was ever on the roster, or who is on a day, as they came."""
    rows = (
        select(GroupMember)
        .where(GroupMember.cooperative_id == book.cooperative_id)
        .where(GroupMember.group_number == of.number)
        .order_by(GroupMember.number)
    )
    found = list(book.session.scalars(rows))
    if on is None:
        return found
    return [each for each in found if belongs(each, on)]


def belongs(row: GroupMember, on: date) -> bool:
    """Say whether somebody is on the roster on a day; on the day of leaving no more."""
    return row.joined_on <= on and (row.left_on is None or on < row.left_on)


def members_in(book: Book, of: LoanGroup, on: date) -> list[Member]:
    """Return who is on the roster on a day, by member number."""
    numbers = [each.member_number for each in roster(book, of, on)]
    rows = (
        select(Member)
        .where(Member.cooperative_id == book.cooperative_id)
        .where(Member.number.in_(numbers))
        .order_by(Member.number)
    )
    return list(book.session.scalars(rows))


def group_of(book: Book, member: Member) -> LoanGroup | None:
    """Return the group a member is in by now, if in any."""
    rows = (
        select(GroupMember)
        .where(GroupMember.cooperative_id == book.cooperative_id)
        .where(GroupMember.member_number == member.number)
        .where(GroupMember.left_on.is_(None))
    )
    row = book.session.scalar(rows)
    return group(book, row.group_number) if row is not None else None


def group_behind(book: Book, loan: Loan) -> LoanGroup | None:
    """Return the group that answers for a loan, if one does."""
    row = book.get(GroupLoan, loan.number)
    return group(book, row.group_number) if row is not None else None


def loans_behind(book: Book, of: LoanGroup, *states: LoanState) -> list[Loan]:
    """Return the loans a group answers for, by number; in some states only."""
    rows = (
        select(Loan)
        .join(
            GroupLoan,
            (GroupLoan.cooperative_id == Loan.cooperative_id)
            & (GroupLoan.loan_number == Loan.number),
        )
        .where(Loan.cooperative_id == book.cooperative_id)
        .where(GroupLoan.group_number == of.number)
        .order_by(Loan.number)
    )
    if states:
        rows = rows.where(Loan.state.in_(states))
    return list(book.session.scalars(rows))


def freezes(book: Book, of: LoanGroup) -> list[GroupFreeze]:
    """Return every freeze of a group, oldest first."""
    rows = (
        select(GroupFreeze)
        .where(GroupFreeze.cooperative_id == book.cooperative_id)
        .where(GroupFreeze.group_number == of.number)
        .order_by(GroupFreeze.number)
    )
    return list(book.session.scalars(rows))


def frozen(book: Book, of: LoanGroup) -> GroupFreeze | None:
    """Return the freeze that stands, if one does."""
    found = freezes(book, of)
    return found[-1] if found and found[-1].lifted_on is None else None


def frozen_groups(book: Book) -> list[tuple[LoanGroup, GroupFreeze]]:
    """Return the groups that are frozen now, each with its freeze."""
    rows = (
        select(LoanGroup, GroupFreeze)
        .join(
            GroupFreeze,
            (GroupFreeze.cooperative_id == LoanGroup.cooperative_id)
            & (GroupFreeze.group_number == LoanGroup.number),
        )
        .where(LoanGroup.cooperative_id == book.cooperative_id)
        .where(LoanGroup.ended_on.is_(None))
        .where(GroupFreeze.lifted_on.is_(None))
        .order_by(LoanGroup.number)
    )
    return [(row[0], row[1]) for row in book.session.execute(rows)]


def due_in(book: Book, of: LoanGroup, on: date) -> Money:
    """Return what is due on the group's loans by a day, late or not."""
    running = loans_behind(book, of, LoanState.DISBURSED)
    return sum((loans.due_on(book, each, on) for each in running), ZERO)


def late_in(book: Book, of: LoanGroup, on: date) -> Money:
    """Return what is late on the group's loans on a day, penalties included."""
    running = loans_behind(book, of, LoanState.DISBURSED)
    return sum((loans.standing(book, each, on).arrears for each in running), ZERO)


# -- meetings --------------------------------------------------------------------


def meetings(
    book: Book, of: LoanGroup, *, before: int | None = None, limit: int = 25
) -> list[GroupMeeting]:
    """Return the meetings of a group, newest first."""
    rows = (
        select(GroupMeeting)
        .where(GroupMeeting.cooperative_id == book.cooperative_id)
        .where(GroupMeeting.group_number == of.number)
        .order_by(GroupMeeting.number.desc())
        .limit(limit)
    )
    if before is not None:
        rows = rows.where(GroupMeeting.number < before)
    return list(book.session.scalars(rows))


def meeting(book: Book, of: LoanGroup, number: int) -> GroupMeeting:
    """Return a meeting of a group; raise ``NoSuchMeeting``."""
    row = book.get(GroupMeeting, of.number, number)
    if row is None:
        raise rules.NoSuchMeeting(of.number, number)
    return row


def meeting_of(book: Book, entry: Entry) -> GroupMeeting | None:
    """Return the meeting at which an entry was collected, if it was at one."""
    return book.session.scalar(
        select(GroupMeeting)
        .where(GroupMeeting.cooperative_id == book.cooperative_id)
        .where(GroupMeeting.entry_number == entry.number)
    )


def attendance(book: Book, row: GroupMeeting) -> dict[int, bool]:
    """Return who was at a meeting, by member number."""
    rows = (
        select(GroupAttendance.member_number, GroupAttendance.present)
        .where(GroupAttendance.cooperative_id == book.cooperative_id)
        .where(GroupAttendance.group_number == row.group_number)
        .where(GroupAttendance.meeting_number == row.number)
        .order_by(GroupAttendance.member_number)
    )
    return {row[0]: row[1] for row in book.session.execute(rows)}


# -- who paid for whom -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Covered:
    """What somebody paid on another one's loan, and what is left to give back."""

    row: GroupCover
    borrower: int
    on: date
    back: Money

    @property
    def left(self) -> Money:
        """What the borrower still owes who paid."""
        return self.row.amount - self.back


def covers(book: Book, of: LoanGroup) -> list[Covered]:
    """Return who paid for whom, oldest first; what was reversed never happened."""
    undone = (
        select(Entry.reverses)
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Entry.reverses.is_not(None))
    )
    rows = (
        select(GroupCover, Loan.member_number, Entry.booked_on)
        .join(
            Loan,
            (Loan.cooperative_id == GroupCover.cooperative_id)
            & (Loan.number == GroupCover.loan_number),
        )
        .join(
            Entry,
            (Entry.cooperative_id == GroupCover.cooperative_id)
            & (Entry.number == GroupCover.entry_number),
        )
        .where(GroupCover.cooperative_id == book.cooperative_id)
        .where(GroupCover.group_number == of.number)
        .where(GroupCover.entry_number.not_in(undone))
        .order_by(GroupCover.number)
    )
    back = _given_back(book, of)
    return [
        Covered(row, borrower, on, back.get(row.number, ZERO))
        for row, borrower, on in book.session.execute(rows)
    ]


def _given_back(book: Book, of: LoanGroup) -> dict[int, Money]:
    rows = (
        select(GroupCoverBack.cover_number, total(GroupCoverBack.amount))
        .where(GroupCoverBack.cooperative_id == book.cooperative_id)
        .where(GroupCoverBack.group_number == of.number)
        .group_by(GroupCoverBack.cover_number)
    )
    return {row[0]: row[1] for row in book.session.execute(rows)}


def backs(book: Book, of: LoanGroup) -> list[GroupCoverBack]:
    """Return what was given back between the members of a group, oldest first."""
    rows = (
        select(GroupCoverBack)
        .where(GroupCoverBack.cooperative_id == book.cooperative_id)
        .where(GroupCoverBack.group_number == of.number)
        .order_by(GroupCoverBack.cover_number, GroupCoverBack.number)
    )
    return list(book.session.scalars(rows))


def cover(book: Book, of: LoanGroup, number: int) -> Covered:
    """Return what somebody paid for another, by its number; raise ``NoSuchCover``."""
    for each in covers(book, of):
        if each.row.number == number:
            return each
    raise rules.NoSuchCover(number)


Numbered = GroupMember | GroupFreeze | GroupMeeting | GroupCover


def last_in(book: Book, model: type[Numbered], of: LoanGroup) -> int:
    """Return the highest number a group's rows of a kind have, zero for none."""
    rows = select(func.max(model.number)).where(
        model.cooperative_id == book.cooperative_id, model.group_number == of.number
    )
    return int(book.session.scalar(rows) or 0)
