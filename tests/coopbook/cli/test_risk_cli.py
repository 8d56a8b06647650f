"""Reports of bad debts, and the allowance, from a shell."""

from __future__ import annotations

import csv
from pathlib import Path

from coopbook.exports import altered_files

from .conftest import Run
from .test_loans_cli import by, fine, lent, told

__all__ = ["lent"]
LATE = ("--as-of", "2022-08-04")


def test_a_late_loan_is_at_risk_in_its_class_and_set_aside_for(lent: Run) -> None:
    whole = told(lent, "report", "class", *LATE)
    (row,) = whole["rows"]
    assert (row["class"], row["reason"]) == ("loss", "uncovered")
    assert whole["totals"]["npl"] == "100.00"
    owed = row["outstanding"]
    at_risk = {
        each["days"]: each for each in told(lent, "report", "par", *LATE)["rows"]
    }
    assert (at_risk[90]["loans"], at_risk[90]["outstanding"]) == (1, owed)
    assert (at_risk[365]["loans"], at_risk[365]["percent"]) == (0, "0.00")
    (arrears,) = told(lent, "report", "arrears", *LATE)["rows"]
    assert arrears["days"] == row["days"] > 180

    totals = told(lent, "report", "allowance", *LATE)["totals"]
    assert (totals["needed"], totals["held"], totals["apart"]) == (owed, 0, owed)
    said = fine(lent("loan", "allowance", "--on", "2022-08-04"))
    assert said.startswith("BM-2022-")
    totals = told(lent, "report", "allowance", *LATE)["totals"]
    assert (totals["held"], totals["apart"]) == (owed, 0)
    again = fine(lent("loan", "allowance", "--on", "2022-08-04"))
    assert "nothing is posted" in again


def test_a_book_without_loans_has_nothing_at_risk(run: Run) -> None:
    answer = told(run, "report", "par")
    assert [row["percent"] for row in answer["rows"]] == ["0.00"] * 6
    assert answer["totals"]["outstanding"] == 0
    assert told(run, "report", "arrears")["rows"] == []
    assert {row["class"] for row in told(run, "report", "allowance")["rows"]} == {
        *("current", "substandard", "doubtful", "loss")
    }


def test_what_is_at_risk_is_broken_down_and_told_by_term(lent: Run) -> None:
    (part,) = told(lent, "report", "par", "--by", "officer", *LATE)["rows"]
    assert (part["officer"], part["loans"], part["late"]) == ("dewi", 1, 1)
    assert part["at_risk"] == part["outstanding"]
    terms = told(lent, "report", "by-term", *LATE)["rows"]
    assert [(row["office"], row["name"], row["fell_late"]) for row in terms] == [
        ("board", None, 1),
        ("village_head", None, 1),
    ]
    assert not any(row["flagged"] for row in terms)


def test_a_loan_tape_is_a_folder_with_a_dictionary(lent: Run, tmp_path: Path) -> None:
    said = fine(lent("export", "loan-tape", str(tmp_path / "tape"), *LATE))

    assert "loan-tape.csv" in said
    assert "dictionary.csv" in said
    assert "debit" not in said
    assert f"Written to {tmp_path / 'tape'}, up to record " in said
    assert altered_files(tmp_path / "tape") == []
    tape = tmp_path / "tape" / "loan-tape.csv"
    (row,) = csv.DictReader(tape.read_text("utf-8").splitlines())
    (told_row,) = told(lent, "report", "class", *LATE)["rows"]
    assert (row["loan"], row["class"], row["reason"]) == ("1", "loss", "uncovered")
    assert row["principal_outstanding"] == str(told_row["outstanding"])
    assert "Siti" not in tape.read_text("utf-8")


def test_a_tape_of_all_loans_keeps_those_that_were_paid_off(
    lent: Run, tmp_path: Path
) -> None:
    day = ("--on", "2022-02-17")
    amount = told(lent, "loan", "payoff", 1, *day)["totals"]["amount"]
    fine(lent("--as", "rina", "loan", "repay", 1, amount, *day, "--wish", "settle"))

    for words, count in ((), 0), (("--all",), 1):
        folder = tmp_path / str(count)
        fine(lent("export", "loan-tape", folder, *LATE, *words))
        with (folder / "loan-tape.csv").open(encoding="utf-8", newline="") as file:
            assert [row["state"] for row in csv.DictReader(file)] == ["settled"] * count


def test_a_tape_of_a_day_to_come_and_all_of_a_journal_are_refused(
    lent: Run, tmp_path: Path
) -> None:
    later = lent("export", "loan-tape", tmp_path / "a", "--as-of", "2122-01-01")
    journal = lent("export", "csv", tmp_path / "b", "--all")

    assert later.status == 1
    assert "has not come yet" in later.err
    assert journal.status == 2
    assert "only a loan tape has it" in journal.err
    assert not (tmp_path / "a").exists() and not (tmp_path / "b").exists()


def test_a_loan_is_judged_from_a_shell(lent: Run) -> None:
    on = ("--on", "2022-02-01")
    why = ("--reason", "tidak ditemui")
    nobody = lent("loan", "judge", "1", "handed_over", *why, *on)
    assert nobody.status == 1
    assert "Say to whom loan 1 went" in nobody.err
    paper = ("--reference", "PN Sukamaju, 12/2022")
    ahead = lent(
        "loan", "judge", "1", "handed_over", *why, *paper, "--on", "2099-01-01"
    )
    assert ahead.status == 1
    assert "has not come yet" in ahead.err
    said = by(lent, "dewi", "loan", "judge", 1, "handed_over", *why, *paper, *on)
    assert said == "Loan 1: given to others to collect.\n"
    (row,) = told(lent, "report", "class", "--as-of", "2022-02-01")["rows"]
    assert (row["days"], row["class"], row["reason"]) == (0, "loss", "handed_over")
    (row,) = told(lent, "report", "class", "--as-of", "2022-01-31")["rows"]
    assert row["class"] == "current"

    alone = lent("loan", "judge", "1", "salvageable", *why, *on)
    assert "takes a decision of the board" in alone.err
    fine(lent("loan", "judge", "1", "taken_back", "--reason", "damai", *on))
    (row,) = told(lent, "report", "class", "--as-of", "2022-02-01")["rows"]
    assert row["class"] == "current"
