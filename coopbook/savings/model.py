"""Kinds of savings, accounts and what is noted beside them.

Each account is a card of a control account.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative, within
from coopbook.db.types import WordColumn
from coopbook.i18n import Names
from coopbook.members.model import Member
from coopbook.money import Money, Rounding
from coopbook.savings.interest import Basis, DayCount
from coopbook.savings.rules import HoldReason, PassbookPaper, SavingsType, WhyBook


class SavingsProduct(OfCooperative, Base):
    """A kind of savings the cooperative offers.

    ``amount`` is what the by-laws asked for when it was first offered, what they ask
    for on a day is a setting; ``minimum_balance`` has to stay; an account nobody moved
    for ``dormant_months`` sleeps.
    """

    __tablename__ = "savings_product"
    __table_args__ = (within("account_number", of="account"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    name_id: Mapped[str]
    name_en: Mapped[str]
    savings_type: Mapped[SavingsType] = mapped_column(WordColumn(SavingsType))
    account_number: Mapped[int]
    minimum_balance: Mapped[Money]
    amount: Mapped[Money | None]
    withdrawable: Mapped[bool]
    dormant_months: Mapped[int | None]

    @property
    def names(self) -> Names:
        """What this kind is called, in both languages."""
        return Names(self.name_id, self.name_en)


class SavingsTerms(OfCooperative, Base):
    """How a kind of savings earns interest from a day on, until the next terms.

    ``tiers`` is a JSON list of balances and rates, ``[[0, "3/100 year"]]``;
    ``source`` says who decided it.
    """

    __tablename__ = "savings_terms"
    __table_args__ = (within("product_code", of="savings_product", to=("code",)),)

    product_code: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    basis: Mapped[Basis] = mapped_column(WordColumn(Basis))
    day_count: Mapped[DayCount] = mapped_column(WordColumn(DayCount))
    tiers: Mapped[str]
    slices: Mapped[bool]
    least: Mapped[Money]
    rounding: Mapped[Rounding] = mapped_column(WordColumn(Rounding))
    source: Mapped[str]


class SavingsInterest(OfCooperative, Base):
    """A month's interest that was posted for a kind of savings, by its entry."""

    __tablename__ = "savings_interest"
    __table_args__ = (
        within("entry_number", of="entry"),
        within("product_code", of="savings_product", to=("code",)),
    )

    entry_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    product_code: Mapped[str]
    month: Mapped[str]
    accounts: Mapped[int]
    gross: Mapped[Money]
    tax: Mapped[Money]


class SavingsTax(OfCooperative, Base):
    """What was kept back of an account's interest; who earned little has no row."""

    __tablename__ = "savings_tax"
    __table_args__ = (
        within("entry_number", of="savings_interest", to=("entry_number",)),
        within("savings_number", of="savings_account"),
    )

    entry_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    savings_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    gross: Mapped[Money]
    tax: Mapped[Money]


