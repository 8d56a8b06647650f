"""A meeting is called, opened, counted, decided and closed, each in its order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coopbook import meetings, members
from coopbook.cooperatives import set_setting
from coopbook.ledger.rules import ReasonNeeded
from coopbook.meetings import (
    Choice,
    MeetingState,
    Presence,
    Way,
    refusals,
)
from coopbook.members import MemberStatus
from coopbook.members.rules import NoSuchMember
from tests.conftest import TODAY
from tests.coopbook.meetings.holding import (
    called,
    held,
    opened,
    put,
    voters,
)

WEEK = timedelta(days=7)


# -- calling -----------------------------------------------------------------


def test_members_are_called_seven_days_ahead_unless_there_is_a_reason(book):
    with pytest.raises(refusals.ShortNotice) as refusal:
        called(book, called_on=TODAY - timedelta(days=6))
    assert refusal.value.facts == {
        "days": 7,
        "earliest": TODAY + timedelta(days=1),
    }

    on_the_edge = called(book, called_on=TODAY - WEEK)
    urgent = called(book, called_on=TODAY, short_notice_reason=" Banjir. ")

    assert (on_the_edge.number, on_the_edge.notes) == (1, "")
    assert (urgent.number, urgent.notes) == (2, "Banjir.")
    assert (urgent.call, urgent.repeats, urgent.state) == (1, None, MeetingState.CALLED)


def test_the_notice_is_that_of_the_by_laws_on_the_day_of_the_call(book):
    set_setting(*(book, "meeting_notice_days", 14), valid_from=TODAY, source="RAT 2025")

    assert called(book, called_on=TODAY - WEEK).number == 1
    with pytest.raises(refusals.ShortNotice) as refusal:
        called(book, called_on=TODAY, held_on=TODAY + timedelta(days=13))
    assert refusal.value.earliest == TODAY + timedelta(days=14)


def test_no_meeting_is_called_without_time_place_or_agenda(book):
    for said in ({"place": " "}, {"agenda": "\n \n"}):
        with pytest.raises(refusals.MeetingIncomplete):
            called(book, **said)
    for time in ("", "9", "24.00", "09.60", "pagi"):
        with pytest.raises(refusals.NotATime):
            called(book, begins_at=time)
    with pytest.raises(refusals.HeldBeforeCalled):
        called(
            book,
            called_on=TODAY + timedelta(days=1),
            held_on=TODAY,
            short_notice_reason="salah",
        )

    tidy = called(book, begins_at="8:05", agenda=" a \n\n b  c ")
    assert (tidy.begins_at, tidy.agenda) == ("08.05", "a\nb c")


def test_a_called_meeting_is_cancelled_for_a_reason_and_an_open_one_never(book):
    first, second = called(book), opened(book)

    with pytest.raises(ReasonNeeded):
        meetings.cancel(book, first, reason=" ")
    meetings.cancel(book, first, reason="Balai dipakai.")

    assert (first.state, first.notes) == (MeetingState.CANCELLED, "Balai dipakai.")
    for meeting in (first, second):
        with pytest.raises(refusals.NotCalled):
            meetings.cancel(book, meeting, reason="x")
        with pytest.raises(refusals.NotCalled):
            meetings.open_meeting(book, meeting, chair="a", secretary="b")


def test_the_next_meeting_is_the_nearest_that_is_called(book):
    assert meetings.next_meeting(book, TODAY) is None

    far, near, past = (called(book, days=days) for days in (30, 10, -1))

    assert meetings.next_meeting(book, TODAY) is near
    assert meetings.next_meeting(book, near.held_on) is near
    assert meetings.next_meeting(book, near.held_on + timedelta(days=1)) is far
    assert meetings.meetings(book) == [past, near, far]
    assert meetings.meetings(book, before=past.number, limit=1) == [near]


# -- opening: who has a vote -------------------------------------------------


def test_opening_counts_active_members_and_nobody_else(book):
    standing = dict(
        zip(
            [status for status in MemberStatus if status is not MemberStatus.ACTIVE],
            voters(book, len(MemberStatus) - 1),
            strict=True,
        )
    )
    for status, one in standing.items():
        one.status = status
    later = voters(book, 1, "Nanti")[0]
    later.active_on = TODAY + timedelta(days=1)
    today = voters(book, 1, "Hari Ini")[0]
    today.active_on = TODAY
    book.session.flush()

    meeting = opened(book)

    assert meeting.eligible == 2  # Siti, and who became a member on the day
    meetings.attend(book, meeting, today)
    for one in (*standing.values(), later, members.member(book, 2)):
        with pytest.raises(refusals.NoVote) as refusal:
            meetings.attend(book, meeting, one)
        assert refusal.value.name == one.name
        with pytest.raises(refusals.NoVote):
            meetings.attend_all(book, meeting, [1, one.number])
    assert meetings.present(book, meeting.number) == 1
    assert [one.number for one in meetings.voters(book, meeting)] == [1, today.number]


def test_who_becomes_a_member_afterwards_does_not_move_the_count(book):
    meeting = opened(book)

    late = voters(book, 1)[0]
    meetings.attend(book, meeting, members.member(book, 1))

    assert meeting.eligible == 1
    with pytest.raises(refusals.AllAreHere) as refusal:
        meetings.attend(book, meeting, late)
    assert refusal.value.facts == {"eligible": 1}


def test_a_meeting_is_opened_on_its_day_by_two_people_for_members(book):
    meeting = called(book, days=1)
    with pytest.raises(refusals.NotItsDay):
        meetings.open_meeting(book, meeting, chair="a", secretary="b", on=TODAY)
    for names in (("", "b"), ("a", "  ")):
        with pytest.raises(refusals.OfficersNeeded):
            meetings.open_meeting(book, meeting, chair=names[0], secretary=names[1])
    members.member(book, 1).status = MemberStatus.SUSPENDED
    book.session.flush()
    with pytest.raises(refusals.NobodyVotes):
        meetings.open_meeting(book, meeting, chair="a", secretary="b")

    assert (meeting.state, meeting.eligible) == (MeetingState.CALLED, None)


# -- attendance --------------------------------------------------------------


def test_a_member_attends_once_and_counts_until_they_leave(book):
    meeting, (siti, *others) = held(book, 2, of=4)
    with pytest.raises(refusals.AttendsAlready) as refusal:
        meetings.attend(book, meeting, siti)
    assert refusal.value.facts == {"name": "Siti Aminah"}

    meetings.attend(*(book, meeting, others[1]), presence=Presence.ONLINE, signed=False)
    meetings.leave(book, meeting, siti)
    meetings.strike(book, meeting, others[0])

    assert meetings.present(book, meeting.number) == 1
    came = meetings.attendance(book, meeting.number)
    assert [(one.number, one.presence) for one in came] == [
        (1, Presence.LEFT),
        (others[1].number, Presence.ONLINE),
    ]
    with pytest.raises(refusals.NotHere):
        meetings.leave(book, meeting, others[0])
    meetings.attend(book, meeting, siti, signed=True)
    assert meetings.present(book, meeting.number) == 2


def test_many_are_entered_at_once_or_none(book):
    meeting, everybody = held(book, 3, of=6)
    numbers = [one.number for one in everybody]
    before = book.number

    with pytest.raises(NoSuchMember):
        meetings.attend_all(book, meeting, [*numbers, 999])
    assert meetings.present(book, meeting.number) == 3
    entered = meetings.attend_all(book, meeting, [*numbers, *numbers], signed=True)

    assert [row.member_number for row in entered] == numbers[3:]
    assert meetings.present(book, meeting.number) == 6
    assert book.number == before + 1  # one act is one record of the chain
    assert meetings.attend_all(book, meeting, numbers) == []


def test_the_sheet_is_found_by_number_and_by_part_of_the_name(book):
    meeting, _everybody = held(book, 2, of=50)

    page = meetings.voters(book, meeting, limit=40)
    rest = meetings.voters(book, meeting, after=page[-1].number)

    assert (len(page), len(rest)) == (40, 10)
    assert [one.here for one in page[:3]] == [True, True, False]
    assert [one.name for one in meetings.voters(book, meeting, text="WARGA 04")] == [
        f"Warga 04{n}" for n in range(10)
    ]
    assert next(one.number for one in meetings.voters(book, meeting, text="12")) == 12
    assert meetings.voters(book, meeting, text="100%") == []


def test_a_vote_that_was_cast_is_counted_before_its_member_goes(book):
    meeting, (siti, *_) = held(book, 3)
    motion = put(book, meeting)
    meetings.cast(book, motion, siti, Choice.FOR)

    for go in (meetings.leave, meetings.strike):
        with pytest.raises(refusals.VoteWaits) as refusal:
            go(book, meeting, siti)
        assert refusal.value.facts == {"name": "Siti Aminah", "motion": 1}
    meetings.decide(book, motion, way=Way.ROLL_CALL)

    meetings.leave(book, meeting, siti)
    assert meetings.present(book, meeting.number) == 2
