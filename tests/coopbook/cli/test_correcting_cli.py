"""coopbook correction, fund, statement-line, audit changes, audit letters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.coopbook.cli.conftest import Run

LIST = """number,finding,account,debit,credit
1,Tagihan listrik Desember,52009,20000,
1,,21303,,20000
2,Salah akun,52010,5000,
2,,52009,,5000
"""


@pytest.fixture(autouse=True)
def members_with_money(run: Run) -> None:
    run("member", "admit", "Siti Aminah", "--on", "2022-01-03")
    run("savings", "open", "1", "principal", "--on", "2022-01-03")
    run("savings", "deposit", "1", "100000", "--on", "2022-01-03")


def test_an_auditors_list_comes_in_and_is_decided_on(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "temuan.csv"
    file.write_text(LIST, encoding="utf-8")
    came = run("correction", "import", "2022", str(file), "--on", "2023-03-01")
    assert came.status == 0, came.err
    assert "2 corrections of 2022 are on the list." in came.out
    rows = json.loads(run("correction", "list", "2022", "--format", "json").out)["rows"]
    assert [row["number"] for row in rows] == [1, 1, 2, 2]
    assert {row["state"] for row in rows} == {"proposed"}
    own = run("correction", "book", "1", "--on", "2023-03-01")
    assert own.status == 1
    assert "Somebody else books or declines it." in own.err
    run("person", "add", "sari", "Sari Puspita", "--role", "bookkeeper")
    other = run("--as", "sari", "correction", "book", "1", "--on", "2023-03-01")
    assert other.status == 0, other.err
    gone = run(
        *("--as", "sari", "correction", "decline", "2", "--reason", "benar"),
        *("--on", "2023-03-01"),
    )
    assert gone.status == 0, gone.err
    rows = json.loads(run("correction", "list", "2022", "--format", "json").out)["rows"]
    assert [row["state"] for row in rows] == [*["booked"] * 2, *["declined"] * 2]


def test_a_list_that_cannot_be_read_is_refused(run: Run, tmp_path: Path) -> None:
    for text in ("a,b\n1,2\n", LIST.replace("20000,", "dua puluh,")):
        file = tmp_path / "temuan.csv"
        file.write_text(text, encoding="utf-8")
        answer = run("correction", "import", "2022", str(file))
        assert answer.status == 2
    rows = json.loads(run("correction", "list", "2022", "--format", "json").out)["rows"]
    assert rows == []


def test_a_fund_a_line_and_the_auditors_questions(run: Run) -> None:
    no = run("fund", "use", "gathering", "5000", "takjil", "--on", "2022-02-01")
    assert no.status == 1
    assert "more" in no.err
    assert run("fund", "use", "luck", "5000", "x").status == 2
    told = json.loads(run("fund", "report", "2022", "--format", "json").out)
    assert len(told["rows"]) == 3
    assert run("statement-line", "52009", "cooperative").status == 0
    wrong = run("statement-line", "52009", "cash")
    assert wrong.status == 1
    assert "would not balance" in wrong.err
    assert run("statement-line", "52009").status == 0
    found = json.loads(run("audit", "changes", "2022-01-01", "--format", "json").out)
    assert found["totals"]["entries"] == 1
    asked = ("audit", "letters", "--size", "1", "--seed", "x", "--format", "json")
    assert json.loads(run(*asked).out)["rows"][0]["name"] == "Siti Aminah"
