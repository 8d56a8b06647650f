"""Change where a member stands: suspended, associate, gone, back again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.decisions.model import Decision
from coopbook.members import standing
from coopbook.members.model import Member, MemberChange
from coopbook.members.rules import MemberStatus

AT_ONCE = 5_000
"""How many members are asked about at once: one engine takes 65,535 values."""


def batched(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Return parts of a list, none longer than ``size``."""
    return (numbers[at : at + size] for at in range(0, len(numbers), size))


def history(book: Book, member: Member) -> list[MemberChange]:
    """Return every change of a member's standing, oldest first."""
    rows = (
        select(MemberChange)
        .where(MemberChange.cooperative_id == book.cooperative_id)
        .where(MemberChange.member_number == member.number)
        .order_by(MemberChange.number)
    )
    return list(book.session.scalars(rows))


def change_standing(
    book: Book,
    member: Member,
    to: MemberStatus,
    *,
    on: date,
    reason: str,
    decision: Decision | None = None,
    until: date | None = None,
) -> MemberChange:
    """Suspend a member, make an associate, or put either back.

    Leaving is begun by ``settlement.begin``, which freezes what it has to.  Raises
    ``NoWayThere``, ``DecisionNeeded``, ``WhyNeeded``, ``ChangedBefore``,
    ``ShareFirst`` and ``EndsTooEarly``.
    """
    tidy = standing.check_way(
        member.name, member.status, to, decided=decision is not None, reason=reason
    )
    if until is not None and until <= on:
        raise standing.EndsTooEarly(on)
    if to is MemberStatus.ACTIVE and member.active_on is None:
        raise standing.ShareFirst(member.name)
    return note_change(
        book, member, to, on=on, reason=tidy, decision=decision, until=until
    )


def is_accepted(book: Book, member: Member) -> bool:
    """Say whether it was decided to take somebody in, since they last left.

    Who was a member before the by-laws wanted it decided counts as accepted.
    """
    for change in reversed(history(book, member)):
        if change.status in standing.LEFT or change.status is MemberStatus.SETTLED:
            return False
        if change.status is not MemberStatus.PROSPECTIVE or change.decision_number:
            return True
    return False


def entered_on(book: Book, numbers: Collection[int]) -> dict[int, date]:
    """Return when each of some members entered: joined, or was last taken in.

    The principal share somebody owes is that of this day, whatever it becomes later.
    """
    found: dict[int, date] = {}
    for some in batched(sorted(numbers), AT_ONCE):
        joined = (
            select(Member.number, Member.joined_on)
            .where(Member.cooperative_id == book.cooperative_id)
            .where(Member.number.in_(some))
        )
        taken_in = (
            select(MemberChange.member_number, func.max(MemberChange.changed_on))
            .where(MemberChange.cooperative_id == book.cooperative_id)
            .where(MemberChange.member_number.in_(some))
            .where(MemberChange.status == MemberStatus.PROSPECTIVE)
            .where(MemberChange.decision_number.is_not(None))
            .group_by(MemberChange.member_number)
        )
        for query in (joined, taken_in):
            for number, on in book.session.execute(query):
                found[number] = on
    return found


def note_change(
    book: Book,
    member: Member,
    to: MemberStatus,
    *,
    on: date,
    reason: str,
    decision: Decision | None = None,
    until: date | None = None,
) -> MemberChange:
    """Set a standing and write down when and why, in one record of the chain.

    For services that know the way is open.  Raises ``ChangedBefore``.
    """
    before = history(book, member)
    last = before[-1].changed_on if before else member.joined_on
    if on < last:
        raise standing.ChangedBefore(last)
    row = MemberChange(
        cooperative_id=book.cooperative_id,
        member_number=member.number,
        number=len(before) + 1,
        status=to,
        changed_on=on,
        until=until,
        decision_number=decision.number if decision else None,
        reason=reason,
    )
    member.status = to
    book.session.add(row)
    book.session.flush()
    return row


def overdue_suspensions(book: Book, on: date) -> list[tuple[Member, MemberChange]]:
    """Return suspended members whose time is over: somebody has to decide."""
    rows = (
        select(Member)
        .where(Member.cooperative_id == book.cooperative_id)
        .where(Member.status == MemberStatus.SUSPENDED)
        .order_by(Member.number)
    )
    found = []
    for member in book.session.scalars(rows):
        changes = history(book, member)
        if changes and changes[-1].until is not None and changes[-1].until < on:
            found.append((member, changes[-1]))
    return found
