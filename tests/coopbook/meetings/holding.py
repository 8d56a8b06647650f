"""A meeting held in a book, for tests that need one: called, counted, decided."""

from __future__ import annotations

from datetime import timedelta

from coopbook import decisions, meetings, members
from coopbook.book import Book
from coopbook.decisions import DecisionBody, DocumentKind
from coopbook.ledger import Paper
from coopbook.meetings import (
    Choice,
    Matter,
    Meeting,
    MeetingKind,
    Motion,
    Presence,
    Way,
)
from coopbook.members import Member
from tests.conftest import FIRST_DAY, TODAY

PDF = b"%PDF-1.4 signed"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
SIGNED = Paper("keputusan.pdf", "application/pdf", PDF)


def voters(book: Book, count: int, name: str = "Warga") -> list[Member]:
    """Enter members with a vote, as if each had paid the principal share."""
    found = []
    for number in range(1, count + 1):
        one = members.admit(book, f"{name} {number:03d}", on=FIRST_DAY)
        members.activate(book, one, on=FIRST_DAY)
        found.append(one)
    return found


def called(book: Book, *, days: int = 0, **changes) -> Meeting:
    """Call a meeting in good time, to be held so many days after today."""
    held_on = TODAY + timedelta(days=days)
    asked = {
        "kind": MeetingKind.ANNUAL,
        "called_on": held_on - timedelta(days=14),
        "held_on": held_on,
        "begins_at": "09.00",
        "place": "Balai Desa Contoh",
        "agenda": "Laporan pengurus\nPembagian SHU\nRencana kerja",
    }
    return meetings.call_meeting(book, **(asked | changes))


def opened(book: Book, **changes) -> Meeting:
    """Call a meeting and open it."""
    meeting = called(book, **changes)
    return meetings.open_meeting(
        book, meeting, chair="Budi Santoso", secretary="Wati Purnama"
    )


def put(
    book: Book,
    meeting: Meeting,
    matter: Matter = Matter.ORDINARY,
    title: str = "Laporan",
) -> Motion:
    """Put a motion to a meeting."""
    return meetings.put_motion(
        book, meeting, matter=matter, title=title, text=f"{title} disahkan."
    )


def held(book: Book, count: int, of: int | None = None) -> tuple[Meeting, list[Member]]:
    """Open a meeting of so many of the members with a vote, Siti among them."""
    everybody = [members.member(book, 1), *voters(book, (of or count) - 1)]
    meeting = opened(book)
    meetings.attend_all(book, meeting, [one.number for one in everybody[:count]])
    return meeting, everybody


def again(book: Book, meeting: Meeting, *, days: int = 0) -> Meeting:
    """Call a meeting a second time, in good time."""
    held_on = TODAY + timedelta(days=days)
    return meetings.call_again(
        book,
        meeting,
        called_on=held_on - timedelta(days=7),
        held_on=held_on,
        begins_at="13.30",
        place=meeting.place,
    )


def hold_a_meeting(book: Book) -> Meeting:
    """Hold a meeting that leaves a row, with something in every column, everywhere.

    The first call finds nobody; in the second Siti (1) votes by roll call, and what
    is carried is signed and kept.  A licence is entered and replaced.
    """
    first = opened(book, days=-7)
    meetings.close_meeting(book, first, notes="Tidak ada yang hadir.")
    second = again(book, first)
    meetings.open_meeting(book, second, chair="Budi", secretary="Wati")
    siti = members.member(book, 1)
    meetings.attend(book, second, siti, presence=Presence.PRESENT, signed=True)
    motion = meetings.put_motion(
        book, second, matter=Matter.ORDINARY, title="SHU", text="SHU dibagi."
    )
    meetings.cast(book, motion, siti, Choice.FOR)
    meetings.decide(book, motion, way=Way.ROLL_CALL)
    meetings.close_meeting(book, second)
    (decision,) = decisions.decisions(book, limit=1)
    decisions.keep_signed(book, decision, SIGNED, on=TODAY)
    meetings.keep_minutes(book, second, SIGNED, on=TODAY)
    old = decisions.enter_document(
        book,
        kind=DocumentKind.LICENCE,
        title="Izin usaha simpan pinjam",
        on=TODAY,
        reference="503/12/2021",
        issuer="Dinas Koperasi",
        issued_on=TODAY - timedelta(days=400),
        expires_on=TODAY,
        remind_days=60,
        scan=SIGNED,
    )
    decisions.replace_document(book, old, title="Izin usaha baru", on=TODAY)
    return second


def fill_meetings(book: Book) -> None:
    """Enter enough for the meetings desk to have something on every page.

    A closed meeting that lacked a quorum for the by-laws, its second call still
    called, an open one with more people than a page holds, one cancelled, decisions
    of every body, a document in each state.
    """
    everybody = [members.member(book, 1), *voters(book, 59)]
    closed = opened(book, days=-5)
    numbers = [one.number for one in everybody]
    meetings.attend_all(book, closed, numbers[:35], signed=True)
    for title, matter, votes in (
        ("Laporan tahunan disahkan", Matter.ORDINARY, (30, 3, 2)),
        ("Bunga pinjaman diturunkan", Matter.ORDINARY, (10, 20, 5)),
        ("Anggaran dasar pasal 12", Matter.BYLAWS, ()),
    ):
        motion = meetings.put_motion(
            *(book, closed), matter=matter, title=title, text=f"{title}."
        )
        if votes:
            yes, no, neither = votes
            meetings.decide(
                book,
                motion,
                way=Way.SHOW_OF_HANDS,
                votes_for=yes,
                votes_against=no,
                abstained=neither,
            )
    meetings.close_meeting(book, closed, notes="Tamu: kepala desa.")
    again(book, closed, days=9)
    running = opened(book, kind=MeetingKind.EXTRAORDINARY)
    meetings.attend_all(book, running, numbers[:40], signed=True)
    meetings.attend(book, running, everybody[40], presence=Presence.ONLINE)
    meetings.leave(book, running, everybody[0])
    for way in (Way.CONSENSUS, None):
        motion = meetings.put_motion(
            book,
            running,
            matter=Matter.ELECTION,
            title="Pengurus 2026 sampai 2031",
            text="Budi ketua, Wati sekretaris, Tono bendahara.",
        )
        if way:
            meetings.decide(book, motion, way=way)
        else:
            meetings.cast(book, motion, everybody[1], Choice.FOR)
    off = called(book, days=30, kind=MeetingKind.ORDINARY)
    meetings.cancel(book, off, reason="Balai desa dipakai.")
    for body in (DecisionBody.BOARD, DecisionBody.SUPERVISORS):
        decisions.enter_decision(
            book,
            body=body,
            title="Jam buka kantor",
            text="Kantor buka Senin sampai Jumat, 08.00 sampai 14.00.",
            on=TODAY,
            scan=SIGNED,
        )
    for days, kind in ((-1, DocumentKind.LICENCE), (20, DocumentKind.INSURANCE)):
        decisions.enter_document(
            book,
            kind=kind,
            title=f"Surat nomor {days}",
            on=TODAY,
            reference="503/12/2021",
            issuer="Dinas Koperasi",
            issued_on=FIRST_DAY - timedelta(days=400),
            expires_on=TODAY + timedelta(days=days),
            scan=SIGNED,
        )
    deed = decisions.enter_document(
        book, kind=DocumentKind.DEED, title="Akta pendirian", on=TODAY
    )
    decisions.replace_document(book, deed, title="Akta perubahan", on=TODAY)
