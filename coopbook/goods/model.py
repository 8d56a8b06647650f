"""GoodsItem, GoodsMovement, GoodsCount: what the shop sells, and what moved of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coopbook.db.base import Base
from coopbook.db.tenancy import OfCooperative, of_a_cooperative, within
from coopbook.db.types import WordColumn
from coopbook.goods.rules import MovementKind, Stock
from coopbook.money import Money


class GoodsItem(OfCooperative, Base):
    """Something the shop sells, counted in a unit, with its two prices a unit."""

    __tablename__ = "goods_item"
    __table_args__ = (of_a_cooperative(), UniqueConstraint("cooperative_id", "code"))

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str]
    name: Mapped[str]
    unit: Mapped[str]
    member_price: Mapped[Money]
    other_price: Mapped[Money]
    active: Mapped[bool]


class GoodsMovement(OfCooperative, Base):
    """What came in or went out of an item, and what was left after it.

    ``quantity`` and ``left_quantity`` are thousandths of the unit; ``quantity`` and
    ``value``, the cost, are negative when goods go out.  ``takings`` is what a sale
    brought, ``other_takings`` what one to a member would have at the price for others;
    that is not known of sales before version 0016.  ``undoes`` is the movement of the
    same item that this one takes back.
    """

    __tablename__ = "goods_movement"
    __table_args__ = (
        within("item_number", of="goods_item"),
        within("member_number", of="member"),
        within("entry_number", of="entry"),
        Index("ix_goods_movement_entry", "cooperative_id", "entry_number"),
        Index("ix_goods_movement_day", "cooperative_id", "moved_on"),
    )

    item_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    moved_on: Mapped[date]
    kind: Mapped[MovementKind] = mapped_column(WordColumn(MovementKind))
    quantity: Mapped[int]
    value: Mapped[Money]
    takings: Mapped[Money]
    member_number: Mapped[int | None]
    entry_number: Mapped[int | None]
    undoes: Mapped[int | None]
    left_quantity: Mapped[int]
    left_value: Mapped[Money]
    note: Mapped[str]
    made_by: Mapped[str]
    other_takings: Mapped[Money | None]

    @property
    def left(self) -> Stock:
        """What was there after it."""
        return Stock(self.left_quantity, self.left_value)


class GoodsCount(OfCooperative, Base):
    """An item counted against the book, in thousandths; who counted and who saw it."""

    __tablename__ = "goods_count"
    __table_args__ = (
        within("item_number", of="goods_item"),
        within("entry_number", of="entry"),
    )

    item_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date]
    book: Mapped[int]
    counted: Mapped[int]
    value: Mapped[Money]
    entry_number: Mapped[int | None]
    explanation: Mapped[str]
    counted_by: Mapped[str]
    witness: Mapped[str]

    @property
    def difference(self) -> int:
        """How many thousandths more were counted than the book said."""
        return self.counted - self.book