class SavingsAccount(OfCooperative, Base):
    """A member's savings of one kind; its number is also its card's.

    ``blocked_on`` stands while nothing may be taken out; ``woken_on`` is when a
    sleeping account was last woken; interest up to ``earned_until`` was paid when
    the account was ruled off.
    """

    __tablename__ = "savings_account"
    __table_args__ = (
        within("member_number", of="member"),
        within("product_code", of="savings_product", to=("code",)),
        within(
            *("account_number", "number"),
            of="card",
            to=("account_number", "number"),
        ),
        UniqueConstraint("cooperative_id", "member_number", "product_code"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_number: Mapped[int]
    product_code: Mapped[str]
    account_number: Mapped[int]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    blocked_on: Mapped[date | None]
    blocked_why: Mapped[str | None]
    woken_on: Mapped[date | None]
    earned_until: Mapped[date | None]

    product: Mapped[SavingsProduct] = relationship(viewonly=True, lazy="joined")
    member: Mapped[Member] = relationship(viewonly=True, lazy="joined")

    @property
    def card(self) -> tuple[int, int]:
        """The control account and the card of this account."""
        return self.account_number, self.number


class SavingsHold(OfCooperative, Base):
    """An amount that stays on an account, or a whole term deposit, for a reason.

    ``amount`` is nothing for a term deposit: it is held as a whole.
    """

    __tablename__ = "savings_hold"
    __table_args__ = (
        within("savings_number", of="savings_account"),
        within("deposit_number", of="term_deposit"),
        within("loan_number", of="loan"),
        of_a_cooperative(),
        CheckConstraint(
            "(savings_number IS NULL) <> (deposit_number IS NULL)", name="one_thing"
        ),
        Index("ix_savings_hold", "cooperative_id", "savings_number"),
        Index("ix_savings_hold_deposit", "cooperative_id", "deposit_number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    savings_number: Mapped[int | None]
    deposit_number: Mapped[int | None]
    loan_number: Mapped[int | None]
    amount: Mapped[Money]
    why: Mapped[HoldReason] = mapped_column(WordColumn(HoldReason))
    note: Mapped[str]
    placed_on: Mapped[date]
    released_on: Mapped[date | None]
    release_note: Mapped[str | None]


class SavingsGoal(OfCooperative, Base):
    """What somebody saves for, how much, and by when."""

    __tablename__ = "savings_goal"
    __table_args__ = (within("savings_number", of="savings_account"),)

    savings_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str]
    target: Mapped[Money]
    wanted_by: Mapped[date | None]


class ShareExemption(OfCooperative, Base):
    """Months in which a member owes no mandatory share; months as ``202603``."""

    __tablename__ = "share_exemption"
    __table_args__ = (
        within("member_number", of="member"),
        within("decision_number", of="decision"),
    )

    member_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first_month: Mapped[int]
    last_month: Mapped[int]
    decision_number: Mapped[int | None]
    reason: Mapped[str]
    ended_on: Mapped[date | None]


class CatchUpPlan(OfCooperative, Base):
    """How a member agreed to pay what was missed of the mandatory share."""

    __tablename__ = "catch_up_plan"
    __table_args__ = (within("member_number", of="member"),)

    member_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    agreed_on: Mapped[date]
    arrears: Mapped[Money]
    months: Mapped[int]
    first_month: Mapped[int]
    note: Mapped[str]
    ended_on: Mapped[date | None]


class Collection(OfCooperative, Base):
    """A round through a hamlet that was posted as one entry."""

    __tablename__ = "collection"
    __table_args__ = (within("entry_number", of="entry"),)

    entry_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hamlet: Mapped[str]
    collector: Mapped[str]
    members: Mapped[int]
    amount: Mapped[Money]


class Passbook(OfCooperative, Base):
    """A printed book of a savings account; the next book carries the balance.

    Lines are printed in the order in which they were recorded, because paper cannot
    be put in order afterwards.  ``carried_entry`` is the last entry of the book before.
    """

    __tablename__ = "passbook"
    __table_args__ = (within("savings_number", of="savings_account"),)

    savings_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    paper: Mapped[PassbookPaper] = mapped_column(WordColumn(PassbookPaper))
    why: Mapped[WhyBook] = mapped_column(WordColumn(WhyBook))
    issued_on: Mapped[date]
    carried: Mapped[Money]
    carried_entry: Mapped[int]
    ended_on: Mapped[date | None]


class PassbookPrint(OfCooperative, Base):
    """Lines that were printed at one time: from place to place in the book.

    ``first`` and ``last`` count the lines of a book from 1; ``last_entry`` and
    ``last_line`` are the last line of the ledger that is on paper.  A reprint of
    lines that were there already says why.
    """

    __tablename__ = "passbook_print"
    __table_args__ = (
        within(
            *("savings_number", "book_number"),
            of="passbook",
            to=("savings_number", "number"),
        ),
    )

    savings_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    book_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first: Mapped[int]
    last: Mapped[int]
    last_entry: Mapped[int]
    last_line: Mapped[int]
    printed_on: Mapped[date]
    reason: Mapped[str | None]
