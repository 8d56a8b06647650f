"""BankStatement, BankLine, BankMatch and its lines, BankReconciliation."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, within
from coopbook.db.types import WordColumn
from coopbook.money import Money


class How(StrEnum):
    """How lines came to belong together.

    ``BEFORE`` is no match: it says that lines of the book were outstanding when the
    statements began.
    """

    PROPOSED = "proposed"
    CHOSEN = "chosen"
    POSTED = "posted"
    BEFORE = "before"


class BankStatement(OfCooperative, Base):
    """A bank's statement of one account, from its first to its last day.

    ``digest`` is the SHA-256 of the file, ``bank_number`` the account's number as the
    file has it.
    """

    __tablename__ = "bank_statement"
    __table_args__ = (within("account_number", of="account"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_number: Mapped[int]
    first_day: Mapped[date]
    last_day: Mapped[date]
    opening: Mapped[Money]
    closing: Mapped[Money]
    file_name: Mapped[str]
    digest: Mapped[str]
    form: Mapped[str]
    bank_number: Mapped[str]
    brought_on: Mapped[date]
    brought_by: Mapped[str]


class BankLine(OfCooperative, Base):
    """A line of a statement; what comes into the account is positive.

    ``balance`` is the bank's after the line; ``bank_id`` its own number of the
    movement, empty where it gives none.
    """

    __tablename__ = "bank_line"
    __table_args__ = (
        within("statement_number", of="bank_statement"),
        Index("ix_bank_line_id", "cooperative_id", "bank_id"),
    )

    statement_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date]
    words: Mapped[str]
    amount: Mapped[Money]
    bank_id: Mapped[str]
    balance: Mapped[Money]


class BankMatch(OfCooperative, Base):
    """Lines of the bank and of the book that are the same; it stands until undone."""

    __tablename__ = "bank_match"
    __table_args__ = (within("account_number", of="account"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_number: Mapped[int]
    how: Mapped[How] = mapped_column(WordColumn(How))
    matched_on: Mapped[date]
    matched_by: Mapped[str]


class MatchedBankLine(OfCooperative, Base):
    """A line of a statement in a match."""

    __tablename__ = "bank_match_line"
    __table_args__ = (
        within("match_number", of="bank_match"),
        within(
            *("statement_number", "line_number"),
            of="bank_line",
            to=("statement_number", "number"),
        ),
        Index(
            "ix_bank_match_line",
            *("cooperative_id", "statement_number", "line_number"),
        ),
    )

    match_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    statement_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class MatchedBookLine(OfCooperative, Base):
    """A line of an entry in a match."""

    __tablename__ = "bank_match_entry"
    __table_args__ = (
        within("match_number", of="bank_match"),
        within(
            *("entry_number", "line_number"),
            of="line",
            to=("entry_number", "number"),
        ),
        Index(
            "ix_bank_match_entry",
            *("cooperative_id", "entry_number", "line_number"),
        ),
    )

    match_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class UndoneMatch(OfCooperative, Base):
    """A match that was undone, by whom and why."""

    __tablename__ = "bank_match_undone"
    __table_args__ = (within("match_number", of="bank_match"),)

    match_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    undone_on: Mapped[date]
    undone_by: Mapped[str]
    reason: Mapped[str]


class BankReconciliation(OfCooperative, Base):
    """Somebody's word that an account was reconciled for a day, with the figures.

    ``outstanding`` is what the book has and the bank does not yet, deposits in transit
    less payments not cleared; bank and outstanding come to book.
    """

    __tablename__ = "bank_reconciliation"
    __table_args__ = (within("account_number", of="account"),)

    account_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bank: Mapped[Money]
    outstanding: Mapped[Money]
    book: Mapped[Money]
    reconciled_on: Mapped[date]
    reconciled_by: Mapped[str]
