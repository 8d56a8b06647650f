"""A cash box is counted against the book; a day closes when it was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook import cashcounts, ledger
from coopbook.cashcounts import PIECES, rules
from coopbook.ledger import chart
from coopbook.ledger.rules import PeriodClosed
from coopbook.money import ZERO, Money
from tests.conftest import TODAY

SHORT, OVER = 11_602, 21_406


def filled(book, amount=150_500):
    """Leave so much in the till at the end of today."""
    now = held(book, chart.TELLER_CASH)
    apart = Money(amount) - now
    side, other = ledger.debit, ledger.credit
    if apart < ZERO:
        side, other = other, side
    if apart:
        ledger.post(
            book,
            on=TODAY,
            memo="isi kas",
            lines=[side(chart.TELLER_CASH, abs(apart)), other(33_002, abs(apart))],
        )


def held(book, account):
    return ledger.account_balance(book, account)


def count(book, pieces, account=chart.TELLER_CASH, **more):
    about = {"on": TODAY, "witness": "sari"} | more
    return cashcounts.count_cash(book, account, pieces, **about)


@given(st.dictionaries(st.sampled_from(PIECES), st.integers(0, 1_000_000)))
def test_a_count_is_the_sum_of_its_pieces(pieces):
    assert cashcounts.counted(pieces).units == sum(p * n for p, n in pieces.items())


def test_what_agrees_posts_nothing(book):
    filled(book)
    row = count(book, {50_000: 3, 500: 1})
    assert (row.difference, row.entry_number) == (ZERO, None)
    assert row.pieces == '{"50000": 3, "500": 1}'


@pytest.mark.parametrize(
    ("pieces", "account", "apart"),
    [({50_000: 3}, SHORT, 500), ({50_000: 3, 1_000: 1}, OVER, 500)],
)
def test_a_difference_becomes_an_entry_with_a_name(book, pieces, account, apart):
    filled(book)
    with pytest.raises(cashcounts.WhyDiffers, match="differs by 500"):
        count(book, pieces)
    row = count(book, pieces, explanation="tidak diketahui")
    assert held(book, account) == Money(apart)
    assert held(book, chart.TELLER_CASH) == row.counted
    assert "tidak diketahui" in ledger.entry(book, row.entry_number).memo
    again = count(book, pieces)
    assert (again.number, again.entry_number) == (2, None)


def test_refusals_say_what_would_work(book):
    filled(book)
    with pytest.raises(cashcounts.NotCash):
        count(book, {}, account=chart.BANK)
    with pytest.raises(cashcounts.NoSuchPiece):
        count(book, {3_000: 1})
    for many in (-1, rules.MOST + 1, True):
        with pytest.raises(cashcounts.NotACount):
            count(book, {500: many})
    for witness in ("", " ", book.actor):
        with pytest.raises(cashcounts.WitnessNeeded):
            count(book, {50_000: 3, 500: 1}, witness=witness)


def test_a_day_closes_when_its_boxes_are_counted_and_then_takes_no_more(book):
    filled(book)
    with pytest.raises(cashcounts.DayNotOver):
        cashcounts.close_day(book, TODAY + timedelta(days=1), today=TODAY)
    with pytest.raises(cashcounts.NotCounted, match="11102"):
        cashcounts.close_day(book, TODAY, today=TODAY)
    count(book, {50_000: 3, 500: 1})
    ledger.post(
        book,
        on=TODAY,
        memo="sesudah dihitung",
        lines=[
            ledger.debit(chart.TELLER_CASH, Money(100)),
            ledger.credit(33_002, Money(100)),
        ],
    )
    with pytest.raises(cashcounts.NotCounted):
        cashcounts.close_day(book, TODAY, today=TODAY)
    count(book, {50_000: 3, 500: 1, 100: 1})
    cashcounts.close_day(book, TODAY, today=TODAY)
    assert ledger.is_closed(book, TODAY.isoformat())
    with pytest.raises(PeriodClosed):
        filled(book, 7)
    with pytest.raises(cashcounts.DayIsClosed):
        count(book, {50_000: 3, 500: 1, 100: 1})


def test_a_box_that_holds_nothing_and_did_not_move_needs_no_count(book):
    filled(book, 0)
    boxes = cashcounts.boxes_of(book, TODAY + timedelta(days=1))
    assert boxes == []
    empty = date(2026, 1, 1)
    assert chart.PETTY_CASH not in dict(cashcounts.boxes_of(book, empty))
