"""A shop with rice and soap, for tests of goods."""

from __future__ import annotations

from datetime import timedelta

from coopbook import goods
from coopbook.cooperatives import set_setting
from coopbook.money import Money
from tests.conftest import FIRST_DAY
from tests.coopbook.yearend.years import earned

RICE, SOAP = 1, 2
KILO = 1_000


def opened(book, capital=50_000_000):
    """Let a cooperative trade: two items, money in the bank, nothing in stock."""
    set_setting(
        *(book, "trades", 1),
        valid_from=FIRST_DAY,
        source="AD pasal 5",
        on=FIRST_DAY - timedelta(days=1),
    )
    earned(book, capital, on=FIRST_DAY)
    prices = {"member_price": Money(13_000), "other_price": Money(14_000)}
    goods.enter_item(book, "B01", "Beras", unit="kg", on=FIRST_DAY, **prices)
    prices = {"member_price": Money(3_500), "other_price": Money(4_000)}
    goods.enter_item(book, "S01", "Sabun", unit="buah", on=FIRST_DAY, **prices)


def bought(book, quantity, cost, *, on=FIRST_DAY, of=RICE, paid_from=11_201, **more):
    """Buy so many kilos or pieces."""
    lines = [(of, quantity * KILO, Money(cost))]
    return goods.buy(book, lines, on=on, paid_from=paid_from, **more)
