"""Savings from the shell: transfers, remittances, months, rounds, holds, orders."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from coopbook.savings.calendar import next_month

from .conftest import TODAY, Run

LAST_MONTH = (TODAY.replace(day=1) - timedelta(days=1)).replace(day=1)
BEGUN = LAST_MONTH.isoformat()
"""Everybody here joined a month ago: two months are owed."""


def told(run: Run, *words: Any) -> dict[str, Any]:
    answer = run(*words, "--format", "json")
    assert answer.status == 0, answer.err
    found: dict[str, Any] = json.loads(answer.out)
    return found


def saver(run: Run, name: str, on: str = BEGUN) -> tuple[int, int, int]:
    """Admit a member with all three kinds; return their accounts."""
    listed = told(run, "member", "list")["rows"]
    number, first = len(listed) + 1, len(listed) * 3 + 1
    run("member", "admit", name, "--on", on)
    for product in ("principal", "mandatory", "voluntary"):
        done = run("savings", "open", number, product, "--on", on)
        assert done.status == 0, done.err
    run("savings", "deposit", first, 100_000, "--on", on)
    return first, first + 1, first + 2


def balances(run: Run, member: int) -> dict[str, int]:
    return {
        row["product"]: row["balance"]
        for row in told(run, "member", "show", member)["rows"]
    }


def test_money_moves_and_comes_from_abroad(run: Run) -> None:
    _, share, free = saver(run, "Siti")
    *_, theirs = saver(run, "Ani")
    deposit = ("savings", "deposit", free, 500_000, "--on", BEGUN)
    paid = run(*deposit, "--channel", "bank", "--payer", "Suami", "--reference", "T 8")
    assert paid.status == 0, paid.err
    moved = run("savings", "transfer", free, theirs, 70_000, "--note", "Pinjam cangkul")
    assert moved.out.startswith("BM-")
    same = run("savings", "transfer", free, free, 1)
    assert same.status == 1
    assert "Choose another account" in same.err

    sent = (
        *("savings", "remit", 1, f"{free}=2000000:Rumah", f"{share}=50000"),
        *("--payer", "Siti, HK", "--reference", "WU 1", "--currency", "HKD"),
        *("--sent", "1008.50", "--rate", "2034.5", "--key", "one"),
    )
    first, again = run(*sent), run(*sent)
    assert first.status == 0, first.err
    assert first.out == again.out
    assert first.out.startswith("BBM-")
    assert balances(run, 1) == {
        "principal": 100_000,
        "mandatory": 50_000,
        "voluntary": 2_430_000,
    }
    other = run(*("2034.6" if w == "2034.5" else w for w in sent))
    assert other.status == 1
    half = run(*(word for word in sent if word not in ("--rate", "2034.5")))
    assert half.status == 1
    assert "leave all three empty" in half.err
    assert run("verify").status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("remit", 1, "3:500", "--payer", "x", "--reference", "y"),
        ("remit", 1, "3=x", "--payer", "x", "--reference", "y"),
        ("remit", 1, "3=5", "--payer", "x", "--reference", "y", "--rate", "2,5"),
        ("exempt", 1, "2026-13", "2026-14", "--reason", "x"),
        ("hold", 3, 5),
        ("order", 1, 3, "--end"),
    ],
)
def test_what_cannot_be_read_is_misuse(run: Run, words: tuple[Any, ...]) -> None:
    refused = run("savings", *words)
    assert refused.status == 2, refused
    assert "Traceback" not in refused.err


def test_a_calendar_and_who_owes(run: Run) -> None:
    _, share, _ = saver(run, "Siti")
    saver(run, "Ani")
    run("savings", "deposit", share, 30_000)

    said = told(run, "savings", "calendar", 1)
    assert said["rows"] == [
        {
            "month": f"{LAST_MONTH:%Y-%m}",
            "amount": 25_000,
            "paid": 25_000,
            "state": "paid",
        },
        {
            "month": f"{TODAY:%Y-%m}",
            "amount": 25_000,
            "paid": 5_000,
            "state": "part",
        },
    ]
    assert said["totals"]["amount"] == 20_000
    listed = told(run, "savings", "owing")
    assert [(r["name"], r["arrears"], r["due"]) for r in listed["rows"]] == [
        ("Siti", 0, 20_000),
        ("Ani", 25_000, 25_000),
    ]
    assert listed["totals"] == {"arrears": 25_000, "due": 45_000}
    assert told(run, "savings", "owing", "--hamlet", "Nowhere")["rows"] == []

    run("savings", "deposit", share, 50_000)
    table = run("savings", "calendar", 1)
    assert "paid ahead" in table.out
    assert "Missed: Rp 0. Due this month: Rp 0. Months ahead: 1." in table.out
    assert [row["name"] for row in told(run, "savings", "owing")["rows"]] == ["Ani"]
    tabel = run("savings", "calendar", 1, lang="id")
    assert tabel.status == 0
    assert len(told(run, "savings", "owing", "--all")["rows"]) == 2


def test_plans_and_exemptions_are_agreed_and_decided(run: Run) -> None:
    saver(run, "Siti", on="2022-01-02")
    run("decision", "enter", "Bebas wajib", "Selama di Taiwan.")
    month = TODAY.year * 100 + TODAY.month
    first, last = next_month(month, -6), next_month(month, -2)
    said = [f"{m // 100}-{m % 100:02d}" for m in (first, last)]
    refused = run("savings", "exempt", 1, *said, "--reason", "Taiwan")
    assert refused.status == 1
    assert "name the decision" in refused.err
    done = run("savings", "exempt", 1, *said, "--reason", "Taiwan", "--decision", 1)
    assert done.status == 0, done.err
    states = {
        row["month"]: row["state"]
        for row in told(run, "savings", "calendar", 1)["rows"]
    }
    assert [states[one] for one in said] == ["exempt", "exempt"]

    long = run("savings", "plan", 1, 25)
    assert long.status == 1
    assert "from 1 to 24" in long.err
    agreed = run("savings", "plan", 1, 12, "--note", "Setelah panen")
    assert agreed.out.startswith("Agreed: Rp ")


def test_a_round_comes_from_a_list_as_one_entry(run: Run, tmp_path: Path) -> None:
    saver(run, "Siti")
    saver(run, "Ani")
    file = tmp_path / "dusun.csv"
    file.write_text("member,kind,amount\n1,mandatory,25.000\n\n2,voluntary,5000\n")
    about = ("--collector", "Rina", "--hamlet", "Krajan", "--key", "round")
    done, again = (run("savings", "collect", file, *about) for _ in range(2))
    assert done.status == 0, done.err
    assert done.out == again.out
    assert balances(run, 1)["mandatory"] == 25_000
    assert balances(run, 2)["voluntary"] == 5_000

    file.write_text("1;mandatory;25000\n2;voluntary;1000\n")
    field = run("savings", "collect", file, "--collector", "Rina", "--field-cash")
    assert field.status == 0, field.err
    rows = told(run, "report", "trial-balance")["rows"]
    assert {row["code"]: row["debit"] for row in rows}["11104"] == 26_000
    assert run("verify").status == 0


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ("1,principal,100000", 1, "Line 2: The principal share is Rp 100,000, once."),
        ("9,voluntary,1000", 1, "Line 2: "),
        ("1,festive,1000", 1, "Line 2: There are no savings called festive."),
        ("2,voluntary,1000", 1, "Open it first: savings open."),
        ("1,voluntary", 2, "line 2"),
        ("1,voluntary,x", 2, "line 2"),
        ("Siti,voluntary,5", 2, "line 2"),
    ],
)
def test_a_line_that_cannot_be_is_named_and_nothing_is_posted(
    run: Run, tmp_path: Path, line: str, status: int, said: str
) -> None:
    saver(run, "Siti")
    run("member", "admit", "Ani", "--on", BEGUN)
    file = tmp_path / "dusun.csv"
    file.write_text(f"1,voluntary,5000\n{line}\n")
    refused = run("savings", "collect", file, "--collector", "Rina")
    assert refused.status == status
    assert said in refused.err
    assert balances(run, 1)["voluntary"] == 0


def test_what_is_held_or_blocked_stays_and_a_sleeper_is_woken(run: Run) -> None:
    *_, free = saver(run, "Siti", on="2022-01-02")
    run("savings", "deposit", free, 200_000, "--on", "2022-01-02")
    asleep = run("savings", "withdraw", free, 1_000)
    assert asleep.status == 1
    assert "wake the account" in asleep.err
    assert run("savings", "wake", free).status == 0
    assert run("savings", "wake", free).status == 1

    held = run("savings", "hold", free, 150_000, "--note", "Pinjaman Ani")
    assert held.out == "1\n"
    short = run("savings", "withdraw", free, 40_001)
    assert short.status == 1
    assert "Rp 150,000 is held" in short.err
    assert run("savings", "release", 1, "--note", "Lunas").status == 0
    twice = run("savings", "release", 1, "--note", "Lunas")
    assert twice.status == 1
    assert run("savings", "block", free, "--why", "Sengketa").status == 0
    assert "Sengketa" in run("savings", "withdraw", free, 1_000).err
    assert run("savings", "unblock", free).status == 0
    assert run("savings", "withdraw", free, 1_000).status == 0


def test_a_proxy_takes_out_what_the_power_allows(run: Run) -> None:
    *_, free = saver(run, "Siti")
    run("savings", "deposit", free, 200_000)
    until = TODAY + timedelta(days=30)
    entered = run(
        *("member", "proxy", 1, "Harun", "--relation", "spouse"),
        *("--account", free, "--until", until, "--limit", 50_000),
    )
    assert entered.status == 0, entered.err
    over = run("savings", "withdraw", free, 50_001, "--proxy", 1)
    assert over.status == 1
    assert "Rp 50,000" in over.err
    assert run("savings", "withdraw", free, 50_000, "--proxy", 1).status == 0
    assert run("savings", "withdraw", free, 1, "--proxy", 9).status == 1


def test_a_kind_is_offered_once(run: Run) -> None:
    assert run("savings", "offer", "festive").out == "Festive savings is offered.\n"
    again = run("savings", "offer", "festive")
    assert again.status == 1
    assert run("savings", "offer", "gold").status == 1


def lent(run: Run) -> None:
    """Lend Siti 200,000 over two months, by three people, a month ago."""
    for name, role in (("dewi", "credit"), ("rina", "teller")):
        run("person", "add", name, name.title(), "--role", role)
    young = ("--from", "2022-01-02", "--source", "rapat")
    run("setting", "set", "lending_limit_binding", 0, *young)
    asked = ("emergency", 200_000, "--months", 2, "--purpose", "Sakit", "--on", BEGUN)
    assert run("--as", "dewi", "loan", "apply", 1, *asked).status == 0
    (waits,) = told(run, "approval", "list")["rows"]
    assert run("approval", "approve", waits["number"], waits["digest"]).status == 0


def test_a_standing_order_is_looked_at_run_and_ended(run: Run) -> None:
    *_, free = saver(run, "Siti")
    run("savings", "deposit", free, 5_000_000, "--on", BEGUN)
    lent(run)
    refused = run("savings", "order", 1, free)
    assert refused.status == 1
    assert "not running" in refused.err
    nothing = run("savings", "order", 1, "--end")
    assert nothing.status == 1
    assert "No standing order pays loan 1." in nothing.err
    paid_out = run("--as", "rina", "loan", "disburse", 1, "--on", BEGUN)
    assert paid_out.status == 0, paid_out.err
    assert run("savings", "order", 1, free, "--on", BEGUN).status == 0

    looked = told(run, "savings", "orders-run", "--dry-run")
    before = balances(run, 1)["voluntary"]
    done = told(run, "savings", "orders-run")
    again = told(run, "savings", "orders-run")

    assert before == 5_000_000
    assert looked == done
    (row,) = done["rows"]
    assert row["lacks"] == 0
    assert row["due"] >= 100_000
    assert balances(run, 1)["voluntary"] == 5_000_000 - row["paid"]
    assert again["rows"] == []
    (kept,) = told(run, "savings", "order", 1)["rows"]
    assert (kept["due"], kept["paid"]) == (row["due"], row["paid"])
    assert run("savings", "order", 1, "--end").status == 0
    assert run("verify").status == 0
