"""What goods cost by the weighted average: exact, and nothing left of nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coopbook.goods.rules import (
    EMPTY,
    cost_of,
    in_thousandths,
    in_units,
    priced,
    taken_in,
    taken_out,
)
from coopbook.money import ZERO, Money
from tests.oracles.naive_stock import replayed, unrounded

PURCHASES = st.tuples(st.integers(1, 10**8), st.integers(1, 10**9))


@st.composite
def lives(draw):
    """Draw a life of an item: bought, and sold at most as much as there is."""
    events, there = [], 0
    for _ in range(draw(st.integers(1, 25))):
        if there and draw(st.booleans()):
            out = there if draw(st.integers(0, 4)) == 0 else draw(st.integers(1, there))
            events.append((-out, None))
            there -= out
        else:
            events.append(draw(PURCHASES))
            there += events[-1][0]
    return events


@given(lives())
def test_every_sale_costs_what_paper_says(events):
    stock, costs = EMPTY, []
    for quantity, cost in events:
        if quantity > 0:
            stock = taken_in(stock, quantity, Money(cost))
            continue
        costs.append(cost_of(stock, -quantity).units)
        stock = taken_out(stock, -quantity)
        assert stock.quantity or stock.value == ZERO
    quantity, value, by_hand = replayed(events)
    assert (stock.quantity, stock.value.units, costs) == (quantity, value, by_hand)
    bought = sum(cost for much, cost in events if much > 0)
    assert sum(costs) + stock.value.units == bought


@given(lives())
def test_rounding_leaves_less_than_a_rupiah_a_sale_in_stock(events):
    _, value, costs = replayed(events)
    over = value - unrounded(events)
    assert 0 <= over <= len(costs)


@given(st.integers(1, 10**9), st.integers(1, 10**7))
def test_a_price_is_rounded_once_to_the_nearest_rupiah(quantity, price):
    assert abs(priced(quantity, Money(price)).units * 1000 - quantity * price) <= 500


@given(st.integers(-(10**12), 10**12))
def test_a_quantity_is_written_and_read_again(quantity):
    assert in_thousandths(in_units(quantity)) == quantity
