"""In whose term loans went bad: what was planted is found, and nothing else."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopbook.baddebts import Life, Span, fallen_in, fallen_of
from coopbook.baddebts.tenure import tail
from coopbook.dates import months_after

BEGIN, END = date(2021, 1, 1), date(2026, 1, 1)
ONE = timedelta(days=1)
TERMS = [
    Span(1, date(2020, 6, 1), date(2022, 3, 14)),
    Span(2, date(2022, 3, 15), date(2023, 12, 31)),
    Span(3, date(2024, 1, 1), None),
]


def village(seed, planted=None):
    """Lend 300 times in five years; who pays, stops, or stops when nobody collects.

    In the planted term one in eight loans stops each month, in any other one in eighty.
    """
    chance = random.Random(seed)
    found = []
    for number in range(1, 301):
        began = BEGIN + timedelta(days=chance.randrange((END - BEGIN).days))
        months, late, ended = chance.choice([6, 12, 18, 24]), None, None
        for month in range(1, months + 1):
            due = months_after(began, month)
            span = next((one for one in TERMS if _holds(one, due)), None)
            bad = span is not None and span.key == planted
            if chance.random() < (1 / 8 if bad else 1 / 80):
                late = due + 31 * ONE
                break
        else:
            ended = months_after(began, months)
        late = late if late and late <= END else None
        ended = ended if ended and ended <= END else None
        found.append(Life(number, began, late, ended))
    return found


def _holds(span, day):
    return span.began_on <= day and (span.ended_on is None or day <= span.ended_on)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("planted", [2, 3])
def test_the_term_after_which_collection_stops_is_on_top(seed, planted):
    rows = fallen_in(village(seed, planted), TERMS, END)
    assert max(rows, key=lambda row: row.ratio).key == planted
    assert [row.key for row in rows if row.flagged] == [planted]


@pytest.mark.parametrize("seed", range(20))
def test_where_nothing_is_planted_nobody_is_flagged(seed):
    rows = fallen_in(village(seed), TERMS, END)
    assert [row.key for row in rows if row.flagged] == []


def naive(lives, spans, on, horizon, key_of=None):
    """Count loan by loan and day by day; ``key_of`` says whose a loan is for good."""
    days, falls, names = Counter(), Counter(), Counter()
    for life in lives:
        day, age = life.began_on, 0
        while age < horizon and day <= on:
            while months_after(life.began_on, age + 1) <= day:
                age += 1
            if age >= horizon:
                break
            key = next((one.key for one in spans if _holds(one, day)), None)
            if key_of is not None:
                key = key_of.get(life.number)
            days[key, age] += 1
            if day == life.late_on:
                falls[age] += 1
                names[key] += 1
                break
            if day == life.ended_on:
                break
            day += ONE
    whole = Counter()
    for (_, age), count in days.items():
        whole[age] += count
    keys = {one.key for one in spans} | {key for key, _ in days}
    return {
        key: (
            names[key],
            sum(count for (of, _), count in days.items() if of == key),
            sum(
                (
                    Fraction(falls[age] * count, whole[age])
                    for (of, age), count in days.items()
                    if of == key
                ),
                Fraction(0),
            ),
        )
        for key in keys
    }


@st.composite
def some_lives(draw):
    found = []
    for number in range(draw(st.integers(0, 6))):
        began = BEGIN + timedelta(days=draw(st.integers(0, 1500)))
        late = draw(st.none() | st.integers(31, 900))
        ended = None if late else draw(st.none() | st.integers(1, 900))
        found.append(
            Life(
                number,
                began,
                began + late * ONE if late else None,
                began + ended * ONE if ended else None,
            )
        )
    return found


@settings(max_examples=60, deadline=None)
@given(some_lives(), st.integers(0, 1900), st.integers(1, 24), st.booleans())
def test_days_and_expectations_are_those_counted_one_by_one(lives, after, horizon, gap):
    spans = [TERMS[0], TERMS[2]] if gap else TERMS
    on = BEGIN + timedelta(days=after)
    lives = [life for life in lives if life.began_on <= on]
    found = {
        row.key: (len(row.loans), row.days, row.expected)
        for row in fallen_in(lives, spans, on, horizon)
    }
    assert found == naive(lives, spans, on, horizon)
    assert sum(row[2] for row in found.values()) == sum(
        row[0] for row in found.values()
    )


@settings(max_examples=60, deadline=None)
@given(some_lives(), st.integers(0, 1900), st.integers(1, 24), st.data())
def test_what_a_term_approved_stays_its_own_whoever_comes_after(
    lives, after, horizon, data
):
    on = BEGIN + timedelta(days=after)
    lives = [life for life in lives if life.began_on <= on]
    whose = {life.number: data.draw(st.sampled_from([1, 2, 3, None])) for life in lives}
    found = {
        row.key: (len(row.loans), row.days, row.expected)
        for row in fallen_of(lives, whose, TERMS, on, horizon)
    }
    assert found == naive(lives, TERMS, on, horizon, whose)


@pytest.mark.parametrize("seed", range(20))
def test_a_term_that_approved_what_nobody_could_pay_is_on_top_and_alone(seed):
    """The loans of one term fall late under whoever holds the office later."""
    lives = village(seed)
    chance = random.Random(seed)
    whose = {life.number: chance.choice([1, 2, 3]) for life in lives}
    bad = [
        replace(life, late_on=months_after(life.began_on, 3) + 31 * ONE, ended_on=None)
        if whose[life.number] == 2 and chance.random() < 0.5
        else life
        for life in lives
    ]
    bad = [
        life
        if life.late_on is None or life.late_on <= END
        else replace(life, late_on=None)
        for life in bad
    ]
    rows = fallen_of(bad, whose, TERMS, END)
    assert max(rows, key=lambda row: row.ratio).key == 2
    assert [row.key for row in rows if row.flagged] == [2]
    assert [row.key for row in fallen_of(lives, whose, TERMS, END) if row.flagged] == []


def test_chance_alone_is_what_a_table_of_poisson_says():
    """P(X >= 5 | 1) and P(X >= 10 | 3) as in printed tables."""
    assert round(tail(5, 1.0), 4) == 0.0037
    assert round(tail(10, 3.0), 4) == 0.0011
    assert tail(0, 2.0) == 1.0
