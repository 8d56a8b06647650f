"""LoanGuarantor, Collateral: what stands behind a loan."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, within
from coopbook.db.types import WordColumn
from coopbook.money import Money
from coopbook.security.rules import CollateralKind


class LoanGuarantor(OfCooperative, Base):
    """Somebody who answers for a part of a loan: a member, or an outsider by name.

    ``hold_number`` is the hold on a member's savings, where there is one.
    """

    __tablename__ = "loan_guarantor"
    __table_args__ = (
        within("loan_number", of="loan"),
        within("member_number", of="member"),
        within("hold_number", of="savings_hold"),
        Index("ix_loan_guarantor_member", "cooperative_id", "member_number"),
    )

    loan_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_number: Mapped[int | None]
    name: Mapped[str]
    relation: Mapped[str]
    amount: Mapped[Money]
    hold_number: Mapped[int | None]
    agreed_on: Mapped[date]
    recorded_by: Mapped[str]
    released_on: Mapped[date | None]
    release_note: Mapped[str | None]


class Collateral(OfCooperative, Base):
    """A thing that secures a loan, and where its paper is kept.

    ``value`` is what it was appraised at, ``accepted`` what of it counts as cover.
    """

    __tablename__ = "collateral"
    __table_args__ = (
        within("loan_number", of="loan"),
        Index("ix_collateral_loan", "cooperative_id", "loan_number"),
        Index("ix_collateral_document", "cooperative_id", "document"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    loan_number: Mapped[int]
    kind: Mapped[CollateralKind] = mapped_column(WordColumn(CollateralKind))
    description: Mapped[str]
    document: Mapped[str]
    owner: Mapped[str]
    relation: Mapped[str]
    value: Mapped[Money]
    accepted: Mapped[Money]
    appraised_on: Mapped[date]
    appraised_by: Mapped[str]
    kept_where: Mapped[str]
    received_on: Mapped[date]
    received_by: Mapped[str]
    insured_until: Mapped[date | None]
    released_on: Mapped[date | None]
    released_to: Mapped[str | None]
    released_by: Mapped[str | None]
    release_note: Mapped[str | None]
