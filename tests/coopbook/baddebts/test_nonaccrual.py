"""Interest of a loan that does not pay is noted, not earned, and income when paid."""

from __future__ import annotations

from datetime import date

import pytest

from coopbook import baddebts, ledger, loans
from coopbook.ledger import chart
from coopbook.money import ZERO, Money
from tests.coopbook.gone_bad import by_law
from tests.coopbook.rounds.neighbours import furnish_street, lend, whole

MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)
INCOME = chart.PRODUCTIVE_INTEREST


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        by_law(book, "share_arrears_to_borrow", 99)
        yield book


@pytest.fixture
def bad(village):
    """A loan of which nothing was paid: substandard from 2 May on, lost from August."""
    return lend(village, furnish_street(village)[0])


def held(book, number, on):
    return ledger.account_balance(book, number, on)


def test_interest_is_earned_until_the_loan_does_not_perform(village, bad):
    loans.accrue(village, "2026-03")
    due = loans.to_date(village, bad, MARCH).interest
    assert held(village, chart.ACCRUED_LOAN_INTEREST, MARCH) == due > ZERO
    assert held(village, INCOME, MARCH) == due
    assert held(village, chart.SUSPENDED_INTEREST, MARCH) == ZERO

    assert baddebts.is_suspended(village, bad, JUNE)
    loans.accrue(village, "2026-06")
    due = loans.to_date(village, bad, JUNE).interest
    assert held(village, chart.ACCRUED_LOAN_INTEREST, JUNE) == ZERO
    assert held(village, INCOME, JUNE) == ZERO
    assert held(village, chart.SUSPENDED_INTEREST, JUNE) == due
    assert held(village, chart.MEMO_CONTRA, JUNE) == due
    after = date(2026, 7, 1)
    assert held(village, chart.SUSPENDED_INTEREST, after) == ZERO
    assert loans.accrue(village, "2026-06") == []


def test_what_is_paid_later_is_income_of_its_day(village, bad):
    loans.accrue(village, "2026-06")
    paid = loans.repay(village, bad, Money(18_000), on=date(2026, 7, 5))
    assert held(village, INCOME, date(2026, 7, 5)) > ZERO
    assert paid.lines


@pytest.mark.parametrize(
    ("asked", "june", "september"),
    [(0, False, False), (1, True, True), (2, False, True)],
)
def test_the_by_laws_say_from_which_class_on(village, bad, asked, june, september):
    by_law(village, "non_accrual_from", asked)
    assert baddebts.is_suspended(village, bad, JUNE) is june
    assert baddebts.is_suspended(village, bad, date(2026, 9, 30)) is september


def test_a_payment_that_was_entered_late_earns_the_month_after_all(village, bad):
    loans.accrue(village, "2026-06")
    for row in list(loans.schedule_of(village, bad))[:4]:
        owes = loans.standing(village, bad, row.due_on).due.total
        loans.repay(village, bad, owes, on=row.due_on)
    assert not baddebts.is_suspended(village, bad, JUNE)
    loans.accrue(village, "2026-06")
    due = loans.to_date(village, bad, JUNE).interest
    assert held(village, chart.ACCRUED_LOAN_INTEREST, JUNE) == due
    assert held(village, chart.SUSPENDED_INTEREST, JUNE) == ZERO
