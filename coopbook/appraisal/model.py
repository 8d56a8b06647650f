"""LoanAppraisal: what an officer found before anybody decides."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.appraisal.rules import Judgement, Recommendation
from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, within
from coopbook.db.types import WordColumn
from coopbook.money import Money


class LoanAppraisal(OfCooperative, Base):
    """An appraisal of an application; stands for good, a later one takes its place.

    ``income``, ``expenses`` and ``other_debts`` are those of the household in a month;
    the five judgements are the five C.
    """

    __tablename__ = "loan_appraisal"
    __table_args__ = (within("loan_number", of="loan"),)

    loan_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    appraised_on: Mapped[date]
    appraised_by: Mapped[str]
    visited_on: Mapped[date | None]
    business: Mapped[str]
    dependants: Mapped[int | None]
    income: Mapped[Money]
    expenses: Mapped[Money]
    other_debts: Mapped[Money]
    of_character: Mapped[Judgement] = mapped_column(WordColumn(Judgement))
    of_capacity: Mapped[Judgement] = mapped_column(WordColumn(Judgement))
    of_capital: Mapped[Judgement] = mapped_column(WordColumn(Judgement))
    of_collateral: Mapped[Judgement] = mapped_column(WordColumn(Judgement))
    of_conditions: Mapped[Judgement] = mapped_column(WordColumn(Judgement))
    recommends: Mapped[Recommendation] = mapped_column(WordColumn(Recommendation))
    amount: Mapped[Money | None]
    note: Mapped[str]
