"""Whole numbers for many accounts say what the exact fractions say for one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.dates import last_day
from coopbook.money import Money, Per, Rate, Rounding
from coopbook.savings.interest import Basis, DayCount, InterestTerms, Tier, interest
from coopbook.savings.reckoner import reckoner
from tests.coopbook.savings.test_interest import months, rates, steps


@given(
    month=months,
    terms=st.tuples(st.sampled_from(Basis), st.sampled_from(DayCount)),
    steps=steps,
    found=st.lists(rates, min_size=4, max_size=4),
    per=st.sampled_from([Per.YEAR, Per.MONTH]),
    slices=st.booleans(),
    least=st.sampled_from([0, 1, 10_000, 1_000_000]),
    rounding=st.sampled_from(Rounding),
    opening=st.integers(-1_000_000, 60_000_000),
    moved=st.dictionaries(st.integers(0, 30), st.integers(-9_000_000, 9_000_000)),
    shorter=st.integers(0, 20),
)
def test_an_account_earns_the_same_either_way(
    month, terms, steps, found, per, slices, least, rounding, opening, moved, shorter
):
    first = date(*month, 1)
    last = last_day(*month) - timedelta(days=shorter)
    tiers = tuple(
        Tier(Money(above), Rate(rate, per))
        for above, rate in zip([0, *steps], found, strict=False)
    )
    on = InterestTerms(*terms[:1], tiers, terms[1], slices, Money(least), rounding)
    days = sorted((d, n) for d, n in moved.items() if d <= (last - first).days)

    units = reckoner(on, first, last)(opening, days)

    changes = {first + timedelta(days=d): Money(n) for d, n in days}
    assert units == interest(on, first, last, Money(opening), changes).units


def test_days_of_two_months_are_refused():
    terms = InterestTerms(Basis.DAILY, (Tier(Money(0), Rate.percent(6, "year")),))

    with pytest.raises(ValueError, match="no part of one month"):
        reckoner(terms, date(2026, 3, 1), date(2026, 4, 1))
