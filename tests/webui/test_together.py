"""Two books that name each other are read as one on the year's page."""

from __future__ import annotations

from datetime import timedelta

from coopbook import consolidation, ledger
from coopbook.cooperatives import set_setting
from coopbook.ledger import chart
from coopbook.money import Money
from tests.conftest import FIRST_DAY, Coop
from tests.webui.conftest import Desks, plain
from tests.webui.test_counter_savings import in_english


def lent(coop: Coop, account: int, amount: int) -> None:
    """Book what one unit gave the other."""
    with coop.open() as book:
        pair = (chart.BANK, account) if account == 21_902 else (account, 33_002)
        lines = [
            ledger.debit(pair[0], Money(amount)),
            ledger.credit(pair[1], Money(amount)),
        ]
        ledger.post(book, on=FIRST_DAY, memo="antar unit", lines=lines)


def named(coop: Coop, other: Coop) -> None:
    """Let a book name another."""
    with coop.open() as book:
        set_setting(
            *(book, consolidation.SISTER, other.number),
            valid_from=FIRST_DAY,
            source="AD pasal 5",
            on=FIRST_DAY - timedelta(days=1),
        )


def test_both_books_are_one_page_where_each_names_the_other(
    desks: Desks, twin: Coop
) -> None:
    page = "/year/2026/together/position"
    lent(desks.coop, 11_902, 5_000_000)
    lent(twin, 21_902, 5_000_000)
    in_english(desks, "yanti")
    assert desks.get(page).status_code == 404
    assert desks.get("/year/2026/together.csv").status_code == 404
    named(desks.coop, twin)
    assert desks.get(page).status_code == 404
    assert "together" not in desks.get("/year/2026").text
    named(twin, desks.coop)
    assert "/year/2026/together/position" in desks.get("/year/2026").text
    told = plain(desks.get(page))
    assert "TOTAL ASSETS 5.200.000 7.000.000 (5.000.000) 7.200.000" in told
    assert desks.get("/year/2026/together/surplus").status_code == 200
    assert desks.get("/year/2026/together/members").status_code == 404
    cash = plain(desks.get("/year/2026/together/cash"))
    assert "Cash at the end 200.000 7.000.000 0 7.200.000" in cash
    equity = plain(desks.get("/year/2026/together/equity"))
    assert "Principal shares At the beginning" not in equity
    assert "tie to each other" in equity
    for kind, begins in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"statement,")):
        file = desks.get(f"/year/2026/together.{kind}")
        assert file.status_code == 200
        assert file.data.startswith(begins)
    lent(twin, 21_902, 1)
    assert desks.get("/year/2026/together.xlsx").status_code == 422
    apart = desks.get(page)
    assert apart.status_code == 422
    assert "11902 holds Rp 5.000.000 and 21902 Rp 5.000.001" in plain(apart)
    desks.log_in("rina")
    for kind in ("pdf", "xlsx", "csv"):
        assert desks.get(f"/year/2026/together.{kind}").status_code == 403
    assert desks.get(page).status_code == 403


def test_a_treasurer_charges_the_other_unit_with_an_everyday_voucher(
    desks: Desks, twin: Coop
) -> None:
    in_english(desks, "tono")
    assert "unit-charge" not in desks.text("/vouchers")
    assert desks.get("/vouchers/new/unit-charge").status_code == 404
    named(desks.coop, twin)
    named(twin, desks.coop)
    assert "Charge the other unit interest or a fee" in desks.text("/vouchers")
    assert "43101 Interest from another unit" in desks.text("/vouchers/new/unit-charge")
    posted = desks.post(
        "/vouchers/new/unit-charge",
        memo="bunga Maret",
        debit=11_902,
        credit=43_101,
        amount="25.000",
        on="16/03/2026",
    )
    assert "25.000" in desks.text(posted.headers["Location"])
    surplus = "/year/2026/together/surplus"
    assert "11902 holds Rp 25.000 and 21902 Rp 0" in plain(desks.get(surplus))
    desks.log_in("tono", twin)
    posted = desks.post(
        "/vouchers/new/unit-charged",
        memo="bunga Maret",
        debit=54_101,
        credit=21_902,
        amount="25.000",
        on="16/03/2026",
    )
    assert "25.000" in desks.text(posted.headers["Location"])
    in_english(desks, "tono")
    told = plain(desks.get(surplus))
    assert "Other income 25.000 0 (25.000) 0" in told
    assert "Other expenses 0 25.000 (25.000) 0" in told
    desks.log_in("rina")
    assert desks.get("/vouchers/new/unit-charge").status_code == 403
