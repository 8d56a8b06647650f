"""LineGiven: the line of a statement that a cooperative gave one of its accounts."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, within


class LineGiven(OfCooperative, Base):
    """Where an account stands; the last row of an account counts, for every year shown.

    ``line`` is the code of a line, empty where the account goes back to the line that
    our layout has for it.
    """

    __tablename__ = "line_given"
    __table_args__ = (within("account_number", of="account"),)

    account_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line: Mapped[str]
    given_on: Mapped[date]
    given_by: Mapped[str]
