"""What a setting is: its name, its subject, what it counts, where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coopbook.i18n import N_


class Unit(StrEnum):
    """What the figure of a setting counts."""

    RUPIAH = "rupiah"
    PERCENT = "percent"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    SHARE = "share"
    YES_NO = "yes_no"
    WEEKDAY = "weekday"
    COUNT = "count"
    CHOICE = "choice"
    NUMBER = "number"


class Group(StrEnum):
    """What a setting is about."""

    SAVINGS = "savings"
    MEMBERS = "members"
    LOANS = "loans"
    MEETINGS = "meetings"
    DESKS = "desks"
    BAD_DEBTS = "bad_debts"
    COLLECTING = "collecting"
    HEALTH = "health"
    LAW = "law"


GROUP_NAMES = {
    Group.SAVINGS: N_("Shares and savings"),
    Group.MEMBERS: N_("Members"),
    Group.LOANS: N_("Loans"),
    Group.MEETINGS: N_("Meetings"),
    Group.DESKS: N_("The desks"),
    Group.BAD_DEBTS: N_("Bad debts"),
    Group.COLLECTING: N_("Collecting"),
    Group.HEALTH: N_("Health"),
    Group.LAW: N_("Law and tax"),
}

MOST = {
    Unit.RUPIAH: 10**15,
    Unit.PERCENT: 100,
    Unit.DAYS: 3_660,
    Unit.MONTHS: 600,
    Unit.YEARS: 120,
    Unit.YES_NO: 1,
    Unit.WEEKDAY: 7,
    Unit.COUNT: 1_000,
    Unit.CHOICE: 99,
    Unit.NUMBER: 10**9,
}
"""The largest figure that makes sense of each unit but a share."""


@dataclass(frozen=True, slots=True)
class Standard:
    """A setting's name, what it says and in what, its first value and the source.

    A value that is no whole number is a share with its comparison: ``>1/2``.  That of
    a choice is the place of one of ``choices``, counted from zero.
    """

    name: str
    title: str
    group: Group
    unit: Unit
    value: int | str
    source: str
    least: int = 0
    choices: tuple[str, ...] = ()


BY_LAWS = N_("set by the cooperative")
LENDING = N_("Permenkop 8/2023 on lending limits, from secondary sources")
MODEL_BY_LAWS = N_("usual in model by-laws; look it up in your own")
CUSTOM = N_("usual practice; no regulation was found")
"""Sources that several settings have."""
