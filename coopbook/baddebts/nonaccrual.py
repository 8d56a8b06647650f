"""From a class on, interest is no income until it is paid.

Source: domain guide 4.3; from which class is the by-law ``non_accrual_from``.
"""

from __future__ import annotations

from datetime import date

from coopbook import loans
from coopbook.baddebts.classes import NON_PERFORMING, POLICIES
from coopbook.baddebts.judgements import judged
from coopbook.baddebts.queries import assessed, policy_on
from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.loans import Loan

NEVER, NOT_PERFORMING, LOST = range(3)
"""The by-law's choices, in their order."""


@loans.suspends_interest
def is_suspended(book: Book, loan: Loan, on: date) -> bool:
    """Say whether the interest of a loan is only noted on a day, not earned."""
    asked = setting(book, "non_accrual_from", on)
    if asked == NEVER:
        return False
    if not _may_be_bad(book, loan, on):
        return False
    found = assessed(book, loan, on).verdict.loan_class
    if asked == LOST:
        return found is POLICIES[policy_on(book, on)].classes[-1]
    return found in NON_PERFORMING


def _may_be_bad(book: Book, loan: Loan, on: date) -> bool:
    """Say whether anything can make a loan bad: spares most of them the classing."""
    return bool(
        loans.standing(book, loan, on).days_past_due
        or loan.carried_days
        or setting(book, "worst_marks_all", on)
        or judged(book, loan, on).handed_over
    )
