"""Bringing a sheet in at the desk: looked at, asked, accepted, posted, taken back."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from werkzeug.test import TestResponse

from coopbook import ledger, members
from coopbook.importing import Kind, batches, mappings, taken_back
from coopbook.money import Money
from tests.webui.conftest import Desks, hidden_fields, plain

MONTH = date(2026, 2, 27)
SAVINGS = (
    "Tanggal",
    "No Anggota",
    "Nama",
    "Jenis Simpanan",
    "Jenis Transaksi",
    "Jumlah",
)
ROWS = [
    (date(2026, 2, 3), "00201", "Warga Satu", "pokok", "setor", 100_000),
    (date(2026, 2, 3), "00201", "Warga Satu", "sukarela", "setor", 25_000.5),
    (date(2026, 2, 4), "00202", "Warga Dua", "pokok", "setor", 100_000),
]
WAGES = ("No Anggota", "Nama", "Simpanan Wajib + Pokok", "Total Potongan")


def sheet(*rows: Any, name: str = "Data", **more: list[Any]) -> bytes:
    """Return a workbook with these rows, and further sheets by their names."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(
        memory, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}
    )
    for title, content in {name: rows, **more}.items():
        page = book.add_worksheet(title)
        for number, row in enumerate(content):
            page.write_row(number, 0, row)
    book.close()
    return memory.getvalue()


def wages(*rows: Any, total: int | None = None) -> bytes:
    """Return a list of deductions with its own total, right or as told."""
    counted = sum(row[2] for row in rows)
    stated = counted if total is None else total
    return sheet(WAGES, *((*row, row[2]) for row in rows), ("JUMLAH", "", stated, ""))


def choose(desks: Desks, kind: str, data: bytes, **more: str) -> TestResponse:
    """Choose a file and go where the desk leads."""
    answer = desks.client.post(
        "/import",
        data={"kind": kind, "file": (io.BytesIO(data), "lembar.xlsx"), **more},
    )
    assert answer.status_code == 302, plain(answer)
    return desks.client.get(answer.headers["Location"])


def press(desks: Desks, page: TestResponse, **data: str) -> TestResponse:
    """Post what a preview shows."""
    at = page.request.path
    return desks.client.post(at, data=hidden_fields(page.text) | data)


def answered(desks: Desks, page: TestResponse, **said: str) -> TestResponse:
    """Answer what a sheet leaves open."""
    asked = {f"q-{key}": value for key, value in said.items()}
    data = hidden_fields(page.text) | asked
    sent = desks.client.post(f"{page.request.path}/answers", data=data)
    if sent.status_code == 302:
        return desks.client.get(sent.headers["Location"])
    return sent


@pytest.fixture
def yanti(desks: Desks) -> Desks:
    """The desks, with the bookkeeper at them."""
    desks.log_in("yanti")
    return desks


def test_every_kind_of_sheet_can_be_chosen_and_has_an_empty_one(yanti: Desks) -> None:
    page = yanti.get("/import").text
    for kind in Kind:
        assert f'value="{kind.value}"' in page
        blank = yanti.get(f"/import/templates/{kind.value}")
        assert blank.data.startswith(b"PK")
        assert kind.value in blank.headers["Content-Disposition"]
    assert 'selected value="loans"' in yanti.get("/import?kind=loans").text
    assert yanti.get("/import/templates/nothing").status_code == 404


def test_three_totals_stand_side_by_side_and_what_rounding_leaves(
    yanti: Desks,
) -> None:
    page = choose(yanti, "savings", sheet(SAVINGS, *ROWS))
    said = plain(page)

    assert "tanpa jumlah 225.000,5 225.000" in said
    assert "Warga Dua" in said
    done = press(yanti, page, accept="Aturan lama")
    assert done.status_code == 302
    kept = plain(yanti.get(done.headers["Location"]))
    assert "225.000,5" in kept
    assert "3 dari 3" in kept


def test_a_form_sent_twice_posts_once(yanti: Desks) -> None:
    page = choose(yanti, "savings", sheet(SAVINGS, *ROWS))
    data = hidden_fields(page.text) | {"accept": "Aturan lama"}
    first = yanti.client.post(page.request.path, data=data)
    second = yanti.client.post(page.request.path, data=data)

    assert first.headers["Location"] == second.headers["Location"]
    with yanti.coop.read() as book:
        assert len(batches(book)) == 1
        assert ledger.account_balance(book, 31001) == Money(300_000)


def test_an_unread_row_stops_everything_and_says_where(yanti: Desks) -> None:
    wrong = (date(2026, 2, 4), "00202", "Warga Dua", "arisan", "setor", 5_000)
    page = choose(yanti, "savings", sheet(SAVINGS, *ROWS, wrong))

    assert "D5" in plain(page)
    assert "arisan" in plain(page)
    assert "data-busy" not in page.text
    refused = press(yanti, page, accept="Tetap saja")
    assert refused.status_code == 422
    with yanti.coop.read() as book:
        assert batches(book) == []


