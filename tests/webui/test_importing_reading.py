"""Correcting how a sheet is read: its sheet, its headings, its columns, its rows."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.webui.conftest import Desks, hidden_fields, plain
from tests.webui.test_importing import SAVINGS, choose, sheet
from webui.importing.forms import read_rows, written_rows

ODD = [
    ("Laporan", "", "", "", "", ""),
    ("hari", "kode", "orang", "pot", "arah", "rupiah"),
    (date(2026, 2, 3), "00201", "Warga Satu", "pokok", "setor", 100_000),
    (date(2026, 2, 4), "00202", "Warga Dua", "pokok", "setor", 100_000),
    ("", "", "", "", "", 200_000),
]
COLUMNS = {
    "column-A": "on",
    "column-B": "member",
    "column-C": "name",
    "column-D": "pot",
    "column-E": "way",
    "column-F": "amount",
}


@pytest.fixture
def yanti(desks: Desks) -> Desks:
    """The desks, with the bookkeeper at them."""
    desks.log_in("yanti")
    return desks


def told(desks: Desks, page: TestResponse, **data: str) -> TestResponse:
    """Say how a sheet is read and look at what it makes of it."""
    at = page.request.path.removesuffix("/reading") + "/reading"
    said = hidden_fields(desks.get(at).text) | data
    answer = desks.client.post(at, data=said)
    if answer.status_code == 302:
        return desks.client.get(answer.headers["Location"])
    return answer


def selected(page: TestResponse) -> dict[str, str]:
    """Return what each column of the file is read as."""
    found = {}
    for letter, options in re.findall(
        r'name="column-(\w+)".*?>(.*?)</select>', page.text, re.DOTALL
    ):
        chosen = re.search(r"<option value=(\w+) selected", options)
        found[letter] = chosen[1] if chosen else ""
    return found


def test_a_sheet_nobody_understood_is_read_as_a_person_says(yanti: Desks) -> None:
    page = choose(yanti, "savings", sheet(*ODD))
    assert page.request.path.endswith("/reading")
    assert "refused" in page.text
    assert "rupiah" in plain(page)

    page = told(yanti, page, headings="2", **COLUMNS)
    assert not page.request.path.endswith("/reading")
    assert "200.000" in plain(page)
    page = yanti.get(f"{page.request.path}/reading")
    assert selected(page) == {
        name.removeprefix("column-"): key for name, key in COLUMNS.items()
    }


def test_a_column_that_is_not_used_stays_unused(yanti: Desks) -> None:
    rows = [(date(2026, 2, 3), "00201", "Warga Satu", "pokok", "setor", 100_000)]
    page = choose(yanti, "savings", sheet(SAVINGS, *rows))
    at = page.request.path
    page = told(yanti, page, **{"column-C": ""})

    assert page.request.path == at
    assert selected(yanti.get(f"{at}/reading"))["C"] == ""
    forgotten = yanti.client.post(f"{at}/reading", data={"afresh": "1"})
    assert forgotten.status_code == 302
    assert selected(yanti.get(f"{at}/reading"))["C"] == "name"


def test_one_column_cannot_be_two(yanti: Desks) -> None:
    page = choose(yanti, "savings", sheet(*ODD))
    page = told(yanti, page, **COLUMNS | {"column-C": "member"})

    assert page.status_code == 422
    assert "B, C" in plain(page)
    assert selected(page)["C"] == "member"


def test_rows_are_left_out_and_taken_by_hand(yanti: Desks) -> None:
    rows = [
        (date(2026, 2, 3), "00201", "Warga Satu", "pokok", "setor", 100_000),
        (date(2026, 2, 3), "00202", "Warga Dua", "pokok", "setor", 100_000),
    ]
    page = choose(yanti, "savings", sheet(SAVINGS, *rows))
    page = told(yanti, page, skip="3")

    assert "100.000" in plain(page)
    assert "Warga Dua" not in yanti.get(f"{page.request.path}/list?of=rows").text
    wrong = told(yanti, page, skip="tiga")
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    ("headings", "words"), [("99", "99"), ("x", "12, 15-18"), ("1", "refused")]
)
def test_headings_that_are_not_there_are_refused(
    yanti: Desks, headings: str, words: str
) -> None:
    page = choose(yanti, "savings", sheet(*ODD))
    page = told(yanti, page, headings=headings)

    assert page.status_code == 422
    assert words in page.text


CARD_HEADS = ("Tgl", "Uraian", "Setor pertama", "Iuran tetap", "Isi kotak")
CARD_COLUMNS = {
    "column-A": "on",
    "column-B": "memo",
    "column-C": "principal",
    "column-D": "mandatory",
    "column-E": "savings",
}


def card(name: str, month: int, amount: int) -> list[Any]:
    """Return a member's card whose columns nobody could guess."""
    return [
        ("Nama", name),
        CARD_HEADS,
        (date(2026, month, 3), "Setoran", 100_000, 0, 100_000),
        (date(2026, month, 9), "Setoran", 0, amount, 100_000 + amount),
    ]


