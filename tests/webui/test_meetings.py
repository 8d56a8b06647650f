"""The meetings desk: who may do what, a meeting step by step, what is refused."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from coopbook import archive, meetings, members
from coopbook.book import Head
from coopbook.meetings import MeetingState, MotionState, Presence
from tests.conftest import TODAY, Coop
from tests.coopbook.meetings.holding import (
    PDF,
    called,
    opened,
    voters,
)
from tests.webui.conftest import Desks, hidden_fields, plain
from webui.wording import day

CALL = {
    "kind": "annual",
    "called_on": day(TODAY.replace(day=1)),
    "held_on": day(TODAY),
    "begins_at": "09.00",
    "place": "Balai desa",
    "agenda": "Laporan\nPembagian SHU",
}


def scan(content: bytes = PDF, name: str = "surat.pdf") -> tuple[BytesIO, str, str]:
    return BytesIO(content), name, "application/pdf"


def running(coop: Coop, came: int, of: int | None = None) -> None:
    """Open meeting 1; so many of the members take part."""
    with coop.open("budi") as book:
        everybody = [1, *(one.number for one in voters(book, (of or came) - 1))]
        meetings.attend_all(book, opened(book), everybody[:came])


def last_record(desks: Desks) -> int:
    """Return the number of the last record in the book's chain."""
    with desks.coop.read() as book:
        head = book.session.get(Head, book.cooperative_id)
        assert head is not None
        return head.number


# -- step by step ------------------------------------------------------------


def test_a_meeting_goes_step_by_step_from_its_call_to_its_minutes(desks: Desks) -> None:
    with desks.coop.open("budi") as book:
        voters(book, 3)
    desks.log_in("budi")
    assert 'class="empty"' in desks.text("/meetings")

    answer = desks.send("/meetings/new", **CALL)
    assert answer.headers["Location"] == "/meetings/1"
    assert "/meetings/1/opening" in desks.text("/meetings/1")
    answer = desks.send("/meetings/1/opening", chair="Budi", secretary="Wati")
    assert answer.headers["Location"] == "/meetings/1/sheet"
    answer = desks.send(
        "/meetings/1/sheet", numbers=["1", "3", "4"], presence="present", signed="y"
    )
    assert answer.headers["Location"] == "/meetings/1/sheet"
    answer = desks.send(
        *("/meetings/1/motions/new",),
        matter="ordinary",
        title="Laporan",
        text="Laporan 2025 disahkan.",
    )
    assert answer.headers["Location"] == "/meetings/1/motions/1"
    answer = desks.send(
        *("/meetings/1/motions/1/vote",),
        way="show_of_hands",
        votes_for="2",
        votes_against="1",
    )
    assert answer.headers["Location"] == "/meetings/1/motions/1"
    assert "RA-2026-001" in desks.text("/meetings/1/motions/1")
    desks.send("/meetings/1/closing", notes="Tamu: camat.")

    page = desks.text("/meetings/1")
    assert "BA-RA-2026-001" in page and "RA-2026-001" in page
    assert "/meetings/1/closing" not in page
    minutes = desks.get("/meetings/1/minutes?language=en")
    assert minutes.mimetype == "application/pdf"
    assert "BA-RA-2026-001.pdf" in minutes.headers["Content-Disposition"]
    text = PdfReader(BytesIO(minutes.data)).pages[0].extract_text()
    assert "Carried: decision RA-2026-001." in text
    assert "3 took part: 3 present" in text
    desks.send("/meetings/1/signing", paper=scan(name="x.pdf"))
    signed = desks.get("/meetings/1/signed")
    assert signed.data == PDF
    assert signed.headers["Content-Disposition"].startswith("attachment; filename=")
    assert signed.headers["Cache-Control"] == "no-store"
    with desks.coop.read() as book:
        of = meetings.meeting(book, 1)
        assert (of.state, of.eligible, of.notes) == (
            *(MeetingState.CLOSED, 4, "Tamu: camat."),
        )
        assert all(one.signed for one in meetings.attendance(book, 1))
        sealed = archive.scans(book, "meeting:1")
        assert len(sealed) == 1


def test_120_members_are_ticked_page_by_page(desks: Desks) -> None:
    running(desks.coop, 0, of=120)
    desks.log_in("budi")
    path = "/meetings/1/sheet"
    for _ in range(3):
        page = desks.get(path).text
        assert len(page.encode()) <= 20_000
        boxes = re.findall(r'name="numbers" value="(\d+)"', page)
        assert len(boxes) == 40
        data = hidden_fields(page) | {"numbers": boxes, "presence": "online"}
        answer = desks.client.post(path, data=data)
        assert answer.status_code == 302, plain(answer)
        path = answer.headers["Location"]

    with desks.coop.read() as book:
        assert meetings.present(book, 1, [Presence.ONLINE]) == 120
    listed = desks.get("/meetings/1/attendance").text
    assert len(listed.encode()) <= 20_000
    assert listed.count('class="what"') == 40


def test_the_sheet_finds_a_member_and_stays_there(desks: Desks) -> None:
    running(desks.coop, 0, of=60)
    desks.log_in("budi")

    found = desks.get("/meetings/1/sheet?q=warga 059").text
    (number,) = re.findall(r'name="numbers" value="(\d+)"', found)
    data = hidden_fields(found) | {"numbers": [number], "presence": "present"}
    answer = desks.client.post("/meetings/1/sheet?q=warga 059", data=data)

    assert answer.headers["Location"] == "/meetings/1/sheet"
    nobody = desks.text("/meetings/1/sheet?q=tidak ada")
    assert 'name="numbers"' not in nobody
    empty = desks.send("/meetings/1/sheet", presence="present")
    assert empty.status_code == 422
    with desks.coop.read() as book:
        assert meetings.present(book, 1) == 1


