"""Reports of a cooperative's health: the score of 2016, PEARLS, the tool of 2021."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopbook.book import Book
    from coopbook.health import Assessment, Choices, Reading

Rows = list[dict[str, Any]]
Answer = tuple[Rows, dict[str, Any]]
REPORTS = ("health", "pearls", "kkpkk")
WAYS = ("mode", "edge", "rounding")
MODES = ("bands", "annex", "thesis")
EDGES = ("as_printed", "at_most", "below")
ROUNDINGS = ("exact", "whole", "up")


def rows_of(
    book: Book,
    name: str,
    on: date,
    language: str,
    beside: tuple[str | None, str | None, str | None] = (None, None, None),
) -> Answer:
    """Return the rows of one of ``REPORTS`` and its totals.

    Percentages and points are texts with two digits; what has no value is empty and
    says why.  ``beside`` is one of ``MODES``, of ``EDGES`` and of ``ROUNDINGS``: with
    any of them the score by it stands beside the by-laws'.
    """
    from coopbook.health import UNVERIFIED, health_of
    from coopbook.i18n import say

    found = health_of(book, on)
    if name == "health":
        rows, totals = _score(found.score, language)
        if any(beside):
            other = found.score.by(_chosen(found.score.choices, *beside))
            return _beside(rows, totals, *_score(other, language))
        return rows, totals
    if name == "pearls":
        return _pearls(found.pearls, language), {}
    return _screen(found.screened, language), {"note": say(UNVERIFIED, language)}


def _chosen(
    held: Choices, mode: str | None, edge: str | None, rounding: str | None
) -> Choices:
    from coopbook.health import BandEdge, RatioRounding, ScoringMode

    return replace(
        held,
        scoring=ScoringMode(mode) if mode else held.scoring,
        edge=BandEdge(edge) if edge else held.edge,
        rounding=RatioRounding(rounding) if rounding else held.rounding,
    )


def _beside(
    rows: Rows, totals: dict[str, Any], others: Rows, other: dict[str, Any]
) -> Answer:
    """Put the points of another score beside the by-laws'."""
    both = [
        row | {"beside": each["points"]} for row, each in zip(rows, others, strict=True)
    ]
    return both, totals | {"beside": other["points"]} | {
        f"{name}_beside": other[name] for name in ("predicate", *WAYS)
    }


def _said(exact: Fraction | None) -> str:
    from coopbook.health import decimal

    return "" if exact is None else f"{decimal(exact)}"


def _about(reading: Reading, language: str) -> dict[str, Any]:
    from coopbook.i18n import say

    def speak(sentence: str) -> str:
        return say(sentence, language)

    return {
        "ratio": reading.ratio.code,
        "name": speak(reading.ratio.name),
        "percent": _said(reading.percent),
        "why": reading.reason(speak),
    }


def _score(score: Assessment, language: str) -> Answer:
    from coopbook.health import GROUP_NAMES, PREDICATE_NAMES, SUPERSEDED
    from coopbook.i18n import say

    rows = [
        _about(each.reading, language)
        | {"points": _said(each.points), "most": f"{each.scored.weight}"}
        for each in score.rows
    ]
    rows += [
        {
            "ratio": "3",
            "name": say(GROUP_NAMES[each.asked.group], language),
            "percent": "",
            "why": "",
            "points": _said(each.points),
            "most": _said(each.asked.weight),
        }
        for each in score.management
    ]
    return rows, {
        "points": f"{score.shown}",
        "most": _said(score.most),
        "predicate": say(PREDICATE_NAMES[score.predicate], language),
        "unanswered": score.unanswered,
        **{
            name: say(title, language)
            for name, title in zip(WAYS, score.choices.titles, strict=True)
        },
        "note": say(SUPERSEDED, language),
    }


def _pearls(judged: Any, language: str) -> Rows:
    from coopbook.health import VERDICT_NAMES, said
    from coopbook.i18n import say

    def speak(sentence: str) -> str:
        return say(sentence, language)

    return [
        _about(each.reading, language)
        | {
            "goal": said(each.goal, speak),
            "verdict": speak(VERDICT_NAMES[each.verdict]),
        }
        for each in judged
    ]


def _screen(screened: Any, language: str) -> Rows:
    return [
        _about(each.reading, language)
        | {"points": "" if each.score is None else f"{each.score}"}
        for each in screened
    ]
