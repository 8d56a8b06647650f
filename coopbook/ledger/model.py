"""Account, Card, Entry, Line, Period, and the balances carried beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative, within
from coopbook.db.types import WordColumn
from coopbook.ledger.rules import AccountType, Side, VoucherKind
from coopbook.money import Money

CARD = ("account_number", "card_number")


class Account(OfCooperative, Base):
    """An account of the chart; its number is fixed, its printed code may change."""

    __tablename__ = "account"
    __table_args__ = (
        of_a_cooperative(),
        UniqueConstraint("cooperative_id", "code"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str]
    name_id: Mapped[str]
    name_en: Mapped[str]
    account_type: Mapped[AccountType] = mapped_column(WordColumn(AccountType))
    normal_balance: Mapped[Side] = mapped_column(WordColumn(Side))
    postable: Mapped[bool]
    control: Mapped[bool]
    cash_flow: Mapped[str]
    archived_on: Mapped[date | None]


class Card(OfCooperative, Base):
    """A card of a control account; card 0 is an ordinary account's own.

    ``floor`` is the least that may be left on the side where the account grows.
    """

    __tablename__ = "card"
    __table_args__ = (within("account_number", of="account"),)

    account_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    floor: Mapped[Money | None]
    closed_on: Mapped[date | None]


class Period(OfCooperative, Base):
    """A year, month or day, by name: ``2026``, ``2026-11``, ``2026-11-21``.

    A period without a row was never closed.
    """

    __tablename__ = "period"
    __table_args__ = (of_a_cooperative(),)

    name: Mapped[str] = mapped_column(primary_key=True)
    closed: Mapped[bool]


class Line(OfCooperative, Base):
    """One line of an entry: an amount in one of its two columns."""

    __tablename__ = "line"
    __table_args__ = (
        within("entry_number", of="entry", deferrable=True, initially="DEFERRED"),
        within(*CARD, of="card", to=("account_number", "number")),
        CheckConstraint(
            "debit >= 0 AND credit >= 0 AND (debit = 0) <> (credit = 0)",
            name="one_column",
        ),
        Index(
            "ix_line_statement",
            *("cooperative_id", *CARD, "booked_on", "entry_number", "number"),
        ),
        Index(
            "ix_line_loan",
            *("cooperative_id", "loan_number", "entry_number"),
            sqlite_where=text("loan_number IS NOT NULL"),
            postgresql_where=text("loan_number IS NOT NULL"),
        ),
    )

    entry_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    booked_on: Mapped[date]
    account_number: Mapped[int]
    card_number: Mapped[int]
    debit: Mapped[Money]
    credit: Mapped[Money]
    loan_number: Mapped[int | None]
    unit: Mapped[str | None]
    fund: Mapped[str | None]
    pillar: Mapped[str | None]
    term_of_office: Mapped[str | None]

    entry: Mapped[Entry] = relationship(viewonly=True, back_populates="lines_read")


class Entry(OfCooperative, Base):
    """An entry: the seal on its lines, and a record of the chain."""

    __tablename__ = "entry"
    __table_args__ = (
        of_a_cooperative(),
        UniqueConstraint("cooperative_id", "voucher"),
        UniqueConstraint("cooperative_id", "reverses"),
        Index("ix_entry_day", "cooperative_id", "booked_on", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    booked_on: Mapped[date]
    recorded_at: Mapped[str]
    actor: Mapped[str]
    memo: Mapped[str]
    voucher: Mapped[str]
    kind: Mapped[VoucherKind] = mapped_column(WordColumn(VoucherKind))
    source: Mapped[str]
    reverses: Mapped[int | None]
    approval: Mapped[int | None]
    once: Mapped[str | None]
    previous: Mapped[str]
    hash: Mapped[str]

    lines_read: Mapped[list[Line]] = relationship(
        viewonly=True, back_populates="entry", order_by=Line.number
    )

    #: The session in which it was just posted; such an entry is not one of its rows.
    posted_in: ClassVar[Session | None] = None

    @property
    def lines(self) -> Sequence[Line]:
        """The lines in their order."""
        if self.posted_in is None:
            return self.lines_read
        return self.posted_in.scalars(
            select(Line)
            .where(Line.cooperative_id == self.cooperative_id)
            .where(Line.entry_number == self.number)
            .order_by(Line.number)
        ).all()


class Counter(OfCooperative, Base):
    """The last number given out in a series, such as ``BKM-2026``."""

    __tablename__ = "counter"
    __table_args__ = (of_a_cooperative(),)

    series: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class Balance(OfCooperative, Base):
    """A card's month: what was carried in, and what moved. Debit is positive."""

    __tablename__ = "balance"
    __table_args__ = (within(*CARD, of="card", to=("account_number", "number")),)

    account_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    card_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    opening: Mapped[int]
    debit: Mapped[int]
    credit: Mapped[int]


class DayBalance(OfCooperative, Base):
    """An account's day: what was carried in, and what moved. Debit is positive."""

    __tablename__ = "day_balance"
    __table_args__ = (
        ForeignKeyConstraint(
            ["cooperative_id", "account_number"],
            ["account.cooperative_id", "account.number"],
        ),
    )

    account_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(primary_key=True)
    opening: Mapped[int]
    debit: Mapped[int]
    credit: Mapped[int]


class Attachment(OfCooperative, Base):
    """A paper behind a voucher, as it was handed in.

    It belongs to an entry, or first to the request for one.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        within("entry_number", of="entry"),
        within("approval_number", of="approval"),
        Index("ix_attachment_entry", "cooperative_id", "entry_number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_number: Mapped[int | None]
    approval_number: Mapped[int | None]
    name: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(info={"chain": "digest"})


class MoneyOrigin(OfCooperative, Base):
    """Where money of an entry came from, when it was not the member who brought it.

    ``foreign_amount`` and ``rate`` are exact decimals as they were read, rupiah for
    one unit of ``currency``; ``purposes`` is a JSON list of account and purpose.
    """

    __tablename__ = "money_origin"
    __table_args__ = (within("entry_number", of="entry"),)

    entry_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    payer: Mapped[str]
    reference: Mapped[str]
    currency: Mapped[str | None]
    foreign_amount: Mapped[str | None]
    rate: Mapped[str | None]
    purposes: Mapped[str]
