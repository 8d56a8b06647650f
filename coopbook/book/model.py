"""The head of a cooperative's chain, and the keys of what was asked once."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative


class Head(OfCooperative, Base):
    """The last record of a cooperative; whoever writes holds this row first.

    Only the guards advance it.
    """

    __tablename__ = "head"
    __table_args__ = (of_a_cooperative(),)

    number: Mapped[int]
    hash: Mapped[str]
    recorded_at: Mapped[str]


class Once(OfCooperative, Base):
    """What was done under a key, so that the same request is done once.

    ``asked`` is a digest of the service and its arguments; ``receipt`` names
    what the service gave back; ``record`` the first record it made.
    """

    __tablename__ = "once"
    __table_args__ = (of_a_cooperative(),)

    key: Mapped[str] = mapped_column(primary_key=True)
    asked: Mapped[str]
    receipt: Mapped[str]
    record: Mapped[int]
