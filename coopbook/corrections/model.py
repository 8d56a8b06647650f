"""ProposedAdjustment, ProposedLine: what an auditor would correct in a year."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.corrections.rules import AdjustmentState
from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative, within
from coopbook.db.types import WordColumn
from coopbook.money import Money


class ProposedAdjustment(OfCooperative, Base):
    """A correction of a year, on the list until somebody else books or declines it.

    ``entry_number`` is empty where nothing was to post: a correction within the income
    of a year that the members approved changes only what stands beside later years.
    """

    __tablename__ = "proposed_adjustment"
    __table_args__ = (of_a_cooperative(), within("entry_number", of="entry"))

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    year: Mapped[int]
    finding: Mapped[str]
    proposed_on: Mapped[date]
    proposed_by: Mapped[str]
    state: Mapped[AdjustmentState] = mapped_column(WordColumn(AdjustmentState))
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None]
    reason: Mapped[str]
    entry_number: Mapped[int | None]

    @property
    def entries(self) -> list[int]:
        """The number of its entry, where one was posted."""
        return [self.entry_number] if self.entry_number is not None else []


class ProposedLine(OfCooperative, Base):
    """One line of a proposed adjustment, as it would have stood in its own year."""

    __tablename__ = "proposed_line"
    __table_args__ = (
        within("adjustment_number", of="proposed_adjustment", to=("number",)),
        within("account_number", of="account"),
    )

    adjustment_number: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_number: Mapped[int]
    debit: Mapped[Money]
    credit: Mapped[Money]
