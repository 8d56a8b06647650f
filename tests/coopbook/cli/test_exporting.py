"""The book written out as a shell would ask for it."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from coopbook.exports import altered_files

from .conftest import Run

FILES = {
    "csv": "journal.csv",
    "beancount": "ledger.beancount",
    "hledger": "ledger.journal",
    "ledger": "ledger.journal",
    "saft": "saft.xml",
    "xlsx": "book.xlsx",
    "ads": "GL_Detail_20220101_20220103.csv",
}


def furnish(run: Run) -> None:
    run("member", "admit", "Siti Aminah", "--on", "2022-01-03")
    run("savings", "open", "1", "principal", "--on", "2022-01-03")
    run("savings", "deposit", "1", "100000", "--on", "2022-01-03")


@pytest.mark.parametrize("form", FILES)
def test_an_export_is_a_folder_with_a_manifest(
    run: Run, tmp_path: Path, form: str
) -> None:
    furnish(run)
    folder = tmp_path / form

    answer = run("export", form, str(folder))

    assert answer.status == 0, answer.err
    assert (folder / FILES[form]).stat().st_size
    assert altered_files(folder) == []
    assert FILES[form] in answer.out
    assert f"Written to {folder}, up to record " in answer.out


def test_a_day_ends_the_export(run: Run, tmp_path: Path) -> None:
    furnish(run)

    run("export", "beancount", str(tmp_path / "early"), "--as-of", "2022-01-02")

    assert "100000" not in (tmp_path / "early" / "ledger.beancount").read_text()


def test_a_folder_in_use_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "letter.txt").write_text("Dear members")

    answer = run("export", "csv", str(tmp_path / "used"))

    assert answer.status == 1
    assert answer.err.endswith("Choose a new folder for the export.\n")
    assert [path.name for path in (tmp_path / "used").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("form", FILES)
def test_a_book_leaves_and_comes_back_into_an_empty_one(
    run: Run, empty: Run, tmp_path: Path, form: str
) -> None:
    furnish(run)
    folder = tmp_path / form
    assert run("export", form, folder).status == 0

    looked = empty("import", "journal", folder, "--dry-run")

    assert looked.status == 0, looked.err
    assert "Read as: " in looked.out
    assert "1 cards of members and loans will be opened as they were." in looked.out
    assert looked.out.endswith("Only looked at: nothing was posted.\n")
    done = empty("import", "journal", folder)
    assert done.status == 0, done.err
    assert done.out.endswith("Import 1: 1 rows posted.\n")
    there = run("report", "trial-balance", "--as-of", "2022-01-31", "--format", "json")
    here = empty("report", "trial-balance", "--as-of", "2022-01-31", "--format", "json")
    assert json.loads(here.out)["rows"] == json.loads(there.out)["rows"]
    assert len(json.loads(here.out)["rows"]) == 2
    again = empty("import", "journal", folder)
    assert again.out.endswith("Nothing was posted.\n")


def test_a_stretch_and_a_file_without_names(run: Run, tmp_path: Path) -> None:
    furnish(run)
    words = ("--from", "2022-01-04", "--to", "2022-01-31", "--without-names")
    assert run("export", "saft", tmp_path / "a", *words).status == 0
    text = (tmp_path / "a" / "saft.xml").read_text("utf-8")
    assert "<NumberOfEntries>0</NumberOfEntries>" in text
    assert "<OpeningDebitBalance>100000.00</OpeningDebitBalance>" in text
    assert "Siti" not in text
    refused = run("export", "csv", tmp_path / "b", "--from", "2022-01-04")
    assert refused.status == 2
    assert "only ads, saft and xlsx may begin on a day" in refused.err
    refused = run("export", "ads", tmp_path / "b", "--without-names")
    assert refused.status == 2
    assert "only saft and xlsx have names" in refused.err


def test_only_a_journal_comes_in_a_folder(run: Run, tmp_path: Path) -> None:
    refused = run("import", "savings", tmp_path)
    assert refused.status == 2
    assert "only a journal may be a folder" in refused.err
    nothing = run("import", "journal", tmp_path)
    assert nothing.status == 1
    assert "There is no exported journal in it." in nothing.err


def test_a_journal_in_dollars_is_refused_with_its_line(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "toko.journal"
    file.write_text("2022-01-03 Beli\n  Assets:Kas  $5\n  Income:Toko\n")
    looked = run("import", "journal", file, "--dry-run")
    assert "Line 2: this amount is in $" in looked.out
    refused = run("import", "journal", file)
    assert refused.status == 1
    assert "Line 2: this amount is in $" in refused.err


def test_a_journal_of_more_than_ten_megabytes_comes_in(
    empty: Run, tmp_path: Path
) -> None:
    file = tmp_path / "besar.journal"
    chance = random.Random(5)
    lines = (
        f"2022-01-{n % 28 + 1:02d} * ({n}) Listrik {n}\n"
        f"    ; {chance.randbytes(500).hex()}\n"
        f"    Beban:Listrik   {n}\n    Assets:Kas\n\n"
        for n in range(1, 11_001)
    )
    file.write_text("".join(lines))
    assert file.stat().st_size > 10_000_000
    done = empty("import", "journal", file)
    assert done.status == 0, done.err
    assert done.out.endswith("Import 1: 11000 rows posted.\n")
    said = empty("report", "trial-balance", "--as-of", "2022-01-31", "--format", "json")
    rows = json.loads(said.out)["rows"]
    assert sum(row["debit"] for row in rows) == 11_000 * 11_001 // 2
