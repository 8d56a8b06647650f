"""Everything the minutes of a meeting say, in one record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.cooperatives.shares import Share, parse
from coopbook.decisions import decided_in
from coopbook.meetings import queries
from coopbook.meetings import roll as of_roll
from coopbook.meetings.model import Meeting, Motion
from coopbook.meetings.queries import Voter
from coopbook.meetings.roll import Ballot
from coopbook.meetings.rules import (
    HERE,
    Matter,
    MeetingKind,
    MeetingState,
    MotionState,
    Presence,
    Way,
    minutes_label,
)
from coopbook.meetings.voting import Quorum, Tally


@dataclass(frozen=True, slots=True)
class Whose:
    """The cooperative as it stands at the head of its papers."""

    name: str
    registration_no: str
    village: str
    district: str
    timezone: str


@dataclass(frozen=True, slots=True)
class MotionMinutes:
    """A motion: its words, how it was decided, and what came of it.

    ``quorum`` and what follows it are of the moment in which it was decided; before
    that there is none.  ``roll`` is how everybody voted in a roll call.
    """

    number: int
    matter: Matter
    title: str
    text: str
    state: MotionState
    way: Way | None
    quorum: Quorum | None
    majority: Share | None
    tally: Tally | None
    out_of: int | None
    decision: str | None
    roll: tuple[Ballot, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting from its call to its decisions; once closed, it never changes.

    ``quorums`` has a line for each kind of decision that was put, with those who
    take part at the end; ``attendance`` is in the order of the numbers of members.
    """

    label: str
    number: int
    of: Whose
    kind: MeetingKind
    state: MeetingState
    call: int
    repeats: str | None
    repeats_on: date | None
    called_on: date
    held_on: date
    begins_at: str
    place: str
    agenda: tuple[str, ...]
    eligible: int
    chair: str
    secretary: str
    notes: str
    quorums: tuple[tuple[Matter, Quorum], ...]
    motions: tuple[MotionMinutes, ...]
    attendance: tuple[Voter, ...]

    @property
    def came(self) -> int:
        """How many members with a vote took part, whoever left early among them."""
        return len(self.attendance)

    def of_presence(self, *presences: Presence) -> int:
        """Return how many took part in one of the ways."""
        return sum(one.presence in presences for one in self.attendance)

    @property
    def present(self) -> int:
        """How many take part at the end."""
        return self.of_presence(*HERE)


def minutes(book: Book, meeting: Meeting) -> Minutes:
    """Return what the minutes of a meeting say; before it is closed, so far."""
    whose = cooperative(book)
    put = of_roll.motions(book, meeting.number)
    before = queries.meeting(book, meeting.repeats) if meeting.repeats else None
    labels = {
        number: row.label for number, row in decided_in(book, meeting.number).items()
    }
    matters = sorted({one.matter for one in put}, key=list(Matter).index)
    quorums = {
        matter: queries.quorum(book, meeting, matter)
        for matter in matters or [Matter.ORDINARY]
    }
    return Minutes(
        label=minutes_label(meeting.number, meeting.held_on),
        number=meeting.number,
        of=Whose(
            *(whose.name, whose.registration_no, whose.village, whose.district),
            whose.timezone,
        ),
        kind=meeting.kind,
        state=meeting.state,
        call=meeting.call,
        repeats=minutes_label(before.number, before.held_on) if before else None,
        repeats_on=before.held_on if before else None,
        called_on=meeting.called_on,
        held_on=meeting.held_on,
        begins_at=meeting.begins_at,
        place=meeting.place,
        agenda=tuple(meeting.agenda.splitlines()),
        eligible=meeting.eligible or 0,
        chair=meeting.chair,
        secretary=meeting.secretary,
        notes=meeting.notes,
        quorums=tuple(_as_decided(quorums, put).items()),
        motions=tuple(_motion(book, meeting, one, labels) for one in put),
        attendance=tuple(queries.attendance(book, meeting.number)),
    )


def _as_decided(
    quorums: dict[Matter, Quorum], put: list[Motion]
) -> dict[Matter, Quorum]:
    """Let the share in force when a motion was decided stand for its kind."""
    for one in put:
        if one.quorum is not None:
            now = quorums[one.matter]
            share = parse(one.quorum)
            quorums[one.matter] = Quorum(share, now.eligible, now.present)
    return quorums


def _motion(
    book: Book, meeting: Meeting, one: Motion, labels: dict[int, str]
) -> MotionMinutes:
    quorum = majority = tally = None
    if one.quorum is not None and one.majority is not None:
        eligible, present = meeting.eligible or 0, one.present or 0
        quorum = Quorum(parse(one.quorum), eligible, present)
        majority = parse(one.majority)
        tally = Tally(
            *(one.votes_for or 0, one.votes_against or 0, one.abstained or 0, present)
        )
    called = one.way is Way.ROLL_CALL
    roll = of_roll.ballots(book, one, limit=None) if called else []
    return MotionMinutes(
        *(one.number, one.matter, one.title, one.text, one.state, one.way),
        *(quorum, majority, tally, one.out_of, labels.get(one.number)),
        tuple(roll),
    )
