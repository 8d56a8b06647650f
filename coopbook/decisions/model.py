"""Decision, Document: what was decided, and the papers the cooperative stands on."""

from __future__ import annotations

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative, within
from coopbook.db.types import WordColumn
from coopbook.decisions.rules import DecisionBody, DocumentKind


class Decision(OfCooperative, Base):
    """A numbered decision; other work refers to it by ``number``.

    ``label`` is the number on paper, ``RA-2026-003``.  One that members took names
    the meeting and the motion, with its votes.
    """

    __tablename__ = "decision"
    __table_args__ = (
        within(
            *("meeting_number", "motion_number"),
            of="motion",
            to=("meeting_number", "number"),
        ),
        within("scan_number", of="scan"),
        of_a_cooperative(),
        UniqueConstraint("cooperative_id", "label"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    label: Mapped[str]
    body: Mapped[DecisionBody] = mapped_column(WordColumn(DecisionBody))
    decided_on: Mapped[date]
    title: Mapped[str]
    text: Mapped[str]
    meeting_number: Mapped[int | None]
    motion_number: Mapped[int | None]
    scan_number: Mapped[int | None]


class Document(OfCooperative, Base):
    """A paper of the cooperative itself: by-laws, licence, village decree.

    ``remind_days`` is how long before its end people are reminded; a newer paper
    that takes its place is ``replaced_by``.
    """

    __tablename__ = "document"
    __table_args__ = (within("scan_number", of="scan"), of_a_cooperative())

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[DocumentKind] = mapped_column(WordColumn(DocumentKind))
    title: Mapped[str]
    reference: Mapped[str]
    issuer: Mapped[str]
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    remind_days: Mapped[int]
    replaced_by: Mapped[int | None]
    scan_number: Mapped[int | None]
