"""User, their roles, and the requests that wait for a second person."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative, within
from coopbook.db.types import WordColumn
from coopbook.people.rules import ApprovalState, Role


class User(OfCooperative, Base):
    """A person who logs in; in the chain the password is only a digest."""

    __tablename__ = "person"
    __table_args__ = (of_a_cooperative(),)

    name: Mapped[str] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    password_hash: Mapped[str] = mapped_column(info={"chain": "digest"})
    member_number: Mapped[int | None]
    language: Mapped[str]
    active: Mapped[bool]


class Holding(OfCooperative, Base):
    """A role a person holds from a day, until a day where it has ended."""

    __tablename__ = "holding"
    __table_args__ = (within("user_name", of="person", to=("name",)),)

    user_name: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[Role] = mapped_column(WordColumn(Role), primary_key=True)
    granted_on: Mapped[date] = mapped_column(primary_key=True)
    ended_on: Mapped[date | None]


class Approval(OfCooperative, Base):
    """A request that a second person decides; ``request`` is what will be done."""

    __tablename__ = "approval"
    __table_args__ = (
        of_a_cooperative(),
        Index("ix_approval_state", "cooperative_id", "state", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    subject: Mapped[str]
    request: Mapped[str]
    digest: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[str]
    expires_at: Mapped[str]
    state: Mapped[ApprovalState] = mapped_column(WordColumn(ApprovalState))
    decided_by: Mapped[str | None]
    decided_at: Mapped[str | None]
    reason: Mapped[str | None]
