"""Checkpoint: how far the book had come on a day, so that others can keep it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.checkpoints.rules import Reason, Statement
from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative
from coopbook.db.types import WordColumn


class Checkpoint(OfCooperative, Base):
    """A checkpoint: the last record of the book and its digest, signed.

    ``period`` is what was closed, ``schema_digest`` what tables and guards were,
    ``previous`` the SHA-256 of the text of the checkpoint before, empty for the first.
    ``public_key`` is in hexadecimal figures; it, ``key_id`` and ``signature`` are empty
    where the book's secret was not at hand.
    """

    __tablename__ = "checkpoint"
    __table_args__ = (of_a_cooperative(),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reason: Mapped[Reason] = mapped_column(WordColumn(Reason))
    period: Mapped[str | None]
    record: Mapped[int]
    head: Mapped[str]
    made_on: Mapped[date]
    made_at: Mapped[str]
    made_by: Mapped[str]
    schema_digest: Mapped[str]
    previous: Mapped[str]
    key_id: Mapped[str | None]
    public_key: Mapped[str | None]
    signature: Mapped[str | None]

    @property
    def statement(self) -> Statement:
        """What its text says."""
        return Statement(
            *(self.cooperative_id, self.record, self.made_on, self.head),
            *(self.made_at, self.key_id, self.signature),
        )

    @property
    def text(self) -> str:
        """The line that people keep."""
        return self.statement.text
