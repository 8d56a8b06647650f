"""SurplusPolicy, SurplusDistribution, SurplusShare: who gets what of a year."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative, within
from coopbook.money import Money


class SurplusPolicy(OfCooperative, Base):
    """How surpluses are divided from a year on, until the next policy.

    ``rules`` is the policy as text (``rules.kept``), ``source`` says where it is
    written: by-laws, or the decision named beside it.
    """

    __tablename__ = "surplus_policy"
    __table_args__ = (
        of_a_cooperative(),
        within("decision_number", of="decision"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first_year: Mapped[int]
    rules: Mapped[str]
    source: Mapped[str]
    set_on: Mapped[date]
    set_by: Mapped[str]
    decision_number: Mapped[int | None]


class SurplusDistribution(OfCooperative, Base):
    """A year's surplus as the members decided on it; posted where ``entry_number`` is.

    ``member_surplus`` is what of it was earned with members.  ``credit_entry`` wrote
    each member's part on their card.  It is void while its entry is reversed.
    """

    __tablename__ = "surplus_distribution"
    __table_args__ = (
        of_a_cooperative(),
        within("decision_number", of="decision"),
        within("entry_number", of="entry"),
        within("credit_entry", of="entry"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    year: Mapped[int]
    rules: Mapped[str]
    surplus: Mapped[Money]
    member_surplus: Mapped[Money]
    approved_on: Mapped[date]
    decision_number: Mapped[int]
    approved_by: Mapped[str]
    entry_number: Mapped[int | None]
    credit_entry: Mapped[int | None]

    @property
    def entries(self) -> list[int]:
        """The numbers of its entries, in the order they were posted."""
        found = (self.entry_number, self.credit_entry)
        return [number for number in found if number is not None]


class SurplusShare(OfCooperative, Base):
    """A member's part of a distribution, and what it was worked out from.

    ``capital_base`` and ``activity`` are rupiah, an average rounded down to show it.
    """

    __tablename__ = "surplus_share"
    __table_args__ = (
        within("distribution_number", of="surplus_distribution", to=("number",)),
        within("member_number", of="member"),
    )

    distribution_number: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False
    )
    member_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    capital_base: Mapped[Money]
    activity: Mapped[Money]
    capital: Mapped[Money]
    patronage: Mapped[Money]

    @property
    def total(self) -> Money:
        """Both parts together."""
        return self.capital + self.patronage
