"""Patronage by what members bought, where the book knows it."""

from __future__ import annotations

from datetime import date

import pytest

from coopbook import goods, ledger, surplus
from coopbook.money import Money
from coopbook.surplus import Activity, Policy, Pool
from tests.conftest import FIRST_DAY
from tests.coopbook.goods.shop import KILO, RICE, bought, opened

LATER = date(2026, 5, 5)


def by_purchases():
    half = surplus.percent("50")
    return Policy(
        {Pool.RESERVE: half, Pool.PATRONAGE: half}, activity=Activity.PURCHASES
    )


def test_a_book_without_goods_knows_no_purchases(book):
    with pytest.raises(surplus.NoPurchases):
        surplus.set_policy(
            book, by_purchases(), first_year=2026, source="AD", on=FIRST_DAY
        )


def test_patronage_follows_what_members_bought_and_kept(book):
    opened(book)
    bought(book, 100, 1_000_000)
    goods.sell(book, [(RICE, 10 * KILO)], on=LATER, member=1)
    back = goods.sell(book, [(RICE, 5 * KILO)], on=LATER, member=1)
    goods.sell(book, [(RICE, 7 * KILO)], on=LATER)
    ledger.reverse(book, back, on=LATER, reason="salah")
    surplus.set_policy(book, by_purchases(), first_year=2026, source="AD", on=LATER)
    (siti,) = surplus.bases(book, 2026, surplus.policy_of(book, 2026))
    assert siti.activity == 130_000
    told = surplus.draft(book, 2026)
    assert told.of_others > Money(0)
