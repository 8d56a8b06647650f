"""When a restructured loan is as good as any other again, and how often it was helped.

Source: domain guide 4.5; how many installments and how many times are by-laws.
"""

from __future__ import annotations

from datetime import date, timedelta

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.loans.model import Loan
from coopbook.loans.queries import loan as find_loan
from coopbook.loans.queries import schedule_of, standing

ONE = timedelta(days=1)


def is_cured(book: Book, loan: Loan, on: date) -> bool:
    """Say whether a restructured loan has been paid on time long enough.

    So many installments in a row, each paid in full by its due day; the by-law
    ``cure_installments`` says how many.
    """
    needed = setting(book, "cure_installments", on)
    in_a_row = 0
    for row in schedule_of(book, loan):
        if row.due_on >= on or in_a_row >= needed:
            break
        then = standing(book, loan, row.due_on + ONE)
        in_a_row = 0 if then.days_past_due else in_a_row + 1
    return in_a_row >= needed


def still_carries(book: Book, loan: Loan, on: date) -> bool:
    """Say whether a loan was restructured and is not cured."""
    return loan.carried_days is not None and not is_cured(book, loan, on)


def carried_days(book: Book, old: Loan, on: date) -> int:
    """Return how many days late a loan is, with what it carries from an older one."""
    own = standing(book, old, on).days_past_due
    return own + (old.carried_days or 0) if still_carries(book, old, on) else own


def times_restructured(book: Book, loan: Loan, on: date) -> int:
    """Return how often in a row a loan was restructured without being cured since."""
    count, each, day = 0, loan, on
    while still_carries(book, each, day):
        assert each.replaces is not None
        day = (each.disbursed_on or each.applied_on) - ONE
        count, each = count + 1, find_loan(book, each.replaces)
    return count
