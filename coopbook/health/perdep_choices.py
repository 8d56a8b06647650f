"""What the sources of the 2016 score leave open, each choice with its source (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from coopbook.baddebts.classes import Mark
from coopbook.health.banding import BAND_EDGE_NAMES, BandEdge, Bands
from coopbook.health.perdep_tables import ANNEX, PERDEP, REPRINTED
from coopbook.health.ratios import Source
from coopbook.i18n import N_
from coopbook.money import Rounding, rounded


class ScoringMode(StrEnum):
    """How a ratio becomes a value: by a table, or by a straight line."""

    BANDS = "bands"
    ANNEX = "annex"
    THESIS = "thesis"


class RatioRounding(StrEnum):
    """What is done to a percentage before it is scored."""

    EXACT = "exact"
    WHOLE = "whole"
    UP = "up"


class RiskyTable(StrEnum):
    """Which of two tables of 1b is used."""

    STEPPED = "stepped"
    SHIFTED = "shifted"


class NothingAtRisk(StrEnum):
    """What a ratio that divides by a risk is worth where nothing is at risk."""

    NO_POINTS = "no_points"
    ALL_POINTS = "all_points"


class PredicateSet(StrEnum):
    """By which rules a total gets its name."""

    OF_2016 = "of_2016"
    OF_2009 = "of_2009"


class Predicate(StrEnum):
    """What a total is called."""

    HEALTHY = "healthy"
    FAIRLY_HEALTHY = "fairly_healthy"
    SUPERVISED = "supervised"
    SPECIALLY_SUPERVISED = "specially_supervised"
    LESS_HEALTHY = "less_healthy"
    UNHEALTHY = "unhealthy"
    VERY_UNHEALTHY = "very_unhealthy"


P = Predicate
PREDICATE_NAMES = {
    P.HEALTHY: N_("Healthy"),
    P.FAIRLY_HEALTHY: N_("Fairly healthy"),
    P.SUPERVISED: N_("Under supervision"),
    P.SPECIALLY_SUPERVISED: N_("Under special supervision"),
    P.LESS_HEALTHY: N_("Less healthy"),
    P.UNHEALTHY: N_("Unhealthy"),
    P.VERY_UNHEALTHY: N_("Very unhealthy"),
}


@dataclass(frozen=True, slots=True)
class Predicates:
    """From which total on each name is given, the best first; the last has no limit."""

    steps: tuple[tuple[int, Predicate], ...]
    last: Predicate

    def of(self, total: Fraction) -> Predicate:
        """Return the name of a total; a total on a limit has reached it.

        >>> PREDICATES[PredicateSet.OF_2016].of(Fraction("79.99")).value
        'fairly_healthy'
        """
        return next((name for least, name in self.steps if total >= least), self.last)


PREDICATES = {
    PredicateSet.OF_2016: Predicates(
        ((80, P.HEALTHY), (66, P.FAIRLY_HEALTHY), (51, P.SUPERVISED)),
        P.SPECIALLY_SUPERVISED,
    ),
    PredicateSet.OF_2009: Predicates(
        (
            (80, P.HEALTHY),
            (60, P.FAIRLY_HEALTHY),
            (40, P.LESS_HEALTHY),
            (20, P.UNHEALTHY),
        ),
        P.VERY_UNHEALTHY,
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A value that grows or falls by so much for each percent, between 0 and 100."""

    start: int
    slope: int
    source: Source

    def value(self, percent: Fraction) -> Fraction:
        """Return the value of a percentage.

        >>> LINES[ScoringMode.ANNEX]["2b"].value(Fraction(4))
        Fraction(82, 1)
        """
        return min(max(self.start + self.slope * percent, Fraction(0)), Fraction(100))


FOR_EACH_PERCENT = Line(0, 1, REPRINTED)
"""One more for each percent; which is what the texts of 1b and 2c say."""

