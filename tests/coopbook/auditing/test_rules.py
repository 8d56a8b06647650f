"""Samples anybody can draw again, and Benford's first digits."""

from __future__ import annotations

import hashlib
import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.auditing import (
    Item,
    Method,
    NoSample,
    SeedNeeded,
    draw,
    first_digits,
)
from coopbook.money import Money

amounts = st.lists(st.integers(0, 5_000_000), min_size=1, max_size=80)
seeds = st.text("abc123 ", min_size=1, max_size=9).filter(str.strip)


def items_of(some: list[int]) -> list[Item]:
    return [Item(number, Money(each)) for number, each in enumerate(some, 1)]


def naive(some: list[int], method: Method, size: int, seed: str) -> list[int]:
    """Draw as the working paper says it, from the numbers alone."""
    seed = " ".join(seed.split())
    filled = [(number, each) for number, each in enumerate(some, 1) if each]
    if method is Method.RANDOM:
        marks = [
            (hashlib.sha256(f"{seed}:{number}".encode()).hexdigest(), number)
            for number, _ in filled
        ]
        return sorted(number for _, number in sorted(marks)[:size])
    whole = int(hashlib.sha256(seed.encode()).hexdigest(), 16)
    if method is Method.SYSTEMATIC:
        count = len(filled)
        start = whole % count + 1
        places = [math.floor((start - 1 + k * count) / size) for k in range(size)]
        return [filled[place][0] for place in places]
    interval = max(sum(each for _, each in filled) // size, 1)
    hits, passed, first = [], 0, whole % interval + 1

    def steps_to(point: int) -> int:
        return (point - first) // interval

    for number, each in filled:
        before, passed = passed, passed + each
        # a step lies in it when more steps end by its last rupiah than before its first
        if steps_to(passed) > steps_to(before):
            hits.append(number)
    return hits


@given(amounts, st.sampled_from(Method), st.integers(1, 20), seeds)
def test_a_sample_is_the_one_drawn_by_hand(some, method, size, seed):
    filled = sum(1 for each in some if each)
    if size > filled:
        with pytest.raises(NoSample):
            draw(items_of(some), method, size, seed)
        return

    drawn = draw(items_of(some), method, size, seed)

    assert list(drawn.drawn) == naive(some, method, size, seed)
    assert drawn.total == Money(sum(some))
    if method is not Method.MONETARY_UNIT:
        assert len(drawn.drawn) == size


@given(amounts, st.integers(1, 20), seeds)
def test_by_monetary_unit_a_voucher_of_an_interval_is_always_drawn(some, size, seed):
    if size > sum(1 for each in some if each):
        return

    drawn = draw(items_of(some), Method.MONETARY_UNIT, size, seed)

    large = {n for n, each in enumerate(some, 1) if each >= drawn.interval}
    assert large <= set(drawn.drawn)


def test_every_so_many_reaches_the_last_voucher():
    """1,500 of 2,302: with the interval rounded down the last 802 were never drawn."""
    some = items_of([1_000] * 2_302)

    drawn = draw(some, Method.SYSTEMATIC, 1_500, "2026 Agus").drawn

    assert len(set(drawn)) == 1_500
    assert {later - one for one, later in pairwise(drawn)} == {1, 2}
    assert drawn[0] <= 2
    assert drawn[-1] >= 2_301


def test_a_seed_is_asked_for():
    with pytest.raises(SeedNeeded):
        draw(items_of([5]), Method.RANDOM, 1, "  ")


def test_first_digits_of_powers_of_two_follow_the_law():
    digits = first_digits(2**n for n in range(1_000))

    assert digits.enough
    assert not digits.unlikely
    assert digits.counts[1] == 301


def test_one_size_over_and_over_does_not():
    digits = first_digits([700_000] * 300)

    # by hand: 300 x (1/p - 1) with p = log10(8/7)
    assert math.isclose(digits.chi_square, 300 * (1 / math.log10(8 / 7) - 1))
    assert digits.unlikely
    assert not first_digits([700_000] * 299).unlikely
