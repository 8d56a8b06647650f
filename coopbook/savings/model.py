"""SavingsProduct, SavingsAccount: each account is a card of a control account."""

from __future__ import annotations

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, within
from coopbook.db.types import WordColumn
from coopbook.i18n import Names
from coopbook.members.model import Member
from coopbook.money import Money, Rounding
from coopbook.savings.interest import Basis, DayCount
from coopbook.savings.rules import SavingsType


class SavingsProduct(OfCooperative, Base):
    """A kind of savings the cooperative offers.

    ``amount`` is what is usually paid in at once; ``minimum_balance`` what has
    to stay.
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


class SavingsAccount(OfCooperative, Base):
    """A member's savings of one kind; its number is also its card's."""

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

    product: Mapped[SavingsProduct] = relationship(viewonly=True, lazy="joined")
    member: Mapped[Member] = relationship(viewonly=True, lazy="joined")

    @property
    def card(self) -> tuple[int, int]:
        """The control account and the card of this account."""
        return self.account_number, self.number
