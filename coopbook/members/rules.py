"""Who may be admitted, and what a doubtful identity number is warned about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.id import nik

from coopbook.errors import Missing, Refused
from coopbook.i18n import N_

NIK_DIGITS = 16


class MemberStatus(StrEnum):
    """Where a member stands, from candidate to settled."""

    PROSPECTIVE = "prospective"
    ACTIVE = "active"
    ASSOCIATE = "associate"
    SUSPENDED = "suspended"
    RESIGNED = "resigned"
    EXPELLED = "expelled"
    DECEASED = "deceased"
    SETTLED = "settled"


STATUS_NAMES = {
    MemberStatus.PROSPECTIVE: N_("Candidate"),
    MemberStatus.ACTIVE: N_("Active member"),
    MemberStatus.ASSOCIATE: N_("Associate member"),
    MemberStatus.SUSPENDED: N_("Suspended"),
    MemberStatus.RESIGNED: N_("Resigned"),
    MemberStatus.EXPELLED: N_("Expelled"),
    MemberStatus.DECEASED: N_("Deceased"),
    MemberStatus.SETTLED: N_("Left and settled"),
}


class Risk(StrEnum):
    """How closely a member's money is looked at."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


RISK_NAMES = {
    Risk.LOW: N_("Low"),
    Risk.MEDIUM: N_("Medium"),
    Risk.HIGH: N_("High"),
}


class Verdict(StrEnum):
    """What was found out about two members who look like one person."""

    SAME = "same"
    DIFFERENT = "different"


VERDICT_NAMES = {
    Verdict.SAME: N_("One person, entered twice"),
    Verdict.DIFFERENT: N_("Two different people"),
}


@dataclass(eq=False)
class NoSuchMember(Missing):
    """Nobody has that member number."""

    sentence = N_("There is no member %(number)s in this cooperative.")

    number: int


@dataclass(eq=False)
class NameNeeded(Refused):
    """A member has a name."""

    sentence = N_("Write the member's name as it stands on the identity card.")


@dataclass(eq=False)
class NotANumber(Refused):
    """An identity number is written in figures."""

    sentence = N_("Write %(field)s in figures only, as on the card.")

    field: str


@dataclass(eq=False)
class BornLater(Refused):
    """Nobody joins before being born."""

    sentence = N_("The date of birth %(born_on)s lies after %(on)s.")

    born_on: date
    on: date


def check_name(name: str) -> str:
    """Return a name with single blanks; refuse an empty one."""
    tidy = " ".join(name.split())
    if not tidy:
        raise NameNeeded
    return tidy


def tidy_number(number: str | None, field: str) -> str | None:
    """Return an identity number without blanks, dots and dashes, or ``None``.

    Raises ``NotANumber`` when letters remain.
    """
    if number is None or not number.strip():
        return None
    tidy = "".join(c for c in number if c not in " .-")
    if not (tidy.isascii() and tidy.isdigit()):
        raise NotANumber(field)
    return tidy


def doubts(national_id: str | None, born_on: date | None = None) -> list[str]:
    """Return what looks wrong about a NIK, in sentences; nothing here blocks.

    Source: the number's own structure, region, date of birth (women's day plus
    40) and serial. Its list of provinces is older than the newest provinces, so
    the region is not judged.

    >>> doubts("3201010101900001", date(1990, 1, 1))
    []
    >>> doubts("320101")
    ['A NIK has 16 figures.']
    """
    if national_id is None:
        return []
    if len(national_id) != NIK_DIGITS:
        return [N_("A NIK has 16 figures.")]
    found = []
    try:
        born = nik.get_birth_date(national_id)
    except Exception:  # stdnum raises several kinds of its own for a broken date
        return [N_("The date of birth inside the NIK is not a real date.")]
    if born_on is not None and (born.month, born.day) != (born_on.month, born_on.day):
        found.append(N_("The date of birth does not match the one inside the NIK."))
    if national_id.endswith("0000"):
        found.append(
            N_("The NIK ends in 0000; a spreadsheet may have cut its last figures.")
        )
    return found


def masked(number: str) -> str:
    """Return an identity number with its middle hidden.

    >>> masked("3201010101900001")
    '3201••••••••0001'
    """
    if len(number) <= 8:
        return "•" * len(number)
    return number[:4] + "•" * (len(number) - 8) + number[-4:]
