"""A year's reports, its closing and its surplus from the shell."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from .conftest import Run


def year_before(run: Run) -> None:
    """Let one member save and borrow in 2025, and some income come in."""
    for name in ("Siti", "Ani"):
        run("member", "admit", name, "--on", "2025-01-02")
    for number in (1, 2):
        run("savings", "open", number, "principal", "--on", "2025-01-02")
        run("savings", "deposit", number, 100_000, "--on", "2025-01-02")


def figures(run: Run, *words: object) -> dict[str, Any]:
    said = run("report", *words, "--format", "json")
    assert said.status == 0, said.err
    return dict(json.loads(said.out))


def test_the_reports_of_a_year_say_what_they_are_about(run: Run) -> None:
    year_before(run)
    sheet = figures(run, "balance-sheet", "--as-of", "2025-12-31")
    rows = {row["code"]: row for row in sheet["rows"]}
    assert rows["total_assets"]["amount"] == rows["total_both"]["amount"] == 200_000
    assert rows["principal_shares"]["amount"] == 200_000
    assert sheet["filter"] == {"from": "2025-01-01", "to": "2025-12-31"}
    cash = figures(run, "cash-flow", "--to", "2025-12-31")
    assert cash["totals"] == {"opening": 0, "amount": 200_000, "closing": 200_000}
    equity = figures(run, "equity", "--to", "2025-12-31")
    assert equity["totals"] == {"total": 200_000}
    ties = figures(run, "ties", "--to", "2025-12-31")
    assert all(row["in_order"] for row in ties["rows"])
    assert figures(run, "surplus", "--to", "2025-12-31")["totals"] == {"amount": 0}


def test_the_statements_of_a_time_are_written_as_a_paper(
    run: Run, tmp_path: Path
) -> None:
    year_before(run)
    file = tmp_path / "laporan.pdf"
    asked = ("report", "balance-sheet", "--to", "2025-12-31", "--pdf", file)
    assert run(*asked).status == 0
    assert file.read_bytes()[:5] == b"%PDF-"
    pages = [page.extract_text() for page in PdfReader(file).pages]
    assert "Financial statements" in pages[0]
    assert "Notes to the statements" in " ".join(pages)
    assert run(*asked[:3], "2025-06-30", "--pdf", file).status == 0
    part = " ".join(page.extract_text() for page in PdfReader(file).pages)
    assert "Notes to the statements" not in part


def test_the_statements_become_a_workbook(run: Run, tmp_path: Path) -> None:
    year_before(run)
    file = tmp_path / "laporan.xlsx"
    said = run("report", "balance-sheet", "--to", "2025-12-31", "--xlsx", file)
    assert said.status == 0, said.err
    assert file.read_bytes()[:2] == b"PK"
    assert run("report", "journal", "--xlsx", tmp_path / "x.xlsx").status == 2


def test_percentages_are_written_down_and_105_is_refused(run: Run) -> None:
    parts = ("--part", "reserve", "40", "--part", "patronage", "60")
    nobody = run("surplus", "policy", 2025)
    assert nobody.status == 1
    assert "is not written down" in nobody.err
    much = run(*("surplus", "policy", 2025, *parts, "--part", "social", "5"))
    assert much.status == 1
    assert "come to 105, not 100" in much.err
    unsourced = run("surplus", "policy", 2025, *parts)
    assert unsourced.status == 1
    kept = run(
        *("surplus", "policy", 2025, *parts, "--source", "AD 45", "--format", "json")
    )
    assert kept.status == 0, kept.err
    said = json.loads(kept.out)
    assert said["filter"]["source"] == "AD 45"
    assert said["rows"] == [
        {"pool": "reserve", "percent": "40"},
        {"pool": "patronage", "percent": "60"},
    ]
    unknown = run("surplus", "policy", 2025, "--part", "party", "100")
    assert unknown.status == 2


def test_a_year_without_a_surplus_is_not_handed_out(run: Run) -> None:
    year_before(run)
    run("surplus", "policy", 2025, "--part", "reserve", "100", "--source", "AD 45")
    for words in (("draft", 2025), ("post", 2025)):
        refused = run("surplus", *words)
        assert refused.status == 1, refused.out
    early = run("close", "year", 2022)
    assert early.status == 1
    assert "months up to November are closed" in early.err
    assert "Close 2022 first" in run("close", "year", 2025).err
    reopened = run("reopen", 2025, "--reason", "salah")
    assert reopened.status == 1
    assert "2025 is not closed" in reopened.err


def test_the_meetings_book_is_written_with_its_annex(run: Run, tmp_path: Path) -> None:
    year_before(run)
    paper, sheet = tmp_path / "rat.pdf", tmp_path / "rat.xlsx"
    said = run("meeting", "book", 2025, paper, "--annex", sheet)
    assert said.status == 0, said.err
    assert paper.read_bytes()[:5] == b"%PDF-"
    assert sheet.read_bytes()[:2] == b"PK"


def test_assets_and_a_count_from_the_shell(run: Run) -> None:
    year_before(run)
    bought = run(
        *("asset", "add", "Meja", 13004, 90_000, "--months", 3),
        *("--paid-from", 11102, "--on", "2025-02-03"),
    )
    assert bought.out == "Asset 1 is entered.\n", bought.err
    assert run("asset", "depreciate", "2025-03").out.startswith("BM-2025-")
    listed = json.loads(
        run("asset", "list", "--as-of", "2025-12-31", "--format", "json").out
    )
    assert listed["totals"] == {"cost": 90_000, "depreciated": 60_000, "value": 30_000}
    assert run("asset", "dispose", 1, "--on", "2025-04-01").status == 0
    about = ("--witness", "sari", "--on", "2025-04-02")
    wrong = run("count", 11102, "100000", *about)
    assert wrong.status == 2
    counted = run("count", 11102, "100000x1", "10000x1", *about)
    assert counted.out == "Counted; it differs by Rp 0.\n", counted.err
    closed = run("close", "day", "2025-04-02")
    assert closed.status == 0, closed.err
    assert run("close", "day", "2025-04-03").status == 1


def test_an_asset_of_older_books_from_the_shell(run: Run) -> None:
    year_before(run)
    about = ("--months", 40, "--on", "2021-03-03", "--worn-before")
    no = run("asset", "add", "Lemari", 13004, 90_000, *about, 90_001)
    assert no.status == 1
    assert "What was depreciated before is from nothing to" in no.err
    done = run(*("asset", "add", "Lemari", 13004, 90_000, *about), 20_000)
    assert done.out == "Asset 1 is entered.\n", done.err
    day = ("--as-of", "2025-12-31", "--format", "json")
    listed = json.loads(run("asset", "list", *day).out)
    (row,) = listed["rows"]
    assert (row["taken_over"], row["worn_before"]) == ("2022-01-01", 20_000)
    assert listed["totals"] == {"cost": 90_000, "depreciated": 20_000, "value": 70_000}


def test_a_deficit_that_is_not_there_is_not_covered(run: Run) -> None:
    year_before(run)
    no = run("surplus", "cover", 5_000, 99)
    assert no.status == 1
    assert "99" in no.err


def test_a_policy_from_the_shell_says_who_takes_no_part(run: Run) -> None:
    parts = ("--part", "reserve", "100", "--source", "AD 45")
    asked = ("surplus", "policy", 2025, *parts)
    out = ("--exclude", "resigned", "--exclude", "deceased")
    done = run(*asked, *out, "--saved", "--leavers", "--format", "json")
    assert done.status == 0, done.err
    said = json.loads(done.out)
    assert said["filter"]["excluded"] == "deceased, resigned"
    assert said["filter"]["saved"] is True
    nobody = run(*asked, "--exclude-nobody", "--format", "json")
    assert json.loads(nobody.out)["filter"]["excluded"] == ""
    usual = run(*asked, "--format", "json")
    assert json.loads(usual.out)["filter"]["excluded"] == "expelled"
    assert run(*asked, *out, "--exclude-nobody").status == 2


def test_a_score_by_other_choices_stands_beside_the_by_laws(run: Run) -> None:
    year_before(run)
    day = ("health", "--as-of", "2025-12-31")
    plain = figures(run, *day)
    assert plain["totals"]["mode"] == "by the tables"
    assert "beside" not in plain["rows"][0]
    asked = ("--mode", "annex", "--edge", "below", "--rounding", "up")
    both = figures(run, *day, *asked)
    totals = dict(both["totals"])
    assert totals | plain["totals"] == totals
    assert totals["mode_beside"] == "by the lines of the annex, where it has one"
    assert totals["edge_beside"] == "on the limit is in the upper band (<)"
    assert totals["rounding_beside"] == "the ratio up to the next whole percent"
    points = [row["points"] for row in plain["rows"]]
    rows = both["rows"]
    assert [row["points"] for row in rows] == points
    apart = sum(Decimal(row["beside"]) - Decimal(row["points"]) for row in rows)
    assert Decimal(totals["beside"]) - Decimal(totals["points"]) == apart
    said = run("report", *day, "--rounding", "whole", lang="id")
    assert "pembulatan pembanding: rasio dibulatkan ke persen terdekat" in said.out


def test_only_the_score_has_a_mode_an_edge_and_a_rounding(run: Run) -> None:
    refused = run("report", "pearls", "--mode", "annex")
    assert refused.status == 2
    assert "Only the report health has a mode" in refused.err
    assert run("report", "health", "--edge", "wide").status == 2


def test_a_time_no_statement_leads_through_is_refused(run: Run) -> None:
    year_before(run)
    turned = ("--from", "2025-03-01", "--to", "2025-02-01")
    for name in ("balance-sheet", "surplus", "equity", "cash-flow", "ties"):
        said = run("report", name, *turned)
        assert said.status == 1, said
        assert "Write the earlier day first" in said.err, said
        assert not said.out
    for words in (
        ("report", "cash-flow", "--from", "0001-01-01"),
        ("report", "balance-sheet", "--to", "9999-12-31"),
        ("audit", "changes", "0001-01-01"),
    ):
        far = run(*words)
        assert far.status == 2, far
        assert "is not a day from 1900 to 2999" in far.err
    early = run("report", "cash-flow", "--from", "1900-01-01", "--to", "1900-12-31")
    assert early.status == 0, early.err
