"""Proxy: who acts for a member; on which cards; and every time it was done."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, within
from coopbook.db.types import WordColumn
from coopbook.members.model import opened, sealed
from coopbook.members.relations import Relation
from coopbook.members.rules import masked
from coopbook.money import Money
from coopbook.proxies.rules import ProxyKind


class Proxy(OfCooperative, Base):
    """Somebody who may act for a member.

    ``monthly_limit`` is the most that may be taken out in a calendar month.
    ``paper`` is the number of the letter; ``scan_number`` its picture with the
    specimen of the signature.
    """

    __tablename__ = "proxy"
    __table_args__ = (
        within("member_number", of="member"),
        within("scan_number", of="scan"),
        Index("ix_proxy_member", "cooperative_id", "member_number", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_number: Mapped[int]
    kind: Mapped[ProxyKind] = mapped_column(WordColumn(ProxyKind))
    name: Mapped[str]
    relation: Mapped[Relation] = mapped_column(WordColumn(Relation))
    national_id_sealed: Mapped[str | None] = sealed()
    phone_sealed: Mapped[str | None] = sealed()
    paper: Mapped[str]
    monthly_limit: Mapped[Money | None]
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str | None]
    scan_number: Mapped[int | None]

    @property
    def masked_national_id(self) -> str | None:
        """The NIK with its middle hidden."""
        number = opened(self, "national_id")
        return masked(number) if number else None

    @property
    def phone(self) -> str | None:
        """The telephone number, opened."""
        return opened(self, "phone")


class ProxyCard(OfCooperative, Base):
    """A savings account on which a proxy may act."""

    __tablename__ = "proxy_card"
    __table_args__ = (
        within("proxy_number", of="proxy"),
        within("savings_number", of="savings_account"),
    )

    proxy_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    savings_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class ProxyUse(OfCooperative, Base):
    """An entry by which a proxy took money out; the member reads of it."""

    __tablename__ = "proxy_use"
    __table_args__ = (
        within("entry_number", of="entry"),
        within("proxy_number", of="proxy"),
        Index("ix_proxy_use", "cooperative_id", "proxy_number", "booked_on"),
    )

    entry_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    proxy_number: Mapped[int]
    booked_on: Mapped[date]
    amount: Mapped[Money]
