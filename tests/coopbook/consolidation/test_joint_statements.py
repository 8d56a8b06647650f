"""Equity and cash flow of several books as one, against a count by hand."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from coopbook import consolidation, ledger, statements, yearend
from coopbook.consolidation.flows import handed_over
from coopbook.ledger import Entry, Line, chart
from coopbook.ledger.accounts import enter_accounts
from coopbook.ledger.chart import standard_chart
from coopbook.money import ZERO, Money
from coopbook.statements import Kind
from tests.conftest import FIRST_DAY, SOAK, found
from tests.coopbook.consolidation.test_consolidation import (
    CAPITAL,
    INVESTED,
    LENT,
    OWED,
    YEAR_END,
    book_it,
    name_each_other,
)
from tests.coopbook.statements.test_statements import FREE
from tests.oracles import naive_joint
from tests.oracles.naive_joint import BETWEEN, joint_by_hand

ORDINARY = [one for one in FREE if one not in BETWEEN]
FLOORED = [one.number for one in standard_chart() if one.floor is not None]
LIFE = {
    "deadline": None,
    "phases": [Phase.generate],
    "suppress_health_check": [
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
    ],
}


def entries(book):
    """Return every entry as plain data: day, source, taken back, lines."""
    lines = defaultdict(list)
    rows = select(Line).where(Line.cooperative_id == book.cooperative_id)
    for one in book.session.scalars(rows):
        lines[one.entry_number].append(
            (one.account_number, one.debit.units, one.credit.units)
        )
    made = select(Entry).where(Entry.cooperative_id == book.cooperative_id)
    return [
        (one.booked_on, one.source, one.reverses is not None, lines[one.number])
        for one in book.session.scalars(made)
    ]


def mirrored(chance):
    """Return what one unit books and what the other does: lines as amounts by account.

    Debit is positive.  Money lent, capital given, paid or received for the other, goods
    handed over, with something else in the same entry now and then.
    """
    much, other = chance.randint(1, 10**6), chance.randint(1, 10**6)
    cash, theirs = chance.choice([11_102, 11_201]), chance.choice([11_101, 11_201])
    left, right = chance.choice([LENT, OWED]), chance.choice([LENT, OWED])
    what, else_ = chance.sample(ORDINARY, 2)
    kind = chance.randrange(9)
    income, expense = chance.choice([(43_101, 54_101), (43_102, 54_102)])
    if kind == 6:
        return {left: much, income: -much}, {expense: much, right: -much}
    if kind == 7:
        return {cash: much, income: -much}, {expense: much, theirs: -much}
    if kind == 8:
        return {11_501: much, income: -much}, {expense: much, theirs: -much}
    if kind == 0:
        return {left: much, cash: -much}, {theirs: much, right: -much}
    if kind == 1:
        capital = chance.choice([CAPITAL, 31_005])
        return {INVESTED: much, cash: -much}, {theirs: much, capital: -much}
    if kind == 2:
        return {left: much, cash: -much}, {what: much, right: -much}
    if kind == 3:
        return {left: -much, cash: much}, {what: -much, right: much}
    if kind == 4:
        return {left: much, what: -much}, {
            chance.choice([what, else_]): much,
            right: -much,
        }
    if what in (cash, left):
        what = 52_009
    return {left: much, cash: -much - other, what: other}, {theirs: much, right: -much}


def post(book, amounts, on):
    lines = [
        ledger.debit(one, Money(much)) if much > 0 else ledger.credit(one, Money(-much))
        for one, much in amounts.items()
    ]
    return ledger.post(book, on=on, memo="antar unit", lines=lines, floors=False)


def ordinary(chance):
    """Return an entry of one book alone."""
    count = chance.randint(1, 3)
    accounts = chance.sample(ORDINARY, count + 1)
    sign = chance.choice([1, -1])
    amounts = [sign * chance.randint(1, 10**6) for _ in range(count)]
    return dict(zip(accounts, [*amounts, -sum(amounts)], strict=True))


def live(chance, coops):
    """Let the units do anything for a year and a half, now and then taken back."""
    for coop in coops:
        with coop.open() as book:
            enter_accounts(book, (*chart.trade_chart(), *chart.unit_chart()))
            for account in FLOORED:
                book_it(book, account, 33_002, 10**9)
    for _ in range(chance.randint(1, 14)):
        on = FIRST_DAY + timedelta(days=chance.randint(0, 500))
        if chance.random() < 0.7:
            some, told = chance.sample(coops, 2), mirrored(chance)
        else:
            some, told = [chance.choice(coops)], (ordinary(chance),)
        back = on + timedelta(days=chance.randint(0, 40))
        taken = chance.random() < 0.2
        for coop, amounts in zip(some, told, strict=True):
            with coop.open() as book:
                entry = post(book, amounts, on)
                if taken:
                    ledger.reverse(book, entry, on=back, reason="salah")


def compared(coops):
    """Hold the statements of all books of some times against a count by hand."""
    books = []
    for coop in coops:
        with coop.read() as book:
            books.append(entries(book))
    for first, last in (
        (date(2026, 1, 1), YEAR_END),
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2027, 1, 1), date(2027, 6, 30)),
    ):
        with coops[0].read() as book:
            numbers = [one.number for one in coops[1:]]
            told = consolidation.consolidated(book, numbers, first, last)
        assert told.apart is None
        assert told.ties, [tie for tie in told.tied if not tie.holds]
        by_hand = joint_by_hand(books, first, last)
        for code, amount in (by_hand["cash"] | by_hand["surplus"]).items():
            assert told.amount(code).units == amount, code
        sums = {one.row.code: one.whole.units for one in told.equity}
        for code, amount in by_hand["equity"].items():
            assert sums.get(f"{code}.total", 0) == amount, code
        for rows in (told.position, told.surplus, told.equity, told.cash):
            adds_up(rows)


def adds_up(rows):
    """Every total is what its rows come to, in each column."""
    amounts = {one.row.code: one for one in rows}
    for one in rows:
        if one.row.kind is Kind.HEADING or not one.row.parts:
            continue
        below = [
            (sign, amounts[code]) for sign, code in one.row.parts if code in amounts
        ]
        for place in range(len(one.parts)):
            come = sum((each.parts[place] * sign for sign, each in below), ZERO)
            assert one.parts[place] == come, one.row.code
        assert one.whole == sum((each.whole * sign for sign, each in below), ZERO)


@settings(max_examples=200 if SOAK else 12, **LIFE)
@given(seed=st.integers(0, 2**32), count=st.integers(2, 3))
def test_books_together_are_those_of_a_count_by_hand(sqlite_engine, seed, count):
    chance = random.Random(seed)
    coops = [found(sqlite_engine, bare=chance.random() < 0.5) for _ in range(count)]
    live(chance, coops)
    compared(coops)


@settings(max_examples=40 if SOAK else 4, **LIFE)
@given(seed=st.integers(0, 2**32), count=st.integers(2, 3))
def test_on_a_server_they_are_as_well(postgresql_engine, seed, count):
    chance = random.Random(seed)
    coops = [found(postgresql_engine) for _ in range(count)]
    live(chance, coops)
    compared(coops)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(-9, 30), st.integers(-9, 30)), max_size=4))
def test_what_units_handed_over_is_the_most_there_can_be(units):
    told = handed_over([(Money(one), Money(other)) for one, other in units])
    received, paid = [one for one, _ in units], [other for _, other in units]
    assert told.units == naive_joint.handed(received, paid)


@pytest.fixture
def two(engine):
    pair = found(engine, bare=True), found(engine, bare=True)
    for coop in pair:
        with coop.open() as book:
            enter_accounts(book, (*chart.trade_chart(), *chart.unit_chart()))
    return pair


def together(pair, first=FIRST_DAY, last=YEAR_END):
    with pair[0].read() as book:
        return consolidation.consolidated(book, [pair[1].number], first, last)


def test_cash_given_to_the_other_unit_is_in_no_cash_flow(two):
    shop, unit = two
    with shop.open() as book:
        book_it(book, LENT, chart.BANK, 5_000_000)
        book_it(book, INVESTED, chart.BANK, 15_000_000)
    with unit.open() as book:
        book_it(book, chart.BANK, OWED, 5_000_000)
        book_it(book, chart.BANK, CAPITAL, 15_000_000)
    told = together(two)
    assert told.ties
    assert len(told.tied) == 6
    assert [told.amount(one) for one in ("net_change", "closing", "capital_in")] == [
        ZERO
    ] * 3
    rows = {one.row.code: one for one in told.cash}
    assert rows["capital_in"].parts == (ZERO, Money(15_000_000))
    assert rows["capital_in"].left_out == Money(-15_000_000)
    assert rows["net_change"].parts == (Money(-20_000_000), Money(20_000_000))
    equity = {one.row.code: one for one in told.equity}
    assert equity["additions.other"].parts == (ZERO, Money(15_000_000))
    assert equity["closing.other"].left_out == Money(-15_000_000)
    assert equity["closing.total"].whole == ZERO == told.amount("total_equity")


def test_what_is_paid_for_the_other_stands_under_what_it_was_for(two):
    shop, unit = two
    with shop.open() as book:
        book_it(book, chart.TELLER_CASH, 42_002, 90_000)
        book_it(book, LENT, chart.TELLER_CASH, 90_000)
        book_it(book, LENT, 13_004, 700_000)
    with unit.open() as book:
        book_it(book, 52_002, OWED, 90_000)
        book_it(book, 13_004, OWED, 700_000)
    told = together(two)
    assert told.ties
    rows = {one.row.code: one for one in told.cash}
    assert rows["personnel_out"].whole == Money(-90_000)
    assert rows["personnel_out"].parts == (ZERO, ZERO)
    assert rows["other_out"].parts == (Money(-90_000), ZERO)
    assert rows["other_out"].whole == ZERO
    assert rows["investing_in"].whole == rows["investing_out"].whole == ZERO


def test_books_apart_at_the_beginning_have_no_equity_and_cash_together(two):
    shop, unit = two
    with shop.open() as book:
        book_it(book, LENT, chart.BANK, 500)
    with unit.open() as book:
        book_it(book, chart.BANK, OWED, 500, on=date(2026, 2, 1))
    told = together(two, first=date(2026, 2, 1))
    assert str(told.apart).startswith("Of what units owe each other on 2026-01-31")
    assert told.ties
    assert told.equity == told.cash == ()
    assert together(two).apart is None


def test_a_year_that_was_closed_ties_in_both_books(two):
    shop, unit = two
    for coop, amount in ((shop, 70), (unit, 30)):
        with coop.open() as book:
            book_it(book, chart.BANK, 42_002, amount)
            for account, much in ((42_002, amount),):
                lines = [
                    ledger.debit(account, Money(much)),
                    ledger.credit(chart.SURPLUS_OF_YEAR, Money(much)),
                ]
                ledger.post(
                    *(book,),
                    on=YEAR_END,
                    memo="tutup",
                    lines=lines,
                    source=statements.CLOSING,
                )
    told = together(two)
    assert told.ties
    assert told.amount("earned.total") == told.amount("net_surplus") == Money(100)


def test_what_units_charge_each_other_is_no_surplus_of_both(two):
    shop, unit = two
    with shop.open() as book:
        book_it(book, chart.BANK, 42_002, 40_000)
        book_it(book, LENT, 43_101, 25_000)
        book_it(book, chart.BANK, 43_102, 3_000)
    with unit.open() as book:
        book_it(book, 54_101, OWED, 25_000)
        book_it(book, chart.BANK, 42_002, 3_000)
        book_it(book, 54_102, chart.BANK, 3_000)
    told = together(two)
    assert told.ties
    rows = {one.row.code: one for one in (*told.surplus, *told.cash)}
    assert rows["other_income"].parts == (Money(28_000), ZERO)
    assert rows["other_income"].left_out == Money(-28_000)
    assert rows["other_expense"].whole == rows["other_income"].whole == ZERO
    assert told.amount("net_surplus") == Money(43_000) == told.amount("net_change")
    assert rows["expenses_out"].whole == ZERO == rows["interest_out"].whole


def test_charges_that_do_not_cancel_are_refused_with_both_sums(two):
    shop, unit = two
    with shop.open() as book:
        book_it(book, chart.BANK, 43_102, 3_000)
    with unit.open() as book:
        book_it(book, chart.BANK, 42_002, 9_000)
        book_it(book, 54_102, chart.BANK, 2_999)
    with pytest.raises(
        consolidation.ChargesApart, match="43102 holds 3,000 and 54102 2,999"
    ):
        together(two)
    with pytest.raises(consolidation.ChargesApart, match="from 2026-01-01 to 2026-12"):
        together(two)


def test_the_check_lists_tell_where_charges_do_not_cancel(two):
    shop, unit = two

    def checked(coop, name):
        with coop.read() as book:
            month = ledger.month_checklist(book, name)
            year = yearend.year_checklist(book, 2026, date(2027, 1, 5))
        some = [one for one in month if one.sentence == consolidation.CHARGED]
        assert [one.sentence for one in year].count(consolidation.CHARGED) == len(some)
        return [(one.amount.units, one.in_order) for one in some]

    with shop.open() as book:
        book_it(book, LENT, 43_101, 25_000)
    assert checked(shop, "2026-01") == []
    name_each_other(shop, unit)
    assert checked(shop, "2026-01") == checked(unit, "2026-01") == [(25_000, False)]
    with unit.open() as book:
        book_it(book, 54_101, OWED, 25_000, on=date(2026, 2, 10))
        before = book.number
        assert consolidation.charges_apart(book, FIRST_DAY, YEAR_END) == ZERO
        assert book.number == before
    assert checked(shop, "2026-01") == [(25_000, False)]
    assert checked(shop, "2026-02") == checked(unit, "2026-02") == [(0, True)]


def test_a_voucher_with_the_other_unit_brings_its_accounts(engine):
    shop, unit = found(engine), found(engine)
    with shop.open() as book:
        assert not consolidation.has_units(book, YEAR_END)
    name_each_other(shop, unit)
    for coop, key in ((shop, "unit-charge"), (unit, "unit-charged")):
        with coop.open() as book:
            assert consolidation.has_units(book, YEAR_END)
            entry = ledger.post_voucher(
                book, key, Money(12_000), on=FIRST_DAY, memo="bunga Januari"
            )
            assert {one.account_number for one in entry.lines} in (
                {LENT, 43_101},
                {OWED, 54_101},
            )
    assert together((shop, unit)).ties
    assert together((shop, unit)).amount("net_surplus") == ZERO
