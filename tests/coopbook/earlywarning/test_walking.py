"""The days a loan is late, read off its replay without working the rest out."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from coopbook.earlywarning.walking import days_late
from coopbook.loans.arrears import standing_of
from coopbook.loans.replay import Order, Payment, Replay, Rules, Wish
from coopbook.loans.terms import InterestMethod, Terms
from coopbook.money import Rate

START = date(2026, 1, 5)
ONE = timedelta(days=1)
PENALTIES = (Rate.percent(0, "day"), Rate.percent("0.1", "day"))


@st.composite
def a_replay(draw):
    terms = Terms(
        draw(st.sampled_from([InterestMethod.FLAT, InterestMethod.ANNUITY])),
        Rate.percent(draw(st.sampled_from(["0", "1.5"]))),
        draw(st.integers(1, 8)),
    )
    rules = Rules(
        draw(st.sampled_from(PENALTIES)),
        tolerance=draw(st.sampled_from([0, 1, 5_000])),
        order=draw(st.sampled_from(list(Order))),
    )
    return Replay(terms, draw(st.integers(100_000, 2_000_000)), START, rules)


steps = st.tuples(
    st.integers(0, 60),
    st.sampled_from([0, 1, 50_000, 130_000, 400_000]),
    st.sampled_from([Wish.NEXT, Wish.HOLD, Wish.SMALLER, Wish.SETTLE]),
)


@settings(max_examples=150, deadline=None)
@given(a_replay(), st.lists(steps, max_size=8))
def test_days_late_are_those_of_the_standing_after_whatever_was_paid(replay, paid):
    on = START
    for after, amount, wish in paid:
        on += after * ONE
        if amount:
            replay.take(Payment(on, amount, wish))
        standing = standing_of(replay, on)
        assert days_late(replay, on) == standing.days_past_due
