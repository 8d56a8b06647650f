"""Loans from a shell: paid, ended, changed, replaced; and the end of a day."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .conftest import Answer, Run

DAY = ("--on", "2022-01-03")


def told(run: Run, *words: object) -> dict[str, Any]:
    answer = run(*map(str, words), "--format", "json")
    assert answer.status == 0, answer.err
    whole: dict[str, Any] = json.loads(answer.out)
    return whole


def fine(answer: Answer) -> str:
    assert answer.status == 0, answer.err
    return answer.out


def by(run: Run, name: str, *words: object) -> str:
    """Let somebody else than budi say it: the last ``--as`` counts."""
    return fine(run("--as", name, *map(str, words)))


def agreed(run: Run) -> None:
    """Let budi approve the loan's request that waits, as it was shown."""
    shown = told(run, "approval", "list")["rows"]
    (one,) = (row for row in shown if row["kind"].startswith("loans."))
    fine(run("approval", "approve", one["number"], one["digest"]))


@pytest.fixture
def lent(run: Run) -> Run:
    """Siti has a loan of 1,200,000 over twelve months, flat 1.5 %, from 3 January."""
    for name, role in (("wati", "manager"), ("rina", "teller"), ("dewi", "credit")):
        fine(run("person", "add", name, name.title(), "--role", role))
    rules = ("lending_limit_binding", "mandatory_share")
    for name in rules:
        said = ("--from", "2022-01-02", "--source", "rapat")
        fine(run("setting", "set", name, 0, *said))
    fine(run("member", "admit", "Siti", *DAY))
    fine(run("savings", "open", 1, "principal", *DAY))
    fine(run("savings", "deposit", 1, "100.000", *DAY))
    fine(run("savings", "open", 1, "voluntary", *DAY))
    fine(run("savings", "deposit", 2, "20.000.000", *DAY))
    asked = ("loan", "apply", 1, "productive", "1.200.000", "--months", 12)
    by(run, "dewi", *asked, "--purpose", "warung", *DAY)
    agreed(run)
    by(run, "rina", "loan", "disburse", 1, *DAY)
    return run


def test_more_than_due_is_saved(lent: Run) -> None:
    day = ("--on", "2022-02-03")
    by(lent, "rina", "loan", "repay", 1, "200.000", *day, "--save", 2)
    lines = told(lent, "savings", "passbook", 2)["rows"]
    first = told(lent, "loan", "show", 1)["rows"][0]
    due = first["principal"] + first["interest"]
    assert lines[0]["balance"] == 20_000_000 + 200_000 - due


def test_more_than_due_shortens_the_loan_and_the_rest_ends_it(lent: Run) -> None:
    by(lent, "rina", "loan", "repay", 1, "118.000", "--on", "2022-02-03")
    words = ("loan", "repay", 1, "300.000", "--on", "2022-02-03", "--wish", "shorter")
    by(lent, "rina", *words)
    now = told(lent, "loan", "show", 1, "--on", "2022-02-03")
    assert len(now["rows"]) == 9
    assert now["totals"]["outstanding_principal"] == 800_000

    ends = told(lent, "loan", "payoff", 1, "--on", "2022-02-17")
    amount = ends["totals"]["amount"]
    settle = ("--on", "2022-02-17", "--wish", "settle")
    short = lent("--as", "rina", "loan", "repay", "1", str(amount - 1), *settle)
    assert short.status == 1
    assert "is ended on" in short.err
    by(lent, "rina", "loan", "repay", 1, amount, *settle)
    assert (
        told(lent, "loan", "payoff", 1, "--on", "2022-02-17")["totals"]["amount"] == 0
    )


def test_a_penalty_is_waived_and_a_rate_changed_by_two_people(lent: Run) -> None:
    due = told(lent, "loan", "due", "--on", "2022-02-20")["rows"]
    assert due[0]["days_past_due"] == 17
    penalty = due[0]["due"] - due[0]["arrears"]
    reason = ("--reason", "sakit", "--on", "2022-02-20")
    by(lent, "dewi", "loan", "waive", 1, penalty, *reason)
    agreed(lent)
    again = told(lent, "loan", "due", "--on", "2022-02-20")["rows"]
    assert again[0]["due"] == again[0]["arrears"]
    by(lent, "dewi", "loan", "rate", 1, "1", "--reason", "RAT", "--on", "2022-02-20")
    agreed(lent)
    rows = told(lent, "loan", "show", 1, "--on", "2022-02-20")["rows"]
    assert rows[-1]["interest"] == 12_000


def test_a_late_loan_is_restructured_but_not_refinanced(lent: Run) -> None:
    late = ("--months", "18", "--purpose", "panen", "--on", "2022-04-20")
    more = lent("loan", "replace", 1, "productive", "--amount", "9000000", *late)
    assert more.status == 1
    assert "would hide" in more.err
    by(lent, "dewi", "loan", "replace", 1, "productive", *late)
    agreed(lent)
    by(lent, "rina", "loan", "disburse", 2, "--on", "2022-04-20")
    due = told(lent, "loan", "due", "--on", "2022-06-01")["rows"]
    assert [row["loan"] for row in due] == [2]


def test_the_end_of_a_day_can_be_had_twice(lent: Run) -> None:
    first = told(lent, "day-end", "--on", "2022-02-28")
    again = told(lent, "day-end", "--on", "2022-02-28")
    counted = {row["what"]: row["count"] for row in first["rows"]}
    assert counted["accruals posted"] == 4
    assert counted["late loans"] == 1
    assert counted["days on which loans were classed"] == 1
    assert {row["what"]: row["count"] for row in again["rows"]} == {
        **counted,
        "accruals posted": 0,
        "days on which loans were classed": 0,
        "changes of class or lateness": 0,
    }
    assert again["totals"]["par30"] == "0.00"
