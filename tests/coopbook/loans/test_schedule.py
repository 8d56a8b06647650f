"""Schedules repay exactly what was lent, and agree with a naive recomputation."""

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coopbook.errors import Refused
from coopbook.loans.daycount import DayCount, years
from coopbook.loans.exact import exact_schedule
from coopbook.loans.planning import (
    InterestExceeds,
    NotLendable,
    RoundedAboveTotal,
    RoundedTooCoarsely,
)
from coopbook.loans.rates import cost, internal_rate
from coopbook.loans.schedule import schedule
from coopbook.loans.terms import (
    InterestMethod,
    Remainder,
    RoundedOver,
    StepRounding,
    Terms,
)
from coopbook.money import ZERO, Money, Rate, Rounding
from coopbook.opendays import EVERY_DAY
from tests.coopbook.loans.strategies import amounts, calendars, loans, told
from tests.oracles.naive_loans import naive_internal_rate, naive_loan, naive_years
from tests.rules_pages import tables

FLAT, DECLINING = InterestMethod.FLAT, InterestMethod.DECLINING
ANNUITY = InterestMethod.ANNUITY
START = date(2026, 1, 31)


def planned(terms, principal, start, open_days=EVERY_DAY):
    try:
        return schedule(terms, principal, start, open_days)
    except (RoundedTooCoarsely, InterestExceeds, RoundedAboveTotal):
        assume(False)


def columns(plan):
    return [(each.due_on, each.principal.units, each.interest.units) for each in plan]


@given(loans(), amounts, calendars)
def test_a_schedule_repays_exactly_what_was_lent(drawn, principal, open_days):
    plan = planned(drawn[0], principal, drawn[1], open_days)

    assert sum((each.principal for each in plan), ZERO) == principal
    assert all(each.principal >= ZERO and each.interest >= ZERO for each in plan)
    assert [each.number for each in plan] == list(range(1, len(plan) + 1))
    assert all(each.due_on > drawn[1] for each in plan)


@given(loans(), amounts, calendars)
def test_the_schedule_agrees_with_a_naive_recomputation(drawn, principal, open_days):
    terms, start = drawn
    try:
        expected = naive_loan(told(terms, principal, start, open_days))
    except ValueError:
        with pytest.raises(Refused):
            schedule(terms, principal, start, open_days)
        return

    assert columns(schedule(terms, principal, start, open_days)) == expected


@given(loans(), amounts)
def test_the_exact_schedule_is_that_of_a_naive_recomputation(drawn, principal):
    terms, start = drawn
    try:
        expected = naive_loan(told(terms, principal, start, EVERY_DAY), exact=True)
    except ValueError:
        assume(False)

    found = exact_schedule(terms, principal, start)

    assert [(each.due_on, each.principal, each.interest) for each in found] == expected


GRACES = [(0, 0, 0), (2, 0, 0), (0, 2, 0), (0, 0, 2), (3, 0, 3), (1, 2, 4)]


@pytest.mark.parametrize("method", list(InterestMethod))
def test_every_count_grace_and_rounding_of_a_method_is_as_the_oracle_says(method):
    start, lent, compared = date(2027, 11, 13), Money(3_333_337), 0
    margin = method is InterestMethod.MARGIN
    every = itertools.product(
        *(DayCount, GRACES, Rounding, (1, 500), StepRounding, Remainder)
    )
    for count, grace, rounding, step, nearest, spread in every:
        principal, waived, deferred = grace
        terms = Terms(
            method,
            Rate.percent("1.7"),
            9,
            day_count=count,
            due_day=31,
            principal_grace=principal,
            interest_waived=0 if margin else waived,
            interest_deferred=deferred,
            margin=Money(123_457) if margin else ZERO,
            rounding=rounding,
            step=step,
            step_rounding=nearest,
            remainder=spread,
        )
        expected = naive_loan(told(terms, lent, start, EVERY_DAY))
        assert columns(schedule(terms, lent, start)) == expected
        compared += 1

    assert compared == 8 * 6 * 4 * 8


