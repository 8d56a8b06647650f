"""Who owes which months of the mandatory share, and what follows for borrowing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, text

from coopbook.book import Book
from coopbook.cooperatives import cooperative, setting, settings
from coopbook.cooperatives.standards import KNOWN
from coopbook.dates import month_of
from coopbook.db.types import total
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.model import Entry, Line
from coopbook.members.model import Member
from coopbook.members.rules import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.savings.calendar import ShareCalendar, calendar
from coopbook.savings.catching_up import (
    PlanStanding,
    excused_months,
    next_number,
    plan_standing,
    plans,
)
from coopbook.savings.model import CatchUpPlan, SavingsAccount

TAKEN_OVER = ("import.member-balances", "import.member-balances.reversal")
"""What was on the card when the book began: it pays for months before."""
OWING = (MemberStatus.ACTIVE, MemberStatus.ASSOCIATE, MemberStatus.SUSPENDED)


@dataclass(frozen=True, slots=True)
class ShareStanding:
    """A member's calendar, the plan that runs, and whether they may borrow."""

    member: Member
    account: SavingsAccount | None
    calendar: ShareCalendar
    plan: PlanStanding | None
    most_missed: int

    @property
    def may_borrow(self) -> bool:
        """Say whether so few months are missed, or a plan is kept, that one may."""
        if len(self.calendar.missed) <= self.most_missed:
            return True
        if self.plan is None or not self.plan.kept:
            return False
        since = [
            m for m in self.calendar.missed if m.month >= self.plan.plan.first_month
        ]
        return len(since) <= self.most_missed


@dataclass(eq=False)
class NothingMissed(Refused):
    """A plan is for what was missed."""

    sentence = N_("%(name)s has missed nothing up to %(on)s; no plan is needed.")

    name: str
    on: date


@dataclass(eq=False)
class PlanTooLong(Refused):
    """A plan runs for some months and leaves something for each."""

    sentence = N_("Choose from 1 to %(most)s months for the plan, not %(asked)s.")

    most: int
    asked: int


def amounts(book: Book) -> Callable[[int], Money]:
    """Return what each month asks for: the setting in force on its first day."""
    dated = [
        (month_of(row.valid_from), row.valid_from.day, Money(int(row.value)))
        for row in settings(book, "mandatory_share")
    ]
    standard = KNOWN["mandatory_share"]
    first = dated[0][2] if dated else Money(int(standard.value))

    def amount_of(month: int) -> Money:
        found = first
        for begins, day, amount in dated:
            if begins < month or (begins == month and day == 1):
                found = amount
        return found

    return amount_of


def first_owed(book: Book, member: Member) -> int | None:
    """Return the first month a member owes: that of joining, within this book."""
    if member.active_on is None:
        return None
    return max(month_of(member.active_on), month_of(cooperative(book).first_day))


def share_standing(book: Book, member: Member, on: date) -> ShareStanding:
    """Say which months a member owes on a day, and what follows from it."""
    (found,) = share_standings(book, [member], on) or [
        ShareStanding(
            *(member, None, ShareCalendar((), month_of(on), ZERO), None),
            setting(book, "share_arrears_to_borrow", on),
        )
    ]
    return found


def share_standings(
    book: Book, people: Iterable[Member], on: date
) -> list[ShareStanding]:
    """Say it of many members in a few questions; candidates are left out."""
    owing = [one for one in people if one.active_on is not None]
    numbers = [one.number for one in owing]
    accounts = _accounts(book, numbers)
    paid = _paid(book, {one.number: one for one in owing}, accounts)
    excused = excused_months(book, numbers)
    agreed = plans(book, numbers)
    amount_of, most = amounts(book), setting(book, "share_arrears_to_borrow", on)
    found = []
    for member in owing:
        first = first_owed(book, member)
        assert first is not None
        said = calendar(
            first,
            month_of(on),
            amount_of,
            paid.get(member.number, ZERO),
            excused.get(member.number, frozenset()),
        )
        plan = agreed.get(member.number)
        if plan is not None and plan.agreed_on < (member.active_on or date.min):
            plan = None  # of an earlier membership
        found.append(
            ShareStanding(
                *(member, accounts.get(member.number), said),
                plan_standing(plan, said) if plan else None,
                most,
            )
        )
    return found


def owing(
    book: Book, on: date, *, hamlet: str | None = None, after: int = 0, limit: int = 500
) -> list[ShareStanding]:
    """Return the calendars of those who belong, by number, of one hamlet or of all."""
    rows = (
        select(Member)
        .where(Member.cooperative_id == book.cooperative_id)
        .where(Member.status.in_(OWING))
        .where(Member.number > after)
        .order_by(Member.number)
        .limit(limit)
    )
    if hamlet is not None:
        rows = rows.where(Member.hamlet == hamlet)
    return share_standings(book, book.session.scalars(rows), on)


def _accounts(book: Book, numbers: list[int]) -> dict[int, SavingsAccount]:
    rows = (
        select(SavingsAccount)
        .where(SavingsAccount.cooperative_id == book.cooperative_id)
        .where(SavingsAccount.account_number == chart.MANDATORY_SHARE)
        .where(SavingsAccount.member_number.in_(numbers))
    )
    return {row.member_number: row for row in book.session.scalars(rows)}


def _paid(
    book: Book, people: dict[int, Member], accounts: dict[int, SavingsAccount]
) -> dict[int, Money]:
    """Return what each member paid for months: the card, less what was taken over.

    Whoever left and came back begins with an empty card, so only the membership that
    runs counts.
    """
    owners = {account.number: people[number] for number, account in accounts.items()}
    rows = book.session.execute(
        select(
            *(Line.card_number, Line.booked_on),
            Entry.source.in_(TAKEN_OVER).label("taken_over"),
            *(total(Line.credit), total(Line.debit)),
        )
        .join(
            Entry,
            (Entry.cooperative_id == Line.cooperative_id)
            & (Entry.number == Line.entry_number),
        )
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.account_number == chart.MANDATORY_SHARE)
        .where(Line.card_number.in_(list(owners)))
        .group_by(Line.card_number, Line.booked_on, text("taken_over"))
    )
    found: dict[int, Money] = {}
    for card, booked_on, taken_over, credit, debit in rows:
        member = owners[card]
        assert member.active_on is not None
        if not taken_over or booked_on < member.active_on:
            found[member.number] = found.get(member.number, ZERO) + credit - debit
    return found


def agree_plan(
    book: Book, member: Member, *, months: int, on: date, note: str = ""
) -> CatchUpPlan:
    """Write down that a member pays the arrears of today over so many months.

    The first installment is in this month.  A plan before ends with it.  Raises
    ``NothingMissed`` and ``PlanTooLong``.
    """
    arrears = share_standing(book, member, on).calendar.arrears
    if arrears == ZERO:
        raise NothingMissed(member.name, on)
    if not 1 <= months <= 24:
        raise PlanTooLong(24, months)
    for old in plans(book, [member.number]).values():
        old.ended_on = on
    row = CatchUpPlan(
        cooperative_id=book.cooperative_id,
        member_number=member.number,
        number=next_number(book, CatchUpPlan, member),
        agreed_on=on,
        arrears=arrears,
        months=months,
        first_month=month_of(on),
        note=note.strip(),
        ended_on=None,
    )
    book.session.add(row)
    book.session.flush()
    return row