def test_cards_are_corrected_together_and_kept_for_next_month(yanti: Desks) -> None:
    cover = [("Kartu anggota", ""), ("Koperasi", "Melati")]
    first = {
        "Siti": card("Siti Warga", 1, 25_000),
        "Budi": card("Budi Warga", 1, 50_000),
    }
    page = choose(yanti, "cards", sheet(*cover, name="Sampul", **first))
    assert page.request.path.endswith("/reading")

    page = told(yanti, page, sheet="Siti")
    page = told(yanti, page, sheet="Siti", headings="2", **CARD_COLUMNS)
    assert "275.000" in plain(page), plain(page)
    at = page.request.path
    yanti.client.post(
        f"{at}/mapping", data=hidden_fields(page.text) | {"name": "Kartu desa"}
    )

    later = {
        "Wati": card("Wati Warga", 2, 10_000),
        "Tono": card("Tono Warga", 2, 5_000),
    }
    page = choose(
        yanti, "cards", sheet(*cover, name="Sampul", **later), mapping="Kartu desa"
    )
    assert "215.000" in plain(page), plain(page)


def test_another_sheet_is_shown_before_its_columns_are_chosen(yanti: Desks) -> None:
    rows = [(date(2026, 2, 3), "00201", "Warga Satu", "pokok", "setor", 100_000)]
    other = [("tgl", "lain"), ("a", "b")]
    page = choose(yanti, "savings", sheet(SAVINGS, *rows, Lain=other))
    assert "Lain" in plain(page)
    page = told(yanti, page, sheet="Lain")

    assert page.request.path.endswith("/reading")
    assert "Lain" in plain(page)
    assert set(selected(page)) == {"A", "B"}
    page = told(yanti, page, sheet="")
    assert set(selected(page)) == {"A", "B", "C", "D", "E", "F"}


def test_many_columns_are_shown_a_dozen_at_a_time(yanti: Desks) -> None:
    heads = (*SAVINGS, *(f"Kolom Lain {n}" for n in range(30)))
    row = (date(2026, 2, 3), "00201", "Warga", "pokok", "setor", 100_000)
    page = choose(yanti, "savings", sheet(heads, (*row, *range(30))))
    at = f"{page.request.path}/reading"

    assert len(yanti.get(at).data) <= 20_000
    assert len(selected(yanti.get(at))) == 12
    assert list(selected(yanti.get(f"{at}?from=25"))) == [
        *("Y", "Z"), *(f"A{letter}" for letter in "ABCDEFGHIJ"),
    ]  # fmt: skip


def test_numbers_of_rows_are_read_and_written() -> None:
    assert read_rows("12, 15 - 17;3") == (3, 12, 15, 16, 17)
    assert read_rows("5-3") is None
    assert read_rows("1-9999999") is None
    assert written_rows((3, 12, 15, 16, 17)) == "3, 12, 15-17"
