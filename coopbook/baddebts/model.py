"""WriteOff, ClaimRecovery, LoanJudgement and more: what became of a bad debt."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.baddebts.classes import LoanClass
from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, within
from coopbook.db.types import WordColumn
from coopbook.money import ZERO, Money


class Judging(StrEnum):
    """What the board found out about a loan that its days do not tell."""

    SALVAGEABLE = "salvageable"
    NOT_SALVAGEABLE = "not_salvageable"
    HANDED_OVER = "handed_over"
    TAKEN_BACK = "taken_back"


class LoanJudgement(OfCooperative, Base):
    """A finding about a loan, from a day on, until another of its kind.

    ``salvageable`` is ended by ``not_salvageable``, ``handed_over`` by ``taken_back``.
    ``reference`` is the paper: a letter's number, the court's.
    """

    __tablename__ = "loan_judgement"
    __table_args__ = (
        within("loan_number", of="loan"),
        within("decision_number", of="decision"),
    )

    loan_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[Judging] = mapped_column(WordColumn(Judging))
    judged_on: Mapped[date]
    reason: Mapped[str]
    reference: Mapped[str]
    decision_number: Mapped[int | None]
    judged_by: Mapped[str]


class WriteOff(OfCooperative, Base):
    """A loan that left the balance sheet, and what is claimed of it since.

    ``principal`` was on its card, ``interest`` and ``penalty`` were asked to the day;
    ``from_allowance`` and ``from_expense`` say who bore the principal.  It counts
    while its entry is not reversed.
    """

    __tablename__ = "write_off"
    __table_args__ = (
        within("loan_number", of="loan"),
        within("entry_number", of="entry"),
        within("decision_number", of="decision"),
    )

    loan_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    written_off_on: Mapped[date]
    loan_class: Mapped[LoanClass] = mapped_column(WordColumn(LoanClass))
    days: Mapped[int]
    principal: Mapped[Money]
    interest: Mapped[Money]
    penalty: Mapped[Money]
    from_allowance: Mapped[Money]
    from_expense: Mapped[Money]
    decision_number: Mapped[int]
    reason: Mapped[str]
    asked_by: Mapped[str]
    approved_by: Mapped[str]

    @property
    def claim(self) -> Money:
        """Everything that was claimed on the day."""
        return self.principal + self.interest + self.penalty


class ClaimRecovery(OfCooperative, Base):
    """Money that came in on a claim after it was written off, and what it settled."""

    __tablename__ = "claim_recovery"
    __table_args__ = (
        within("loan_number", of="loan"),
        within("entry_number", of="entry"),
    )

    entry_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    loan_number: Mapped[int]
    recovered_on: Mapped[date]
    principal: Mapped[Money]
    interest: Mapped[Money]
    penalty: Mapped[Money]

    @property
    def total(self) -> Money:
        """All that came in."""
        return sum((self.principal, self.interest, self.penalty), ZERO)


class ClaimWaiver(OfCooperative, Base):
    """A claim, or a part of it, that is not asked any more, by a numbered decision.

    From ``told_on`` on the borrower knows, and nobody takes it back.
    """

    __tablename__ = "claim_waiver"
    __table_args__ = (
        within("loan_number", of="loan"),
        within("entry_number", of="entry"),
        within("decision_number", of="decision"),
    )

    entry_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    loan_number: Mapped[int]
    waived_on: Mapped[date]
    principal: Mapped[Money]
    interest: Mapped[Money]
    penalty: Mapped[Money]
    decision_number: Mapped[int]
    reason: Mapped[str]
    asked_by: Mapped[str]
    approved_by: Mapped[str]
    told_on: Mapped[date | None]
    told_by: Mapped[str | None]

    @property
    def total(self) -> Money:
        """All that is not asked any more."""
        return sum((self.principal, self.interest, self.penalty), ZERO)


class Foreclosure(OfCooperative, Base):
    """Collateral the cooperative took over, at what it is worth after selling costs.

    ``settled`` of it paid the loan, the rest is owed to the borrower.
    """

    __tablename__ = "foreclosure"
    __table_args__ = (
        within("loan_number", of="loan"),
        within("entry_number", of="entry"),
        within("collateral_number", of="collateral"),
        within("decision_number", of="decision"),
    )

    entry_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    loan_number: Mapped[int]
    collateral_number: Mapped[int]
    taken_on: Mapped[date]
    value: Mapped[Money]
    settled: Mapped[Money]
    decision_number: Mapped[int]
    asked_by: Mapped[str]
    approved_by: Mapped[str]


class ForeclosureSale(OfCooperative, Base):
    """Foreclosed collateral that was sold, and what of the price the borrower gets."""

    __tablename__ = "foreclosure_sale"
    __table_args__ = (
        within("entry_number", of="entry"),
        within("foreclosure_number", of="foreclosure", to=("entry_number",)),
    )

    entry_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    foreclosure_number: Mapped[int]
    sold_on: Mapped[date]
    price: Mapped[Money]
    to_borrower: Mapped[Money]
    buyer: Mapped[str]
