"""FundUse: for whom money of a fund was used."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, within
from coopbook.db.types import WordColumn
from coopbook.funds.rules import FundUseKind
from coopbook.money import Money


class FundUse(OfCooperative, Base):
    """A use of a fund beside its entry; it is void while the entry is reversed.

    ``whom`` says for whom in words, ``decision_number`` which decision allowed it.
    """

    __tablename__ = "fund_use"
    __table_args__ = (
        within("account_number", of="account"),
        within("member_number", of="member"),
        within("decision_number", of="decision"),
        within("entry_number", of="entry"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_number: Mapped[int]
    kind: Mapped[FundUseKind] = mapped_column(WordColumn(FundUseKind))
    amount: Mapped[Money]
    member_number: Mapped[int | None]
    whom: Mapped[str]
    decision_number: Mapped[int | None]
    entry_number: Mapped[int]

    @property
    def entries(self) -> list[int]:
        """The number of its entry."""
        return [self.entry_number]
