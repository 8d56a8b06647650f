"""Goods on account: a limit, who owes since when, paid, taken back, set off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coopbook import goods, ledger, members, settlement, statements
from coopbook.cooperatives import set_setting
from coopbook.ledger import chart
from coopbook.ledger.rules import BelowFloor
from coopbook.members import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.settlement import rules
from coopbook.statements import Kind
from tests.conftest import FIRST_DAY, found
from tests.coopbook.goods.shop import KILO, RICE, bought, opened

SECOND, THIRD = date(2026, 2, 2), date(2026, 3, 3)
SHOP = chart.SHOP_RECEIVABLE


def trading(book, limit=200_000):
    opened(book)
    if limit:
        set_setting(
            *(book, goods.LIMIT, limit),
            valid_from=FIRST_DAY,
            source="RAT",
            on=FIRST_DAY - timedelta(days=1),
        )
    bought(book, 100, 1_000_000)


def on_account(book, kilos=1, *, on=FIRST_DAY, member=1):
    return goods.sell(book, [(RICE, kilos * KILO)], on=on, member=member, into=SHOP)


def test_a_sale_on_account_is_owed_until_it_is_paid(book):
    trading(book)
    entry = on_account(book, 2)
    assert {line.account_number: line.debit - line.credit for line in entry.lines} == {
        SHOP: Money(26_000),
        chart.SALES_MEMBERS: Money(-26_000),
        chart.COST_MEMBERS: Money(20_000),
        chart.INVENTORY: Money(-20_000),
    }
    assert entry.voucher.startswith("BM-")
    on_account(book, 3, on=SECOND)
    assert goods.on_account(book) == [goods.OnAccount(1, Money(65_000), FIRST_DAY)]
    paid = goods.pay_account(book, 1, Money(26_000), on=SECOND)
    assert paid.voucher.startswith("BKM-")
    assert goods.on_account(book) == [goods.OnAccount(1, Money(39_000), SECOND)]
    assert goods.owed_to_shop(book, 1, FIRST_DAY) == Money(26_000)
    goods.pay_account(book, 1, Money(39_000), on=THIRD, into=chart.BANK)
    assert goods.on_account(book) == []
    assert goods.on_account(book, SECOND) == [goods.OnAccount(1, Money(39_000), SECOND)]
    assert goods.bought_by(book, 1, FIRST_DAY, THIRD) == Money(65_000)


def test_without_a_limit_goods_are_paid_at_once(book):
    trading(book, limit=0)
    with pytest.raises(goods.NothingOnAccount, match="paid at once"):
        on_account(book)


def test_nobody_owes_more_than_the_limit_and_only_members_owe(book):
    trading(book, limit=26_000)
    with pytest.raises(goods.WhoseAccount, match="Only a member"):
        on_account(book, member=None)
    on_account(book)
    on_account(book)
    with pytest.raises(goods.AboveShopLimit, match="owes the shop"):
        on_account(book)
    goods.pay_account(book, 1, Money(13_000), on=FIRST_DAY)
    on_account(book)


def test_no_more_is_paid_than_is_owed(book):
    trading(book)
    with pytest.raises(goods.MoreThanOwed, match="owes the shop"):
        goods.pay_account(book, 1, Money(1), on=FIRST_DAY)
    on_account(book, on=SECOND)
    with pytest.raises(goods.MoreThanOwed):
        goods.pay_account(book, 1, Money(1_000), on=FIRST_DAY)
    with pytest.raises(goods.NotPaidThere):
        goods.pay_account(book, 1, Money(1_000), on=SECOND, into=chart.VAULT_CASH)


def test_a_sale_that_was_paid_is_taken_back_after_its_payment(coop):
    with coop.open() as book:
        trading(book)
        sale = on_account(book).number
        payment = goods.pay_account(book, 1, Money(13_000), on=SECOND).number
    with pytest.raises(BelowFloor), coop.open() as book:
        ledger.reverse(book, ledger.entry(book, sale), on=SECOND, reason="salah")
    with coop.open() as book:
        ledger.reverse(book, ledger.entry(book, payment), on=SECOND, reason="salah")
        ledger.reverse(book, ledger.entry(book, sale), on=SECOND, reason="salah")
        assert goods.on_account(book) == []
        assert goods.stock_of(book, RICE).quantity == 100 * KILO


def test_what_is_paid_on_account_is_goods_sold_in_the_cash_flow(coop):
    def brought(book):
        found = statements.cash_flow(book, SECOND, THIRD)
        assert found.ties
        return {
            one.row.code: one.amount.units
            for one in found.statement.figures
            if one.row.kind is Kind.LINE and one.amount
        }

    with coop.open() as book:
        trading(book)
        on_account(book, 3, on=SECOND)
        assert brought(book) == {}
        paid = goods.pay_account(book, 1, Money(26_000), on=SECOND).number
        assert brought(book) == {"sales_in": 26_000}
        ledger.reverse(book, ledger.entry(book, paid), on=SECOND, reason="salah")
        assert brought(book) == {}
        book.session.rollback()


def test_leaving_sets_goods_off_before_loans_and_needs_enough_saved(book):
    trading(book)
    on_account(book, 2)
    siti = members.member(book, 1)
    row = settlement.begin(
        book, siti, MemberStatus.RESIGNED, on=SECOND, reason="pindah"
    )
    said = settlement.reckon(book, siti, MemberStatus.RESIGNED, SECOND)
    assert said.shop == Money(26_000)
    assert said.owes == Money(26_000)
    assert said.net == said.owns - Money(26_000)
    with pytest.raises(goods.NotAMember):
        on_account(book, on=SECOND)
    with pytest.raises(rules.LoanStillRuns, match="for goods"):
        settlement.settle(book, row, on=SECOND, set_off=False)
    settlement.settle(book, row, on=SECOND, set_off=True)
    assert goods.owed_to_shop(book, 1) == ZERO
    assert row.net == said.net


def test_who_owes_more_than_was_saved_pays_the_rest_first(book):
    trading(book, limit=10_000_000)
    siti = members.member(book, 1)
    owns = settlement.reckon(book, siti, MemberStatus.RESIGNED, SECOND).owns
    kilos = owns.units // 13_000 + 1
    bought(book, kilos, 1_000_000)
    on_account(book, kilos)
    row = settlement.begin(
        book, siti, MemberStatus.RESIGNED, on=SECOND, reason="pindah"
    )
    more = Money(kilos * 13_000) - owns
    with pytest.raises(rules.OwesShop) as refused:
        settlement.settle(book, row, on=SECOND, set_off=True)
    assert refused.value.more == more
    goods.pay_account(book, 1, more, on=SECOND)
    settlement.settle(book, row, on=SECOND, set_off=True)
    assert (goods.owed_to_shop(book, 1), row.net) == (ZERO, ZERO)


acts = st.lists(
    st.tuples(
        st.sampled_from(["buy", "pay", "back"]),
        st.integers(1, 6),
        st.integers(0, 4),
    ),
    max_size=14,
)


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_what_is_owed_is_what_was_bought_less_what_was_paid(name, request):
    """Purchases with their days in one list, each rupiah paid taken off the first."""
    engine = request.getfixturevalue(f"{name}_engine")

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(acts)
    def every(some):
        with found(engine).open() as book:
            trading(book, limit=100_000_000)
            unpaid: list[date] = []  # one for each rupiah thousand owed
            on, last = FIRST_DAY, None
            for what, much, later in some:
                on += timedelta(days=later)
                if what == "buy":
                    last = on_account(book, much, on=on)
                    unpaid += [on] * (13 * much)
                elif what == "pay" and unpaid:
                    part = min(much * 7, len(unpaid))
                    goods.pay_account(book, 1, Money(part * 1_000), on=on)
                    unpaid = unpaid[part:]
                elif last is not None:
                    kilos = last.lines[0].debit.units // 1_000
                    if kilos <= len(unpaid):
                        ledger.reverse(book, last, on=on, reason="salah")
                        unpaid = unpaid[kilos:]
                    last = None
                expected = (
                    [goods.OnAccount(1, Money(len(unpaid) * 1_000), unpaid[0])]
                    if unpaid
                    else []
                )
                assert goods.on_account(book) == expected
                held = ledger.account_balance(book, SHOP)
                assert held == Money(len(unpaid) * 1_000)

    every()
