"""What members did in a year, the policy in force, and what became of surpluses."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from coopbook import goods
from coopbook.book import Book
from coopbook.dates import last_day, month_of
from coopbook.db.types import total
from coopbook.ledger import chart
from coopbook.ledger.model import Balance, Entry, Line
from coopbook.ledger.queries import not_reversed
from coopbook.loans.model import Loan
from coopbook.members.model import Member, MemberChange
from coopbook.members.rules import MemberStatus
from coopbook.members.standing import LEFT
from coopbook.money import ZERO, Money
from coopbook.savings.model import SavingsAccount
from coopbook.statements import surplus_statement, year_of
from coopbook.surplus import rules
from coopbook.surplus.model import (
    SurplusDistribution,
    SurplusPolicy,
    SurplusShare,
)
from coopbook.surplus.rules import Activity, Base, CapitalBase, Policy

SHARES = (chart.PRINCIPAL_SHARE, chart.MANDATORY_SHARE, chart.SPECIAL_SHARE)
INTEREST = range(41_001, 41_006)
ACCRUED = ("loans.accrue", "loans.accrue.back")
"""Interest that was earned and not paid is not what a member did."""


def policies(book: Book) -> list[SurplusPolicy]:
    """Return every policy, the latest first."""
    rows = (
        select(SurplusPolicy)
        .where(SurplusPolicy.cooperative_id == book.cooperative_id)
        .order_by(SurplusPolicy.first_year.desc(), SurplusPolicy.number.desc())
    )
    return list(book.session.scalars(rows))


def policy_row(book: Book, year: int) -> SurplusPolicy:
    """Return the policy in force for a year; raise ``NoPolicy``."""
    found = next((row for row in policies(book) if row.first_year <= year), None)
    if found is None:
        raise rules.NoPolicy(year)
    return found


def policy_of(book: Book, year: int) -> Policy:
    """Return how a year's surplus is divided; raise ``NoPolicy``."""
    return rules.read(policy_row(book, year).rules)


def distributions(book: Book, year: int | None = None) -> list[SurplusDistribution]:
    """Return the distributions of a year or of all, the latest first."""
    rows = (
        select(SurplusDistribution)
        .where(SurplusDistribution.cooperative_id == book.cooperative_id)
        .order_by(SurplusDistribution.year.desc(), SurplusDistribution.number.desc())
    )
    if year is not None:
        rows = rows.where(SurplusDistribution.year == year)
    return list(book.session.scalars(rows))


def distribution_of(book: Book, year: int) -> SurplusDistribution | None:
    """Return the distribution of a year that counts, decided or posted, if one does."""
    found = distributions(book, year)
    if not found:
        return None
    last = found[0]
    if last.entry_number is not None and _is_reversed(book, last.entry_number):
        return None
    return last


def is_posted(book: Book, row: SurplusDistribution) -> bool:
    """Say whether a distribution was posted and stands."""
    return row.entry_number is not None and not _is_reversed(book, row.entry_number)


def _is_reversed(book: Book, number: int) -> bool:
    return (
        book.session.scalar(
            select(Entry.number)
            .where(Entry.cooperative_id == book.cooperative_id)
            .where(Entry.reverses == number)
        )
        is not None
    )


def shares_of(book: Book, row: SurplusDistribution) -> list[SurplusShare]:
    """Return every member's part of a distribution, by number."""
    rows = (
        select(SurplusShare)
        .where(SurplusShare.cooperative_id == book.cooperative_id)
        .where(SurplusShare.distribution_number == row.number)
        .order_by(SurplusShare.member_number)
    )
    return list(book.session.scalars(rows))


def share_of(book: Book, row: SurplusDistribution, member: int) -> SurplusShare | None:
    """Return a member's part of a distribution, if there is one."""
    return book.get(SurplusShare, row.number, member)


