"""Who is a related party: officers, their house, their kin."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from coopbook.book import Book
from coopbook.members.family import household_of, relatives
from coopbook.members.model import Member
from coopbook.members.relations import RELATED, Relation
from coopbook.people.model import Holding, User
from coopbook.people.rules import Role

OFFICES = (Role.MANAGER, Role.SUPERVISOR, Role.TREASURER)
"""Whose own loans and whose kin's are loans to related parties."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Why a member is a related party: through whom, and how."""

    officer: str
    role: Role
    through: Relation | None
    household: bool


# -- kin ---------------------------------------------------------------------


def ties(book: Book, member: Member) -> list[Tie]:
    """Say why a member is a related party: an officer, of one's house, or kin of one.

    Source: Permenkop 8/2023 on loans to the board and supervisors [secondary]; kin
    and household as ``relations.RELATED`` has them.
    """
    officers = {
        number: (name, role)
        for number, name, role in book.session.execute(
            select(User.member_number, User.full_name, Holding.role)
            .join(
                Holding,
                (Holding.cooperative_id == User.cooperative_id)
                & (Holding.user_name == User.name),
            )
            .where(User.cooperative_id == book.cooperative_id)
            .where(User.member_number.is_not(None))
            .where(Holding.role.in_(OFFICES))
            .where(Holding.ended_on.is_(None))
            .order_by(Holding.role.desc())
        )
    }
    found = []
    if member.number in officers:
        found.append(Tie(*officers[member.number], None, household=False))
    house = household_of(book, member)
    for other in house[1] if house else []:
        if other.number in officers and other.number != member.number:
            found.append(Tie(*officers[other.number], None, household=True))
    for one in relatives(book, member):
        if one.member and one.member.number in officers and one.relation in RELATED:
            found.append(
                Tie(*officers[one.member.number], one.relation, household=False)
            )
    return found
