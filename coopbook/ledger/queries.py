"""Trial balance, statements, journal, balances: what the ledger can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from sqlalchemy import Select, and_, func, select, tuple_
from sqlalchemy.orm import selectinload

from coopbook.book import Book
from coopbook.dates import month_of
from coopbook.db.types import total
from coopbook.ledger.chart import SUSPENSE
from coopbook.ledger.model import (
    Account,
    Balance,
    Card,
    DayBalance,
    Entry,
    Line,
    Period,
)
from coopbook.ledger.rules import (
    AccountType,
    NoSuchAccount,
    NoSuchEntry,
    Side,
)
from coopbook.money import ZERO, Money

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and the cursors of the pages before and after, if there are any."""

    rows: list[T]
    newer: str | None = None
    older: str | None = None


@dataclass(frozen=True, slots=True)
class TrialBalanceRow:
    """The balance of one account on a date, in the column where it stands."""

    account_number: int
    code: str
    name_id: str
    name_en: str
    account_type: AccountType
    debit: Money
    credit: Money


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


def account(book: Book, number: int) -> Account:
    """Return an account by its fixed number; raise ``NoSuchAccount``."""
    row = book.get(Account, number)
    if row is None:
        raise NoSuchAccount(number)
    return row


def accounts(book: Book, *, archived: bool = True) -> list[Account]:
    """Return the chart in the order of its printed codes."""
    rows = (
        select(Account)
        .where(Account.cooperative_id == book.cooperative_id)
        .order_by(Account.code)
    )
    if not archived:
        rows = rows.where(Account.archived_on.is_(None))
    return list(book.session.scalars(rows))


def cards(
    book: Book, account_number: int, *, after: int = 0, limit: int = 50
) -> list[Card]:
    """Return the cards of a control account by number, after a given one."""
    rows = (
        select(Card)
        .where(Card.cooperative_id == book.cooperative_id)
        .where(Card.account_number == account_number)
        .where(Card.number > after)
        .order_by(Card.number)
        .limit(limit)
    )
    return list(book.session.scalars(rows))


def card_balance(
    book: Book, account_number: int, card_number: int = 0, as_of: date | None = None
) -> Money:
    """Return a card's balance on the side where its account grows.

    Without ``as_of`` it is the balance after everything posted.
    """
    side = account(book, account_number).normal_balance
    rows = (
        select(Balance)
        .where(Balance.cooperative_id == book.cooperative_id)
        .where(Balance.account_number == account_number)
        .where(Balance.card_number == card_number)
        .order_by(Balance.month.desc())
        .limit(1)
    )
    if as_of is None:
        last = book.session.scalar(rows.execution_options(populate_existing=True))
        units = last.opening + last.debit - last.credit if last else 0
    else:
        month = book.session.scalar(
            rows.where(Balance.month <= month_of(as_of)).execution_options(
                populate_existing=True
            )
        )
        if month is None:
            return ZERO
        units = month.opening
        if month.month < month_of(as_of):
            units += month.debit - month.credit
        else:
            moved = book.session.execute(
                select(total(Line.debit), total(Line.credit))
                .where(Line.cooperative_id == book.cooperative_id)
                .where(Line.account_number == account_number)
                .where(Line.card_number == card_number)
                .where(Line.booked_on >= as_of.replace(day=1))
                .where(Line.booked_on <= as_of)
            ).one()
            units += moved[0].units - moved[1].units
    return Money(units if side is Side.DEBIT else -units)


def trial_balance(book: Book, as_of: date) -> list[TrialBalanceRow]:
    """Return every account that holds a balance on a date, in chart order.

    Read from the balances carried by day, not from history.
    """
    latest = (
        select(
            DayBalance.account_number.label("number"),
            func.max(DayBalance.day).label("day"),
        )
        .where(DayBalance.cooperative_id == book.cooperative_id)
        .where(DayBalance.day <= as_of)
        .group_by(DayBalance.account_number)
        .subquery()
    )
    rows = book.session.execute(
        select(Account, DayBalance.opening + DayBalance.debit - DayBalance.credit)
        .join(
            DayBalance,
            and_(
                DayBalance.cooperative_id == Account.cooperative_id,
                DayBalance.account_number == Account.number,
            ),
        )
        .join(
            latest,
            and_(
                latest.c.number == DayBalance.account_number,
                latest.c.day == DayBalance.day,
            ),
        )
        .where(Account.cooperative_id == book.cooperative_id)
        .order_by(Account.code)
    )
    return [
        TrialBalanceRow(
            row.number,
            row.code,
            row.name_id,
            row.name_en,
            row.account_type,
            Money(max(units, 0)),
            Money(max(-units, 0)),
        )
        for row, units in rows
        if units
    ]


