"""Count an item against the book; what differs becomes an entry with a name."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.goods import refusals, rules
from coopbook.goods.model import GoodsCount, GoodsItem, GoodsMovement
from coopbook.goods.queries import item
from coopbook.goods.rules import MovementKind
from coopbook.goods.service import COUNT, Moves, check_trades
from coopbook.ledger import chart
from coopbook.ledger.posting import post
from coopbook.ledger.rules import credit, debit
from coopbook.money import ZERO, Money


def count_goods(
    book: Book,
    number: int,
    counted: int,
    *,
    on: date,
    witness: str,
    explanation: str = "",
) -> GoodsCount:
    """Count an item, in thousandths; what differs is a stock difference (52101).

    What is missing leaves at its average cost.  What is over comes in at it, rounded
    down; where nothing was left, at what the last purchase cost a unit.  Raises
    ``DoesNotTrade``, ``NoSuchItem``, ``NotCountedSo``, ``SomebodyElse``, ``WhyApart``,
    ``CostUnknown``, ``MovedLater`` and what posting refuses.
    """
    check_trades(book, on)
    row = item(book, number)
    if not 0 <= counted <= rules.MOST:
        raise refusals.NotCountedSo
    seen = " ".join(witness.split())
    if not seen or seen == book.actor:
        raise refusals.SomebodyElse
    moves = Moves(book, on)
    stock = moves.stock(row)
    why = " ".join(explanation.split())
    apart = counted - stock.quantity
    if apart and not why:
        raise refusals.WhyApart(rules.in_units(stock.quantity), row.unit)
    if apart > 0:
        moves.bring(row, apart, _cost_of_found(book, row, apart, moves))
    elif apart < 0:
        moves.take(row, -apart)
    much, entry = moves.value, None
    if much:
        against = (chart.INVENTORY, chart.STOCK_DIFFERENCES)
        to, of = against if much > ZERO else against[::-1]
        entry = post(
            book,
            on=on,
            memo=f"Selisih stok {row.name}, dihitung {book.actor}: {why}",
            lines=[debit(to, abs(much)), credit(of, abs(much))],
            source=COUNT,
        )
    moves.write(MovementKind.COUNT, entry, note=why)
    last = book.session.scalar(
        select(func.max(GoodsCount.number))
        .where(GoodsCount.cooperative_id == book.cooperative_id)
        .where(GoodsCount.item_number == number)
    )
    done = GoodsCount(
        cooperative_id=book.cooperative_id,
        item_number=number,
        number=int(last or 0) + 1,
        day=on,
        book=stock.quantity,
        counted=counted,
        value=much,
        entry_number=entry.number if entry else None,
        explanation=why,
        counted_by=book.actor,
        witness=seen,
    )
    book.session.add(done)
    book.session.flush()
    return done


def _cost_of_found(book: Book, row: GoodsItem, quantity: int, moves: Moves) -> Money:
    stock = moves.stock(row)
    if stock.quantity:
        return Money(stock.value.units * quantity // stock.quantity)
    last = book.session.scalar(
        select(GoodsMovement)
        .where(GoodsMovement.cooperative_id == book.cooperative_id)
        .where(GoodsMovement.item_number == row.number)
        .where(GoodsMovement.kind.in_((MovementKind.PURCHASE, MovementKind.OPENING)))
        .order_by(GoodsMovement.number.desc())
        .limit(1)
    )
    if last is None:
        raise refusals.CostUnknown(row.name)
    return Money(last.value.units * quantity // last.quantity)
