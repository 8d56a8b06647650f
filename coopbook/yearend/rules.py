"""Why a year cannot be closed or opened again, and what would work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopbook.errors import Conflict, Refused
from coopbook.i18n import N_, Word
from coopbook.money import Money


@dataclass(eq=False)
class YearNotOver(Refused):
    """A year is closed when it is over."""

    sentence = N_("%(year)s is not over. It can be closed from %(over)s.")

    year: int
    over: date


@dataclass(eq=False)
class YearBeforeBook(Refused):
    """Years before the book are in the older books."""

    sentence = N_("This book begins in %(first)s; close that year or a later one.")

    first: int


@dataclass(eq=False)
class EarlierYearOpen(Refused):
    """Years are closed in their order."""

    sentence = N_("Close %(year)s first; years are closed in their order.")

    year: int


@dataclass(eq=False)
class YearAlreadyClosed(Conflict):
    """The year is closed."""

    sentence = N_("%(year)s is already closed.")

    year: int


@dataclass(eq=False)
class YearNotClosed(Refused):
    """The year is open."""

    sentence = N_("%(year)s is not closed. Close it first.")

    year: int


@dataclass(eq=False)
class LaterYearClosed(Refused):
    """Years are opened again in the opposite order."""

    sentence = N_("Reopen %(year)s first; the last closed year is reopened first.")

    year: int


@dataclass(eq=False)
class NotInOrder(Refused):
    """Something of the check list is not in order."""

    sentence = N_(
        "%(year)s cannot be closed yet. Not in order: %(what)s. Put it right first; the"
        " check list shows where."
    )

    year: int
    what: Word


@dataclass(eq=False)
class SuspenseLeft(Refused):
    """A year is not closed over money nobody explained."""

    sentence = N_(
        "%(amount)s still lies in suspense or between units. Say where it belongs, then"
        " close %(year)s."
    )

    year: int
    amount: Money


@dataclass(eq=False)
class ChainBroken(Refused):
    """A year is not closed over a book that was tampered with."""

    sentence = N_(
        "The book does not check: %(told)s Do not close %(year)s; call the supervisors"
        " and run coopbook verify."
    )

    year: int
    told: Word


@dataclass(eq=False)
class YearApproved(Refused):
    """What the members' meeting approved is not changed under it."""

    sentence = N_(
        "The members approved %(year)s with decision %(decision)s, so it stays closed."
        " Post a correction of an earlier year in the year that is open."
    )

    year: int
    decision: str


@dataclass(eq=False)
class PartOfClosing(Refused):
    """An entry of a closing is not taken back alone."""

    sentence = N_(
        "%(voucher)s closes %(year)s and is not reversed alone. Ask to reopen the year;"
        " then all its entries are taken back together."
    )

    voucher: str
    year: int


@dataclass(eq=False)
class DecisionOfMembers(Refused):
    """Only the members' meeting approves a year and hands its surplus out."""

    sentence = N_(
        "Decision %(decision)s was not taken by the members' meeting. Only the meeting"
        " decides on the year and its surplus."
    )

    decision: str


@dataclass(eq=False)
class DecidedBeforeYearEnd(Refused):
    """Nobody approves a year that is not over."""

    sentence = N_(
        "Decision %(decision)s is of %(on)s, before the end of %(year)s. Name the one"
        " that approved the year."
    )

    decision: str
    on: date
    year: int
