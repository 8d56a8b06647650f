"""Term deposits from the shell: terms, opening, ending, a day's work."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from .conftest import TODAY, Run

LAST_MONTH = (TODAY.replace(day=1) - timedelta(days=1)).replace(day=1)
BEGUN = LAST_MONTH.isoformat()
TERMS = ("--rate", "12", "--from", "2022-01-01", "--source", "RAT")


def told(run: Run, *words: Any) -> dict[str, Any]:
    answer = run(*words, "--format", "json")
    assert answer.status == 0, answer.err
    found: dict[str, Any] = json.loads(answer.out)
    return found


def saver(run: Run) -> None:
    """Enter Siti, with five million on account 2 since a month ago."""
    run("member", "admit", "Siti", "--on", BEGUN)
    for product, account, amount in (("principal", 1, 100_000), ("voluntary", 2, 5e6)):
        run("savings", "open", 1, product, "--on", BEGUN)
        run("savings", "deposit", account, int(amount), "--on", BEGUN)


def tied(run: Run, months: int = 1, *more: Any) -> None:
    """Set terms for so many months and tie a million on them."""
    assert run("deposit", "terms", months, *TERMS, "--kept", 50).status == 0
    done = run(
        *("deposit", "open", 2, 1_000_000, "--months", months, "--on", BEGUN), *more
    )
    assert done.status == 0, done.err
    assert done.out == "Term deposit 1 is open.\n"


def free(run: Run) -> int:
    rows = told(run, "member", "show", 1)["rows"]
    return next(row["balance"] for row in rows if row["product"] == "voluntary")


def test_terms_are_set_warned_about_and_listed(run: Run) -> None:
    said = run("deposit", "terms", 6, *TERMS, "--kept", 50, "--penalty", 1)
    assert said.status == 0, said.err
    assert "Deposits of 6 months earn on these terms from 01/01/2022." in said.out
    assert "cap is 9 percent a year" in said.out
    (row,) = told(run, "deposit", "terms")["rows"]
    assert (row["months"], row["kept_percent"], row["penalty_percent"]) == (6, 50, 1)

    odd = run("deposit", "terms", 5, *TERMS)
    assert odd.status == 1
    assert "1, 3, 6, 12" in odd.err
    before = run("deposit", "terms", 6, *TERMS)
    assert before.status == 1
    half = run("deposit", "terms", 6, "--rate", "6")
    assert half.status == 2
    assert "--from" in half.err


def test_money_is_tied_shown_and_paid_when_mature(run: Run) -> None:
    saver(run)
    none = run("deposit", "open", 2, 1_000_000, "--months", 1)
    assert none.status == 1
    tied(run, 1, "--key", "one")
    again = run(
        *("deposit", "open", 2, 1_000_000, "--months", 1, "--on", BEGUN),
        *("--key", "one"),
    )
    assert again.out == "Term deposit 1 is open.\n"
    assert free(run) == 4_000_000

    (listed,) = told(run, "deposit", "list")["rows"]
    assert (listed["member"], listed["principal"]) == (1, 1_000_000)
    assert listed["matures_on"] == TODAY.replace(day=1).isoformat()
    assert len(told(run, "deposit", "list", "--mature")["rows"]) == 1
    (shown,) = told(run, "deposit", "show", 1)["rows"]
    days = (TODAY.replace(day=1) - LAST_MONTH).days
    assert shown["at_maturity"] == round(1_000_000 * 0.12 * days / 365)
    early = run("deposit", "break", 1)
    assert early.status == 1
    done = run("deposit", "mature", 1)
    assert done.out.startswith("BM-")
    assert free(run) == 5_000_000 + shown["at_maturity"]
    assert told(run, "deposit", "list")["rows"] == []
    (ended,) = told(run, "deposit", "list", "--member", 1)["rows"]
    assert ended["state"] == "matured"
    assert run("verify").status == 0


def test_a_deposit_is_broken_early_for_half_its_interest(run: Run) -> None:
    saver(run)
    tied(run, 12)
    soon = run("deposit", "mature", 1)
    assert soon.status == 1
    (shown,) = told(run, "deposit", "show", 1)["rows"]
    broken = run("deposit", "break", 1, "--cash", "--key", "one")
    assert broken.status == 0, broken.err
    assert broken.out.startswith("BKK-")
    assert run("deposit", "break", 1, "--cash", "--key", "one").out == broken.out
    assert free(run) == 4_000_000
    (ended,) = told(run, "deposit", "show", 1)["rows"]
    assert ended["state"] == "broken"
    assert ended["paid"] in (shown["earned"] // 2, shown["earned"] // 2 + 1)
    assert run("verify").status == 0


def test_what_secures_something_waits_for_a_person(run: Run) -> None:
    saver(run)
    tied(run)
    assert run("deposit", "pledge", 1, "--note", "Pinjaman Ani").status == 0
    again = run("deposit", "pledge", 1, "--note", "Lagi")
    assert again.status == 1
    assert "Pinjaman Ani" in again.err
    assert told(run, "deposit", "show", 1)["rows"][0]["secures"] == "Pinjaman Ani"

    worked = run("deposit", "work")
    assert worked.status == 0, worked.err
    assert "0 mature deposits" in worked.out
    assert "because they secure something: 1." in worked.out
    assert run("savings", "release", 1, "--note", "Lunas").status == 0
    assert "1 mature deposits" in run("deposit", "work").out
    assert "0 mature deposits" in run("deposit", "work").out
    assert run("verify").status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("open", 2, 1_000_000),
        ("open", 2, "x", "--months", 1),
        ("terms", 6, "--rate", "six", "--from", "2022-01-01", "--source", "RAT"),
        ("pledge", 1),
    ],
)
def test_what_cannot_be_read_is_misuse(run: Run, words: tuple[Any, ...]) -> None:
    assert run("deposit", *words).status == 2


def test_a_deposit_that_is_not_there_is_said(run: Run) -> None:
    for words in (
        ("show", 9),
        ("break", 9),
        ("mature", 9),
        ("pledge", 9, "--note", "x"),
    ):
        refused = run("deposit", *words)
        assert refused.status == 1
        assert "no term deposit 9" in refused.err
    assert run("deposit", "list").out == "Nothing to show.\n"
    assert run("deposit", "list", "--member", 9).status == 1
