"""The class of a loan: one day before, on and after each edge, and a slow oracle."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopbook.baddebts import (
    CLASS_NAMES,
    POLICIES,
    REASON_NAMES,
    Lateness,
    LoanClass,
    Mark,
    Policy,
    PolicyUnavailable,
    Reason,
    Rhythm,
    classify,
)
from tests.oracles.naive_classes import days_late, naive_class, oldest

EDGES = Path(__file__).parents[3] / "docs/rules/class-edges.csv"
AVAILABLE = [each for each in Policy if not POLICIES[each].missing]


def edges():
    with EDGES.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def day_or_none(text):
    return date.fromisoformat(text) if text else None


def lateness(row):
    due = day_or_none(row["due"])
    return Lateness(
        on=date.fromisoformat(row["on"]),
        rhythm=Rhythm(row["rhythm"]),
        matures_on=date.fromisoformat(row["matures_on"]),
        principal_due=due if row["part"] == "principal" else None,
        interest_due=due if row["part"] == "interest" else None,
        bullet=row["bullet"] == "true",
        days=int(row["days"]),
        cover=Fraction(row["cover"]),
        salvageable=row["salvageable"] == "true",
        handed_over=row["handed_over"] == "true",
    )


@pytest.mark.parametrize("policy", AVAILABLE)
def test_each_edge_of_the_table_written_from_the_source(policy):
    rows = [row for row in edges() if row["policy"] == policy.value]
    wrong = [
        f"{row['why']}: {found.value}, not {row['expected']}"
        for row in rows
        if (found := classify(policy, lateness(row)).loan_class).value
        != row["expected"]
    ]
    assert wrong == []
    assert len(rows) >= 13


def test_the_table_reaches_every_class_of_every_policy():
    for policy in AVAILABLE:
        reached = {row["expected"] for row in edges() if row["policy"] == policy.value}
        assert reached == {each.value for each in POLICIES[policy].classes}


GUIDE = [
    ("months", "2025-01-31", "2025-04-30", {}, "current"),
    ("months", "2025-01-31", "2025-05-01", {}, "substandard"),
    ("months", "2025-01-10", "2025-07-10", {}, "substandard"),
    ("months", "2025-01-10", "2025-07-11", {}, "loss"),
    ("months", "2025-01-10", "2025-07-11", {"cover": Fraction(4, 5)}, "doubtful"),
    ("short", "2025-03-03", "2025-04-03", {}, "current"),
    ("short", "2025-03-03", "2025-04-04", {}, "substandard"),
    ("short", "2025-03-03", "2025-05-04", {}, "loss"),
    ("half_years", "2025-01-15", "2025-07-15", {}, "current"),
    ("half_years", "2025-01-15", "2025-07-16", {}, "substandard"),
    ("months", "2025-06-10", "2025-06-20", {"handed_over": True}, "loss"),
]
"""The guide's worked example class-kukm-dev."""


@pytest.mark.parametrize(("rhythm", "due", "on", "more", "expected"), GUIDE)
def test_the_worked_example_of_the_ministry(rhythm, due, on, more, expected):
    late = Lateness(
        date.fromisoformat(on),
        Rhythm(rhythm),
        date(2027, 12, 31),
        date.fromisoformat(due),
        salvageable="cover" in more,
        **more,
    )
    assert classify(Policy.KUKM, late).loan_class.value == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        *((0, "current"), (45, "special_mention"), (100, "substandard")),
        *((150, "doubtful"), (200, "loss")),
    ],
)
def test_the_worked_example_of_banks(days, expected):
    late = Lateness(date(2026, 1, 1), Rhythm.MONTHS, date(2026, 12, 31), days=days)
    assert classify(Policy.BANK5, late).loan_class.value == expected


COVERS = [0, 7_499, 7_500, 9_999, 10_000]
days_of_a_life = st.dates(date(2023, 11, 1), date(2028, 3, 5))


@st.composite
def late_loans(draw):
    """Draw what may be late of a loan; dues are days that are over."""
    on, bullet = draw(days_of_a_life), draw(st.booleans())
    matures = on + timedelta(days=draw(st.integers(-800, 400)))
    over = st.none() | st.integers(1, 900).map(lambda n: on - timedelta(days=n))
    principal, interest = draw(over), draw(over)
    if bullet:
        principal = matures if matures < on and draw(st.booleans()) else None
    first = oldest(principal, interest)
    return {
        "on": on,
        "rhythm": draw(st.sampled_from(list(Rhythm))).value,
        "matures_on": matures,
        "principal_due": principal,
        "interest_due": interest,
        "bullet": bullet,
        "days": days_late(first, on) if first else 0,
        "cover": Fraction(
            draw(st.sampled_from([0, 7_499, 7_500, 9_999, 10_000])), 10**4
        ),
        "salvageable": draw(st.booleans()),
        "handed_over": draw(st.sampled_from([False, False, False, True])),
    }


@settings(max_examples=400, deadline=None)
@given(late_loans(), st.sampled_from(AVAILABLE), st.sampled_from([12, 21]))
def test_a_class_is_what_somebody_turning_the_calendar_finds(late, policy, longest):
    found = classify(
        policy,
        Lateness(**{**late, "rhythm": Rhythm(late["rhythm"])}),
        doubtful_months=longest,
    )
    assert found.loan_class.value == naive_class(
        policy.value, late.pop("on"), doubtful_months=longest, **late
    )
    assert found.loan_class in POLICIES[policy].classes


@settings(max_examples=200, deadline=None)
@given(late_loans(), st.sampled_from(AVAILABLE), st.integers(1, 400))
def test_a_loan_that_nobody_pays_never_gets_better(late, policy, more):
    before = Lateness(**{**late, "rhythm": Rhythm(late["rhythm"])})
    after = {**late, "on": late["on"] + timedelta(days=more)}
    after["days"] = late["days"] + more if late["days"] else 0
    then = classify(policy, Lateness(**{**after, "rhythm": Rhythm(late["rhythm"])}))
    assert then.loan_class.rank >= classify(policy, before).loan_class.rank


def test_thresholds_that_nobody_could_read_are_not_guessed():
    late = Lateness(date(2026, 1, 1), Rhythm.MONTHS, date(2026, 12, 31))
    with pytest.raises(PolicyUnavailable):
        classify(Policy.KKPKK2021, late)
    assert POLICIES[Policy.KKPKK2021].missing


def test_every_policy_says_how_sure_it_is():
    marks = {policy: about.mark for policy, about in POLICIES.items()}
    assert marks[Policy.KUKM] is Mark.PRIMARY
    assert marks[Policy.BANK5] is Mark.KNOWLEDGE
    assert all(about.source for about in POLICIES.values())
    assert set(CLASS_NAMES) == set(LoanClass)
    assert set(REASON_NAMES) == set(Reason)
