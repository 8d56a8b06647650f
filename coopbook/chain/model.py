"""An event: what changed in the book other than money, in full."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative


class Event(OfCooperative, Base):
    """A record of rows as they were left by one act.

    ``subject`` names the tables; ``body`` holds the full after-image of every
    row that changed.  Events and entries share one series of numbers.
    """

    __tablename__ = "event"
    __table_args__ = (of_a_cooperative(),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    recorded_at: Mapped[str]
    actor: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    once: Mapped[str | None]
    previous: Mapped[str]
    hash: Mapped[str]
