"""What supervisors look at: who owes, what sleeps, what ends, what looks odd."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook import (
    decisions,
    deposits,
    groups,
    members,
    proxies,
    savings,
    security,
    settlement,
)
from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.dates import months_after
from coopbook.decisions import DocumentStanding
from coopbook.groups import GroupFreeze, LoanGroup
from coopbook.ledger import chart
from coopbook.ledger.model import Balance, Entry, Line
from coopbook.ledger.queries import card_balance, own_capital
from coopbook.members import Double, Member, MemberChange, MemberStatus
from coopbook.money import ZERO, Money
from coopbook.oversight.cash import CashOfDay, cash_of_day
from coopbook.proxies import Proxy
from coopbook.savings import SavingsAccount, SavingsProduct, ShareStanding
from coopbook.savings.blocking import NOT_MOVED, SLEPT
from coopbook.security import Collateral
from coopbook.settlement import Settlement

SHARES = (chart.PRINCIPAL_SHARE, chart.MANDATORY_SHARE, chart.SPECIAL_SHARE)

AT_ONCE = 5_000
"""How many members are asked about at once: one engine takes 65,535 values."""


@dataclass(frozen=True, slots=True)
class Sleeping:
    """An account nobody moved for too long, what is on it, and since when."""

    account: SavingsAccount
    balance: Money
    since: date


@dataclass(frozen=True, slots=True)
class LargeShare:
    """A member whose shares are a large part of the cooperative's own capital."""

    member: Member
    shares: Money
    percent: int


