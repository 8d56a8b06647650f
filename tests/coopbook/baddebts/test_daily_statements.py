"""The statements that class a portfolio say what ``classify`` says of each loan."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.baddebts import (
    SCALES,
    Lateness,
    LoanClass,
    Policy,
    Rhythm,
    Scale,
    classify,
    needed,
)
from coopbook.baddebts.classes import exceeds
from coopbook.baddebts.daily.statements import (
    class_of,
    last_beyond,
    needed_of,
    reason_of,
)
from coopbook.baddebts.queries import IN_USE
from coopbook.money import ZERO, Money

days = st.dates(date(2023, 1, 1), date(2027, 12, 31))
COLUMNS = "rhythm, bullet, matures_on, principal_due, interest_due, oldest_due"


def spelt(day):
    return f"'{day.isoformat()}'"


def asked(expression, values):
    """Let a database work an expression out over one row."""
    names = COLUMNS.split(", ")
    row = ", ".join(
        f"{'NULL' if values[name] is None else repr(values[name])} AS {name}"
        for name in names
    )
    with sqlite3.connect(":memory:") as connection:
        return connection.execute(
            f"SELECT {expression} FROM (SELECT {row})"
        ).fetchone()[0]


@given(days, st.integers(1, 30))
def test_the_last_day_beyond_an_edge_is_the_last(on, months):
    last = last_beyond(on, months)
    assert exceeds(on, last, months)
    assert not any(exceeds(on, last + timedelta(days=n), months) for n in range(1, 6))


@st.composite
def rows(draw):
    """A day and what is unpaid of a loan, as the book keeps it."""
    on = draw(days)
    bullet = draw(st.booleans())
    near = st.integers(-800, 40).map(lambda n: on + timedelta(days=n))
    principal, interest = draw(st.none() | near), draw(st.none() | near)
    matures = draw(near)
    if bullet:
        principal = matures if principal is not None else None
    latest = max([day for day in (principal, interest) if day], default=matures)
    matures = max(matures, latest) if not bullet else max(matures, interest or matures)
    if bullet and principal is not None:
        principal = matures
    return on, draw(st.sampled_from(Rhythm)), bullet, matures, principal, interest


@pytest.mark.parametrize("policy", IN_USE)
@given(rows())
def test_a_statement_says_what_the_rule_says(policy, row):
    on, rhythm, bullet, matures, principal, interest = row
    late = [day for day in (principal, interest) if day is not None and day < on]
    rule = classify(
        policy,
        Lateness(
            on,
            rhythm,
            matures,
            principal if principal in late else None,
            interest if interest in late else None,
            bullet,
            (on - min(late)).days if late else 0,
            Fraction(0),
        ),
    )
    found = [day for day in (principal, interest) if day is not None]
    values = {
        "rhythm": rhythm.value,
        "bullet": int(bullet),
        "matures_on": matures.isoformat(),
        "principal_due": principal and principal.isoformat(),
        "interest_due": interest and interest.isoformat(),
        "oldest_due": min(found).isoformat() if found else None,
    }
    said = asked(class_of(policy, on, spelt), values)
    why = asked(reason_of(policy, on, spelt), values)
    assert (said, why) == (rule.loan_class.value, rule.reason.value)


@given(st.integers(0, 9 * 10**12), st.sampled_from(LoanClass), st.sampled_from(Scale))
def test_what_is_needed_is_rounded_loan_by_loan(outstanding, loan_class, scale):
    expression = needed_of(scale, f"'{loan_class.value}'")
    with sqlite3.connect(":memory:") as connection:
        row = f"SELECT {expression} FROM (SELECT {outstanding} AS outstanding)"
        found = connection.execute(row).fetchone()[0]
    assert loan_class in SCALES[scale].shares
    assert found == needed(loan_class, Money(outstanding), ZERO, scale).units


def test_a_policy_nobody_could_read_has_no_statement():
    with pytest.raises(KeyError):
        class_of(Policy.KKPKK2021, date(2026, 1, 1), spelt)
