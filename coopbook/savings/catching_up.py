"""Months nobody has to pay, and plans by which somebody pays what was missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.decisions.model import Decision
from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.ledger.rules import ReasonNeeded
from coopbook.members.model import Member
from coopbook.members.standing import DecisionNeeded
from coopbook.money import ZERO, Money
from coopbook.savings.calendar import ShareCalendar, installments, next_month
from coopbook.savings.model import CatchUpPlan, ShareExemption

EXEMPTION = N_("no mandatory share for some months")


@dataclass(eq=False)
class MonthsBackwards(Refused):
    """Months run from an earlier to a later one."""

    sentence = N_("The first month comes before the last one. Exchange the two.")


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """A catch-up plan and how it is kept.

    ``owed_by_now`` is what its installments up to this month come to, ``paid`` what
    of the arrears was paid since it was agreed.
    """

    plan: CatchUpPlan
    installments: tuple[tuple[int, Money], ...]
    owed_by_now: Money
    paid: Money

    @property
    def kept(self) -> bool:
        """Say whether as much was paid as the plan asks for."""
        return self.paid >= self.owed_by_now


def exempt(
    book: Book,
    member: Member,
    *,
    first_month: int,
    last_month: int,
    reason: str,
    decision: Decision | None,
) -> ShareExemption:
    """Let a member owe nothing for some months; somebody has decided it.

    Raises ``MonthsBackwards``, ``ReasonNeeded`` and ``DecisionNeeded``.
    """
    if last_month < first_month:
        raise MonthsBackwards
    if not reason.strip():
        raise ReasonNeeded
    if decision is None:
        raise DecisionNeeded(Word(EXEMPTION))
    row = ShareExemption(
        cooperative_id=book.cooperative_id,
        member_number=member.number,
        number=next_number(book, ShareExemption, member),
        first_month=first_month,
        last_month=last_month,
        decision_number=decision.number,
        reason=reason.strip(),
        ended_on=None,
    )
    book.session.add(row)
    book.session.flush()
    return row


def end_exemption(book: Book, row: ShareExemption, *, on: date) -> ShareExemption:
    """Take an exemption back: its months are owed again, all of them."""
    row.ended_on = on
    book.session.flush()
    return row


def exemptions(book: Book, member: Member) -> list[ShareExemption]:
    """Return the exemptions of a member that stand."""
    rows = (
        select(ShareExemption)
        .where(ShareExemption.cooperative_id == book.cooperative_id)
        .where(ShareExemption.member_number == member.number)
        .where(ShareExemption.ended_on.is_(None))
        .order_by(ShareExemption.number)
    )
    return list(book.session.scalars(rows))


def excused_months(book: Book, numbers: list[int]) -> dict[int, frozenset[int]]:
    """Return the months some members owe nothing for, by member number."""
    rows = (
        select(ShareExemption)
        .where(ShareExemption.cooperative_id == book.cooperative_id)
        .where(ShareExemption.member_number.in_(numbers))
        .where(ShareExemption.ended_on.is_(None))
    )
    found: dict[int, frozenset[int]] = {}
    for row in book.session.scalars(rows):
        months, month = set(), row.first_month
        while month <= row.last_month:
            months.add(month)
            month = next_month(month)
        before = found.get(row.member_number, frozenset())
        found[row.member_number] = before | months
    return found


def end_plan(book: Book, row: CatchUpPlan, *, on: date) -> CatchUpPlan:
    """End a plan; what is missed is simply missed again."""
    row.ended_on = on
    book.session.flush()
    return row


def plan_installments(row: CatchUpPlan) -> list[tuple[int, Money]]:
    """Return the month and amount of each installment of a plan."""
    return [
        (next_month(row.first_month, place), part)
        for place, part in enumerate(installments(row.arrears, row.months))
    ]


def plans(book: Book, numbers: list[int]) -> dict[int, CatchUpPlan]:
    """Return the plans that run, by member number."""
    rows = (
        select(CatchUpPlan)
        .where(CatchUpPlan.cooperative_id == book.cooperative_id)
        .where(CatchUpPlan.member_number.in_(numbers))
        .where(CatchUpPlan.ended_on.is_(None))
        .order_by(CatchUpPlan.number)
    )
    return {row.member_number: row for row in book.session.scalars(rows)}


def plan_standing(row: CatchUpPlan, said: ShareCalendar) -> PlanStanding:
    """Compare a plan with what is still missed of the months before it."""
    parts = plan_installments(row)
    asked = sum((part for month, part in parts if month <= said.now), ZERO)
    left = sum((m.left for m in said.months if m.month < row.first_month), ZERO)
    paid = max(row.arrears - left, ZERO)
    return PlanStanding(row, tuple(parts), asked, paid)


def next_number(
    book: Book, table: type[ShareExemption] | type[CatchUpPlan], member: Member
) -> int:
    """Return the number of a member's next exemption or plan."""
    last = book.session.scalar(
        select(func.max(table.number))
        .where(table.cooperative_id == book.cooperative_id)
        .where(table.member_number == member.number)
    )
    return (last or 0) + 1
