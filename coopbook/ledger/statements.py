"""Statements of accounts and cards: every line with the balance after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import selectinload

from coopbook.book import Book
from coopbook.dates import month_of
from coopbook.db.types import total
from coopbook.ledger.journal import Page, cursor, page_of
from coopbook.ledger.model import Balance, DayBalance, Entry, Line
from coopbook.ledger.queries import account
from coopbook.ledger.rules import Side
from coopbook.money import Money


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A line of a statement, with the balance after it.

    ``balance`` is counted on the side where the account grows.
    """

    booked_on: date
    entry_number: int
    line_number: int
    voucher: str
    memo: str
    actor: str
    card_number: int
    debit: Money
    credit: Money
    balance: Money
    reverses: str | None
    reversed_by: str | None


def _lines_of(book: Book, account_number: int, card: int | None) -> Select[Line]:
    rows = (
        select(Line)
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.account_number == account_number)
    )
    return rows if card is None else rows.where(Line.card_number == card)


def account_statement(
    book: Book,
    account_number: int,
    card_number: int | None = None,
    *,
    before: str | None = None,
    after: str | None = None,
    limit: int = 25,
    booked_to: date | None = None,
) -> Page[StatementLine]:
    """Return a page of an account's or a card's lines, newest first.

    The balance beside each line is carried down from the day's closing, so the
    page costs the same wherever it lies.
    """
    side = account(book, account_number).normal_balance
    place = (Line.booked_on, Line.entry_number, Line.number)
    rows = _lines_of(book, account_number, card_number).options(
        selectinload(Line.entry)
    )
    if booked_to is not None:
        rows = rows.where(Line.booked_on <= booked_to)
    older, newer = cursor(before, 3), cursor(after, 3)
    if newer is not None:
        rows = rows.where(tuple_(*place) > _place(newer)).order_by(*place)
    else:
        if older is not None:
            rows = rows.where(tuple_(*place) < _place(older))
        rows = rows.order_by(*(column.desc() for column in place))
    found = list(book.session.scalars(rows.limit(limit + 1)))
    more, found = len(found) > limit, found[:limit]
    if newer is not None:
        found.reverse()
    if not found:
        return Page([])
    running = _balance_after(book, account_number, card_number, found[0])
    reversed_by = _reversals(book, [line.entry_number for line in found])
    lines = []
    for line in found:
        shown = Money(running if side is Side.DEBIT else -running)
        lines.append(_statement_line(line, shown, reversed_by))
        running -= line.debit.units - line.credit.units
    return page_of(
        lines,
        lambda row: f"{row.booked_on.toordinal()}.{row.entry_number}.{row.line_number}",
        has_newer=more if newer is not None else older is not None,
        has_older=True if newer is not None else more,
    )


def _place(cursor: tuple[int, ...]) -> tuple[date, int, int]:
    ordinal = min(max(cursor[0], 1), date.max.toordinal())
    return date.fromordinal(ordinal), cursor[1], cursor[2]


def _balance_after(
    book: Book, account_number: int, card: int | None, line: Line
) -> int:
    """Return the balance right after a line, debit positive."""
    if card is None:
        opening = book.session.scalar(
            select(DayBalance.opening)
            .where(DayBalance.cooperative_id == book.cooperative_id)
            .where(DayBalance.account_number == account_number)
            .where(DayBalance.day == line.booked_on)
        )
        since = line.booked_on
    else:
        opening = book.session.scalar(
            select(Balance.opening)
            .where(Balance.cooperative_id == book.cooperative_id)
            .where(Balance.account_number == account_number)
            .where(Balance.card_number == card)
            .where(Balance.month == month_of(line.booked_on))
        )
        since = line.booked_on.replace(day=1)
    rows = _lines_of(book, account_number, card).subquery()
    moved = book.session.execute(
        select(total(rows.c.debit), total(rows.c.credit))
        .where(rows.c.booked_on >= since)
        .where(
            tuple_(rows.c.booked_on, rows.c.entry_number, rows.c.number)
            <= (line.booked_on, line.entry_number, line.number)
        )
    ).one()
    return int(opening or 0) + moved[0].units - moved[1].units


def _reversals(book: Book, numbers: Sequence[int]) -> dict[int, str]:
    rows = book.session.execute(
        select(Entry.reverses, Entry.voucher)
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Entry.reverses.in_(sorted(set(numbers))))
    )
    return {int(number): voucher for number, voucher in rows if number is not None}


def _statement_line(
    line: Line, balance: Money, reversed_by: dict[int, str]
) -> StatementLine:
    return StatementLine(
        booked_on=line.booked_on,
        entry_number=line.entry_number,
        line_number=line.number,
        voucher=line.entry.voucher,
        memo=line.entry.memo,
        actor=line.entry.actor,
        card_number=line.card_number,
        debit=line.debit,
        credit=line.credit,
        balance=balance,
        reverses=None if line.entry.reverses is None else str(line.entry.reverses),
        reversed_by=reversed_by.get(line.entry_number),
    )
