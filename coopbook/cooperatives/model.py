"""Cooperative; Setting, a by-law's figure valid from a date; closed days; offices."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative
from coopbook.db.types import WordColumn


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


class ClosedDay(OfCooperative, Base):
    """A day on which the cooperative is closed and nothing falls due.

    A day that is opened again keeps its row.
    """

    __tablename__ = "closed_day"
    __table_args__ = (of_a_cooperative(),)

    closed_on: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str]
    open_after_all: Mapped[bool]


class Office(StrEnum):
    """Whose terms the book follows: loans go bad when these change."""

    BOARD = "board"
    VILLAGE_HEAD = "village_head"


class TermOfOffice(OfCooperative, Base):
    """From when to when somebody held an office; ``ended_on`` is the last day."""

    __tablename__ = "term_of_office"
    __table_args__ = (of_a_cooperative(),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office: Mapped[Office] = mapped_column(WordColumn(Office))
    name: Mapped[str]
    began_on: Mapped[date]
    ended_on: Mapped[date | None]
    source: Mapped[str]