def of_others(book: Book, first: date, last: date, surplus: Money) -> Money:
    """Return what of a surplus was earned with others than members, rounded down.

    In the proportion of their income to all income of the statement's first part;
    of goods, what the sale leaves above their cost.
    """
    amount = surplus_statement(book, first, last).amount
    members = amount("gross_participation") - amount("cost_of_sales_members")
    others = amount("non_member") + amount("sales_non_members")
    others -= amount("cost_of_sales_non_members")
    whole = members.units + others.units
    if others <= ZERO or whole <= 0 or surplus <= ZERO:
        return ZERO
    return Money(surplus.units * others.units // whole)


def has_goods(book: Book) -> bool:
    """Say whether the book knows what members bought: whether it ever had goods."""
    return bool(goods.items(book))


def bases(
    book: Book, year: int, policy: Policy, until: date | None = None
) -> list[Base]:
    """Return what each member's part of a year is worked out from, by number.

    Only who takes part is on it: members of the year's end, and who left in it where
    the policy says so.  ``until`` is a day in the year to look from, so far.
    """
    first, last = year_of(date(year, 12, 31))
    last = min(last, until) if until is not None else last
    capital = _capital(book, first, last, policy)
    activity = _activity(book, first, last, policy)
    return [
        Base(member, capital.get(member, Fraction(0)), Fraction(activity[member]))
        for member in _taking_part(book, first, last, policy)
        if capital.get(member) or activity[member]
    ]


def _taking_part(book: Book, first: date, last: date, policy: Policy) -> list[int]:
    standings = standings_on(book, last)
    before = standings_on(book, first)
    found = []
    for member, status in sorted(standings.items()):
        if status in policy.excluded:
            continue
        gone = status in (*LEFT, MemberStatus.SETTLED)
        left_now = gone and before.get(member) not in (*LEFT, MemberStatus.SETTLED)
        if gone and not (policy.leavers and left_now):
            continue
        if gone and _last_cause(book, member, last) in policy.excluded:
            continue
        if status is not MemberStatus.PROSPECTIVE:
            found.append(member)
    return found


def standings_on(book: Book, on: date) -> dict[int, MemberStatus]:
    """Return where every member stood at the end of a day."""
    rows = book.session.execute(
        select(Member.number, Member.joined_on, Member.active_on, Member.status)
        .where(Member.cooperative_id == book.cooperative_id)
        .where(Member.joined_on <= on)
    )
    found = {
        number: MemberStatus.ACTIVE
        if active is not None and active <= on
        else MemberStatus.PROSPECTIVE
        for number, _joined, active, _status in rows
    }
    changes = book.session.execute(
        select(MemberChange.member_number, MemberChange.status)
        .where(MemberChange.cooperative_id == book.cooperative_id)
        .where(MemberChange.changed_on <= on)
        .order_by(MemberChange.member_number, MemberChange.number)
    )
    for number, status in changes:
        if number in found:
            found[number] = status
    return found


def _last_cause(book: Book, member: int, on: date) -> MemberStatus | None:
    """Return why somebody left last: resigned, expelled or deceased."""
    rows = book.session.scalars(
        select(MemberChange.status)
        .where(MemberChange.cooperative_id == book.cooperative_id)
        .where(MemberChange.member_number == member)
        .where(MemberChange.changed_on <= on)
        .order_by(MemberChange.number.desc())
    )
    return next((status for status in rows if status in LEFT), None)


def _capital(
    book: Book, first: date, last: date, policy: Policy
) -> dict[int, Fraction]:
    """Return each member's shares at the end of a time, or their average by month."""
    accounts = SHARES if not policy.saved else (*SHARES, chart.VOLUNTARY)
    if policy.capital_base is CapitalBase.YEAR_END:
        held = _held_on(book, accounts, last)
        return {member: Fraction(units) for member, units in held.items()}
    found: dict[int, Fraction] = defaultdict(Fraction)
    months = last.month - first.month + 1
    for month in range(first.month, last.month + 1):
        end = min(last_day(last.year, month), last)
        for member, units in _held_on(book, accounts, end).items():
            found[member] += Fraction(units, months)
    return dict(found)


def _held_on(book: Book, accounts: tuple[int, ...], on: date) -> dict[int, int]:
    """Return what members hold on the cards of some accounts at a month's end.

    Of a day inside a month, what the month came to by now is taken.
    """
    latest = (
        select(
            Balance.account_number,
            Balance.card_number,
            func.max(Balance.month).label("month"),
        )
        .where(Balance.cooperative_id == book.cooperative_id)
        .where(Balance.account_number.in_(accounts))
        .where(Balance.month <= month_of(on))
        .group_by(Balance.account_number, Balance.card_number)
        .subquery()
    )
    rows = book.session.execute(
        select(
            SavingsAccount.member_number,
            Balance.opening + Balance.debit - Balance.credit,
        )
        .join(
            Balance,
            and_(
                Balance.cooperative_id == SavingsAccount.cooperative_id,
                Balance.account_number == SavingsAccount.account_number,
                Balance.card_number == SavingsAccount.number,
            ),
        )
        .join(
            latest,
            and_(
                latest.c.account_number == Balance.account_number,
                latest.c.card_number == Balance.card_number,
                latest.c.month == Balance.month,
            ),
        )
        .where(SavingsAccount.cooperative_id == book.cooperative_id)
    )
    found: dict[int, int] = defaultdict(int)
    for member, units in rows:
        found[member] -= units
    return dict(found)


def _activity(
    book: Book, first: date, last: date, policy: Policy
) -> defaultdict[int, int]:
    if policy.activity is Activity.LOANS_TAKEN:
        return _taken(book, first, last)
    if policy.activity is Activity.PURCHASES:
        return defaultdict(int, goods.bought_by_members(book, first, last))
    return _interest(book, first, last)


def _interest(book: Book, first: date, last: date) -> defaultdict[int, int]:
    """Return the interest each member paid in a time; reversals count against it."""
    undone = aliased(Entry)
    rows = book.session.execute(
        select(Loan.member_number, total(Line.credit), total(Line.debit))
        .join(
            Loan,
            and_(
                Loan.cooperative_id == Line.cooperative_id,
                Loan.number == Line.loan_number,
            ),
        )
        .join(
            Entry,
            and_(
                Entry.cooperative_id == Line.cooperative_id,
                Entry.number == Line.entry_number,
            ),
        )
        .outerjoin(
            undone,
            and_(
                undone.cooperative_id == Entry.cooperative_id,
                undone.number == Entry.reverses,
            ),
        )
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.account_number.in_(INTEREST))
        .where(Line.booked_on >= first)
        .where(Line.booked_on <= last)
        .where(Entry.source.not_in(ACCRUED))
        .where(func.coalesce(undone.source, "").not_in(ACCRUED))
        .group_by(Loan.member_number)
    )
    found: defaultdict[int, int] = defaultdict(int)
    for member, came, went in rows:
        found[member] = max(came.units - went.units, 0)
    return found


def _taken(book: Book, first: date, last: date) -> defaultdict[int, int]:
    """Return what each member was lent in a time; what replaces a loan is not new."""
    rows = book.session.execute(
        select(Loan.member_number, total(Loan.principal))
        .where(Loan.cooperative_id == book.cooperative_id)
        .where(Loan.disbursed_on >= first)
        .where(Loan.disbursed_on <= last)
        .where(Loan.carried_days.is_(None))
        .where(Loan.migrated_on.is_(None))
        .group_by(Loan.member_number)
    )
    found: defaultdict[int, int] = defaultdict(int)
    for member, units in rows:
        found[member] = units.units
    return found


def standing_entries(book: Book, numbers: list[int]) -> list[int]:
    """Return those of some entries that nothing has taken back."""
    rows = (
        select(Entry.number)
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Entry.number.in_(numbers))
        .where(not_reversed(Entry, "number"))
    )
    return list(book.session.scalars(rows))
