"""Put an item on the list, buy, sell, count; what is reversed comes back to stock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.goods import refusals, rules
from coopbook.goods.model import GoodsItem, GoodsMovement
from coopbook.goods.owing import TILLS, charged
from coopbook.goods.queries import (
    item,
    items,
    last_movement,
    movements_of,
    tied,
    trades,
)
from coopbook.goods.rules import EMPTY, MovementKind, Stock
from coopbook.i18n import Word
from coopbook.ledger import chart
from coopbook.ledger.accounts import enter_accounts
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import before_reversal, post, when_reversed
from coopbook.ledger.rules import VoucherKind, check_amount, credit, debit
from coopbook.members import member as find_member
from coopbook.members.model import Member
from coopbook.members.rules import STATUS_NAMES, MemberStatus
from coopbook.members.standing import LEFT
from coopbook.money import ZERO, Money

BUY, SELL, COUNT = "goods.buy", "goods.sell", "goods.count"
PURSES = (chart.TELLER_CASH, chart.PETTY_CASH, chart.VAULT_CASH, chart.BANK)
"""What goods are paid from; else they are owed to the supplier."""
KINDS = {
    chart.TELLER_CASH: VoucherKind.BKM,
    chart.BANK: VoucherKind.BBM,
    chart.SHOP_RECEIVABLE: VoucherKind.BM,
}
"""The paper of a sale by where what it brought goes."""
NO_MEMBER = LEFT | {MemberStatus.PROSPECTIVE, MemberStatus.SETTLED}


def check_trades(book: Book, on: date) -> None:
    """Refuse goods in the book of a cooperative that does not trade."""
    if not trades(book, on):
        raise refusals.DoesNotTrade


def open_shop(book: Book, on: date) -> None:
    """Enter the accounts of trade, where the book has none; once is enough.

    Raises ``DoesNotTrade`` and ``CodeTaken``.
    """
    check_trades(book, on)
    enter_accounts(book, chart.trade_chart())


def enter_item(
    book: Book,
    code: str,
    name: str,
    *,
    unit: str,
    member_price: Money,
    other_price: Money,
    on: date,
) -> GoodsItem:
    """Put an item on the list; the first one brings the accounts of trade.

    Raises ``DoesNotTrade``, ``NameOfItem``, ``ItemTaken``, ``PriceNeeded``.
    """
    open_shop(book, on)
    tidy, called, counted = (" ".join(each.split()) for each in (code, name, unit))
    if not (tidy and called and counted):
        raise refusals.NameOfItem
    _check_prices(member_price, other_price)
    for one in items(book):
        if one.code.casefold() == tidy.casefold():
            raise refusals.ItemTaken(tidy, one.name)
    last = book.session.scalar(
        select(func.max(GoodsItem.number)).where(
            GoodsItem.cooperative_id == book.cooperative_id
        )
    )
    row = GoodsItem(
        cooperative_id=book.cooperative_id,
        number=int(last or 0) + 1,
        code=tidy,
        name=called,
        unit=counted,
        member_price=member_price,
        other_price=other_price,
        active=True,
    )
    book.session.add(row)
    book.session.flush()
    return row


def _check_prices(*prices: Money) -> None:
    if min(prices) <= ZERO:
        raise refusals.PriceNeeded
    for price in prices:
        check_amount(price)


def change_item(
    book: Book, number: int, *, member_price: Money, other_price: Money, active: bool
) -> GoodsItem:
    """Change the prices of an item from now on, put it aside or sell it again.

    Raises ``NoSuchItem`` and ``PriceNeeded``.
    """
    row = item(book, number)
    _check_prices(member_price, other_price)
    row.member_price, row.other_price, row.active = member_price, other_price, active
    book.session.flush()
    return row


@dataclass(frozen=True, slots=True)
class Move:
    """Goods that come in or go out, before they are written."""

    item: GoodsItem
    quantity: int
    value: Money
    left: Stock
    takings: Money = ZERO
    undoes: int | None = None
    other_takings: Money | None = None


class Moves:
    """What one act does to some items, one movement after another, on a day."""

    def __init__(self, book: Book, on: date) -> None:
        self.book, self.on = book, on
        self.now: dict[int, Stock] = {}
        self.done: list[Move] = []

    def stock(self, row: GoodsItem) -> Stock:
        """Return what there is of an item by now.

        Raises ``MovedLater`` where it moved on a later day already.
        """
        if row.number not in self.now:
            last = last_movement(self.book, row.number)
            if last is not None and last.moved_on > self.on:
                raise refusals.MovedLater(row.name, last.moved_on)
            self.now[row.number] = last.left if last is not None else EMPTY
        return self.now[row.number]

    def bring(self, row: GoodsItem, quantity: int, cost: Money) -> None:
        """Take goods in at what they cost."""
        self.add(
            Move(row, quantity, cost, rules.taken_in(self.stock(row), quantity, cost))
        )

    def take(
        self,
        row: GoodsItem,
        quantity: int,
        takings: Money = ZERO,
        other_takings: Money | None = None,
    ) -> Money:
        """Take goods out at their average cost, and return it; ``NotSoMany``."""
        stock = self.stock(row)
        if quantity > stock.quantity:
            most = rules.in_units(stock.quantity)
            raise refusals.NotSoMany(most, row.unit, row.name, self.on)
        cost = rules.cost_of(stock, quantity)
        left = rules.taken_out(stock, quantity)
        self.add(
            Move(row, -quantity, -cost, left, takings, other_takings=other_takings)
        )
        return cost

    def add(self, move: Move) -> None:
        """Note a movement."""
        self.now[move.item.number] = move.left
        self.done.append(move)

    @property
    def value(self) -> Money:
        """By how much the value of the stock grows."""
        return sum((move.value for move in self.done), ZERO)

    def write(
        self,
        kind: MovementKind,
        entry: Entry | None,
        *,
        note: str = "",
        member: int | None = None,
    ) -> None:
        """Write the movements down beside their entry."""
        numbers = {
            number: last.number if last is not None else 0
            for number in self.now
            for last in [last_movement(self.book, number)]
        }
        for move in self.done:
            numbers[move.item.number] += 1
            self.book.session.add(
                GoodsMovement(
                    cooperative_id=self.book.cooperative_id,
                    item_number=move.item.number,
                    number=numbers[move.item.number],
                    moved_on=self.on,
                    kind=kind,
                    quantity=move.quantity,
                    value=move.value,
                    takings=move.takings,
                    member_number=member,
                    entry_number=entry.number if entry else None,
                    undoes=move.undoes,
                    left_quantity=move.left.quantity,
                    left_value=move.left.value,
                    note=note,
                    made_by=self.book.actor,
                    other_takings=move.other_takings,
                )
            )
        self.book.session.flush()


def asked_of(book: Book, number: int, quantity: int) -> GoodsItem:
    """Return an item so much of which may move; refuse any other."""
    row = item(book, number)
    if not row.active:
        raise refusals.NoLongerSold(row.name)
    if not 0 < quantity <= rules.MOST:
        raise refusals.NotAQuantity
    return row


def said_of(moves: Moves) -> str:
    """Name what moved: three items at most, and how many more."""
    names = list(dict.fromkeys(move.item.name for move in moves.done))
    more = f" dan {len(names) - 3} lain" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def take_over(
    book: Book, number: int, quantity: int, cost: Money, *, on: date
) -> GoodsMovement:
    """Take goods over that account 11701 holds already, like those of older books.

    Nothing is posted.  Raises ``NotInTheBooks`` beyond what no item explains, and as
    ``buy`` does.
    """
    check_trades(book, on)
    row = asked_of(book, number, quantity)
    check_amount(cost)
    found = tied(book)
    free = found.account - found.stock
    if cost > free:
        raise refusals.NotInTheBooks(max(free, ZERO))
    moves = Moves(book, on)
    moves.bring(row, quantity, cost)
    moves.write(MovementKind.OPENING, None)
    last = last_movement(book, number)
    assert last is not None
    return last


def sell(
    book: Book,
    sold: Sequence[tuple[int, int]],
    *,
    on: date,
    member: int | None = None,
    into: int = chart.TELLER_CASH,
) -> Entry:
    """Sell goods for cash, through the bank, or on the account of a member (11606).

    ``sold`` says of each item how many thousandths.  A member pays the members' price,
    the purchase counts for them, on account too, and what it would have brought at the
    price for others is written beside it.  Sale and cost are one entry.  Raises
    ``WhoseAccount``, ``NothingOnAccount``, ``AboveShopLimit``, ``DoesNotTrade``,
    ``NothingMoved``, ``NoSuchItem``, ``NoLongerSold``, ``NotAQuantity``, ``NotSoMany``,
    ``MovedLater``, ``NoSuchMember``, ``NotAMember``, ``NotPaidThere``, ``NotAnAmount``
    for what comes to no rupiah, and what posting refuses.
    """
    check_trades(book, on)
    if not sold:
        raise refusals.NothingMoved
    if into not in (*TILLS, chart.SHOP_RECEIVABLE):
        raise refusals.NotPaidThere(into)
    who = _check_member(book, member) if member is not None else None
    on_account = into == chart.SHOP_RECEIVABLE
    if on_account and who is None:
        raise refusals.WhoseAccount
    moves, takings, cost = Moves(book, on), ZERO, ZERO
    for number, quantity in sold:
        row = asked_of(book, number, quantity)
        amount, other = rules.priced(quantity, row.other_price), None
        if member is not None:
            amount, other = rules.priced(quantity, row.member_price), amount
        check_amount(amount)
        takings += amount
        cost += moves.take(row, quantity, amount, other)
    to, of = (
        (chart.SALES_OTHERS, chart.COST_OTHERS)
        if member is None
        else (chart.SALES_MEMBERS, chart.COST_MEMBERS)
    )
    entry = post(
        book,
        on=on,
        memo=f"Jual {said_of(moves)}" + (f", anggota {member}" if member else ""),
        lines=[
            charged(book, who, takings, on)
            if who is not None and on_account
            else debit(into, takings),
            credit(to, takings),
            *([debit(of, cost), credit(chart.INVENTORY, cost)] if cost else []),
        ],
        kind=KINDS[into],
        source=SELL,
    )
    moves.write(MovementKind.SALE, entry, member=member)
    return entry


def _check_member(book: Book, number: int) -> Member:
    row = find_member(book, number)
    if row.status in NO_MEMBER:
        raise refusals.NotAMember(row.name, Word(STATUS_NAMES[row.status]))
    return row


@before_reversal(BUY)
@before_reversal(SELL)
@before_reversal(COUNT)
def _may_come_back(book: Book, entry: Entry) -> None:
    """Refuse to take back what has gone since; raise ``SoldSince``."""
    _undone(book, entry, date.max)


@when_reversed(BUY)
@when_reversed(SELL)
@when_reversed(COUNT)
def _back(book: Book, entry: Entry, reversal: Entry) -> None:
    """Let what an entry moved come back, at the cost it moved with.

    Raises ``MovedLater`` where an item moved after the day of the reversal.
    """
    moves = _undone(book, entry, reversal.booked_on)
    members = {row.member_number for row in movements_of(book, entry.number)}
    assert len(members) == 1, "an entry is of one member, or of none"
    moves.write(MovementKind.BACK, reversal, note=entry.voucher, member=members.pop())


def _undone(book: Book, entry: Entry, on: date) -> Moves:
    """Return what takes an entry's movements back, the last of them first.

    Raises ``SoldSince`` where less than nothing would be left, or nothing that is
    worth something.
    """
    moves = Moves(book, on)
    for row in reversed(movements_of(book, entry.number)):
        of = item(book, row.item_number)
        there = moves.stock(of)
        left = Stock(there.quantity - row.quantity, there.value - row.value)
        if min(left.quantity, left.value.units) < 0 or (
            left.value and not left.quantity
        ):
            raise refusals.SoldSince(of.name, entry.voucher)
        other = None if row.other_takings is None else -row.other_takings
        about = (-row.quantity, -row.value, left, -row.takings, row.number, other)
        moves.add(Move(of, *about))
    return moves
