"""Ageing, rolls, vintages and concentration against a naive count."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopbook.dates import last_day
from coopbook.earlywarning import (
    AGES,
    BUCKETS,
    ORIGINS,
    Began,
    Bucket,
    Course,
    Ended,
    Every,
    Lent,
    Owed,
    Seen,
    aged,
    bucket_of,
    concentrated,
    herfindahl,
    month_ends,
    rolled,
)
from coopbook.earlywarning.cohorts import vintages
from coopbook.money import ZERO, Money
from tests.oracles import naive_warning as naive

BEGIN = date(2023, 1, 1)
ONE = timedelta(days=1)
amounts = st.integers(0, 10**10)
late = st.one_of(st.integers(0, 400), st.sampled_from([0, 1, 7, 8, 30, 31, 365, 366]))


@pytest.mark.parametrize(
    ("last", "bucket", "after"),
    list(zip((0, 7, 30, 60, 90, 180, 365), BUCKETS, BUCKETS[1:], strict=False)),
)
def test_a_bucket_ends_on_its_last_day_and_the_next_begins_a_day_later(
    last, bucket, after
):
    assert bucket_of(last) is bucket
    assert bucket_of(last + 1) is after
    assert naive.bucket(last) == bucket


@given(st.lists(st.tuples(amounts, late), max_size=12))
def test_buckets_hold_every_loan_once_and_all_the_principal(rows):
    seen = [Seen(n, Money(left), days) for n, (left, days) in enumerate(rows)]
    found = aged(seen)
    assert {row.bucket.value: row_of(row) for row in found} == naive.ageing(
        [(one.loan, one.outstanding.units, one.days) for one in seen]
    )
    assert sum(len(row.loans) for row in found) == len(rows)
    whole = sum(left for left, _ in rows)
    assert sum(row.outstanding.units for row in found) == whole
    assert sum((row.share for row in found), Fraction(0)) == (1 if whole else 0)


def row_of(row):
    return list(row.loans), row.outstanding.units, row.share


places = st.one_of(
    st.tuples(amounts, late), st.sampled_from([each.value for each in Ended])
)


@st.composite
def a_course(draw):
    """A loan over four month's ends: not yet, then seen, then perhaps ended."""
    before = draw(st.integers(0, 4))
    found = [None] * before
    while len(found) < 4:
        ended = found and isinstance(found[-1], str)
        found.append(found[-1] if ended else draw(places))
    return draw(amounts), found


@given(st.lists(a_course(), max_size=10))
def test_a_row_of_a_month_adds_up_to_everything_at_its_beginning(drawn):
    rows = [(number, lent, way) for number, (lent, way) in enumerate(drawn)]
    courses = [
        Course(number, Money(lent), tuple(seen(number, place) for place in way))
        for number, lent, way in rows
    ]
    ends = month_ends(date(2026, 6, 30), 3)
    months = rolled(courses, ends)
    assert [(month.begins, month.ends) for month in months] == list(pairwise(ends))
    for place, month in enumerate(months):
        found = {
            (cell.origin.value, cell.place.value): (
                list(cell.loans),
                cell.principal.units,
            )
            for cell in month.cells
        }
        assert found == naive.rolls(rows, place)
        for origin in ORIGINS:
            row = month.row(origin)
            begun = [each for each in courses if stands(each.at, place) == origin]
            assert sorted(number for cell in row for number in cell.loans) == [
                each.loan for each in begun
            ]
            held = sum(
                (
                    each.lent if origin is Began.NEW else each.at[place].outstanding
                    for each in begun
                ),
                ZERO,
            )
            assert month.begun_with(origin) == held
            if begun:
                assert sum((cell.of_loans for cell in row), Fraction(0)) == 1
            if held:
                assert sum((cell.share for cell in row), Fraction(0)) == 1


def seen(number, place):
    if place is None or isinstance(place, str):
        return Ended(place) if place else None
    return Seen(number, Money(place[0]), place[1])


def stands(at, place):
    if at[place] is None:
        return Began.NEW if at[place + 1] is not None else None
    return at[place].bucket if isinstance(at[place], Seen) else None


