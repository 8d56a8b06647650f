"""Chains of loans and the pace of a term, against a naive count."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coopbook.earlywarning import (
    Chain,
    Link,
    chains,
    pace_of,
)
from coopbook.money import ZERO, Money
from tests.oracles import naive_warning as naive

BEGIN = date(2023, 1, 1)
ONE = timedelta(days=1)


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.tuples(st.just(n), st.permutations(range(1, n + 1)))
    )
)
def test_chains_are_found_whole_from_either_end(drawn):
    count, order = drawn
    links, free = {}, list(range(1, count + 1))
    for old in order:
        later = [new for new in free if new > old and new not in links]
        if later and old % 3:
            links[later[0]] = old
    assert [list(each) for each in chains(links)] == naive.chains(links)


def test_a_chain_is_questioned_when_it_is_long_or_ended_a_late_loan():
    plain = Chain((Link(1, Money(100), Money(40)), Link(2, Money(50))))
    assert not plain.questioned()
    assert Chain((*plain.links, Link(3, ZERO))).questioned()
    late = Chain((plain.links[0], Link(2, Money(50), ZERO, 1)))
    assert late.questioned()
    assert (late.handed_out, late.came_back, late.never_came) == (
        *(Money(150), Money(40)),
        Money(110),
    )
    assert Chain((Link(1, Money(1), Money(5)),)).never_came == ZERO


@given(
    st.lists(st.integers(-5, 60), max_size=20), st.integers(0, 50), st.integers(1, 20)
)
def test_the_pace_of_the_last_days_is_held_to_that_of_the_term(days, length, last):
    lent = [(n, BEGIN + day * ONE) for n, day in enumerate(days)]
    ended = BEGIN + length * ONE
    found = pace_of(lent, BEGIN, ended, last_days=last)
    in_end, in_term, times = naive.pace([on for _, on in lent], BEGIN, ended, last)
    assert (len(found.loans), found.all_loans, found.times) == (in_end, in_term, times)
    assert found.hurried(2, 3) is (in_end >= 3 and times > 2)


def test_twice_the_pace_is_not_more_than_twice():
    began, ended = date(2026, 1, 1), date(2026, 2, 25)  # 56 days, four times fourteen
    three = [(n, ended) for n in range(3)]
    even = [(n + 3, began) for n in range(3)]
    assert pace_of([*three, *even], began, ended).times == 2
    assert not pace_of([*three, *even], began, ended).hurried()
    assert pace_of([*three, *even[:2]], began, ended).hurried()
    assert not pace_of(three[:2], began, ended).hurried(), "two loans say nothing"
