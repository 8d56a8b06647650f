"""What the board asks of several packages at once."""

from __future__ import annotations

from datetime import date

from coopbook import ledger
from coopbook.book import Book
from coopbook.ledger import chart
from coopbook.money import ZERO, Money

CASH = (chart.VAULT_CASH, chart.TELLER_CASH, chart.PETTY_CASH, chart.BANK)
LOANS = (chart.PRODUCTIVE_LOANS, chart.CONSUMER_LOANS, chart.EMERGENCY_LOANS)


def cash_today(book: Book, on: date) -> Money:
    """Return all cash and bank money at the end of a day."""
    return sum((ledger.account_balance(book, number, on) for number in CASH), ZERO)


def loans_running(book: Book, on: date) -> Money:
    """Return the principal that members owe at the end of a day."""
    return sum((ledger.account_balance(book, number, on) for number in LOANS), ZERO)
