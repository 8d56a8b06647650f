"""What is counted of a motion, and what is not a count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.meetings.rules import Choice, Way
from coopbook.meetings.voting import Tally, consensus


@dataclass(eq=False)
class MotionEmpty(Refused):
    """Members know the words they vote on."""

    sentence = N_("Write a short title for the motion and the words that are voted on.")


@dataclass(eq=False)
class DecidedAlready(Refused):
    """A motion is decided once."""

    sentence = N_(
        "Motion %(number)s is decided already. Put a new one to decide otherwise."
    )

    number: int


@dataclass(eq=False)
class NoQuorum(Refused):
    """Too few take part for this kind of decision."""

    sentence = N_(
        "%(matter)s: %(present)s of %(eligible)s members take part, %(needed)s are "
        "needed. Wait for %(missing)s more, or close the meeting and call it a second "
        "time."
    )

    matter: Word
    present: int
    eligible: int
    needed: int
    missing: int


@dataclass(eq=False)
class NoQuorumAgain(NoQuorum):
    """Too few take part in the second call too."""

    sentence = N_(
        "%(matter)s: %(present)s of %(eligible)s members take part, %(needed)s are "
        "needed in this second call. Wait for %(missing)s more, or close the meeting "
        "and call a new one."
    )


@dataclass(eq=False)
class NotAConsensus(Refused):
    """Consensus is the agreement of everybody who takes part."""

    sentence = N_(
        "By consensus all %(present)s who take part agree. Let them vote when somebody "
        "does not."
    )

    present: int


@dataclass(eq=False)
class VotesMissing(Refused):
    """Votes are counted on both sides."""

    sentence = N_("Write how many voted for and how many against; none is 0.")


@dataclass(eq=False)
class TooManyVotes(Refused):
    """One member, one vote."""

    sentence = N_(
        "%(votes)s votes are more than the %(present)s members who take part. Count "
        "again, or enter on the attendance list who is missing there."
    )

    votes: int
    present: int


@dataclass(eq=False)
class NobodyCalled(Refused):
    """A roll call counts what members said one by one."""

    sentence = N_("Nobody has voted by roll call yet. Enter each member's vote first.")


@dataclass(eq=False)
class CountedByRoll(Refused):
    """Votes that were cast by name are what counts."""

    sentence = N_(
        "%(votes)s members have voted by roll call. Decide by roll call: their votes "
        "are counted by the book."
    )

    votes: int


@dataclass(eq=False)
class VotedAlready(Refused):
    """A member votes once."""

    sentence = N_("%(name)s has voted on this motion already, and a vote stands.")

    name: str


def counted(
    way: Way,
    *,
    present: int,
    roll: Mapping[Choice, int],
    votes_for: int | None = None,
    votes_against: int | None = None,
    abstained: int | None = None,
) -> Tally:
    """Return the votes on a motion as the way of deciding counts them.

    ``roll`` is how many voted how by name, and what a roll call counts; a show of
    hands or a ballot is told, and who abstained may be left out.

    Units:  votes, one a member; blank and spoiled papers are nobody's.
    Raises: ``CountedByRoll``, ``NobodyCalled``, ``NotAConsensus``, ``VotesMissing``
            and ``TooManyVotes``.

    >>> counted(Way.BALLOT, present=82, roll={}, votes_for=50, votes_against=30)
    Tally(votes_for=50, votes_against=30, abstained=0, present=82)
    """
    told = (votes_for or 0, votes_against or 0, abstained or 0)
    called = tuple(roll.get(choice, 0) for choice in Choice)
    if way is Way.ROLL_CALL:
        if not any(called):
            raise NobodyCalled
        if any(told) and told != called:
            raise CountedByRoll(sum(called))
        return Tally(called[0], called[1], called[2], present)
    if any(called):
        raise CountedByRoll(sum(called))
    if way is Way.CONSENSUS:
        if any(told) and told != (present, 0, 0):
            raise NotAConsensus(present)
        return consensus(present)
    if votes_for is None or votes_against is None:
        raise VotesMissing
    if min(told) < 0:
        raise VotesMissing
    tally = Tally(votes_for, votes_against, told[2], present)
    if tally.cast > present:
        raise TooManyVotes(tally.cast, present)
    return tally
