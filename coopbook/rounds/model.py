"""DueList, LoanRound: a list that was taken along, and what came back of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative, within
from coopbook.money import Money


class DueList(OfCooperative, Base):
    """A list of what is due by a day, as it was printed; stands for good.

    ``hamlet`` and ``officer`` say of whom, where it is not of everybody.
    """

    __tablename__ = "due_list"
    __table_args__ = (of_a_cooperative(),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    due_by: Mapped[date]
    hamlet: Mapped[str | None]
    officer: Mapped[str | None]
    made_on: Mapped[date]
    made_by: Mapped[str]


class DueListRow(OfCooperative, Base):
    """A row of a list: a loan, and what was due on it."""

    __tablename__ = "due_list_row"
    __table_args__ = (
        within("list_number", of="due_list"),
        within("loan_number", of="loan"),
    )

    list_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    loan_number: Mapped[int]
    due: Mapped[Money]
    arrears: Mapped[Money]
    days_late: Mapped[int]


class LoanRound(OfCooperative, Base):
    """A round that was posted: who collected it, and the total on the paper."""

    __tablename__ = "loan_round"
    __table_args__ = (
        within("entry_number", of="entry"),
        within("list_number", of="due_list"),
    )

    entry_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    list_number: Mapped[int]
    collector: Mapped[str]
    control: Mapped[Money]
    payers: Mapped[int]
