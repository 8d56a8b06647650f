"""PEARLS: each ratio beside its goal, met or missed (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from coopbook.health.pearls_tables import PEARLS, Goal, Pearl
from coopbook.health.ratios import Reading, Say, decimal, read
from coopbook.i18n import N_

TITLE = N_("PEARLS of credit unions")
NOT_LAW = N_(
    "Goals of credit unions worldwide, from general knowledge; no Indonesian rule asks"
    " for them."
)


class Verdict(StrEnum):
    """Whether a goal is reached."""

    MET = "met"
    MISSED = "missed"
    NO_GOAL = "no_goal"
    UNKNOWN = "unknown"


VERDICT_NAMES = {
    Verdict.MET: N_("reached"),
    Verdict.MISSED: N_("not reached"),
    Verdict.NO_GOAL: N_("no goal in figures"),
    Verdict.UNKNOWN: N_("cannot be said"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A ratio, its goal in the figures of the year, and whether it is reached.

    ``short`` is by how many percent it is missed, nothing where it is not.
    """

    pearl: Pearl
    goal: Goal
    reading: Reading
    verdict: Verdict
    short: Fraction | None = None


def said(goal: Goal, say: Say = str) -> str:
    """Return a goal in words.

    >>> from coopbook.health import PEARLS
    >>> [said(each.goal) for each in PEARLS if each.ratio.code in ("P5", "E5", "L3")]
    ['at least 75%', '70% to 80%', 'less than 1%']
    """
    if goal.aim:
        return say(goal.aim)
    if goal.over_inflation:
        facts = {"percent": _figure(goal.least)}
        return say(N_("more than %(percent)s%% above inflation")) % facts
    if goal.least is not None and goal.most is not None:
        facts = {"least": _figure(goal.least), "most": _figure(goal.most)}
        return say(N_("%(least)s%% to %(most)s%%")) % facts
    if goal.least is not None:
        return say(N_("at least %(percent)s%%")) % {"percent": _figure(goal.least)}
    if goal.strict:
        return say(N_("less than %(percent)s%%")) % {"percent": _figure(goal.most)}
    return say(N_("at most %(percent)s%%")) % {"percent": _figure(goal.most)}


def _figure(percent: Fraction | None) -> str:
    assert percent is not None
    return f"{decimal(percent, 2).normalize():f}"


def judge(
    pearl: Pearl, goal: Goal, reading: Reading, inflation: Fraction | None
) -> Judged:
    """Say whether a reading reaches a goal.

    Units: ``inflation`` in percent a year.
    """
    if goal.least is None and goal.most is None:
        return Judged(pearl, goal, reading, Verdict.NO_GOAL)
    percent, least = reading.percent, goal.least
    if goal.over_inflation and least is not None and inflation is not None:
        least += inflation
    if percent is None or (goal.over_inflation and inflation is None):
        return Judged(pearl, goal, reading, Verdict.UNKNOWN)
    short = Fraction(0)
    if least is not None:
        short = max(short, least - percent)
    if goal.most is not None:
        short = max(short, percent - goal.most)
    on_limit = goal.strict and percent in (least, goal.most)
    missed = short > 0 or on_limit
    return Judged(
        pearl, goal, reading, Verdict.MISSED if missed else Verdict.MET, short
    )


def judge_all(
    readings: Iterable[Reading],
    *,
    goals: Mapping[str, Goal] | None = None,
    inflation: Fraction | None = None,
) -> tuple[Judged, ...]:
    """Say of every ratio whether its goal is reached.

    Units:  ``inflation`` in percent a year; without it S11 cannot be said.
    Source: ``PEARLS``; ``goals`` are those a cooperative chose instead, by code.

    >>> from coopbook.health import Input
    >>> found = {each.pearl.ratio.code: each for each in judge_all(
    ...     [read(PEARLS[10].ratio, {Input.SAVINGS_DEPOSITS: 75, Input.ASSETS: 100})])}
    >>> found["E5"].verdict.value, found["P1"].verdict.value
    ('met', 'unknown')
    """
    chosen = goals or {}
    found = {each.ratio.code: each for each in readings}
    return tuple(
        judge(
            each,
            chosen.get(each.ratio.code, each.goal),
            found.get(each.ratio.code) or read(each.ratio, {}),
            inflation,
        )
        for each in PEARLS
    )
