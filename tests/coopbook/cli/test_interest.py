"""Terms of interest and a month's interest from the shell."""

from __future__ import annotations

import json

from .conftest import Run

TERMS = ("savings", "terms", "voluntary", "--from", "2022-02-01", "--source", "RAT")


def saver(run: Run) -> None:
    """Enter a member with a million in savings since the second of January."""
    run("member", "admit", "Siti Aminah", "--on", "2022-01-02")
    for product, account, amount in (
        ("principal", 1, 100_000),
        ("voluntary", 2, 10**6),
    ):
        run("savings", "open", 1, product, "--on", "2022-01-02")
        run("savings", "deposit", account, amount, "--on", "2022-01-02")


def test_a_month_is_looked_at_posted_once_and_told(run: Run) -> None:
    saver(run)
    asked = run("savings", "interest", "2022-02", "--dry-run")
    assert asked.status == 1
    assert "Set them first: savings terms." in asked.err

    said = run(*TERMS, "--rate", "6", "--tier", "500000=12%", "--slices")
    assert said.status == 0, said.err
    assert "from 01/02/2022" in said.out
    assert "cap is 9 percent a year" in said.out
    # (500,000 x 6 % + 500,000 x 12 %) x 28 / 365 = 6,904.11
    looked = run("savings", "interest", "2022-02", "--dry-run", "--format", "json")
    told = json.loads(looked.out)
    assert told["rows"] == [
        {"account": 2, "member": 1, "interest": 6_904, "tax": 0, "credited": 6_904}
    ]
    assert told["totals"] == {"interest": 6_904, "tax": 0, "credited": 6_904}
    assert (
        "nothing was posted" in run("savings", "interest", "2022-02", "--dry-run").out
    )

    posted = run("savings", "interest", "2022-02")
    assert posted.status == 0, posted.err
    assert posted.out.splitlines()[-1] == "BM-2022-000001"
    again = run("savings", "interest", "2022-02")
    assert again.status == 1
    assert "posted already (BM-2022-000001)" in again.err
    lagi = run("savings", "interest", "2022-02", lang="id")
    assert lagi.status == 1
    assert "sudah dibukukan" in lagi.err
    assert run("verify").status == 0


def test_what_cannot_be_read_is_said(run: Run) -> None:
    saver(run)
    for words, said in (
        (("savings", "interest", "2022-13"), "is not a month such as 2026-03"),
        ((*TERMS, "--rate", "three"), "'three' is not a percentage"),
        ((*TERMS, "--rate", "3", "--tier", "5"), "is not AMOUNT=RATE"),
    ):
        refused = run(*words)
        assert refused.status == 2
        assert said in refused.err
    run(*TERMS, "--rate", "3")
    early = run("savings", "interest", "2199-12")
    assert early.status == 1
    assert "31/12/2199" in early.err
    late = run(*(w.replace("2022-02-01", "2022-02-15") for w in TERMS), "--rate", "3")
    assert late.status == 1
    assert "first day of a month" in late.err
