"""Accounts, cards, balances, the trial balance: what the ledger can be asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from coopbook.book import Book
from coopbook.dates import month_of, months_after
from coopbook.db.types import total
from coopbook.ledger.chart import OWN_CAPITAL, SUSPENSE
from coopbook.ledger.model import (
    Account,
    Balance,
    Card,
    DayBalance,
    Entry,
    Line,
    Period,
)
from coopbook.ledger.rules import AccountType, NoSuchAccount, Side
from coopbook.money import ZERO, Money


class TrialBalanceRow(NamedTuple):
    """The balance of one account on a date; ``units`` in rupiah, debit positive.

    A tuple, because a trial balance is the figure that is asked for most.
    """

    account_number: int
    code: str
    name_id: str
    name_en: str
    account_type: AccountType
    units: int

    @property
    def debit(self) -> Money:
        """The balance, where it stands at the left."""
        return Money(max(self.units, 0))

    @property
    def credit(self) -> Money:
        """The balance, where it stands at the right."""
        return Money(max(-self.units, 0))


def account(book: Book, number: int) -> Account:
    """Return an account by its fixed number; raise ``NoSuchAccount``."""
    row = book.get(Account, number)
    if row is None:
        raise NoSuchAccount(number)
    return row


def accounts(book: Book, *, archived: bool = True) -> list[Account]:
    """Return the chart in the order of its printed codes."""
    rows = (
        select(Account)
        .where(Account.cooperative_id == book.cooperative_id)
        .order_by(Account.code)
    )
    if not archived:
        rows = rows.where(Account.archived_on.is_(None))
    return list(book.session.scalars(rows))


def cards(
    book: Book, account_number: int, *, after: int = 0, limit: int = 50
) -> list[Card]:
    """Return the cards of a control account by number, after a given one."""
    rows = (
        select(Card)
        .where(Card.cooperative_id == book.cooperative_id)
        .where(Card.account_number == account_number)
        .where(Card.number > after)
        .order_by(Card.number)
        .limit(limit)
    )
    return list(book.session.scalars(rows))


def card_balance(
    book: Book, account_number: int, card_number: int = 0, as_of: date | None = None
) -> Money:
    """Return a card's balance on the side where its account grows.

    Without ``as_of`` it is the balance after everything posted.
    """
    side = account(book, account_number).normal_balance
    rows = (
        select(Balance)
        .where(Balance.cooperative_id == book.cooperative_id)
        .where(Balance.account_number == account_number)
        .where(Balance.card_number == card_number)
        .order_by(Balance.month.desc())
        .limit(1)
    )
    if as_of is None:
        last = book.session.scalar(rows.execution_options(populate_existing=True))
        units = last.opening + last.debit - last.credit if last else 0
    else:
        month = book.session.scalar(
            rows.where(Balance.month <= month_of(as_of)).execution_options(
                populate_existing=True
            )
        )
        if month is None:
            return ZERO
        units = month.opening
        if month.month < month_of(as_of):
            units += month.debit - month.credit
        else:
            moved = book.session.execute(
                select(total(Line.debit), total(Line.credit))
                .where(Line.cooperative_id == book.cooperative_id)
                .where(Line.account_number == account_number)
                .where(Line.card_number == card_number)
                .where(Line.booked_on >= as_of.replace(day=1))
                .where(Line.booked_on <= as_of)
            ).one()
            units += moved[0].units - moved[1].units
    return Money(units if side is Side.DEBIT else -units)


TRIAL_BALANCE = """
SELECT a.number, a.code, a.name_id, a.name_en, a.account_type, coalesce((
  SELECT d.opening + d.debit - d.credit FROM day_balance AS d
  WHERE d.cooperative_id = a.cooperative_id AND d.account_number = a.number
    AND d.day <= '{day}' ORDER BY d.day DESC LIMIT 1), 0)
