"""The page docs/rules/meetings.md, worked through: every figure of it, in the book."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from coopbook import decisions, meetings, members
from coopbook.meetings import (
    Choice,
    Matter,
    MotionState,
    Presence,
    Way,
    counting,
    refusals,
)
from coopbook.meetings.voting import needed
from coopbook.members import MemberStatus
from coopbook.printing.minutes import minutes_paper
from coopbook.verification import verify
from tests.conftest import VAULT
from tests.coopbook.meetings.holding import again, opened, voters

PAGE = (Path(__file__).parents[3] / "docs" / "rules" / "meetings.md").read_text()
NOON = datetime(2026, 3, 16, 5, 0, tzinfo=UTC)
FIRST = (
    ("Laporan pengurus", Matter.ORDINARY, Way.SHOW_OF_HANDS, (70, 8, 4)),
    ("Anggaran dasar pasal 12", Matter.BYLAWS, Way.SHOW_OF_HANDS, (54, 26, 2)),
    ("Pengurus 2026 sampai 2031", Matter.ELECTION, Way.BALLOT, (42, 37, 1)),
    ("Pembagian SHU", Matter.ORDINARY, Way.CONSENSUS, ()),
)


def assembly(book):
    """Enter 120 members with a vote, and six people without one."""
    everybody = [members.member(book, 1), *voters(book, 119)]
    without = [members.member(book, 2), members.admit(book, "Calon", on=NOON.date())]
    standings = ("suspended", "suspended", "associate", "resigned")
    for one, status in zip(voters(book, 4, "Tamu"), standings, strict=True):
        one.status = MemberStatus(status)
        without.append(one)
    book.session.flush()
    return everybody, without


def put(book, meeting, title, matter):
    return meetings.put_motion(
        book, meeting, matter=matter, title=title, text=f"{title} disetujui."
    )


def first_meeting(book, everybody):
    meeting = opened(book)
    numbers = [one.number for one in everybody]
    meetings.attend_all(book, meeting, numbers[:78], signed=True)
    meetings.attend_all(book, meeting, numbers[78:82], presence=Presence.ONLINE)
    for title, matter, way, votes in FIRST:
        told = zip(("votes_for", "votes_against", "abstained"), votes, strict=False)
        meetings.decide(book, put(book, meeting, title, matter), way=way, **dict(told))
    return meetings.close_meeting(book, meeting)


def second_meeting(book, everybody):
    meeting = opened(book, days=10)
    numbers = [one.number for one in everybody[:75]]
    meetings.attend_all(book, meeting, numbers, signed=True)
    motion = put(book, meeting, "Anggaran dasar pasal 12", Matter.BYLAWS)
    with pytest.raises(counting.NoQuorum) as refusal:
        meetings.decide(*(book, motion), way=Way.BALLOT, votes_for=75, votes_against=0)
    return meetings.close_meeting(book, meeting), refusal.value


def third_meeting(book, everybody, second):
    meeting = again(book, second, days=20)
    meetings.open_meeting(book, meeting, chair="Budi Santoso", secretary="Wati Purnama")
    quorums = {m: meetings.quorum(book, meeting, m).needed for m in Matter}
    meetings.attend_all(book, meeting, [one.number for one in everybody[:64]])
    motion = put(book, meeting, "Anggaran dasar pasal 12", Matter.BYLAWS)
    called = [Choice.FOR] * 43 + [Choice.AGAINST] * 20 + [Choice.ABSTAIN]
    for one, choice in zip(everybody[:64], called, strict=True):
        meetings.cast(book, motion, one, choice)
    meetings.decide(book, motion, way=Way.ROLL_CALL)
    return meetings.close_meeting(book, meeting), quorums


def row(one):
    """Write a motion as the page does."""
    tally = one.tally
    cells = (
        *(one.number, one.matter.value, one.way.value, tally.votes_for),
        *(tally.votes_against, tally.abstained, tally.present - tally.cast),
        *(needed(one.majority, one.out_of), Fraction(tally.votes_for, one.out_of)),
        one.decision or "not carried",
    )
    return f"| {' | '.join(map(str, cells))} |"


def text_of(book, meeting):
    paper = minutes_paper(
        meetings.minutes(book, meeting),
        language="en",
        printed_by="Budi",
        printed_at=NOON,
    )
    pages = PdfReader(BytesIO(paper)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_year_of_meetings_comes_out_as_on_the_page(coop):
    with coop.open() as book:
        everybody, without = assembly(book)
        first = first_meeting(book, everybody)
        for one in without:
            assert not meetings.has_vote(one, first.held_on)
        second, refused = second_meeting(book, everybody)
        with pytest.raises(refusals.HadQuorum):
            again(book, first)
        third, lowered = third_meeting(book, everybody, second)

        assert [one.eligible for one in (first, second, third)] == [120, 120, 120]
        assert {m.value: meetings.quorum(book, first, m).needed for m in Matter} == {
            "ordinary": 61,
            "election": 61,
            "bylaws": 80,
            "dissolution": 80,
        }
        assert (refused.present, refused.needed, refused.missing) == (75, 80, 5)
        assert f"Wait for {refused.missing} more" in str(refused)
        assert {m.value: n for m, n in lowered.items()} == {
            "ordinary": 61,
            "election": 61,
            "bylaws": 61,
            "dissolution": 61,
        }
        told = [meetings.minutes(book, one) for one in (first, second, third)]
        rows = [row(one) for of in (told[0], told[2]) for one in of.motions]
        assert len(rows) == 5
        assert [each for each in rows if each not in PAGE] == []
        (waits,) = told[1].motions
        assert (waits.state, waits.tally) == (MotionState.OPEN, None)
        labels = [one.label for one in reversed(decisions.decisions(book))]
        assert labels == [f"RA-2026-00{n}" for n in (1, 2, 3, 4)]
        said = re.findall(r"```\n(.*?)```", PAGE, re.DOTALL)
        for block, meeting in zip(said, (first, third), strict=True):
            text = text_of(book, meeting)
            missing = [line for line in block.splitlines() if line not in text]
            assert missing == []
    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    assert [one for one in checks if not one.in_order] == []


@pytest.mark.parametrize(
    ("rule", "whole", "least"),
    [(">1/2", 120, 61), (">=2/3", 120, 80), (">=1/3", 120, 40), (">1/2", 82, 42),
     (">=2/3", 82, 55), (">=2/3", 64, 43)],
)  # fmt: skip
def test_the_shares_of_the_page_are_reckoned_so(rule, whole, least):
    from coopbook.cooperatives.shares import parse
    from coopbook.meetings.voting import reached

    assert needed(parse(rule), whole) == least
    assert reached(parse(rule), least, whole)
    assert not reached(parse(rule), least - 1, whole)
