"""SavingsProduct, SavingsAccount: each account is a card of a control account."""

from __future__ import annotations

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, within
from coopbook.db.types import WordColumn
from coopbook.members.model import Member
from coopbook.money import Money
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
