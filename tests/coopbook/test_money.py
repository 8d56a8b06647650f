"""Money is whole, and nothing is lost when it is split or rounded."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.money import ZERO, Money, Rate, Rounding, rounded, rounded_up_to

amounts = st.integers(-(10**13), 10**13).map(Money)


@given(amounts, st.lists(st.integers(0, 10**6), min_size=1).filter(any))
def test_splitting_loses_nothing(amount, weights):
    parts = amount.split(weights)

    assert sum(parts, ZERO) == amount
    assert len(parts) == len(weights)


@given(amounts, st.integers(1, 60))
def test_equal_parts_differ_by_at_most_one_unit(amount, count):
    parts = amount.split([1] * count)

    assert max(parts) - min(parts) <= Money(1)


@pytest.mark.parametrize("wrong", [0.5, True, "5", None])
def test_money_is_counted_in_whole_units_only(wrong):
    with pytest.raises(TypeError):
        Money(wrong)


def test_money_times_money_is_refused():
    with pytest.raises(TypeError):
        Money(2) * Money(2)


@given(st.fractions(), st.sampled_from(list(Rounding)))
def test_rounding_moves_less_than_one_unit(exact, how):
    assert abs(rounded(exact, how) - exact) < 1


@given(st.integers(-(10**9), 10**9), st.sampled_from(list(Rounding)))
def test_whole_numbers_are_not_rounded(whole, how):
    assert rounded(Fraction(whole), how) == whole


@given(st.integers(1, 10**12), st.sampled_from([1, 100, 500, 1000]))
def test_rounding_up_reaches_the_next_step(units, step):
    up = rounded_up_to(Money(units), step).units

    assert up % step == 0
    assert 0 <= up - units < step


def test_a_rate_is_kept_exactly_as_it_was_quoted():
    rate = Rate.percent("18.1", per="year")

    assert Rate.parse(str(rate)) == rate
    assert rate.monthly() == Fraction(181, 12000)


def test_a_rate_written_as_a_float_is_refused():
    with pytest.raises(TypeError):
        Rate.percent(1.5)
