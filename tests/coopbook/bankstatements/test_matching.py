"""What is proposed: every line once, both sides equal, the same whatever the order."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from coopbook.bankstatements.matching import (
    FEW,
    LATE,
    WITHIN,
    Item,
    Why,
    proposals,
)
from coopbook.money import ZERO, Money
from tests.oracles import naive_matching

DAY = date(2026, 3, 2)
AMOUNTS = st.sampled_from([1, 2, 3, 5, 8, 10, -1, -2, -3, -6, 11, 15])


def bank(*lines):
    return [
        Item(DAY + timedelta(days=day), (1, number), Money(units))
        for number, (day, units) in enumerate(lines, start=1)
    ]


def book(*lines):
    return [
        Item(
            DAY + timedelta(days=day),
            (10 + number, 1),
            Money(units),
            (10 + back, 1) if back else None,
        )
        for number, (day, units, *rest) in enumerate(lines, start=1)
        for back in [rest[0] if rest else 0]
    ]


@st.composite
def sides(draw):
    lines = st.lists(st.tuples(st.integers(0, 9), AMOUNTS), max_size=9)
    left, right = draw(lines), [(*line, 0) for line in draw(lines)]
    for at in range(len(right)):
        if draw(st.integers(0, 4)) == 0 and at:
            first = draw(st.integers(1, at))
            right[at] = (right[at][0], -right[first - 1][1], first)
    return bank(*left), book(*right)


def told(found):
    return [(one.bank, one.book, one.why.value) for one in found]


@settings(max_examples=300)
@given(sides(), st.integers(0, 6), st.randoms())
def test_every_line_once_both_sides_equal_and_as_the_oracle_says(both, within, random):
    left, right = both
    amounts = {item.key: item.amount for item in (*left, *right)}
    days = {item.key: item.day for item in (*left, *right)}

    found = proposals(left, right, within=within)

    used = [key for one in found for key in (*one.bank, *one.book)]
    assert len(used) == len(set(used))
    for one in found:
        of_bank = sum((amounts[key] for key in one.bank), ZERO)
        assert of_bank == sum((amounts[key] for key in one.book), ZERO)
        assert len(one.bank) + len(one.book) > 1
        if one.bank:
            assert one.apart <= (LATE if one.why is Why.LATE else within)
            for a in one.bank:
                assert {abs((days[a] - days[b]).days) for b in one.book} == {one.apart}
    plain = [(item.day.toordinal(), item.key, item.amount.units) for item in left]
    ours = [
        (item.day.toordinal(), item.key, item.amount.units, item.takes_back)
        for item in right
    ]
    assert told(found) == naive_matching.matched(plain, ours, within, FEW, LATE)
    random.shuffle(left)
    random.shuffle(right)
    assert proposals(left, right, within=within) == found


def test_the_nearest_day_is_taken_first():
    found = proposals(bank((5, 100), (6, 100)), book((0, 100), (5, 100)))

    assert told(found) == [
        (((1, 1),), ((12, 1),), "one"),
        (((1, 2),), ((11, 1),), "late"),
    ]
    assert [one.apart for one in found] == [0, 6]
    later = proposals(bank((5, 100), (5, 100)), book((0, 100), (5, 100)))
    assert [one.apart for one in later] == [0, 5]


def test_a_line_six_days_apart_is_proposed_but_never_sure():
    assert [one.sure for one in proposals(bank((WITHIN, 1)), book((0, 1)))] == [True]
    (late,) = proposals(bank((WITHIN + 1, 100)), book((0, 100)))
    assert (late.why, late.sure, late.apart) == (Why.LATE, False, WITHIN + 1)
    assert not proposals(bank((LATE + 1, 100)), book((0, 100)))
    assert not proposals(bank((0, 100)), book((WITHIN + 1, 100)))


def test_a_days_deposits_go_to_the_bank_as_one_sum():
    found = proposals(
        bank((1, 600), (1, -50)), book((0, 100), (0, 200), (0, 300), (0, -9))
    )

    assert told(found) == [(((1, 1),), ((11, 1), (12, 1), (13, 1)), "day")]
    assert found[0].sure


def test_a_part_of_a_day_is_proposed_and_never_sure():
    (one,) = proposals(bank((0, 300)), book((0, 100), (0, 200), (0, 500)))

    assert (one.why, one.sure) == (Why.PART, False)
    assert one.book == ((11, 1), (12, 1))


def test_one_line_of_the_book_may_be_several_of_the_bank():
    (one,) = proposals(bank((0, -100), (0, -200)), book((0, -300)))

    assert (one.bank, one.book) == (((1, 1), (1, 2)), ((11, 1),))


def test_what_was_posted_and_taken_back_is_set_aside_before_the_bank_is_asked():
    found = proposals(bank((3, 100)), book((0, 100), (3, -100, 1), (3, 100)))

    assert told(found) == [
        ((), ((11, 1), (12, 1)), "back"),
        (((1, 1),), ((13, 1),), "one"),
    ]


def test_many_equal_amounts_are_paired_in_no_time():
    left = bank(*[(n % 28, 50_000) for n in range(4_000)])
    right = book(*[(n % 28, 50_000) for n in range(4_000)])

    assert len(proposals(left, right)) == 4_000
