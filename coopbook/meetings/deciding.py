"""Put a motion, take votes, decide; what is carried is a decision of the members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coopbook.book import Book
from coopbook.cooperatives import setting, setting_text
from coopbook.cooperatives.shares import parse
from coopbook.decisions.service import from_a_motion
from coopbook.i18n import Word
from coopbook.meetings import counting, queries, refusals, roll, voting
from coopbook.meetings.model import Attendance, Meeting, Motion, Vote
from coopbook.meetings.rules import (
    HERE,
    MATTER_NAMES,
    Choice,
    Matter,
    MotionState,
    Way,
)
from coopbook.meetings.service import check_open
from coopbook.members import Member, member


def put_motion(
    book: Book, meeting: Meeting, *, matter: Matter, title: str, text: str
) -> Motion:
    """Put a motion to an open meeting: a short title, and the words voted on.

    Raises ``NotOpen`` and ``MotionEmpty``.
    """
    check_open(meeting)
    short, words = " ".join(title.split()), text.strip()
    if not short or not words:
        raise counting.MotionEmpty
    row = Motion(
        cooperative_id=book.cooperative_id,
        meeting_number=meeting.number,
        number=len(roll.motions(book, meeting.number)) + 1,
        matter=matter,
        title=short,
        text=words,
        state=MotionState.OPEN,
    )
    book.session.add(row)
    book.session.flush()
    return row


def cast(book: Book, motion: Motion, member: Member, choice: Choice) -> Vote:
    """Enter a member's vote in a roll call; it stands.

    Raises ``NotOpen``, ``DecidedAlready``, ``NotHere`` and ``VotedAlready``.
    """
    (vote,) = _cast(book, motion, [(member, choice)])
    return vote


def cast_all(book: Book, motion: Motion, choices: Mapping[str, Choice]) -> list[Vote]:
    """Enter the votes of many members, by number; all of them or none.

    Raises what ``cast`` does, and ``NoSuchMember``.
    """
    found = [(member(book, int(each)), choice) for each, choice in choices.items()]
    return _cast(book, motion, found)


def _cast(
    book: Book, motion: Motion, choices: Sequence[tuple[Member, Choice]]
) -> list[Vote]:
    """Enter votes: judged together, written together."""
    _check_undecided(book, motion)
    meeting, number = motion.meeting_number, motion.number
    for who, _ in choices:
        here = book.get(Attendance, meeting, who.number)
        if here is None or here.presence not in HERE:
            raise refusals.NotHere(who.name)
        if book.get(Vote, meeting, number, who.number) is not None:
            raise counting.VotedAlready(who.name)
    rows = [
        Vote(
            cooperative_id=book.cooperative_id,
            meeting_number=meeting,
            motion_number=number,
            member_number=who.number,
            choice=choice,
        )
        for who, choice in choices
    ]
    book.session.add_all(rows)
    book.session.flush()
    return rows


def decide(
    book: Book,
    motion: Motion,
    *,
    way: Way,
    votes_for: int | None = None,
    votes_against: int | None = None,
    abstained: int | None = None,
) -> Motion:
    """Decide a motion once: carried, it is the next decision of the members.

    A roll call counts the votes that were cast, a consensus everybody who takes
    part; a show of hands and a ballot are told.  Raises ``NotOpen``,
    ``DecidedAlready``, ``NoQuorum``, ``NoQuorumAgain`` and what ``counted`` does.
    """
    meeting = _check_undecided(book, motion)
    rule = queries.quorum_rule(book, meeting, motion.matter)
    quorum = queries.quorum(book, meeting, motion.matter)
    if not quorum.reached:
        raise (counting.NoQuorumAgain if meeting.call > 1 else counting.NoQuorum)(
            Word(MATTER_NAMES[motion.matter]),
            *(quorum.present, quorum.eligible, quorum.needed, quorum.missing),
        )
    tally = counting.counted(
        way,
        present=quorum.present,
        roll=roll.votes(book, motion),
        votes_for=votes_for,
        votes_against=votes_against,
        abstained=abstained,
    )
    majority = setting_text(book, f"majority_{motion.matter}", meeting.held_on)
    of_present = bool(setting(book, "majority_of_present", meeting.held_on))
    carried = voting.carried(parse(majority), tally, of_present=of_present)
    motion.way, motion.present = way, tally.present
    motion.votes_for, motion.votes_against = tally.votes_for, tally.votes_against
    motion.abstained = tally.abstained
    motion.quorum, motion.majority = rule, majority
    motion.out_of = tally.out_of(of_present=of_present)
    motion.state = MotionState.CARRIED if carried else MotionState.LOST
    book.session.flush()
    if carried:
        from_a_motion(
            *(book, motion.meeting_number, motion.number),
            title=motion.title,
            text=motion.text,
            on=meeting.held_on,
        )
    return motion


def _check_undecided(book: Book, motion: Motion) -> Meeting:
    meeting = queries.meeting(book, motion.meeting_number)
    check_open(meeting)
    if motion.state is not MotionState.OPEN:
        raise counting.DecidedAlready(motion.number)
    return meeting
