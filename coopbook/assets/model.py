"""FixedAsset, Depreciation: what the cooperative owns and how it wears out."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, within
from coopbook.money import Money


class FixedAsset(OfCooperative, Base):
    """A thing on an account of fixed assets, worn out in equal months; land in none.

    Its purchase is an entry of its own; this register says what it is.
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


class Depreciation(OfCooperative, Base):
    """What an entry depreciated of an asset up to the end of a month.

    It counts while the entry is not reversed.
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
