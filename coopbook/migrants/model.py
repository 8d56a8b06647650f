"""MigrationEpisode: a stay of a member abroad."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, within
from coopbook.members.model import opened, sealed


class MigrationEpisode(OfCooperative, Base):
    """A stay abroad: where, from when, until when; without ``returned_on`` it lasts.

    The country is sealed: who worked where is nobody's business but the member's and
    of those who counsel them.
    """

    __tablename__ = "migration_episode"
    __table_args__ = (within("member_number", of="member"),)

    member_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    country_sealed: Mapped[str | None] = sealed()
    departed_on: Mapped[date | None]
    returned_on: Mapped[date | None]

    @property
    def country(self) -> str | None:
        """The country's two letters, opened; nothing without the book's secret."""
        return opened(self, "country")
