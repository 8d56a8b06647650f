"""verify notices an asset nobody bought, and one that wore out too much."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from coopbook import assets
from coopbook.chain.findings import Wrong
from coopbook.money import Money
from coopbook.verification.owned import check_assets
from tests.coopbook.assets.test_assets import laptop
from tests.coopbook.assets.test_taken_over import carried_over, taken


def checked(book):
    return check_assets(book.session.connection(), book.cooperative_id)


def test_honest_assets_are_in_order(book):
    assert checked(book) == 0
    laptop(book)
    carried_over(book)
    taken(book)
    assets.depreciate(book, 2029, 1)
    assert checked(book) == 2


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("purchase_entry = 1", "Asset 1 says that entry 1 bought it; it did not."),
        ("cost = cost + 1", "bought it; it did not."),
        ("account_number = 13004", "bought it; it did not."),
        ("bought_on = '2026-01-02'", "bought it; it did not."),
        ("residual = 4000000", "Asset 1 wore out by 1,500,000, and may by 500,000."),
        ("worn_before = 3000001", "Asset 1 wore out by 4,500,001, and may by"),
    ],
)
def test_an_asset_that_was_bent_is_told(book, damage, told):
    row = laptop(book)
    assert row.cost == Money(4_500_000)
    assets.depreciate(book, 2026, 12)
    connection = book.session.connection()
    connection.execute(text(f"UPDATE fixed_asset SET {damage}"))
    with pytest.raises(Wrong) as wrong:
        check_assets(connection, book.cooperative_id)
    assert told in wrong.value.finding.said()
