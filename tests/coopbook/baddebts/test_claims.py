"""A claim in three parts: what settles it, what is given up, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.baddebts.claims import ORDERS, ClaimParts, settling, together, waiving
from coopbook.cooperatives.standards import KNOWN
from coopbook.money import Money

amounts = st.integers(0, 10**9).map(Money)
claims = st.builds(ClaimParts, amounts, amounts, amounts)


@given(claims, amounts, st.sampled_from(list(ORDERS.values())))
def test_what_settles_a_claim_is_the_amount_or_all_of_it(left, amount, order):
    done = settling(left, amount, order)
    assert done.total == min(amount, left.total)
    after = left - done
    for name in order:
        if getattr(after, name).units:
            later = order[order.index(name) + 1 :]
            assert all(getattr(done, one) == Money(0) for one in later)
            break
    assert together([after, done]) == left


@given(claims, amounts)
def test_principal_is_given_up_last(left, amount):
    done = waiving(left, amount)
    if done.principal.units:
        assert (done.penalty, done.interest) == (left.penalty, left.interest)


@pytest.mark.parametrize("place", range(3))
def test_the_by_laws_choices_are_the_orders_in_their_order(place):
    said = KNOWN["recovery_order"].choices[place]
    assert said == ", ".join(list(ORDERS.values())[place])
