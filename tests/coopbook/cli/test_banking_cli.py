"""coopbook bank: a statement in, matched, posted, reconciled."""

from __future__ import annotations

import json
from pathlib import Path

from tests.coopbook.cli.conftest import Run

STATEMENT = """Tanggal;Keterangan;Debet;Kredit;Saldo
03/01/2022;SETORAN TUNAI;;500.000;500.000
31/01/2022;BIAYA ADM;15.000;;485.000
"""
NEEDS = ("--account", "11201")


def kept(folder: Path, text: str = STATEMENT) -> str:
    path = folder / "januari.csv"
    path.write_text(text)
    return str(path)


def test_a_month_is_brought_in_matched_and_reconciled(run: Run, tmp_path: Path) -> None:
    answer = run("bank", "import", kept(tmp_path), *NEEDS, "--from", "2022-01-01")
    assert answer.status == 0, answer.err
    assert "2 lines, from Rp 0 to Rp 485,000" in answer.out
    again = run("bank", "import", kept(tmp_path), *NEEDS)
    assert (again.status, "already" in again.err) == (1, True)
    asked = ("bank", "reconciliation", *NEEDS, "--until", "2022-01-31")
    told = json.loads(run(*asked, "--format", "json").out)
    assert told["totals"] == {
        "bank": 485_000,
        "outstanding": 0,
        "book": 0,
        "difference": 485_000,
    }
    assert [row["kind"] for row in told["rows"]] == [
        *("by the bank", "by the book", "nobody explained"),
        *("not in the book", "not in the book"),
    ]
    refused = run(*asked, "--sign")
    assert (refused.status, "2 lines of the bank" in refused.err) == (1, True)
    nothing = run("bank", "match", *NEEDS)
    assert nothing.status == 1


def test_columns_and_balances_may_be_said(run: Run, tmp_path: Path) -> None:
    text = "Kapan;Apa;Berapa\n03/01/2022;setoran;500\n"
    path = kept(tmp_path, text)
    refused = run("bank", "import", path, *NEEDS)
    assert (refused.status, "Tanggal" in refused.err) == (1, True)
    columns = [f"--column={one}" for one in ("on=Kapan", "memo=Apa", "amount=Berapa")]
    refused = run("bank", "import", path, *NEEDS, *columns)
    assert (refused.status, "no balances" in refused.err) == (1, True)
    answer = run("bank", "import", path, *NEEDS, *columns, "--opening", "1000")
    assert "from Rp 1,000 to Rp 1,500" in answer.out
    assert run("bank", "import", path, *NEEDS, "--column=on").status == 2
    wrong = run("bank", "import", path, "--account", "11102")
    assert wrong.status == 1
