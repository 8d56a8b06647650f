"""Find savings, what they hold, and their passbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.cooperatives import figures
from coopbook.ledger.journal import Page
from coopbook.ledger.queries import card_balance
from coopbook.ledger.statements import StatementLine, account_statement
from coopbook.members.changing import entered_on
from coopbook.members.model import Member
from coopbook.money import ZERO, Money
from coopbook.savings.blocking import asleep_since
from coopbook.savings.holding import held, least_from
from coopbook.savings.model import SavingsAccount, SavingsProduct
from coopbook.savings.rules import ORDER, NoSuchProduct, NoSuchSavings


@dataclass(frozen=True, slots=True)
class AccountStanding:
    """A savings account with what it holds and what of it may be taken out now.

    ``asleep`` is the day it was last moved, where that is too long ago.
    """

    account: SavingsAccount
    product: SavingsProduct
    balance: Money
    available: Money
    held: Money = ZERO
    asleep: date | None = None


def products(book: Book) -> list[SavingsProduct]:
    """Return the kinds of savings in the order of their control accounts."""
    rows = (
        select(SavingsProduct)
        .where(SavingsProduct.cooperative_id == book.cooperative_id)
        .order_by(SavingsProduct.account_number.desc(), SavingsProduct.code)
    )
    return sorted(book.session.scalars(rows), key=lambda row: ORDER[row.savings_type])


def product(book: Book, code: str) -> SavingsProduct:
    """Return a kind of savings; raise ``NoSuchProduct``."""
    row = book.get(SavingsProduct, code)
    if row is None:
        raise NoSuchProduct(code)
    return row


def principal_share(book: Book) -> Callable[[date], Money]:
    """Return what says the whole principal share of any day, as the by-laws had it."""
    on = figures(book, "principal_share")
    return lambda day: Money(on(day))


def share_of(book: Book, member: Member) -> Money:
    """Return the principal share a member owes in full: that of the day of entering."""
    return principal_share(book)(entered_on(book, [member.number])[member.number])


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
    paid out later has to stay covered; so does what is held.
    """
    if not of.product.withdrawable or of.blocked_on is not None:
        return ZERO
    stays = of.product.minimum_balance + held(book, of)
    return max(least_from(book, of, on) - stays, ZERO)


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
    found = []
    for row in book.session.scalars(rows):
        day = on or date.max
        found.append(
            AccountStanding(
                row,
                row.product,
                balance(book, row),
                available(book, row, day),
                held(book, row),
                asleep_since(book, row, on) if on else None,
            )
        )
    return sorted(found, key=lambda each: ORDER[each.product.savings_type])


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
