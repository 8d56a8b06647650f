"""Scan: a picture or paper that is kept, sealed where it speaks of a person."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from coopbook.archive.rules import ScanKind
from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative
from coopbook.db.types import WordColumn


class Scan(OfCooperative, Base):
    """A picture or paper about something in the book: ``member:5``, ``decision:3``.

    What it holds lies sealed; the chain keeps the digest of the sealed bytes.
    """

    __tablename__ = "scan"
    __table_args__ = (
        of_a_cooperative(),
        Index("ix_scan_subject", "cooperative_id", "subject", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    subject: Mapped[str]
    kind: Mapped[ScanKind] = mapped_column(WordColumn(ScanKind))
    name: Mapped[str]
    media_type: Mapped[str]
    added_on: Mapped[date]
    sealed: Mapped[bytes] = mapped_column(info={"chain": "digest"})
