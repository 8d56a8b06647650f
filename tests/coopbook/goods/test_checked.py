"""verify notices a stock that does not follow, or is not what its account holds."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from coopbook import goods, ledger
from coopbook.book import Book
from coopbook.chain.findings import Wrong
from coopbook.ledger import chart
from coopbook.money import Money
from coopbook.verification.stocked import check_goods
from tests.conftest import FIRST_DAY, found
from tests.coopbook.goods.shop import KILO, RICE, SOAP, bought, opened


@pytest.fixture
def shop(sqlite_engine):
    coop = found(sqlite_engine, bare=True)
    with coop.open() as book:
        opened(book)
        bought(book, 10, 110_000)
        bought(book, 12, 36_000, of=SOAP)
        goods.sell(book, [(RICE, KILO), (SOAP, KILO)], on=FIRST_DAY)
    return coop


def checked(coop):
    with coop.engine.connect() as connection:
        return check_goods(connection, coop.number)


def test_an_honest_stock_is_in_order(shop):
    assert checked(shop) == 4
    assert checked(found(shop.engine, bare=True)) == 0


def test_an_account_that_holds_more_than_the_stock_is_told(shop):
    with shop.open() as book:
        lines = [
            ledger.debit(chart.INVENTORY, Money(1)),
            ledger.credit(33_002, Money(1)),
        ]
        ledger.post(book, on=FIRST_DAY, memo="bebas", lines=lines)
    with pytest.raises(Wrong) as wrong:
        checked(shop)
    assert wrong.value.finding.said() == (
        "Goods in stock cost 132,000, their account holds 132,001."
    )


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("left_quantity = left_quantity + 1", "Movement 2 of item 1 does not follow."),
        ("left_value = left_value - 1", "Movement 2 of item 1 does not follow."),
        ("moved_on = '2025-12-31'", "Movement 2 of item 1 does not follow."),
        ("number = 3", "Movement 3 of item 1 does not follow."),
        ("value = value - 7, left_value = left_value - 7", "moved goods of -14,007"),
    ],
)
def test_a_movement_that_was_bent_is_told(shop, damage, told):
    with Session(shop.engine) as session:
        connection = session.connection(execution_options={"writing": True})
        Book(session, shop.number, "rina")
        connection.exec_driver_sql("DROP TRIGGER goods_movement_no_update")
        connection.exec_driver_sql(
            f"UPDATE goods_movement SET {damage}"
            f" WHERE cooperative_id = {shop.number} AND item_number = 1 AND number = 2"
        )
        with pytest.raises(Wrong) as wrong:
            check_goods(connection, shop.number)
        session.rollback()
    assert told in wrong.value.finding.said()
