"""From one year to the next: better means more points, or nearer to the goal."""

from __future__ import annotations

from fractions import Fraction

import pytest

from coopbook.health import (
    COURSE_NAMES,
    INDICATORS,
    PEARLS,
    SCORED,
    Choices,
    Course,
    Moved,
    Reading,
    judge_all,
    moved_goal,
    moved_points,
    moved_score,
    score,
    screen,
)


def reading(ratio, percent):
    value = None if percent is None else Fraction(percent) / 100
    return Reading(ratio, (), value)


def of(tables, code):
    return next(each for each in tables if each.ratio.code == code)


@pytest.mark.parametrize(
    ("code", "before", "now", "course"),
    [
        ("2b", 11, 9, Course.BETTER),
        ("2b", 9, 11, Course.WORSE),
        ("2b", 9, 8, Course.SAME),  # less risk, but in the same band
        ("1a", 50, 70, Course.WORSE),  # too much own capital
        ("5a", 25, 14, Course.BETTER),  # idle cash went down
        ("6a", None, 5, Course.UNKNOWN),
    ],
)
def test_a_row_of_the_score(code, before, now, course):
    scored = of(SCORED, code)
    rows = [
        score(scored, reading(scored.ratio, percent), Choices())
        for percent in (before, now)
    ]
    change = None if before is None else Fraction(now - before)
    assert moved_points(*rows) == Moved(change, course)


@pytest.mark.parametrize(
    ("code", "before", "now", "course"),
    [
        ("E5", 86, 84, Course.BETTER),  # nearer to 70 to 80
        ("E5", 72, 78, Course.SAME),  # both meet it
        ("E5", 60, 91, Course.WORSE),
        ("A1", 4, 6, Course.WORSE),
        ("R1", 4, 6, Course.UNKNOWN),  # no goal in figures
        ("L1", 15, None, Course.UNKNOWN),
    ],
)
def test_a_ratio_beside_its_goal(code, before, now, course):
    pearl = of(PEARLS, code)
    place = PEARLS.index(pearl)
    both = [
        judge_all([reading(pearl.ratio, percent)])[place] for percent in (before, now)
    ]
    change = None if now is None else Fraction(now - before)
    assert moved_goal(*both) == Moved(change, course)


def test_an_indicator_of_2021():
    indicator = of(INDICATORS, "npl")
    place = INDICATORS.index(indicator)
    both = [
        screen([reading(indicator.ratio, percent)])[place] for percent in (12, "4.5")
    ]
    assert moved_score(*both) == Moved(Fraction("-7.5"), Course.BETTER)
    assert set(COURSE_NAMES) == set(Course)
