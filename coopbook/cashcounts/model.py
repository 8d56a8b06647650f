"""CashCount: a cash box counted piece by piece at the end of a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, within
from coopbook.money import Money


class CashCount(OfCooperative, Base):
    """What was counted in a cash box, what the book said, and who saw it.

    ``pieces`` is JSON, ``{"50000": 3}``.  ``entry_number`` posted the difference.  The
    last count of a day and box counts.
    """

    __tablename__ = "cash_count"
    __table_args__ = (
        within("account_number", of="account"),
        within("entry_number", of="entry"),
    )

    day: Mapped[date] = mapped_column(primary_key=True)
    account_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pieces: Mapped[str]
    book: Mapped[Money]
    counted: Mapped[Money]
    entry_number: Mapped[int | None]
    explanation: Mapped[str]
    counted_by: Mapped[str]
    witness: Mapped[str]

    @property
    def difference(self) -> Money:
        """How much more was counted than the book said; less is negative."""
        return self.counted - self.book
