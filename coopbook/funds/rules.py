"""What the funds of the surplus may be used for, and what refuses a use (pure).

Education, social and development funds come from the surplus by decision of the members
and are used for what they are named after.  Source: UU 25/1992 article 45; accounts of
the domain guide 5.7.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.money import Money

EDUCATION, SOCIAL, DEVELOPMENT = 21501, 21502, 21503
LONGEST = 120


class FundUseKind(StrEnum):
    """What money of a fund was used for."""

    SCHOOLING = "schooling"
    TRAINING = "training"
    RELIEF_DEATH = "relief_death"
    RELIEF_DISASTER = "relief_disaster"
    RELIEF_ILLNESS = "relief_illness"
    GATHERING = "gathering"
    NEIGHBOURHOOD = "neighbourhood"


KIND_NAMES = {
    FundUseKind.SCHOOLING: N_("School costs of a child"),
    FundUseKind.TRAINING: N_("Training of members or officers"),
    FundUseKind.RELIEF_DEATH: N_("Relief when a member died"),
    FundUseKind.RELIEF_DISASTER: N_("Relief after a disaster"),
    FundUseKind.RELIEF_ILLNESS: N_("Relief in illness"),
    FundUseKind.GATHERING: N_("Gathering or gift of the cooperative"),
    FundUseKind.NEIGHBOURHOOD: N_("Work in the neighbourhood"),
}

MEMOS = {
    FundUseKind.SCHOOLING: "biaya sekolah anak",
    FundUseKind.TRAINING: "pelatihan anggota atau pengurus",
    FundUseKind.RELIEF_DEATH: "santunan kematian anggota",
    FundUseKind.RELIEF_DISASTER: "santunan bencana",
    FundUseKind.RELIEF_ILLNESS: "santunan sakit",
    FundUseKind.GATHERING: "pertemuan atau bingkisan koperasi",
    FundUseKind.NEIGHBOURHOOD: "pembangunan lingkungan",
}
"""What stands on the entries: the language of the book's papers."""

USES = {
    EDUCATION: (FundUseKind.SCHOOLING, FundUseKind.TRAINING),
    SOCIAL: (
        *(FundUseKind.RELIEF_DEATH, FundUseKind.RELIEF_DISASTER),
        *(FundUseKind.RELIEF_ILLNESS, FundUseKind.GATHERING),
    ),
    DEVELOPMENT: (FundUseKind.NEIGHBOURHOOD,),
}
"""Which fund is used for what."""

OF_A_MEMBER = frozenset(
    {
        *(FundUseKind.SCHOOLING, FundUseKind.RELIEF_DEATH),
        *(FundUseKind.RELIEF_DISASTER, FundUseKind.RELIEF_ILLNESS),
    }
)
"""Uses that are for a member's household, so the member is named."""


@dataclass(eq=False)
class FundTooSmall(Refused):
    """A fund is not overdrawn."""

    sentence = N_(
        "From %(day)s on the fund holds %(held)s at its least; %(asked)s is more. Use"
        " less, or let the members put more into it from the next surplus."
    )

    held: Money
    asked: Money
    day: date


@dataclass(eq=False)
class MemberNeeded(Refused):
    """Who was helped is on the register."""

    sentence = N_("Name the member whose household this is for, by number.")


@dataclass(eq=False)
class BeneficiaryNeeded(Refused):
    """A use of a fund says for whom it was."""

    sentence = N_(
        "Write for whom it is in %(longest)s characters at most: the second child's"
        " school, the widow, the training in Melati."
    )

    longest: int = LONGEST


@dataclass(eq=False)
class NotDeceased(Refused):
    """Relief on death follows a death that is in the register."""

    sentence = N_(
        "Member %(member)s is not written down as deceased. Write down the death first;"
        " relief is then paid to the family."
    )

    member: int


@dataclass(eq=False)
class ReliefTwice(Refused):
    """Relief on a death is paid once."""

    sentence = N_(
        "Relief for the death of member %(member)s was paid already, with %(voucher)s."
    )

    member: int
    voucher: str


def fund_of(kind: FundUseKind) -> int:
    """Return the fund a use is paid from.

    >>> fund_of(FundUseKind.RELIEF_DEATH)
    21502
    """
    return next(fund for fund, kinds in USES.items() if kind in kinds)


def check_whom(words: str) -> str:
    """Return for whom a use is, without extra blanks; raise ``BeneficiaryNeeded``."""
    tidy = " ".join(words.split())
    if not tidy or len(tidy) > LONGEST:
        raise BeneficiaryNeeded
    return tidy
