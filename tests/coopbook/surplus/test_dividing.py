"""How a surplus is divided: published cases, and whatever the percentages are."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook import surplus
from coopbook.members import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.surplus import (
    Activity,
    Base,
    CapitalBase,
    Of,
    Policy,
    Pool,
    Spread,
    rules,
)
from tests.oracles.naive_surplus import divided

PUBLISHED = json.loads((Path(__file__).parent / "published.json").read_text())


def policy(said, **more):
    return Policy({Pool(pool): surplus.percent(p) for pool, p in said.items()}, **more)


@pytest.mark.parametrize("case", PUBLISHED, ids=[each["id"] for each in PUBLISHED])
def test_published_surpluses_come_out_to_the_rupiah(case):
    found = surplus.allocate(Money(case["surplus"]), policy(case["percent"]))
    for pool, amount in case["pools"].items():
        assert found.amount(Pool(pool)) == Money(amount), pool
    if sum(map(int, case["percent"].values())) == 100:
        assert sum(found.pools.values(), ZERO) == Money(case["surplus"])


def test_a_textbook_member_gets_what_the_textbook_says():
    """Koperasi Alis Jaya: 20 % on shares, 25 % on loans, one member of many."""
    by = policy({"capital": "20", "patronage": "25", "reserve": "55"})
    lukman = Base(1, Fraction(2_000_000), Fraction(5_000_000))
    others = Base(2, Fraction(98_000_000), Fraction(70_000_000))
    found = surplus.divide(Money(60_000_000), by, [lukman, others])
    own = found.shares[0]
    assert (own.capital, own.patronage) == (Money(240_000), Money(1_000_000))
    assert own.total == Money(1_240_000)


def test_a_rupiah_left_by_rounding_goes_to_the_reserve():
    """The unit of DKPP Jawa Barat: rounded down, its parts leave one rupiah."""
    said = {"patronage": "50", "reserve": "10", "board": "10", "development": "30"}
    floored = policy(said, spread=Spread.FLOOR)
    found = surplus.allocate(Money(25_653_452), floored)
    assert found.amount(Pool.PATRONAGE) == Money(12_826_726)
    assert found.amount(Pool.BOARD) == Money(2_565_345)
    assert found.amount(Pool.DEVELOPMENT) == Money(7_696_035)
    assert (found.amount(Pool.RESERVE), found.left) == (Money(2_565_346), Money(1))


def test_a_part_of_a_part_is_exact():
    by = policy(
        {"reserve": "60", "capital": "30", "patronage": "70"},
        of=Of.MEMBERS_PART,
        members_part=Fraction(40),
    )
    found = surplus.allocate(Money(10_000_000), rules.check(by))
    assert found.amount(Pool.CAPITAL) == Money(1_200_000)
    assert found.amount(Pool.PATRONAGE) == Money(2_800_000)


def test_percentages_that_come_to_105_are_refused_with_their_sum():
    said = {
        *("reserve", "patronage", "board", "staff", "education", "social"),
        "development",
    }
    percents = dict.fromkeys(sorted(said), "5") | {"reserve": "40", "patronage": "40"}
    with pytest.raises(surplus.NotHundred, match=r"come to 105, not 100.*by 5"):
        rules.check(policy(percents))


def test_refusals_say_what_would_work():
    with pytest.raises(surplus.NotAPercentage):
        surplus.percent("101")
    with pytest.raises(surplus.NotAPercentage):
        surplus.percent("a third")
    with pytest.raises(surplus.NoMembersPart):
        rules.check(policy({"reserve": "60", "capital": "100"}, of=Of.MEMBERS_PART))
    with pytest.raises(surplus.NotAStep):
        rules.check(policy({"reserve": "100"}, step=50))
    with pytest.raises(surplus.ReserveNeeded):
        rules.check(policy({"patronage": "100"}, spread=Spread.FLOOR))
    with pytest.raises(surplus.NoPurchases):
        rules.check(policy({"reserve": "100"}, activity=Activity.PURCHASES))


@st.composite
def policies(draw):
    """Draw any policy that adds up."""
    pools = draw(st.lists(st.sampled_from(Pool), min_size=1, unique=True))
    spread = draw(st.sampled_from(Spread))
    if spread is Spread.FLOOR and Pool.RESERVE not in pools:
        pools.append(Pool.RESERVE)
    cuts = sorted(
        draw(
            st.lists(
                st.integers(1, 9_999),
                min_size=len(pools) - 1,
                max_size=len(pools) - 1,
                unique=True,
            )
        )
    )
    edges = [0, *cuts, 10_000]
    parts = {
        pool: Fraction(right - left, 100)
        for pool, left, right in zip(pools, edges, edges[1:], strict=False)
    }
    return Policy(
        parts,
        capital_base=draw(st.sampled_from(CapitalBase)),
        activity=draw(st.sampled_from([Activity.INTEREST_PAID, Activity.LOANS_TAKEN])),
        spread=spread,
        step=draw(st.sampled_from([1, 100, 1000])),
        leavers=draw(st.booleans()),
        excluded=draw(st.frozensets(st.sampled_from(MemberStatus), max_size=3)),
        members_only=draw(st.booleans()),
    )


bases = st.lists(
    st.tuples(
        st.fractions(0, 10**9, max_denominator=12),
        st.fractions(0, 10**9, max_denominator=1),
    ),
    max_size=12,
)


@given(policies(), st.integers(1, 10**13), bases, st.fractions(0, 1))
def test_any_policy_ties_to_the_rupiah(by, units, drawn, part):
    amount, others = Money(units), Money(int(units * part))
    people = [Base(n, *each) for n, each in enumerate(drawn, start=1)]
    found = surplus.divide(amount, rules.check(by), people, of_others=others)
    assert sum(found.pools.values(), ZERO) == amount
    for pool, own in (
        (Pool.CAPITAL, [one.capital for one in found.shares]),
        (Pool.PATRONAGE, [one.patronage for one in found.shares]),
    ):
        assert sum(own, ZERO) == found.pools.get(pool, ZERO)
        assert min(own, default=ZERO) >= ZERO
    assert all(amount >= ZERO for amount in found.pools.values())


@given(policies(), st.integers(1, 10**11), bases, st.fractions(0, 1))
def test_parts_are_those_of_a_reckoning_by_hand(by, units, drawn, part):
    others = int(units * part)
    people = [Base(n, *each) for n, each in enumerate(drawn, start=1)]
    found = surplus.divide(Money(units), by, people, of_others=Money(others))
    pools, shares = divided(
        units,
        {pool.value: by.parts[pool] for pool in Pool if pool in by.parts},
        [(each.capital, each.activity) for each in people],
        floor=by.spread is Spread.FLOOR,
        step=by.step,
        others=others if by.members_only else 0,
    )
    assert {pool.value: amount.units for pool, amount in found.pools.items()} == pools
    assert [(one.capital.units, one.patronage.units) for one in found.shares] == shares


@given(policies())
def test_a_policy_reads_as_it_was_written(by):
    assert rules.read(rules.kept(by)) == by
    assert rules.kept(rules.read(rules.kept(by))) == rules.kept(by)


@given(st.integers(0, 10**9), st.integers(1, 40), st.sampled_from([1, 100]))
def test_equals_get_the_same_but_for_a_step(units, count, step):
    parts, left = surplus.spread_out(
        *(Money(units), [Fraction(1)] * count),
        spread=Spread.LARGEST_REMAINDER,
        step=step,
    )
    assert max(parts).units - min(parts).units <= step
    assert 0 <= left.units < step
