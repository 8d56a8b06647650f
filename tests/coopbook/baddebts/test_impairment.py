"""What loans are worth by the cash expected, beside what the policy sets aside."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook import baddebts, loans, savings, security
from coopbook.baddebts.impairment import Expected, impairment, present_value
from coopbook.money import ZERO, Money
from tests.conftest import FIRST_DAY
from tests.coopbook.gone_bad import by_law
from tests.coopbook.rounds.neighbours import furnish_street, lend, voluntary_of, whole

rates = st.integers(0, 500).map(lambda n: Fraction(n, 10_000))
expected = st.lists(
    st.builds(Expected, st.integers(0, 60), st.integers(0, 10**8).map(Money)),
    max_size=4,
)


@given(expected, rates)
def test_a_present_value_is_what_grows_to_what_is_expected(some, rate):
    whole_value = Fraction(0)
    for each in some:
        value = present_value([each], rate)
        for _ in range(each.months):
            value *= 1 + rate
        assert value == each.amount.units
        whole_value += present_value([each], rate)
    assert present_value(some, rate) == whole_value


@given(st.integers(0, 10**9).map(Money), expected, rates)
def test_an_impairment_is_between_nothing_and_everything(owed, some, rate):
    assert ZERO <= impairment(owed, some, rate) <= owed


def by_halving(received):
    """Find the rate of a month at which 12 times 118,000 is worth what was received."""
    low, high = 0.0, 1.0
    for _ in range(80):
        middle = (low + high) / 2
        worth = sum(118_000 / (1 + middle) ** n for n in range(1, 13))
        low, high = (middle, high) if worth > received.units else (low, middle)
    return low


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        by_law(book, "share_arrears_to_borrow", 99)
        yield book


def test_both_stand_side_by_side_and_are_reconciled(village):
    people = furnish_street(village)
    bare, covered, _good = (lend(village, who) for who in people[:3])
    account = voluntary_of(village, covered.member)
    savings.deposit(village, account, Money(900_000), on=FIRST_DAY)
    security.hold_own(village, covered, account, Money(600_000), on=FIRST_DAY)
    early = FIRST_DAY + timedelta(days=31 + 90)
    then = baddebts.reconcile(village, baddebts.assess(village, early))
    assert (then.impairment, then.apart) == (ZERO, then.policy)

    on = FIRST_DAY + timedelta(days=31 + 91)
    found = baddebts.reconcile(village, baddebts.assess(village, on))
    lost = {row.assessed.loan.number: row.impairment for row in found.rows}
    assert lost[bare.number] == Money(1_200_000)
    worth = (Money(1_200_000) - lost[covered.number]).units
    assert abs(worth - 600_000 / (1 + by_halving(loans.paid_out(covered))) ** 12) < 1
    assert found.policy == sum((row.assessed.allowance for row in found.rows), ZERO)
    assert found.apart == found.policy - found.impairment
    by_law(village, "impairment_months", 0)
    now = baddebts.reconcile(village, baddebts.assess(village, on))
    lost = {row.assessed.loan.number: row.impairment for row in now.rows}
    assert lost[covered.number] == Money(600_000)
    standing = loans.standing(village, covered, on)
    assert standing.outstanding_principal == Money(1_200_000)
