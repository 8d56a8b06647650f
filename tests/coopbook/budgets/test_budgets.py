"""A year planned by account, beside what happened and the year before."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from coopbook import budgets
from coopbook.budgets.service import MOST, NotPlanned
from coopbook.ledger import chart
from coopbook.money import ZERO, Money
from tests.coopbook.yearend.years import AFTER, earned, spent


def test_a_plan_stands_beside_what_happened_and_the_last_plan_counts(book):
    earned(book, 300_000)
    spent(book, 45_000)
    spent(book, 20_000, on=date(2027, 2, 1))
    budgets.plan(book, 2027, 52_009, Money(50_000), on=AFTER)
    budgets.plan(book, 2027, 52_009, Money(40_000), on=AFTER)
    rows = {row.account.number: row for row in budgets.budget_of(book, 2027)}
    row = rows[52_009]
    assert (row.planned, row.actual, row.before) == (
        Money(40_000),
        Money(20_000),
        Money(45_000),
    )
    assert row.reached == Fraction(1, 2)
    assert rows[42_002].before == Money(300_000)
    assert rows[42_002].reached is None
    early = {
        row.account.number: row
        for row in budgets.budget_of(book, 2027, date(2027, 1, 31))
    }
    assert early[52_009].actual == ZERO


def test_what_is_neither_income_nor_expense_is_not_planned(book):
    with pytest.raises(budgets.NotEarning, match="11201 is neither"):
        budgets.plan(book, 2027, chart.BANK, Money(1), on=AFTER)
    for amount in (Money(-1), MOST + Money(1)):
        with pytest.raises(NotPlanned):
            budgets.plan(book, 2027, 52_009, amount, on=AFTER)


def test_a_year_is_planned_like_the_one_before_and_a_bit_more(book):
    earned(book, 301_499)
    spent(book, 45_000)
    budgets.plan(book, 2027, 52_009, Money(99_000), on=AFTER)
    made = budgets.plan_like(book, 2027, Fraction(10), on=AFTER)
    assert [(row.account_number, row.amount) for row in made] == [
        (42_002, Money(332_000))
    ]
    assert budgets.plan_like(book, 2027, Fraction(10), on=AFTER) == []
