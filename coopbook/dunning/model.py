"""DunningStep, VillageConsent: what was done about a late loan, and said."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, within
from coopbook.db.types import WordColumn
from coopbook.dunning.rules import LateReason, StepKind
from coopbook.money import Money


class DunningStep(OfCooperative, Base):
    """One thing done about a late loan; stands for good.

    A promise has ``promised`` and ``promised_on``; a letter its number on paper
    (``label``), what was late (``arrears``), its ``deadline_on`` and who got a copy.
    What was written down by mistake is struck by a later step that says so
    (``strikes``).
    """

    __tablename__ = "dunning_step"
    __table_args__ = (
        within("loan_number", of="loan"),
        Index("ix_dunning_step_on", "cooperative_id", "step_on", "loan_number"),
    )

    loan_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[StepKind] = mapped_column(WordColumn(StepKind))
    step_on: Mapped[date]
    recorded_by: Mapped[str]
    met: Mapped[str]
    why: Mapped[LateReason | None] = mapped_column(WordColumn(LateReason))
    note: Mapped[str]
    promised_on: Mapped[date | None]
    promised: Mapped[Money | None]
    next_step: Mapped[str | None]
    next_on: Mapped[date | None]
    label: Mapped[str | None]
    arrears: Mapped[Money | None]
    deadline_on: Mapped[date | None]
    copies: Mapped[str | None]
    strikes: Mapped[int | None]


class VillageConsent(OfCooperative, Base):
    """That a borrower agreed in writing to the village's getting copies of letters.

    The board decided on it as well; it holds until it is withdrawn.
    """

    __tablename__ = "village_consent"
    __table_args__ = (
        within("loan_number", of="loan"),
        within("decision_number", of="decision"),
    )

    loan_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    consented_on: Mapped[date]
    paper: Mapped[str]
    decision_number: Mapped[int]
    recorded_by: Mapped[str]
    withdrawn_on: Mapped[date | None]
    withdrawn_by: Mapped[str | None]
