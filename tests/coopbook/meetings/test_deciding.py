"""Motions are put, voted on and decided once; a second call lowers what it may."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coopbook import decisions, meetings, members
from coopbook.cooperatives import set_setting
from coopbook.decisions import DecisionBody
from coopbook.meetings import (
    Choice,
    Matter,
    MotionState,
    Way,
    counting,
    refusals,
)
from coopbook.verification import verify
from tests.conftest import FIRST_DAY, TODAY, VAULT, found
from tests.coopbook.meetings.holding import (
    again,
    fill_meetings,
    held,
    hold_a_meeting,
    opened,
    put,
)

# -- motions and votes -------------------------------------------------------


def test_a_motion_has_a_title_and_words_and_is_put_to_an_open_meeting(book):
    meeting, _ = held(book, 1)
    for title, text in (("", "x"), ("x", " ")):
        with pytest.raises(counting.MotionEmpty):
            meetings.put_motion(
                book, meeting, matter=Matter.ORDINARY, title=title, text=text
            )

    assert [put(book, meeting).number for _ in range(2)] == [1, 2]
    with pytest.raises(refusals.NoSuchMotion):
        meetings.motion(book, meeting, 3)


def test_one_head_short_of_the_quorum_decides_nothing(book):
    meeting, everybody = held(book, 5, of=10)
    motion = put(book, meeting)
    votes = {"way": Way.SHOW_OF_HANDS, "votes_for": 5, "votes_against": 0}

    with pytest.raises(counting.NoQuorum) as refusal:
        meetings.decide(book, motion, **votes)
    assert {k: refusal.value.facts[k] for k in ("present", "eligible", "needed",
                                                "missing")} == {
        "present": 5, "eligible": 10, "needed": 6, "missing": 1,
    }  # fmt: skip
    assert "call it a second time" in str(refusal.value)
    meetings.attend(book, meeting, everybody[5])
    meetings.decide(book, motion, **votes)

    assert (motion.state, motion.present) == (MotionState.CARRIED, 6)
    assert motion.votes_for == 5


def test_a_motion_is_decided_once(book):
    meeting, everybody = held(book, 3)
    motion = put(book, meeting)
    meetings.decide(book, motion, way=Way.CONSENSUS)

    with pytest.raises(counting.DecidedAlready):
        meetings.decide(book, motion, way=Way.CONSENSUS)
    with pytest.raises(counting.DecidedAlready):
        meetings.cast(book, motion, everybody[0], Choice.FOR)
    assert len(decisions.decisions(book)) == 1


def test_more_votes_than_members_who_take_part_are_refused(book):
    meeting, _ = held(book, 3)
    motion = put(book, meeting)

    with pytest.raises(counting.TooManyVotes) as refusal:
        meetings.decide(
            *(book, motion),
            way=Way.BALLOT,
            votes_for=2,
            votes_against=1,
            abstained=1,
        )

    assert refusal.value.facts == {"votes": 4, "present": 3}
    assert motion.state is MotionState.OPEN


def test_carried_is_the_next_decision_of_the_members_and_lost_is_none(book):
    meeting, _ = held(book, 4)
    hands = {"way": Way.SHOW_OF_HANDS}
    first, lost, third = (put(book, meeting, title=t) for t in ("Satu", "Dua", "Tiga"))

    meetings.decide(book, first, **hands, votes_for=3, votes_against=1)
    meetings.decide(book, lost, **hands, votes_for=2, votes_against=2)
    meetings.decide(book, third, **hands, votes_for=4, votes_against=0)

    assert [one.state for one in (first, lost, third)] == [
        *(MotionState.CARRIED, MotionState.LOST, MotionState.CARRIED)
    ]
    newest, oldest = decisions.decisions(book)
    assert (oldest.label, newest.label) == ("RA-2026-001", "RA-2026-002")
    assert (newest.meeting_number, newest.motion_number) == (meeting.number, 3)
    assert (newest.body, newest.decided_on) == (DecisionBody.MEMBERS, TODAY)
    assert (newest.title, newest.text) == ("Tiga", "Tiga disahkan.")
    assert decisions.decided_in(book, meeting.number) == {1: oldest, 3: newest}


@pytest.mark.parametrize(("of_present", "state"), [(1, "lost"), (0, "carried")])
def test_the_by_laws_say_what_votes_are_weighed_against(book, of_present, state):
    set_setting(
        *(book, "majority_of_present", of_present),
        valid_from=FIRST_DAY + timedelta(days=1),
        source="AD pasal 20",
    )
    meeting, _ = held(book, 10)
    motion = put(book, meeting)

    meetings.decide(
        *(book, motion), way=Way.BALLOT, votes_for=5, votes_against=4, abstained=1
    )

    assert motion.state.value == state
    assert motion.out_of == (10 if of_present else 9)


def test_a_roll_call_counts_the_votes_by_name_and_each_stands(book):
    meeting, everybody = held(book, 5)
    motion = put(book, meeting)
    with pytest.raises(counting.NobodyCalled):
        meetings.decide(book, motion, way=Way.ROLL_CALL)
    stranger = members.member(book, 2)
    with pytest.raises(refusals.NotHere):
        meetings.cast(book, motion, stranger, Choice.FOR)
    numbers = [str(one.number) for one in everybody]
    meetings.cast(book, motion, everybody[0], Choice.ABSTAIN)
    with pytest.raises(counting.VotedAlready) as refusal:
        meetings.cast_all(book, motion, dict.fromkeys(numbers, Choice.FOR))
    assert refusal.value.facts == {"name": "Siti Aminah"}
    meetings.cast_all(book, motion, dict.fromkeys(numbers[1:4], Choice.FOR))
    with pytest.raises(counting.CountedByRoll):
        meetings.decide(book, motion, way=Way.CONSENSUS)

    meetings.decide(book, motion, way=Way.ROLL_CALL)

    assert (motion.votes_for, motion.votes_against, motion.abstained) == (3, 0, 1)
    assert (motion.present, motion.state) == (5, MotionState.CARRIED)
    chosen = {one.number: one.choice for one in meetings.ballots(book, motion)}
    assert chosen[1] is Choice.ABSTAIN
    assert chosen[everybody[4].number] is None


def test_who_left_is_not_called_and_cannot_vote(book):
    meeting, (siti, left, *_) = held(book, 4)
    motion = put(book, meeting)
    meetings.leave(book, meeting, left)

    assert [one.number for one in meetings.ballots(book, motion)][:2] == [
        siti.number,
        left.number + 1,
    ]
    with pytest.raises(refusals.NotHere) as refusal:
        meetings.cast(book, motion, left, Choice.FOR)
    assert refusal.value.facts == {"name": left.name}
    assert meetings.votes(book, motion) == dict.fromkeys(Choice, 0)


def test_consensus_is_everybody_who_takes_part(book):
    meeting, _ = held(book, 3)
    motion = put(book, meeting, Matter.BYLAWS)

    with pytest.raises(counting.NotAConsensus):
        meetings.decide(book, motion, way=Way.CONSENSUS, votes_for=2)
    meetings.decide(book, motion, way=Way.CONSENSUS)

    assert (motion.votes_for, motion.out_of) == (3, 3)
    assert motion.state is MotionState.CARRIED


# -- second call, and the end ------------------------------------------------


def test_a_second_call_lowers_the_quorum_only_for_what_lacked_it(book):
    first, _everybody = held(book, 6, of=10)  # enough of 10 for > 1/2, not for >= 2/3
    with pytest.raises(refusals.NotHeldYet):
        again(book, first)
    meetings.close_meeting(book, first)

    second = again(book, first)

    assert (second.call, second.repeats, second.agenda) == (2, 1, first.agenda)
    assert second.begins_at == "13.30"
    meetings.open_meeting(book, second, chair="a", secretary="b")
    needed = {m: meetings.quorum(book, second, m).needed for m in Matter}
    assert needed == {
        Matter.ORDINARY: 6,  # the first call could have decided: its share holds
        Matter.ELECTION: 6,
        Matter.BYLAWS: 6,  # more than 1/2 instead of 7
        Matter.DISSOLUTION: 6,
    }
    motion = put(book, second, Matter.BYLAWS)
    with pytest.raises(counting.NoQuorumAgain) as refusal:
        meetings.decide(book, motion, way=Way.CONSENSUS)
    assert "call a new one" in str(refusal.value)
    with pytest.raises(refusals.CalledAgain):
        again(book, first)


def test_nobody_came_so_a_third_is_enough_the_second_time(book):
    first, everybody = held(book, 0, of=10)
    meetings.close_meeting(book, first)
    second = again(book, first)
    meetings.open_meeting(book, second, chair="a", secretary="b")

    assert meetings.quorum(book, second, Matter.ORDINARY).needed == 4
    meetings.attend_all(book, second, [one.number for one in everybody[:4]])
    motion = put(book, second)
    meetings.decide(book, motion, way=Way.CONSENSUS)

    assert motion.quorum == ">=1/3"
    assert motion.state is MotionState.CARRIED
    meetings.close_meeting(book, second)
    with pytest.raises(refusals.WasSecondCall):
        again(book, second)


def test_a_meeting_that_could_decide_everything_is_not_called_again(book):
    meeting, _ = held(book, 3)
    meetings.close_meeting(book, meeting)

    with pytest.raises(refusals.HadQuorum):
        again(book, meeting)


def test_who_left_early_does_not_make_a_second_call_possible(book):
    meeting, everybody = held(book, 3)
    for one in everybody:
        meetings.leave(book, meeting, one)
    meetings.close_meeting(book, meeting)

    with pytest.raises(refusals.HadQuorum):
        again(book, meeting)


def test_nothing_is_entered_into_a_closed_meeting(book):
    meeting, everybody = held(book, 2, of=3)
    motion = put(book, meeting)
    meetings.close_meeting(book, meeting, notes="Tamu: camat.")

    for act in (
        lambda: meetings.attend(book, meeting, everybody[2]),
        lambda: meetings.attend_all(book, meeting, [everybody[2].number]),
        lambda: meetings.leave(book, meeting, everybody[0]),
        lambda: put(book, meeting),
        lambda: meetings.cast(book, motion, everybody[0], Choice.FOR),
        lambda: meetings.decide(book, motion, way=Way.CONSENSUS),
        lambda: meetings.close_meeting(book, meeting),
    ):
        with pytest.raises(refusals.NotOpen) as refusal:
            act()
        assert "is closed" in str(refusal.value)
    assert (meeting.notes, motion.state) == ("Tamu: camat.", MotionState.OPEN)


def test_minutes_stay_as_they_were_when_a_setting_changes_for_their_day(book):
    meeting, _ = held(book, 6, of=10)
    motion = put(book, meeting)
    meetings.decide(
        *(book, motion), way=Way.SHOW_OF_HANDS, votes_for=4, votes_against=2
    )
    meetings.close_meeting(book, meeting)
    before = meetings.minutes(book, meeting)

    for name in ("quorum_ordinary", "majority_ordinary"):
        set_setting(
            *(book, name, ">=3/4"),
            valid_from=FIRST_DAY + timedelta(days=1),
            source="salah tanggal",
        )
    set_setting(
        *(book, "majority_of_present", 0),
        valid_from=FIRST_DAY + timedelta(days=1),
        source="salah tanggal",
    )

    assert meetings.minutes(book, meeting) == before
    (one,) = before.motions
    assert (one.quorum.needed, one.out_of, one.decision) == (6, 6, "RA-2026-001")


def test_a_neighbour_with_the_same_numbers_is_not_counted(coop):
    """The neighbour has a Siti (1) too; its meetings and votes stay its own."""
    neighbour = found(coop.engine, 10)
    with neighbour.open() as theirs:
        hold_a_meeting(theirs)

    with coop.open() as book:
        assert meetings.meetings(book) == []
        assert decisions.decisions(book) == []
        meeting, second = opened(book), opened(book)
        assert meeting.eligible == 1
        assert meetings.present(book, second.number) == 0
        assert meetings.attendance(book, second.number) == []
        assert meetings.motions(book, second.number) == []
        (siti,) = meetings.voters(book, second)
        assert not siti.here
        motion = put(book, second)
        assert meetings.votes(book, motion) == dict.fromkeys(Choice, 0)


def test_a_book_with_meetings_is_in_order(coop):
    with coop.open() as book:
        hold_a_meeting(book)
    with coop.open() as book:
        fill_meetings(book)

    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)

    assert [one for one in checks if not one.in_order] == []
