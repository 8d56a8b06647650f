"""Schedules repay exactly what was lent, and agree with published figures."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coopbook.loans.schedule import (
    STEPS,
    InterestMethod,
    NotLendable,
    RoundedTooCoarsely,
    exact_schedule,
    schedule,
)
from coopbook.money import ZERO, Money, Rate
from tests.oracles.naive_schedule import naive_schedule

FLAT, DECLINING = InterestMethod.FLAT, InterestMethod.DECLINING
START = date(2026, 1, 31)

methods = st.sampled_from([FLAT, DECLINING])
amounts = st.integers(10_000, 50_000_000).map(Money)
rates = st.integers(0, 500).map(lambda basis: Rate(Fraction(basis, 10_000)))
terms = st.integers(1, 60)
steps = st.sampled_from(STEPS)
starts = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def planned(method, principal, rate, months, start, step):
    try:
        return schedule(method, principal, rate, months, start, step=step)
    except RoundedTooCoarsely:
        assume(False)


@given(methods, amounts, rates, terms, starts, steps)
def test_a_schedule_repays_exactly_what_was_lent(
    method, principal, rate, months, start, step
):
    plan = planned(method, principal, rate, months, start, step)

    assert sum((each.principal for each in plan), ZERO) == principal
    assert all(each.principal >= ZERO and each.interest >= ZERO for each in plan)
    assert [each.number for each in plan] == list(range(1, months + 1))


@given(methods, amounts, rates, terms, starts, steps)
def test_every_installment_but_the_last_is_a_multiple_of_the_step(
    method, principal, rate, months, start, step
):
    plan = planned(method, principal, rate, months, start, step)

    if step > 1:
        assert all(each.total.units % step == 0 for each in plan[:-1])


@given(methods, amounts, rates, terms, starts)
def test_without_a_step_parts_of_principal_differ_by_at_most_a_unit(
    method, principal, rate, months, start
):
    parts = [
        each.principal for each in schedule(method, principal, rate, months, start)
    ]

    assert max(parts) - min(parts) <= Money(1)


@given(methods, amounts, rates, terms, starts, steps)
def test_the_schedule_agrees_with_a_naive_recomputation(
    method, principal, rate, months, start, step
):
    plan = planned(method, principal, rate, months, start, step)

    assert [
        (each.due_on, each.principal.units, each.interest.units) for each in plan
    ] == naive_schedule(
        *(method.value, principal.units, rate.share, months, start, step)
    )


@given(methods, amounts, rates, terms)
def test_rounded_interest_stays_within_a_unit_a_month_of_the_exact(
    method, principal, rate, months
):
    plan = schedule(method, principal, rate, months, START)
    exact = exact_schedule(method, principal, rate, months)

    for rounded_one, exact_one in zip(plan, exact, strict=True):
        assert abs(rounded_one.interest.units - exact_one.interest) <= 2


@given(st.sampled_from([START, date(2026, 1, 30), date(2026, 1, 29)]), terms)
def test_due_days_follow_the_day_of_disbursement_clamped_to_the_month(start, months):
    plan = schedule(FLAT, Money(1_000_000), Rate.percent(1), months, start)

    for each in plan:
        assert each.due_on.day <= start.day
    assert len({(each.due_on.year, each.due_on.month) for each in plan}) == months


def test_published_flat_loan_of_nine_million():
    # Published check, domain guide 3.2: 9,000,000 flat 1% x 12 pays 840,000 a month.
    plan = schedule(FLAT, Money(9_000_000), Rate.percent(1), 12, START)

    assert {each.total for each in plan} == {Money(840_000)}


def test_published_flat_loan_of_thirty_six_million():
    # Published check: 36,000,000 flat 24% a year x 12 pays 44,640,000 in all.
    rate = Rate.percent(24, per="year")
    plan = schedule(FLAT, Money(36_000_000), rate, 12, START)

    assert {(each.principal, each.interest) for each in plan} == {
        (Money(3_000_000), Money(720_000))
    }
    assert sum((each.total for each in plan), ZERO) == Money(44_640_000)


def test_rounded_up_to_a_thousand_the_last_installment_absorbs():
    # Worked in the domain guide 3.3: 491,666.67 becomes 492,000, the last 488,000.
    plan = schedule(
        *(FLAT, Money(5_000_000), Rate.percent("1.5"), 12, START), step=1_000
    )

    assert [each.total.units for each in plan] == [492_000] * 11 + [488_000]


def test_declining_interest_adds_up_to_the_textbook_sum():
    # Total interest of a declining loan is P·r·(n+1)/2: 1,200,000 x 1% x 13/2.
    exact = exact_schedule(DECLINING, Money(1_200_000), Rate.percent(1), 12)

    assert sum(each.interest for each in exact) == 78_000


@pytest.mark.parametrize(("principal", "months"), [(0, 12), (-1, 12), (100, 0)])
def test_a_loan_needs_an_amount_and_a_month(principal, months):
    with pytest.raises(NotLendable):
        schedule(FLAT, Money(principal), Rate.percent(1), months, START)


def test_a_step_that_repays_too_early_is_refused_with_what_happens():
    with pytest.raises(RoundedTooCoarsely) as refusal:
        schedule(FLAT, Money(10_000), Rate.percent(0), 24, START, step=1_000)

    assert refusal.value.facts == {"step": 1_000, "enough": 10, "months": 24}