def test_what_a_sheet_leaves_open_is_asked_before_it_is_posted(yanti: Desks) -> None:
    rows = [("00301", "Sri", 150_000), ("00302", "Tri", 120_000)]
    page = choose(yanti, "deductions", wages(*rows))
    assert 'name="q-on"' in page.text
    assert 'name="q-shares"' in page.text
    assert "data-busy" not in page.text

    unsaid = answered(yanti, page, on="", shares="principal-first")
    assert unsaid.status_code == 422
    page = answered(yanti, page, on="27/02/2026", shares="principal-first")
    assert "27/02/2026" in plain(page)
    assert "q-on" not in page.text
    done = press(yanti, page, accept="")
    assert done.status_code == 302, plain(done)
    with yanti.coop.read() as book:
        assert ledger.account_balance(book, 31001, as_of=MONTH) == Money(300_000)
        assert ledger.account_balance(book, 31002, as_of=MONTH) == Money(70_000)


def test_an_answer_can_be_given_anew(yanti: Desks) -> None:
    page = choose(yanti, "deductions", wages(("00301", "Sri", 150_000)))
    page = answered(yanti, page, on="27/02/2026", shares="mandatory")
    again = hidden_fields(page.text) | {"again": "1"}
    yanti.client.post(f"{page.request.path}/answers", data=again)

    assert 'name="q-on"' in yanti.get(page.request.path).text


def test_a_wrong_total_is_named_and_accepted_only_with_a_reason(yanti: Desks) -> None:
    page = choose(yanti, "deductions", wages(("00301", "Sri", 150_000), total=151_000))
    page = answered(yanti, page, on="27/02/2026", shares="principal-first")
    assert "151.000" in plain(page)
    assert "berbeda" in plain(page)

    refused = press(yanti, page, accept="")
    assert refused.status_code == 422
    assert "refused" in refused.text
    done = press(yanti, page, accept="Salah jumlah di PT, sudah ditanyakan")
    assert "Salah jumlah di PT" in plain(yanti.get(done.headers["Location"]))


def test_a_mapping_is_kept_and_reads_next_months_file(yanti: Desks) -> None:
    def file(month: int) -> bytes:
        return sheet(
            ("kode", "orang", "potongan"),
            *((f"0030{n}", f"Warga {n}", 100_000 + 1_000 * month) for n in (1, 2, 3)),
        )

    page = choose(yanti, "deductions", file(2))
    assert page.request.path.endswith("/reading")
    told = hidden_fields(page.text) | {
        "headings": "1", "column-A": "member", "column-B": "name",
        "column-C": "shares",
    }  # fmt: skip
    read = yanti.client.post(page.request.path, data=told)
    assert read.status_code == 302, plain(read)
    page = answered(
        yanti, yanti.get(read.headers["Location"]), on="27/02/2026", shares="mandatory"
    )
    keeping = hidden_fields(page.text) | {"name": "Gaji PT Maju"}
    assert (
        yanti.client.post(f"{page.request.path}/mapping", data=keeping).status_code
        == 302
    )
    with yanti.coop.read() as book:
        assert [one.name for one in mappings(book, "deductions")] == ["Gaji PT Maju"]

    page = choose(yanti, "deductions", file(3), mapping="Gaji PT Maju")
    assert "Gaji PT Maju" in plain(page)
    assert 'name="q-on"' in page.text
    assert "q-shares" not in page.text
    assert "309.000" in plain(page)


def test_a_mapping_of_another_kind_is_refused_and_one_can_be_put_away(
    yanti: Desks,
) -> None:
    page = choose(yanti, "savings", sheet(SAVINGS, *ROWS))
    keeping = hidden_fields(page.text) | {"name": "Simpanan"}
    yanti.client.post(f"{page.request.path}/mapping", data=keeping)
    refused = yanti.client.post(
        "/import",
        data={
            "kind": "bank-book",
            "mapping": "Simpanan",
            "file": (io.BytesIO(sheet(SAVINGS, *ROWS)), "x.xlsx"),
        },
    )
    assert refused.status_code == 422

    yanti.client.post("/import/mappings", data={"name": "Simpanan"})
    with yanti.coop.read() as book:
        assert mappings(book) == []


def test_an_import_is_taken_back_as_one_and_can_come_again(yanti: Desks) -> None:
    file = sheet(SAVINGS, *ROWS)
    posted = press(yanti, choose(yanti, "savings", file), accept="Aturan lama")
    at = posted.headers["Location"]
    page = yanti.get(f"{at}/taking-back")
    assert "3 jurnal" in plain(page)

    unsaid = yanti.client.post(f"{at}/taking-back", data=hidden_fields(page.text))
    assert unsaid.status_code == 422
    data = hidden_fields(page.text) | {"reason": "Salah bulan"}
    for _twice in range(2):
        assert yanti.client.post(f"{at}/taking-back", data=data).status_code == 302
    assert "Salah bulan" in plain(yanti.get(at))
    with yanti.coop.read() as book:
        assert list(taken_back(book)) == [batches(book)[0].number]
        assert ledger.account_balance(book, 31001) == Money(100_000)

    again = press(yanti, choose(yanti, "savings", file), accept="Kali ini benar")
    assert again.headers["Location"] != at
    with yanti.coop.read() as book:
        assert ledger.account_balance(book, 31001) == Money(300_000)


