"""The score of 2016: seven aspects, a hundred points, a predicate (pure).

Source: domain guide 8.1; worked examples in docs/rules/health.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from coopbook.baddebts.classes import Mark
from coopbook.errors import Refused
from coopbook.health.banding import Band, Bands
from coopbook.health.perdep_choices import (
    LINES,
    PREDICATES,
    Choices,
    Line,
    NothingAtRisk,
    Predicate,
    RiskyTable,
    judged,
)
from coopbook.health.perdep_tables import (
    ASKED,
    GROUP_NAMES,
    SCORED,
    SHIFTED_1B,
    Asked,
    Aspect,
    Group,
    Scored,
)
from coopbook.health.ratios import Reading, Source, Unread, decimal, read
from coopbook.i18n import N_, Word
from coopbook.money import Rounding

TITLE = N_("Health of savings-and-loan cooperatives, seven aspects (2016)")
SOURCE = Source(
    N_("formulas and bands of Permen KUKM 14/2009, predicates of Perdep 06/2016"),
    Mark.SECONDARY,
)
SUPERSEDED = N_(
    "Superseded: supervision works with the tool of Permenkop 9/2020 since. This score"
    " is for comparing years, and for those who still ask for it."
)


@dataclass(eq=False)
class TooManyAnswers(Refused):
    """A group has only so many questions."""

    sentence = N_(
        "%(group)s has %(questions)s questions, not %(given)s. Leave out what is not"
        " among them."
    )

    group: Word
    questions: int
    given: int


@dataclass(eq=False)
class FewerThanNone(Refused):
    """A number of answers is none or more."""

    sentence = N_("Enter how many answers of %(group)s are yes and no; none is 0.")

    group: Word


@dataclass(frozen=True, slots=True)
class Question:
    """A question in the cooperative's own words, with its answer if there is one."""

    text: str
    yes: bool | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """How the questions of a group were answered, and who says so.

    Questions written out count beside the bare numbers.
    """

    yes: int = 0
    no: int = 0
    own: tuple[Question, ...] = ()
    said_by: str = ""

    @property
    def ayes(self) -> int:
        """How many are yes."""
        return self.yes + sum(each.yes is True for each in self.own)

    @property
    def given(self) -> int:
        """How many are answered."""
        return self.ayes + self.no + sum(each.yes is False for each in self.own)

    @property
    def named(self) -> int:
        """How many questions are taken up, answered or not."""
        return self.yes + self.no + len(self.own)


NO_ANSWERS = Answers()


class Basis(StrEnum):
    """How a row came to its points."""

    BANDS = "bands"
    LINE = "line"
    NOTHING_AT_RISK = "nothing_at_risk"
    NOT_READ = "not_read"
    OFF_THE_TABLE = "off_the_table"


