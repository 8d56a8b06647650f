"""Statements as files: the workbook's own sums are ours, read back by others."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from coopbook import assets, statements
from coopbook.disclosures import Said, note_facts, notes_of
from coopbook.exports.statement_files import statements_csv, statements_xlsx
from coopbook.money import ZERO, Money
from tests.conftest import needed
from tests.coopbook.rounds.neighbours import whole
from tests.coopbook.yearend.years import YEAR_END, lived

FIRST = date(2026, 1, 1)


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        lived(book)
        yield book


def amounts(rows):
    """Return the amounts of a sheet by the name of its line."""
    return {row[0].strip(): row[1] for row in rows if len(row) > 1 and row[0]}


def test_a_csv_holds_every_figure(village):
    told = statements.statements(village, FIRST, YEAR_END)
    rows = list(csv.DictReader(io.StringIO(statements_csv(village, FIRST, YEAR_END))))
    found = {
        (row["statement"], row["code"]): int(row["amount"])
        for row in rows
        if row["amount"]
    }
    assert found["surplus", "net_surplus"] == told.surplus.amount("net_surplus").units
    assert found["position", "total_assets"] == found["position", "total_both"] > 0
    change = told.cash.statement.amount("net_change").units
    assert found["cash", "net_change"] == change
    assert found["equity", "closing.mandatory"] == 300_000
    assert found["cash", "closing"] == told.cash.closing.units
    assert found["cash", "closing"] == found["cash", "opening"] + change
    assert all(row["name"] for row in rows if row["statement"] == "equity")
    then = {(row["statement"], row["code"]): row["before"] for row in rows}
    before = statements.year_before((FIRST, YEAR_END))
    past = statements.statements(village, *before)
    assert int(then["cash", "closing"]) == past.cash.closing.units
    assert int(then["equity", "closing.mandatory"]) == (
        past.equity.amounts["closing"]["mandatory"].units
    )


def test_the_accounts_of_a_line_add_up_to_it(village):
    before = statements.year_before((FIRST, YEAR_END))
    told = statements.statements(village, FIRST, YEAR_END, beside=before)
    broken = statements.lines_by_account(village, (FIRST, YEAR_END), before)
    for one in broken:
        whole = told.position if one.statement == "position" else told.surplus
        assert one.accounts
        assert sum((now for _, now, _ in one.accounts), ZERO) == (
            whole.amount(one.row.code)
        ), one.row.code
    lines = {(one.statement, one.row.code) for one in broken}
    assert lines >= {
        (name, each.row.code)
        for name, found in (("position", told.position), ("surplus", told.surplus))
        for each in found.figures
        if each.row.kind is statements.Kind.LINE and each.amount
    } - {("position", "surplus")}


def test_the_accounts_behind_a_row_of_the_cash_flow_add_up_to_it(village):
    flows = statements.flows_in(village, FIRST, YEAR_END)
    cash = statements.cash_flow(village, FIRST, YEAR_END)
    for each in cash.statement.figures:
        if each.row.kind is not statements.Kind.HEADING:
            found = statements.flows_behind(each.row.code, flows)
            assert sum((amount for _, amount in found), ZERO) == each.amount


def unworked(made):
    """Return a workbook whose formulas have no result yet, to be worked out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        formulas = 0
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                content, count = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
                formulas += count
            new.writestr(name, content)
    assert formulas > 40
    return out.getvalue()


@pytest.mark.parametrize("language", ["id", "en"])
def test_sums_that_somebody_else_works_out_are_ours(village, language, tmp_path):
    """LibreOffice works every formula out again; nothing it finds differs."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        needed("LibreOffice")
    made = statements_xlsx(village, FIRST, YEAR_END, language=language)
    ours = CalamineWorkbook.from_filelike(io.BytesIO(made))
    file = tmp_path / "laporan.xlsx"
    file.write_bytes(unworked(made))
    out = tmp_path / "again"
    done = subprocess.run(
        [
            *(office, f"-env:UserInstallation=file://{tmp_path}/profile"),
            *("--headless", "--convert-to", "ods", "--outdir", str(out), str(file)),
        ],
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    again = CalamineWorkbook.from_path(out / "laporan.ods")
    assert ours.sheet_names == again.sheet_names
    assert len(ours.sheet_names) == 8
    told = statements.statements(village, FIRST, YEAR_END)
    for name in ours.sheet_names:
        before = ours.get_sheet_by_name(name).to_python()
        after = again.get_sheet_by_name(name).to_python()
        kept = [[cell for cell in row if cell != ""] for row in before]
        back = [[cell for cell in row if cell != ""] for row in after]
        assert [row for row in kept if row] == [row for row in back if row], name
    position = amounts(again.get_sheet_by_name(ours.sheet_names[0]).to_python())
    total = "JUMLAH ASET" if language == "id" else "TOTAL ASSETS"
    assert position[total] == told.position.amount("total_assets").units


def test_the_same_book_makes_the_same_file(village):
    first = statements_xlsx(village, FIRST, YEAR_END)
    assert first == statements_xlsx(village, FIRST, YEAR_END)
    core = zipfile.ZipFile(io.BytesIO(first)).read("docProps/core.xml")
    assert b"2026-12-31T00:00:00Z" in core


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_note_is_in_the_workbook_and_in_the_csv(village, language):
    assets.enter_asset(
        *(village, "=Mesin jahit"),
        account=13_004,
        cost=Money(1_200_000),
        on=date(2026, 3, 20),
        months=12,
    )
    assets.enter_asset(
        *(village, "Lemari"),
        account=13_004,
        cost=Money(600_000),
        on=date(2026, 3, 20),
        months=12,
    )
    made = statements_xlsx(village, FIRST, YEAR_END, language=language)
    name = "Penjelasan" if language == "id" else "Explanations"
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    cells = book.get_sheet_by_name(name).to_python()
    words = {cell for row in cells for cell in row if isinstance(cell, str)}
    plain = list(
        csv.DictReader(
            io.StringIO(statements_csv(village, FIRST, YEAR_END, language=language))
        )
    )
    said = [row["name"] for row in plain if row["statement"] == "note"]
    notes = notes_of(note_facts(village, 2026), language)
    for note in notes:
        if note.key == "lines":
            continue
        assert any(note.title in each for each in words), note.title
        assert any(each.startswith(note.title) for each in said), note.title
        for piece in note.pieces:
            if isinstance(piece, Said):
                assert piece.text in words
                text = " ".join(piece.text.split())
                assert any(text in each for each in said)
    (total,) = [row for row in cells if row[1] == 1_800_000]
    assert total[1:4] == [1_800_000, 0, 1_800_000]
    whole = [int(row["amount"]) for row in plain if row["code"].startswith("assets.")]
    assert whole == [1_200_000, 0, 1_200_000, 600_000, 0, 600_000, *total[1:4]]
    assert not any(each.startswith("=") for each in words)
    part = statements_csv(village, FIRST, date(2026, 6, 30), language=language)
    assert "\nnote," not in part
