"""Kin, households, heirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from coopbook.book import Book
from coopbook.errors import Missing, Refused
from coopbook.i18n import N_
from coopbook.members.model import (
    Beneficiary,
    Household,
    HouseholdMember,
    Kin,
    Member,
)
from coopbook.members.queries import normal_phone
from coopbook.members.relations import Relation, opposite
from coopbook.members.rules import check_name, tidy_number
from coopbook.members.sealing import seal_fields


@dataclass(eq=False)
class NoSuchKin(Missing):
    """The member has no such relation or heir on the page."""

    sentence = N_("Member %(member)s has no entry %(number)s there.")

    member: int
    number: int


@dataclass(eq=False)
class OwnKin(Refused):
    """Nobody is their own kin or heir."""

    sentence = N_("Choose somebody else: %(name)s is the member.")

    name: str


@dataclass(eq=False)
class TooMuchGiven(Refused):
    """The shares of the heirs are parts of a whole."""

    sentence = N_(
        "Give this heir between 1 and %(left)s percent; the others have the rest."
        " End another one first to give more."
    )

    left: int


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody seen from a member: what they are to them."""

    relation: Relation
    name: str
    member: Member | None
    number: int
    own: bool


def add_kin(
    book: Book,
    member: Member,
    relation: Relation,
    *,
    name: str = "",
    other: Member | None = None,
) -> Kin:
    """Write down what somebody is to a member, another member or a name.

    Raises ``OwnKin`` and ``NameNeeded``.
    """
    if other is not None and other.number == member.number:
        raise OwnKin(member.name)
    row = Kin(
        cooperative_id=book.cooperative_id,
        member_number=member.number,
        number=_next(book, Kin, member),
        relation=relation,
        name=other.name if other is not None else check_name(name),
        other_number=other.number if other is not None else None,
        ended_on=None,
    )
    book.session.add(row)
    book.session.flush()
    return row


def end_kin(book: Book, member: Member, number: int, *, on: date) -> Kin:
    """End a relation, after a divorce for instance; raise ``NoSuchKin``."""
    row = book.get(Kin, member.number, number)
    if row is None or row.ended_on is not None:
        raise NoSuchKin(member.number, number)
    row.ended_on = on
    book.session.flush()
    return row


def relatives(book: Book, member: Member) -> list[Relative]:
    """Return a member's kin, entered on either side."""
    rows = book.session.scalars(
        select(Kin)
        .where(Kin.cooperative_id == book.cooperative_id)
        .where(Kin.ended_on.is_(None))
        .where(
            or_(Kin.member_number == member.number, Kin.other_number == member.number)
        )
        .order_by(Kin.member_number, Kin.number)
    )
    found = []
    for row in rows:
        own = row.member_number == member.number
        number = row.other_number if own else row.member_number
        other = book.get(Member, number) if number is not None else None
        relation = row.relation if own else opposite(row.relation)
        name = other.name if other is not None else row.name
        found.append(Relative(relation, name, other, row.number, own))
    return found


# -- households --------------------------------------------------------------


def set_household(
    book: Book, member: Member, *, household: int | None = None, name: str = ""
) -> Household:
    """Put a member into a house that is there, or into a new one.

    Raises ``NoSuchKin`` for a house that is not there, ``NameNeeded`` for a new one
    without a name.
    """
    if household is None:
        last = book.session.scalar(
            select(func.max(Household.number)).where(
                Household.cooperative_id == book.cooperative_id
            )
        )
        house = Household(
            cooperative_id=book.cooperative_id,
            number=(last or 0) + 1,
            name=check_name(name),
        )
        book.session.add(house)
        book.session.flush()
    else:
        known = book.get(Household, household)
        if known is None:
            raise NoSuchKin(member.number, household)
        house = known
    row = book.get(HouseholdMember, member.number)
    if row is None:
        row = HouseholdMember(
            cooperative_id=book.cooperative_id,
            member_number=member.number,
            household_number=house.number,
        )
        book.session.add(row)
    else:
        row.household_number = house.number
    book.session.flush()
    return house


def household_of(book: Book, member: Member) -> tuple[Household, list[Member]] | None:
    """Return a member's house and everybody in it, if one was named."""
    row = book.get(HouseholdMember, member.number)
    if row is None:
        return None
    house = book.get(Household, row.household_number)
    assert house is not None
    people = book.session.scalars(
        select(Member)
        .join(
            HouseholdMember,
            (HouseholdMember.cooperative_id == Member.cooperative_id)
            & (HouseholdMember.member_number == Member.number),
        )
        .where(Member.cooperative_id == book.cooperative_id)
        .where(HouseholdMember.household_number == house.number)
        .order_by(Member.number)
    )
    return house, list(people)


# -- heirs -------------------------------------------------------------------


def add_beneficiary(
    book: Book,
    member: Member,
    name: str,
    *,
    relation: Relation,
    share: int,
    on: date,
    national_id: str | None = None,
    phone: str | None = None,
) -> Beneficiary:
    """Name who is to receive a share of a member's money on death, in percent.

    Raises ``NameNeeded``, ``TooMuchGiven`` and ``NotANumber``.
    """
    left = 100 - sum(one.share for one in beneficiaries(book, member))
    if not 1 <= share <= left:
        raise TooMuchGiven(max(left, 0))
    row = Beneficiary(
        cooperative_id=book.cooperative_id,
        member_number=member.number,
        number=_next(book, Beneficiary, member),
        relation=relation,
        name=check_name(name),
        share=share,
        added_on=on,
        ended_on=None,
    )
    seal_fields(
        book,
        row,
        national_id=tidy_number(national_id, "NIK"),
        phone=normal_phone(phone),
    )
    book.session.add(row)
    book.session.flush()
    return row


def end_beneficiary(book: Book, member: Member, number: int, *, on: date) -> None:
    """Let somebody be an heir no more; raise ``NoSuchKin``."""
    row = book.get(Beneficiary, member.number, number)
    if row is None or row.ended_on is not None:
        raise NoSuchKin(member.number, number)
    row.ended_on = on
    book.session.flush()


def beneficiaries(book: Book, member: Member) -> list[Beneficiary]:
    """Return a member's heirs, in the order they were named."""
    rows = (
        select(Beneficiary)
        .where(Beneficiary.cooperative_id == book.cooperative_id)
        .where(Beneficiary.member_number == member.number)
        .where(Beneficiary.ended_on.is_(None))
        .order_by(Beneficiary.number)
    )
    return list(book.session.scalars(rows))


def _next(book: Book, table: type[Kin] | type[Beneficiary], member: Member) -> int:
    last = book.session.scalar(
        select(func.max(table.number))
        .where(table.cooperative_id == book.cooperative_id)
        .where(table.member_number == member.number)
    )
    return (last or 0) + 1
