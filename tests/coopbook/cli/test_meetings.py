"""Meetings, decisions and documents from the shell."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from .conftest import TODAY, Run

LONG_AGO = TODAY - timedelta(days=20)


def members(run: Run, count: int) -> None:
    """Enter so many members who have paid their principal share."""
    for number in range(1, count + 1):
        run("member", "admit", f"Anggota {number}", "--on", "2022-01-02")
        run("savings", "open", number, "principal", "--on", "2022-01-02")
        run("savings", "deposit", number, 100_000, "--on", "2022-01-02")


def called(run: Run, *words: str) -> str:
    place = ("--place", "Balai desa", "--item", "Laporan", "--item", "SHU")
    said = run("meeting", "call", TODAY, "--on", LONG_AGO, *place, *words)
    assert said.status == 0, said.err
    return said.out


def test_a_meeting_from_its_call_to_its_minutes(run: Run, tmp_path: Path) -> None:
    members(run, 3)
    assert called(run) == "Meeting 1 is called.\n"
    opened = run("meeting", "open", 1, "--chair", "Budi", "--secretary", "Wati")
    assert opened.out == "Open: 3 members have a vote.\n"

    run("meeting", "motion", 1, "Laporan", "Laporan 2025 disahkan.")
    refused = run("meeting", "decide", 1, 1, "--way", "consensus")
    assert refused.status == 1
    assert "0 of 3 members take part, 2 are needed" in refused.err
    came = run("meeting", "attend", 1, "1-2", "--signed")
    assert came.out == "2 of 3 take part; 2 make a quorum.\n"
    assert run("meeting", "attend", 1, 3, "--online").status == 0
    assert run("meeting", "attend", 1, 3, "--left").out.startswith("2 of 3")
    many = run(
        *("meeting", "decide", 1, 1, "--way", "ballot", "--for", 2, "--against", 1)
    )
    assert many.status == 1
    assert "3 votes are more than the 2 members" in many.err
    hands = ("--way", "show_of_hands", "--for", 2, "--against", 0)
    carried = run("meeting", "decide", 1, 1, *hands)
    assert carried.out == f"Carried: decision RA-{TODAY.year}-001.\n"

    run("meeting", "motion", 1, "AD", "Pasal 12.", "--matter", "bylaws")
    assert run("meeting", "vote", 1, 2, "for", 1).out == "1 votes entered.\n"
    assert run("meeting", "vote", 1, 2, "against", 2).status == 0
    assert run("meeting", "vote", 1, 2, "for", 2).status == 1
    lost = run("meeting", "decide", 1, 2, "--way", "roll_call")
    assert lost.out == "Not carried.\n"
    closed = run("meeting", "close", 1, "--notes", "Tamu: camat.")
    assert closed.out == f"Closed. The minutes are BA-RA-{TODAY.year}-001.\n"
    late = run("meeting", "attend", 1, 3)
    assert late.status == 1
    assert "Meeting 1 is closed" in late.err

    told = json.loads(run("meeting", "minutes", 1, "--format", "json").out)
    assert told["filter"] == {
        "label": f"BA-RA-{TODAY.year}-001",
        "state": "closed",
        "eligible": 3,
        "came": 3,
    }
    assert [(row["state"], row["for"], row["against"]) for row in told["rows"]] == [
        ("carried", 2, 0),
        ("lost", 1, 1),
    ]
    file = tmp_path / "berita acara.pdf"
    assert run("meeting", "minutes", 1, "--pdf", file, "--paper", "en").status == 0
    text = PdfReader(BytesIO(file.read_bytes())).pages[0].extract_text()
    assert "Minutes of the Annual Members' Meeting" in text
    listed = json.loads(run("meeting", "list", "--format", "json").out)
    assert [(r["state"], r["present"]) for r in listed["rows"]] == [("closed", 3)]
    assert "Balai" in run("meeting", "list").out
    assert run("verify").status == 0


def test_a_meeting_without_a_quorum_is_called_again_or_off(run: Run) -> None:
    members(run, 3)
    called(run)
    run("meeting", "open", 1, "--chair", "Budi", "--secretary", "Wati")
    run("meeting", "close", 1)
    soon = TODAY + timedelta(days=2)
    short = run("meeting", "again", 1, soon)
    assert short.status == 1
    assert "7 days ahead" in short.err
    again = run("meeting", "again", 1, soon, "--reason", "Panen dimulai.")
    assert again.out == "Meeting 2 is called.\n"
    early = run("meeting", "open", 2, "--chair", "Budi", "--secretary", "Wati")
    assert early.status == 1
    assert "Open it on that day." in early.err
    assert run("meeting", "cancel", 2, "--reason", "Hujan").status == 0

    states = json.loads(run("meeting", "list", "--format", "json").out)["rows"]
    assert [(row["call"], row["state"]) for row in states] == [
        (2, "cancelled"),
        (1, "closed"),
    ]


def test_what_cannot_be_read_as_numbers_is_said(run: Run) -> None:
    called(run)
    for words in (("satu",), ("3-",), ("1-99999999",), ("5-x",)):
        refused = run("meeting", "attend", 1, *words)
        assert refused.status == 2, words
        assert repr(words[0]) in refused.err
    assert run("meeting", "minutes", 9).status == 1


def test_decisions_and_papers_from_the_shell(run: Run, tmp_path: Path) -> None:
    signed = tmp_path / "sk.pdf"
    signed.write_bytes(b"%PDF-1.4 signed")
    entered = run("decision", "enter", "Jam", "Buka pukul 8.", "--paper", signed)
    assert entered.out == f"PENGURUS-{TODAY.year}-001\n"
    (tmp_path / "a.gif").write_bytes(b"GIF89a")
    refused = run("decision", "enter", "x", "y", "--paper", tmp_path / "a.gif")
    assert refused.status == 1
    assert "at most 2 MB" in refused.err
    listed = json.loads(run("decision", "list", "--format", "json").out)
    assert [row["title"] for row in listed["rows"]] == ["Jam"]
    assert run("decision", "list", "--year", "2001").out == "Nothing to show.\n"

    ends = TODAY + timedelta(days=5)
    licence = ("document", "enter", "licence", "Izin", "--expires", ends)
    assert run(*licence, "--paper", signed).out == "Document 1 entered.\n"
    alarming = json.loads(run("document", "alerts", "--format", "json").out)["rows"]
    assert [(r["state"], r["days_left"]) for r in alarming] == [("ends_soon", 5)]
    renewed = ("document", "enter", "licence", "Izin baru", "--replaces", 1)
    assert run(*renewed).status == 0
    assert run("document", "alerts").out == "Nothing to show.\n"
    states = json.loads(run("document", "list", "--format", "json").out)["rows"]
    assert [row["state"] for row in states] == ["in_force", "replaced"]
    assert run("verify").status == 0
