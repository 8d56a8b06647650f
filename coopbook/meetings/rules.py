"""Words of a meeting; the arithmetic of quorum and votes stands in ``voting``."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from coopbook.i18n import N_


class MeetingKind(StrEnum):
    """What kind of members' meeting it is."""

    ANNUAL = "annual"
    ORDINARY = "ordinary"
    EXTRAORDINARY = "extraordinary"


class MeetingState(StrEnum):
    """Where a meeting stands."""

    CALLED = "called"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Presence(StrEnum):
    """How a member takes part; everybody has one vote.

    Who left early counts no more from then on; who was struck never came.
    """

    PRESENT = "present"
    ONLINE = "online"
    LEFT = "left"
    STRUCK = "struck"


HERE = (Presence.PRESENT, Presence.ONLINE)
CAME = (*HERE, Presence.LEFT)


class Matter(StrEnum):
    """What a motion is about; quorum and majority depend on it."""

    ORDINARY = "ordinary"
    ELECTION = "election"
    BYLAWS = "bylaws"
    DISSOLUTION = "dissolution"


class Way(StrEnum):
    """How members decide on a motion."""

    CONSENSUS = "consensus"
    SHOW_OF_HANDS = "show_of_hands"
    ROLL_CALL = "roll_call"
    BALLOT = "ballot"


class Choice(StrEnum):
    """How a member votes."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class MotionState(StrEnum):
    """What became of a motion."""

    OPEN = "open"
    CARRIED = "carried"
    LOST = "lost"


KIND_NAMES = {
    MeetingKind.ANNUAL: N_("Annual meeting (RAT)"),
    MeetingKind.ORDINARY: N_("Members' meeting"),
    MeetingKind.EXTRAORDINARY: N_("Extraordinary meeting"),
}
STATE_NAMES = {
    MeetingState.CALLED: N_("called"),
    MeetingState.OPEN: N_("open"),
    MeetingState.CLOSED: N_("closed"),
    MeetingState.CANCELLED: N_("cancelled"),
}
PRESENCE_NAMES = {
    Presence.PRESENT: N_("present"),
    Presence.ONLINE: N_("takes part online"),
    Presence.LEFT: N_("left early"),
    Presence.STRUCK: N_("entered by mistake"),
}
MATTER_NAMES = {
    Matter.ORDINARY: N_("Ordinary decision"),
    Matter.ELECTION: N_("Election of the board or the supervisors"),
    Matter.BYLAWS: N_("Change of the by-laws"),
    Matter.DISSOLUTION: N_("Merger or dissolution"),
}
WAY_NAMES = {
    Way.CONSENSUS: N_("By consensus"),
    Way.SHOW_OF_HANDS: N_("By show of hands"),
    Way.ROLL_CALL: N_("By roll call"),
    Way.BALLOT: N_("By secret ballot"),
}
CHOICE_NAMES = {
    Choice.FOR: N_("for"),
    Choice.AGAINST: N_("against"),
    Choice.ABSTAIN: N_("abstains"),
}
MOTION_NAMES = {
    MotionState.OPEN: N_("not decided yet"),
    MotionState.CARRIED: N_("carried"),
    MotionState.LOST: N_("not carried"),
}


def minutes_label(number: int, held_on: date) -> str:
    """Return the number on the minutes of a meeting.

    >>> minutes_label(3, date(2026, 3, 16))
    'BA-RA-2026-003'
    """
    return f"BA-RA-{held_on.year}-{number:03d}"
