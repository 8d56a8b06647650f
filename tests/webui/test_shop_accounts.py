"""Goods on account at the desks: sold, seen by the member, paid."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coopbook import goods
from coopbook.cooperatives import set_setting
from coopbook.ledger import chart
from coopbook.money import Money
from coopbook.people import Role, add_user
from tests.conftest import FIRST_DAY, PASSWORD_HASH, TODAY
from tests.coopbook.goods.shop import KILO, RICE, bought, opened
from tests.webui.conftest import Desks, hidden_fields, plain
from tests.webui.test_counter_savings import ON, in_english
from tests.webui.test_policy import only

SALE = {"item_1": "1", "quantity_1": "2", "member": "1", "on": ON}
SALE |= {"into": str(chart.SHOP_RECEIVABLE)}


def stocked(desks: Desks, *, limit: int = 200_000) -> None:
    with desks.coop.open() as book:
        opened(book)
        bought(book, 10, 110_000)
        if limit:
            set_setting(
                *(book, goods.LIMIT, limit),
                valid_from=FIRST_DAY,
                source="RAT",
                on=FIRST_DAY - timedelta(days=1),
            )


def owing(desks: Desks) -> None:
    with desks.coop.open() as book:
        goods.sell(
            *(book, [(RICE, 2 * KILO)]), on=TODAY, member=1, into=chart.SHOP_RECEIVABLE
        )


def test_a_member_buys_on_account_sees_it_and_pays(desks: Desks) -> None:
    stocked(desks)
    in_english(desks, "rina")
    assert "Nobody owes the shop anything" in plain(desks.get("/shop/accounts"))
    shown = plain(desks.send("/shop/sale", **SALE))
    assert "on account, for Rp 26.000; owed are then Rp 26.000" in shown
    assert goods_owed(desks) == Money(0)
    desks.post("/shop/sale", **SALE)
    assert "Rp 26.000" in plain(desks.get("/shop"))
    listed = desks.get("/shop/accounts")
    assert 'href="/shop/accounts/1/payment"' in listed.text
    assert "Owes the shop Rp 26.000 for goods" in plain(desks.get("/members/1"))
    too_much = desks.send(
        "/shop/accounts/1/payment", amount="27000", into="11102", on=ON
    )
    assert too_much.status_code == 422
    assert "Take that at most" in plain(too_much)
    asked = {"amount": "20.000", "into": "11102", "on": ON}
    shown = desks.send("/shop/accounts/1/payment", **asked)
    assert "pays Rp 20.000 for goods; Rp 6.000 is still owed" in plain(shown)
    form = hidden_fields(shown.text) | asked
    for _ in range(2):
        answer = desks.client.post("/shop/accounts/1/payment", data=form)
        assert answer.status_code == 302
    assert goods_owed(desks) == Money(6_000)
    with desks.coop.open("budi") as book:
        add_user(
            *(book, "siti", "Siti Aminah", PASSWORD_HASH, [Role.MEMBER]),
            on=FIRST_DAY,
            member_number=1,
            hashed=True,
        )
    desks.log_in("siti")
    assert "Utang belanja Anda di toko Rp 6.000" in plain(desks.get("/mine"))


def goods_owed(desks: Desks) -> Money:
    with desks.coop.read() as book:
        return goods.owed_to_shop(book, 1)


def test_without_a_limit_nobody_is_offered_to_buy_on_account(desks: Desks) -> None:
    stocked(desks, limit=0)
    in_english(desks, "rina")
    assert "on the member's account" not in plain(desks.get("/shop/sale"))
    assert "let nobody buy on account" in plain(desks.get("/shop/accounts"))
    assert "Bought on account" not in plain(desks.get("/shop"))


def test_a_sale_on_account_asks_whose(desks: Desks) -> None:
    stocked(desks)
    in_english(desks, "rina")
    refused = desks.send("/shop/sale", **(SALE | {"member": ""}))
    assert refused.status_code == 422
    assert "Only a member buys on account" in plain(refused)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.TELLER, Role.AUDITOR, Role.MANAGER])
def test_who_sees_who_owes_and_who_takes_the_payment(desks: Desks, role: Role) -> None:
    stocked(desks)
    owing(desks)
    desks.log_in(only(desks.coop, role))
    seen = desks.get("/shop/accounts")
    assert seen.status_code == (403 if role is Role.MEMBER else 200)
    takes = role is Role.TELLER
    assert ("/shop/accounts/1/payment" in seen.text) == takes
    paying = desks.get("/shop/accounts/1/payment").status_code
    assert paying == (200 if takes else 403)


def test_members_of_another_cooperative_owe_nothing_here(desks: Desks, twin) -> None:
    stocked(desks)
    owing(desks)
    desks.log_in("rina", twin)
    assert "26.000" not in plain(desks.get("/shop/accounts"))
    assert desks.get("/shop/accounts/999/payment").status_code == 404
