"""An asset that comes from older books at the desk."""

from __future__ import annotations

import pytest

from coopbook import assets, ledger
from coopbook.money import Money
from tests.conftest import FIRST_DAY
from tests.webui.conftest import Desks, plain
from tests.webui.test_counter_savings import ON, in_english

OLD = {
    "name": "Komputer lama",
    "account": "13005",
    "cost": "5000000",
    "months": "48",
    "on": "17/03/2024",
    "worn_before": "1900000",
}


@pytest.fixture
def opened(desks: Desks) -> Desks:
    """A book that took a computer over with what was depreciated of it."""
    with desks.coop.open() as book:
        lines = [
            ledger.debit(13_005, Money(5_000_000)),
            ledger.credit(13_095, Money(1_900_000)),
            ledger.credit(33_002, Money(3_100_000)),
        ]
        ledger.post(book, on=FIRST_DAY, memo="Saldo awal aset", lines=lines)
    return desks


def test_what_older_books_depreciated_is_entered_and_ties(opened: Desks) -> None:
    desks = opened
    in_english(desks, "yanti")
    page = plain(desks.get("/assets"))
    assert "more in the ledger than was depreciated here" in page
    assert "is written where an asset is entered" in page
    form = desks.get("/assets/new")
    assert "It comes from older books" in plain(form)
    assert "Empty: 01/01/2026, the first day of this book." in plain(form)
    desks.post("/assets/new", **OLD)
    page = plain(desks.get("/assets"))
    assert "1.900.000 before 01/01/2026" in page
    assert "differ" not in page
    assert "3.100.000" in page
    assert "Entered wrongly" in page
    desks.log_in("yanti")
    page = plain(desks.get("/assets"))
    assert "1.900.000 sebelum 01/01/2026" in page
    assert "Disusutkan di buku lama" in plain(desks.get("/assets/new"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"worn_before": "5000001"}, "What was depreciated before is from nothing"),
        ({"paid_from": "11201", "on": ON}, "What is bought now was not depreciated"),
        ({"on": "05/01/2026"}, "no month lies between"),
        ({"worn_before": "", "taken_over": "01/01/2026"}, "or leave that day out"),
        ({"account": "13001", "months": ""}, "Land does not wear out"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    opened: Desks, change: dict[str, str], told: str
) -> None:
    in_english(opened, "yanti")
    page = opened.send("/assets/new", **(OLD | change))
    assert page.status_code == 422
    assert told in plain(page)
    with opened.coop.read() as book:
        assert assets.assets(book) == []


def test_the_day_of_taking_over_is_asked_for(opened: Desks) -> None:
    in_english(opened, "yanti")
    asked = OLD | {"taken_over": "31/01/2026"}
    opened.post("/assets/new", **asked)
    with opened.coop.read() as book:
        (row,) = assets.assets(book)
        assert row.months_before == 23
    page = plain(opened.get("/assets"))
    assert "1.900.000 before 31/01/2026" in page
