"""The figures of a book as the ratios ask for them, against sums made by hand."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from coopbook import baddebts, health, ledger, surplus
from coopbook.health import Choices, Group, Input, figures_of, health_of
from coopbook.ledger import Line
from coopbook.money import ZERO, Money
from tests.conftest import FIRST_DAY
from tests.coopbook.gone_bad import LATE, written_off
from tests.coopbook.rounds.neighbours import lend, whole
from tests.coopbook.surplus.policies import simple
from tests.coopbook.yearend.years import AFTER, YEAR_END, lived, spent


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        yield book


def by_hand(book, on):
    """Return debit less credit by account, from the lines themselves."""
    found = {}
    rows = book.session.execute(
        select(Line.account_number, Line.debit, Line.credit)
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.booked_on <= on)
    )
    for account, left, right in rows:
        found[account] = found.get(account, 0) + left.units - right.units
    return found


def test_figures_are_sums_of_accounts_as_the_formulas_name_them(village):
    lived(village)
    spent(village, 70_000, account=52_002)
    found = figures_of(village, YEAR_END)
    held = by_hand(village, YEAR_END)

    def of(*spans):
        return sum(
            units
            for account, units in held.items()
            if any(first <= account <= last for first, last in spans)
        )

    wanted = {
        Input.ASSETS: of((10_000, 19_999)),
        Input.CASH_AND_BANK: of((11_100, 11_299)),
        Input.MEMBER_LOANS: of((11_400, 11_489)),
        Input.CURRENT_LIABILITIES: -of((21_000, 21_999)),
        Input.SAVINGS_DEPOSITS: -of((21_100, 21_299)),
        Input.OWN_CAPITAL: -of((31_001, 31_003), (32_001, 32_003), (33_002, 33_002)),
        Input.GROSS_PARTICIPATION: -of((41_000, 41_999)),
        Input.NON_MEMBER_INCOME: -of((42_000, 42_999)),
        Input.COST_OF_FUNDS: of((51_000, 51_999)),
        Input.OPERATING_EXPENSE: of((52_000, 52_999)),
        Input.PERSONNEL: 70_000,
        Input.SURPLUS: -of((40_000, 59_999)),
        Input.PRINCIPAL_SHARES: -of((31_001, 31_001)),
        Input.MANDATORY_SHARES: -of((31_002, 31_003)),
        Input.NON_EARNING_LIQUID: of((11_100, 11_199)),
    }
    assert {one: found[one].units for one in wanted} == wanted
    assert found[Input.MEMBERS] == 4
    assert found[Input.FUNDS_RECEIVED].units == (
        wanted[Input.ASSETS] - wanted[Input.SURPLUS]
    )


def test_what_the_books_do_not_hold_is_unknown_and_not_guessed(village):
    lived(village)
    found = health_of(village, YEAR_END)
    unknown = (
        *(Input.SERVICE_BENEFIT, Input.LIQUIDITY_RESERVE, Input.EXTRAORDINARY),
        Input.MEMBERS_SURPLUS,
    )
    assert not set(unknown) & set(found.figures)
    row = next(each for each in found.score.rows if each.code == "7b")
    assert (row.value, row.points) == (None, 0)
    assert found.score.most > found.score.total
    surplus.set_policy(village, simple(), first_year=2026, source="AD 45", on=AFTER)
    draft = surplus.draft(village, 2026)
    again = figures_of(village, YEAR_END)
    assert again[Input.MEMBERS_SURPLUS] == draft.division.of_members


def test_loans_are_classed_by_the_regulation_of_the_score(village):
    street = lived(village)
    bad = lend(village, street[2], 900_000, on=FIRST_DAY)
    found = figures_of(village, LATE)
    now = baddebts.assess(village, LATE, policy=baddebts.Policy.KUKM)
    classes = {row.loan_class.value: row.outstanding for row in now.by_class()}
    assert found[Input.LOSS] == classes["loss"] >= Money(900_000)
    assert found[Input.DELINQUENT] == now.at_risk(30).outstanding
    assert found[Input.RISKY_LOANS] == now.outstanding
    written_off(village, bad)
    later = figures_of(village, LATE)
    assert later[Input.CHARGED_OFF] == later[Input.CHARGED_OFF_EVER] == Money(900_000)
    assert later[Input.LOSS] == classes["loss"] - Money(900_000)


def test_answers_count_when_somebody_says_who_gave_them(village):
    with pytest.raises(health.WhoSaysSo):
        health.answer(
            *(village, 2026, Group.GENERAL), yes=3, no=0, said_by=" ", on=YEAR_END
        )
    with pytest.raises(health.TooManyAnswers):
        health.answer(
            *(village, 2026, Group.GENERAL), yes=12, no=1, said_by="A", on=YEAR_END
        )
    before = health_of(village, YEAR_END).score
    for yes in (3, 8):
        health.answer(
            *(village, 2026, Group.GENERAL),
            yes=yes,
            no=4,
            said_by="rapat pengawas",
            on=YEAR_END,
        )
    after = health_of(village, YEAR_END).score
    assert after.total - before.total == 2
    assert before.unanswered - after.unanswered == 12
    assert health_of(village, date(2027, 3, 1)).score.unanswered == before.unanswered


def test_an_empty_book_has_a_score_of_what_can_be_read(village):
    found = health_of(village, FIRST_DAY, choices=Choices())
    assert found.score.total >= 0
    assert ledger.account_balance(village, 11_401, FIRST_DAY) == ZERO
    assert all(each.reading.value is None for each in found.score.not_scored)
