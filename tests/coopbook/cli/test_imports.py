"""What a sheet leaves open is answered in the shell; a batch is taken back there."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coopbook.importing.files import read

from .conftest import Run
from .test_importing import held, sheet

__all__ = ["sheet"]

WAGES = ("No Anggota", "Nama", "Simpanan Wajib + Pokok", "Simpanan Sukarela")
ROWS = [("A-1", "Rukmini", 150_000, 25_000), ("A-2", "Wagiman", 100_000, "")]


def test_a_payroll_list_asks_is_answered_and_taken_back(run: Run, sheet: Any) -> None:
    path = sheet(*ROWS, heads=WAGES)
    asked = run("import", "deductions", path, "--dry-run")
    assert asked.status == 0, asked.err
    assert "On which day did this happen?" in asked.out
    assert "principal-first: the principal share until it is full" in asked.out
    refused = run("import", "deductions", path)
    assert refused.status == 1
    assert "--set on=" in refused.err or "On which day" in refused.err
    assert held(run) == {}

    said = ("--on", "2022-01-10", "--set", "shares=principal-first")
    done = run("import", "deductions", path, *said, "--keep-mapping", "Gaji")
    assert done.out.splitlines()[-1] == "Import 1: 2 rows posted."
    assert held(run)["31001"] == (0, 200_000)
    listed = run("imports", "list")
    assert listed.out.splitlines() == ["1 deductions: 2 rows, 275000"]

    back = run("imports", "take-back", "1", "--reason", "wrong month")
    assert back.out == "Import 1 is taken back: 2 entries reversed.\n"
    assert held(run) == {}
    assert "taken back: wrong month" in run("imports", "list").out
    again = run("imports", "take-back", "1", "--reason", "again")
    assert (again.status, again.out) == (1, "")

    kept = run(
        *("import", "deductions", path, "--on", "2022-01-10", "--mapping", "Gaji")
    )
    assert kept.out.splitlines()[-1] == "Import 2: 2 rows posted."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--set", "shares=half"), "“half” is no answer to"),
        (("--mapping", "Nothing"), "There is no mapping “Nothing”."),
    ],
)
def test_a_wrong_answer_is_refused_with_what_would_work(
    run: Run, sheet: Any, words: tuple[str, ...], said: str
) -> None:
    answer = run("import", "deductions", sheet(*ROWS, heads=WAGES), *words)
    assert answer.status == 1
    assert said in answer.err
    misused = run("import", "deductions", sheet(*ROWS, heads=WAGES), "--set", "x")
    assert misused.status == 2


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_template_is_written_and_a_list_of_members_entered(
    run: Run, sheet: Any, tmp_path: Path, language: str
) -> None:
    target = tmp_path / "anggota.xlsx"
    wrote = run("imports", "template", "members", str(target), lang=language)
    assert wrote.status == 0
    assert read(target).sheets[0].rows[0][:2] == ["No Anggota", "Nama"]
    path = sheet(
        *(("A-1", "Rukmini", date(2022, 1, 4)), ("A-2", "Wagiman", date(2022, 1, 4))),
        heads=("No Anggota", "Nama", "Tanggal Masuk"),
    )
    entered = run("import", "members", path, lang=language)
    last = {"en": "2 rows entered.", "id": "2 baris dimasukkan."}[language]
    assert entered.out.splitlines()[-1] == last
