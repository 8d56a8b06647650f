"""Minutes on paper: everybody's name, the arithmetic, the same bytes each time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from pypdf import PdfReader

from coopbook import i18n
from coopbook.cooperatives.shares import parse
from coopbook.meetings import (
    Ballot,
    Choice,
    Matter,
    MeetingKind,
    MeetingState,
    Minutes,
    MotionMinutes,
    MotionState,
    Presence,
    Voter,
    Way,
)
from coopbook.meetings.record import Whose
from coopbook.meetings.voting import Quorum, Tally
from coopbook.printing.minutes import minutes_paper

AT = datetime(2026, 3, 16, 5, 4, tzinfo=UTC)
HALF, THIRDS = parse(">1/2"), parse(">=2/3")
NAMES = ("Siti Aminah", "Ni Made <Ayu> & Wayan", "Muhammad " + "Abdurrahman " * 9)
CATALOGUE = i18n.translations_dir() / "id" / "LC_MESSAGES" / "messages.po"


def voter(number: int) -> Voter:
    ways = (Presence.PRESENT, Presence.ONLINE, Presence.LEFT)
    name = NAMES[number - 1] if number <= len(NAMES) else f"Warga Desa {number:04d}"
    return Voter(number, name.strip(), ways[number % 3], number % 2 == 0)


def held(came: int, **changes: object) -> Minutes:
    """Return the minutes of a meeting that so many of 1,200 members came to."""
    everybody = tuple(voter(number) for number in range(1, came + 1))
    present = sum(one.here for one in everybody)
    quorum = Quorum(HALF, 1_200, present)
    roll = tuple(
        Ballot(one.number, one.name, Choice.FOR if one.number % 5 else Choice.AGAINST)
        for one in everybody
    )
    asked = {
        "label": "BA-RA-2026-007",
        "number": 7,
        "of": Whose(
            "Koperasi Melati", "3509010001", "Desa Contoh", "Jember", "Asia/Jakarta"
        ),
        "kind": MeetingKind.ANNUAL,
        "state": MeetingState.CLOSED,
        "call": 1,
        "repeats": None,
        "repeats_on": None,
        "called_on": date(2026, 3, 2),
        "held_on": date(2026, 3, 16),
        "begins_at": "09.00",
        "place": "Balai Desa Contoh",
        "agenda": ("Laporan pengurus", "Pembagian SHU & <lain>"),
        "eligible": 1_200,
        "chair": "Budi Santoso",
        "secretary": "Wati Purnama",
        "notes": "Tamu: kepala desa.\nSelesai 11.30.",
        "quorums": ((Matter.ORDINARY, quorum),),
        "motions": (
            MotionMinutes(
                *(1, Matter.BYLAWS, "Pasal 12", "Pasal 12 diubah.\nBaris dua."),
                *(MotionState.CARRIED, Way.ROLL_CALL, Quorum(THIRDS, 1_200, 900)),
                *(THIRDS, Tally(700, 150, 50, 900), 900, "RA-2026-019", roll),
            ),
            MotionMinutes(
                *(2, Matter.ORDINARY, "Iuran", "Iuran naik.", MotionState.OPEN),
                *(None, None, None, None, None, None, ()),
            ),
        ),
        "attendance": everybody,
    }
    return Minutes(**(asked | changes))  # type: ignore[arg-type]


def paper(minutes: Minutes, language: str = "en") -> bytes:
    return minutes_paper(
        minutes, language=language, printed_by="Rina <kasir>", printed_at=AT
    )


def pages(raw: bytes) -> list[str]:
    return [
        " ".join(page.extract_text().split()) for page in PdfReader(BytesIO(raw)).pages
    ]


@pytest.mark.parametrize("came", [0, 1, 120, 1_000])
def test_everybody_who_came_stands_on_the_list(came: int) -> None:
    minutes = held(came)

    found = pages(paper(minutes))

    whole = " ".join(found)
    missing = [
        one.number
        for one in minutes.attendance
        if one.name not in whole or f"{one.number:04d}" not in whole
    ]
    assert missing == []
    assert f"1200 members have a vote, one each. {came} took part" in whole
    for number, text in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in text
        assert "BA-RA-2026-007 · printed on 16/03/2026 12.04 by Rina <kasir>" in text


def test_the_arithmetic_and_the_words_stand_on_the_first_page() -> None:
    first = pages(paper(held(120)))[0]

    for words in (
        "Koperasi Melati Registration number 3509010001 · Desa Contoh · Jember",
        "Minutes of the Annual Members' Meeting Number BA-RA-2026-007",
        "On Monday, sixteen March two thousand and twenty-six (16 March 2026)",
        "1. Laporan pengurus 2. Pembagian SHU & <lain>",
        "Ordinary decision more than 1/2 of 1200 601 80 not reached",
        "Motion 1. Pasal 12 (Change of the by-laws) Pasal 12 diubah. Baris dua.",
        "Quorum: at least 2/3 of 1200, so 800 are needed; 900 took part.",
        "By roll call: 700 for, 150 against, 50 abstained, 0 without a valid vote.",
        "Needed: at least 2/3 of 900, so 600. For: 700 of 900 = 7/9.",
        "Carried: decision RA-2026-019.",
        "Motion 2. Iuran (Ordinary decision) Iuran naik. Not decided",
    ):
        assert words in first, words


def test_people_sign_and_the_roll_call_is_by_number() -> None:
    whole = " ".join(pages(paper(held(12))))

    for words in (
        "(Budi Santoso)",
        "(Wati Purnama)",
        "First witness",
        "Second witness",
    ):
        assert words in whole
    assert "for (10): 0001, 0002, 0003, 0004, 0006" in whole
    assert "against (2): 0005, 0010" in whole
    assert "abstains (0): -" in whole
    assert "Notes Tamu: kepala desa. Selesai 11.30." in whole


def test_the_same_facts_give_the_same_bytes_and_others_do_not() -> None:
    once, again = paper(held(120)), paper(held(120))

    assert once == again
    assert once != paper(held(121))
    assert once.startswith(b"%PDF-")


def test_a_second_call_and_a_draft_say_so() -> None:
    whole = pages(
        paper(
            held(
                3,
                state=MeetingState.OPEN,
                call=2,
                repeats="BA-RA-2026-006",
                repeats_on=date(2026, 3, 2),
            )
        )
    )[0]

    assert "A draft: the meeting is not closed" in whole
    assert "the meeting of 2 March 2026 (BA-RA-2026-006) lacked a quorum" in whole
    assert "A draft" not in pages(paper(held(3)))[0]


@pytest.fixture
def indonesian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue as it is kept, compiled for this test."""
    target = tmp_path / "id" / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True)
    with CATALOGUE.open("rb") as file, target.open("wb") as out:
        write_mo(out, read_po(file))
    monkeypatch.setattr(i18n, "translations_dir", lambda: tmp_path)
    i18n.catalogue.cache_clear()
    yield
    i18n.catalogue.cache_clear()


def test_on_indonesian_paper_no_english_is_left(indonesian: None) -> None:
    whole = " ".join(pages(paper(held(4), "id")))

    for words in (
        "Berita Acara Rapat Anggota Tahunan",
        "Senin, enam belas Maret dua ribu dua puluh enam (16 Maret 2026)",
        "RA-2026-019",
        "Halaman 1 dari",
    ):
        assert words in whole, words
    for english in (" the ", " of ", "members", "Needed", "Signature", "Quorum:"):
        assert english not in whole, english