@given(loans(most=60), amounts)
def test_every_installment_but_the_last_is_a_multiple_of_the_step(drawn, principal):
    terms, start = replace(drawn[0], step=500, interest_deferred=0), drawn[1]
    plan = planned(terms, principal, start)

    for each in plan[1:-1]:
        assert each.principal == ZERO or each.total.units % terms.step == 0


@given(loans(methods=[FLAT, DECLINING], most=60), amounts)
def test_spread_over_the_rows_parts_of_principal_differ_by_at_most_a_unit(
    drawn, principal
):
    start = drawn[1]
    terms = replace(drawn[0], step=1, remainder=Remainder.SPREAD, weights=())
    parts = [each.principal for each in planned(terms, principal, start)]
    parts = parts[terms.principal_grace :]

    assert max(parts) - min(parts) <= Money(1)


@given(loans(methods=[FLAT, DECLINING, InterestMethod.BULLET]), amounts)
def test_rounded_interest_stays_near_the_exact(drawn, principal):
    start = drawn[1]
    terms = replace(drawn[0], step=1, rounded_over=RoundedOver.EACH)
    plan = planned(terms, principal, start)
    exact = exact_schedule(terms, principal, start)
    # What is owed differs by a unit a row at most, and so does the interest; a
    # rate of ten times a year and more rows make it more than a unit.
    allowed = terms.periods * (2 + terms.yearly_rate)

    for rounded_one, exact_one in zip(plan, exact, strict=True):
        assert abs(rounded_one.interest.units - exact_one.interest) <= allowed


@given(
    st.sampled_from([START, date(2026, 1, 30), date(2026, 1, 29)]), st.integers(1, 60)
)
def test_due_days_follow_the_day_of_disbursement_clamped_to_the_month(start, months):
    plan = schedule(Terms(FLAT, Rate.percent(1), months), Money(1_000_000), start)

    for each in plan:
        assert each.due_on.day <= start.day
    assert len({(each.due_on.year, each.due_on.month) for each in plan}) == months


def test_the_last_day_of_the_month_stays_the_last_day():
    plan = schedule(
        Terms(FLAT, Rate.percent(1), 4, due_day=31), Money(1_000_000), date(2026, 4, 30)
    )

    assert [str(each.due_on)[5:] for each in plan] == [
        *("05-31", "06-30", "07-31", "08-31")
    ]


def test_published_flat_loan_of_thirty_six_million():
    # Published check: 36,000,000 flat 24% a year x 12 pays 44,640,000 in all.
    terms = Terms(FLAT, Rate.percent(24, per="year"), 12)
    plan = schedule(terms, Money(36_000_000), START)

    assert {(each.principal, each.interest) for each in plan} == {
        (Money(3_000_000), Money(720_000))
    }
    assert plan.total == Money(44_640_000)


def test_rounded_up_to_a_thousand_the_last_installment_absorbs():
    # Worked in the domain guide 3.3: 491,666.67 becomes 492,000, the last 488,000.
    terms = Terms(FLAT, Rate.percent("1.5"), 12, step=1_000)
    plan = schedule(terms, Money(5_000_000), START)

    assert [each.total.units for each in plan] == [492_000] * 11 + [488_000]


def test_declining_interest_adds_up_to_the_textbook_sum():
    # Total interest of a declining loan is P·r·(n+1)/2: 1,200,000 x 1% x 13/2.
    terms = Terms(DECLINING, Rate.percent(1), 12)
    exact = exact_schedule(terms, Money(1_200_000), START)

    assert sum(each.interest for each in exact) == 78_000


