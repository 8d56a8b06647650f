"""The by-laws' figures and the cash of a day, from a shell."""

from __future__ import annotations

import json
from datetime import timedelta

from .conftest import TODAY, Run


def told(run: Run, *words: str) -> list[dict[str, object]]:
    answer = run(*words, "--format", "json")
    assert answer.status == 0, answer.err
    rows: list[dict[str, object]] = json.loads(answer.out)["rows"]
    return rows


def test_a_figure_is_listed_and_changed_from_a_day_on(run: Run) -> None:
    listed = {row["name"]: row for row in told(run, "setting", "list")}
    assert listed["quorum_bylaws"]["value"] == ">=2/3"
    assert listed["payout_limit"]["unit"] == "rupiah"

    said = run(
        *("setting", "set", "quorum_bylaws", ">= 3/4"),
        *("--from", "2026-02-01", "--source", "RAT 2026"),
    )
    assert said.out == "quorum_bylaws >=3/4 2026-02-01\n"

    before = told(run, "setting", "list", "--on", "2026-01-31")
    assert {r["name"]: r["value"] for r in before}["quorum_bylaws"] == ">=2/3"
    after = told(run, "setting", "list", "--on", "2026-02-01")
    (row,) = (row for row in after if row["name"] == "quorum_bylaws")
    assert (row["value"], row["valid_from"]) == (">=3/4", "2026-02-01")
    assert row["source"] == "RAT 2026"


def test_what_cannot_be_is_said(run: Run) -> None:
    late = ("--from", "2021-01-01", "--source", "x")
    assert (
        "starts after 01/01/2022" in run("setting", "set", "adult_age", 21, *late).err
    )
    words = run("setting", "set", "quorum_bylaws", "two thirds", "--source", "x")
    assert "Write the share like >1/2" in words.err
    assert run("setting", "set", "luck", 7, "--source", "x").status == 1


def test_a_candidate_is_accepted_by_a_decision(run: Run) -> None:
    run("setting", "set", "admission_decided", 1, "--source", "AD pasal 6")
    run("member", "admit", "Siti")
    run("savings", "open", 1, "principal")
    run("savings", "deposit", 1, "100.000")
    stood = run("member", "standing", 1, "active", "--reason", "Rapat")
    assert stood.status == 1
    assert "name the decision" in stood.err
    run("decision", "enter", "Anggota", "Siti diterima.")
    asked = ("member", "standing", 1, "active", "--decision", 1, "--reason", "Rapat")
    changes = told(run, *asked)
    assert [row["status"] for row in changes] == ["active"]


def test_the_cash_of_a_day_is_a_report(run: Run) -> None:
    run("member", "admit", "Siti")
    run("savings", "open", 1, "principal")
    run("savings", "deposit", 1, "100.000")
    (row,) = told(run, "report", "cash")
    assert (row["number"], row["together"], row["to_report"]) == (1, 100_000, False)
    yesterday = TODAY - timedelta(days=1)
    assert told(run, "report", "cash", "--as-of", yesterday.isoformat()) == []


def test_what_has_to_stay_is_said_of_a_kind(run: Run) -> None:
    said = run("savings", "conditions", "voluntary", "--minimum", "50.000")
    assert said.out == "voluntary Rp 50,000 12\n"
    never = run("savings", "conditions", "voluntary", "--asleep-after", 0)
    assert never.out == "voluntary Rp 50,000 -\n"
    assert run("savings", "conditions", "principal", "--minimum", "1").status == 1
    nothing = run("savings", "conditions", "voluntary", "--minimum", "0")
    assert nothing.out == "voluntary Rp 0 -\n"
