"""The book written out as a shell would ask for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopbook.exports import altered_files

from .conftest import Run

FILES = {
    "csv": "journal.csv",
    "beancount": "ledger.beancount",
    "hledger": "ledger.journal",
    "ledger": "ledger.journal",
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
