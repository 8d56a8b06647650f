"""StandingOrder: pay a loan's dues out of savings, month after month."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, within
from coopbook.money import Money


class StandingOrder(OfCooperative, Base):
    """What a member asked for: pay what is due on a loan out of an account."""

    __tablename__ = "standing_order"
    __table_args__ = (
        within("savings_number", of="savings_account"),
        within("loan_number", of="loan"),
        Index("ix_standing_order_loan", "cooperative_id", "loan_number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    savings_number: Mapped[int]
    loan_number: Mapped[int]
    valid_from: Mapped[date]
    ended_on: Mapped[date | None]


class StandingRun(OfCooperative, Base):
    """What a standing order did on a day: what was due, what was paid, what lacked."""

    __tablename__ = "standing_run"
    __table_args__ = (
        within("order_number", of="standing_order"),
        within("entry_number", of="entry"),
    )

    order_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    run_on: Mapped[date] = mapped_column(primary_key=True)
    entry_number: Mapped[int | None]
    due: Mapped[Money]
    paid: Mapped[Money]
