"""What is earned and unpaid is posted at the month's end, and never drifts."""

from datetime import date, timedelta
from fractions import Fraction

from coopbook import ledger, loans, members
from coopbook.dates import last_day
from coopbook.ledger import chart, credit, debit
from coopbook.money import ZERO, Money
from coopbook.people import approvals
from tests.conftest import FIRST_DAY, as_
from tests.coopbook.gone_bad import by_law

ACCRUED = chart.ACCRUED_LOAN_INTEREST


def lent(book):
    much = Money(50_000_000)
    lines = [debit(chart.TELLER_CASH, much), credit(33002, much)]
    ledger.post(book, on=FIRST_DAY, memo="Hibah", lines=lines)
    with as_(book, "dewi"):
        loan = loans.apply(
            *(book, members.member(book, 1), loans.product(book, "productive")),
            Money(1_000_001),
            term=12,
            purpose="x",
            on=FIRST_DAY,
        )
    with as_(book, "budi"):
        asked = loans.asked_for(book, loan)
        approvals.approve(book, asked.number, digest=asked.digest)
    loans.disburse(book, loan, on=FIRST_DAY + timedelta(days=9))
    return loan


def ends(year=2026):
    return [last_day(year, month) for month in range(1, 13)]


def by_days(loan, plan, on):
    """Work out by hand what is earned on a day: whole rows, and days of the next."""
    total, begin = Fraction(0), loan.disbursed_on
    for each in plan:
        days = min((on - begin).days, (each.due_on - begin).days)
        if days > 0:
            total += round(
                Fraction(each.interest.units * days, (each.due_on - begin).days)
            )
        begin = each.due_on
    return total


def test_each_month_ends_with_what_is_earned_and_unpaid_and_begins_with_nothing(book):
    by_law(book, "non_accrual_from", 0)
    loan = lent(book)
    plan = loans.schedule_of(book, loan)
    for end in ends():
        entries = loans.accrue(book, f"{end:%Y-%m}")
        assert len(entries) == 2
        held = ledger.account_balance(book, ACCRUED, end)
        assert held == Money(int(by_days(loan, plan, end)))
        assert ledger.account_balance(book, ACCRUED, end + timedelta(days=1)) == ZERO
        assert loans.accrue(book, f"{end:%Y-%m}") == []

    income = ledger.account_balance(book, loan.interest_account_number)
    assert income == ZERO


def test_paid_interest_is_not_accrued_and_a_late_entry_changes_the_month(book):
    loan = lent(book)
    plan = loans.schedule_of(book, loan)
    loans.accrue(book, "2026-02")
    before = ledger.account_balance(book, ACCRUED, date(2026, 2, 28))
    loans.repay(book, loan, plan[0].total, on=plan[0].due_on)
    again = loans.accrue(book, "2026-02")
    after = ledger.account_balance(book, ACCRUED, date(2026, 2, 28))

    assert len(again) == 2
    assert before - after == plan[0].interest
    assert ledger.account_balance(book, ACCRUED) == ZERO


def test_income_of_a_month_is_what_was_paid_and_what_changed_of_the_earned(book):
    loan = lent(book)
    plan = loans.schedule_of(book, loan)
    for month in ("2026-01", "2026-02"):
        loans.accrue(book, month)
    loans.repay(book, loan, plan[0].total, on=plan[0].due_on)
    loans.accrue(book, "2026-02")
    end = date(2026, 2, 28)
    income = ledger.account_balance(book, loan.interest_account_number, end)

    assert income == Money(int(by_days(loan, plan, end)))
    assert income == plan[0].interest + ledger.account_balance(book, ACCRUED, end)
