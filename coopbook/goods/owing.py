"""Goods sold on account: how much a member may owe, who owes since when, paying it."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.goods import refusals
from coopbook.ledger import chart
from coopbook.ledger.accounts import enter_accounts, open_card
from coopbook.ledger.model import Card, Entry, Line
from coopbook.ledger.posting import post
from coopbook.ledger.queries import card_balance
from coopbook.ledger.rules import Draft, VoucherKind, check_amount, credit, debit
from coopbook.members import member as find_member
from coopbook.members.model import Member
from coopbook.money import ZERO, Money

PAY = "goods.pay"
LIMIT = "shop_credit_limit"
"""The by-law that says how much a member may owe the shop; 0: nothing."""
TILLS = (chart.TELLER_CASH, chart.BANK)
"""Where the money of a sale goes."""


@dataclass(frozen=True, slots=True)
class OnAccount:
    """What a member owes the shop, and the day of the oldest purchase not yet paid."""

    member: int
    owed: Money
    since: date


def most_on_account(book: Book, on: date) -> Money:
    """Return how much a member may owe the shop by the by-laws of a day."""
    return Money(int(setting(book, LIMIT, on)))


def owed_to_shop(book: Book, member: int, on: date | None = None) -> Money:
    """Return what a member owes the shop, at the end of a day or after everything."""
    if book.get(Card, chart.SHOP_RECEIVABLE, member) is None:
        return ZERO
    return card_balance(book, chart.SHOP_RECEIVABLE, member, on)


def on_account(
    book: Book, on: date | None = None, *, member: int | None = None
) -> list[OnAccount]:
    """Return who owes the shop, the oldest debt first; or only what one member owes.

    What was paid, and what came back, is taken off the oldest purchases first.
    """
    rows = (
        select(Line.card_number, Line.booked_on, Line.debit, Line.credit)
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.account_number == chart.SHOP_RECEIVABLE)
        .order_by(Line.booked_on, Line.entry_number, Line.number)
    )
    if on is not None:
        rows = rows.where(Line.booked_on <= on)
    if member is not None:
        rows = rows.where(Line.card_number == member)
    open_: defaultdict[int, deque[tuple[date, Money]]] = defaultdict(deque)
    paid: defaultdict[int, Money] = defaultdict(lambda: ZERO)
    for card, day, bought, settled in book.session.execute(rows):
        paid[card] += settled
        if bought:
            open_[card].append((day, bought))
    found = []
    for card, purchases in open_.items():
        left = paid[card]
        while purchases and purchases[0][1] <= left:
            left -= purchases.popleft()[1]
        if purchases:
            owed = sum((amount for _, amount in purchases), ZERO) - left
            found.append(OnAccount(card, owed, purchases[0][0]))
    return sorted(found, key=lambda one: (one.since, one.member))


def charged(book: Book, member: Member, amount: Money, on: date) -> Draft:
    """Return the line that puts a purchase on a member's account.

    Raises ``NothingOnAccount`` and ``AboveShopLimit``.
    """
    limit = most_on_account(book, on)
    if not limit:
        raise refusals.NothingOnAccount
    owed = owed_to_shop(book, member.number)
    if owed + amount > limit:
        raise refusals.AboveShopLimit(member.name, owed, amount, limit)
    if book.get(Card, chart.SHOP_RECEIVABLE, member.number) is None:
        enter_accounts(book, chart.trade_chart())
        open_card(
            *(book, chart.SHOP_RECEIVABLE, member.number), name="Belanja", floor=ZERO
        )
        book.session.flush()
    return debit(chart.SHOP_RECEIVABLE, amount, card=member.number)


def pay_account(
    book: Book,
    member: int,
    amount: Money,
    *,
    on: date,
    into: int = chart.TELLER_CASH,
) -> Entry:
    """Take what a member pays of goods bought on account.

    Raises ``NoSuchMember``, ``NotPaidThere``, ``NotAnAmount``, ``MoreThanOwed`` and
    what posting refuses.
    """
    who = find_member(book, member)
    if into not in TILLS:
        raise refusals.NotPaidThere(into)
    check_amount(amount)
    owed = owed_to_shop(book, member, on)
    if amount > owed:
        raise refusals.MoreThanOwed(who.name, owed, on)
    return post(
        book,
        on=on,
        memo=f"Bayar belanja anggota {member:04d} {who.name}",
        lines=[debit(into, amount), credit(chart.SHOP_RECEIVABLE, amount, card=member)],
        kind=VoucherKind.BBM if into == chart.BANK else VoucherKind.BKM,
        source=PAY,
    )