def test_the_smoothed_installment_leaves_the_last_one_nearest_to_it():
    plain = Terms(ANNUITY, Rate.percent("1.5"), 36, step=1_000)
    smooth = Terms(
        ANNUITY, Rate.percent("1.5"), 36, step=1_000, remainder=Remainder.SPREAD
    )

    apart = [
        abs(plan[-1].total.units - plan[0].total.units)
        for plan in (
            schedule(plain, Money(12_345_678), START),
            schedule(smooth, Money(12_345_678), START),
        )
    ]
    assert apart[1] <= apart[0]


@pytest.mark.parametrize(
    "row", tables("loan-schedules.md")["Fees and what a loan really costs"]
)
def test_what_a_flat_loan_really_costs(row):
    # Domain guide 3.2: computed as twelve times the monthly internal rate.
    terms = Terms(FLAT, Rate.percent(row["flat percent a month"]), int(row["months"]))
    lent = Money(120_000_000)
    found = cost(terms, lent, schedule(terms, lent, START), START)

    assert (
        f"{found.twelvefold * 100:.1f}" == row["twelve times the monthly internal rate"]
    )
    assert found.nominal == 12 * terms.rate.share


@given(loans(methods=[FLAT, DECLINING, ANNUITY], most=24), amounts, st.integers(0, 20))
def test_the_internal_rate_is_that_of_a_naive_bisection(drawn, principal, fee):
    start = drawn[1]
    terms = replace(drawn[0], first_due=None, due_day=None, dates=())
    plan = planned(terms, principal, start)
    received = principal.units * (100 - fee) // 100
    found = cost(terms, Money(received), plan, start).monthly
    rows = [
        (naive_months(terms, number), each.total.units)
        for number, each in enumerate(plan, 1)
    ]

    worth = sum(paid / (1 + found) ** months for months, paid in rows)

    assert worth == pytest.approx(received, rel=1e-6) or found == 0


def naive_months(terms, number):
    return (
        12
        * number
        * terms.every.count
        / {"month": 12, "week": 52, "day": 365}[terms.every.unit.value]
    )


def test_the_internal_rate_agrees_with_the_oracles_on_a_plain_loan():
    terms, lent = Terms(ANNUITY, Rate.percent(2), 12), Money(10_000_000)
    plan = schedule(terms, lent, date(2026, 1, 15))
    oracle = naive_internal_rate(9_790_000, columns(plan), date(2026, 1, 15))

    found = cost(terms, Money(9_790_000), plan, date(2026, 1, 15)).monthly

    assert found == pytest.approx(float(oracle), abs=1e-10)


def test_a_loan_of_which_nothing_is_received_has_no_rate():
    with pytest.raises(ValueError, match="nothing is received"):
        internal_rate(0, [(1.0, 100)])


@given(
    st.dates(date(2023, 1, 1), date(2032, 1, 1)),
    st.integers(0, 800),
    st.sampled_from(list(DayCount)),
)
def test_lengths_are_those_of_a_naive_count_of_days(begin, days, count):
    end = date.fromordinal(begin.toordinal() + days)

    assert years(begin, end, count) == naive_years(begin, end, count.value)


@pytest.mark.parametrize("principal", [0, -1])
def test_a_loan_needs_an_amount(principal):
    with pytest.raises(NotLendable):
        schedule(Terms(FLAT, Rate.percent(1), 12), Money(principal), START)


def test_a_step_that_repays_too_early_is_refused_with_what_happens():
    terms = Terms(FLAT, Rate.percent(0), 24, step=1_000)
    with pytest.raises(RoundedTooCoarsely) as refusal:
        schedule(terms, Money(10_000), START)

    assert refusal.value.facts == {"step": 1_000, "enough": 10, "periods": 24}


def test_an_installment_below_its_interest_is_refused_with_what_would_work():
    terms = Terms(
        ANNUITY, Rate.percent(80), 30, step=1_000, step_rounding=StepRounding.NEAREST
    )
    with pytest.raises(InterestExceeds) as refusal:
        schedule(terms, Money(1_600), START)

    assert refusal.value.facts == {
        "number": 1,
        "installment": Money(1_000),
        "interest": Money(1_280),
    }
