"""However payments come, a loan stands as the oracle says."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopbook.errors import Refused
from coopbook.loans.arrears import standing_of
from coopbook.loans.changes import NewRate, Tranche
from coopbook.loans.replay import (
    Early,
    Given,
    Order,
    Payment,
    Replay,
    Rules,
    UseHeld,
    Waiver,
    Wish,
)
from coopbook.loans.terms import InterestMethod, Terms
from coopbook.money import Money, Per, Rate
from tests.coopbook.loans.strategies import amounts, calendars, loans, rates, told
from tests.oracles.naive_repayment import naive_replay

KINDS = ["pay"] * 8 + ["given", "waive", "tranche", "rate", "held"]


@st.composite
def penalties(draw):
    """Draw how a product treats lateness and an early end."""
    per = draw(st.sampled_from(list(Per)))
    most = {Per.DAY: 30, Per.WEEK: 100, Per.MONTH: 500, Per.YEAR: 5_000}[per]
    return Rules(
        Rate(Fraction(draw(st.integers(0, most)), 10_000), per),
        grace_days=draw(st.integers(0, 10)),
        tolerance=draw(st.sampled_from([0, 0, 10, 5_000])),
        cap=draw(st.sampled_from([None, None, Fraction(1, 20), Fraction(1, 2)])),
        order=draw(st.sampled_from(list(Order))),
        early=draw(st.sampled_from(list(Early))),
        early_months=draw(st.integers(0, 3)),
        early_share=draw(st.sampled_from([Fraction(1, 2), Fraction(1, 3)])),
    )


@st.composite
def lives(draw):
    """Draw a loan and what happens to it, in the order of days."""
    terms, start = draw(loans(most=12))
    lent, rules = draw(amounts), draw(penalties())
    last = (terms.dates or [start + timedelta(40 * terms.periods * 3)])[-1]
    length = min((last - start).days, 900)
    days = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    events = []
    for day in days:
        on, kind = start + timedelta(day), draw(st.sampled_from(KINDS))
        amount = draw(st.integers(1, max(lent.units // 2, 2)))
        if kind == "pay":
            events.append(Payment(on, amount, draw(st.sampled_from(list(Wish)))))
        elif kind == "given":
            events.append(Given(on, 0, amount // 7, amount // 3))
        elif kind == "waive":
            events.append(Waiver(on, amount))
        elif kind == "tranche":
            events.append(Tranche(on, Money(amount)))
        elif kind == "rate":
            events.append(NewRate(on, draw(rates())))
        else:
            events.append(UseHeld(on, amount))
    until = start + timedelta(draw(st.integers(0, length + 60)))
    return terms, lent, start, rules, events, until


def in_words(event):
    """Say an event in the words of the oracle."""
    match event:
        case Payment(on, amount, wish):
            return on, "pay", amount, wish.value
        case UseHeld(on, amount):
            return on, "held", amount
        case Waiver(on, amount):
            return on, "waive", amount
        case Given(on, penalty, interest, principal):
            return on, "given", penalty, interest, principal
        case Tranche(on, amount):
            return on, "tranche", amount.units
        case NewRate(on, rate):
            return on, "rate", Terms(InterestMethod.FLAT, rate, 1).yearly_rate


def rules_in_words(rules):
    return {
        "order": rules.order.value,
        "penalty_rate": rules.penalty_rate.share,
        "penalty_per": rules.penalty_rate.per.value,
        "grace_days": rules.grace_days,
        "tolerance": rules.tolerance,
        "cap": rules.cap,
        "since": rules.since,
        "early": rules.early.value,
        "early_months": rules.early_months,
        "early_share": rules.early_share,
    }


def outcome(replay, done, on):
    """Say what a replay came to in the words of the oracle."""
    now, ends = standing_of(replay, on), replay.payoff(on)
    replay.rules = replace(replay.rules, early=Early.TO_DATE)
    to_date = replay.payoff(on)
    return {
        "to_date": (to_date.penalty, to_date.interest, to_date.principal),
        "rows": [
            (
                each.due_on,
                each.principal.units,
                each.interest.units,
                each.paid_principal.units,
                each.paid_interest.units,
                each.penalty.units,
            )
            for each in now.strip
        ],
        "payments": [
            (each.penalty, each.interest, each.principal, each.reduction, each.held)
            for each in done
        ],
        "outstanding": now.outstanding_principal.units,
        "due": (
            now.due.penalty.units,
            now.due.interest.units,
            now.due.principal.units,
        ),
        "arrears": now.arrears.units,
        "days_past_due": now.days_past_due,
        "held": now.held.units,
        "payoff": (ends.penalty, ends.interest, ends.principal),
        "asked": now.payoff.units,
    }


PAID_LATE = {
    Order.INSTALLMENTS: [(1_120, 12_000, 36_880), (0, 12_000, 88_000)],
    Order.INTEREST_FIRST: [(0, 12_000, 38_000), (1_120, 12_000, 86_880)],
    Order.COMPONENTS: [(1_120, 12_000, 36_880), (0, 12_000, 88_000)],
    Order.PRINCIPAL_FIRST: [(0, 0, 50_000), (1_120, 24_000, 74_880)],
}
"""50,000 ten days after 112,000 was due at 1 in 1,000 a day, then 100,000 that day."""


@pytest.mark.parametrize("order", list(Order))
def test_a_late_payment_settles_what_its_order_says_and_then_pays_ahead(order):
    terms = Terms(InterestMethod.FLAT, Rate.percent("1"), 12)
    rules = Rules(Rate.percent("0.1", per="day"), order=order)
    replay = Replay(terms, 1_200_000, date(2026, 1, 5), rules)
    late = date(2026, 2, 15)

    done = [replay.take(Payment(late, units)) for units in (50_000, 100_000)]

    found = [(each.penalty, each.interest, each.principal) for each in done]
    assert found == PAID_LATE[order]


SEEN = Counter()


@settings(max_examples=300, deadline=None)
@given(lives(), calendars)
def test_a_loan_stands_as_a_naive_recomputation_says(drawn, open_days):
    terms, lent, start, rules, events, until = drawn
    try:
        replay = Replay(terms, lent.units, start, rules, open_days)
    except Refused:
        return
    taken, done = [], []
    for event in events:
        if event.on > until or replay.ended_on is not None:
            break
        if isinstance(event, UseHeld) and event.amount > replay.held:
            continue  # the book uses no more than is held
        try:
            parts = replay.take(event)
        except Refused:  # a tranche or a rate that leaves nothing to plan
            continue
        taken.append(event)
        if isinstance(event, Payment | UseHeld):
            done.append(parts)
    replay.advance(until)

    expected = naive_replay(
        told(terms, lent, start, open_days),
        rules_in_words(rules),
        [in_words(each) for each in taken],
        until,
    )

    assert outcome(replay, done, until) == expected
    for event, parts in zip(
        [each for each in taken if isinstance(each, Payment | UseHeld)],
        done,
        strict=True,
    ):
        assert parts.total == event.amount
        assert min(parts.penalty, parts.interest, parts.principal) >= 0
