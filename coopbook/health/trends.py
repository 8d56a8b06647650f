"""What became of a ratio since another time: better, worse, the same (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from coopbook.health.kkpkk import Screened
from coopbook.health.pearls import Judged
from coopbook.health.perdep import Row
from coopbook.health.ratios import Reading
from coopbook.i18n import N_


class Course(StrEnum):
    """Which way a ratio went."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    UNKNOWN = "unknown"


COURSE_NAMES = {
    Course.BETTER: N_("better"),
    Course.SAME: N_("the same"),
    Course.WORSE: N_("worse"),
    Course.UNKNOWN: N_("cannot be said"),
}


@dataclass(frozen=True, slots=True)
class Moved:
    """By how many percent a ratio moved, and whether that is to the good.

    To the good means more points, or nearer to the goal: more own capital is not
    always better.
    """

    change: Fraction | None
    course: Course


def moved_points(before: Row, now: Row) -> Moved:
    """Return what became of a row of the score, by its points."""
    return _moved(before.reading, now.reading, before.value, now.value)


def moved_score(before: Screened, now: Screened) -> Moved:
    """Return what became of an indicator, by its score."""
    merits = [
        None if each.score is None else Fraction(each.score) for each in (before, now)
    ]
    return _moved(before.reading, now.reading, *merits)


def moved_goal(before: Judged, now: Judged) -> Moved:
    """Return what became of a ratio, by how far it is from its goal."""
    merits = [None if each.short is None else -each.short for each in (before, now)]
    return _moved(before.reading, now.reading, *merits)


def _moved(
    before: Reading, now: Reading, then: Fraction | None, merit: Fraction | None
) -> Moved:
    assert before.ratio.code == now.ratio.code, "two times of one ratio"
    change = None
    if before.percent is not None and now.percent is not None:
        change = now.percent - before.percent
    if then is None or merit is None:
        return Moved(change, Course.UNKNOWN)
    if merit == then:
        return Moved(change, Course.SAME)
    return Moved(change, Course.BETTER if merit > then else Course.WORSE)
