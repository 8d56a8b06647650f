"""Members from the shell: standing, family, proxies, leaving, the book of members."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from .conftest import TODAY, Run

LONG_AGO = "2022-01-02"


@pytest.fixture
def siti(run: Run) -> int:
    """Enter Siti, who paid her share and saved 300,000, account 2."""
    about = ("--hamlet", "Krajan RT 3", "--occupation", "Pedagang")
    place = ("--district", "321216", "--born-on", "1990-01-01")
    run("member", "admit", "Siti Aminah", "--on", LONG_AGO, *about, *place)
    run("savings", "open", 1, "principal", "--on", LONG_AGO)
    run("savings", "deposit", 1, 100_000, "--on", LONG_AGO)
    run("savings", "open", 1, "voluntary", "--on", LONG_AGO)
    run("savings", "deposit", 2, 300_000, "--on", LONG_AGO)
    return 1


def rows(answer) -> list[dict]:
    assert answer.status == 0, answer.err
    return json.loads(answer.out)["rows"]


def test_a_person_is_corrected_and_a_wrong_district_is_told(run: Run, siti: int):
    assert run("member", "correct", siti, "--risk", "low").status == 0

    wrong = run("member", "correct", siti, "--district", "99.99.99")

    assert wrong.status == 1
    assert "Search it by name" in wrong.err


def test_a_suspension_is_decided_and_lifted(run: Run, siti: int):
    undecided = run(
        "member", "standing", siti, "suspended", "--reason", "tidak membayar"
    )
    assert undecided.status == 1
    assert "name the decision" in undecided.err
    run("decision", "enter", "Skors", "Siti diskors.")
    why = ("--decision", 1, "--reason", "tidak membayar")
    shape = ("--format", "json")

    seen = rows(run("member", "standing", siti, "suspended", *why, *shape))

    assert [row["status"] for row in seen] == ["active", "suspended"]
    assert seen[-1]["decision"] == 1
    back = rows(run("member", "standing", siti, "active", *why, *shape))
    assert back[-1]["status"] == "active"


def test_kin_heirs_and_doubles_are_written_down(run: Run, siti: int):
    run("member", "admit", "Harun")
    shape = ("--format", "json")
    kin = rows(run("member", "kin", siti, "spouse", "--member", 2, *shape))
    assert kin == [
        {"number": 1, "relation": "spouse", "name": "Harun", "member_number": 2}
    ]
    assert rows(run("member", "kin", siti, "--end", 1, *shape)) == []
    heirs = ("member", "heir", siti, "Dewi", "--relation", "child")
    assert run(*heirs, "--share", 101).status == 1
    assert run(*heirs).status == 2
    assert rows(run(*heirs, "--share", 100, *shape))[0]["share"] == 100
    twin = run("member", "admit", "Hj. Siti Aminah", "--born-on", "1990-01-01")
    assert "same person as member 1" in twin.out
    assert rows(run("member", "doubles", *shape))[0]["other"] == 3
    assert run("member", "judge", 1, 3, "same").status == 1
    assert run("member", "judge", 1, 3, "same", "--reason", "KTP sama").status == 0
    assert rows(run("member", "doubles", *shape)) == []


def test_a_proxy_acts_on_the_members_own_accounts_only(run: Run, siti: int):
    until = (TODAY + timedelta(days=90)).isoformat()
    asked = ("member", "proxy", siti, "Harun", "--until", until, "--limit", "200.000")
    shape = ("--format", "json")

    assert run(*asked, "--account", 99).status == 1
    (seen,) = rows(run(*asked, "--account", 2, *shape))

    assert (seen["accounts"], seen["limit"], seen["ended_on"]) == ("2", 200_000, None)
    assert run("member", "proxy", siti, "--end", 1).status == 1
    ended = rows(run("member", "proxy", siti, "--end", 1, "--reason", "cerai", *shape))
    assert ended[0]["ended_on"] == TODAY.isoformat()
    run("member", "admit", "Ani")
    assert run("member", "proxy", 2, "--end", 1, "--reason", "x").status == 1


def test_a_leaving_from_its_beginning_to_the_last_rupiah(run: Run, siti: int):
    shape = ("--format", "json")
    assert run("member", "leave", "settle", siti).status == 1
    begun = run("member", "leave", "begin", siti, "resigned", "--reason", "pindah")
    assert begun.out == "Settlement 1 is begun.\n"
    assert run("member", "leave", "back", siti, "--reason", "tetap").status == 0
    run("member", "leave", "begin", siti, "deceased", "--reason", "wafat")

    told = json.loads(run("member", "leave", "statement", siti, *shape).out)
    assert [(row["kind"], row["amount"]) for row in told["rows"]] == [
        *(("shares", 100_000), ("savings", 300_000)),
    ]
    assert told["totals"] == {"amount": 400_000}
    missing = run("member", "leave", "settle", siti)
    assert missing.status == 1
    assert "100 percent" in missing.err
    half = run("member", "leave", "settle", siti, "--heir", "Dewi=200.000=KTP 1")
    assert "Divide exactly Rp 400,000" in half.err
    settled = run(
        *("member", "leave", "settle", siti),
        *("--heir", "Dewi=300.000=KTP 1", "--heir", "Harun=100000=KTP 2"),
    )
    assert "Settled: Rp 400,000 is left." in settled.out
    (waiting,) = rows(run("member", "leave", "list", *shape))
    assert (waiting["state"], waiting["left"]) == ("payable", 400_000)
    for payee in (1, 2):
        paid = run("member", "leave", "pay", siti, payee)
        assert paid.out.startswith(f"BKK-{TODAY.year}-")
    assert rows(run("member", "leave", "list", *shape)) == []
    assert run("member", "leave", "pay", siti, 1).status == 1


@pytest.mark.parametrize("shape", ["csv", "xlsx"])
def test_the_book_of_members_is_written_to_a_file(
    run: Run, siti: int, tmp_path: Path, shape: str
):
    file = tmp_path / f"buku.{shape}"

    answer = run("member", "export", file, "--format", shape)

    assert answer.out == f"1 members written to {file}.\n"
    assert file.stat().st_size > 100