BASIS_NAMES = {
    Basis.BANDS: N_("by its table"),
    Basis.LINE: N_("by a straight line"),
    Basis.NOTHING_AT_RISK: N_("nothing is at risk: all points, as was chosen"),
    Basis.NOT_READ: N_("no value, so no points"),
    Basis.OFF_THE_TABLE: N_("beyond what the table says, so no points"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A ratio with its value of a hundred and its points.

    ``judged`` is the percentage as it was rounded and looked up.
    """

    scored: Scored
    reading: Reading
    basis: Basis
    judged: Fraction | None = None
    value: Fraction | None = None
    band: Band | None = None
    line: Line | None = None

    @property
    def code(self) -> str:
        """The code of the ratio."""
        return self.scored.ratio.code

    @property
    def points(self) -> Fraction:
        """Its points, exactly: value × weight ÷ 100."""
        return (self.value or Fraction(0)) * self.scored.weight / 100

    @property
    def open(self) -> Fraction:
        """The points that nobody can give or refuse yet."""
        return Fraction(self.scored.weight if self.value is None else 0)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The questions of a group with their answers and points."""

    asked: Asked
    answers: Answers

    @property
    def points(self) -> Fraction:
        """What the ayes are worth."""
        return self.asked.worth * self.answers.ayes

    @property
    def unanswered(self) -> int:
        """How many questions have no answer, and so no points."""
        return self.asked.questions - self.answers.given

    @property
    def open(self) -> Fraction:
        """The points of questions without an answer."""
        return self.asked.worth * self.unanswered


@dataclass(frozen=True, slots=True)
class AspectSum:
    """The points of an aspect out of those it could have; ``open`` are not judged."""

    aspect: Aspect
    weight: Fraction
    points: Fraction
    open: Fraction


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that was scored, row by row, and what it comes to."""

    rows: tuple[Row, ...]
    management: tuple[GroupRow, ...]
    choices: Choices = field(default_factory=Choices)

    def by(self, choices: Choices) -> Assessment:
        """Return the same readings and answers, scored by other choices."""
        answers = {each.asked.group: each.answers for each in self.management}
        return assess((each.reading for each in self.rows), answers, choices)

    @property
    def aspects(self) -> tuple[AspectSum, ...]:
        """The points by aspect, in their order."""
        return tuple(self._sum(each) for each in Aspect)

    def _sum(self, aspect: Aspect) -> AspectSum:
        if aspect is Aspect.MANAGEMENT:
            groups = self.management
            weight = sum((each.asked.weight for each in groups), Fraction(0))
            parts = [(each.points, each.open) for each in groups]
        else:
            rows = [each for each in self.rows if each.scored.aspect is aspect]
            weight = Fraction(sum(each.scored.weight for each in rows))
            parts = [(each.points, each.open) for each in rows]
        points, undecided = (
            sum(each, Fraction(0)) for each in zip(*parts, strict=True)
        )
        return AspectSum(aspect, weight, points, undecided)

    @property
    def total(self) -> Fraction:
        """The points of all aspects, exactly."""
        return sum((each.points for each in self.aspects), Fraction(0))

    @property
    def most(self) -> Fraction:
        """What the total would be if all that is not judged brought all its points."""
        return self.total + sum((each.open for each in self.aspects), Fraction(0))

    @property
    def shown(self) -> Decimal:
        """The total with two digits.

        Rounding: down, so that no total looks as if it had reached a limit.
        """
        return decimal(self.total, 2, Rounding.DOWN)

    @property
    def predicate(self) -> Predicate:
        """What the total is called."""
        return PREDICATES[self.choices.predicates].of(self.total)

    @property
    def not_scored(self) -> tuple[Row, ...]:
        """The ratios that have no value, each for its reason."""
        return tuple(each for each in self.rows if each.value is None)

    @property
    def unanswered(self) -> int:
        """How many questions have no answer."""
        return sum(each.unanswered for each in self.management)


def table_of(scored: Scored, choices: Choices) -> Bands:
    """Return the bands of a ratio: the cooperative's own, else the printed ones."""
    code = scored.ratio.code
    if code in choices.bands:
        return choices.bands[code]
    if code == "1b" and choices.risky is RiskyTable.SHIFTED:
        return SHIFTED_1B
    return scored.bands


def score(scored: Scored, reading: Reading, choices: Choices) -> Row:
    """Return the value and the points of one ratio.

    Rounding: the percentage as was chosen; nothing after it.

    >>> from coopbook.health import Input, read
    >>> found = read(SCORED[3].ratio, {Input.MEMBER_LOANS: 733, Input.LOANS: 1000})
    >>> print(score(SCORED[3], found, Choices()).points)
    15/2
    """
    assert reading.ratio.code == scored.ratio.code, "the reading of another ratio"
    if reading.percent is None:
        guarded = scored.guards and reading.why is Unread.NOTHING
        if guarded and choices.nothing_at_risk is NothingAtRisk.ALL_POINTS:
            return Row(scored, reading, Basis.NOTHING_AT_RISK, value=Fraction(100))
        return Row(scored, reading, Basis.NOT_READ)
    percent = judged(reading.percent, choices.rounding)
    line = LINES[choices.scoring].get(scored.ratio.code)
    if line is not None:
        value = line.value(percent)
        return Row(scored, reading, Basis.LINE, percent, value, line=line)
    band = table_of(scored, choices).band_of(percent, choices.edge)
    if band is None or band.value is None:
        return Row(scored, reading, Basis.OFF_THE_TABLE, percent, band=band)
    return Row(scored, reading, Basis.BANDS, percent, Fraction(band.value), band)


def assess(
    readings: Iterable[Reading],
    answers: Mapping[Group, Answers],
    choices: Choices | None = None,
) -> Assessment:
    """Score a cooperative by its seven aspects.

    A question without an answer brings no points, nor does a ratio without a value;
    ``Assessment.most`` says what they could still bring.

    Raises: ``TooManyAnswers``, ``FewerThanNone``.
    Source: ``SCORED``, ``ASKED`` and ``OPTIONS`` name it for each part.
    """
    chosen = choices or Choices()
    found = {each.ratio.code: each for each in readings}
    rows = tuple(
        score(each, found.get(each.ratio.code) or read(each.ratio, {}), chosen)
        for each in SCORED
    )
    return Assessment(rows, _questioned(ASKED, answers), chosen)


def _questioned(
    asked: Sequence[Asked], answers: Mapping[Group, Answers]
) -> tuple[GroupRow, ...]:
    rows = []
    for each in asked:
        given = answers.get(each.group, NO_ANSWERS)
        name = Word(GROUP_NAMES[each.group])
        if given.yes < 0 or given.no < 0:
            raise FewerThanNone(name)
        if given.named > each.questions:
            raise TooManyAnswers(name, each.questions, given.named)
        rows.append(GroupRow(each, given))
    return tuple(rows)
