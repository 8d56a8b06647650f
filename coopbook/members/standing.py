"""Where a member may go from where they stand, and what each standing allows.

Source: domain guide 2.2 (the way of a membership), UU 25/1992 articles 17 to 20 for
who is a member; the rights of candidates, associates and suspended members are the
by-laws' [secondary source].
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.members.rules import STATUS_NAMES, MemberStatus

S = MemberStatus
LEFT = frozenset({S.RESIGNED, S.EXPELLED, S.DECEASED})
"""Who has left and is not settled yet: everything of theirs stands still."""

WAYS: dict[MemberStatus, frozenset[MemberStatus]] = {
    S.PROSPECTIVE: frozenset({S.ASSOCIATE}),
    S.ACTIVE: frozenset({S.ASSOCIATE, S.SUSPENDED}),
    S.ASSOCIATE: frozenset({S.ACTIVE, S.SUSPENDED}),
    S.SUSPENDED: frozenset({S.ACTIVE, S.ASSOCIATE}),
}
"""From where to where by a decision.

A candidate is active with the principal share paid: by that alone, or, where the
by-laws want it decided, once ``savings.accept`` wrote the decision down as well.
Leaving and being settled go through ``settlement``, and back in through ``readmit``.
"""
LEAVING = {
    S.PROSPECTIVE: frozenset({S.RESIGNED, S.DECEASED}),
    S.ACTIVE: LEFT,
    S.ASSOCIATE: LEFT,
    S.SUSPENDED: LEFT,
}
"""How one may leave."""

DECIDED = frozenset({S.ASSOCIATE, S.SUSPENDED, S.EXPELLED})
"""What somebody has to have decided."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What a standing allows."""

    save: bool
    take_out: bool
    borrow: bool
    vote: bool


RIGHTS = {
    S.PROSPECTIVE: Rights(save=False, take_out=True, borrow=False, vote=False),
    S.ACTIVE: Rights(save=True, take_out=True, borrow=True, vote=True),
    S.ASSOCIATE: Rights(save=True, take_out=True, borrow=False, vote=False),
    S.SUSPENDED: Rights(save=True, take_out=True, borrow=False, vote=False),
}
NONE = Rights(save=False, take_out=False, borrow=False, vote=False)


def rights(status: MemberStatus) -> Rights:
    """Return what a standing allows; whoever has left may do nothing.

    A candidate's old balance may be taken out, nothing added: the closed loop.

    >>> rights(MemberStatus.SUSPENDED).vote, rights(MemberStatus.DECEASED).take_out
    (False, False)
    """
    return RIGHTS.get(status, NONE)


@dataclass(eq=False)
class NoWayThere(Refused):
    """A membership goes its way step by step."""

    sentence = N_(
        "%(name)s stands as: %(now)s. From there a decision can make: %(ways)s, "
        "not: %(asked)s."
    )

    name: str
    now: Word
    asked: Word
    ways: tuple[Word, ...]


@dataclass(eq=False)
class ShareFirst(Refused):
    """Nobody is a full member without the principal share."""

    sentence = N_("%(name)s becomes a full member by paying the principal share.")

    name: str


@dataclass(eq=False)
class DecisionNeeded(Refused):
    """Some changes are not for one person to make."""

    sentence = N_(
        "For “%(asked)s” name the decision of the board or the meeting. "
        "Enter it first under Decisions."
    )

    asked: Word


@dataclass(eq=False)
class WhyNeeded(Refused):
    """A change says why."""

    sentence = N_("Write in a few words why, so that others can follow it later.")


@dataclass(eq=False)
class ChangedBefore(Refused):
    """Changes are entered in the order of their days."""

    sentence = N_("The last change is of %(last)s. Use that day or a later one.")

    last: date


@dataclass(eq=False)
class EndsTooEarly(Refused):
    """A suspension ends after it begins."""

    sentence = N_("A suspension from %(on)s ends after that day, or stays open.")

    on: date


@dataclass(eq=False)
class HasLeft(Refused):
    """Nothing moves on the cards of somebody who has left."""

    sentence = N_(
        "%(name)s has left (%(standing)s). What remains is settled in one step: "
        "open the settlement on the member's page."
    )

    name: str
    standing: Word


@dataclass(eq=False)
class StillHere(Refused):
    """Only somebody who left and was settled returns."""

    sentence = N_("%(name)s has not left and been settled, and need not return.")

    name: str


def check_way(
    name: str, now: MemberStatus, to: MemberStatus, *, decided: bool, reason: str
) -> str:
    """Return the reason of a change, tidy; refuse a change the way does not have.

    Raises ``NoWayThere``, ``DecisionNeeded`` and ``WhyNeeded``.
    """
    open_ways = WAYS.get(now, frozenset())
    if to not in open_ways:
        ways = tuple(Word(STATUS_NAMES[way]) for way in sorted(open_ways))
        raise NoWayThere(name, Word(STATUS_NAMES[now]), Word(STATUS_NAMES[to]), ways)
    if not decided and (to in DECIDED or now is S.SUSPENDED):
        raise DecisionNeeded(Word(STATUS_NAMES[to]))
    tidy = " ".join(reason.split())
    if not tidy:
        raise WhyNeeded
    return tidy


def check_here(name: str, status: MemberStatus) -> None:
    """Refuse to move the money of somebody who has left; raise ``HasLeft``."""
    if status in LEFT or status is S.SETTLED:
        raise HasLeft(name, Word(STATUS_NAMES[status]))
