"""Add, re-code and archive accounts; open cards. Nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.ledger.chart import StandardAccount, standard_chart
from coopbook.ledger.model import Account, Balance, Card
from coopbook.ledger.queries import account as find_account
from coopbook.ledger.rules import AccountType, Side
from coopbook.money import Money


@dataclass(eq=False)
class CodeTaken(Refused):
    """Another account prints that code."""

    sentence = N_("Code %(asked)s belongs to %(name)s. Choose another one.")

    asked: str
    name: str


@dataclass(eq=False)
class NotACode(Refused):
    """A code is printed in figures, letters, dots and dashes."""

    sentence = N_("Write a code in figures, such as 52028; %(asked)s is not one.")

    asked: str


@dataclass(eq=False)
class StillHoldsMoney(Refused):
    """An account with a balance is not archived."""

    sentence = N_(
        "%(account)s still holds %(balance)s. Move it to another account first."
    )

    account: str
    balance: Money


@dataclass(eq=False)
class CardTaken(Refused):
    """The card is there already: it came with a journal, and is no member's."""

    sentence = N_(
        "Card %(card)s of %(account)s came with a journal that was brought in. Keep "
        "this book to read in, and admit members in a book of their own."
    )

    card: int
    account: str


def enter_chart(book: Book) -> None:
    """Enter the standard chart into a new book, each ordinary account with its card."""
    _enter(book, standard_chart())


def enter_accounts(book: Book, rows: Sequence[StandardAccount]) -> None:
    """Enter those accounts of a chart that the book does not have yet.

    Raises ``CodeTaken`` where another account prints the code of one.
    """
    missing = [row for row in rows if book.get(Account, row.number) is None]
    for row in missing:
        _check_code(book, str(row.number))
    _enter(book, missing)


def _enter(book: Book, rows: Sequence[StandardAccount]) -> None:
    for row in rows:
        book.session.add(
            Account(
                cooperative_id=book.cooperative_id,
                number=row.number,
                code=str(row.number),
                name_id=row.name_id,
                name_en=row.name_en,
                account_type=row.account_type,
                normal_balance=row.normal_balance,
                postable=row.postable,
                control=row.control,
                cash_flow=row.cash_flow,
                archived_on=None,
            )
        )
    book.session.flush()  # before the cards, which refer to them
    book.session.add_all(
        _card(book, row.number, 0, row.name_id, _money(row.floor))
        for row in rows
        if row.postable and not row.control
    )
    book.session.flush()


def _money(units: int | None) -> Money | None:
    return None if units is None else Money(units)


def _card(
    book: Book, account: int, number: int, name: str, floor: Money | None
) -> Card:
    return Card(
        cooperative_id=book.cooperative_id,
        account_number=account,
        number=number,
        name=name,
        floor=floor,
        closed_on=None,
    )


def open_card(
    book: Book, account: int, number: int, *, name: str, floor: Money | None
) -> Card:
    """Open a card of a control account; its number is the caller's.

    Raises ``CardTaken``.
    """
    owner = find_account(book, account)
    assert owner.control, "an ordinary account has its own card"
    if book.get(Card, account, number) is not None:
        raise CardTaken(number, owner.name_id)
    card = _card(book, account, number, name, floor)
    book.session.add(card)
    return card


def _check_code(book: Book, code: str, but: int | None = None) -> str:
    tidy = code.strip()
    if not tidy or len(tidy) > 20 or not all(c.isalnum() or c in ".-" for c in tidy):
        raise NotACode(code)
    taken = book.session.scalar(
        select(Account)
        .where(Account.cooperative_id == book.cooperative_id)
        .where(Account.code == tidy)
    )
    if taken is not None and taken.number != but:
        raise CodeTaken(tidy, taken.name_id)
    return tidy


def add_account(
    book: Book,
    code: str,
    *,
    name_id: str,
    name_en: str,
    account_type: AccountType,
    normal_balance: Side | None = None,
) -> Account:
    """Add an ordinary account; its fixed number is new and never used again.

    Raises ``NotACode`` and ``CodeTaken``.
    """
    tidy = _check_code(book, code)
    last = book.session.scalar(
        select(func.max(Account.number)).where(
            Account.cooperative_id == book.cooperative_id
        )
    )
    number = max(int(last or 0), 99_999) + 1
    grows = normal_balance or (
        Side.DEBIT
        if account_type in (AccountType.ASSET, AccountType.EXPENSE, AccountType.MEMO)
        else Side.CREDIT
    )
    row = Account(
        cooperative_id=book.cooperative_id,
        number=number,
        code=tidy,
        name_id=name_id.strip() or name_en.strip(),
        name_en=name_en.strip() or name_id.strip(),
        account_type=account_type,
        normal_balance=grows,
        postable=True,
        control=False,
        cash_flow="",
        archived_on=None,
    )
    book.session.add(row)
    book.session.flush()  # before its card, which refers to it
    book.session.add(_card(book, number, 0, row.name_id, None))
    book.session.flush()
    return row


def recode(book: Book, number: int, code: str) -> Account:
    """Change the printed code; the number, and every line, stay as they are."""
    row = find_account(book, number)
    row.code = _check_code(book, code, but=number)
    book.session.flush()
    return row


def archive(book: Book, number: int, *, on: date) -> Account:
    """Take no new lines from now on; the past stays readable.

    Raises ``StillHoldsMoney`` while a card of the account has a balance.
    """
    row = find_account(book, number)
    latest: dict[int, int] = {}
    months = (
        select(Balance)
        .where(Balance.cooperative_id == book.cooperative_id)
        .where(Balance.account_number == number)
        .order_by(Balance.month)
    )
    for month in book.session.scalars(months):
        latest[month.card_number] = month.opening + month.debit - month.credit
    held = next((units for units in latest.values() if units), 0)
    if held:
        raise StillHoldsMoney(row.code, Money(abs(held)))
    row.archived_on = on
    book.session.flush()
    return row
