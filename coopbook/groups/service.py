"""Found a group, keep its roster, borrow in it, freeze it and lift the freeze."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from coopbook import loans
from coopbook.book import Book
from coopbook.cooperatives import setting, today
from coopbook.groups import rules
from coopbook.groups.model import GroupFreeze, GroupLoan, GroupMember, LoanGroup
from coopbook.groups.queries import (
    due_in,
    frozen,
    group_behind,
    group_of,
    last_in,
    loans_behind,
    roster,
)
from coopbook.groups.rules import Meets
from coopbook.ledger.rules import check_reason
from coopbook.loans import Loan, LoanProduct, LoanState
from coopbook.members import Member
from coopbook.members import member as find_member
from coopbook.members.standing import rights
from coopbook.money import ZERO, Money
from coopbook.people.model import User

WAITS = (LoanState.APPLIED, LoanState.APPROVED, LoanState.DISBURSED)


def found_group(
    book: Book,
    name: str,
    members: Sequence[Member],
    *,
    leader: Member,
    meets: Meets,
    first_meeting: date,
    on: date,
    place: str = "",
    hamlet: str = "",
) -> LoanGroup:
    """Found a group whose members answer for each other's loans.

    Raises ``GroupNeedsName``, ``NotOnRoster`` where the leader is none of them,
    ``GroupFull``, ``NoRights``, ``AnswersAlready`` and ``MeetsFarAway``.
    """
    rules.check_meets(first_meeting, on)
    if not name.strip():
        raise rules.GroupNeedsName
    if leader.number not in {each.number for each in members}:
        raise rules.NotOnRoster(leader.name, name.strip())
    last = book.session.scalar(
        select(func.max(LoanGroup.number)).where(
            LoanGroup.cooperative_id == book.cooperative_id
        )
    )
    row = LoanGroup(
        cooperative_id=book.cooperative_id,
        number=(last or 0) + 1,
        name=name.strip(),
        hamlet=hamlet.strip(),
        leader_number=leader.number,
        meets=Meets(meets),
        first_meeting=first_meeting,
        place=place.strip(),
        founded_on=on,
        ended_on=None,
    )
    book.session.add(row)
    book.session.flush()
    for each in members:
        join(book, row, each, on=on)
    return row


def check_stands(of: LoanGroup) -> None:
    """Refuse a group that ended; raise ``GroupEnded``."""
    if of.ended_on is not None:
        raise rules.GroupEnded(of.name, of.ended_on)


def join(book: Book, of: LoanGroup, member: Member, *, on: date) -> GroupMember:
    """Put somebody on the roster from a day on.

    Raises ``GroupEnded``, ``NoRights``, ``AnswersAlready`` and ``GroupFull``.
    """
    check_stands(of)
    if not rights(member.status).borrow:
        raise rules.NoRights(member.name)
    known = group_of(book, member)
    if known is not None:
        raise rules.AnswersAlready(member.name, known.name)
    for each in roster(book, of):
        left = each.left_on
        if each.member_number == member.number and left is not None and on < left:
            raise rules.LeftBefore(member.name, left)
    most = setting(book, "group_most", on)
    standing = [each for each in roster(book, of) if each.left_on is None]
    if len(standing) >= most:
        raise rules.GroupFull(most)
    row = GroupMember(
        cooperative_id=book.cooperative_id,
        group_number=of.number,
        number=last_in(book, GroupMember, of) + 1,
        member_number=member.number,
        joined_on=on,
        left_on=None,
        note="",
    )
    book.session.add(row)
    book.session.flush()
    return row


def leave(
    book: Book, of: LoanGroup, member: Member, *, on: date, note: str
) -> GroupMember:
    """Take somebody off the roster; from that day on one answers for nothing new.

    Raises ``NotOnRoster``, ``LeaderStays``, ``FrozenStays``, ``OwesInGroup``,
    ``LeftBefore`` and ``ReasonNeeded``.
    """
    why = check_reason(note)
    row = on_roster(book, of, member)
    if member.number == of.leader_number:
        raise rules.LeaderStays(member.name)
    if frozen(book, of) is not None:
        raise rules.FrozenStays(of.name)
    if on < row.joined_on:
        raise rules.LeftBefore(member.name, row.joined_on)
    for each in loans_behind(book, of, *WAITS):
        if each.member_number == member.number:
            owed = loans.to_date(book, each, on).total or each.principal
            raise rules.OwesInGroup(member.name, owed, each.number)
    row.left_on, row.note = on, why
    book.session.flush()
    return row


def on_roster(book: Book, of: LoanGroup, member: Member) -> GroupMember:
    """Return the row of somebody who is on the roster; raise ``NotOnRoster``."""
    for each in roster(book, of):
        if each.member_number == member.number and each.left_on is None:
            return each
    raise rules.NotOnRoster(member.name, of.name)


def lead(book: Book, of: LoanGroup, member: Member) -> LoanGroup:
    """Let somebody of the roster lead.

    Raises ``GroupEnded``, ``NotOnRoster`` and ``NoRights``.
    """
    check_stands(of)
    on_roster(book, of, member)
    if not rights(member.status).borrow:
        raise rules.NoRights(member.name)
    of.leader_number = member.number
    book.session.flush()
    return of


def meet_on(
    book: Book,
    of: LoanGroup,
    *,
    meets: Meets,
    first_meeting: date,
    place: str,
) -> LoanGroup:
    """Agree on another day or place to meet.

    Raises ``GroupEnded`` and ``MeetsFarAway``.
    """
    check_stands(of)
    rules.check_meets(first_meeting, today(book))
    of.meets, of.first_meeting, of.place = Meets(meets), first_meeting, place.strip()
    book.session.flush()
    return of


def end_group(book: Book, of: LoanGroup, *, on: date) -> LoanGroup:
    """End a group that answers for nothing; raise ``GroupEnded`` and ``LoansRun``."""
    check_stands(of)
    for each in loans_behind(book, of, *WAITS):
        raise rules.LoansRun(of.name, each.number)
    for row in roster(book, of):
        if row.left_on is None:
            row.left_on = max(on, row.joined_on)
    of.ended_on = on
    book.session.flush()
    return of


def gone(book: Book, member: Member, *, on: date, note: str) -> None:
    """Take somebody off the roster who left the cooperative or died.

    Where it was the leader, who joined first of the others leads.
    """
    of = group_of(book, member)
    if of is None:
        return
    row = on_roster(book, of, member)
    row.left_on, row.note = max(on, row.joined_on), note
    others = [each for each in roster(book, of) if each.left_on is None]
    if of.leader_number == member.number and others:
        of.leader_number = others[0].member_number
    book.session.flush()


def back(book: Book, member: Member, *, note: str) -> None:
    """Put somebody back on the roster who was taken off with the note by ``gone``."""
    rows = (
        select(GroupMember)
        .where(GroupMember.cooperative_id == book.cooperative_id)
        .where(GroupMember.member_number == member.number)
        .where(GroupMember.note == note)
        .where(GroupMember.left_on.is_not(None))
    )
    for row in list(book.session.scalars(rows)):
        row.left_on, row.note = None, ""
    book.session.flush()


# -- borrowing -------------------------------------------------------------------


def apply_for(
    book: Book,
    of: LoanGroup,
    member: Member,
    product: LoanProduct,
    amount: Money,
    *,
    on: date,
    **asked: Any,
) -> Loan:
    """Apply for a loan a group answers for; the rest is as ``loans.apply``.

    Raises ``GroupEnded``, ``NotOnRoster``, ``GroupTooSmall``, ``Frozen`` and what
    ``loans.apply`` refuses.
    """
    check_stands(of)
    on_roster(book, of, member)
    check_size(book, of, on)
    loan = loans.apply(book, member, product, amount, on=on, **asked)
    _answer(book, of, loan)
    return loan


def check_size(book: Book, of: LoanGroup, on: date) -> None:
    """Refuse a group that is too small to borrow, ``GroupTooSmall``.

    Who may not borrow, like somebody who died, does not count.
    """
    least = setting(book, "group_least", on)
    standing = [each for each in roster(book, of) if each.left_on is None]
    people = [find_member(book, each.member_number) for each in standing]
    count = sum(rights(each.status).borrow for each in people)
    if count < least:
        raise rules.GroupTooSmall(of.name, count, least)


def check_unfrozen(book: Book, of: LoanGroup) -> None:
    """Refuse a group that is frozen, ``Frozen``."""
    row = frozen(book, of)
    if row is not None:
        raise rules.Frozen(of.name, row.frozen_on, row.why)


@loans.before_lending
def _answered_for(book: Book, loan: Loan, on: date) -> None:
    """Refuse a loan of a frozen group, or one that a group has to answer for.

    A restructuring lends no new money: neither size nor freezing stops it.
    """
    if loan.carried_days is not None:
        return
    behind = group_behind(book, loan)
    if behind is not None:
        check_stands(behind)
        check_size(book, behind, on)
    elif loans.conditions_of(loan).joint:
        raise rules.NeedsGroup
    known = behind or group_of(book, loan.member)
    if known is not None:
        check_unfrozen(book, known)


@loans.when_applied
def _answers_on(book: Book, loan: Loan) -> None:
    """Let the group that answers for a loan answer for the one in its place.

    Raises ``Frozen`` where new money is asked for in a frozen group.
    """
    known = group_of(book, loan.member)
    if known is not None and loan.carried_days is None:
        check_unfrozen(book, known)
    if loan.replaces is None:
        return
    behind = group_behind(book, loans.loan(book, loan.replaces))
    if behind is not None:
        _answer(book, behind, loan)


def _answer(book: Book, of: LoanGroup, loan: Loan) -> None:
    book.session.add(
        GroupLoan(
            cooperative_id=book.cooperative_id,
            loan_number=loan.number,
            group_number=of.number,
        )
    )
    book.session.flush()


# -- freezing ----------------------------------------------------------------------


def freeze(book: Book, of: LoanGroup, *, on: date, why: str) -> GroupFreeze:
    """Let no member of a group get a new loan.

    Raises ``GroupEnded``, ``FrozenAlready`` and ``ReasonNeeded``.
    """
    check_stands(of)
    reason = check_reason(why)
    standing = frozen(book, of)
    if standing is not None:
        raise rules.FrozenAlready(of.name, standing.frozen_on)
    row = GroupFreeze(
        cooperative_id=book.cooperative_id,
        group_number=of.number,
        number=last_in(book, GroupFreeze, of) + 1,
        frozen_on=on,
        frozen_by=book.actor,
        why=reason,
        lifted_on=None,
        lifted_by=None,
        lifted_why=None,
    )
    book.session.add(row)
    book.session.flush()
    return row


def lift(book: Book, of: LoanGroup, *, on: date, why: str) -> GroupFreeze:
    """Let the members of a group borrow again, once nothing of its loans is due.

    Nobody lifts the freeze of their own group.  Raises ``NotFrozen``,
    ``LiftedBefore``, ``OwnGroup``, ``LateStill`` and ``ReasonNeeded``.
    """
    reason = check_reason(why)
    row = frozen(book, of)
    if row is None:
        raise rules.NotFrozen(of.name)
    if on < row.frozen_on:
        raise rules.LiftedBefore(row.frozen_on)
    person = book.get(User, book.actor)
    here = {each.member_number for each in roster(book, of)}
    if person is not None and person.member_number in here:
        raise rules.OwnGroup(of.name)
    due = due_in(book, of, on)
    if due > ZERO:
        raise rules.LateStill(due)
    row.lifted_on, row.lifted_by, row.lifted_why = on, book.actor, reason
    book.session.flush()
    return row
