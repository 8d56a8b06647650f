"""Goods are bought, sold, counted and taken back; stock and account are one figure."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coopbook import goods, ledger, statements
from coopbook.errors import Refused
from coopbook.ledger import chart
from coopbook.ledger.rules import NotAnAmount
from coopbook.members.rules import NoSuchMember
from coopbook.money import ZERO, Money
from tests.conftest import FIRST_DAY, found
from tests.coopbook.goods.shop import KILO, RICE, SOAP, bought, opened
from tests.oracles.naive_stock import replayed

LATER = date(2026, 2, 2)


def held(book, account, on=None):
    return ledger.account_balance(book, account, on)


def test_a_sale_brings_its_price_and_takes_its_cost(book):
    opened(book)
    bought(book, 10, 110_000, supplier="UD Makmur", document="F-12")
    bought(book, 10, 121_001, on=LATER)
    entry = goods.sell(book, [(RICE, 2_500)], on=LATER, member=1)
    assert {line.account_number: line.debit - line.credit for line in entry.lines} == {
        chart.TELLER_CASH: Money(32_500),
        chart.SALES_MEMBERS: Money(-32_500),
        chart.COST_MEMBERS: Money(28_875),
        chart.INVENTORY: Money(-28_875),
    }
    assert entry.voucher.startswith("BKM-")
    other = goods.sell(book, [(RICE, 2_500)], on=LATER, into=chart.BANK)
    assert other.voucher.startswith("BBM-")
    assert held(book, chart.SALES_OTHERS) == Money(35_000)
    assert goods.stock_of(book, RICE).quantity == 15 * KILO
    assert goods.tied(book).holds
    assert goods.bought_by(book, 1, FIRST_DAY, LATER) == Money(32_500)
    assert [one.kind for one in goods.stock_card(book, RICE)] == [
        *("sale", "sale", "purchase", "purchase")
    ]
    assert goods.worth(book, FIRST_DAY) == Money(110_000)


def test_the_last_of_it_takes_what_is_left_of_its_value(book):
    opened(book)
    bought(book, 3, 100)
    for _ in range(3):
        goods.sell(book, [(RICE, KILO)], on=FIRST_DAY)
    assert goods.stock_of(book, RICE) == goods.Stock(0, ZERO)
    assert held(book, chart.INVENTORY) == ZERO
    assert held(book, chart.COST_OTHERS) == Money(100)


def test_several_items_are_one_receipt_and_one_reversal(book):
    opened(book)
    goods.buy(
        book,
        [(RICE, 5 * KILO, Money(55_000)), (SOAP, 12 * KILO, Money(36_000))],
        on=FIRST_DAY,
        paid_from=None,
        supplier="UD Makmur",
    )
    assert held(book, chart.SUPPLIERS) == Money(91_000)
    entry = goods.sell(
        book, [(RICE, KILO), (SOAP, 2 * KILO), (RICE, KILO)], on=LATER, member=1
    )
    assert held(book, chart.TELLER_CASH) >= Money(33_000)
    ledger.reverse(book, entry, on=LATER, reason="salah")
    assert [one.stock for one in goods.stocks(book)] == [
        goods.Stock(5 * KILO, Money(55_000)),
        goods.Stock(12 * KILO, Money(36_000)),
    ]
    assert goods.tied(book).holds
    assert goods.bought_by(book, 1, FIRST_DAY, LATER) == ZERO
    assert goods.stock_card(book, RICE)[0].kind == "taken_back"


def test_what_was_sold_since_is_taken_back_in_its_order(coop):
    with coop.open() as book:
        opened(book)
        bought(book, 10, 100_000)
        second = bought(book, 10, 200_000).number
        sale = goods.sell(book, [(RICE, 12 * KILO)], on=FIRST_DAY)
        with pytest.raises(goods.SoldSince, match="Take back"):
            ledger.reverse(
                book, ledger.entry(book, second), on=FIRST_DAY, reason="salah"
            )
        ledger.reverse(book, sale, on=LATER, reason="salah")
    with pytest.raises(goods.MovedLater), coop.open() as book:
        ledger.reverse(book, ledger.entry(book, second), on=FIRST_DAY, reason="salah")
    with coop.open() as book:
        ledger.reverse(book, ledger.entry(book, second), on=LATER, reason="salah")
        assert goods.stock_of(book, RICE) == goods.Stock(10 * KILO, Money(100_000))
        assert goods.tied(book).holds


def test_nobody_sells_more_than_there_is_or_before_what_was_booked(book):
    opened(book)
    bought(book, 10, 100_000, on=LATER)
    with pytest.raises(goods.NotSoMany, match="10 kg of Beras on 2026-02-02"):
        goods.sell(book, [(RICE, 10_001)], on=LATER)
    with pytest.raises(goods.NotSoMany, match="There are 4 kg"):
        goods.sell(book, [(RICE, 6 * KILO), (RICE, 5 * KILO)], on=LATER)
    with pytest.raises(goods.MovedLater, match="Use 2026-02-02"):
        goods.sell(book, [(RICE, KILO)], on=LATER - timedelta(days=1))
    with pytest.raises(goods.MovedLater):
        bought(book, 1, 10_000, on=FIRST_DAY)
    assert goods.stock_of(book, RICE).quantity == 10 * KILO


def test_what_is_refused_says_what_would_work(book):
    opened(book)
    bought(book, 10, 100_000)
    about = {"on": FIRST_DAY}
    for refused, asked in (
        (goods.NothingMoved, lambda: goods.sell(book, [], **about)),
        (goods.NotAQuantity, lambda: goods.sell(book, [(RICE, 0)], **about)),
        (goods.NoSuchItem, lambda: goods.sell(book, [(9, KILO)], **about)),
        (
            goods.NotPaidThere,
            lambda: goods.sell(book, [(RICE, KILO)], into=chart.VAULT_CASH, **about),
        ),
        (
            goods.NotAMember,
            lambda: goods.sell(book, [(RICE, KILO)], member=2, **about),
        ),
        (
            NoSuchMember,
            lambda: goods.sell(book, [(RICE, KILO)], member=99, **about),
        ),
        (goods.SupplierNeeded, lambda: bought(book, 1, 1, paid_from=None)),
        (goods.NotPaidThere, lambda: bought(book, 1, 1, paid_from=31_001)),
        (goods.NothingMoved, lambda: goods.buy(book, [], paid_from=None, **about)),
        (NotAnAmount, lambda: bought(book, 1, 0)),
        (
            goods.NotInTheBooks,
            lambda: goods.take_over(book, SOAP, KILO, Money(1), **about),
        ),
    ):
        with pytest.raises(refused):
            asked()
    prices = {"member_price": Money(1), "other_price": Money(1)}
    entering = {"unit": "kg", "on": FIRST_DAY}
    with pytest.raises(goods.PriceNeeded):
        goods.enter_item(
            *(book, "X", "Gula"), member_price=ZERO, other_price=Money(1), **entering
        )
    with pytest.raises(goods.ItemTaken, match="Beras"):
        goods.enter_item(book, "b01", "Gula", **prices, **entering)
    with pytest.raises(goods.NameOfItem):
        goods.enter_item(book, " ", "Gula", **prices, **entering)
    with pytest.raises(goods.PriceNeeded):
        goods.change_item(
            *(book, RICE), member_price=ZERO, other_price=Money(1), active=True
        )
    goods.change_item(book, RICE, active=False, **prices)
    with pytest.raises(goods.NoLongerSold):
        goods.sell(book, [(RICE, KILO)], **about)
    with pytest.raises(goods.NoSuchItem):
        goods.item_of(book, "Q")


def test_what_comes_to_no_rupiah_is_not_sold(book):
    opened(book)
    bought(book, 1, 1)
    goods.change_item(
        *(book, RICE), member_price=Money(1), other_price=Money(1), active=True
    )
    with pytest.raises(NotAnAmount):
        goods.sell(book, [(RICE, 500)], on=FIRST_DAY)


def test_a_pure_cooperative_does_not_trade(book):
    assert not goods.trades(book, FIRST_DAY)
    with pytest.raises(goods.DoesNotTrade, match="say in its by-laws"):
        goods.enter_item(
            *(book, "B01", "Beras"),
            unit="kg",
            member_price=Money(1),
            other_price=Money(1),
            on=FIRST_DAY,
        )
    assert chart.SALES_MEMBERS not in {one.number for one in ledger.accounts(book)}
    with pytest.raises(goods.DoesNotTrade):
        goods.sell(book, [(RICE, KILO)], on=FIRST_DAY)
    with pytest.raises(goods.DoesNotTrade):
        goods.count_goods(book, RICE, 0, on=FIRST_DAY, witness="sari")


def test_a_count_books_what_is_missing_and_what_is_over(book):
    opened(book)
    bought(book, 10, 100_003)
    with pytest.raises(goods.WhyApart, match="The book says 10 kg"):
        goods.count_goods(book, RICE, 9 * KILO, on=LATER, witness="sari")
    with pytest.raises(goods.SomebodyElse):
        goods.count_goods(book, RICE, 10 * KILO, on=LATER, witness="rina")
    with pytest.raises(goods.NotCountedSo):
        goods.count_goods(book, RICE, -1, on=LATER, witness="sari")
    same = goods.count_goods(book, RICE, 10 * KILO, on=LATER, witness="sari")
    assert same.entry_number is None
    about = {"on": LATER, "witness": "sari", "explanation": "dimakan tikus"}
    short = goods.count_goods(book, RICE, 9_500, **about)
    assert (short.difference, short.value) == (-500, Money(-5_000))
    assert held(book, chart.STOCK_DIFFERENCES) == Money(5_000)
    assert ledger.entry(book, short.entry_number).memo.endswith("rina: dimakan tikus")
    goods.count_goods(book, RICE, 9_700, **about)
    assert held(book, chart.STOCK_DIFFERENCES) == Money(5_000 - 2_000)
    gone = goods.count_goods(book, RICE, 0, **about)
    assert held(book, chart.INVENTORY) == ZERO
    ledger.reverse(
        book, ledger.entry(book, gone.entry_number), on=LATER, reason="ketemu"
    )
    assert goods.stock_of(book, RICE).quantity == 9_700
    goods.count_goods(book, RICE, 0, **about)
    found_ = goods.count_goods(book, RICE, KILO, **about)
    assert found_.value == Money(10_000)
    with pytest.raises(goods.CostUnknown):
        goods.count_goods(book, SOAP, KILO, **about)
    assert goods.tied(book).holds
    assert len(goods.counts_of(book, RICE)) == 6


def test_goods_of_the_older_books_are_taken_over_up_to_their_account(book):
    opened(book)
    ledger.post(
        book,
        on=FIRST_DAY,
        memo="saldo awal",
        lines=[
            ledger.debit(chart.INVENTORY, Money(70_000)),
            ledger.credit(33_002, Money(70_000)),
        ],
    )
    assert not goods.tied(book).holds
    with pytest.raises(goods.NotInTheBooks, match="70,000"):
        goods.take_over(book, RICE, 7 * KILO, Money(70_001), on=FIRST_DAY)
    goods.take_over(book, RICE, 7 * KILO, Money(70_000), on=FIRST_DAY)
    assert goods.tied(book).holds


def test_statements_show_sales_beside_their_cost(book):
    opened(book)
    bought(book, 10, 100_000)
    goods.sell(book, [(RICE, 4 * KILO)], on=LATER, member=1)
    back = goods.sell(book, [(RICE, KILO)], on=LATER)
    goods.sell(book, [(RICE, 2 * KILO)], on=LATER)
    ledger.reverse(book, back, on=LATER, reason="salah")
    told = statements.statements(book, FIRST_DAY, date(2026, 12, 31))
    assert told.agree
    surplus = told.surplus.amount
    assert surplus("sales_members") == Money(52_000)
    assert surplus("cost_of_sales_members") == Money(40_000)
    assert surplus("sales_non_members") == Money(28_000)
    assert surplus("cost_of_sales_non_members") == Money(20_000)
    assert surplus("cost_of_funds") == ZERO
    assert surplus("gross_participation") == Money(52_000)
    assert surplus("net_participation") == Money(12_000)
    assert surplus("gross_surplus") - surplus("non_member") == Money(20_000)
    cash = told.cash.statement.amount
    assert cash("sales_in") == Money(80_000)
    assert cash("goods_out") == Money(-100_000)
    assert cash("other_in") == cash("other_out") == ZERO
    assert told.position.amount("inventories") == Money(40_000)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["buy", "buy", "sell", "sell", "count", "reverse"]),
        st.integers(1, 6_000),
        st.integers(1, 90_000),
    ),
    max_size=14,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ACTS)
def test_stock_and_account_are_one_whatever_is_done(engine, acts):
    coop, events, posted = found(engine, bare=True), [], []
    with coop.open() as book:
        opened(book)
        for what, quantity, cost in acts:
            there = goods.stock_of(book, RICE)
            try:
                if what == "buy":
                    lines = [(RICE, quantity, Money(cost))]
                    posted.append(
                        goods.buy(book, lines, on=LATER, paid_from=chart.BANK)
                    )
                    events.append((quantity, cost))
                elif what == "sell":
                    posted.append(goods.sell(book, [(RICE, quantity)], on=LATER))
                    events.append((-quantity, None))
                elif what == "count":
                    goods.count_goods(
                        *(book, RICE, quantity),
                        on=LATER,
                        witness="sari",
                        explanation="?",
                    )
                    events = None if quantity != there.quantity else events
                elif posted:
                    ledger.reverse(
                        book, posted.pop(cost % len(posted)), on=LATER, reason="salah"
                    )
                    events = None
            except Refused:
                assert what != "buy"
                assert what != "sell" or quantity > there.quantity
            left = goods.stock_of(book, RICE)
            assert goods.tied(book).holds
            assert left.quantity >= 0
            assert left.quantity or left.value == ZERO
            if events is None:
                events = [(left.quantity, left.value.units)] if left.quantity else []
            assert replayed(events)[:2] == (left.quantity, left.value.units)
        assert goods.stock_of(book, RICE).average >= Fraction(0)
