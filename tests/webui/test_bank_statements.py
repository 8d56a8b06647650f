"""The bank's statements at the desks: in, matched, posted, reconciled, by whom."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from coopbook import bankstatements, ledger
from coopbook.ledger import chart
from coopbook.money import Money
from coopbook.people import Role
from tests.conftest import TODAY, Coop
from tests.coopbook.bankstatements.conftest import march, moved, taken
from tests.webui.conftest import Desks, hidden_fields, plain
from tests.webui.test_counter_savings import in_english
from tests.webui.test_policy import only

BANK = chart.BANK
CSV = """Tanggal;Keterangan;Debet;Kredit;Saldo
02/03/2026;SETORAN TUNAI;;500.000;500.000
09/03/2026;BIAYA ADM;15.000;;485.000
"""
ODD = "Kapan;Apa;Berapa\n02/03/2026;setoran;500\n"
NEW = "/bank/statements/new"


def bring(desks: Desks, text: str = CSV, **about: str) -> Any:
    """Choose a file, look at the preview, keep it."""
    data = {"account": "11201"} | about
    file = {"file": (io.BytesIO(text.encode()), "maret.csv")}
    unseen = hidden_fields(desks.get(NEW).text)
    checked = desks.client.post(NEW, data=unseen | data | file)
    if checked.status_code != 200:
        return checked
    kept = {f"column_{key}": "" for key in ("on", "memo", "out", "in", "balance")}
    return desks.client.post(NEW, data=kept | hidden_fields(checked.text) | data)


def button(desks: Desks, page: str, path: str, **data: str) -> Any:
    """Press a button of a page that has several forms."""
    form = next(
        one
        for one in re.findall(r"<form.*?</form>", desks.get(page).text, re.DOTALL)
        if f'action="{path}"' in one
    )
    unseen = hidden_fields(f"<main{form}</main>")
    return desks.client.post(path, data=unseen | data)


def test_a_month_from_the_file_to_the_signature(desks: Desks) -> None:
    with desks.coop.open() as book:
        moved(book, 2, 500_000, memo="setoran anggota")
    in_english(desks, "tono")
    assert "no statement yet" in plain(desks.get("/bank"))
    answer = bring(desks)
    assert answer.location == "/bank/11201"
    page = plain(desks.get("/bank/11201"))
    assert "SETORAN TUNAI" in page
    assert "Accept 1 that is sure" in page
    assert "BIAYA ADM" in page
    button(desks, "/bank/11201", "/bank/11201/accepted")
    line = "/bank/statements/1/lines/2"
    assert "went out" in plain(desks.get(line))
    desks.post(line, against="52020", memo="Biaya administrasi", on="09/03/2026")
    assert "everything is matched" in plain(desks.get("/bank/11201"))
    asked = "/bank/11201/reconciliation"
    page = plain(desks.get(asked))
    assert "explained, not signed yet" in page
    button(desks, asked, "/bank/11201/reconciled")
    page = plain(desks.get(asked))
    assert "by tono" in page
    with desks.coop.read() as book:
        (one,) = bankstatements.reconciled(book, march(9))
        assert one.reconciled
    listed = plain(desks.get("/bank/statements/1"))
    assert "BBK-2026-" in listed
    desks.post("/bank/matches/1/undo", reason="salah")
    assert "Accept 1 that is sure" in plain(desks.get("/bank/11201"))


def test_the_preview_says_what_was_read_and_twice_keeps_once(desks: Desks) -> None:
    in_english(desks, "budi")
    unseen = hidden_fields(desks.get(NEW).text)
    file = {"file": (io.BytesIO(CSV.encode()), "maret.csv"), "account": "11201"}
    checked = desks.client.post(NEW, data=unseen | file)
    assert "2 lines from 02/03/2026 to 09/03/2026" in plain(checked)
    assert "Rp 500.000 in" in plain(checked)
    again = hidden_fields(checked.text) | {"account": "11201"}
    for _ in range(2):
        assert desks.client.post(NEW, data=again).status_code == 302
    with desks.coop.read() as book:
        assert len(bankstatements.statements(book, BANK)) == 1
    assert "already" in plain(bring(desks))


def test_columns_may_be_said_where_the_headings_are_strange(desks: Desks) -> None:
    in_english(desks, "yanti")
    refused = bring(desks, ODD)
    assert refused.status_code == 422
    assert "Tanggal" in plain(refused)
    assert "A · Kapan" in plain(refused)
    said = {"column_on": "=A", "column_memo": "=B", "column_amount": "=C"}
    assert "no balances" in plain(bring(desks, ODD, **said))
    assert bring(desks, ODD, **said, opening="1000").status_code == 302
    assert bring(desks, "Nama;Alamat\nSiti;Kuripan\n").status_code == 422
    broken = CSV.replace("485.000", "480.000")
    assert "A line is missing" in plain(bring(desks, broken, account="11202"))
    nothing = desks.send(NEW, account="11201")
    assert "Choose a file" in plain(nothing)


def test_lines_are_matched_by_hand_or_refused(desks: Desks) -> None:
    with desks.coop.open() as book:
        taken(book, (2, 700), last=march(10))
        first, second = moved(book, 9, 300), moved(book, 8, 400)
        moved(book, 8, 1)
    in_english(desks, "tono")
    path, page = "/bank/11201/matched", "/bank/11201"
    one = {"bank": "1-1", "line": f"{first[0]}-{first[1]}"}
    button(desks, page, path, **one)
    assert "Choose lines that come to the same" in plain(desks.get(page))
    both = [f"{entry}-{line}" for entry, line in (first, second)]
    button(desks, page, path, bank="1-1", line=both)  # type: ignore[arg-type] # several
    assert "They belong together" in plain(desks.get(page))
    with desks.coop.read() as book:
        assert bankstatements.free_bank_lines(book, BANK) == []
    assert button(desks, page, path, bank="x").status_code == 400


def test_what_was_outstanding_before_is_ticked(desks: Desks) -> None:
    with desks.coop.open() as book:
        key = moved(book, march(1).replace(month=2), -30)
        taken(book, (2, 5), last=march(10))
        moved(book, 2, 5)
    in_english(desks, "tono")
    asked = "/bank/11201/reconciliation"
    path, page = "/bank/11201/matched", "/bank/11201"
    button(desks, page, "/bank/11201/accepted", one="0")
    assert "When the statements began" in plain(desks.get(asked))
    button(desks, page, path, before="1", line=f"{key[0]}-{key[1]}")
    assert "explained, not signed yet" in plain(desks.get(asked))


def test_a_proposal_that_changed_is_looked_at_again(desks: Desks) -> None:
    with desks.coop.open() as book:
        taken(book, (2, 5), last=march(10))
        moved(book, 2, 5)
    in_english(desks, "tono")
    button(desks, "/bank/11201", "/bank/11201/accepted", seal="0" * 16)
    assert "have changed since" in plain(desks.get("/bank/11201"))


@pytest.mark.parametrize("role", list(Role))
def test_who_brings_in_who_reads_and_who_posts(desks: Desks, role: Role) -> None:
    with desks.coop.open() as book:
        taken(book, (2, -5), opening=5, last=march(10))
    desks.log_in(only(desks.coop, role))
    reads = {
        *(Role.MANAGER, Role.TREASURER, Role.BOOKKEEPER),
        *(Role.SUPERVISOR, Role.AUDITOR),
    }
    works = {Role.MANAGER, Role.TREASURER, Role.BOOKKEEPER}
    pages = (
        "/bank",
        "/bank/11201",
        "/bank/11201/reconciliation",
        "/bank/statements/1",
    )
    for path in pages:
        expected = 200 if role in reads else 403
        assert desks.get(path).status_code == expected, path
    assert desks.get(NEW).status_code == (200 if role in works else 403)
    for path in ("accepted", "matched", "reconciled"):
        answer = desks.client.post(f"/bank/11201/{path}")
        assert answer.status_code == (302 if role in works else 403)
    line = desks.get("/bank/statements/1/lines/1").status_code
    assert line == (200 if role in works - {Role.MANAGER} else 403)


def test_another_cooperatives_statements_are_not_here(desks: Desks, twin: Coop) -> None:
    with twin.open() as book:
        taken(book, (2, 5), last=march(10))
        key = moved(book, 2, 5)
        bankstatements.match(book, BANK, [(1, 1)], [key], on=TODAY)
    in_english(desks, "yanti")
    for path in (
        "/bank/statements/1",
        "/bank/statements/1/lines/1",
        "/bank/matches/1/undo",
        "/bank/11102",
        "/bank/11102/reconciliation",
    ):
        assert desks.get(path).status_code == 404, path


def test_interest_with_tax_and_a_long_page(desks: Desks) -> None:
    with desks.coop.open() as book:
        lines = [(2, 8_000, "BUNGA GIRO")]
        lines += [(3, 1_000 + n, f"setoran {n} " + "x" * 90) for n in range(90)]
        taken(book, *lines, last=march(10))
        for n in range(60):
            moved(book, 3, 1_000 + n, memo=f"setoran {n} " + "y" * 90)
        for n in range(60):
            moved(book, 4, 5_000 + n, memo=f"lain {n} " + "y" * 90)
    in_english(desks, "yanti")
    line = "/bank/statements/1/lines/1"
    desks.post(line, against="42002", memo="Bunga", tax="2000", on="02/03/2026")
    with desks.coop.read() as book:
        assert ledger.account_balance(book, 42_002) == Money(10_000)
    for path in (
        "/bank/11201",
        "/bank/11201?p=12&m=12&o=12",
        "/bank/11201/reconciliation",
        "/bank/statements/1",
        "/bank/statements/1?after=40",
    ):
        answer = desks.get(path)
        assert answer.status_code == 200
        assert len(answer.data) < 20_000, (path, len(answer.data))
    assert desks.get("/bank/11201/reconciliation?on=31/31/2026").status_code == 422
    future = desks.get("/bank/11201/reconciliation?on=11/03/2026")
    assert "no statement reaches this day" in plain(future)
