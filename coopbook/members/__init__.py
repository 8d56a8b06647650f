"""Members: who belongs to the cooperative, and since when."""

from coopbook.members.model import Member
from coopbook.members.queries import counts, member, normal_phone, register, search
from coopbook.members.rules import STATUS_NAMES, MemberStatus, doubts
from coopbook.members.service import activate, admit, correct, deactivate

__all__ = [
    "STATUS_NAMES",
    "Member",
    "MemberStatus",
    "activate",
    "admit",
    "correct",
    "counts",
    "deactivate",
    "doubts",
    "member",
    "normal_phone",
    "register",
    "search",
]
