"""What there is to look at before a month is closed, and when it is in order."""

from __future__ import annotations

from datetime import date

import pytest

from coopbook import assets, baddebts, ledger, loans, savings
from coopbook.ledger import chart
from coopbook.money import Money
from tests.coopbook.rounds.neighbours import whole
from tests.coopbook.yearend.years import lived

MONTH, END = "2026-11", date(2026, 11, 30)
WORN = "Buildings and equipment were depreciated"
EARNED = "Interest earned and not paid was accrued"
SET_ASIDE = "The allowance is what the loans of the day ask for"
PAID = "Interest on savings is posted"


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        yield book


def checks(book, month=MONTH):
    return {one.sentence: one for one in ledger.month_checklist(book, month)}


def test_a_book_without_loans_and_things_is_asked_for_neither(village):
    assert not {WORN, EARNED, SET_ASIDE} & set(checks(village, "2026-01"))


def test_what_wears_out_is_asked_until_it_is_posted(village):
    assets.enter_asset(
        *(village, "Laptop"),
        account=13_005,
        cost=Money(1_200_000),
        on=date(2026, 10, 2),
        months=12,
        paid_from=chart.BANK,
    )
    asked = checks(village)[WORN]
    assert (asked.in_order, asked.amount) == (False, Money(200_000))
    assets.depreciate(village, 2026, 11)
    assert checks(village)[WORN].in_order


def test_interest_of_loans_and_the_allowance_are_asked_until_they_stand(village):
    lived(village)
    assert not checks(village)[EARNED].in_order
    loans.accrue(village, MONTH)
    assert checks(village)[EARNED].in_order
    lacking = checks(village)[SET_ASIDE]
    assert not lacking.in_order
    assert lacking.amount == baddebts.allowance_due(village, END).apart
    baddebts.provide(village, END)
    assert checks(village)[SET_ASIDE].in_order


def test_interest_on_savings_is_asked_where_savings_earn(village):
    lived(village)
    found = checks(village)
    earning = [
        row
        for row in savings.products(village)
        if savings.first_unposted(village, row, "2026-12") is not None
    ]
    assert (PAID in found and not found[PAID].in_order) == bool(earning)
    while earning:
        for row in earning:
            month = savings.first_unposted(village, row, "2026-12")
            savings.post_interest(village, row, month)
        earning = [
            row
            for row in earning
            if savings.first_unposted(village, row, "2026-12") is not None
        ]
    assert PAID not in found or checks(village)[PAID].in_order
