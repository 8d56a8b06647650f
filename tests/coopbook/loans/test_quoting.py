"""What was said in writing ends the loan on any of its days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coopbook import ledger, loans
from coopbook.loans import LoanState, Wish, rules
from coopbook.money import Money
from tests.coopbook.rounds.neighbours import day, furnish_street, lend, whole


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        yield book


@pytest.mark.parametrize("code", ["productive", "emergency"])
@pytest.mark.parametrize("after", [0, 3, 14])
def test_the_sum_of_a_day_ends_the_loan_on_that_day(village, code, after):
    (wati,) = furnish_street(village, ("Wati",))
    loan = lend(village, wati, 900_000, code=code, term=6)
    on = day(45)
    row = loans.quote(village, loan, on=on, valid_to=on + timedelta(days=14))
    ends = {0: row.first, 14: row.last}
    pays = on + timedelta(days=after)
    asked = ends.get(after, loans.payoff(village, loan, pays).total)
    assert row.first <= asked <= row.last
    assert loans.still_good(village, loan, row, pays)

    loans.repay(village, loan, asked, on=pays, wish=Wish.SETTLE)

    assert loan.state is LoanState.SETTLED
    assert not loans.still_good(village, loan, row, pays)


def test_a_payment_meanwhile_makes_another_sum_and_its_reversal_the_old_one(village):
    (wati,) = furnish_street(village, ("Wati",))
    loan = lend(village, wati)
    row = loans.quote(village, loan, on=day(40), valid_to=day(50))
    entry = loans.repay(village, loan, Money(118_000), on=day(41))
    assert not loans.still_good(village, loan, row, day(42))
    ledger.reverse(village, entry, on=day(42), reason="salah orang")
    assert loans.still_good(village, loan, row, day(42))
    assert not loans.still_good(village, loan, row, day(51))
    second = loans.quote(village, loan, on=day(42), valid_to=day(42))
    assert [one.number for one in loans.quotations(village, loan)] == [1, 2]
    assert second.first == second.last


def test_what_cannot_be_quoted_is_refused(village):
    (wati,) = furnish_street(village, ("Wati",))
    loan = lend(village, wati)
    for on, to, refusal in (
        (day(5), day(4), rules.QuotedTooLong),
        (day(5), day(37), rules.QuotedTooLong),
        (day(-1), day(4), rules.PaidBeforeDisbursed),
    ):
        with pytest.raises(refusal):
            loans.quote(village, loan, on=on, valid_to=to)
    whole_sum = loans.payoff(village, loan, day(5)).total
    loans.repay(village, loan, whole_sum, on=day(5), wish=Wish.SETTLE)
    with pytest.raises(rules.WrongState):
        loans.quote(village, loan, on=day(6), valid_to=day(7))
