"""What a meeting refuses, and what would work instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopbook.errors import Missing, Refused
from coopbook.i18n import N_, Word


@dataclass(eq=False)
class NoSuchMeeting(Missing):
    """There is no meeting of that number."""

    sentence = N_("There is no meeting %(number)s.")

    number: int


@dataclass(eq=False)
class NoSuchMotion(Missing):
    """A meeting has no motion of that number."""

    sentence = N_("Meeting %(meeting)s has no motion %(number)s.")

    meeting: int
    number: int


# -- calling -----------------------------------------------------------------


@dataclass(eq=False)
class MeetingIncomplete(Refused):
    """Members are told where to come and what is decided."""

    sentence = N_("Write where the meeting is held and what it is about.")


@dataclass(eq=False)
class NotATime(Refused):
    """A meeting begins at a time of the day."""

    sentence = N_("Write the time like 09.00, not %(time)s.")

    time: str


@dataclass(eq=False)
class HeldBeforeCalled(Refused):
    """Nobody comes to a meeting of yesterday."""

    sentence = N_(
        "A meeting called on %(called_on)s cannot be held on %(held_on)s, before it."
    )

    called_on: date
    held_on: date


@dataclass(eq=False)
class ShortNotice(Refused):
    """Members are called some days ahead, unless there is a reason."""

    sentence = N_(
        "Members are called %(days)s days ahead. Hold it on %(earliest)s or later, "
        "or write why it cannot wait."
    )

    days: int
    earliest: date


@dataclass(eq=False)
class NotCalled(Refused):
    """What is done to a called meeting has been done, or it was cancelled."""

    sentence = N_(
        "Meeting %(number)s is %(state)s. Only a meeting that is called can be "
        "opened or cancelled."
    )

    number: int
    state: Word


@dataclass(eq=False)
class NotHeldYet(Refused):
    """Only a closed meeting can be called a second time."""

    sentence = N_(
        "Meeting %(number)s is %(state)s. A meeting is called a second time after it "
        "was opened without a quorum and closed."
    )

    number: int
    state: Word


@dataclass(eq=False)
class HadQuorum(Refused):
    """A meeting that could decide everything needs no second call."""

    sentence = N_(
        "Meeting %(number)s had a quorum for every kind of decision. Call a new one."
    )

    number: int


@dataclass(eq=False)
class WasSecondCall(Refused):
    """There is no third call."""

    sentence = N_("Meeting %(number)s was a second call already. Call a new one.")

    number: int


@dataclass(eq=False)
class CalledAgain(Refused):
    """A meeting is called a second time once."""

    sentence = N_(
        "Meeting %(number)s was called a second time already, as meeting %(again)s."
    )

    number: int
    again: int


# -- opening and closing -----------------------------------------------------


@dataclass(eq=False)
class NotItsDay(Refused):
    """A meeting is opened on its day, for that day says who has a vote."""

    sentence = N_("This meeting is held on %(held_on)s. Open it on that day.")

    held_on: date


@dataclass(eq=False)
class OfficersNeeded(Refused):
    """Two people answer for what the minutes say."""

    sentence = N_("Write who chairs the meeting and who writes its minutes.")


@dataclass(eq=False)
class NobodyVotes(Refused):
    """Without active members there is nobody to decide."""

    sentence = N_(
        "No member is active on %(held_on)s, so nobody has a vote. A principal share "
        "paid in full makes a member."
    )

    held_on: date


@dataclass(eq=False)
class NotOpen(Refused):
    """Attendance, motions and votes belong into an open meeting."""

    sentence = N_(
        "Meeting %(number)s is %(state)s. Attendance, motions and votes are entered "
        "while it is open."
    )

    number: int
    state: Word


# -- attendance --------------------------------------------------------------


@dataclass(eq=False)
class NoVote(Refused):
    """Only active members have a vote, and only they are entered."""

    sentence = N_(
        "%(name)s has no vote in this meeting and is not entered: only active members "
        "vote. Guests stand in the notes."
    )

    name: str


@dataclass(eq=False)
class AttendsAlready(Refused):
    """A member attends once."""

    sentence = N_("%(name)s is on the attendance list already.")

    name: str


@dataclass(eq=False)
class AllAreHere(Refused):
    """No more can come than had a vote when the meeting was opened."""

    sentence = N_(
        "All %(eligible)s members who had a vote when the meeting was opened are "
        "entered. Look through the list for somebody who did not come."
    )

    eligible: int


@dataclass(eq=False)
class NotHere(Refused):
    """Only who takes part can vote or leave."""

    sentence = N_("%(name)s is not on the attendance list. Enter them there first.")

    name: str


@dataclass(eq=False)
class VoteWaits(Refused):
    """A vote that was cast is counted before its member goes."""

    sentence = N_(
        "%(name)s has voted on motion %(motion)s. Decide that motion first, then take "
        "them off the list."
    )

    name: str
    motion: int
