"""What docs/rules/goods.md shows is what the book says."""

from __future__ import annotations

from decimal import Decimal

from coopbook import goods
from coopbook.goods.rules import in_thousandths
from coopbook.money import Money
from tests.conftest import FIRST_DAY
from tests.coopbook.goods.shop import RICE, opened
from tests.rules_pages import tables, units


def test_the_worked_stock_card_is_that_of_the_book(book):
    opened(book)
    for row in tables("goods.md")["Worked"]:
        many = in_thousandths(Decimal(row["quantity"]))
        cost = units(row["brought or cost"])
        if row["what"] == "bought":
            lines = [(RICE, many, Money(cost))]
            goods.buy(book, lines, on=FIRST_DAY, paid_from=11_201)
        else:
            member = 1 if row["what"] == "sold to a member" else None
            goods.sell(book, [(RICE, many)], on=FIRST_DAY, member=member)
        moved = goods.stock_card(book, RICE)[0]
        assert abs(moved.value) == Money(cost)
        assert goods.in_units(moved.left_quantity) == Decimal(row["left"])
        assert moved.left_value == Money(units(row["worth"]))
