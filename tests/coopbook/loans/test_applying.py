"""What is agreed on one loan: its fees, its days, its charge."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coopbook import ledger, loans, members, savings
from coopbook.ledger import chart, credit, debit
from coopbook.loans import LoanState
from coopbook.loans.conditions import Conditions
from coopbook.loans.fees import Fee, GoesTo, Taken
from coopbook.loans.terms import InterestMethod
from coopbook.money import ZERO, Money, Rate
from coopbook.orders.service import ShareNotOffered
from coopbook.people import approvals
from tests.conftest import FIRST_DAY, as_

INSURANCE = Fee("Premi asuransi", Money(60_000), goes_to=GoesTo.HELD)


@pytest.fixture
def product(book):
    """A kind of loan with the fees of the guide's journal, and money in the box."""
    much = Money(50_000_000)
    lines = [debit(chart.TELLER_CASH, much), credit(33002, much)]
    ledger.post(book, on=FIRST_DAY, memo="Hibah", lines=lines)
    row = loans.product(book, "productive")
    row.origination_fee_rate, row.admin_fee = Rate.percent(1), Money(50_000)
    row.conditions = Conditions(fees=(INSURANCE,)).text()
    return row


def lent(book, product, amount=10_000_000, **more):
    with as_(book, "dewi"):
        loan = loans.apply(
            *(book, members.member(book, 1), product, Money(amount)),
            term=12,
            purpose="modal",
            on=FIRST_DAY,
            **more,
        )
    with as_(book, "budi"):
        asked = loans.asked_for(book, loan)
        approvals.approve(book, asked.number, digest=asked.digest)
    return loan, loans.disburse(book, loan, on=FIRST_DAY)


def moved(entry):
    return {
        line.account_number: line.debit.units - line.credit.units
        for line in entry.lines
    }


def test_fees_are_deducted_and_the_insurers_is_held(book, product):
    # Domain guide 5.3, the journal of a disbursement.
    loan, entry = lent(book, product)

    assert moved(entry) == {
        11401: 10_000_000,
        41006: -100_000,
        41007: -50_000,
        21402: -60_000,
        11102: -9_790_000,
    }
    assert loan.principal == Money(10_000_000)


def test_a_fee_that_is_added_is_lent_with_the_loan(book, product):
    added = replace(INSURANCE, share=Rate.percent(1), taken=Taken.ADDED)
    product.conditions = Conditions(fees=(added,)).text()
    loan, entry = lent(book, product, 1_000_000)

    assert loan.principal == Money(1_070_000)
    assert moved(entry)[11102] == -(1_000_000 - 10_000 - 50_000)
    assert moved(entry)[21402] == -70_000


SHARE = Fee("Wajib pinjam", Money(100_000), goes_to=GoesTo.SHARE)


def test_a_share_that_is_kept_back_is_on_the_members_own_card(book, product):
    savings.offer(book, "special", on=FIRST_DAY)
    product.conditions = Conditions(fees=(SHARE,)).text()

    loan, entry = lent(book, product)

    assert moved(entry)[31003] == -100_000
    siti = members.member(book, 1)
    account = savings.account_for(book, siti, "special")
    assert savings.balance(book, account) == Money(100_000)
    ledger.reverse(book, entry, on=FIRST_DAY, reason="batal cair")
    assert savings.balance(book, account) == ZERO
    assert loan.state is LoanState.APPROVED
    loans.disburse(book, loan, on=FIRST_DAY)
    assert savings.balance(book, account) == Money(100_000)


def test_a_share_is_kept_back_only_where_it_is_offered(book, product):
    product.conditions = Conditions(fees=(SHARE,)).text()
    with pytest.raises(ShareNotOffered, match="Begin to offer"):
        lent(book, product)


def test_a_loan_has_its_own_first_due_day_or_harvests(book, product):
    first, _ = lent(book, product, first_due=FIRST_DAY + timedelta(days=40))
    harvests = [date(2026, 5, 10), date(2026, 9, 20)]
    product.rounding_step = 1
    second, _ = lent(book, product, dates=harvests)

    assert loans.schedule_of(book, first)[0].due_on == FIRST_DAY + timedelta(days=40)
    plan = loans.schedule_of(book, second)
    assert [each.due_on for each in plan] == harvests
    assert second.term == 2
    assert plan.principal == [5_000_000, 5_000_000]


def test_an_agreed_charge_is_worked_out_once_in_money(book, product):
    product.method, product.rate = InterestMethod.MARGIN, Rate.percent(12, "year")
    loan, _ = lent(book, product, 1_000_000)
    plan = loans.schedule_of(book, loan)

    assert plan.total_interest == Money(120_000)
    assert sum((each.principal for each in plan), ZERO) == Money(1_000_000)


def test_what_a_product_offers_later_does_not_change_a_loan(book, product):
    loan, _ = lent(book, product)
    before = loans.schedule_of(book, loan)
    product.rate, product.conditions = Rate.percent(2), Conditions(due_day=5).text()

    assert loans.schedule_of(book, loan) == before
