"""The shop at the desks: put on the list, bought, sold, counted, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coopbook import goods, ledger
from coopbook.cooperatives import set_setting
from coopbook.ledger import chart
from coopbook.money import Money
from coopbook.people import Role
from tests.conftest import FIRST_DAY, TODAY
from tests.coopbook.goods.shop import KILO, RICE, bought, opened
from tests.webui.conftest import Desks, hidden_fields, plain
from tests.webui.test_counter_savings import ON, in_english
from tests.webui.test_policy import only


def stocked(desks: Desks) -> None:
    with desks.coop.open() as book:
        opened(book)
        bought(book, 10, 110_000, supplier="UD Makmur")


def test_a_cooperative_that_does_not_trade_sees_no_shop(desks: Desks) -> None:
    in_english(desks, "yanti")
    assert 'href="/shop"' not in desks.get("/menu").text
    assert "does not trade" in plain(desks.get("/shop"))
    for page in ("/shop/items/new", "/shop/purchase"):
        assert "does not trade" in plain(desks.get(page))
    with desks.coop.open() as book:
        set_setting(
            *(book, "trades", 1),
            valid_from=FIRST_DAY,
            source="AD",
            on=FIRST_DAY - timedelta(days=1),
        )
    assert 'href="/shop"' in desks.get("/menu").text
    assert "Nothing is on the list yet" in plain(desks.get("/shop"))


def test_a_shop_keeper_lists_buys_sells_and_counts(desks: Desks) -> None:
    stocked(desks)
    in_english(desks, "yanti")
    item = {"code": "G01", "name": "Gula", "unit": "kg"}
    item |= {"member_price": "15000", "other_price": "16000"}
    desks.post("/shop/items/new", **item)
    again = desks.send("/shop/items/new", **item)
    assert again.status_code == 422
    assert "belongs to Gula" in plain(again)
    asked = {
        "item_1": "3",
        "quantity_1": "2,5",
        "cost_1": "35000",
        "item_2": "1",
        "quantity_2": "5",
        "cost_2": "60.000",
        "paid_from": "11201",
        "supplier": "UD Makmur",
        "on": ON,
    }
    half = desks.send("/shop/purchase", **(asked | {"quantity_2": ""}))
    assert half.status_code == 422
    assert "Please fill this in." in plain(half)
    odd = desks.send("/shop/purchase", **(asked | {"quantity_1": "2,5555"}))
    assert "at most three places" in plain(odd)
    desks.post("/shop/purchase", **asked)
    assert "2,5 kg" in plain(desks.get("/shop"))
    in_english(desks, "rina")
    much = desks.send("/shop/sale", item_1="1", quantity_1="16", into="11102", on=ON)
    assert much.status_code == 422
    assert "There are 15 kg of Beras" in plain(much)
    sale = {"item_1": "1", "quantity_1": "1,5", "member": "1", "into": "11102"}
    seen = desks.send("/shop/sale", **sale, on=ON)
    assert "1,5 kg Beras to Siti Aminah, for Rp 19.500." in plain(seen)
    desks.post("/shop/sale", **sale, on=ON)
    desks.post("/shop/sale", item_1="3", quantity_1="1", into="11102", on=ON)
    card = desks.get("/shop/items/1")
    assert "Member 1" in plain(card)
    assert "13,5" in plain(card)
    counted = {"quantity": "13", "witness": "sari", "on": ON}
    why = desks.send("/shop/items/1/count", **counted)
    assert "Write why it differs" in plain(why)
    desks.post("/shop/items/1/count", **counted, explanation="karung bocor")
    with desks.coop.read() as book:
        assert goods.stock_of(book, RICE).quantity == 13 * KILO
        assert goods.tied(book).holds
        assert ledger.account_balance(book, chart.SALES_MEMBERS) == Money(19_500)
        assert ledger.account_balance(book, chart.SALES_OTHERS) == Money(16_000)


def test_a_sale_sent_twice_is_posted_once(desks: Desks) -> None:
    stocked(desks)
    in_english(desks, "rina")
    asked = {"item_1": "1", "quantity_1": "1", "into": "11102", "on": ON}
    form = hidden_fields(desks.send("/shop/sale", **asked).text) | asked
    for _ in range(2):
        assert desks.client.post("/shop/sale", data=form).status_code == 302
    with desks.coop.read() as book:
        assert goods.stock_of(book, RICE).quantity == 9 * KILO


def test_a_sale_is_taken_back_at_the_counter(desks: Desks) -> None:
    stocked(desks)
    with desks.coop.open() as book:
        entry = goods.sell(book, [(RICE, KILO)], on=TODAY).number
    in_english(desks, "rina")
    desks.post(f"/vouchers/{entry}/reversal", reason="salah", on=ON)
    with desks.coop.read() as book:
        assert goods.stock_of(book, RICE).quantity == 10 * KILO


def test_prices_change_and_an_item_is_put_aside(desks: Desks) -> None:
    stocked(desks)
    in_english(desks, "budi")
    prices = {"member_price": "13.500", "other_price": "14.500"}
    desks.post("/shop/items/1/change", **prices, active="no")
    assert "put aside" in plain(desks.get("/shop"))
    with desks.coop.read() as book:
        assert goods.item(book, RICE).member_price == Money(13_500)


def test_goods_of_the_older_books_are_taken_over(desks: Desks) -> None:
    stocked(desks)
    with desks.coop.open() as book:
        lines = [
            ledger.debit(chart.INVENTORY, Money(9_000)),
            ledger.credit(33_002, Money(9_000)),
        ]
        ledger.post(book, on=TODAY, memo="saldo awal", lines=lines)
    in_english(desks, "yanti")
    assert "Stock and account differ" in plain(desks.get("/shop"))
    much = desks.send("/shop/items/2/older", quantity="3", cost="9001", on=ON)
    assert "Rp 9.000 that no item explains" in plain(much)
    desks.post("/shop/items/2/older", quantity="3", cost="9000", on=ON)
    assert "the same on account 11701" in plain(desks.get("/shop"))


@pytest.mark.parametrize("role", [Role.MEMBER, Role.TELLER, Role.AUDITOR, Role.MANAGER])
def test_who_sells_and_who_buys(desks: Desks, role: Role) -> None:
    stocked(desks)
    desks.log_in(only(desks.coop, role))
    sells = role is Role.TELLER
    assert desks.get("/shop/sale").status_code == (200 if sells else 403)
    assert desks.get("/shop/items/1/count").status_code == (200 if sells else 403)
    assert desks.get("/shop/purchase").status_code == 403
    lists = role is Role.MANAGER
    assert desks.get("/shop/items/new").status_code == (200 if lists else 403)
    assert desks.get("/shop").status_code == (403 if role is Role.MEMBER else 200)


def test_goods_of_another_cooperative_are_not_there(desks: Desks, twin) -> None:
    with desks.coop.open() as book:
        opened(book)
    in_english(desks, "yanti")
    assert desks.get("/shop/items/1").status_code == 200
    desks.log_in("yanti", twin)
    assert desks.get("/shop/items/1").status_code == 404


def test_what_members_saved_stands_on_the_page_of_their_benefit(desks: Desks) -> None:
    in_english(desks, "yanti")
    assert "Goods: what members paid" not in plain(desks.get("/year/2026/benefit"))
    with desks.coop.open() as book:
        opened(book)
        bought(book, 10, 90_000)
        goods.sell(book, [(RICE, 2_500)], on=TODAY, member=1)
        goods.sell(book, [(RICE, 2_500)], on=TODAY)
    page = plain(desks.get("/year/2026/benefit"))
    assert "Goods: what members paid beside the price for others" in page
    assert "32.500 35.000 2.500" in page
    assert "Together 2.500" in page
    assert "are not in it" not in page
    desks.log_in("yanti")
    page = plain(desks.get("/year/2026/benefit"))
    assert "Barang: yang dibayar anggota" in page
