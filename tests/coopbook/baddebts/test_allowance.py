"""How much is set aside: the guide's portfolio, deductions, rounding."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.baddebts import SCALES, LoanClass, Policy, Scale, needed
from coopbook.money import ZERO, Money

C = LoanClass
PORTFOLIO = {
    C.CURRENT: 80_000_000,
    C.SUBSTANDARD: 10_000_000,
    C.DOUBTFUL: 6_000_000,
    C.LOSS: 4_000_000,
}


@pytest.mark.parametrize(
    ("scale", "total"),
    [
        (Scale.KUKM, 13_500_000),
        (Scale.RURAL_BANK, 8_400_000),
        (Scale.LKM, 12_000_000),
        # by the guide's weights: 0.8 + 1.5 + 3 + 4 million
        (Scale.COMMERCIAL_BANK, 9_300_000),
    ],
)
def test_one_portfolio_under_several_scales(scale, total):
    """The worked example provision-dev."""
    amounts = [
        needed(each, Money(units), ZERO, scale) for each, units in PORTFOLIO.items()
    ]
    assert sum(amounts, ZERO) == Money(total)


def test_credit_unions_ask_how_long_a_loan_is_late():
    assert SCALES[Scale.PEARLS].by is Policy.PEARLS
    found = [
        needed(each, Money(1_000_000), ZERO, Scale.PEARLS).units
        for each in (C.CURRENT, C.DELINQUENT, C.DELINQUENT_12)
    ]
    assert found == [0, 350_000, 1_000_000]


def test_what_is_pledged_is_taken_off_but_not_of_what_is_current():
    whole, pledged = Money(10_000_000), Money(4_000_000)
    scale = Scale.RURAL_BANK
    assert needed(C.CURRENT, whole, pledged, scale) == Money(50_000)
    assert needed(C.SUBSTANDARD, whole, pledged, scale) == Money(600_000)
    assert needed(C.LOSS, whole, Money(10_000_001), scale) == ZERO


@given(
    st.sampled_from(list(Scale)),
    st.integers(0, 10**12).map(Money),
    st.integers(0, 10**12).map(Money),
)
def test_a_worse_class_never_needs_less_and_never_more_than_is_owed(
    scale, outstanding, pledged
):
    ladder = [C.SPECIAL_MENTION, C.SUBSTANDARD, C.DOUBTFUL, C.LOSS]
    found = [needed(each, outstanding, pledged, scale) for each in ladder]
    assert found == sorted(found)
    assert found[-1] == max(outstanding - pledged, ZERO)
    for each, amount in zip(ladder, found, strict=True):
        exact = SCALES[scale].shares[each] * max(outstanding - pledged, ZERO).units
        assert abs(amount.units - exact) <= Fraction(1, 2)
