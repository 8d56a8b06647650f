"""When a group meets, who may be on its roster, and what refuses the rest (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coopbook.dates import months_after
from coopbook.errors import Conflict, Missing, Refused
from coopbook.i18n import N_
from coopbook.money import Money

SOON = 12
"""Within how many months a group meets for the first time."""


@dataclass(eq=False)
class MeetsFarAway(Refused):
    """A group that meets in years to come does not meet."""

    sentence = N_("A group meets for the first time by %(last)s. Choose a day by then.")

    last: date


def check_meets(first: date, today: date) -> None:
    """Raise ``MeetsFarAway`` where the first meeting is more than a year away.

    >>> check_meets(date(2026, 12, 31), date(2026, 1, 5))
    """
    last = months_after(today, SOON)
    if first > last:
        raise MeetsFarAway(last)


class Meets(StrEnum):
    """How often a group meets."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


MEETS_NAMES = {
    Meets.WEEKLY: N_("Every week"),
    Meets.FORTNIGHTLY: N_("Every two weeks"),
    Meets.MONTHLY: N_("Every month"),
}
DAYS = {Meets.WEEKLY: 7, Meets.FORTNIGHTLY: 14}


def next_meeting(first: date, meets: Meets, on: date) -> date:
    """Return the first day of meeting on a day or after it.

    By the month it is the day of the month of the first meeting, or its last day.

    >>> next_meeting(date(2026, 1, 31), Meets.MONTHLY, date(2026, 2, 3))
    datetime.date(2026, 2, 28)
    >>> next_meeting(date(2026, 1, 5), Meets.FORTNIGHTLY, date(2026, 1, 6))
    datetime.date(2026, 1, 19)
    """
    if on <= first:
        return first
    if meets is not Meets.MONTHLY:
        step = DAYS[meets]
        return first + timedelta(days=-(-(on - first).days // step) * step)
    months = (on.year - first.year) * 12 + on.month - first.month
    found = months_after(first, months)
    return found if found >= on else months_after(first, months + 1)


def evenly(amount: Money, count: int) -> list[Money]:
    """Split an amount into parts that differ by a rupiah at most.

    >>> evenly(Money(10), 3)
    [Money(units=4), Money(units=3), Money(units=3)]
    """
    part, left = divmod(amount.units, count)
    return [Money(part + (place < left)) for place in range(count)]


@dataclass(eq=False)
class NoSuchGroup(Missing):
    """There is no group of that number."""

    sentence = N_("There is no group %(number)s.")

    number: int


@dataclass(eq=False)
class NoSuchMeeting(Missing):
    """A group had no meeting of that number."""

    sentence = N_("Group %(group)s had no meeting %(number)s.")

    group: int
    number: int


@dataclass(eq=False)
class NoSuchCover(Missing):
    """Nobody paid for another under that number."""

    sentence = N_("There is no cover %(number)s in this group.")

    number: int


@dataclass(eq=False)
class GroupNeedsName(Refused):
    """A group is called something."""

    sentence = N_("Write the name of the group.")


@dataclass(eq=False)
class GroupEnded(Refused):
    """A group that ended does nothing more."""

    sentence = N_("Group %(name)s ended on %(on)s.")

    name: str
    on: date


@dataclass(eq=False)
class AnswersAlready(Refused):
    """One answers in one group."""

    sentence = N_(
        "%(name)s is in group %(group)s already. One answers in one group; leave that "
        "one first."
    )

    name: str
    group: str


@dataclass(eq=False)
class NoRights(Refused):
    """A group is of members who may borrow."""

    sentence = N_(
        "%(name)s is no member with full rights. Only who may borrow answers in a "
        "group."
    )

    name: str


@dataclass(eq=False)
class GroupFull(Refused):
    """A group has so many members at most."""

    sentence = N_(
        "By the by-laws a group has at most %(most)s members. Begin a second group."
    )

    most: int


@dataclass(eq=False)
class GroupTooSmall(Refused):
    """A group borrows when it has so many members."""

    sentence = N_(
        "Group %(name)s has %(count)s members; by the by-laws it borrows with "
        "%(least)s or more."
    )

    name: str
    count: int
    least: int


@dataclass(eq=False)
class NotOnRoster(Refused):
    """Who acts for a group belongs to it."""

    sentence = N_("%(name)s is not on the roster of group %(group)s.")

    name: str
    group: str


@dataclass(eq=False)
class LeaderStays(Refused):
    """A group is not without its leader."""

    sentence = N_("%(name)s leads the group. Choose another leader first.")

    name: str


@dataclass(eq=False)
class OwesInGroup(Refused):
    """Who owes on a loan of the group stays in it."""

    sentence = N_(
        "%(name)s still owes %(owed)s on loan %(loan)s of the group, and leaves when "
        "it is paid."
    )

    name: str
    owed: Money
    loan: int


@dataclass(eq=False)
class LeftBefore(Refused):
    """Nobody leaves before joining."""

    sentence = N_("%(name)s joined on %(on)s; choose that day or a later one.")

    name: str
    on: date


@dataclass(eq=False)
class LoansRun(Refused):
    """A group ends when its loans have ended."""

    sentence = N_("Group %(name)s still answers for loan %(loan)s.")

    name: str
    loan: int


@dataclass(eq=False)
class Frozen(Refused):
    """The members of a group that did not cover get no new loans."""

    sentence = N_(
        "Group %(name)s is frozen since %(on)s: %(why)s. Its members get new loans "
        "when what is late is paid and the freeze is lifted."
    )

    name: str
    on: date
    why: str


@dataclass(eq=False)
class FrozenAlready(Conflict):
    """A group is frozen once."""

    sentence = N_("Group %(name)s is frozen since %(on)s already.")

    name: str
    on: date


@dataclass(eq=False)
class NotFrozen(Conflict):
    """What is not frozen is not lifted."""

    sentence = N_("Group %(name)s is not frozen.")

    name: str


@dataclass(eq=False)
class LateStill(Refused):
    """A freeze is lifted when nothing is late."""

    sentence = N_(
        "%(late)s of the group's loans is still due. The freeze is lifted when that "
        "is paid."
    )

    late: Money


@dataclass(eq=False)
class NeedsGroup(Refused):
    """Some kinds of loans are for groups."""

    sentence = N_(
        "Loans of this kind are given to members of a group with joint liability. "
        "Apply from the page of the group, or choose another kind."
    )


@dataclass(eq=False)
class MetAlready(Refused):
    """A group meets once a day."""

    sentence = N_("The meeting of %(on)s is in the book already.")

    on: date


@dataclass(eq=False)
class NobodyCame(Refused):
    """A meeting has people."""

    sentence = N_("Mark who came; a meeting without anybody is none.")


@dataclass(eq=False)
class MetBeforeFounded(Refused):
    """A group meets from the day it was founded."""

    sentence = N_("Group %(name)s was founded on %(on)s; choose that day or later.")

    name: str
    on: date


@dataclass(eq=False)
class NotOfGroup(Refused):
    """A sheet takes in what is paid on the group's own loans."""

    sentence = N_("Group %(name)s does not answer for loan %(loan)s.")

    name: str
    loan: int


@dataclass(eq=False)
class CoversOwn(Refused):
    """Nobody covers their own loan: that is paying it."""

    sentence = N_("%(name)s pays their own loan; write it as paid, not as covered.")

    name: str


@dataclass(eq=False)
class CoversTooMuch(Refused):
    """The others cover what is due and not paid, and no more."""

    sentence = N_(
        "On loan %(loan)s %(due)s is due, of which %(paid)s is paid: at most %(most)s "
        "is covered by others."
    )

    loan: int
    due: Money
    paid: Money
    most: Money


@dataclass(eq=False)
class GaveBackTooMuch(Refused):
    """Nobody gives back more than another paid."""

    sentence = N_("%(left)s of it is left to give back.")

    left: Money


@dataclass(eq=False)
class FrozenStays(Refused):
    """Nobody leaves a group that did not cover."""

    sentence = N_(
        "Group %(name)s is frozen. Nobody leaves it until the freeze is lifted."
    )

    name: str


@dataclass(eq=False)
class LiftedBefore(Refused):
    """A freeze is lifted after it began."""

    sentence = N_("The group is frozen since %(began)s; choose that day or later.")

    began: date


@dataclass(eq=False)
class OwnGroup(Refused):
    """Nobody lifts the freeze of their own group."""

    sentence = N_(
        "You are on the roster of group %(name)s. Let another manager lift its freeze."
    )

    name: str


@dataclass(eq=False)
class GaveBackSince(Refused):
    """What was given back between members stands on what was paid."""

    sentence = N_(
        "%(sum)s of what was covered at this meeting was given back between the "
        "members already, so it stays. Post what was wrong as a new entry."
    )

    sum: Money


@dataclass(eq=False)
class GaveBackBefore(Refused):
    """Nobody gives back before another paid."""

    sentence = N_("It was paid on %(paid)s; choose that day or a later one.")

    paid: date
