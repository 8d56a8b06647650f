"""YearClosing, YearText: how a year was closed, and what is said of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative, within
from coopbook.db.types import WordColumn
from coopbook.i18n import N_


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


class TextSubject(StrEnum):
    """What a text about a year is."""

    BOARD = "board"
    SUPERVISORS = "supervisors"
    PLAN = "plan"
    NOTES = "notes"


TEXT_NAMES = {
    TextSubject.BOARD: N_("Report of the board"),
    TextSubject.SUPERVISORS: N_("Report of the supervisors"),
    TextSubject.PLAN: N_("Plan of work"),
    TextSubject.NOTES: N_("Events after the year, and what may still come"),
}


class YearText(OfCooperative, Base):
    """What somebody says of a year in their own words; the last on a subject counts."""

    __tablename__ = "year_text"
    __table_args__ = (of_a_cooperative(),)

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    subject: Mapped[TextSubject] = mapped_column(WordColumn(TextSubject))
    body: Mapped[str]
    written_on: Mapped[date]
    written_by: Mapped[str]
