"""Find savings, what they hold, and their passbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.db.types import total
from coopbook.ledger.journal import Page
from coopbook.ledger.model import Line
from coopbook.ledger.queries import card_balance
from coopbook.ledger.statements import StatementLine, account_statement
from coopbook.members.model import Member
from coopbook.money import ZERO, Money
from coopbook.savings.model import SavingsAccount, SavingsProduct
from coopbook.savings.rules import NoSuchProduct, NoSuchSavings


@dataclass(frozen=True, slots=True)
class AccountStanding:
    """A savings account with what it holds and what of it may be taken out now."""

    account: SavingsAccount
    product: SavingsProduct
    balance: Money
    available: Money


def products(book: Book) -> list[SavingsProduct]:
    """Return the kinds of savings in the order of their control accounts."""
    rows = (
        select(SavingsProduct)
        .where(SavingsProduct.cooperative_id == book.cooperative_id)
        .order_by(SavingsProduct.account_number.desc(), SavingsProduct.code)
    )
    order = {"principal_share": 0, "mandatory_share": 1, "voluntary": 2}
    return sorted(book.session.scalars(rows), key=lambda row: order[row.savings_type])


def product(book: Book, code: str) -> SavingsProduct:
    """Return a kind of savings; raise ``NoSuchProduct``."""
    row = book.get(SavingsProduct, code)
    if row is None:
        raise NoSuchProduct(code)
    return row


def account(book: Book, number: int) -> SavingsAccount:
    """Return a savings account; raise ``NoSuchSavings``."""
    row = book.get(SavingsAccount, number)
    if row is None:
        raise NoSuchSavings(number)
    return row


def account_for(book: Book, member: Member, code: str) -> SavingsAccount | None:
    """Return a member's account of a kind, if it was opened."""
    return book.session.scalar(
        select(SavingsAccount)
        .where(SavingsAccount.cooperative_id == book.cooperative_id)
        .where(SavingsAccount.member_number == member.number)
        .where(SavingsAccount.product_code == code)
    )


def last_number(book: Book) -> int:
    """Return the highest number given to a savings account."""
    rows = select(func.max(SavingsAccount.number)).where(
        SavingsAccount.cooperative_id == book.cooperative_id
    )
    return int(book.session.scalar(rows) or 0)


def balance(book: Book, of: SavingsAccount, as_of: date | None = None) -> Money:
    """Return what an account holds, at the end of a day or after everything."""
    return card_balance(book, *of.card, as_of=as_of)


def available(book: Book, of: SavingsAccount, on: date) -> Money:
    """Return what may be taken out on a day without missing the minimum after it.

    The least balance of that day and every later one counts, because what was
    paid out later has to stay covered.
    """
    if not of.product.withdrawable:
        return ZERO
    running = card_balance(book, *of.card)
    later = book.session.execute(
        select(Line.booked_on, total(Line.credit), total(Line.debit))
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.account_number == of.account_number)
        .where(Line.card_number == of.number)
        .where(Line.booked_on > on)
        .group_by(Line.booked_on)
        .order_by(Line.booked_on)
    ).all()
    moved = [right.units - left.units for _, right, left in later]
    least = units = running.units - sum(moved)
    for change in moved:
        units += change
        least = min(least, units)
    return max(Money(least) - of.product.minimum_balance, ZERO)


def accounts_of(
    book: Book, member: Member, on: date | None = None
) -> list[AccountStanding]:
    """Return everything a member has saved, shares first."""
    rows = (
        select(SavingsAccount)
        .where(SavingsAccount.cooperative_id == book.cooperative_id)
        .where(SavingsAccount.member_number == member.number)
        .order_by(SavingsAccount.number)
    )
    order = {"principal_share": 0, "mandatory_share": 1, "voluntary": 2}
    found = []
    for row in book.session.scalars(rows):
        free = available(book, row, on or date.max)
        found.append(AccountStanding(row, row.product, balance(book, row), free))
    return sorted(found, key=lambda each: order[each.product.savings_type])


def passbook(
    book: Book,
    of: SavingsAccount,
    *,
    before: str | None = None,
    after: str | None = None,
    limit: int = 25,
) -> Page[StatementLine]:
    """Return a page of the account's card, newest first."""
    return account_statement(book, *of.card, before=before, after=after, limit=limit)
