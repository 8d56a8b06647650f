"""What a household can pay is written down before anybody decides."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook import appraisal, cooperatives, loans, members
from coopbook.appraisal import FIVE_C, Capacity, Judgement, Recommendation
from coopbook.ledger.rules import NotAnAmount
from coopbook.loans.rules import OwnLoan
from coopbook.money import ZERO, Money
from coopbook.people import approvals
from tests.conftest import FIRST_DAY, as_
from tests.coopbook.rounds.neighbours import approve, day, furnish_street, lend

FAIR = dict.fromkeys(FIVE_C, Judgement.FAIR)


def asked(book, who, amount=3_000_000, term=12, code="productive"):
    with as_(book, "dewi"):
        return loans.apply(
            *(book, who, loans.product(book, code), Money(amount)),
            term=term,
            purpose="modal",
            on=FIRST_DAY,
        )


def appraised(book, loan, **more):
    about = {
        "on": FIRST_DAY,
        "business": "Warung",
        "income": Money(3_000_000),
        "expenses": Money(1_800_000),
        "other_debts": Money(200_000),
        "judged": FAIR,
        "recommends": Recommendation.LEND,
    }
    with as_(book, "dewi"):
        return appraisal.appraise(book, loan, **{**about, **more})


def needing(book, least=2_000_000):
    said = cooperatives.settings(book, "appraisal_above")[-1]
    said.value = str(least)


def test_a_larger_loan_is_appraised_before_it_is_approved(book):
    wati, tuti = furnish_street(book, ("Wati", "Tuti"))
    needing(book)
    loan = asked(book, wati, 2_000_001)
    with pytest.raises(appraisal.AppraisedFirst) as refusal:
        approve(book, loans.asked_for(book, loan))
    assert refusal.value.least == Money(2_000_000)
    appraised(book, loan)
    approve(book, loans.asked_for(book, loan))
    assert loan.state == "approved"

    small = asked(book, tuti, 2_000_000)
    approve(book, loans.asked_for(book, small))
    assert small.state == "approved"


def test_the_last_appraisal_counts_and_none_is_changed_after_the_decision(book):
    (wati,) = furnish_street(book, ("Wati",))
    loan = asked(book, wati)
    appraised(book, loan, recommends=Recommendation.DECLINE)
    second = appraised(
        book, loan, recommends=Recommendation.LESS, amount=Money(2_000_000)
    )
    assert [one.number for one in appraisal.appraisals_of(book, loan)] == [1, 2]
    assert appraisal.appraisal_of(book, loan) is second
    assert (second.amount, second.appraised_by) == (Money(2_000_000), "dewi")

    approve(book, loans.asked_for(book, loan))
    with pytest.raises(appraisal.DecidedAlready):
        appraised(book, loan)


def test_what_cannot_be_is_refused(book):
    (wati,) = furnish_street(book, ("Wati",))
    loan = asked(book, wati)
    for about, refusal in (
        ({"income": Money(-1)}, NotAnAmount),
        ({"recommends": Recommendation.LESS}, appraisal.HowMuchLess),
        (
            {"recommends": Recommendation.LESS, "amount": Money(3_000_000)},
            appraisal.HowMuchLess,
        ),
        ({"visited_on": FIRST_DAY + timedelta(days=1)}, appraisal.VisitedLater),
    ):
        with pytest.raises(refusal):
            appraised(book, loan, **about)
    assert appraisal.appraisal_of(book, loan) is None


def test_nobody_appraises_their_own_loan(book):
    from coopbook.people.model import User

    (wati,) = furnish_street(book, ("Wati",))
    loan = asked(book, wati)
    person = book.get(User, "dewi")
    person.member_number = wati.number
    book.session.flush()
    with pytest.raises(OwnLoan):
        appraised(book, loan)


def test_capacity_counts_this_loan_and_the_others_that_run(book):
    (wati,) = furnish_street(book, ("Wati",))
    first = lend(book, wati, 1_200_000)  # 118,000 a month: 100,000 and 18,000
    loan = asked(book, wati)  # 295,000 a month: 250,000 and 45,000
    row = appraised(book, loan)

    found = appraisal.capacity_of(book, loan)

    assert row.income - row.expenses - row.other_debts == Money(1_000_000)
    monthly = [
        loans.schedule_of(book, each, FIRST_DAY)[0].total for each in (first, loan)
    ]
    assert found.asked == sum(monthly, ZERO)
    assert found.most == Money(400_000)
    assert found.enough is (found.asked <= Money(400_000))
    assert found.percent == -(-found.asked.units * 100 // 1_000_000)


def test_without_an_appraisal_there_is_no_capacity(book):
    (wati,) = furnish_street(book, ("Wati",))
    assert appraisal.capacity_of(book, asked(book, wati)) is None


MONEY = st.integers(0, 10**12).map(Money)


@given(income=MONEY, expenses=MONEY, debts=MONEY, due=MONEY, share=st.integers(1, 100))
def test_installments_fit_exactly_where_a_plain_fraction_says_so(
    income, expenses, debts, due, share
):
    found = Capacity(income, expenses, debts, due, Fraction(share, 100))
    left = income.units - expenses.units - debts.units
    assert found.left.units == max(left, 0)
    assert found.enough is (
        Fraction(due.units) <= Fraction(max(left, 0) * share // 100)
    )
    if left > 0:
        assert found.percent - 1 < Fraction(due.units * 100, left) <= found.percent
    else:
        assert found.percent is None


@given(st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2028, 1, 1)), MONEY)))
def test_the_heaviest_month_is_the_largest_of_all_months(due):
    months = {(on.year, on.month) for on, _ in due}
    sums = [
        sum(one.units for on, one in due if (on.year, on.month) == month)
        for month in months
    ]
    assert appraisal.heaviest_month(due).units == max(sums, default=0)


def test_a_member_who_asks_waits_with_the_request_open(book):
    """A refused approval leaves the request waiting: the appraisal can still come."""
    (wati,) = furnish_street(book, ("Wati",))
    needing(book, 0)
    loan = asked(book, wati, 500_000, term=5, code="emergency")
    request = loans.asked_for(book, loan)
    with pytest.raises(appraisal.AppraisedFirst):
        approve(book, request)
    book.session.refresh(request)
    assert request.state is approvals.ApprovalState.PENDING
    assert members.member(book, wati.number).status == "active"
    assert day(0) == FIRST_DAY
