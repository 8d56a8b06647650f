"""PEARLS: every goal one hundredth before, on and after its limit."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.baddebts import Mark
from coopbook.health import (
    NOT_LAW,
    PEARLS,
    VERDICT_NAMES,
    Goal,
    Input,
    Reading,
    Verdict,
    judge_all,
    read,
    said,
)
from coopbook.money import Money
from tests.oracles.naive_health import NO_FIGURE, naive_verdict

EDGES = Path(__file__).parents[3] / "docs/rules/health-bands.csv"
RATIOS = {each.ratio.code: each.ratio for each in PEARLS}
CODES = (
    *(f"P{n}" for n in range(1, 7)),
    *(f"E{n}" for n in range(1, 10)),
    *(f"A{n}" for n in range(1, 4)),
    *(f"R{n}" for n in range(1, 13)),
    *(f"L{n}" for n in range(1, 4)),
    *(f"S{n}" for n in range(1, 12)),
)


def edges():
    with EDGES.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if row["tool"] == "pearls"]


def judged(code, percent, **more):
    value = None if percent is None else Fraction(percent) / 100
    found = judge_all([Reading(RATIOS[code], (), value)], **more)
    return next(each for each in found if each.pearl.ratio.code == code)


def test_the_table_has_every_ratio_of_the_system():
    assert tuple(RATIOS) == CODES


@pytest.mark.parametrize("row", edges(), ids=lambda r: f"{r['code']}-{r['percent']}")
def test_each_edge_of_the_goals_written_from_the_source(row):
    assert judged(row["code"], row["percent"]).verdict.value == row["expected"]


def test_every_goal_with_a_figure_is_in_that_table():
    with_figures = {row["code"] for row in edges()}
    assert with_figures | NO_FIGURE | {"P3", "S11"} == set(CODES)


@given(st.sampled_from(CODES), st.fractions(-1, 4), st.fractions(0, 30))
def test_a_verdict_is_what_somebody_finds_by_the_words_of_the_goal(
    code, value, inflation
):
    percent = value * 100
    found = judged(code, percent, inflation=inflation)
    assert found.verdict.value == naive_verdict(code, percent, inflation)
    if found.verdict is Verdict.MET:
        assert found.short == 0
    if found.verdict is Verdict.NO_GOAL:
        assert found.short is None


def test_growth_of_assets_needs_to_know_inflation():
    assert judged("S11", 30).verdict is Verdict.UNKNOWN
    assert judged("S11", "13.01", inflation=Fraction(3)).verdict is Verdict.MET
    assert judged("S11", 13, inflation=Fraction(3)).verdict is Verdict.MISSED


def test_written_off_in_full_is_a_yes_or_a_no():
    for answer, verdict in ((1, Verdict.MET), (0, Verdict.MISSED)):
        found = read(RATIOS["P3"], {Input.CHARGED_OFF_FULLY: answer})
        assert judge_all([found])[2].verdict is verdict


def test_what_is_not_known_is_neither_met_nor_missed():
    found = judge_all([])
    no_goal = {
        each.pearl.ratio.code for each in found if each.verdict is Verdict.NO_GOAL
    }
    assert no_goal == NO_FIGURE
    assert {each.verdict for each in found} == {Verdict.NO_GOAL, Verdict.UNKNOWN}
    nothing_late = read(
        RATIOS["P1"],
        {Input.ALLOWANCE: Money(1), Input.DELINQUENT_OVER_12: Money(0)},
    )
    assert judge_all([nothing_late])[0].verdict is Verdict.UNKNOWN


def test_p1_is_capped_and_says_so():
    known = {Input.ALLOWANCE: Money(3), Input.DELINQUENT_OVER_12: Money(2)}
    found = read(RATIOS["P1"], known)
    assert (found.percent, found.capped) == (100, True)


def test_a_cooperative_may_choose_goals_of_its_own():
    own = {"E5": Goal(least=Fraction(50))}
    assert judged("E5", 84).verdict is Verdict.MISSED
    assert judged("E5", 84, goals=own).verdict is Verdict.MET
    assert judged("E5", 84, goals=own).goal == own["E5"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("P3", "yes"),
        ("P6", "at least 111%"),
        ("E1", "70% to 80%"),
        ("E2", "at most 16%"),
        ("E6", "0% to 5%"),
        ("L3", "less than 1%"),
        ("S11", "more than 10% above inflation"),
        ("R11", "as little as possible"),
    ],
)
def test_a_goal_is_said_in_words(code, words):
    [goal] = [each.goal for each in PEARLS if each.ratio.code == code]
    assert said(goal) == words


def test_goals_are_marked_as_no_law_of_here():
    assert all(each.ratio.source.mark is Mark.KNOWLEDGE for each in PEARLS)
    assert all(said(each.goal) for each in PEARLS)
    assert "no Indonesian rule" in NOT_LAW
    assert set(VERDICT_NAMES) == set(Verdict)
