"""Reports that warn early, from a shell."""

from __future__ import annotations

import csv
import io

import pytest

from .conftest import Run
from .test_loans_cli import fine, lent, told

__all__ = ["lent"]
LATE = ("--as-of", "2022-08-04")
REPORTS = ("ageing", "rolls", "vintages", "concentration", "watch")


def test_a_loan_lies_in_one_bucket_with_all_its_principal(lent: Run) -> None:
    whole = told(lent, "report", "ageing", *LATE)
    assert whole["filter"] == {"as_of": "2022-08-04"}
    rows = {row["bucket"]: row for row in whole["rows"]}
    assert len(rows) == 8
    late = rows["181 to 365 days late"]
    assert (late["loans"], late["percent"]) == (1, "100.00")
    assert late["outstanding"] == whole["totals"]["outstanding"] == 1_200_000
    assert whole["totals"]["loans"] == 1
    on_its_day = told(lent, "report", "ageing", "--as-of", "2022-02-03")["rows"]
    assert (on_its_day[0]["bucket"], on_its_day[0]["loans"]) == ("not late", 1)


def test_a_month_rolls_from_bucket_to_bucket(lent: Run) -> None:
    rows = told(lent, "report", "rolls", *LATE)["rows"]
    assert [(row["month"], row["began"], row["ended"]) for row in rows[:3]] == [
        ("2022-01", "new", "not late"),
        ("2022-02", "not late", "8 to 30 days late"),
        ("2022-03", "8 to 30 days late", "31 to 60 days late"),
    ]
    assert rows[-1]["month"] == "2022-07"
    assert {(row["principal"], row["percent"]) for row in rows} == {
        (1_200_000, "100.00")
    }


def test_a_vintage_leaves_empty_what_is_not_known_yet(lent: Run) -> None:
    (row,) = told(lent, "report", "vintages", *LATE)["rows"]
    assert (row["month"], row["loans"], row["principal"]) == ("2022-01", 1, 1_200_000)
    assert (row["late_3"], row["late_6"], row["late_9"]) == ("100.00", "100.00", None)


def test_one_borrower_is_all_there_is(lent: Run) -> None:
    whole = told(lent, "report", "concentration", *LATE)
    assert (whole["totals"]["borrowers"], whole["totals"]["herfindahl"]) == (
        *(1, "1.0000"),
    )
    found = {row["kind"]: row for row in whole["rows"]}
    assert (found["borrower"]["name"], found["borrower"]["percent"]) == ("1", "100.00")
    assert found["product"]["name"] == "productive"


def test_what_to_ask_is_said_in_the_readers_language(lent: Run) -> None:
    whole = told(lent, "report", "watch", *LATE)
    rows = [row for row in whole["rows"] if "First installment" in row["kind"]]
    (row,) = rows
    assert (row["loans"], row["members"], row["amount"]) == ("1", "1", 1_200_000)
    assert "due on 03/02/2022, Rp 118,000 was not paid 30 days later" in row["finding"]
    assert row["question"].startswith("Did the member receive the money")
    assert whole["totals"]["questions"] == len(whole["rows"])
    said = fine(lent("report", "watch", *LATE, "--format", "table", lang="id"))
    assert "118.000" in said


@pytest.mark.parametrize("name", REPORTS)
def test_an_empty_book_warns_of_nothing(run: Run, name: str) -> None:
    rows = told(run, "report", name)["rows"]
    assert all(not row.get("loans") for row in rows)
    assert fine(run("report", name)).strip()


@pytest.mark.parametrize("name", REPORTS)
def test_a_spreadsheet_reads_every_report(lent: Run, name: str) -> None:
    said = fine(lent("report", name, *LATE, "--format", "csv"))
    rows = list(csv.DictReader(io.StringIO(said)))
    assert len(rows) == len(told(lent, "report", name, *LATE)["rows"])
