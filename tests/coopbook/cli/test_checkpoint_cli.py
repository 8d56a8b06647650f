"""coopbook checkpoint, and verify --against what others kept."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from coopbook.checkpoints import read
from tests.coopbook.cli.conftest import TODAY, Run


@pytest.fixture
def known(run: Run, tmp_path: Path) -> Path:
    """Two months closed, a checkpoint asked for, and the lines kept elsewhere."""
    for month in ("2022-01", "2022-02"):
        assert run("close", "month", month).status == 0
    assert run("checkpoint").status == 0
    answer = run("checkpoint", "list", "--lines")
    path = tmp_path / "known.txt"
    path.write_text("# kept in the minutes\n" + answer.out)
    return path


def test_a_checkpoint_is_one_line_and_ten_words(run: Run) -> None:
    answer = run("checkpoint")

    line, words, kept = answer.out.splitlines()
    assert (read(line).day, read(line).cooperative) == (TODAY, 1)
    assert words.startswith("Checkpoint 1. To read aloud: ")
    assert len(words.split(": ")[1].split()) == 10
    assert kept.startswith("It is worth something")


def test_what_others_kept_fits_and_is_counted(run: Run, known: Path) -> None:
    answer = run("verify", "--against", str(known))

    assert answer.status == 0
    lines = [each for each in answer.out.splitlines() if "kept elsewhere" in each]
    counts = [read(each).count for each in known.read_text().splitlines()[1:]]
    assert lines == [
        f"✓ A checkpoint that was kept elsewhere fits (1): {count:,}"
        for count in sorted(counts)
    ]
    assert len(lines) == 3


def test_a_book_that_was_cut_off_is_told_by_each_that_does_not_fit(
    run: Run, known: Path, tmp_path: Path
) -> None:
    """The tail is cut and the head set back: the chain alone is in order."""
    last = read(known.read_text().splitlines()[-1]).count
    raw = sqlite3.connect(tmp_path / "book" / "book.db", isolation_level=None)
    guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    guards = guards.fetchall()
    for name, _ in guards:
        raw.execute(f"DROP TRIGGER {name}")
    # The last checkpoint is of the last record but one; its own event goes.
    raw.execute("DELETE FROM checkpoint WHERE record = ?", (last,))
    raw.execute("DELETE FROM event WHERE number > ?", (last,))
    raw.execute(
        "UPDATE head SET (number, hash, recorded_at) ="
        " (SELECT number, hash, recorded_at FROM event WHERE number = ?)",
        (last,),
    )
    for _, sql in guards:
        raw.execute(sql)
    raw.close()

    assert run("verify").status == 0
    answer = run("verify", "--against", str(known))

    assert answer.status == 3
    assert [line[0] for line in answer.out.splitlines()[-3:]] == ["✓", "✓", "✗"]
    assert f"at record {last}: it was cut off after it" in answer.out


def test_what_is_no_checkpoint_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("CB1|1|2|2026\n")

    answer = run("verify", "--against", str(tmp_path / "note.txt"))

    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("This is not the text of a checkpoint: CB1|1|2|2026.")


def test_the_list_is_a_table_in_both_languages(run: Run, known: Path) -> None:
    rows = run("checkpoint", "list", "--format", "csv").out.splitlines()

    assert rows[0] == "number,made_on,reason,period,record,made_by,text"
    assert [row.split(",")[0] for row in rows[1:]] == ["3", "2", "1"]
    assert rows[2].split(",")[2:4] == ["month_closed", "2022-02"]
    assert rows[1].split(",")[2] == "asked"
