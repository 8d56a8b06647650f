"""What membership was worth, against a walk over every day of the year."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook import cooperatives, ledger, yearend
from coopbook.ledger import chart
from coopbook.money import ZERO, Money
from coopbook.yearend.benefit_rules import held_days, on_loans, on_savings
from tests.conftest import as_
from tests.coopbook.rounds.neighbours import whole
from tests.coopbook.yearend.years import YEAR_END, lived

FIRST = date(2026, 1, 1)
LOANS = (11401, 11402, 11403, 11404, 11405, 11406, 11407)


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        lived(book)
        yield book


def by_days(book, accounts):
    """Add up what accounts hold at the end of every day, one day after another."""
    days = [FIRST + timedelta(days=n) for n in range(365)]
    return sum(
        abs(ledger.account_balance(book, one, day).units)
        for one in accounts
        for day in days
    )


def set_rates(book, loans=24, savings=1):
    for name, value in (
        ("market_loan_rate", loans),
        ("market_savings_rate", savings),
    ):
        with as_(book, "budi"):
            cooperatives.set_setting(
                book, name, value, valid_from=date(2026, 1, 2), source="tanya di pasar"
            )


def test_nothing_is_compared_while_nobody_said_what_others_ask(village):
    found = yearend.member_benefit(village, 2026)
    assert (found.loans.rate, found.loans.benefit) == (0, ZERO)
    assert found.savings.benefit == ZERO
    assert (found.surplus, found.total) == (None, ZERO)


def test_loans_and_savings_are_set_beside_the_market_by_the_day(village):
    set_rates(village)
    found = yearend.member_benefit(village, 2026)
    lent = by_days(village, LOANS)
    assert lent
    assert found.loans.elsewhere == Money(round(Fraction(lent * 24, 36_500)))
    assert found.loans.average == Money(round(Fraction(lent, 365)))
    charged = sum(
        ledger.account_balance(village, row.number, YEAR_END).units
        for row in ledger.accounts(village)
        if 41_001 <= row.number <= 41_010
    )
    assert found.loans.here == Money(charged)
    assert found.loans.benefit == found.loans.elsewhere - found.loans.here
    saved = by_days(village, (chart.VOLUNTARY, *chart.DEPOSITS.values()))
    assert found.savings.elsewhere == Money(round(Fraction(saved, 36_500)))
    assert found.total == found.loans.benefit + found.savings.benefit


amounts = st.integers(0, 10**12)


@given(st.integers(0, 10**9), st.lists(st.tuples(st.integers(0, 364), amounts)))
def test_rupiah_days_are_the_sum_over_days(opening, moved):
    moves = dict(sorted(moved))
    at, total = opening, 0
    for n in range(365):
        at = moves.get(n, at)
        total += at
    days = [(FIRST + timedelta(days=n), units) for n, units in moves.items()]
    assert held_days(opening, days, FIRST, YEAR_END) == total


@given(st.integers(0, 10**15), amounts.map(Money), st.integers(1, 300))
def test_what_members_gain_on_one_side_they_lose_on_the_other(days, here, rate):
    lent, saved = on_loans(days, 365, here, rate), on_savings(days, 365, here, rate)
    assert lent.benefit == -saved.benefit
    assert lent.elsewhere - here == lent.benefit
    exact = Fraction(days * rate, 36_500)
    assert abs(lent.elsewhere.units - exact) <= Fraction(1, 2)