FROM account AS a WHERE a.cooperative_id = {own} ORDER BY a.code
"""
"""Fixed text, as below: one seek an account, however many days there are."""


def trial_balance(book: Book, as_of: date) -> list[TrialBalanceRow]:
    """Return every account that holds a balance on a date, in chart order.

    Read from the balances carried by day, not from history.
    """
    own = int(book.cooperative_id)
    rows = _driven(book, TRIAL_BALANCE.format(own=own, day=as_of.isoformat()))
    return [
        TrialBalanceRow(number, code, name_id, name_en, TYPES[kind], units)
        for number, code, name_id, name_en, kind, units in rows
        if units
    ]


def _driven(book: Book, sql: str) -> Any:
    """Return the rows of fixed text from the driver itself, inside the session's own.

    Both drivers hand out plain tuples this way.
    """
    driver = book.session.connection().connection.driver_connection
    assert driver is not None
    return driver.execute(sql).fetchall()


TYPES = {kind.value: kind for kind in AccountType}


def not_reversed(rows: Any, number: str = "entry_number") -> ColumnElement[bool]:
    """Pick the rows whose entry nothing has taken back.

    ``rows`` is a model whose ``cooperative_id`` and ``number`` name an entry.
    """
    undoing = aliased(Entry)
    return ~exists().where(
        undoing.cooperative_id == rows.cooperative_id,
        undoing.reverses == getattr(rows, number),
    )


def own_capital(book: Book, on: date) -> Money:
    """Return the cooperative's own capital on a day: shares, reserves and grants.

    Source: UU 25/1992 article 41.
    """
    return sum((account_balance(book, one, on) for one in OWN_CAPITAL), ZERO)


def account_balance(book: Book, number: int, as_of: date | None = None) -> Money:
    """Return an account's balance on the side where it grows, all cards together."""
    rows = (
        select(DayBalance.opening + DayBalance.debit - DayBalance.credit)
        .where(DayBalance.cooperative_id == book.cooperative_id)
        .where(DayBalance.account_number == number)
        .order_by(DayBalance.day.desc())
        .limit(1)
    )
    if as_of is not None:
        rows = rows.where(DayBalance.day <= as_of)
    units = int(book.session.scalar(rows) or 0)
    return Money(
        units if account(book, number).normal_balance is Side.DEBIT else -units
    )


def suspense(book: Book, as_of: date) -> list[TrialBalanceRow]:
    """Return the suspense accounts that are not empty; every report shows them."""
    return [row for row in trial_balance(book, as_of) if row.account_number in SUSPENSE]


def periods(book: Book) -> list[Period]:
    """Return the periods that were ever closed, by name."""
    rows = (
        select(Period)
        .where(Period.cooperative_id == book.cooperative_id)
        .order_by(Period.name)
    )
    return list(book.session.scalars(rows))


EVERY_CARD = """
SELECT b.account_number, b.card_number, b.opening + b.debit - b.credit
FROM balance AS b JOIN (
  SELECT account_number, card_number, max(month) AS month FROM balance
  WHERE cooperative_id = {own} AND month <= {month}
  GROUP BY account_number, card_number
) AS last ON last.account_number = b.account_number
  AND last.card_number = b.card_number AND last.month = b.month
WHERE b.cooperative_id = {own}
"""
LATER = """
SELECT account_number, card_number, sum(debit) - sum(credit) FROM line
WHERE cooperative_id = {own} AND booked_on > '{day}' AND booked_on < '{ends}'
GROUP BY account_number, card_number
"""
"""Fixed text: only whole numbers and days of the calendar are ever put into it."""


def all_card_balances(book: Book, as_of: date) -> dict[tuple[int, int], int]:
    """Return the balance of every card of every account at the end of a day.

    By account and card, in rupiah, debit positive; cards that never moved are left
    out.  Read from the balances carried by month; of a day inside a month, what was
    posted later in that month is taken off again.
    """
    own, month = int(book.cooperative_id), month_of(as_of)
    rows = _driven(book, EVERY_CARD.format(own=own, month=month))
    found = {(account, card): units for account, card, units in rows}
    ends = months_after(as_of.replace(day=1), 1)
    if as_of + timedelta(days=1) < ends:
        later = LATER.format(own=own, day=as_of.isoformat(), ends=ends.isoformat())
        for account, card, units in _driven(book, later):
            found[account, card] -= int(units)
    return found