@dataclass(frozen=True, slots=True)
class Unposted:
    """A month that is over whose interest nobody has posted."""

    product: SavingsProduct
    month: str


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything worth a look on a day; each list may be empty."""

    on: date
    cash: list[CashOfDay]
    missed: list[ShareStanding]
    sleeping: list[Sleeping]
    documents: list[DocumentStanding]
    proxies: list[Proxy]
    suspensions: list[tuple[Member, MemberChange]]
    doubles: list[Double]
    settlements: list[Settlement]
    mature: list[deposits.TermDeposit]
    unposted: list[Unposted]
    above_cap: list[str]
    large: list[LargeShare]
    unknown: list[Member]
    awaiting: list[Member]
    frozen: list[tuple[LoanGroup, GroupFreeze]]
    to_give_back: list[Collateral]
    uninsured: list[Collateral]


def overview(book: Book, on: date) -> Overview:
    """Return everything worth a look on a day."""
    return Overview(
        on,
        [one for one in cash_of_day(book, on) if one.to_report],
        missing_shares(book, on),
        sleeping(book, on),
        decisions.alerts(book, on),
        proxies.ending(book, on),
        members.overdue_suspensions(book, on),
        members.doubles(book),
        settlement.settlements(book, limit=100),
        deposits.running(book, matures_by=on),
        unposted(book, on),
        above_cap(book, on),
        large_shares(book, on),
        unidentified(book),
        savings.awaiting_decision(book, on),
        groups.frozen_groups(book),
        security.to_give_back(book),
        security.uninsured(book, on),
    )


def missing_shares(book: Book, on: date) -> list[ShareStanding]:
    """Return who missed more months of the mandatory share than one may to borrow."""
    late: list[ShareStanding] = []
    last = 0
    while found := savings.owing(book, on, after=last, limit=AT_ONCE):
        late += [one for one in found if len(one.calendar.missed) > one.most_missed]
        last = found[-1].member.number
    return sorted(late, key=lambda one: -one.calendar.arrears.units)


def sleeping(book: Book, on: date) -> list[Sleeping]:
    """Return the accounts with money on them that nobody moved for too long."""
    found = []
    for product in savings.products(book):
        if product.dormant_months is None:
            continue
        cutoff = months_after(on, -product.dormant_months)
        last = dict(
            book.session.execute(
                select(Line.card_number, func.max(Line.booked_on))
                .join(
                    Entry,
                    (Entry.cooperative_id == Line.cooperative_id)
                    & (Entry.number == Line.entry_number),
                )
                .where(Line.cooperative_id == book.cooperative_id)
                .where(Line.account_number == product.account_number)
                .where(Entry.source.not_in(NOT_MOVED))
                .group_by(Line.card_number)
            ).all()
        )
        rows = (
            select(SavingsAccount)
            .where(SavingsAccount.cooperative_id == book.cooperative_id)
            .where(SavingsAccount.product_code == product.code)
            .where(SavingsAccount.closed_on.is_(None))
            .where(SavingsAccount.opened_on <= cutoff)
            .order_by(SavingsAccount.number)
        )
        for account in book.session.scalars(rows):
            moved = last.get(account.number) or account.opened_on
            if moved > cutoff and account.blocked_why != SLEPT:
                continue
            since = savings.asleep_since(book, account, on)
            balance = card_balance(book, *account.card)
            if since is not None and balance > ZERO:
                found.append(Sleeping(account, balance, since))
    return found


def unposted(book: Book, on: date) -> list[Unposted]:
    """Return the first month of each kind of savings whose interest is missing."""
    missing = (
        (product, savings.first_unposted(book, product, f"{on:%Y-%m}"))
        for product in savings.products(book)
    )
    return [Unposted(product, month) for product, month in missing if month]


def above_cap(book: Book, on: date) -> list[str]:
    """Return the kinds of savings and deposits that earn more than the cap."""
    found = []
    for product in savings.products(book):
        terms = savings.terms_of(book, product, on)
        if terms is not None and savings.above_cap(book, terms, on) is not None:
            found.append(product.name_id)
    for months in deposits.TERMS:
        tied = deposits.terms_on(book, months, on)
        if tied is not None and deposits.above_cap(book, tied, on) is not None:
            found.append(f"Simpanan Berjangka {months} bulan")
    return found


def large_shares(book: Book, on: date) -> list[LargeShare]:
    """Return whose shares exceed the part of own capital one member may hold.

    Source: the setting ``member_capital_cap``; warned about, never refused.
    """
    capital = own_capital(book, on)
    cap = setting(book, "member_capital_cap", on)
    if capital <= ZERO:
        return []
    held: dict[int, int] = {}
    newest = (
        select(
            Balance.account_number,
            Balance.card_number,
            func.max(Balance.month).label("month"),
        )
        .where(Balance.cooperative_id == book.cooperative_id)
        .where(Balance.account_number.in_(SHARES))
        .group_by(Balance.account_number, Balance.card_number)
        .subquery()
    )
    rows = book.session.execute(
        select(
            SavingsAccount.member_number,
            Balance.credit - Balance.debit - Balance.opening,
        )
        .join(
            newest,
            (newest.c.account_number == Balance.account_number)
            & (newest.c.card_number == Balance.card_number)
            & (newest.c.month == Balance.month),
        )
        .join(
            SavingsAccount,
            (SavingsAccount.cooperative_id == Balance.cooperative_id)
            & (SavingsAccount.account_number == Balance.account_number)
            & (SavingsAccount.number == Balance.card_number),
        )
        .where(Balance.cooperative_id == book.cooperative_id)
    )
    for number, units in rows:
        held[number] = held.get(number, 0) + units
    found = []
    for number, units in sorted(held.items(), key=lambda one: -one[1]):
        if units * 100 > cap * capital.units:
            who = book.get(Member, number)
            assert who is not None
            percent = units * 100 // capital.units
            found.append(LargeShare(who, Money(units), percent))
    return found


def unidentified(book: Book) -> list[Member]:
    """Return members of whom neither NIK nor telephone is known."""
    rows = (
        select(Member)
        .where(Member.cooperative_id == book.cooperative_id)
        .where(Member.status.in_([MemberStatus.ACTIVE, MemberStatus.ASSOCIATE]))
        .where(Member.national_id_index.is_(None))
        .where(Member.phone_index.is_(None))
        .order_by(Member.number)
    )
    return list(book.session.scalars(rows))
