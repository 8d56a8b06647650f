"""LoanProduct, Loan: a loan's card is a card of its control account."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, within
from coopbook.db.types import WordColumn
from coopbook.loans.rules import LoanState, Sector
from coopbook.loans.terms import InterestMethod
from coopbook.members.model import Member
from coopbook.money import Money, Rate


class LoanProduct(OfCooperative, Base):
    """A kind of loan the cooperative offers, with the terms it has today."""

    __tablename__ = "loan_product"
    __table_args__ = (within("account_number", of="account"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    name_id: Mapped[str]
    name_en: Mapped[str]
    account_number: Mapped[int]
    interest_account_number: Mapped[int]
    method: Mapped[InterestMethod] = mapped_column(WordColumn(InterestMethod))
    rate: Mapped[Rate]
    limit: Mapped[Money] = mapped_column("largest")
    max_term: Mapped[int]
    rounding_step: Mapped[int]
    origination_fee_rate: Mapped[Rate]
    admin_fee: Mapped[Money]
    penalty_rate: Mapped[Rate]
    penalty_grace_days: Mapped[int]
    conditions: Mapped[str | None]


class Loan(OfCooperative, Base):
    """A loan on the terms it was applied for; its number is also its card's.

    The schedule is computed from the terms, what is paid is read from the lines
    that name the loan.  A loan taken over from older books (``migrated_on``) has
    its number there as ``reference``, and what was paid on it before the book
    began as ``paid_before_principal`` and ``paid_before_interest``.  ``conditions``
    holds the terms beside method, rate and term (``loans/conditions.py``),
    ``board_term`` and ``head_term`` who held office when it was approved.
    """

    __tablename__ = "loan"
    __table_args__ = (
        within("member_number", of="member"),
        within("product_code", of="loan_product", to=("code",)),
        Index("ix_loan_state", "cooperative_id", "state", "number"),
        Index("ix_loan_member", "cooperative_id", "member_number", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_number: Mapped[int]
    product_code: Mapped[str]
    account_number: Mapped[int]
    interest_account_number: Mapped[int]
    purpose: Mapped[str]
    principal: Mapped[Money]
    term: Mapped[int]
    method: Mapped[InterestMethod] = mapped_column(WordColumn(InterestMethod))
    rate: Mapped[Rate]
    rounding_step: Mapped[int]
    origination_fee: Mapped[Money]
    admin_fee: Mapped[Money]
    penalty_rate: Mapped[Rate]
    penalty_grace_days: Mapped[int]
    applied_on: Mapped[date]
    applied_by: Mapped[str]
    approved_on: Mapped[date | None]
    approved_by: Mapped[str | None]
    disbursed_on: Mapped[date | None]
    state: Mapped[LoanState] = mapped_column(WordColumn(LoanState))
    migrated_on: Mapped[date | None]
    reference: Mapped[str | None]
    paid_before_principal: Mapped[Money | None]
    paid_before_interest: Mapped[Money | None]
    conditions: Mapped[str | None]
    board_term: Mapped[int | None]
    head_term: Mapped[int | None]
    decision_number: Mapped[int | None]
    related: Mapped[str | None]
    agreed_on: Mapped[date | None]
    agreed_by: Mapped[str | None]
    replaces: Mapped[int | None]
    carried_days: Mapped[int | None]
    sector: Mapped[Sector | None] = mapped_column(WordColumn(Sector))

    product: Mapped[LoanProduct] = relationship(viewonly=True)
    member: Mapped[Member] = relationship(viewonly=True)

    @property
    def card(self) -> tuple[int, int]:
        """The control account and the card of this loan."""
        return self.account_number, self.number


class ChangeKind(StrEnum):
    """What happened to a loan beside a plain payment."""

    TRANCHE = "tranche"
    RATE = "rate"
    WAIVER = "waiver"
    SMALLER = "smaller"
    SHORTER = "shorter"
    HOLD = "hold"
    SETTLE = "settle"


class LoanChange(OfCooperative, Base):
    """A change of a loan, or what was wished of a payment; stands for good.

    ``entry_number`` is the entry that paid or was paid by it: where that is reversed,
    the change never happened.  ``recorded`` is the number of the last record of the
    book before it, by which changes and entries of one day keep their order.
    """

    __tablename__ = "loan_change"
    __table_args__ = (
        within("loan_number", of="loan"),
        within("entry_number", of="entry"),
    )

    loan_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[ChangeKind] = mapped_column(WordColumn(ChangeKind))
    changed_on: Mapped[date]
    amount: Mapped[Money | None]
    rate: Mapped[Rate | None]
    entry_number: Mapped[int | None]
    recorded: Mapped[int]
    reason: Mapped[str]


class LoanCorrection(OfCooperative, Base):
    """An entry that allocates a payment again, and the entry that made it needful."""

    __tablename__ = "loan_correction"
    __table_args__ = (
        within("loan_number", of="loan"),
        within("entry_number", of="entry"),
        within("payment_number", of="entry"),
        within("cause_number", of="entry"),
    )

    entry_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    loan_number: Mapped[int]
    payment_number: Mapped[int]
    cause_number: Mapped[int]


class LoanOfficer(OfCooperative, Base):
    """Who looks after a loan from a day on; before the first, who proposed it does."""

    __tablename__ = "loan_officer"
    __table_args__ = (within("loan_number", of="loan"),)

    loan_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    officer: Mapped[str]
    since: Mapped[date]
    set_by: Mapped[str]


class LoanQuotation(OfCooperative, Base):
    """What was said in writing to end a loan, from a day to another.

    ``first`` ends it on ``quoted_on``, ``last`` on ``valid_to``; ``recorded`` is the
    number of the last record of the book before it.
    """

    __tablename__ = "loan_quotation"
    __table_args__ = (within("loan_number", of="loan"),)

    loan_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    quoted_on: Mapped[date]
    valid_to: Mapped[date]
    first: Mapped[Money]
    last: Mapped[Money]
    quoted_by: Mapped[str]
    recorded: Mapped[int]
