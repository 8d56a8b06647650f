"""What waits above the limit: the desk says so, and the approver sees what it is."""

from __future__ import annotations

import pytest

from coopbook import funds, goods, ledger
from coopbook.funds.rules import SOCIAL
from coopbook.ledger import chart
from coopbook.money import Money
from coopbook.people import approvals
from tests.conftest import TODAY
from tests.coopbook.goods.shop import opened
from tests.webui.conftest import Desks, plain
from tests.webui.test_counter_savings import ON, in_english
from tests.webui.test_desks import approve

FUND = {
    "kind": "gathering",
    "amount": "2500000",
    "whom": "takjil warga",
    "paid_from": "11201",
    "on": ON,
}
STOCK = {
    "item_1": "1",
    "quantity_1": "200",
    "cost_1": "2600000",
    "paid_from": "11201",
    "supplier": "UD Makmur",
    "on": ON,
}


@pytest.fixture
def stocked(desks: Desks) -> Desks:
    with desks.coop.open() as book:
        opened(book)
        lines = [
            ledger.debit(chart.BANK, Money(3_000_000)),
            ledger.credit(SOCIAL, Money(3_000_000)),
        ]
        ledger.post(book, on=TODAY, memo="bagian SHU", lines=lines)
    return desks


@pytest.mark.parametrize(
    ("path", "asked", "told", "terjemahan"),
    [
        (
            "/funds/use",
            FUND,
            ("Use a fund above the limit", "takjil warga", "2.500.000", "Social"),
            ("Pakai dana di atas batas", "Dana Sosial"),
        ),
        (
            "/shop/purchase",
            STOCK,
            ("Buy goods above the limit", "Beras 200 kg", "2.600.000", "UD Makmur"),
            ("Beli barang di atas batas", "Beras"),
        ),
    ],
)
def test_it_waits_is_shown_and_is_done_when_agreed(
    stocked: Desks, path: str, asked: dict, told: tuple, terjemahan: tuple
) -> None:
    desks = stocked
    in_english(desks, "tono")
    assert "above the limit: a second person" in plain(desks.send(path, **asked))
    desks.post(path, **asked)
    assert "It waits for a second person." in plain(desks.get("/vouchers"))
    with desks.coop.read() as book:
        (row,) = approvals.inbox(book)
        assert goods.tied(book).stock == Money(0)
        assert funds.uses(book) == []
    desks.log_in("budi")
    said = plain(desks.get(f"/approvals/{row.number}"))
    assert all(word in said for word in terjemahan)
    in_english(desks, "budi")
    said = plain(desks.get(f"/approvals/{row.number}"))
    assert [word for word in told if word not in said] == []
    approve(desks, "budi")
    with desks.coop.read() as book:
        assert approvals.inbox(book) == []
        assert goods.tied(book).stock or funds.uses(book)
