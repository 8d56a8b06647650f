"""A statement is believed when opening, movements and closing follow each other."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.bankstatements import refusals, rules
from coopbook.bankstatements.rules import BankFile, Told, checked
from coopbook.bankstatements.words import choices, likely, lines_of
from coopbook.ledger.rules import check_lines
from coopbook.money import Money

DAY = date(2026, 3, 2)
CENTS = st.integers(-(10**11), 10**11).map(lambda n: Decimal(n) / 100)


def file(*lines, **about):
    """Return a file of lines: day, amount, balance."""
    told = [
        Told(f"A{n}", DAY + timedelta(days=day), "x", Decimal(amount), "", balance)
        for n, (day, amount, balance) in enumerate(lines, start=2)
    ]
    return BankFile("m.csv", "d", "sheet", tuple(told), **about)


@given(CENTS, st.lists(CENTS, max_size=20))
def test_what_moves_comes_to_the_closing_balance_in_whole_rupiah(opening, moves):
    running, lines = opening, []
    for move in moves:
        running += move
        lines.append((0, move, running))

    found = checked(file(*lines, opening=opening, closing=running, first=DAY, last=DAY))

    assert found.opening.units + sum(one.amount.units for one in found.lines) == (
        found.closing.units
    )
    assert found.closing.units <= running < found.closing.units + 1
    for one, move in zip(found.lines, moves, strict=True):
        assert abs(one.amount.units - move) < 1
        assert move != int(move) or one.amount.units == move


def test_the_line_is_named_where_the_balance_breaks():
    with pytest.raises(refusals.BalanceBreaks) as refusal:
        checked(
            file((0, 100, 1_100), (0, 50, 1_160), (0, 1, 1_161), opening=Decimal(1_000))
        )

    assert refusal.value.facts == {"place": "A3", "stated": 1_160, "counted": 1_150}


def test_a_closing_balance_that_does_not_add_up_is_refused():
    with pytest.raises(refusals.ClosingDiffers) as refusal:
        checked(file((0, 100, None), opening=Decimal(1_000), closing=Decimal(1_101)))

    assert (refusal.value.stated, refusal.value.counted) == (1_101, 1_100)


@pytest.mark.parametrize(
    ("about", "said", "opening"),
    [
        ({"opening": Decimal(7)}, None, 7),
        ({"closing": Decimal(107)}, None, 7),
        ({}, Decimal(7), 7),
        ({"opening": Decimal(7)}, Decimal(7), 7),
    ],
)
def test_where_a_statement_begins(about, said, opening):
    assert checked(file((0, 100, None), **about), opening=said).opening == Money(
        opening
    )


def test_a_file_without_balances_asks_where_it_begins():
    with pytest.raises(refusals.OpeningUnknown):
        checked(file((0, 100, None)))
    with pytest.raises(refusals.OpeningDiffers):
        checked(file((0, 100, 1_100)), opening=Decimal(999))
    assert checked(file((0, 100, 1_100))).opening == Money(1_000)


def test_the_days_of_a_statement():
    one = file((3, 1, 1), (5, 1, 2))
    assert (checked(one).first, checked(one).last) == (
        DAY + timedelta(days=3),
        DAY + timedelta(days=5),
    )
    wide = checked(one, first=DAY, last=DAY + timedelta(days=29))
    assert (wide.first, wide.last.day) == (DAY, 31)
    with pytest.raises(refusals.LineOutside) as refusal:
        checked(one, first=DAY + timedelta(days=4))
    assert refusal.value.place == "A2"
    with pytest.raises(refusals.DaysTurned):
        checked(one, first=DAY, last=DAY - timedelta(days=1))
    with pytest.raises(refusals.DaysUnknown):
        checked(file(opening=Decimal(0)))
    assert checked(file(opening=Decimal(5)), first=DAY, last=DAY).closing == Money(5)


def test_bounds_of_a_statement():
    with pytest.raises(refusals.TooManyLines):
        checked(file(*[(0, 1, None)] * (rules.MOST + 1), opening=Decimal(0)))
    with pytest.raises(refusals.AmountTooLarge):
        checked(file((0, 10**13, None), opening=Decimal(0)))
    twice = [Told("1", DAY, "x", Decimal(1), "A"), Told("2", DAY, "x", Decimal(2), "A")]
    ofx = BankFile("m", "d", "ofx", tuple(twice), opening=Decimal(0), ids=True)
    with pytest.raises(refusals.BankIdTwice):
        checked(ofx)


@given(
    st.integers(-(10**9), 10**9).filter(bool), st.sampled_from([11_201, 11_202, 11_204])
)
def test_a_missing_line_is_posted_against_every_choice(units, account):
    for against in choices(account, Money(units)):
        lines = lines_of(account, Money(units), against)
        check_lines(lines)
        moved = sum(
            one.debit.units - one.credit.units
            for one in lines
            if one.account == account
        )
        assert moved == units
        assert against != account
    assert likely("apa saja", Money(units)) in choices(account, Money(units))


def test_tax_the_bank_keeps_is_told_apart_from_interest():
    lines = lines_of(11_201, Money(8_000), 42_002, tax=Money(2_000))
    assert [(one.account, one.debit.units, one.credit.units) for one in lines] == [
        (11_201, 8_000, 0),
        (55_001, 2_000, 0),
        (42_002, 0, 10_000),
    ]
    for amount, against in ((8_000, 43_009), (-8_000, 42_002)):
        with pytest.raises(refusals.TaxTooMuch):
            lines_of(11_201, Money(amount), against, tax=Money(1))
    with pytest.raises(refusals.NotAgainst):
        lines_of(11_201, Money(8_000), 31_001)
