"""Buy goods, paid at once or owed to the supplier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coopbook.book import Book
from coopbook.goods import refusals
from coopbook.goods.rules import MovementKind
from coopbook.goods.service import BUY, PURSES, Moves, asked_of, check_trades, said_of
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import check_open, post
from coopbook.ledger.rules import Draft, check_amount, credit, debit
from coopbook.ledger.vouchers import above_limit, ask_to_pay, kind_of
from coopbook.money import Money
from coopbook.people.approvals import approvable
from coopbook.people.model import Approval
from coopbook.people.rules import Role

Bought = Sequence[tuple[int, int, Money]]


def buy(
    book: Book,
    bought: Bought,
    *,
    on: date,
    paid_from: int | None,
    supplier: str = "",
    document: str = "",
) -> Entry | Approval:
    """Buy goods: of each item how many thousandths, and what all of them cost.

    ``paid_from`` is cash or the bank; none is owed to the supplier (21803).  Money
    above the by-law ``voucher_limit`` waits for a second person, and nothing comes into
    stock before.  Raises ``DoesNotTrade``, ``NothingMoved``, ``NoSuchItem``,
    ``NoLongerSold``, ``NotAQuantity``, ``NotAnAmount``, ``NotPaidThere``,
    ``SupplierNeeded``, ``MovedLater`` and what posting refuses.
    """
    by, paper = " ".join(supplier.split()), " ".join(document.split())
    moves, lines = _judged(book, bought, on, paid_from, by)
    check_open(book, on)
    if not above_limit(book, lines, on):
        return _posted(book, moves, lines, on, by, paper)
    request = {
        "bought": [list(one) for one in bought],
        "paid_from": paid_from,
        "supplier": by,
        "document": paper,
    }
    return ask_to_pay(book, BUY, request, lines, memo=_memo(moves, by, paper), on=on)


@approvable(BUY, N_("Buy goods above the limit"), frozenset({Role.MANAGER}))
def _agreed(
    book: Book,
    approval: Approval,
    *,
    bought: list[tuple[int, int, int]],
    on: str,
    paid_from: int | None,
    supplier: str,
    document: str,
    lines: list[list[int]],
    memo: str,
) -> Entry:
    day = date.fromisoformat(on)
    priced = [(number, many, Money(cost)) for number, many, cost in bought]
    moves, drafts = _judged(book, priced, day, paid_from, supplier)
    return _posted(book, moves, drafts, day, supplier, document, approval.number)


def _judged(
    book: Book, bought: Bought, on: date, paid_from: int | None, by: str
) -> tuple[Moves, list[Draft]]:
    """Return what a purchase moves and posts; refuse one that may not be."""
    check_trades(book, on)
    if not bought:
        raise refusals.NothingMoved
    if paid_from is not None and paid_from not in PURSES:
        raise refusals.NotPaidThere(paid_from)
    if paid_from is None and not by:
        raise refusals.SupplierNeeded
    moves = Moves(book, on)
    for number, quantity, cost in bought:
        row = asked_of(book, number, quantity)
        check_amount(cost)
        moves.bring(row, quantity, cost)
    return moves, [
        debit(chart.INVENTORY, moves.value),
        credit(paid_from or chart.SUPPLIERS, moves.value),
    ]


def _memo(moves: Moves, by: str, paper: str) -> str:
    return " ".join(f"Beli {said_of(moves)} {by} {paper}".split())


def _posted(
    book: Book,
    moves: Moves,
    lines: list[Draft],
    on: date,
    by: str,
    paper: str,
    approval: int | None = None,
) -> Entry:
    entry = post(
        book,
        on=on,
        memo=_memo(moves, by, paper),
        lines=lines,
        kind=kind_of(lines),
        source=BUY,
        approval=approval,
    )
    moves.write(MovementKind.PURCHASE, entry, note=" ".join([by, paper]).strip())
    return entry