def test_the_same_file_twice_posts_nothing_the_second_time(yanti: Desks) -> None:
    file = sheet(SAVINGS, *ROWS)
    press(yanti, choose(yanti, "savings", file), accept="Aturan lama")
    page = choose(yanti, "savings", file)

    assert "data-busy" not in page.text
    assert press(yanti, page).status_code == 302
    with yanti.coop.read() as book:
        assert len(batches(book)) == 1


def test_a_preview_that_is_no_longer_true_is_refused(yanti: Desks) -> None:
    file = sheet(SAVINGS, *ROWS)
    old, new = choose(yanti, "savings", file), choose(yanti, "savings", file)
    press(yanti, new, accept="Aturan lama")
    refused = press(yanti, old, accept="Aturan lama")

    assert refused.status_code == 422
    with yanti.coop.read() as book:
        assert len(batches(book)) == 1


def test_a_list_of_members_is_entered_without_an_import(yanti: Desks) -> None:
    joined = date(2026, 2, 3)
    heads = ("No Anggota", "Nama", "Alamat", "Tanggal Masuk")
    file = sheet(heads, ("00900", "Joko Susilo", "Dusun", joined))
    page = choose(yanti, "members", file)
    done = press(yanti, page)

    assert done.status_code == 302, plain(done)
    assert "1 baris" in plain(yanti.get(done.headers["Location"]))
    with yanti.coop.read() as book:
        assert members.member(book, 3).name == "Joko Susilo"
        assert batches(book) == []


def test_long_lists_are_cut_and_can_be_read_to_the_end(yanti: Desks) -> None:
    rows = [
        (
            date(2026, 2, 3),
            f"{n:05d}",
            f"Warga Bernama Panjang {n}",
            "pokok",
            "setor",
            9,
        )
        for n in range(400)
    ]
    page = choose(yanti, "savings", sheet(SAVINGS, *rows))
    assert len(page.data) <= 20_000
    listed = yanti.get(f"{page.request.path}/list?of=rows&from=361")
    assert "Warga Bernama Panjang 399" in listed.text
    assert len(listed.data) <= 20_000
    assert yanti.get(f"{page.request.path}/list?of=nothing").status_code == 404

    posted = press(yanti, page, accept="Aturan lama").headers["Location"]
    first = yanti.get(posted)
    assert len(first.data) <= 20_000
    assert "after=" in first.text


def test_a_parked_file_is_for_the_person_who_chose_it_alone(yanti: Desks) -> None:
    page = choose(yanti, "savings", sheet(SAVINGS, *ROWS))
    path = page.request.path
    assert yanti.get(f"{path}:said").status_code == 404
    assert yanti.get(f"{path}/reading").status_code == 200
    yanti.log_in("agus")
    assert yanti.get(path).status_code == 403
    assert yanti.get("/import/batches/1").status_code == 404


def test_an_account_of_the_old_books_is_named_by_a_person(yanti: Desks) -> None:
    file = sheet(
        ("Kode Akun", "Nama Akun", "Debet", "Kredit"),
        ("K-1", "Kas lama", 100_000, ""),
        ("32001", "Cadangan", "", 100_000),
    )
    page = choose(yanti, "trial-balance", file)
    page = answered(yanti, page, on="31/01/2026")
    at, data = page.request.path, hidden_fields(page.text)
    wrong = yanti.client.post(f"{at}/accounts", data=data | {"q-account.K-1": "9"})
    assert wrong.status_code == 422

    named = yanti.client.post(f"{at}/accounts", data=data | {"q-account.K-1": "11102"})
    assert named.status_code == 302
    page = yanti.get(at)
    assert "Kas lama" not in plain(page)
    assert press(yanti, page, accept="Buku lama").status_code == 302
    with yanti.coop.read() as book:
        assert ledger.account_balance(book, 11102) == Money(300_000)


HLEDGER = b"""2026-02-03 * (12) Bayar listrik
    Beban:Listrik balai   250000
    Assets:11102-Teller-cash
"""


def test_a_journal_in_plain_text_is_shown_and_posted(yanti: Desks) -> None:
    page = choose(yanti, "journal", HLEDGER)
    said = plain(page)
    assert "250.000" in said
    assert "Listrik balai" in said
    assert len(page.data) < 20_000
    done = press(yanti, page)
    assert done.status_code == 302, plain(done)
    with yanti.coop.read() as book:
        (batch,) = batches(book)
        held = {
            row.name_id: row.debit - row.credit
            for row in ledger.trial_balance(book, date(2026, 2, 28))
        }
    assert (batch.kind, batch.rows_posted) == ("journal", 1)
    assert held["Listrik balai"] == Money(250_000)


def test_a_journal_in_dollars_says_where(yanti: Desks) -> None:
    page = choose(yanti, "journal", HLEDGER.replace(b"250000", b"$ 25"))
    said = plain(page)
    assert "$" in said
    assert "2" in said
    press(yanti, page)
    with yanti.coop.read() as book:
        assert batches(book) == []
