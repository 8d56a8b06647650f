"""Items, what there is of them, their stock cards, what members bought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import aliased

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.db.types import total
from coopbook.goods.model import GoodsCount, GoodsItem, GoodsMovement
from coopbook.goods.refusals import NoSuchItem
from coopbook.goods.rules import EMPTY, MovementKind, Stock
from coopbook.ledger import chart
from coopbook.ledger.queries import account_balance
from coopbook.money import ZERO, Money

TRADES = "trades"
"""The by-law that says whether the cooperative trades in goods."""


@dataclass(frozen=True, slots=True)
class InStock:
    """An item with what there is of it."""

    item: GoodsItem
    stock: Stock


def trades(book: Book, on: date) -> bool:
    """Say whether the by-laws of a day let the cooperative trade in goods."""
    return bool(setting(book, TRADES, on))


def item(book: Book, number: int) -> GoodsItem:
    """Return an item; raise ``NoSuchItem``."""
    row = book.get(GoodsItem, number)
    if row is None:
        raise NoSuchItem(number)
    return row


def item_of(book: Book, code: str) -> GoodsItem:
    """Return the item of a code; raise ``NoSuchItem``."""
    row = book.session.scalar(
        select(GoodsItem)
        .where(GoodsItem.cooperative_id == book.cooperative_id)
        .where(GoodsItem.code == code.strip())
    )
    if row is None:
        raise NoSuchItem(code)
    return row


def items(book: Book, *, active: bool = False) -> list[GoodsItem]:
    """Return every item by code; only those that are sold where asked."""
    rows = (
        select(GoodsItem)
        .where(GoodsItem.cooperative_id == book.cooperative_id)
        .order_by(GoodsItem.code)
    )
    if active:
        rows = rows.where(GoodsItem.active)
    return list(book.session.scalars(rows))


def last_movement(book: Book, number: int) -> GoodsMovement | None:
    """Return the last movement of an item, if anything ever moved."""
    return book.session.scalar(
        select(GoodsMovement)
        .where(GoodsMovement.cooperative_id == book.cooperative_id)
        .where(GoodsMovement.item_number == number)
        .order_by(GoodsMovement.number.desc())
        .limit(1)
    )


def stock_of(book: Book, number: int) -> Stock:
    """Return what there is of an item."""
    last = last_movement(book, number)
    return last.left if last is not None else EMPTY


def stocks(book: Book, on: date | None = None) -> list[InStock]:
    """Return every item with what there was of it at the end of a day, by code."""
    latest = (
        select(
            GoodsMovement.item_number.label("item"),
            func.max(GoodsMovement.number).label("number"),
        )
        .where(GoodsMovement.cooperative_id == book.cooperative_id)
        .group_by(GoodsMovement.item_number)
    )
    if on is not None:
        latest = latest.where(GoodsMovement.moved_on <= on)
    last = latest.subquery()
    rows = book.session.execute(
        select(
            GoodsMovement.item_number,
            GoodsMovement.left_quantity,
            GoodsMovement.left_value,
        )
        .join(
            last,
            and_(
                last.c.item == GoodsMovement.item_number,
                last.c.number == GoodsMovement.number,
            ),
        )
        .where(GoodsMovement.cooperative_id == book.cooperative_id)
    )
    found = {number: Stock(quantity, value) for number, quantity, value in rows}
    return [InStock(one, found.get(one.number, EMPTY)) for one in items(book)]


def stock_card(
    book: Book, number: int, *, before: int | None = None, limit: int = 50
) -> list[GoodsMovement]:
    """Return the movements of an item, the latest first, before a given one."""
    rows = (
        select(GoodsMovement)
        .where(GoodsMovement.cooperative_id == book.cooperative_id)
        .where(GoodsMovement.item_number == number)
        .order_by(GoodsMovement.number.desc())
        .limit(limit)
    )
    if before is not None:
        rows = rows.where(GoodsMovement.number < before)
    return list(book.session.scalars(rows))


def counts_of(book: Book, number: int) -> list[GoodsCount]:
    """Return the counts of an item, the latest first."""
    rows = (
        select(GoodsCount)
        .where(GoodsCount.cooperative_id == book.cooperative_id)
        .where(GoodsCount.item_number == number)
        .order_by(GoodsCount.number.desc())
    )
    return list(book.session.scalars(rows))


def movements_of(book: Book, entry: int) -> Sequence[GoodsMovement]:
    """Return what an entry moved, in the order it was booked."""
    rows = (
        select(GoodsMovement)
        .where(GoodsMovement.cooperative_id == book.cooperative_id)
        .where(GoodsMovement.entry_number == entry)
        .order_by(GoodsMovement.item_number, GoodsMovement.number)
    )
    return book.session.scalars(rows).all()


def worth(book: Book, on: date | None = None) -> Money:
    """Return what all goods in stock cost, at the end of a day or now."""
    return sum((one.stock.value for one in stocks(book, on)), ZERO)


@dataclass(frozen=True, slots=True)
class Tied:
    """What the goods in stock cost, and what their account holds."""

    stock: Money
    account: Money

    @property
    def holds(self) -> bool:
        """Say whether both are the same."""
        return self.stock == self.account


def tied(book: Book, on: date | None = None) -> Tied:
    """Return the value of the stock beside account 11701, on a day or now."""
    return Tied(worth(book, on), account_balance(book, chart.INVENTORY, on))


def bought_by_members(book: Book, first: date, last: date) -> dict[int, int]:
    """Return for how many rupiah each member bought; what came back is taken off."""
    rows = book.session.execute(
        select(GoodsMovement.member_number, total(GoodsMovement.takings))
        .where(GoodsMovement.cooperative_id == book.cooperative_id)
        .where(GoodsMovement.member_number.is_not(None))
        .where(GoodsMovement.moved_on >= first)
        .where(GoodsMovement.moved_on <= last)
        .where(GoodsMovement.kind.in_((MovementKind.SALE, MovementKind.BACK)))
        .group_by(GoodsMovement.member_number)
    )
    found: defaultdict[int, int] = defaultdict(int)
    for member, takings in rows:
        assert member is not None, "asked for above"
        found[member] = max(takings.units, 0)
    return found


def bought_by(book: Book, member: int, first: date, last: date) -> Money:
    """Return for how much a member bought in a time."""
    return Money(bought_by_members(book, first, last).get(member, 0))


@dataclass(frozen=True, slots=True)
class MemberSales:
    """What members paid in a time, and would have at the price for others.

    ``unknown`` sales, the last on ``until``, were booked without that price (before
    version 0016) and are in neither.
    """

    takings: Money
    other_takings: Money
    unknown: int
    until: date | None


def member_sales(book: Book, first: date, last: date) -> MemberSales:
    """Return sales to members beside the price for others, less what came back.

    What is taken back counts on its own day, also of a sale before ``first``.
    """
    mine = (
        (GoodsMovement.cooperative_id == book.cooperative_id)
        & GoodsMovement.member_number.is_not(None)
        & GoodsMovement.moved_on.between(first, last)
    )
    takings, other = book.session.execute(
        select(total(GoodsMovement.takings), total(GoodsMovement.other_takings))
        .where(mine)
        .where(GoodsMovement.kind.in_((MovementKind.SALE, MovementKind.BACK)))
        .where(GoodsMovement.other_takings.is_not(None))
    ).one()
    back = aliased(GoodsMovement)
    unknown, until = book.session.execute(
        select(
            func.count(GoodsMovement.entry_number.distinct()),
            func.max(GoodsMovement.moved_on),
        )
        .where(mine)
        .where(GoodsMovement.kind == MovementKind.SALE)
        .where(GoodsMovement.other_takings.is_(None))
        .where(
            ~exists().where(
                back.cooperative_id == GoodsMovement.cooperative_id,
                back.item_number == GoodsMovement.item_number,
                back.undoes == GoodsMovement.number,
                back.moved_on <= last,
            )
        )
    ).one()
    return MemberSales(takings, other, unknown, until)
