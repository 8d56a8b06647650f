"""HealthAnswer: how the questions of a group were answered for a year."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative
from coopbook.db.types import WordColumn
from coopbook.health.perdep_tables import Group


class HealthAnswer(OfCooperative, Base):
    """How many of a group's questions are yes and no; the last of a year counts."""

    __tablename__ = "health_answer"
    __table_args__ = (of_a_cooperative(),)

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    subject: Mapped[Group] = mapped_column(WordColumn(Group))
    yes: Mapped[int]
    no: Mapped[int]
    said_by: Mapped[str]
    said_on: Mapped[date]
    written_by: Mapped[str]