def test_a_roll_call_is_entered_by_name_and_counted_by_the_book(desks: Desks) -> None:
    running(desks.coop, 45)
    desks.log_in("budi")
    asked = {"matter": "bylaws", "title": "AD", "text": "Pasal 12 diubah."}
    desks.send("/meetings/1/motions/new", **asked)
    path, choices = "/meetings/1/motions/1/roll", iter(["abstain", *["for"] * 44])
    for _ in range(2):
        page = desks.get(path).text
        assert len(page.encode()) <= 20_000
        names = re.findall(r'name="(v-\d+)"', page)
        data = hidden_fields(page) | {name: next(choices) for name in names}
        path = desks.client.post(path, data=data).headers["Location"]

    desks.send("/meetings/1/motions/1/vote", way="roll_call")

    with desks.coop.read() as book:
        motion = meetings.motion(book, meetings.meeting(book, 1), 1)
        assert (motion.votes_for, motion.abstained) == (44, 1)
        assert motion.state is MotionState.CARRIED
    after = desks.get("/meetings/1/motions/1/roll").text
    assert "<select" not in after.split("<main")[1]


def test_who_left_is_taken_off_the_list(desks: Desks) -> None:
    running(desks.coop, 3)
    desks.log_in("budi")

    desks.send("/meetings/1/attendance/1", presence="left")
    with desks.coop.read() as book:
        other = meetings.attendance(book, 1)[1].number
    desks.send(f"/meetings/1/attendance/{other}", presence="struck")

    with desks.coop.read() as book:
        came = [(one.number, one.presence) for one in meetings.attendance(book, 1)]
        assert came[0] == (1, Presence.LEFT)
        assert len(came) == 2
    assert desks.get(f"/meetings/1/attendance/{other}").status_code == 404
    again = desks.send("/meetings/1/attendance/1", presence="left")
    assert again.status_code == 422


# -- refusals ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "asked", "said"),
    [
        ("/meetings/new", {**CALL, "called_on": day(TODAY)}, "23/03/2026"),
        ("/meetings/new", {**CALL, "called_on": "17/03/2026"}, ""),
        ("/meetings/new", {**CALL, "held_on": "x"}, ""),
        ("/meetings/new", {**CALL, "begins_at": "25.00"}, "25.00"),
        ("/meetings/new", {**CALL, "agenda": "  "}, ""),
        ("/meetings/new", {**CALL, "kind": "party"}, ""),
        ("/meetings/2/opening", {"chair": "Budi", "secretary": "Wati"}, "26/03/2026"),
        ("/meetings/2/cancellation", {"reason": ""}, ""),
        ("/meetings/1/opening", {"chair": "Budi", "secretary": "Wati"}, "1"),
        (
            "/meetings/1/motions/new",
            {"matter": "ordinary", "title": "", "text": ""},
            "",
        ),
        ("/meetings/1/motions/1/vote", {"way": "ballot", "votes_for": "9"}, ""),
        (
            "/meetings/1/motions/1/vote",
            {"way": "ballot", "votes_for": "2", "votes_against": "1"},
            "3",
        ),
        (
            "/meetings/1/motions/2/vote",
            {"way": "ballot", "votes_for": "2", "votes_against": "0"},
            "2",
        ),
        ("/meetings/1/signing", {"paper": scan(b"MZ not a pdf")}, "2 MB"),
        ("/meetings/1/signing", {}, ""),
        ("/meetings/1/again", {k: CALL[k] for k in CALL if k != "agenda"}, "1"),
        ("/decisions/new", {"body": "members", "title": "x", "text": "y"}, ""),
        (
            "/decisions/new",
            {"body": "board", "title": "x", "text": "y", "on": "17/03/2026"},
            "",
        ),
        ("/documents/new", {"kind": "deed", "title": " ", "remind_days": "30"}, ""),
        (
            "/documents/new",
            {
                "kind": "deed",
                "title": "Akta",
                "issued_on": "02/01/2026",
                "expires_on": "01/01/2026",
                "remind_days": "30",
            },
            "01/01/2026",
        ),
        (
            "/documents/new",
            {"kind": "deed", "title": "Akta", "remind_days": "9999"},
            "730",
        ),
    ],
)
def test_what_is_refused_stands_on_the_form(
    desks: Desks, path: str, asked: dict[str, object], said: str
) -> None:
    running(desks.coop, 2, of=3)
    with desks.coop.open("budi") as book:
        of = meetings.meeting(book, 1)
        for matter in (meetings.Matter.ORDINARY, meetings.Matter.DISSOLUTION):
            meetings.put_motion(book, of, matter=matter, title="x", text="y")
        siti = members.member(book, 1)
        meetings.leave(book, of, siti)
        meetings.attend(book, of, siti)
        called(book, days=10)
        if path.endswith("motions/2/vote"):
            meetings.leave(book, of, siti)
    desks.log_in("budi")
    before = last_record(desks)
    again = {k: (scan(b"MZ")) if k == "paper" else v for k, v in asked.items()}

    answer = desks.send(path, **again)

    assert answer.status_code == 422, plain(answer)
    assert 'class="refused"' in answer.text
    assert said in plain(answer)
    assert last_record(desks) == before


def test_a_form_sent_twice_is_done_once(desks: Desks) -> None:
    desks.log_in("budi")
    unseen = hidden_fields(desks.get("/meetings/new").text)

    places = [
        desks.client.post("/meetings/new", data=unseen | CALL).headers["Location"]
        for _ in range(3)
    ]

    assert places == ["/meetings/1"] * 3
    with desks.coop.read() as book:
        assert len(meetings.meetings(book)) == 1