LINES: Mapping[ScoringMode, Mapping[str, Line]] = {
    ScoringMode.BANDS: {},
    ScoringMode.ANNEX: {
        "1b": FOR_EACH_PERCENT,
        "2b": Line(90, -2, ANNEX),
        "2c": FOR_EACH_PERCENT,
    },
    ScoringMode.THESIS: {
        "1b": FOR_EACH_PERCENT,
        "2b": Line(100, -2, Source("KPRI Nagara 2014–2016", Mark.SECONDARY)),
        "2c": FOR_EACH_PERCENT,
    },
}
"""Where a line is known; every other ratio goes by its bands in every mode."""

HOW = {
    RatioRounding.WHOLE: Rounding.HALF_UP,
    RatioRounding.UP: Rounding.UP,
}


def judged(percent: Fraction, how: RatioRounding) -> Fraction:
    """Return the percentage that is looked up.

    Rounding: none, to a whole percent with halves away from nothing, or to the next
              whole percent away from nothing.

    >>> [str(judged(Fraction("4.19"), how)) for how in RatioRounding]
    ['419/100', '4', '5']
    """
    if how is RatioRounding.EXACT:
        return percent
    return Fraction(rounded(percent, HOW[how]))


@dataclass(frozen=True, slots=True)
class Option:
    """What a choice is called and who chose so."""

    title: str
    source: Source


Choice = ScoringMode | RatioRounding | RiskyTable | NothingAtRisk | PredicateSet
NAGARA = Source("KPRI Nagara 2014–2016", Mark.SECONDARY)
PROGRAM = Source(N_("a public program for the assessment"), Mark.SECONDARY)
DISAGREE = Source(N_("copies of the table disagree"), Mark.UNKNOWN)
OURS = Source(N_("our choice: no source says"), Mark.UNKNOWN)
OPTIONS: Mapping[Choice, Option] = {
    ScoringMode.BANDS: Option(N_("by the tables"), REPRINTED),
    ScoringMode.ANNEX: Option(N_("by the lines of the annex, where it has one"), ANNEX),
    ScoringMode.THESIS: Option(
        N_("by the lines of theses, where they have one"), NAGARA
    ),
    RatioRounding.EXACT: Option(N_("the ratio as it is"), OURS),
    RatioRounding.WHOLE: Option(N_("the ratio to a whole percent, half up"), NAGARA),
    RatioRounding.UP: Option(N_("the ratio up to the next whole percent"), PROGRAM),
    RiskyTable.STEPPED: Option(N_("up to 10 percent of 1b brings 0.6"), DISAGREE),
    RiskyTable.SHIFTED: Option(N_("below 10 percent of 1b brings nothing"), DISAGREE),
    NothingAtRisk.NO_POINTS: Option(N_("where nothing is at risk: no points"), OURS),
    NothingAtRisk.ALL_POINTS: Option(N_("where nothing is at risk: all points"), OURS),
    PredicateSet.OF_2016: Option(N_("predicates of 2016"), PERDEP),
    PredicateSet.OF_2009: Option(N_("predicates of 2009, for old papers"), REPRINTED),
}


@dataclass(frozen=True, slots=True)
class Choices:
    """How one cooperative is scored; ``bands`` are tables of its own, by ratio."""

    scoring: ScoringMode = ScoringMode.BANDS
    edge: BandEdge = BandEdge.AS_PRINTED
    rounding: RatioRounding = RatioRounding.EXACT
    risky: RiskyTable = RiskyTable.STEPPED
    nothing_at_risk: NothingAtRisk = NothingAtRisk.NO_POINTS
    predicates: PredicateSet = PredicateSet.OF_2016
    bands: Mapping[str, Bands] = field(default_factory=dict)

    @property
    def titles(self) -> tuple[str, str, str]:
        """What its mode, its edge and its rounding are called, in English."""
        return (
            OPTIONS[self.scoring].title,
            BAND_EDGE_NAMES[self.edge],
            OPTIONS[self.rounding].title,
        )
