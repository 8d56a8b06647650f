"""YearClosing: a year that was closed, and the entries that did it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative, within


class YearClosing(OfCooperative, Base):
    """A closing of a year; it stands while ``reopened_on`` is empty.

    ``surplus`` is in rupiah, negative for a deficit.  ``decision_number`` is the
    members' decision that approved the year; after it the year stays closed.
    """

    __tablename__ = "year_closing"
    __table_args__ = (
        of_a_cooperative(),
        within("income_entry", of="entry"),
        within("expense_entry", of="entry"),
        within("surplus_entry", of="entry"),
        within("opening_entry", of="entry"),
        within("decision_number", of="decision"),
    )

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    closed_on: Mapped[date]
    closed_by: Mapped[str]
    surplus: Mapped[int]
    income_entry: Mapped[int | None]
    expense_entry: Mapped[int | None]
    surplus_entry: Mapped[int | None]
    opening_entry: Mapped[int | None]
    reopened_on: Mapped[date | None]
    decision_number: Mapped[int | None]

    @property
    def entries(self) -> list[int]:
        """The numbers of its entries, in the order they were posted."""
        found = (
            *(self.income_entry, self.expense_entry),
            *(self.surplus_entry, self.opening_entry),
        )
        return [number for number in found if number is not None]
