"""FixedAsset, Depreciation: what the cooperative owns and how it wears out."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column, relationship

from coopbook.assets import rules
from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, within
from coopbook.money import Money


class FixedAsset(OfCooperative, Base):
    """A thing on an account of fixed assets, worn out in equal months; land in none.

    ``purchase_entry`` bought it, where it was bought here.  One taken over from older
    books says on which day, and what those had depreciated of it.  One that left has
    the entry of its disposal, or that reversed its purchase; one without an entry was
    taken out of the register because it should not have been there.
    """

    __tablename__ = "fixed_asset"
    __table_args__ = (
        within("account_number", of="account"),
        within("disposal_entry", of="entry"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    account_number: Mapped[int]
    bought_on: Mapped[date]
    cost: Mapped[Money]
    residual: Mapped[Money]
    months: Mapped[int]
    place: Mapped[str]
    document: Mapped[str]
    disposed_on: Mapped[date | None]
    disposal_entry: Mapped[int | None]
    worn_before: Mapped[Money | None]
    taken_over_on: Mapped[date | None]
    purchase_entry: Mapped[int | None]

    touched: Mapped[list[Depreciation]] = relationship(
        viewonly=True, order_by="Depreciation.entry_number"
    )

    @property
    def bought_by(self) -> int | None:
        """The number of the entry that bought it, where it was bought here.

        Books before version 0016 have it in a row of nothing depreciated.
        """
        older = [one.entry_number for one in self.touched if not one.amount]
        return self.purchase_entry or next(iter(older), None)

    @property
    def entries(self) -> list[int]:
        """What was posted for it to come here."""
        return [] if self.bought_by is None else [self.bought_by]

    @property
    def since(self) -> date:
        """The day from which this book has it."""
        return self.taken_over_on or self.bought_on

    @property
    def months_before(self) -> int:
        """In how many months older books depreciated it."""
        if self.taken_over_on is None:
            return 0
        return rules.months_before(self.bought_on, self.taken_over_on)

    def gone(self, on: date) -> bool:
        """Say whether it had left by the end of a day."""
        return self.disposed_on is not None and self.disposed_on <= on

    @property
    def taken_out(self) -> bool:
        """Whether it left without an entry: it should not have been there."""
        return self.disposed_on is not None and self.disposal_entry is None


class Depreciation(OfCooperative, Base):
    """What an entry depreciated of an asset up to the end of a month.

    It counts while the entry is not reversed.  Until version 0016 the entry that bought
    an asset stood here as well: it depreciated nothing, up to the month before.
    """

    __tablename__ = "depreciation"
    __table_args__ = (
        within("entry_number", of="entry"),
        within("asset_number", of="fixed_asset", to=("number",)),
    )

    entry_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    asset_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    month: Mapped[int]
    amount: Mapped[Money]
