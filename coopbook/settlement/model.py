"""Settlement: what a membership comes to at its end, and who receives it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, within
from coopbook.db.types import WordColumn
from coopbook.members.model import opened, sealed
from coopbook.members.relations import Relation
from coopbook.members.rules import MemberStatus, masked
from coopbook.money import Money
from coopbook.settlement.rules import SettlementState


class Settlement(OfCooperative, Base):
    """The end of a membership, from the day it was frozen to the last rupiah.

    ``cause`` is the status of the leaver.  ``net`` is what is left after debts were
    set off: what is to be paid, or, negative, a claim that stays.
    """

    __tablename__ = "settlement"
    __table_args__ = (
        within("member_number", of="member"),
        within("decision_number", of="decision"),
        within("entry_number", of="entry"),
        Index("ix_settlement_member", "cooperative_id", "member_number", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_number: Mapped[int]
    cause: Mapped[MemberStatus] = mapped_column(WordColumn(MemberStatus))
    begun_on: Mapped[date]
    decision_number: Mapped[int | None]
    reason: Mapped[str]
    state: Mapped[SettlementState] = mapped_column(WordColumn(SettlementState))
    settled_on: Mapped[date | None]
    entry_number: Mapped[int | None]
    net: Mapped[Money | None]


class Payee(OfCooperative, Base):
    """Who receives a share of a settlement, on which papers, and by which entry.

    ``void`` when the settlement was reversed before it was paid.
    """

    __tablename__ = "payee"
    __table_args__ = (
        within("settlement_number", of="settlement"),
        within("entry_number", of="entry"),
    )

    settlement_number: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    relation: Mapped[Relation | None] = mapped_column(WordColumn(Relation))
    national_id_sealed: Mapped[str | None] = sealed()
    papers: Mapped[str]
    amount: Mapped[Money]
    entry_number: Mapped[int | None]
    void: Mapped[bool]

    @property
    def masked_national_id(self) -> str | None:
        """The NIK with its middle hidden."""
        number = opened(self, "national_id")
        return masked(number) if number else None
