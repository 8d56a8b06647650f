"""A change leaves what was due alone, and plans the rest as the oracle does."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopbook.errors import Refused
from coopbook.loans.changes import (
    ChangeAfterEnd,
    ChangeBeforeStart,
    Keep,
    MarginIsFixed,
    NewRate,
    Reduction,
    ReductionTooLarge,
    Tranche,
    changed_schedule,
)
from coopbook.loans.schedule import schedule
from coopbook.loans.terms import InterestMethod, Terms
from coopbook.money import Money, Rate
from coopbook.opendays import EVERY_DAY
from tests.coopbook.loans.strategies import amounts, calendars, loans, rates, told
from tests.oracles.naive_changes import naive_changed

START = date(2026, 1, 15)
LENT = Money(12_000_000)
HALF = date(2026, 7, 15)


@st.composite
def changed_loans(draw):
    """Draw a loan, and changes of every kind on days of its life."""
    terms, start = draw(loans(most=24))
    lent = draw(amounts)
    last = (terms.dates or [start + timedelta(40 * terms.periods)])[-1]
    days = sorted(
        draw(st.lists(st.integers(0, (last - start).days), min_size=1, max_size=4))
    )
    changes = []
    for day in days:
        on = start + timedelta(day)
        kind = draw(st.sampled_from(["tranche", "rate", "term", "installment"]))
        part = Money(draw(st.integers(1, max(lent.units // 3, 1))))
        if kind == "tranche":
            changes.append(Tranche(on, part))
        elif kind == "rate":
            changes.append(NewRate(on, draw(rates())))
        else:
            changes.append(Reduction(on, part, Keep(kind)))
    return terms, lent, start, changes


def in_words(change):
    """Say a change in the words of the oracle."""
    match change:
        case Tranche(on, amount):
            return on, "tranche", amount.units
        case NewRate(on, rate):
            return on, "rate", Terms(InterestMethod.FLAT, rate, 1).yearly_rate
        case Reduction(on, amount, Keep.TERM):
            return on, "smaller", amount.units
        case Reduction(on, amount, Keep.INSTALLMENT):
            return on, "shorter", amount.units


def columns(plan):
    return [(each.due_on, each.principal.units, each.interest.units) for each in plan]


@settings(max_examples=400, deadline=None)
@given(changed_loans(), calendars)
def test_a_changed_loan_is_as_the_oracle_says(drawn, open_days):
    terms, lent, start, changes = drawn
    asked = told(terms, lent, start, open_days)
    try:
        expected = naive_changed(asked, [in_words(each) for each in changes])
    except ValueError:
        with pytest.raises(Refused):
            changed_schedule(terms, lent, start, changes, open_days)
        return

    plan = changed_schedule(terms, lent, start, changes, open_days)

    assert columns(plan) == expected
    assert all(part >= 0 for part in plan.principal)
    assert all(part >= 0 for part in plan.interest)


@given(loans(most=24), amounts)
def test_without_changes_it_is_the_plain_schedule(drawn, lent):
    terms, start = drawn
    try:
        plain = schedule(terms, lent, start)
    except Refused:
        return

    assert changed_schedule(terms, lent, start, [], EVERY_DAY) == plain


def test_half_repaid_in_the_middle_the_installments_halve_or_the_term_does():
    terms = Terms(InterestMethod.FLAT, Rate.percent(1), 12)

    smaller = changed_schedule(
        terms, LENT, START, [Reduction(HALF, Money(3_000_000), Keep.TERM)]
    )
    shorter = changed_schedule(
        terms, LENT, START, [Reduction(HALF, Money(3_000_000), Keep.INSTALLMENT)]
    )

    assert [each.total.units for each in smaller[6:]] == [560_000] * 6
    assert [each.total.units for each in shorter[6:]] == [1_060_000] * 3


@pytest.mark.parametrize(
    ("refusal", "change"),
    [
        (ChangeAfterEnd, NewRate(date(2027, 1, 15), Rate.percent(2))),
        (ChangeBeforeStart, NewRate(date(2026, 1, 14), Rate.percent(2))),
        (ReductionTooLarge, Reduction(HALF, Money(6_000_000), Keep.TERM)),
        (ReductionTooLarge, Reduction(HALF, Money(0), Keep.TERM)),
    ],
)
def test_what_leaves_nothing_to_plan_is_refused(refusal, change):
    with pytest.raises(refusal):
        changed_schedule(
            Terms(InterestMethod.FLAT, Rate.percent(1), 12), LENT, START, [change]
        )


@pytest.mark.parametrize(
    "change", [NewRate(HALF, Rate.percent(2)), Tranche(HALF, Money(5))]
)
def test_an_agreed_charge_is_not_changed(change):
    terms = Terms(InterestMethod.MARGIN, Rate.percent(0), 12, margin=Money(1_000_000))

    with pytest.raises(MarginIsFixed):
        changed_schedule(terms, LENT, START, [change])
