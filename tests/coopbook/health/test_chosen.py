"""How the score of 2016 is made is a by-law, and holds from its day on."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product

import pytest

from coopbook import cooperatives
from coopbook.cli import healthy
from coopbook.cooperatives.standards import KNOWN
from coopbook.health import (
    BAND_EDGE_NAMES,
    OPTIONS,
    BandEdge,
    Choices,
    RatioRounding,
    ScoringMode,
    choices_on,
    health_of,
)
from coopbook.printing.meetingbook import meeting_book_of
from tests.coopbook.rounds.neighbours import lend, whole
from tests.coopbook.yearend.years import YEAR_END, lived
from tests.oracles.naive_health import naive_points

BY_LAWS = ("health_scoring", "health_edge", "health_rounding")
DAY = date(2026, 7, 1)


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        *_, third = lived(book)
        decided(book, "share_arrears_to_borrow", 12)
        lend(book, third, 700_000, on=date(2026, 12, 1))
        yield book


def decided(book, name, value, on=DAY):
    cooperatives.set_setting(book, name, value, valid_from=on, source="RAT 2026")


def test_the_by_laws_offer_modes_edges_and_roundings_in_their_own_order():
    """The kept figure is a place in a list, so both lists have to be the same."""
    offered = [KNOWN[name].choices for name in BY_LAWS]
    assert offered == [
        tuple(OPTIONS[each].title for each in ScoringMode),
        tuple(BAND_EDGE_NAMES[each] for each in BandEdge),
        tuple(OPTIONS[each].title for each in RatioRounding),
    ]
    assert tuple(ScoringMode) == healthy.MODES
    assert tuple(BandEdge) == healthy.EDGES
    assert tuple(RatioRounding) == healthy.ROUNDINGS


def test_where_nothing_was_decided_the_score_is_made_as_it_always_was(village):
    assert choices_on(village, YEAR_END) == Choices()
    plain = health_of(village, YEAR_END, choices=Choices())
    assert health_of(village, YEAR_END) == plain


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("name", BY_LAWS)
def test_a_by_law_chooses_from_its_day_on(village, name, place):
    enum = dict(zip(BY_LAWS, (ScoringMode, BandEdge, RatioRounding), strict=True))[name]
    field = {"health_scoring": "scoring"}.get(name, name.removeprefix("health_"))
    decided(village, name, place)
    assert choices_on(village, date(2026, 6, 30)) == Choices()
    after = choices_on(village, DAY)
    assert after == Choices(**{field: list(enum)[place]})
    assert KNOWN[name].choices[place] in after.titles


def test_the_points_are_those_of_what_was_decided(village):
    """Reckoned again in whole numbers from the figures of the rows."""
    for name in BY_LAWS:
        decided(village, name, 0)
    rows = [cooperatives.settings(village, name)[-1] for name in BY_LAWS]
    for words in product(healthy.MODES, healthy.EDGES, healthy.ROUNDINGS):
        orders = (healthy.MODES, healthy.EDGES, healthy.ROUNDINGS)
        for row, word, order in zip(rows, words, orders, strict=True):
            row.value = str(order.index(word))
        village.session.flush()
        score = health_of(village, YEAR_END).score
        judged = [each for each in score.rows if each.reading.value is not None]
        assert len(judged) > len(score.rows) // 2
        for each in judged:
            expected = naive_points(
                each.code,
                *each.reading.value.as_integer_ratio(),
                **dict(zip(("scoring", "edge", "rounding"), words, strict=True)),
                risky="stepped",
            )
            assert each.points == Fraction(*(expected or (0, 1))), (each.code, words)


def test_what_is_given_stands_above_the_by_laws(village):
    decided(village, "health_scoring", 1)
    held = health_of(village, YEAR_END).score
    assert held.choices.scoring is ScoringMode.ANNEX
    plain = health_of(village, YEAR_END, choices=Choices()).score
    assert plain.choices == Choices()
    assert held.by(Choices()) == plain
    assert plain.by(held.choices) == held
    (line,) = [each for each in held.rows if each.code == "2b"]
    (band,) = [each for each in plain.rows if each.code == "2b"]
    assert (line.points, band.points) == (Fraction(27, 16), 2)  # 28.125 percent


def test_the_meetings_book_is_scored_by_the_by_laws_of_its_year(village):
    decided(village, "health_scoring", 2, on=date(2027, 1, 1))
    book = meeting_book_of(village, 2026, language="en")
    assert book.health.score.choices == Choices()
    decided(village, "health_rounding", 2, on=date(2027, 1, 1))
    assert choices_on(village, date(2027, 1, 1)) == Choices(
        scoring=ScoringMode.THESIS, rounding=RatioRounding.UP
    )
