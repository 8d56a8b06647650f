"""What the board asks of several packages at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from coopbook import ledger
from coopbook.baddebts.daily import Glance, at_month_end, glance
from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.dates import day_before
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


@dataclass(frozen=True, slots=True)
class Lent:
    """The loans of a day, and what was at risk when the month before ended.

    ``before`` is the share then, where there was a book and a loan in it.
    """

    now: Glance
    ended_on: date
    before: Fraction | None


def lent(book: Book, on: date) -> Lent:
    """Return what falls due, is late and at risk on a day, and the share before."""
    end = day_before(on.replace(day=1))
    before = None
    if end >= cooperative(book).first_day:
        then = at_month_end(book, end, on)
        before = then.share if then.running.count else None
    return Lent(glance(book, on), end, before)
