"""Collecting from a shell: steps, letters, the work list, what was got back."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Run
from .test_loans_cli import by, fine, lent, told

__all__ = ["lent"]
DUE = "2022-02-03"
"""The first installment of the loan falls due."""
FAR = ("--promised", "1", "--by", "2099-01-01")
SP1, SP2, SP3 = "2022-02-17", "2022-03-03", "2022-03-17"


def work(run: Run, on: str, *words: str) -> list[str]:
    rows = told(run, "report", "work-list", "--on", on, *words)["rows"]
    return [row["why"] for row in rows]


def test_the_work_list_says_why_and_how_much(lent: Run) -> None:
    assert work(lent, "2022-01-20") == []
    assert work(lent, DUE) == ["due today"]
    whole = told(lent, "report", "work-list", "--on", SP1)
    (row,) = whole["rows"]
    assert (row["why"], row["loan"], row["name"], row["days"]) == (
        *("letter due", 1, "Siti", 14),
    )
    assert row["amount"] == whole["totals"]["amount"] > 118_000
    assert whole["filter"] == {"as_of": SP1, "officer": None}
    assert work(lent, SP1, "--officer", "dewi") == ["letter due"]
    assert work(lent, SP1, "--officer", "rina") == []
    said = fine(lent("report", "work-list", "--on", SP1, lang="id"))
    assert "Siti" in said


def test_a_promise_is_written_down_once_and_broken(lent: Run) -> None:
    promise = (
        *("loan", "step", 1, "visit", "--on", "2022-02-08", "--met", "suaminya"),
        *("--promised", "100.000", "--by", "2022-02-12", "--key", "kunjungan-1"),
    )
    for _ in range(2):
        assert by(lent, "dewi", *promise) == "Step 1 of loan 1.\n"
    assert work(lent, "2022-02-10") == []
    (row,) = told(lent, "report", "work-list", "--on", "2022-02-13")["rows"]
    assert (row["why"], row["last"], row["last_on"]) == (
        *("promise not kept", "Visited", "2022-02-08"),
    )
    assert (row["promised"], row["promised_on"]) == (100_000, "2022-02-12")
    far = lent("loan", "step", "1", "promise", "--on", "2022-02-13", *FAR)
    assert "up to 15/03/2022" in far.err
    empty = lent("loan", "step", "1", "promise", "--on", "2022-02-13")
    assert empty.status != 0
    assert "names an amount above zero" in empty.err


def test_a_step_is_of_no_day_to_come_nor_before_the_loan(lent: Run) -> None:
    step = ("loan", "step", "1", "call", "--on")
    assert "has not come yet" in lent(*step, "2090-01-01").err
    assert "was paid out on 03/01/2022" in lent(*step, "2022-01-02").err
    fine(lent(*step, "2022-01-03"))


def test_letters_are_sent_in_their_order_and_printed_again(
    lent: Run, tmp_path: Path
) -> None:
    file = tmp_path / "sp1.pdf"
    soon = lent("loan", "letter", "1", "--on", "2022-02-10")
    assert "can be sent from 17/02/2022 on" in soon.err
    private = lent("loan", "letter", "1", "--on", SP1, "--copy", "group")
    assert "read no first letter" in private.err
    village = lent("loan", "letter", "1", "--on", SP1, "--copy", "village")
    assert "The village gets no copy" in village.err
    said = by(lent, "dewi", "loan", "letter", 1, "--on", SP1, "--pdf", file)
    assert said.splitlines()[0] == "SP1-2022-0001"
    first = file.read_bytes()
    assert first.startswith(b"%PDF-")
    assert fine(lent("loan", "letter", "1", "--on", SP2)).strip() == "SP2-2022-0001"

    unmet = lent("loan", "letter", "1", "--on", SP3)
    assert "invites to the board" in unmet.err
    met = ("--meeting-on", "2022-03-25", "--meeting-place", "Kantor, 19.30")
    fine(lent("loan", "letter", "1", "--on", SP3, *met, "--pdf", str(file)))
    assert file.read_bytes().startswith(b"%PDF-")
    again = ("loan", "letter", "1", "--again")
    fine(lent(*again, "SP1-2022-0001", "--pdf", str(file)))
    assert file.read_bytes().startswith(b"%PDF-")
    none = lent(*again, "SP9-2022-0001", "--pdf", str(file))
    assert "No letter with the number SP9-2022-0001" in none.err


def test_help_comes_before_a_letter(lent: Run) -> None:
    fine(lent("loan", "step", "1", "call", "--on", SP1, "--why", "illness"))
    refused = lent("loan", "letter", "1", "--on", SP1)
    assert "Offer help first" in refused.err
    fine(lent("loan", "step", "1", "help", "--on", SP1, "--note", "jadwal lain"))
    assert fine(lent("loan", "letter", "1", "--on", SP1)).strip() == "SP1-2022-0001"


def test_nothing_was_written_off_yet(lent: Run) -> None:
    whole = told(lent, "report", "recoveries", "--from", "2022-01-01")
    assert whole["rows"] == []
    assert whole["filter"] == {"from": "2022-01-01", "to": None}
    assert whole["totals"] == {"written_off": 0, "recovered": 0, "waived": 0}
    assert "Nothing to show." in fine(lent("report", "recoveries"))


def test_bad_debts_of_a_month_are_a_table_and_a_paper(
    lent: Run, tmp_path: Path
) -> None:
    whole = told(lent, "report", "bad-debts", "--month", "2022-08")
    rows = {row["class"]: row for row in whole["rows"]}
    assert (rows["loss"]["loans"], rows["loss"]["outstanding"]) == (1, 1_200_000)
    assert whole["totals"]["npl"] == "100.00"
    assert whole["filter"] == {"month": "2022-08"}
    file = tmp_path / "bulan.pdf"
    said = fine(lent("report", "bad-debts", "--month", "2022-08", "--pdf", str(file)))
    assert str(file) in said
    assert file.read_bytes().startswith(b"%PDF-")
    assert lent("report", "bad-debts", "--month", "2022-13").status == 2
    assert "is not over yet" in lent("report", "bad-debts", "--month", "2099-01").err
    other = lent("report", "par", "--pdf", str(file))
    assert other.status == 2
    assert "Only bad-debts" in other.err
    last = json.loads(fine(lent("report", "bad-debts", "--format", "json")))
    assert len(last["filter"]["month"]) == 7
