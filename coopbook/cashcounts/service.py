"""Count a cash box against the book; close a day that was counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.cashcounts import rules
from coopbook.cashcounts.model import CashCount
from coopbook.ledger import chart
from coopbook.ledger.closing import close, is_closed
from coopbook.ledger.model import DayBalance, Period
from coopbook.ledger.posting import post
from coopbook.ledger.queries import account_balance
from coopbook.ledger.rules import credit, debit
from coopbook.money import ZERO, Money

BOXES = (*(chart.VAULT_CASH, chart.TELLER_CASH, chart.PETTY_CASH, chart.FIELD_CASH),)
SHORT, OVER = 11_602, 21_406
"""Where a shortage is owed, and where an overage is held.  Source: domain guide 5.6."""

COUNT = "cashcounts.count"


def counts_of(book: Book, day: date) -> dict[int, CashCount]:
    """Return the last count of each cash box on a day."""
    rows = book.session.scalars(
        select(CashCount)
        .where(CashCount.cooperative_id == book.cooperative_id)
        .where(CashCount.day == day)
        .order_by(CashCount.account_number, CashCount.number)
    )
    return {row.account_number: row for row in rows}


def boxes_of(book: Book, day: date) -> list[tuple[int, Money]]:
    """Return the cash boxes that hold something on a day, or moved on it."""
    moved = set(
        book.session.scalars(
            select(DayBalance.account_number)
            .where(DayBalance.cooperative_id == book.cooperative_id)
            .where(DayBalance.day == day)
            .where(DayBalance.account_number.in_(BOXES))
        )
    )
    found = [(one, account_balance(book, one, day)) for one in BOXES]
    return [(one, held) for one, held in found if held or one in moved]


def count_cash(
    book: Book,
    account: int,
    pieces: Mapping[int, int],
    *,
    on: date,
    witness: str,
    explanation: str = "",
) -> CashCount:
    """Count a cash box at the end of a day; a difference becomes an entry with a name.

    What is missing is owed by whoever counted (11602), what is over is held (21406).
    Raises ``NotCash``, ``NoSuchPiece``, ``NotACount``, ``WitnessNeeded``,
    ``WhyDiffers``, ``DayIsClosed``.
    """
    if account not in BOXES:
        raise rules.NotCash(account)
    if is_closed(book, on.isoformat()):
        raise rules.DayIsClosed(on)
    whole = rules.counted(pieces)
    seen = " ".join(witness.split())
    if not seen or seen == book.actor:
        raise rules.WitnessNeeded
    held = account_balance(book, account, on)
    apart = whole - held
    why = " ".join(explanation.split())
    if apart and not why:
        raise rules.WhyDiffers(abs(apart))
    entry = None
    if apart:
        much = abs(apart)
        lines = (
            [debit(account, much), credit(OVER, much)]
            if apart > ZERO
            else [debit(SHORT, much), credit(account, much)]
        )
        what = "lebih" if apart > ZERO else "kurang"
        entry = post(
            book,
            on=on,
            memo=f"Selisih kas {what}, dihitung {book.actor}: {why}",
            lines=lines,
            source=COUNT,
        )
    last = book.session.scalar(
        select(func.max(CashCount.number))
        .where(CashCount.cooperative_id == book.cooperative_id)
        .where(CashCount.day == on)
        .where(CashCount.account_number == account)
    )
    row = CashCount(
        cooperative_id=book.cooperative_id,
        day=on,
        account_number=account,
        number=int(last or 0) + 1,
        pieces=rules.kept(pieces),
        book=held,
        counted=whole,
        entry_number=entry.number if entry else None,
        explanation=why,
        counted_by=book.actor,
        witness=seen,
    )
    book.session.add(row)
    book.session.flush()
    return row


def uncounted(book: Book, day: date) -> list[int]:
    """Return the cash boxes whose last count of a day is not what the book says now."""
    done = counts_of(book, day)
    return [
        one
        for one, held in boxes_of(book, day)
        if one not in done or done[one].counted != held
    ]


def close_day(book: Book, day: date, *, today: date) -> Period:
    """Close a day whose cash boxes were counted: it takes no more entries.

    Raises ``DayNotOver``, ``NotCounted`` and ``AlreadyClosed``.
    """
    if day > today:
        raise rules.DayNotOver(day)
    left = uncounted(book, day)
    if left:
        raise rules.NotCounted(day, ", ".join(map(str, left)))
    return close(book, day.isoformat())
