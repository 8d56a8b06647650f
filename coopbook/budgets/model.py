"""BudgetLine: what an account is planned to come to in a year."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, within
from coopbook.money import Money


class BudgetLine(OfCooperative, Base):
    """A planned amount, on the side where the account grows; the last counts."""

    __tablename__ = "budget_line"
    __table_args__ = (within("account_number", of="account"),)

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    amount: Mapped[Money]
    set_on: Mapped[date]
    set_by: Mapped[str]
