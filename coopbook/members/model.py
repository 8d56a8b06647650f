"""Member and what belongs to one: changes of standing, kin, household, heirs."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, object_session

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative, within
from coopbook.db.types import WordColumn
from coopbook.members.relations import Relation
from coopbook.members.rules import MemberStatus, Risk, Verdict, masked

SEALED = ("national_id", "family_card_no", "passport_no", "phone")


def sealed() -> Mapped[str | None]:
    """Return a column whose text is sealed; the chain holds its commitment."""
    return mapped_column(info={"chain": "sealed"})


def place_of(row: Any, field: str) -> str:
    """Return the place a sealed field of a row is bound to: ``1/member/5/phone``."""
    table = row.__table__
    keys = [str(getattr(row, c.key)) for c in table.primary_key][1:]
    return f"{row.cooperative_id}/{table.name}/{'/'.join(keys)}/{field}_sealed"


def opened(row: Any, field: str) -> str | None:
    """Open a sealed field of a row; nothing where it is empty or no secret lies."""
    token, session = getattr(row, f"{field}_sealed"), object_session(row)
    if token is None or session is None or session.info["book"].vault is None:
        return None
    return str(session.info["book"].vault.open(token, place_of(row, field)))


class Member(OfCooperative, Base):
    """A member of the cooperative, by number as printed in the passbook.

    ``region_code`` is the district's, ``32.12.16``; ``village_code`` the village's
    ten figures where somebody knows them.
    """

    __tablename__ = "member"
    __table_args__ = (
        of_a_cooperative(),
        Index("ix_member_national_id", "cooperative_id", "national_id_index"),
        Index("ix_member_phone", "cooperative_id", "phone_index"),
        Index("ix_member_family_card", "cooperative_id", "family_card_no_index"),
        Index("ix_member_hamlet", "cooperative_id", "hamlet", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    status: Mapped[MemberStatus] = mapped_column(WordColumn(MemberStatus))
    joined_on: Mapped[date]
    active_on: Mapped[date | None]
    born_on: Mapped[date | None]
    address: Mapped[str]
    village: Mapped[str]
    reference: Mapped[str]
    national_id_sealed: Mapped[str | None] = sealed()
    national_id_index: Mapped[str | None]
    family_card_no_sealed: Mapped[str | None] = sealed()
    passport_no_sealed: Mapped[str | None] = sealed()
    phone_sealed: Mapped[str | None] = sealed()
    phone_index: Mapped[str | None]
    family_card_no_index: Mapped[str | None]
    occupation: Mapped[str | None]
    hamlet: Mapped[str | None]
    region_code: Mapped[str | None]
    village_code: Mapped[str | None]
    risk: Mapped[Risk | None] = mapped_column(WordColumn(Risk))
    source_of_funds: Mapped[str | None]

    @property
    def national_id(self) -> str | None:
        """The NIK, opened; show it masked unless somebody asks for a reason."""
        return opened(self, "national_id")

    @property
    def family_card_no(self) -> str | None:
        """The number of the family card, opened."""
        return opened(self, "family_card_no")

    @property
    def passport_no(self) -> str | None:
        """The number of the passport, opened."""
        return opened(self, "passport_no")

    @property
    def phone(self) -> str | None:
        """The telephone number in international form, opened."""
        return opened(self, "phone")

    @property
    def masked_national_id(self) -> str | None:
        """The NIK with its middle hidden."""
        opened = self.national_id
        return masked(opened) if opened else None


class MemberChange(OfCooperative, Base):
    """A change of a member's standing: when, to what, decided by whom, and why."""

    __tablename__ = "member_change"
    __table_args__ = (
        within("member_number", of="member"),
        within("decision_number", of="decision"),
    )

    member_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    status: Mapped[MemberStatus] = mapped_column(WordColumn(MemberStatus))
    changed_on: Mapped[date]
    until: Mapped[date | None]
    decision_number: Mapped[int | None]
    reason: Mapped[str]


class Household(OfCooperative, Base):
    """A house whose people share a kitchen; members of one are related parties."""

    __tablename__ = "household"
    __table_args__ = (of_a_cooperative(),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]


class HouseholdMember(OfCooperative, Base):
    """The house a member lives in, until another is named."""

    __tablename__ = "household_member"
    __table_args__ = (
        within("member_number", of="member"),
        within("household_number", of="household"),
        Index("ix_household_member", "cooperative_id", "household_number"),
    )

    member_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    household_number: Mapped[int]


class Kin(OfCooperative, Base):
    """Somebody who is something to a member, a member too where ``other`` is named."""

    __tablename__ = "kin"
    __table_args__ = (
        within("member_number", of="member"),
        within("other_number", of="member"),
        Index("ix_kin_other", "cooperative_id", "other_number"),
    )

    member_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    relation: Mapped[Relation] = mapped_column(WordColumn(Relation))
    name: Mapped[str]
    other_number: Mapped[int | None]
    ended_on: Mapped[date | None]


class Beneficiary(OfCooperative, Base):
    """Who is to receive a member's money on death; the shares add up to 100."""

    __tablename__ = "beneficiary"
    __table_args__ = (
        within("member_number", of="member"),
        CheckConstraint("share BETWEEN 1 AND 100", name="share"),
    )

    member_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    relation: Mapped[Relation] = mapped_column(WordColumn(Relation))
    name: Mapped[str]
    share: Mapped[int]
    phone_sealed: Mapped[str | None] = sealed()
    national_id_sealed: Mapped[str | None] = sealed()
    added_on: Mapped[date]
    ended_on: Mapped[date | None]

    @property
    def phone(self) -> str | None:
        """The telephone number, opened."""
        return opened(self, "phone")

    @property
    def masked_national_id(self) -> str | None:
        """The NIK with its middle hidden."""
        number = opened(self, "national_id")
        return masked(number) if number else None


class SamePerson(OfCooperative, Base):
    """What somebody found out about two members who look like one person.

    Both rows stay; ``member_number`` is the smaller.
    """

    __tablename__ = "same_person"
    __table_args__ = (
        within("member_number", of="member"),
        within("other_number", of="member"),
        CheckConstraint("member_number < other_number", name="order"),
    )

    member_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    other_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    verdict: Mapped[Verdict] = mapped_column(WordColumn(Verdict))
    found_on: Mapped[date]
    reason: Mapped[str]
