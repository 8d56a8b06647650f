"""Two books read as one: added up, without what they owe each other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coopbook import consolidation, goods, ledger, statements, yearend
from coopbook.book.book import NotFounded
from coopbook.cooperatives import set_setting
from coopbook.ledger import chart
from coopbook.ledger.rules import AccountType
from coopbook.money import ZERO, Money
from coopbook.statements import Held, Kind, layout
from tests.conftest import FIRST_DAY, found
from tests.coopbook.goods.shop import KILO, RICE, bought, opened
from tests.coopbook.yearend.years import journal
from tests.oracles.naive_statements import told_by_hand

LENT, OWED, INVESTED, CAPITAL = 11_902, 21_902, 12_101, 31_004
YEAR_END = date(2026, 12, 31)


def book_it(book, left, right, amount, on=FIRST_DAY):
    lines = [ledger.debit(left, Money(amount)), ledger.credit(right, Money(amount))]
    return ledger.post(book, on=on, memo="antar unit", lines=lines)


@pytest.fixture
def two(engine):
    """A shop that lends its savings-and-loan unit money and gave it capital."""
    shop, unit = found(engine), found(engine)
    with shop.open() as book:
        opened(book)
        bought(book, 10, 100_000)
        goods.sell(book, [(RICE, 4 * KILO)], on=FIRST_DAY, member=1)
        book_it(book, LENT, chart.BANK, 5_000_000)
        book_it(book, INVESTED, chart.BANK, 15_000_000)
    with unit.open() as book:
        book_it(book, chart.BANK, OWED, 5_000_000)
        book_it(book, chart.BANK, CAPITAL, 15_000_000)
        book_it(book, chart.BANK, 42_002, 70_000)
    return shop, unit


def name_each_other(*pair):
    for one, other in (pair, pair[::-1]):
        with one.open() as book:
            set_setting(
                *(book, consolidation.SISTER, other.number),
                valid_from=FIRST_DAY,
                source="AD pasal 5",
                on=FIRST_DAY - timedelta(days=1),
            )


def test_the_whole_is_the_parts_less_what_units_owe_each_other(two):
    shop, unit = two
    lines = []
    for one in two:
        with one.read() as book:
            lines += journal(book)
    gone = {LENT, OWED, INVESTED, CAPITAL}
    kept = [line for line in lines if line[1] not in gone]
    by_hand = told_by_hand(kept, FIRST_DAY, YEAR_END)
    with shop.read() as book:
        told = consolidation.consolidated(book, [unit.number], FIRST_DAY, YEAR_END)
        own = statements.financial_position(book, YEAR_END)
        assert book.session.info["book"] is book
    assert told.ties
    assert {code: told.amount(code).units for code in by_hand["position"]} == by_hand[
        "position"
    ]
    assert told.amount("net_surplus").units == by_hand["surplus"]["net_surplus"]
    assert [one.number for one in told.units] == [shop.number, unit.number]
    assert told.amount("long_investments") == told.amount("unit_capital") == ZERO
    for row in told.position:
        assert row.whole == row.parts[0] + row.parts[1] + row.left_out
        if row.row.kind is not Kind.HEADING:
            assert row.parts[0] == own.amount(row.row.code)
    total = next(row for row in told.position if row.row.code == "total_assets")
    assert total.left_out == Money(-20_000_000)
    sales = next(row for row in told.surplus if row.row.code == "sales_members")
    assert sales.parts == (Money(52_000), ZERO)


def test_what_does_not_cancel_is_refused_with_both_sums(two):
    shop, unit = two
    with unit.open() as book:
        extra = book_it(book, OWED, chart.BANK, 1).number
    with (
        shop.read() as book,
        pytest.raises(
            consolidation.BooksApart, match="11902 holds 5,000,000 and 21902 4,999,999"
        ),
    ):
        consolidation.consolidated(book, [unit.number], FIRST_DAY, YEAR_END)
    with unit.open() as book:
        ledger.reverse(book, ledger.entry(book, extra), on=FIRST_DAY, reason="salah")
        book_it(book, chart.BANK, 31_005, 2)
    with (
        shop.read() as book,
        pytest.raises(consolidation.CapitalApart, match="15,000,002"),
    ):
        consolidation.consolidated(book, [unit.number], FIRST_DAY, YEAR_END)


def test_one_book_alone_is_not_consolidated(two):
    shop, _ = two
    with shop.read() as book:
        for others in ([], [shop.number]):
            with pytest.raises(consolidation.OneBook):
                consolidation.consolidated(book, others, FIRST_DAY, YEAR_END)
        with pytest.raises(NotFounded):
            consolidation.consolidated(book, [10**9], FIRST_DAY, YEAR_END)
        assert book.session.info["book"] is book


def test_the_other_book_answers_where_each_names_the_other(two):
    shop, unit = two

    def left(coop, name="2026-01"):
        with coop.read() as book:
            checks = {
                check.sentence: check for check in ledger.month_checklist(book, name)
            }
            year = yearend.year_checklist(book, 2026, date(2027, 1, 5))[2]
        found_ = [
            check for said, check in checks.items() if said.startswith("Inter-unit")
        ]
        return found_[0].sentence, found_[0].amount.units, year.in_order

    alone = "Inter-unit accounts are empty"
    assert left(shop) == (alone, 5_000_000, False)
    with shop.open() as book:
        set_setting(
            *(book, consolidation.SISTER, unit.number),
            valid_from=FIRST_DAY,
            source="AD",
            on=FIRST_DAY - timedelta(days=1),
        )
    assert left(shop) == (alone, 5_000_000, False)
    name_each_other(shop, unit)
    assert left(shop) == (consolidation.ANSWERED, 0, True)
    assert left(unit) == (consolidation.ANSWERED, 0, True)
    with unit.open() as book:
        book_it(book, OWED, chart.BANK, 3)
        before = book.number
        assert consolidation.between_units(book, YEAR_END) == Money(3)
        assert book.number == before
    assert left(shop) == (consolidation.ANSWERED, 3, False)


def test_what_was_not_flushed_stays_in_its_own_book(two):
    shop, unit = two
    with shop.open() as book:
        goods.item(book, RICE).name = "Beras ketan"
        with consolidation.beside(book, unit.number) as other:
            assert goods.items(other) == []
        assert goods.item(book, RICE).name == "Beras ketan"
    with unit.read() as book:
        assert goods.items(book) == []


ACCOUNTS = {
    11_201: AccountType.ASSET,
    11_401: AccountType.ASSET,
    13_004: AccountType.ASSET,
    21_101: AccountType.LIABILITY,
    32_001: AccountType.EQUITY,
    34_001: AccountType.EQUITY,
}


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.lists(
            st.tuples(
                st.sampled_from(sorted(ACCOUNTS)),
                st.sampled_from(sorted(ACCOUNTS)),
                st.integers(1, 10**9),
            ),
            max_size=8,
        ),
        min_size=2,
        max_size=4,
    ),
    st.integers(-(10**9), 10**9),
    st.integers(0, 10**9),
)
def test_any_books_that_tie_tie_together(books, lent, given_):
    units = []
    for n, entries in enumerate(books):
        sums = dict.fromkeys(ACCOUNTS, 0)
        for left, right, amount in entries:
            sums[left] += amount
            sums[right] -= amount
        held = [Held(one, ACCOUNTS[one], Money(units_)) for one, units_ in sums.items()]
        if n == 0:
            held += [
                Held(LENT, AccountType.ASSET, Money(lent)),
                Held(INVESTED, AccountType.ASSET, Money(given_)),
                Held(11_102, AccountType.ASSET, Money(-lent - given_)),
            ]
        elif n == 1:
            held += [
                Held(OWED, AccountType.LIABILITY, Money(-lent)),
                Held(CAPITAL, AccountType.EQUITY, Money(-given_)),
                Held(11_102, AccountType.ASSET, Money(lent + given_)),
            ]
        units.append(held)
    rows = consolidation.combined(
        layout("position"), units, consolidation.eliminations(units, YEAR_END)
    )
    amounts = {each.row.code: each.whole for each in rows}
    assert amounts["total_assets"] == amounts["total_both"]
    assert amounts["unit_capital"] == amounts["long_investments"] == ZERO
    cash = sum(
        each.balance.units
        for held in units
        for each in held
        if each.account in (11_201, 11_102)
    )
    assert amounts["cash"].units == cash
