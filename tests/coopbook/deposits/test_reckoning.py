"""What a term deposit earns, against a clerk who adds up day by day."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from coopbook.deposits.reckoning import (
    broken,
    exact,
    interest,
    last_anniversary,
    maturity,
)
from coopbook.money import ZERO, Money, Per, Rate
from coopbook.savings import DayCount
from coopbook.savings.interest import PaidBefore, tax_now
from tests.oracles.naive_deposit import naive_interest, plus_months

amounts = st.integers(1, 9 * 10**9)
openings = st.integers(0, 800).map(lambda n: date(2027, 1, 1) + timedelta(days=n))
rates = st.fractions(0, 1, max_denominator=400)


@given(amounts, rates, st.sampled_from(DayCount), openings, st.integers(0, 500))
def test_interest_is_what_the_days_add_up_to(principal, yearly, count, opened, days):
    until = opened + timedelta(days=days)

    said = exact(Money(principal), Rate(yearly, Per.YEAR), count, opened, until)

    assert said == naive_interest(principal, yearly, count.value, opened, until)


@given(amounts, rates, openings, st.sampled_from([1, 3, 6, 12]))
def test_whole_months_of_a_twelfth_earn_whole_twelfths(principal, yearly, opened, term):
    end = maturity(opened, term)

    said = exact(
        Money(principal), Rate(yearly, Per.YEAR), DayCount.TWELFTH, opened, end
    )

    assert end == plus_months(opened, term)
    assert said == principal * yearly * Fraction(term, 12)


@given(
    *(amounts, rates, st.sampled_from(DayCount), openings),
    st.lists(st.integers(0, 400), max_size=8),
)
def test_parts_accrued_at_any_days_add_up_to_the_whole(
    principal, yearly, count, opened, days
):
    rate, accrued = Rate(yearly, Per.YEAR), ZERO
    for day in sorted(days):
        now = interest(
            Money(principal), rate, count, opened, opened + timedelta(days=day)
        )
        assert now >= accrued
        accrued += now - accrued
    end = opened + timedelta(days=max(days, default=0))

    assert accrued == (
        interest(Money(principal), rate, count, opened, end) if days else ZERO
    )


@given(openings, st.integers(0, 400))
def test_the_last_month_that_is_over(opened, days):
    on = opened + timedelta(days=days)

    said = last_anniversary(opened, on)

    over = [plus_months(opened, n) for n in range(15)]
    assert said == max(day for day in over if day <= on)


@given(
    st.integers(1, 10**9),
    st.integers(0, 10**8),
    st.integers(0, 100),
    st.integers(0, 100),
    st.data(),
)
def test_breaking_loses_no_rupiah(principal, accrued, kept, penalty, data):
    paid = data.draw(st.integers(0, accrued))

    said = broken(
        *(Money(principal), Money(accrued), Money(paid)),
        kept_percent=kept,
        penalty_percent=penalty,
    )

    debits = said.principal + (said.accrued - said.paid)
    assert debits == said.excess + said.penalty + said.payout
    assert 0 <= said.kept.units <= accrued
    assert said.kept.units == accrued * kept // 100
    assert said.penalty <= said.principal
    if kept == 100 and penalty == 0:
        assert said.payout.units == principal + accrued - paid


@given(st.lists(st.integers(1, 400_000), min_size=1, max_size=6))
def test_the_tax_of_a_month_does_not_depend_on_how_it_was_paid(parts):
    free, rate = Money(240_000), Rate.percent(10)
    before = PaidBefore()
    for part in parts:
        tax = tax_now(Money(part), before, free, rate)
        assert ZERO <= tax <= Money(part)
        before += PaidBefore(Money(part), tax)
    kept = before.tax

    whole = sum(parts)
    due = whole // 10 if whole > 240_000 else 0
    assert kept.units <= due
    if due <= parts[-1]:
        assert kept.units == due
