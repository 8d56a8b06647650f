"""A ratio: the formula that is shown is the one that is reckoned."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopbook.baddebts import Mark
from coopbook.health import (
    BESIDE,
    BY_RISK,
    INDICATORS,
    INPUT_NAMES,
    OWN,
    PART_NAMES,
    PEARLS,
    SCORED,
    UNREAD_NAMES,
    WITH_LIABILITIES,
    Input,
    Part,
    Ratio,
    Source,
    Unread,
    counted,
    decimal,
    read,
    read_all,
    weigh,
)
from coopbook.money import Money

TAKEN = [each.ratio for each in (*SCORED, *INDICATORS, *PEARLS)]
EVERY = [*TAKEN, *BESIDE]
HERE = Source("here", Mark.KNOWLEDGE)


def by_hand(formula, known):
    """Work a shown formula out: names become figures, signs what they mean."""
    text = formula
    for name in sorted(known, key=len, reverse=True):
        text = text.replace(name, f"<{known[name]}>")
    text = re.sub(r"<(-?\d+)>", r"Fraction(\1)", text)
    text = re.sub(r"(\d+)% ×", r"Fraction(\1, 100) *", text)
    text = text.replace("÷", "/").replace("−", "-")
    return eval(text, {"Fraction": Fraction})


def named(term):
    return term.name()


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(EVERY), st.data())
def test_the_formula_that_is_shown_is_the_one_that_is_reckoned(ratio, data):
    amounts = {
        (term.input, term.before): data.draw(st.integers(1, 10**12))
        for term in ratio.inputs
    }
    now = {each: units for (each, past), units in amounts.items() if not past}
    before = {each: units for (each, past), units in amounts.items() if past}
    found = read(ratio, now, before)
    known = {named(term): amounts[term.input, term.before] for term in ratio.inputs}
    shown = by_hand(ratio.formula(), known)
    if ratio.most is not None and shown > ratio.most:
        assert found.value == ratio.most
        assert found.capped
    else:
        assert found.value == shown
        assert not found.capped


def test_money_counts_and_halves_are_divided_alike():
    ratio = Ratio("x", "x", *((each,) for each in SCORED[2].ratio.inputs), HERE)
    for amount in (Money(7), 7, Fraction(7)):
        known = {Input.WEIGHTED_CAPITAL: amount, Input.WEIGHTED_ASSETS: Money(14)}
        assert read(ratio, known).value == Fraction(1, 2)
    half = {Input.WEIGHTED_CAPITAL: Fraction(1, 2), Input.WEIGHTED_ASSETS: Money(1)}
    assert read(ratio, half).percent == 50


@pytest.mark.parametrize(
    ("divisor", "why", "said"),
    [
        (None, Unread.MISSING, "Not known: all loans."),
        (Money(0), Unread.NOTHING, "There is nothing to divide by: all loans is nil."),
        (
            Money(-1),
            Unread.BELOW_NOTHING,
            "What is divided by is below nothing: all loans.",
        ),
    ],
)
def test_no_value_says_why(divisor, why, said):
    known = {Input.MEMBER_LOANS: Money(5)}
    if divisor is not None:
        known[Input.LOANS] = divisor
    found = read(SCORED[3].ratio, known)
    assert (found.value, found.percent, found.why) == (None, None, why)
    assert found.reason() == said


def test_a_value_has_nothing_to_explain():
    known = {Input.MEMBER_LOANS: Money(-5), Input.LOANS: Money(4)}
    found = read(SCORED[3].ratio, known)
    assert found.percent == -125
    assert (found.why, found.reason(), found.missing) == (None, "", ())


def test_a_year_ago_is_asked_for_by_its_name():
    [growth] = [each.ratio for each in PEARLS if each.ratio.code == "S10"]
    found = read(growth, {Input.MEMBERS: 120})
    assert found.reason() == "Not known: number of members of the year before."
    assert read(growth, {Input.MEMBERS: 120}, {Input.MEMBERS: 100}).percent == 20


def test_names_are_said_in_the_language_that_is_asked_for():
    formula = SCORED[4].ratio.formula(str.upper)
    assert formula == (
        "(50% × SUBSTANDARD LOANS + 75% × DOUBTFUL LOANS + LOANS THAT ARE LOSS)"
        " ÷ ALL LOANS"
    )


def test_every_ratio_has_its_own_code_and_its_source():
    for ratios in (SCORED, INDICATORS, PEARLS):
        codes = [each.ratio.code for each in ratios]
        assert len(codes) == len(set(codes))
    assert len({each.code for each in BESIDE}) == len(BESIDE)
    assert all(each.name and each.source.said for each in EVERY)
    used = {term.input for ratio in EVERY for term in ratio.inputs}
    assert used == set(Input) == set(INPUT_NAMES)
    assert len(set(INPUT_NAMES.values())) == len(INPUT_NAMES)
    assert set(UNREAD_NAMES) == set(Unread)


def test_all_are_read_from_the_same_figures():
    known = {each: Money(100) for each in Input}
    found = read_all(EVERY, known, known)
    assert [each.ratio for each in found] == EVERY
    growths = [each for each in found if each.ratio.code.startswith("S1")]
    assert [each.value for each in growths] == [0, 0, 0]


@given(st.fractions(-100, 100), st.integers(0, 4))
def test_a_shown_figure_is_half_a_digit_from_the_exact_one(exact, places):
    shown = Fraction(decimal(exact, places))
    assert abs(shown - exact) <= Fraction(1, 2 * 10**places)
    assert (shown * 10**places).denominator == 1


PERCENTS = {
    "principal_shares mandatory_shares equalisation_capital": 100,
    "general_reserve grants": 100,
    "participating_capital risk_reserve undistributed_surplus": 50,
    "savings term_deposits accrued_expenses borrowings": 50,
    "cash_and_bank": 0,
    "deposits_elsewhere": 20,
    "securities accrued_income": 50,
    "member_loans other_loans stakes": 100,
    "fixed_assets": 70,
}
"""The weights of the guide (8.1), written out once more."""


def test_capital_and_assets_weigh_what_the_source_says():
    expected = {
        name: percent for names, percent in PERCENTS.items() for name in names.split()
    }
    both = {**WITH_LIABILITIES.weights, **BY_RISK.weights}
    assert {part.value: percent for part, percent in both.items()} == expected
    assert set(OWN.weights) == set(list(WITH_LIABILITIES.weights)[:8])
    assert set(both) == set(Part) == set(PART_NAMES)
    for each in (OWN, WITH_LIABILITIES, BY_RISK):
        assert each.source.mark is Mark.SECONDARY


@given(st.dictionaries(st.sampled_from(list(BY_RISK.weights)), st.integers(0, 10**13)))
def test_what_is_weighed_is_counted_part_by_part(units):
    found = weigh({part: Money(each) for part, each in units.items()}, BY_RISK)
    assert {each.part: each.amount.units for each in found} == units
    assert counted(found) * 100 == sum(
        BY_RISK.weights[part] * each for part, each in units.items()
    )
    assert 0 <= counted(found) <= sum(units.values())
