"""Call a meeting, open it, enter who comes, close it; its minutes are then fixed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.i18n import Word
from coopbook.ledger.rules import check_reason
from coopbook.meetings import queries, refusals
from coopbook.meetings.model import Attendance, Meeting
from coopbook.meetings.roll import waiting_vote
from coopbook.meetings.rules import (
    CAME,
    HERE,
    STATE_NAMES,
    Matter,
    MeetingKind,
    MeetingState,
    Presence,
)
from coopbook.members import Member, member

TIME = re.compile(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])")


def call_meeting(
    book: Book,
    *,
    kind: MeetingKind,
    called_on: date,
    held_on: date,
    begins_at: str,
    place: str,
    agenda: str,
    short_notice_reason: str = "",
) -> Meeting:
    """Call the members to a meeting.

    ``begins_at`` is a time like ``09.00``; ``agenda`` has a line for each item.  A
    notice shorter than ``meeting_notice_days`` needs a reason, which goes into the
    notes.  Raises ``MeetingIncomplete``, ``NotATime``, ``HeldBeforeCalled`` and
    ``ShortNotice``.
    """
    items = [" ".join(line.split()) for line in agenda.splitlines() if line.strip()]
    where = " ".join(place.split())
    if not items or not where:
        raise refusals.MeetingIncomplete
    reason = short_notice_reason.strip()
    _check_notice(book, called_on, held_on, reason)
    row = Meeting(
        cooperative_id=book.cooperative_id,
        number=queries.last_meeting(book) + 1,
        kind=kind,
        call=1,
        repeats=None,
        called_on=called_on,
        held_on=held_on,
        begins_at=_time(begins_at),
        place=where,
        agenda="\n".join(items),
        state=MeetingState.CALLED,
        eligible=None,
        chair="",
        secretary="",
        notes=reason,
    )
    book.session.add(row)
    book.session.flush()
    return row


def call_again(
    book: Book,
    meeting: Meeting,
    *,
    called_on: date,
    held_on: date,
    begins_at: str,
    place: str,
    short_notice_reason: str = "",
) -> Meeting:
    """Call a meeting a second time that had no quorum; its agenda stays.

    Raises ``NotHeldYet``, ``WasSecondCall``, ``HadQuorum``, ``CalledAgain`` and
    what ``call_meeting`` does.
    """
    if meeting.state is not MeetingState.CLOSED:
        raise refusals.NotHeldYet(meeting.number, _state(meeting))
    if meeting.call > 1:
        raise refusals.WasSecondCall(meeting.number)
    if all(
        queries.quorum(book, meeting, matter, presences=CAME).reached
        for matter in Matter
    ):
        raise refusals.HadQuorum(meeting.number)
    known = queries.second_call(book, meeting.number)
    if known is not None:
        raise refusals.CalledAgain(meeting.number, known.number)
    row = call_meeting(
        book,
        kind=meeting.kind,
        called_on=called_on,
        held_on=held_on,
        begins_at=begins_at,
        place=place,
        agenda=meeting.agenda,
        short_notice_reason=short_notice_reason,
    )
    row.call, row.repeats = 2, meeting.number
    book.session.flush()
    return row


def cancel(book: Book, meeting: Meeting, *, reason: str) -> Meeting:
    """Call a meeting off before it is opened; the reason goes into its notes.

    Raises ``ReasonNeeded`` and ``NotCalled``.
    """
    why = check_reason(reason)
    if meeting.state is not MeetingState.CALLED:
        raise refusals.NotCalled(meeting.number, _state(meeting))
    meeting.state = MeetingState.CANCELLED
    meeting.notes = _together(meeting.notes, why)
    book.session.flush()
    return meeting


def open_meeting(
    book: Book, meeting: Meeting, *, chair: str, secretary: str, on: date | None = None
) -> Meeting:
    """Open a meeting, and count who has a vote on its day.

    ``on`` is today, where the desk knows it: no meeting is opened before its day.
    Raises ``NotCalled``, ``NotItsDay``, ``OfficersNeeded`` and ``NobodyVotes``.
    """
    if meeting.state is not MeetingState.CALLED:
        raise refusals.NotCalled(meeting.number, _state(meeting))
    if on is not None and on < meeting.held_on:
        raise refusals.NotItsDay(meeting.held_on)
    names = [" ".join(name.split()) for name in (chair, secretary)]
    if not all(names):
        raise refusals.OfficersNeeded
    eligible = queries.eligible(book, meeting.held_on)
    if not eligible:
        raise refusals.NobodyVotes(meeting.held_on)
    meeting.chair, meeting.secretary = names
    meeting.state, meeting.eligible = MeetingState.OPEN, eligible
    book.session.flush()
    return meeting


def attend(
    book: Book,
    meeting: Meeting,
    member: Member,
    *,
    presence: Presence = Presence.PRESENT,
    signed: bool = False,
) -> Attendance:
    """Enter a member who takes part; who left or was struck may come back.

    Raises ``NotOpen``, ``NoVote``, ``AttendsAlready`` and ``AllAreHere``.
    """
    row = book.get(Attendance, meeting.number, member.number)
    if row is not None and row.presence in HERE and meeting.state is MeetingState.OPEN:
        raise refusals.AttendsAlready(member.name)
    (entered,) = _enter(book, meeting, [member], presence, signed)
    return entered


def attend_all(
    book: Book,
    meeting: Meeting,
    numbers: Sequence[int],
    *,
    presence: Presence = Presence.PRESENT,
    signed: bool = False,
) -> list[Attendance]:
    """Enter many members at once; who takes part already stays as entered.

    Returns the new ones.  Either all of them are entered or none; raises what
    ``attend`` does, and ``NoSuchMember``.
    """
    here = {
        one.number for one in queries.attendance(book, meeting.number, presences=HERE)
    }
    new = [number for number in dict.fromkeys(numbers) if number not in here]
    found = [member(book, number) for number in new]
    return _enter(book, meeting, found, presence, signed)


def leave(book: Book, meeting: Meeting, member: Member) -> Attendance:
    """Note that a member left early: from now on they count no more.

    Raises ``NotOpen``, ``NotHere`` and ``VoteWaits``.
    """
    return _go(book, meeting, member, Presence.LEFT)


def strike(book: Book, meeting: Meeting, member: Member) -> Attendance:
    """Take a member off the list who was entered by mistake and never came.

    Raises what ``leave`` does.
    """
    return _go(book, meeting, member, Presence.STRUCK)


def close_meeting(book: Book, meeting: Meeting, *, notes: str = "") -> Meeting:
    """Close a meeting; what was not decided stays so, and the minutes are fixed.

    Raises ``NotOpen``.
    """
    check_open(meeting)
    meeting.state = MeetingState.CLOSED
    meeting.notes = _together(meeting.notes, notes)
    book.session.flush()
    return meeting


def check_open(meeting: Meeting) -> None:
    """Refuse what only an open meeting takes; raises ``NotOpen``."""
    if meeting.state is not MeetingState.OPEN:
        raise refusals.NotOpen(meeting.number, _state(meeting))


def _check_notice(book: Book, called_on: date, held_on: date, reason: str) -> None:
    if held_on < called_on:
        raise refusals.HeldBeforeCalled(called_on, held_on)
    days = setting(book, "meeting_notice_days", called_on)
    earliest = called_on + timedelta(days=days)
    if held_on < earliest and not reason:
        raise refusals.ShortNotice(days, earliest)


def _time(text: str) -> str:
    read = TIME.fullmatch(text.strip())
    if read is None:
        raise refusals.NotATime(text.strip())
    return f"{int(read[1]):02d}.{read[2]}"


def _state(meeting: Meeting) -> Word:
    return Word(STATE_NAMES[meeting.state])


def _together(before: str, added: str) -> str:
    return "\n".join(part for part in (before, added.strip()) if part)


def _enter(
    book: Book,
    meeting: Meeting,
    members: Sequence[Member],
    presence: Presence,
    signed: bool,
) -> list[Attendance]:
    """Enter members who do not take part yet: judged together, written together."""
    assert presence in HERE, "who comes is there, or takes part online"
    check_open(meeting)
    for one in members:
        if not queries.has_vote(one, meeting.held_on):
            raise refusals.NoVote(one.name)
    known = [book.get(Attendance, meeting.number, one.number) for one in members]
    come = sum(row is None or row.presence not in CAME for row in known)
    eligible = meeting.eligible or 0
    if queries.present(book, meeting.number, CAME) + come > eligible:
        raise refusals.AllAreHere(eligible)
    rows = [
        row
        or Attendance(
            cooperative_id=book.cooperative_id,
            meeting_number=meeting.number,
            member_number=one.number,
        )
        for one, row in zip(members, known, strict=True)
    ]
    for row in rows:
        row.presence, row.signed = presence, signed
    book.session.add_all(rows)
    book.session.flush()
    return rows


def _go(book: Book, meeting: Meeting, member: Member, presence: Presence) -> Attendance:
    check_open(meeting)
    row = book.get(Attendance, meeting.number, member.number)
    if row is None or row.presence not in HERE:
        raise refusals.NotHere(member.name)
    motion = waiting_vote(book, meeting.number, member.number)
    if motion is not None:
        raise refusals.VoteWaits(member.name, motion)
    row.presence = presence
    book.session.flush()
    return row
