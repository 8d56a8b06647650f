"""The tool of 2021: only what could be read, and no total."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.health import (
    CATEGORY_NAMES,
    INDICATORS,
    PARTS,
    UNVERIFIED,
    BandEdge,
    Input,
    Reading,
    kkpkk,
    read,
    screen,
)
from coopbook.money import Money
from tests.oracles.naive_health import naive_category

EDGES = Path(__file__).parents[3] / "docs/rules/health-bands.csv"
BY_CODE = {each.ratio.code: each for each in INDICATORS}


def edges():
    with EDGES.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if row["tool"] == "kkpkk2021"]


def screened(code, percent, edge=BandEdge.AS_PRINTED):
    reading = Reading(BY_CODE[code].ratio, (), Fraction(percent) / 100)
    found = screen([reading], edge)
    return next(each for each in found if each.indicator.ratio.code == code)


@pytest.mark.parametrize("code", BY_CODE)
def test_each_edge_of_the_table_written_from_the_source(code):
    rows = [row for row in edges() if row["code"] == code]
    wrong = [
        row["why"]
        for row in rows
        if screened(code, row["percent"], BandEdge(row["edge"])).score
        != (int(row["expected"]) if row["expected"] else None)
    ]
    assert wrong == []
    assert len(rows) >= 10


@given(st.sampled_from(sorted(BY_CODE)), st.fractions(-1, 2))
def test_a_category_is_what_somebody_reads_in_the_table(code, value):
    found = screened(code, value * 100)
    assert found.value == naive_category(code, value * 100)
    assert found.score is None or found.score + found.value == 5


def test_what_was_not_read_is_not_guessed():
    assert screened("roe", "7.49").score is None
    assert screened("roe", "7.5").score == 3
    assert all(each.score is None for each in screen([]))
    assert not [name for name in dir(kkpkk) if "total" in name.lower()]


def test_it_says_that_it_is_not_verified():
    assert UNVERIFIED.startswith("Unverified")
    assert [weight for _, weight in PARTS] == [30, 15, 40, 15]
    assert set(CATEGORY_NAMES) == {1, 2, 3, 4}
    noted = {each.ratio.code for each in INDICATORS if each.note}
    assert noted == {"answers", "npl", "roe", "independence"}


def test_equity_that_fell_is_growth_below_nothing():
    known, before = {Input.EQUITY: Money(90)}, {Input.EQUITY: Money(100)}
    found = screen([read(BY_CODE["growth"].ratio, known, before)])
    assert (found[-1].reading.percent, found[-1].score) == (-10, 1)