def account_balance(book: Book, number: int, as_of: date | None = None) -> Money:
    """Return an account's balance on the side where it grows, all cards together."""
    rows = (
        select(DayBalance.opening + DayBalance.debit - DayBalance.credit)
        .where(DayBalance.cooperative_id == book.cooperative_id)
        .where(DayBalance.account_number == number)
        .order_by(DayBalance.day.desc())
        .limit(1)
    )
    if as_of is not None:
        rows = rows.where(DayBalance.day <= as_of)
    units = int(book.session.scalar(rows) or 0)
    return Money(
        units if account(book, number).normal_balance is Side.DEBIT else -units
    )


def suspense(book: Book, as_of: date) -> list[TrialBalanceRow]:
    """Return the suspense accounts that are not empty; every report shows them."""
    return [row for row in trial_balance(book, as_of) if row.account_number in SUSPENSE]


def entry(book: Book, number: int) -> Entry:
    """Return an entry by its number; raise ``NoSuchEntry``."""
    row = book.get(Entry, number)
    if row is None:
        raise NoSuchEntry(number)
    return row


def entry_by_voucher(book: Book, voucher: str) -> Entry:
    """Return an entry by the number on its paper; raise ``NoSuchEntry``."""
    row = book.session.scalar(
        select(Entry)
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Entry.voucher == voucher.strip().upper())
    )
    if row is None:
        raise NoSuchEntry(voucher)
    return row


def reversal_of(book: Book, of: Entry) -> Entry | None:
    """Return the entry that reverses one, if there is."""
    return book.session.scalar(
        select(Entry)
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Entry.reverses == of.number)
    )


def _cursor(text: str | None, parts: int) -> tuple[int, ...] | None:
    """Read a cursor of whole numbers; one that was tampered with starts afresh."""
    if not text:
        return None
    fields = text.split(".")
    if len(fields) != parts or not all(f.isascii() and f.isdigit() for f in fields):
        return None
    return tuple(int(field[:18]) for field in fields)


def entries(
    book: Book,
    *,
    before: str | None = None,
    after: str | None = None,
    limit: int = 25,
    booked_from: date | None = None,
    booked_to: date | None = None,
    actor: str | None = None,
    source: str | None = None,
) -> Page[Entry]:
    """Return a page of the journal, newest record first.

    ``before`` and ``after`` are the cursors of an earlier page.
    """
    rows = (
        select(Entry)
        .options(selectinload(Entry.lines))
        .where(Entry.cooperative_id == book.cooperative_id)
    )
    if booked_from is not None:
        rows = rows.where(Entry.booked_on >= booked_from)
    if booked_to is not None:
        rows = rows.where(Entry.booked_on <= booked_to)
    if actor is not None:
        rows = rows.where(Entry.actor == actor)
    if source is not None:
        rows = rows.where(Entry.source == source)
    older, newer = _cursor(before, 1), _cursor(after, 1)
    if newer is not None:
        rows = rows.where(Entry.number > newer[0]).order_by(Entry.number)
    else:
        if older is not None:
            rows = rows.where(Entry.number < older[0])
        rows = rows.order_by(Entry.number.desc())
    found = list(book.session.scalars(rows.limit(limit + 1)))
    more, found = len(found) > limit, found[:limit]
    if newer is not None:
        found.reverse()
    return _page(
        found,
        lambda row: str(row.number),
        has_newer=more if newer is not None else older is not None,
        has_older=True if newer is not None else more,
    )


def _page(rows: list[T], key, *, has_newer: bool, has_older: bool) -> Page[T]:  # type: ignore[no-untyped-def]
    return Page(
        rows,
        newer=key(rows[0]) if rows and has_newer else None,
        older=key(rows[-1]) if rows and has_older else None,
    )


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
    older, newer = _cursor(before, 3), _cursor(after, 3)
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
    return _page(
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


def periods(book: Book) -> list[Period]:
    """Return the periods that were ever closed, by name."""
    rows = (
        select(Period)
        .where(Period.cooperative_id == book.cooperative_id)
        .order_by(Period.name)
    )
    return list(book.session.scalars(rows))


def first_entry_day(book: Book) -> date | None:
    """Return the earliest date of an entry."""
    return book.session.scalar(
        select(func.min(Entry.booked_on)).where(
            Entry.cooperative_id == book.cooperative_id
        )
    )


def last_entry_day(book: Book) -> date | None:
    """Return the latest date of an entry."""
    return book.session.scalar(
        select(func.max(Entry.booked_on)).where(
            Entry.cooperative_id == book.cooperative_id
        )
    )
