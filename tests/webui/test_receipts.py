"""Receipts: the first is the receipt, every later one a numbered copy."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from tests.conftest import FIRST_DAY
from tests.webui.conftest import Desks, hidden_fields
from webui.deskstore import DeskStore

ON = "16/03/2026"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def deposited(desks: Desks) -> str:
    desks.log_in("rina")
    asked = {"account": 2, "amount": "50000", "on": ON}
    return str(desks.post("/counter/1/deposit", **asked).headers["Location"])


def copy(html: str) -> int:
    """Return which copy a page is; 0 for the receipt itself."""
    found = re.search(r'class="stamp note">\D*(\d+)<', html)
    return int(found[1]) if found else 0


def test_printing_again_makes_a_numbered_copy(desks: Desks) -> None:
    at = deposited(desks)
    assert copy(desks.text(at)) == 0

    prints = [desks.client.post(f"{at}/print?paper=58") for _ in range(3)]

    assert [copy(one.text) for one in prints] == [0, 1, 2]
    assert all("data-print-now" in one.text for one in prints)
    assert all("onpaper" not in one.text for one in prints)
    assert copy(desks.text(at)) == 3


def test_looking_counts_nothing_and_says_so_on_paper(desks: Desks) -> None:
    at = deposited(desks)
    for _ in range(3):
        page = desks.text(at)
    assert copy(page) == 0
    assert "onpaper" in page
    assert "data-print-now" not in page


def test_an_auditor_looks_and_does_not_print(desks: Desks) -> None:
    at = deposited(desks)
    desks.log_in("agus")
    assert "/print" not in desks.text(at)
    assert desks.client.post(f"{at}/print").status_code == 403


def test_what_is_not_in_the_book_is_not_counted(desks: Desks) -> None:
    deposited(desks)
    assert desks.client.post("/receipts/99999/print").status_code == 404
    assert desks.client.post("/receipts/1/print?paper=a0").status_code == 404


def test_prints_of_the_twin_are_its_own(desks: Desks, twin) -> None:
    at = deposited(desks)
    desks.client.post(f"{at}/print")
    desks.client.post(f"{at}/print")
    desks.log_in("rina", twin)
    number = int(at.rsplit("/", 1)[1]) - 1
    assert copy(desks.text(f"/receipts/{number}")) == 0


def test_prints_are_counted_one_by_one_when_many_print(engine: Engine, tmp_path):
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    if engine.dialect.name == "postgresql":
        url = engine.url.render_as_string(hide_password=False)
    store = DeskStore(url)
    with ThreadPoolExecutor(8) as pool:
        counted = list(pool.map(lambda _: store.count_print(10**9, 7), range(40)))
    assert sorted(counted) == list(range(1, 41))
    assert store.prints(10**9, 7) == 40
    store.engine.dispose()


@pytest.fixture
def voucher(desks: Desks) -> str:
    """A voucher with a paper behind it."""
    desks.log_in("tono")
    asked = {
        "memo": "Pinjam kursi", "debit": 52008, "credit": 11102,
        "amount": "50000", "on": ON,
    }  # fmt: skip
    at = "/vouchers/new/expense"
    file = {"paper": (io.BytesIO(PNG), "nota.png", "image/png")}
    with desks.coop.open() as book:
        from coopbook import ledger
        from coopbook.ledger import credit, debit
        from coopbook.money import Money

        lines = [debit(11102, Money(900_000)), credit(33002, Money(900_000))]
        ledger.post(book, on=FIRST_DAY, memo="Hibah",
                    lines=lines)  # fmt: skip
    data = hidden_fields(desks.get(at).text) | asked
    shown = desks.client.post(at, data=data | file)
    posted = desks.client.post(at, data=hidden_fields(shown.text) | asked)
    return str(posted.headers["Location"])


def test_the_auditor_finds_every_paper_beside_its_voucher(
    desks: Desks, voucher: str
) -> None:
    desks.log_in("agus")
    for path in ("/audit", "/audit/papers", "/books/journal", voucher):
        page = desks.text(path)
        assert "nota.png" in page, path
        link = page.split('href="/attachments/')[1].split('"')[0]
        assert desks.get(f"/attachments/{link}").data == PNG
    assert voucher in desks.text("/audit/papers")