def test_what_rolls_forward_is_what_is_later_at_the_months_end():
    ends = [date(2026, 1, 31), date(2026, 2, 28)]
    courses = [
        Course(n, Money(400), (Seen(n, Money(400), 0), after))
        for n, after in enumerate(
            [Seen(0, Money(300), 0), Seen(1, Money(400), 5), Ended.PAID], start=1
        )
    ]
    (month,) = rolled(courses, ends)
    assert month.worse(Bucket.NONE) == Fraction(1, 3)
    assert month.worse(Bucket.WEEK) == 0
    assert month.cell(Bucket.NONE, Ended.PAID).loans == (3,)
    assert month.cell(Bucket.NONE, Ended.WRITTEN_OFF) is None


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 24))
def test_months_end_by_the_day_and_follow_each_other(on, months):
    ends = month_ends(on, months)
    assert len(ends) == months + 1
    assert ends[-1] <= on < last_day((on + ONE).year, (on + ONE).month)
    for before, after in pairwise(ends):
        assert (after + ONE).day == 1
        assert (before + ONE).month == after.month


@st.composite
def a_loan(draw):
    began = BEGIN + draw(st.integers(0, 500)) * ONE
    fell = draw(st.none() | st.integers(1, 800))
    return draw(amounts), began, began + fell * ONE if fell else None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(a_loan(), max_size=8),
    st.integers(0, 1200),
    st.sampled_from([(Every.MONTH, 1), (Every.QUARTER, 3)]),
)
def test_a_vintage_says_what_was_ever_late_and_nothing_of_what_is_to_come(
    drawn, after, every
):
    on = BEGIN + after * ONE
    rows = [(n, much, began, fell) for n, (much, began, fell) in enumerate(drawn)]
    rows = [(n, m, b, f if f and f <= on else None) for n, m, b, f in rows]
    lent = [Lent(n, Money(much), began, fell) for n, much, began, fell in rows]
    found = vintages(lent, on, every=every[0])
    expected = naive.vintages(rows, on, every[1], AGES)
    assert {
        one.begins: (
            list(one.loans),
            [
                by and (list(by.loans), by.principal.units, by.share, by.of_loans)
                for by in one.ages
            ],
        )
        for one in found
    } == expected
    for one in found:
        known = [by for by in one.ages if by is not None]
        assert one.ages == (*known, *[None] * (len(AGES) - len(known)))
        shares = [by.of_loans for by in known]
        assert shares == sorted(shares), "ever late never grows less"


def test_a_vintage_is_known_on_the_day_its_youngest_loan_could_be_so_old():
    lent = [Lent(1, Money(100), date(2026, 1, 5), date(2026, 4, 5))]
    (eve,) = vintages(lent, date(2026, 4, 29), ages=(3,))
    (day,) = vintages(lent, date(2026, 4, 30), ages=(3,))
    assert eve.ages == (None,)
    assert day.ages[0].loans == (1,)
    (later,) = vintages(
        [Lent(1, Money(100), date(2026, 1, 5), date(2026, 4, 6))],
        *(date(2026, 4, 30),),
        ages=(3,),
    )
    assert (later.ages[0].loans, later.ages[0].share) == ((), 0)


owed = st.tuples(
    st.integers(1, 6),
    st.sampled_from([None, "a", "b"]),
    st.sampled_from(["productive", "consumer"]),
    st.sampled_from(["", "Krajan"]),
    st.sampled_from(["", "trade", "crafts"]),
    amounts,
)


@given(st.lists(owed, max_size=14), st.integers(1, 10))
def test_shares_are_those_of_members_houses_kinds_hamlets_and_sectors(drawn, largest):
    house = {member: card for member, card, *_ in drawn}
    rows = [(n, m, house[m], *rest) for n, (m, _, *rest) in enumerate(drawn)]
    found = concentrated(
        [Owed(*row[:6], Money(row[6])) for row in rows], largest=largest
    )
    for parts, key, cut in (
        (found.borrowers, lambda row: row[1], largest),
        (found.households, lambda row: row[2] or row[1], largest),
        (found.kinds, lambda row: row[3], None),
        (found.hamlets, lambda row: row[4], None),
        (found.sectors, lambda row: row[5], None),
    ):
        every = naive.concentration(rows, key)
        sums = [part.outstanding.units for part in parts]
        assert sums == [much for _, much in every][:cut]
        for part in parts:
            assert (list(part.loans), part.outstanding.units) in every
            whole = found.outstanding.units
            assert part.share == (
                Fraction(part.outstanding.units, whole) if whole else 0
            )
    everybody = naive.concentration(rows, lambda row: row[1])
    assert found.count == len(everybody)
    assert found.index == naive.herfindahl([much for _, much in everybody])


def test_the_index_is_one_over_as_many_as_owe_the_same():
    assert herfindahl([Money(5)] * 8) == Fraction(1, 8)
    assert herfindahl([Money(5)]) == 1
    assert herfindahl([]) == herfindahl([ZERO]) == 0
