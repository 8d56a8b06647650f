"""The figures of the page on health, reckoned again."""

from __future__ import annotations

from fractions import Fraction

import pytest

from coopbook.health import (
    ASKED,
    INDICATORS,
    PEARLS,
    PREDICATES,
    RATIOS,
    SCORED,
    Answers,
    BandEdge,
    Choices,
    Group,
    Input,
    Predicate,
    PredicateSet,
    RatioRounding,
    RiskyTable,
    ScoringMode,
    assess,
    decimal,
    read_all,
    said,
)
from coopbook.money import Money
from tests.rules_pages import tables, units

PAGE = tables("health.md")
AYES = dict(zip(Group, (10, 5, 4, 8, 4), strict=True))
FIGURES = {
    Input(row["figure"]): Money(units(row["amount"]))
    for row in PAGE["A village cooperative, worked by hand"]
}
MEANT = {
    "none": Choices(),
    "scoring annex": Choices(scoring=ScoringMode.ANNEX),
    "scoring thesis": Choices(scoring=ScoringMode.THESIS),
    "edge at_most": Choices(edge=BandEdge.AT_MOST),
    "edge below": Choices(edge=BandEdge.BELOW),
    "rounding up": Choices(rounding=RatioRounding.UP),
    "risky shifted": Choices(risky=RiskyTable.SHIFTED),
}


def short(exact):
    return f"{decimal(exact, 3).normalize():f}"


def of_bands(bands, weight):
    """Write a table of bands as the page does."""
    parts = []
    for band in bands.bands:
        worth = "not read"
        if band.value is not None:
            worth = short(band.value * Fraction(weight, 100))
        sign = "≤" if band.holds else "<"
        limit = "more" if band.limit is None else f"{sign} {short(band.limit)}"
        parts.append(f"{limit}: {worth}")
    return ", ".join(parts)


def assessed(choices):
    answers = {group: Answers(yes=ayes) for group, ayes in AYES.items()}
    return assess(read_all(RATIOS.values(), FIGURES), answers, choices)


def test_the_page_prints_the_tables_that_are_used():
    rows = PAGE["The score of 2016"]
    ratios = [row for row in rows if "formula" in row]
    assert [row["code"] for row in ratios] == list(RATIOS)
    for row, scored in zip(ratios, SCORED, strict=True):
        assert row["formula"] == scored.ratio.formula()
        assert row["weight"] == str(scored.weight)
        assert row["points"] == of_bands(scored.bands, scored.weight)
    groups = [row for row in rows if "group" in row]
    assert [
        (each.group.value, str(each.questions), short(each.worth)) for each in ASKED
    ] == [tuple(row.values()) for row in groups]


def test_the_page_prints_the_indicators_and_the_goals():
    for row, each in zip(PAGE["The tool of 2021"], INDICATORS, strict=True):
        assert row["code"] == each.ratio.code
        assert row["formula"] == each.ratio.formula()
        assert row["score"] == of_bands(each.bands, 100)
    for row, pearl in zip(PAGE["PEARLS"], PEARLS, strict=True):
        assert row["code"] == pearl.ratio.code
        assert row["formula"] == pearl.ratio.formula()
        assert row["goal"] == said(pearl.goal)


@pytest.mark.parametrize("which", PredicateSet)
def test_the_page_names_totals_as_they_are_named(which):
    rows = [row for row in PAGE["What totals are called"] if row["rules"] == which]
    names = [Predicate(row["called"]) for row in rows]
    limits = [Fraction(row["from"]) for row in rows]
    named = PREDICATES[which]
    assert [named.of(limit) for limit in limits] == names
    assert [named.of(limit - Fraction(1, 100)) for limit in limits[:-1]] == names[1:]
    assert len(rows) == len(named.steps) + 1


@pytest.mark.parametrize("row", PAGE["What it comes to"], ids=lambda row: row["code"])
def test_each_ratio_of_the_example(row):
    found = {each.code: each for each in assessed(Choices()).rows}[row["code"]]
    assert str(decimal(found.reading.percent)) == row["percent"]
    assert short(found.points) == row["points"]


def test_the_example_has_every_ratio_and_its_management():
    assert [row["code"] for row in PAGE["What it comes to"]] == list(RATIOS)
    found = assessed(Choices())
    assert [short(each.points) for each in found.management] == [
        *("2.5", "2.5", "2.4", "2.4", "2.4")
    ]
    assert found.not_scored == ()


@pytest.mark.parametrize(
    "row", PAGE["The same cooperative by other choices"], ids=lambda row: row["choice"]
)
def test_the_example_by_other_choices(row):
    found = assessed(MEANT[row["choice"]])
    assert str(found.shown) == row["total"]
    assert found.predicate.value == row["called"]
