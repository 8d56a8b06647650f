"""Who may decide, and what papers a cooperative has to have in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coopbook.errors import Missing, Refused
from coopbook.i18n import N_


class DecisionBody(StrEnum):
    """Who took a decision."""

    MEMBERS = "members"
    BOARD = "board"
    SUPERVISORS = "supervisors"


BODY_NAMES = {
    DecisionBody.MEMBERS: N_("Members' meeting"),
    DecisionBody.BOARD: N_("Board"),
    DecisionBody.SUPERVISORS: N_("Supervisors"),
}
SERIES = {
    DecisionBody.MEMBERS: "RA",
    DecisionBody.BOARD: "PENGURUS",
    DecisionBody.SUPERVISORS: "PENGAWAS",
}
"""How decisions are numbered on paper: ``RA-2026-003``."""

LONGEST_REMINDER = 730


class DocumentKind(StrEnum):
    """A paper by which the cooperative itself exists or is allowed something."""

    BYLAWS = "bylaws"
    DEED = "deed"
    APPROVAL = "approval"
    REGISTRATION = "registration"
    LICENCE = "licence"
    TAX = "tax"
    VILLAGE = "village"
    AGREEMENT = "agreement"
    INSURANCE = "insurance"
    OTHER = "other"


DOCUMENT_NAMES = {
    DocumentKind.BYLAWS: N_("Articles and by-laws (AD/ART)"),
    DocumentKind.DEED: N_("Deed of foundation"),
    DocumentKind.APPROVAL: N_("Approval as a legal person"),
    DocumentKind.REGISTRATION: N_("Registration number of the cooperative (NIK)"),
    DocumentKind.LICENCE: N_("Licence for savings and loans"),
    DocumentKind.TAX: N_("Tax number (NPWP)"),
    DocumentKind.VILLAGE: N_("Village decree"),
    DocumentKind.AGREEMENT: N_("Agreement"),
    DocumentKind.INSURANCE: N_("Insurance policy"),
    DocumentKind.OTHER: N_("Other paper"),
}


class DocumentState(StrEnum):
    """How long a document still holds."""

    IN_FORCE = "in_force"
    ENDS_SOON = "ends_soon"
    EXPIRED = "expired"
    REPLACED = "replaced"


STATE_NAMES = {
    DocumentState.IN_FORCE: N_("in force"),
    DocumentState.ENDS_SOON: N_("ends soon"),
    DocumentState.EXPIRED: N_("expired"),
    DocumentState.REPLACED: N_("replaced"),
}


@dataclass(eq=False)
class NoSuchDecision(Missing):
    """There is no decision of that number."""

    sentence = N_("There is no decision %(number)s.")

    number: int


@dataclass(eq=False)
class NoSuchDocument(Missing):
    """There is no document of that number."""

    sentence = N_("There is no document %(number)s in the register.")

    number: int


@dataclass(eq=False)
class DecisionEmpty(Refused):
    """A decision has a subject and says what was decided."""

    sentence = N_("Write what was decided, and a short title for it.")


@dataclass(eq=False)
class DecidedByMeeting(Refused):
    """What the members decide is voted in their meeting."""

    sentence = N_(
        "A decision of the members is made by a motion in a meeting. "
        "Open the meeting and put the motion there."
    )


@dataclass(eq=False)
class DocumentEmpty(Refused):
    """A document has a name by which people know it."""

    sentence = N_("Write what the paper is called, such as the heading on it.")


@dataclass(eq=False)
class ReplacedAlready(Refused):
    """A document is replaced once; the newest is the one to replace."""

    sentence = N_("Document %(number)s was replaced already. Replace %(by)s instead.")

    number: int
    by: int


@dataclass(eq=False)
class RemindsLate(Refused):
    """People are reminded before a paper ends, and not years before."""

    sentence = N_("Write how many days before its end to remind, from 0 to %(most)s.")

    most: int


@dataclass(eq=False)
class EndsBeforeItBegins(Refused):
    """A document cannot end before it was issued."""

    sentence = N_("A paper issued on %(issued_on)s cannot end on %(expires_on)s.")

    issued_on: date
    expires_on: date


def state_of(
    expires_on: date | None, remind_days: int, on: date, *, replaced: bool = False
) -> DocumentState:
    """Say how a document stands on a day; the day it expires on it still holds.

    >>> state_of(date(2026, 3, 31), 30, date(2026, 3, 31)).value
    'ends_soon'
    >>> state_of(date(2026, 3, 31), 30, date(2026, 4, 1)).value
    'expired'
    """
    if replaced:
        return DocumentState.REPLACED
    if expires_on is None:
        return DocumentState.IN_FORCE
    left = (expires_on - on).days
    if left < 0:
        return DocumentState.EXPIRED
    return DocumentState.ENDS_SOON if left <= remind_days else DocumentState.IN_FORCE
