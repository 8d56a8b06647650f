"""Assets and cash counts at the desks."""

from __future__ import annotations

import pytest

from coopbook import assets, cashcounts, ledger
from coopbook.ledger import chart
from coopbook.money import Money
from coopbook.people import Role, approvals
from tests.conftest import TODAY
from tests.webui.conftest import Desks, plain
from tests.webui.test_counter_savings import ON, in_english
from tests.webui.test_desks import approve
from tests.webui.test_policy import only


def fill(desks: Desks, amount: int = 50_000_000) -> None:
    with desks.coop.open() as book:
        for account in (chart.BANK, chart.TELLER_CASH):
            lines = [
                ledger.debit(account, Money(amount)),
                ledger.credit(33_002, Money(amount)),
            ]
            ledger.post(book, on=TODAY, memo="hibah", lines=lines)


def test_an_asset_is_bought_worn_and_sold(desks: Desks) -> None:
    fill(desks)
    in_english(desks, "yanti")
    assert "Nothing is in the register yet" in plain(desks.get("/assets"))
    asked = {
        "name": "Laptop",
        "account": "13005",
        "cost": "1800000",
        "months": "36",
        "paid_from": "11201",
        "on": ON,
    }
    wrong = desks.send("/assets/new", **(asked | {"months": ""}))
    assert wrong.status_code == 422
    assert "in how many months" in plain(wrong)
    desks.post("/assets/new", **asked)
    page = plain(desks.get("/assets"))
    assert "1 Laptop" in page
    assert "1.800.000" in page
    desks.post("/assets/depreciation", month="2026-03")
    with desks.coop.open() as book:
        (now,) = assets.worth(book)
        assert now.gathered == Money(50_000)
    again = desks.send("/assets/depreciation", month="2026-03")
    assert "Nothing is left to depreciate" in plain(again)
    assert "2026-3x" in plain(desks.send("/assets/depreciation", month="2026-3x"))
    desks.post("/assets/1/disposal", amount="1700000", reason="dijual", on=ON)
    assert "gone on" in plain(desks.get("/assets"))


VEHICLE = {
    "name": "Mobil pikap",
    "account": "13003",
    "cost": "150000000",
    "months": "96",
    "paid_from": "11201",
    "on": ON,
}


def test_a_vehicle_above_the_limit_waits_for_another_person(desks: Desks) -> None:
    fill(desks, 200_000_000)
    in_english(desks, "tono")
    shown = desks.send("/assets/new", **VEHICLE)
    assert "Beli Mobil pikap. That is above the limit: a second" in plain(shown)
    assert "13003 Vehicles" in plain(shown)
    desks.post("/assets/new", **VEHICLE)
    assert "It waits for a second person." in plain(desks.get("/assets"))
    with desks.coop.read() as book:
        assert assets.assets(book) == []
        (asked,) = approvals.inbox(book)
        own = approvals.may_decide(book, asked)
    assert not own
    in_english(desks, "budi")
    page = desks.get(f"/approvals/{asked.number}")
    said = plain(page)
    for told in ("Buy an asset above the limit", "Mobil pikap", "150.000.000", "96"):
        assert told in said
    assert "11201" in said
    approve(desks, "budi")
    with desks.coop.read() as book:
        (row,) = assets.assets(book)
        assert row.cost == ledger.account_balance(book, 13_003) == Money(150_000_000)


def test_the_request_speaks_indonesian_and_its_maker_cannot_agree(
    desks: Desks,
) -> None:
    fill(desks, 200_000_000)
    desks.log_in("tono")
    desks.post("/assets/new", **VEHICLE)
    with desks.coop.read() as book:
        (asked,) = approvals.inbox(book)
    desks.log_in("budi")
    assert "Beli aset di atas batas" in plain(desks.get(f"/approvals/{asked.number}"))
    desks.log_in("tono")
    mine = desks.get(f"/approvals/{asked.number}")
    assert "/approve" not in mine.text


