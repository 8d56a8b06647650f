"""DepositTerms, TermDeposit: money tied for months; what of it was accrued and paid."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative, within
from coopbook.db.types import WordColumn
from coopbook.deposits.rules import DepositState, Pays, Rollover
from coopbook.members.model import Member
from coopbook.money import Money, Rate
from coopbook.savings.interest import DayCount


class DepositTerms(OfCooperative, Base):
    """What a deposit of so many months earns, for deposits opened from a day on.

    ``kept_percent`` is how much of the interest to date a member keeps on breaking
    early; ``penalty_percent`` what of the principal is paid besides.
    """

    __tablename__ = "deposit_terms"
    __table_args__ = (of_a_cooperative(),)

    months: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    rate: Mapped[Rate]
    day_count: Mapped[DayCount] = mapped_column(WordColumn(DayCount))
    kept_percent: Mapped[int]
    penalty_percent: Mapped[int]
    source: Mapped[str]


class TermDeposit(OfCooperative, Base):
    """Money a member tied for some months, on the terms of its day.

    Its number is also its card's and stands on the certificate.  ``follows`` is the
    deposit it was tied again from; the money and the interest go to
    ``savings_number``.
    """

    __tablename__ = "term_deposit"
    __table_args__ = (
        within("member_number", of="member"),
        within("savings_number", of="savings_account"),
        within(
            *("account_number", "number"),
            of="card",
            to=("account_number", "number"),
        ),
        Index("ix_term_deposit_member", "cooperative_id", "member_number", "number"),
        Index("ix_term_deposit_state", "cooperative_id", "state", "matures_on"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_number: Mapped[int]
    savings_number: Mapped[int]
    account_number: Mapped[int]
    months: Mapped[int]
    principal: Mapped[Money]
    rate: Mapped[Rate]
    day_count: Mapped[DayCount] = mapped_column(WordColumn(DayCount))
    kept_percent: Mapped[int]
    penalty_percent: Mapped[int]
    opened_on: Mapped[date]
    matures_on: Mapped[date]
    rollover: Mapped[Rollover] = mapped_column(WordColumn(Rollover))
    pays: Mapped[Pays] = mapped_column(WordColumn(Pays))
    heir: Mapped[str]
    follows: Mapped[int | None]
    state: Mapped[DepositState] = mapped_column(WordColumn(DepositState))
    ended_on: Mapped[date | None]

    member: Mapped[Member] = relationship(viewonly=True, lazy="joined")

    @property
    def card(self) -> tuple[int, int]:
        """The control account and the card of this deposit."""
        return self.account_number, self.number


class DepositInterest(OfCooperative, Base):
    """Interest of a deposit that an entry accrued, paid, or took back.

    ``accrued`` and ``paid`` are what the entry added to each; both may be negative
    when a deposit is broken.  ``until`` is the day up to which it was accrued.  What
    an entry did counts while the entry is not reversed.
    """

    __tablename__ = "deposit_interest"
    __table_args__ = (
        within("entry_number", of="entry"),
        within("deposit_number", of="term_deposit"),
        Index("ix_deposit_interest", "cooperative_id", "deposit_number", "until"),
    )

    entry_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    deposit_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    until: Mapped[date]
    accrued: Mapped[Money]
    paid: Mapped[Money]
    tax: Mapped[Money]
