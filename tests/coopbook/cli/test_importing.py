"""Sheets made for the test, brought in as a shell would bring them in."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from .conftest import Run

HEADINGS = ("Tanggal", "No Anggota", "Jenis Simpanan", "Jenis Transaksi", "Jumlah")
BANK = ("Tanggal", "Uraian", "Debet", "Kredit", "Saldo")
DAY = date(2022, 1, 4)
GOOD = [
    (DAY, 10, "pokok", "setor", 100_000),
    (DAY, 10, "sukarela", "setor", 50_000.6),
]


@pytest.fixture
def sheet(tmp_path: Path) -> Any:
    def write(*rows: tuple[Any, ...], heads: tuple[str, ...] = HEADINGS) -> str:
        path = tmp_path / "sheet.xlsx"
        with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
            page = book.add_worksheet()
            for number, row in enumerate((heads, *rows)):
                page.write_row(number, 0, row)
        return str(path)

    return write


def held(run: Run) -> dict[str, tuple[int, int]]:
    """Return what the trial balance says of each account that holds anything."""
    answer = run("report", "trial-balance", "--as-of", "2022-12-31", "--format", "json")
    rows = json.loads(answer.out)["rows"]
    found = {row["code"]: (row["debit"], row["credit"]) for row in rows}
    return {code: sides for code, sides in found.items() if any(sides)}


def test_a_sheet_is_previewed_and_posted(run: Run, sheet: Any) -> None:
    answer = run("import", "savings", sheet(*GOOD))

    assert answer.status == 0, answer.err
    said = answer.out.splitlines()
    assert "Column E, “Jumlah”, is read as: amount." in said
    assert "Total of amount: the rows add up to 150,000.6." in said
    assert "2 rows, 0 of them in the book already; 2 will be posted." in said
    assert (
        "To post: 150,000.6 in the sheet; Rp 150,001 in rounded lines; "
        "Rp 0 to the rounding account; Rp 150,001 together." in said
    )
    assert said[-1] == "Import 1: 2 rows posted."
    assert sum(debit for debit, _ in held(run).values()) == 150_001


def test_the_same_file_again_posts_nothing(run: Run, sheet: Any) -> None:
    file = sheet(*GOOD)
    run("import", "savings", file)
    before = held(run)

    answer = run("import", "savings", file)

    assert answer.status == 0
    assert answer.out.endswith(
        "The book has every row of this file. Nothing was posted.\n"
    )
    assert held(run) == before


def test_a_dry_run_changes_nothing_and_needs_no_name(run: Run, sheet: Any) -> None:
    answer = run("--as", "", "import", "savings", sheet(*GOOD), "--dry-run")

    assert answer.status == 0, answer.err
    assert answer.out.endswith("Only looked at: nothing was posted.\n")
    assert held(run) == {}


def test_a_row_that_cannot_be_read_refuses_the_file(run: Run, sheet: Any) -> None:
    bad = (DAY, 10, "sukarela", "setor", "banyak")

    answer = run("import", "savings", sheet(*GOOD, bad), "--accept", "all of it")

    assert answer.status == 1
    said = answer.out.splitlines()
    at = said.index("To correct in the sheet first:")
    assert said[at + 1].split(maxsplit=1) == [
        "4",
        "Cell E4: “banyak” is not an amount. Write it like 1.250.000.",
    ]
    assert answer.err == f"{said[at + 1].strip().removeprefix('4').strip()}\n"
    assert held(run) == {}


def test_a_broken_rule_is_posted_only_with_a_reason(run: Run, sheet: Any) -> None:
    file = sheet((DAY, 10, "sukarela", "setor", 5_000))

    refused = run("import", "savings", file)
    assert refused.status == 1
    assert "Against a rule, unless accepted with a reason:" in refused.out
    assert refused.err.startswith("1 rows break a rule, the first of them row 2.")
    assert held(run) == {}

    accepted = run("import", "savings", file, "--accept", "by-laws of 2019")
    assert accepted.status == 0, accepted.err
    assert held(run)


def test_a_day_that_has_not_come_breaks_a_rule(run: Run, sheet: Any) -> None:
    rows = [(date(2099, 1, 4), 10, "pokok", "setor", 100_000)]

    answer = run("import", "savings", sheet(*rows), "--dry-run")

    assert "Row 2: 04/01/2099 has not come yet." in answer.out


def test_the_opening_balance_is_dated_as_told(run: Run, sheet: Any) -> None:
    rows = [
        ("SALDO AWAL", "", "", "", 500),
        (date(2022, 2, 3), "setoran", 100, "", 600),
    ]

    answer = run(
        *("import", "bank-book", sheet(*rows, heads=BANK), "--on", "2022-01-31")
    )

    assert answer.status == 0, answer.err
    assert "Opening balance: 500 on 31/01/2022." in answer.out
    assert held(run)["11201"] == (600, 0)


def test_the_preview_speaks_indonesian(run: Run, sheet: Any) -> None:
    answer = run("import", "savings", sheet(*GOOD), "--dry-run", lang="id")

    assert "150.000,6" in answer.out
    assert "rows" not in answer.out
