"""What savings earn, against a reckoning day by day that shares no line with ours."""

import runpy
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.dates import last_day
from coopbook.money import ZERO, Money, Per, Rate, Rounding
from coopbook.savings.interest import (
    Basis,
    DayCount,
    InterestTerms,
    PaidBefore,
    Tier,
    TiersDisorderly,
    earned,
    interest,
    withheld,
)
from tests.oracles import naive_interest

months = st.sampled_from([(2024, 2), (2026, 2), (2026, 4), (2027, 12), (2028, 1)])
rates = st.fractions(0, Fraction(1, 4), max_denominator=400)
steps = st.lists(st.integers(1, 50_000_000), unique=True, max_size=3).map(sorted)


def terms_of(basis, count, tiers, slices, least):
    return InterestTerms(
        basis,
        tuple(Tier(Money(above), Rate(rate, Per.YEAR)) for above, rate in tiers),
        count,
        slices,
        Money(least),
    )


@given(
    month=months,
    basis=st.sampled_from(Basis),
    count=st.sampled_from(DayCount),
    steps=steps,
    found=st.lists(rates, min_size=4, max_size=4),
    slices=st.booleans(),
    least=st.sampled_from([0, 1, 10_000, 1_000_000]),
    opening=st.integers(-1_000_000, 60_000_000),
    moved=st.dictionaries(st.integers(1, 31), st.integers(-9_000_000, 9_000_000)),
)
def test_a_month_earns_what_it_earns_day_by_day(
    month, basis, count, steps, found, slices, least, opening, moved
):
    year, number = month
    end = last_day(year, number)
    tiers = list(zip([0, *steps], found, strict=False))
    changes = {date(year, number, d): n for d, n in moved.items() if d <= end.day}

    exact = earned(
        terms_of(basis, count, tiers, slices, least),
        *(date(year, number, 1), end, Money(opening)),
        {on: Money(units) for on, units in changes.items()},
    )

    assert exact == naive_interest.interest(
        *(year, number, opening, changes),
        basis=basis.value,
        tiers=tiers,
        count=count.value,
        slices=slices,
        least=least,
    )


TIERS = [(0, Fraction(1, 50)), (20_000, Fraction(3, 100)), (100_000, Fraction(9, 100))]


@pytest.fixture(scope="module")
def accounts(real_folder):
    """Every account of a bank, with what each of its days moved."""
    loader = runpy.run_path(str(real_folder / "berka" / "berka.py"))
    found = {}
    for account in loader["accounts"]():
        days = found.setdefault(account.id, {})
        for event in account.events:
            moved = event.amount + event.rounding
            days[event.date] = days.get(event.date, 0) + moved
    return found


@pytest.mark.parametrize(
    ("basis", "slices"), [*((basis, False) for basis in Basis), (Basis.DAILY, True)]
)
def test_1229_accounts_of_a_bank_earn_what_they_earn_day_by_day(
    accounts, basis, slices
):
    terms = terms_of(basis, DayCount.ACTUAL_365, TIERS, slices, 5_000)
    together = Fraction(0)
    for days in accounts.values():
        standing = 0
        for year, number in [*((1993, n) for n in range(1, 13)), (1994, 1), (1994, 2)]:
            first, end = date(year, number, 1), last_day(year, number)
            changes = {on: n for on, n in days.items() if first <= on <= end}
            exact = earned(
                *(terms, first, end, Money(standing)),
                {on: Money(n) for on, n in changes.items()},
            )
            assert exact == naive_interest.interest(
                *(year, number, standing, changes),
                basis=basis.value,
                tiers=TIERS,
                count="actual_365",
                slices=slices,
                least=5_000,
            )
            together += exact
            standing += sum(changes.values())
    assert len(accounts) == 1_229
    assert together > 0


APRIL = date(2026, 4, 1), date(2026, 4, 30)
THREE = (Tier(ZERO, Rate.percent(3, "year")),)


def test_what_lies_below_nothing_earns_nothing():
    changes = {date(2026, 4, 16): Money(-2_000_000)}
    for basis, due in ((Basis.MINIMUM, 0), (Basis.AVERAGE, 1233), (Basis.DAILY, 1233)):
        terms = InterestTerms(basis, THREE)
        assert interest(terms, *APRIL, Money(1_000_000), changes) == Money(due)


def test_rounding_is_as_the_terms_say():
    for how, due in (
        (Rounding.DOWN, 2465), (Rounding.HALF_EVEN, 2466), (Rounding.UP, 2466),
    ):  # fmt: skip
        terms = InterestTerms(Basis.MINIMUM, THREE, rounding=how)
        assert interest(terms, *APRIL, Money(1_000_000), {}) == Money(due)


def test_a_rate_by_month_is_twelve_times_itself_by_year():
    by_month = (Tier(ZERO, Rate.percent("0.25", "month")),)
    found = [
        interest(InterestTerms(Basis.DAILY, tiers), *APRIL, Money(7_654_321), {})
        for tiers in (THREE, by_month)
    ]
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "tiers",
    [
        (),
        (Tier(Money(1), Rate.percent(1, "year")),),
        (*THREE, Tier(ZERO, Rate.percent(1, "year"))),
        (
            *THREE,
            Tier(Money(9), Rate.percent(1, "year")),
            Tier(Money(8), THREE[0].rate),
        ),
        (Tier(ZERO, Rate.percent(1, "day")),),
        (Tier(ZERO, Rate.percent(-1, "year")),),
    ],
)
def test_tiers_begin_at_nothing_and_rise(tiers):
    with pytest.raises(TiersDisorderly):
        InterestTerms(Basis.DAILY, tiers)


def test_only_a_month_or_a_part_of_one_is_reckoned():
    terms = InterestTerms(Basis.DAILY, THREE)
    for first, last in (
        (date(2026, 4, 1), date(2026, 5, 1)),
        (date(2026, 4, 2), date(2026, 4, 1)),
        (date(2025, 4, 1), date(2026, 4, 30)),
    ):
        with pytest.raises(ValueError, match="no part of one month"):
            earned(terms, first, last, ZERO, {})


@given(st.lists(st.integers(0, 900_000), min_size=1, max_size=6))
def test_the_tax_of_a_member_is_reckoned_once_and_divided(gross):
    found = withheld([Money(n) for n in gross], Money(240_000), Rate.percent(10))
    total = sum(gross)
    assert sum(found, ZERO) == Money(total // 10 if total > 240_000 else 0)
    assert all(ZERO <= tax <= Money(n) for tax, n in zip(found, gross, strict=True))


@given(
    st.lists(st.integers(1, 900_000), min_size=1, max_size=6),
    st.integers(0, 900_000),
    st.integers(0, 90_000),
)
def test_what_was_paid_before_in_the_month_is_taxed_with_the_rest(gross, paid, kept):
    before = PaidBefore(Money(paid), Money(min(kept, paid // 10)))
    amounts = [Money(n) for n in gross]
    found = withheld(amounts, Money(240_000), Rate.percent(10), before)

    whole = sum(gross) + paid
    due = whole // 10 if whole > 240_000 else 0
    assert sum(found, ZERO).units == min(max(due - before.tax.units, 0), sum(gross))
    assert all(ZERO <= tax <= one for tax, one in zip(found, amounts, strict=True))


def test_what_is_free_of_tax_is_free_to_the_last_rupiah():
    rate, free = Rate.percent(10), Money(240_000)
    assert withheld([free], free, rate) == [ZERO]
    assert withheld([Money(240_001)], free, rate) == [Money(24_000)]
