"""The registers of decisions and documents; who reads and writes what at the desk."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from coopbook import decisions
from coopbook.people import Role, add_user
from tests.conftest import FIRST_DAY, PASSWORD_HASH, TODAY, Coop
from tests.coopbook.meetings.holding import (
    PDF,
    called,
    fill_meetings,
    hold_a_meeting,
)
from tests.webui.conftest import Desks
from tests.webui.test_meetings import running, scan
from webui.wording import day


def member_of(coop: Coop, number: int = 1) -> str:
    """Let a member log in."""
    with coop.open("budi") as book:
        add_user(
            *(book, "siti", "Siti Aminah", PASSWORD_HASH, [Role.MEMBER]),
            on=FIRST_DAY,
            member_number=number,
            hashed=True,
        )
    return "siti"


# -- decisions and documents -------------------------------------------------


def test_decisions_of_the_board_are_entered_with_their_paper(desks: Desks) -> None:
    desks.log_in("budi")
    asked = {"body": "board", "title": "Jam buka", "text": "Pukul 8.", "on": day(TODAY)}

    desks.send("/decisions/new", **asked, paper=scan())
    desks.send("/decisions/new", **asked | {"body": "supervisors"})
    desks.send("/decisions/2/signing", paper=scan(b"%PDF-1.4 other"))

    page = desks.text("/decisions")
    assert "PENGURUS-2026-001" in page and "PENGAWAS-2026-001" in page
    assert desks.get("/decisions/1/paper").data == PDF
    assert desks.get("/decisions/2/paper").data == b"%PDF-1.4 other"
    assert "PENGURUS" not in desks.text("/decisions?year=2025").split("<main")[1]
    assert desks.get("/decisions?year=99999999").status_code == 200
    assert desks.get("/decisions?before=2").text.count("PENGAWAS-2026-001") == 0


def test_documents_alarm_until_they_are_replaced(desks: Desks) -> None:
    desks.log_in("budi")
    desks.send(
        *("/documents/new",),
        kind="licence",
        title="Izin usaha",
        expires_on="20/03/2026",
        remind_days="30",
        paper=scan(),
    )
    assert desks.text("/documents").count("/documents/1") == 2  # alarm and register
    assert desks.get("/documents/1/paper").data == PDF

    desks.send("/documents/1/replacement", title="Izin usaha baru", remind_days="30")
    desks.send("/documents/2/scan", paper=scan(b"%PDF-1.4 new"))

    assert desks.text("/documents").count("/documents/1") == 1
    assert "/documents/2" in desks.text("/documents/1")
    assert desks.get("/documents/2/paper").data == b"%PDF-1.4 new"
    twice = desks.send("/documents/1/replacement", title="Lagi", remind_days="30")
    assert twice.status_code == 422


def test_a_large_scan_is_kept_and_one_above_two_megabytes_is_not(desks: Desks) -> None:
    desks.log_in("budi")
    large = PDF + b"0" * 1_900_000
    asked = {"kind": "deed", "title": "Akta", "remind_days": "30"}

    kept = desks.send("/documents/new", **asked, paper=scan(large))
    refused = desks.send("/documents/new", **asked, paper=scan(large + large))
    for answer in (kept, refused):
        answer.request.input_stream.close()  # what the test sent lay in a file

    assert kept.headers["Location"] == "/documents/1"
    assert desks.get("/documents/1/paper").data == large
    assert refused.status_code == 413
    with desks.coop.read() as book:
        assert len(decisions.documents(book, TODAY)) == 1


# -- who sees what -----------------------------------------------------------

WRITING = (
    *("/meetings/new", "/meetings/2/opening", "/meetings/1/again"),
    *("/meetings/2/cancellation", "/meetings/2/closing", "/meetings/1/signing"),
    *("/meetings/2/sheet", "/meetings/2/attendance/1", "/meetings/2/motions/new"),
    *("/meetings/2/motions/1/vote", "/meetings/2/motions/1/roll", "/decisions/new"),
    *("/decisions/1/signing", "/documents/new", "/documents/1/replacement"),
    "/documents/1/scan",
)
OVERSEEN = ("/documents", "/documents/1", "/documents/1/paper", "/meetings/2/signed")
READ = (
    *("/meetings", "/meetings/1", "/meetings/2", "/meetings/2/attendance"),
    *("/meetings/2/motions/1", "/meetings/2/minutes", "/decisions", "/decisions/1"),
    "/decisions/1/paper",
)


@pytest.mark.parametrize("name", ["budi", "sari", "agus", "rina", "siti"])
def test_managers_write_overseers_read_all_and_staff_read_what_was_decided(
    desks: Desks, name: str
) -> None:
    with desks.coop.open("budi") as book:
        hold_a_meeting(book)
    member_of(desks.coop)
    desks.log_in(name)

    def statuses(paths: tuple[str, ...]) -> set[int]:
        return {desks.get(path).status_code for path in paths}

    assert statuses(READ) == ({403} if name == "siti" else {200})
    sees = name in ("budi", "sari", "agus")
    assert statuses(OVERSEEN) == ({200} if sees else {403})
    assert statuses(WRITING) == ({200} if name == "budi" else {403})
    assert desks.get("/mine/decisions").status_code == (200 if name == "siti" else 403)
    sent = {desks.client.post(path).status_code for path in WRITING}
    assert 403 not in sent if name == "budi" else sent == {403}
    page = desks.text("/meetings") if name != "siti" else ""
    assert ("/meetings/new" in page) == (name == "budi")
    assert ("/documents" in page) == sees


def test_a_member_reads_what_the_members_decided_and_when_to_come(desks: Desks) -> None:
    with desks.coop.open("budi") as book:
        hold_a_meeting(book)
        called(book, days=12)
        decisions.enter_decision(
            book,
            body=decisions.DecisionBody.BOARD,
            title="Rahasia pengurus",
            text="Gaji kasir.",
            on=TODAY,
        )
    desks.log_in(member_of(desks.coop))

    page = desks.text("/mine/decisions")

    assert "RA-2026-001" in page and "SHU dibagi." in page
    assert "28" in page and "Balai Desa Contoh" in page
    assert "Rahasia pengurus" not in page and "PENGURUS-2026-001" not in page


def test_nothing_of_another_cooperative_can_be_opened(desks: Desks, twin: Coop) -> None:
    with twin.open("budi") as book:
        fill_meetings(book)
    desks.log_in("budi")

    for path in (*READ[1:6], *READ[7:], *OVERSEEN[1:], *WRITING[1:11], *WRITING[12:13]):
        assert desks.get(path).status_code == 404, path
        assert desks.client.post(path).status_code in (404, 405), path
    assert "Laporan tahunan" not in desks.text("/decisions")
    assert "Balai Desa" not in desks.text("/meetings")


def test_an_open_meeting_has_a_draft_and_a_called_one_no_minutes(desks: Desks) -> None:
    running(desks.coop, 1)
    with desks.coop.open("budi") as book:
        called(book, days=3)
    desks.log_in("rina")

    draft = desks.get("/meetings/1/minutes?language=en")

    assert "A draft" in PdfReader(BytesIO(draft.data)).pages[0].extract_text()
    assert desks.get("/meetings/2/minutes").status_code == 404
    assert desks.get("/meetings/1/signed").status_code == 403
