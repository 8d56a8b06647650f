from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from coopbook.importing.rounding import rounded_total, whole
from coopbook.money import ZERO, Money

amounts = st.lists(
    st.decimals(-(10**12), 10**12, allow_nan=False, places=10), max_size=60
)


@given(amounts)
def test_lines_and_what_rounding_leaves_are_the_total_rounded_once(parts):
    found = rounded_total(parts)

    assert Fraction(found.exact) == sum(map(Fraction, parts))
    assert found.lines == sum(map(whole, parts), ZERO)
    assert found.lines + found.left == found.total == whole(found.exact)


@given(amounts)
def test_rounding_leaves_at_most_half_a_rupiah_a_line_and_one_more(parts):
    assert abs(rounded_total(parts).left.units) <= len(parts) / 2 + 1


@given(st.lists(st.integers(-(10**12), 10**12)))
def test_whole_amounts_leave_nothing(parts):
    assert rounded_total(map(Decimal, parts)).left == ZERO


def test_halves_go_to_the_even_one():
    assert [whole(Decimal(half)).units for half in ("0.5", "1.5", "2.5", "-0.5")] == [
        *(0, 2, 2, 0)
    ]


def test_a_loss_of_two_is_said_as_such():
    found = rounded_total([Decimal("0.6")] * 5)

    assert (found.lines, found.total, found.left) == (Money(5), Money(3), Money(-2))