def test_a_voucher_for_an_asset_leads_to_the_register(desks: Desks) -> None:
    fill(desks)
    with desks.coop.open("tono") as book:
        ledger.post_voucher(
            *(book, "buy-asset", Money(1_900_000)),
            on=TODAY,
            memo="Printer",
            debit_account=13_005,
        )
    desks.log_in("yanti")
    assert "ada di buku besar dan belum ada di daftar" in plain(desks.get("/assets"))
    in_english(desks, "yanti")
    page = desks.get("/assets")
    told = "Rp 1.900.000 on Computers and devices is in the ledger and not in"
    assert told in plain(page)
    assert 'href="/assets/new?account=13005&amp;cost=1900000"' in page.text
    form = desks.get("/assets/new?account=13005&cost=1900000").text
    assert 'value="1.900.000"' in form
    assert 'selected value="13005"' in form
    about = {"name": "Printer", "account": "13005", "cost": "1900000", "months": "24"}
    desks.post("/assets/new", **about, paid_from="", on="02/01/2026")
    page = desks.get("/assets")
    assert "not in the register yet" not in plain(page)
    assert "in order" in plain(desks.get("/books/months"))


def test_an_asset_entered_wrongly_is_taken_out(desks: Desks) -> None:
    fill(desks)
    in_english(desks, "yanti")
    about = {"name": "Printer", "account": "13005", "cost": "900000", "months": "24"}
    desks.post("/assets/new", **about, paid_from="", on=ON)
    page = desks.get("/assets")
    assert "in the register and not in the ledger: no entry bought it" in plain(page)
    assert "/assets/1/taking-out" in page.text
    assert desks.send("/assets/1/taking-out", reason="").status_code == 422
    desks.post("/assets/1/taking-out", reason="dobel")
    page = desks.get("/assets")
    assert "taken out" in plain(page)
    assert "not in the ledger" not in plain(page)
    again = desks.send("/assets/1/taking-out", reason="dobel")
    assert "left already" in plain(again)
    assert desks.get("/assets/9/taking-out").status_code == 404
    desks.log_in("tono")
    assert desks.get("/assets/1/taking-out").status_code == 403


def test_a_till_is_counted_and_the_day_closed(desks: Desks) -> None:
    with desks.coop.open() as book:
        held = ledger.account_balance(book, chart.TELLER_CASH)
        pieces = {}
        left = held.units
        for piece in cashcounts.PIECES:
            pieces[f"piece_{piece}"], left = str(left // piece), left % piece
        assert left == 0
    in_english(desks, "tono")
    assert "to count" in plain(desks.get("/cash-counts"))
    about = {"account": "11102", "on": ON, "witness": "sari"}
    alone = desks.send("/cash-counts/new", **(about | pieces | {"witness": "tono"}))
    assert alone.status_code == 422
    short = desks.send("/cash-counts/new", **(about | {"explanation": "hilang"}))
    assert "less than the book says" in plain(short)
    desks.post("/cash-counts/new", **(about | pieces))
    page = desks.get("/cash-counts")
    assert "to count" not in plain(page)
    desks.send("/cash-counts")
    from tests.webui.conftest import hidden_fields

    closing = f"/cash-counts/{TODAY.isoformat()}/close"
    desks.client.post(closing, data=hidden_fields(page.text))
    with desks.coop.open() as book:
        assert ledger.is_closed(book, TODAY.isoformat())


@pytest.mark.parametrize("role", [Role.MEMBER, Role.TELLER, Role.AUDITOR])
def test_who_counts_and_who_enters_assets(desks: Desks, role: Role) -> None:
    desks.log_in(only(desks.coop, role))
    counts = desks.get("/cash-counts/new").status_code
    enters = desks.get("/assets/new").status_code
    assert counts == (200 if role is Role.TELLER else 403)
    assert enters == 403
