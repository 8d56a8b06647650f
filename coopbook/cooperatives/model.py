"""Cooperative; Setting, a by-law's figure valid from a date."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative


class Cooperative(Base):
    """A cooperative whose book this is."""

    __tablename__ = "cooperative"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    village: Mapped[str]
    district: Mapped[str]
    registration_no: Mapped[str]
    first_day: Mapped[date]
    timezone: Mapped[str]
    language: Mapped[str]
    sample: Mapped[bool]


class Setting(OfCooperative, Base):
    """A figure of law, by-law or policy, in force from a day until the next."""

    __tablename__ = "setting"
    __table_args__ = (of_a_cooperative(),)

    name: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[str]
    source: Mapped[str]
