"""The score of 2016: every edge, an oracle in whole numbers, what it may never be."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopbook.baddebts import Mark
from coopbook.health import (
    ASKED,
    ASPECT_NAMES,
    BASIS_NAMES,
    LINES,
    OPTIONS,
    PREDICATE_NAMES,
    PREDICATES,
    RATIOS,
    SCORED,
    SUPERSEDED,
    Answers,
    Aspect,
    Band,
    BandEdge,
    Bands,
    Basis,
    Choices,
    FewerThanNone,
    Group,
    Input,
    NothingAtRisk,
    Predicate,
    PredicateSet,
    Question,
    RatioRounding,
    Reading,
    RiskyTable,
    ScoringMode,
    Source,
    TooManyAnswers,
    Unread,
    assess,
    read_all,
    score,
)
from coopbook.money import Money
from tests.oracles.naive_health import (
    ASPECTS,
    FULL,
    QUESTIONS,
    naive_management,
    naive_points,
    naive_predicate,
)

EDGES = Path(__file__).parents[3] / "docs/rules/health-bands.csv"
BY_CODE = {each.ratio.code: each for each in SCORED}


def reading_of(code, value):
    """What a ratio came to, whatever the figures."""
    return Reading(RATIOS[code], (), value)


def edges():
    with EDGES.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if row["tool"] == "perdep2016"]


@pytest.mark.parametrize("code", [*BY_CODE, "1b-shifted"])
def test_each_edge_of_the_table_written_from_the_source(code):
    rows = [row for row in edges() if row["code"] == code]
    wrong = []
    for row in rows:
        risky = RiskyTable.SHIFTED if "shifted" in code else RiskyTable.STEPPED
        choices = Choices(edge=BandEdge(row["edge"]), risky=risky)
        base = code.removesuffix("-shifted")
        value = Fraction(row["percent"]) / 100
        found = score(BY_CODE[base], reading_of(base, value), choices)
        if row["expected"] == "":
            right = found.basis is Basis.OFF_THE_TABLE and found.points == 0
        else:
            right = found.points == Fraction(row["expected"])
        if not right:
            wrong.append(f"{row['why']} ({row['edge']}): {found.points}")
    assert wrong == []
    assert len(rows) >= 5


modes = st.sampled_from(list(ScoringMode))
choices_of_all_kinds = st.builds(
    Choices,
    scoring=modes,
    edge=st.sampled_from(list(BandEdge)),
    rounding=st.sampled_from(list(RatioRounding)),
    risky=st.sampled_from(list(RiskyTable)),
    predicates=st.sampled_from(list(PredicateSet)),
)
LIMITS = sorted({Fraction(row["percent"]) for row in edges()})
HALVES = [Fraction(twice, 2) for twice in range(-3, 240, 2)]


@st.composite
def parts(draw):
    """Draw a part and a whole, often close to a limit of some table."""
    whole = draw(st.integers(1, 10**13))
    if draw(st.booleans()):
        whole *= 10_000  # so that every limit is hit exactly
        percent = draw(st.sampled_from(LIMITS + HALVES))
        part = int(percent * whole / 100) + draw(st.integers(-1, 1))
    else:
        part = draw(st.integers(-whole // 5, 3 * whole))
    return part, whole


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from(sorted(BY_CODE)), parts(), choices_of_all_kinds)
def test_points_are_what_somebody_finds_with_whole_numbers(code, drawn, choices):
    part, whole = drawn
    found = score(BY_CODE[code], reading_of(code, Fraction(part, whole)), choices)
    expected = naive_points(
        code,
        part,
        whole,
        scoring=choices.scoring.value,
        edge=choices.edge.value,
        rounding=choices.rounding.value,
        risky=choices.risky.value,
    )
    if expected is None:
        assert found.basis is Basis.OFF_THE_TABLE
        assert found.points == 0
    else:
        assert found.points == Fraction(*expected)
    assert 0 <= found.points <= BY_CODE[code].weight


RISING = ("1b", "1c", "2a", "2c", "5b", "6a", "6b", "6c", "7a", "7b")
FALLING = ("2b", "2d", "4a", "4b", "4c")
"""1a and 5a are neither: too much own capital and idle cash cost points."""


@settings(max_examples=600, deadline=None)
@given(
    st.sampled_from(RISING + FALLING),
    *(st.fractions(-1, 3), st.fractions(-1, 3)),
    choices_of_all_kinds,
)
def test_a_better_ratio_never_has_fewer_points(code, one, other, choices):
    low, high = (
        score(BY_CODE[code], reading_of(code, value), choices).points
        for value in sorted((one, other))
    )
    assert low <= high if code in RISING else low >= high


def test_too_much_own_capital_and_idle_cash_cost_points():
    def points(code, percent):
        value = Fraction(percent, 100)
        return score(BY_CODE[code], reading_of(code, value), Choices()).points

    assert [points("1a", each) for each in (20, 60, 80, 100)] == [1.5, 6, 3, 1.5]
    assert [points("5a", each) for each in (10, 15, 20, 40)] == [2.5, 10, 5, 2.5]
    assert set(RISING) | set(FALLING) | {"1a", "5a"} == set(BY_CODE)


amounts = st.integers(0, 10**12).map(Money)
figures = st.fixed_dictionaries({}, optional=dict.fromkeys(Input, amounts))
answers = st.fixed_dictionaries(
    {},
    optional={
        Group(name): st.integers(0, most).flatmap(
            lambda yes, most=most: st.integers(0, most - yes).map(
                lambda no: Answers(yes, no)
            )
        )
        for name, (most, _) in QUESTIONS.items()
    },
)


@settings(max_examples=400, deadline=None)
@given(figures, answers, choices_of_all_kinds)
def test_a_total_is_its_parts_and_stays_within_a_hundred(known, given_, choices):
    found = assess(read_all(RATIOS.values(), known), given_, choices)

    assert 0 <= found.total <= found.most <= 100
    rows = {row.code: row.points for row in found.rows}
    by_aspect = {each.aspect: each for each in found.aspects}
    for name, codes in ASPECTS.items():
        one = by_aspect[Aspect(name)]
        assert one.points == sum(rows[code] for code in codes)
        assert one.weight * 100 == sum(FULL[code] for code in codes)
        assert one.points + one.open <= one.weight
    ayes = {group.value: each.yes for group, each in given_.items()}
    management = by_aspect[Aspect.MANAGEMENT]
    assert management.points == Fraction(naive_management(ayes), 100)
    assert found.total == sum(rows.values()) + management.points
    year = 2016 if choices.predicates is PredicateSet.OF_2016 else 2009
    assert found.predicate.value == naive_predicate(
        found.total.numerator, found.total.denominator, year
    )
    assert (
        Fraction(found.shown) <= found.total < Fraction(found.shown) + Fraction(1, 100)
    )


def test_the_weights_are_those_of_the_source():
    found = assess([], {})
    weights = {each.aspect.value: each.weight for each in found.aspects}
    assert weights == {
        "capital": 15,
        "asset_quality": 25,
        "management": 15,
        "efficiency": 10,
        "liquidity": 15,
        "growth": 10,
        "identity": 10,
    }
    assert {each.group.value: each.questions for each in ASKED} == {
        "general": 12,
        "institution": 6,
        "capital": 5,
        "assets": 10,
        "liquidity": 5,
    }
    assert all(each.weight == 3 for each in ASKED)


def test_what_is_not_known_brings_no_points_and_is_said():
    found = assess([], {Group.GENERAL: Answers(yes=2, no=3)})

    assert found.total == Fraction(1, 2)
    assert len(found.not_scored) == len(SCORED)
    assert all(row.basis is Basis.NOT_READ for row in found.not_scored)
    assert "own capital" in found.rows[0].reading.reason()
    assert found.unanswered == 38 - 5
    # 85 points of ratios, and what the 33 questions could bring
    assert found.most == Fraction(1, 2) + 85 + (15 - Fraction(5, 4))


def no_loans_late():
    return read_all(
        RATIOS.values(),
        {
            Input.RISK_RESERVE: Money(5_000_000),
            Input.SUBSTANDARD: Money(0),
            Input.DOUBTFUL: Money(0),
            Input.LOSS: Money(0),
            Input.LOANS: Money(50_000_000),
        },
    )


def test_nothing_at_risk_is_worth_what_was_chosen():
    plain = assess(no_loans_late(), {})
    chosen = Choices(nothing_at_risk=NothingAtRisk.ALL_POINTS)
    full = assess(no_loans_late(), {}, chosen)

    def points(found):
        return {row.code: row.points for row in found.rows if row.points}

    assert points(plain) == {"2b": 5}
    assert points(full) == {"2b": 5, "2c": 5}
    row = next(row for row in plain.rows if row.code == "2c")
    assert row.reading.why is Unread.NOTHING
    assert "is nil" in row.reading.reason()
    # What is only unknown is never taken for nothing at risk.
    assert next(row for row in full.rows if row.code == "1b").points == 0


def test_a_loss_is_no_low_cost():
    known = {
        Input.OPERATING_EXPENSE: Money(30_000_000),
        Input.GROSS_SURPLUS: Money(-10_000_000),
        Input.MEMBERS_SURPLUS: Money(-2_000_000),
        Input.OWN_CAPITAL: Money(-9_000_000),
    }
    found = assess(read_all(RATIOS.values(), known), {})
    rows = {row.code: row for row in found.rows}

    for code in ("4b", "6b"):
        assert rows[code].reading.why is Unread.BELOW_NOTHING
        assert rows[code].points == 0


def test_questions_in_own_words_count_beside_numbers():
    own = (Question("Is the plan of the year written down?", yes=True),)
    own += (Question("Are minutes signed?"), Question("Is cash counted?", yes=False))
    found = assess([], {Group.LIQUIDITY: Answers(yes=1, own=own, said_by="Sari")})

    row = found.management[-1]
    assert row.points == Fraction(6, 5)
    assert row.unanswered == 2
    assert row.answers.said_by == "Sari"


@pytest.mark.parametrize("group", list(Group))
@pytest.mark.parametrize("answer", [True, False, None])
def test_no_group_has_more_answers_than_questions(group, answer):
    most = QUESTIONS[group.value][0]
    assert assess([], {group: Answers(yes=most)}).total == 3
    own = (Question("One more", yes=answer),)
    with pytest.raises(TooManyAnswers) as refusal:
        assess([], {group: Answers(yes=most, own=own)})
    assert refusal.value.questions == most
    assert refusal.value.given == most + 1


@pytest.mark.parametrize("answers", [Answers(yes=-1), Answers(no=-1)])
def test_no_number_of_answers_is_below_none(answers):
    with pytest.raises(FewerThanNone):
        assess([], {Group.GENERAL: answers})


def test_a_table_of_the_cooperatives_own_goes_first():
    own = Bands(
        (Band(Fraction(50), 0), Band(None, 100)),
        Source("by-laws", Mark.UNKNOWN),
    )
    choices = Choices(bands={"2a": own})
    found = score(BY_CODE["2a"], reading_of("2a", Fraction(1, 2)), choices)
    assert found.points == 10
    assert found.band == own.bands[1]


def test_a_straight_line_is_used_only_where_one_is_known():
    for mode in (ScoringMode.ANNEX, ScoringMode.THESIS):
        assert set(LINES[mode]) == {"1b", "2b", "2c"}
    choices = Choices(scoring=ScoringMode.ANNEX)
    line = score(BY_CODE["2b"], reading_of("2b", Fraction(0)), choices)
    # The annex's line ends at 90 where its table gives 100.
    assert (line.basis, line.value) == (Basis.LINE, 90)
    bands = score(BY_CODE["2a"], reading_of("2a", Fraction(1, 3)), choices)
    assert bands.basis is Basis.BANDS


def test_everything_says_where_it_comes_from():
    sources = [each.ratio.source for each in SCORED]
    sources += [each.bands.source for each in SCORED]
    sources += [each.source for each in ASKED]
    sources += [option.source for option in OPTIONS.values()]
    assert all(each.said and isinstance(each.mark, Mark) for each in sources)
    primary = {
        each.ratio.code for each in SCORED if each.bands.source.mark is Mark.PRIMARY
    }
    assert primary == {"2a"}
    offered = (ScoringMode, RatioRounding, RiskyTable, NothingAtRisk, PredicateSet)
    assert set(OPTIONS) == {each for kind in offered for each in kind}
    assert set(PREDICATES) == set(PredicateSet)
    assert set(PREDICATE_NAMES) == set(Predicate)
    assert set(ASPECT_NAMES) == set(Aspect)
    assert set(BASIS_NAMES) == set(Basis)
    assert SUPERSEDED.startswith("Superseded")
