"""Members: who belongs to the cooperative, since when, and who is theirs."""

from coopbook.members.changing import (
    change_standing,
    history,
    is_accepted,
    overdue_suspensions,
)
from coopbook.members.doubles import Double, doubles, judge, look_alikes, same_as
from coopbook.members.family import (
    Relative,
    add_beneficiary,
    add_kin,
    beneficiaries,
    end_beneficiary,
    end_kin,
    household_of,
    relatives,
    set_household,
)
from coopbook.members.listing import BookRow, book_of_members
from coopbook.members.model import (
    Beneficiary,
    Household,
    Kin,
    Member,
    MemberChange,
    SamePerson,
)
from coopbook.members.queries import (
    counts,
    hamlets,
    member,
    names_of,
    normal_phone,
    register,
    search,
)
from coopbook.members.relations import RELATION_NAMES, Relation
from coopbook.members.rules import (
    RISK_NAMES,
    STATUS_NAMES,
    VERDICT_NAMES,
    MemberStatus,
    Risk,
    Verdict,
    doubts,
)
from coopbook.members.service import activate, admit, correct, deactivate, readmit
from coopbook.members.standing import LEFT, rights
from coopbook.members.ties import Tie, ties

__all__ = [
    "LEFT",
    "RELATION_NAMES",
    "RISK_NAMES",
    "STATUS_NAMES",
    "VERDICT_NAMES",
    "Beneficiary",
    "BookRow",
    "Double",
    "Household",
    "Kin",
    "Member",
    "MemberChange",
    "MemberStatus",
    "Relation",
    "Relative",
    "Risk",
    "SamePerson",
    "Tie",
    "Verdict",
    "activate",
    "add_beneficiary",
    "add_kin",
    "admit",
    "beneficiaries",
    "book_of_members",
    "change_standing",
    "correct",
    "counts",
    "deactivate",
    "doubles",
    "doubts",
    "end_beneficiary",
    "end_kin",
    "hamlets",
    "history",
    "household_of",
    "is_accepted",
    "judge",
    "look_alikes",
    "member",
    "names_of",
    "normal_phone",
    "overdue_suspensions",
    "readmit",
    "register",
    "relatives",
    "rights",
    "same_as",
    "search",
    "set_household",
    "ties",
]
