"""Statements of a bank account, and the lines of both sides that belong to nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from coopbook.bankstatements import refusals
from coopbook.bankstatements.matching import Item, Key
from coopbook.bankstatements.model import (
    BankLine,
    BankMatch,
    BankStatement,
    How,
    MatchedBankLine,
    MatchedBookLine,
    UndoneMatch,
)
from coopbook.bankstatements.rules import is_bank
from coopbook.book import Book
from coopbook.ledger.model import Account, Entry, Line
from coopbook.ledger.queries import account as find_account
from coopbook.ledger.queries import accounts
from coopbook.money import Money

SIDES: dict[Any, tuple[Any, Any]] = {
    MatchedBankLine: (
        BankLine,
        (
            (MatchedBankLine.statement_number, BankLine.statement_number),
            (MatchedBankLine.line_number, BankLine.number),
        ),
    ),
    MatchedBookLine: (
        Line,
        (
            (MatchedBookLine.entry_number, Line.entry_number),
            (MatchedBookLine.line_number, Line.number),
        ),
    ),
}
"""By the table of parts of matches: the table of its lines, and what ties them."""

MATCHES = BankMatch.how != How.BEFORE


@dataclass(frozen=True, slots=True)
class BookLine:
    """A line of the book on a bank account; what comes in is positive."""

    key: Key
    day: date
    amount: Money
    memo: str
    voucher: str
    takes_back: Key | None

    def item(self) -> Item:
        """Return what it is matched by."""
        return Item(self.day, self.key, self.amount, self.takes_back)


def bank_account(book: Book, number: int) -> Account:
    """Return a bank account; raise ``NotABankAccount`` and ``NoSuchAccount``."""
    if not is_bank(number):
        raise refusals.NotABankAccount(number)
    row = find_account(book, number)
    if not row.postable or row.control:
        raise refusals.NotABankAccount(number)
    return row


def bank_accounts(book: Book) -> list[Account]:
    """Return the bank accounts of the chart, in its order."""
    return [
        row
        for row in accounts(book)
        if is_bank(row.number) and row.postable and not row.control
    ]


def statements(book: Book, account: int) -> list[BankStatement]:
    """Return the statements of an account, by their days."""
    rows = (
        select(BankStatement)
        .where(BankStatement.cooperative_id == book.cooperative_id)
        .where(BankStatement.account_number == account)
        .order_by(BankStatement.first_day)
    )
    return list(book.session.scalars(rows))


def statement(book: Book, number: int) -> BankStatement:
    """Return a statement; raise ``NoSuchStatement``."""
    row = book.get(BankStatement, number)
    if row is None:
        raise refusals.NoSuchStatement(number)
    return row


def bank_line(book: Book, number: int, line: int) -> BankLine:
    """Return a line of a statement; raise ``NoSuchBankLine``."""
    row = book.get(BankLine, number, line)
    if row is None:
        raise refusals.NoSuchBankLine(number, line)
    return row


def lines_of_statement(
    book: Book, number: int, *, after: int = 0, limit: int = 5_000
) -> list[BankLine]:
    """Return the lines of a statement in their order, after a number."""
    rows = (
        select(BankLine)
        .where(BankLine.cooperative_id == book.cooperative_id)
        .where(BankLine.statement_number == number)
        .where(BankLine.number > after)
        .order_by(BankLine.number)
        .limit(limit)
    )
    return list(book.session.scalars(rows))


def began(book: Book, account: int) -> date | None:
    """Return the first day of an account's statements, if there is any."""
    return book.session.scalar(
        select(func.min(BankStatement.first_day))
        .where(BankStatement.cooperative_id == book.cooperative_id)
        .where(BankStatement.account_number == account)
    )


def stands(match: Any) -> ColumnElement[bool]:
    """Pick the rows of a match that was not undone; ``match`` has its number."""
    number = match.number if match is BankMatch else match.match_number
    return ~exists().where(
        UndoneMatch.cooperative_id == match.cooperative_id,
        UndoneMatch.match_number == number,
    )


def _matched(part: Any, *narrowed: ColumnElement[bool]) -> ColumnElement[bool]:
    """Say that a line has a part in a match that stands."""
    of, keys = SIDES[part]
    return exists().where(
        part.cooperative_id == of.cooperative_id,
        *(own == other for own, other in keys),
        BankMatch.cooperative_id == part.cooperative_id,
        BankMatch.number == part.match_number,
        stands(part),
        *narrowed,
    )


def _later(book: Book, account: int, day: date) -> tuple[Select[Any], Select[Any]]:
    """Pick the standing matches that have a line after a day, by either side."""
    own = book.cooperative_id
    bank = (
        select(MatchedBankLine.match_number)
        .join(BankLine, _joined(MatchedBankLine))
        .join(BankStatement, _of_statement())
        .where(MatchedBankLine.cooperative_id == own, stands(MatchedBankLine))
        .where(BankStatement.account_number == account)
        .where(BankStatement.last_day > day, BankLine.day > day)
    )
    ours = (
        select(MatchedBookLine.match_number)
        .join(Line, _joined(MatchedBookLine))
        .where(MatchedBookLine.cooperative_id == own, stands(MatchedBookLine))
        .where(Line.account_number == account, Line.card_number == 0)
        .where(Line.booked_on > day)
    )
    return bank, ours


def _joined(part: Any) -> ColumnElement[bool]:
    of, keys = SIDES[part]
    return and_(
        part.cooperative_id == of.cooperative_id,
        *(own == other for own, other in keys),
    )


def _of_statement() -> ColumnElement[bool]:
    return and_(
        BankStatement.cooperative_id == BankLine.cooperative_id,
        BankStatement.number == BankLine.statement_number,
    )


def free_bank_lines(
    book: Book, account: int, *, until: date | None = None
) -> list[BankLine]:
    """Return the lines of the bank that no line of the book explains, by day.

    With ``until`` as it stood at the end of that day: what is explained by a later
    line of the book was not explained then.
    """
    rows = (
        select(BankLine)
        .join(BankStatement, _of_statement())
        .where(BankLine.cooperative_id == book.cooperative_id)
        .where(BankStatement.account_number == account)
        .order_by(BankLine.day, BankLine.statement_number, BankLine.number)
    )
    if until is None:
        rows = rows.where(~_matched(MatchedBankLine, MATCHES))
    else:
        bank, ours = _later(book, account, until)
        number = MatchedBankLine.match_number
        by_then = and_(MATCHES, number.not_in(bank), number.not_in(ours))
        rows = rows.where(BankLine.day <= until, ~_matched(MatchedBankLine, by_then))
    return list(book.session.scalars(rows))


def free_book_lines(
    book: Book, account: int, *, since: date, until: date | None = None
) -> list[BookLine]:
    """Return the lines of the book that the bank does not have, by day.

    From ``since`` on, and those said to have been outstanding before.  ``until`` as in
    ``free_bank_lines``; an older line that the bank has after that day was outstanding
    then, whether anybody said so or not.
    """
    inside = [
        Line.booked_on >= since,
        _matched(MatchedBookLine, BankMatch.how == How.BEFORE),
    ]
    known = MATCHES
    if until is not None:
        bank, ours = _later(book, account, until)
        number = MatchedBookLine.match_number
        known = and_(MATCHES, number.not_in(bank), number.not_in(ours))
        after = and_(MATCHES, or_(number.in_(bank), number.in_(ours)))
        inside.append(_matched(MatchedBookLine, after))
    first = aliased(Line)
    rows = (
        select(Line, Entry.memo, Entry.voucher, first.entry_number)
        .join(
            Entry,
            and_(
                Entry.cooperative_id == Line.cooperative_id,
                Entry.number == Line.entry_number,
            ),
        )
        .outerjoin(
            first,
            and_(
                first.cooperative_id == Entry.cooperative_id,
                first.entry_number == Entry.reverses,
                first.number == Line.number,
            ),
        )
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.account_number == account, Line.card_number == 0)
        .where(or_(*inside), ~_matched(MatchedBookLine, known))
        .order_by(Line.booked_on, Line.entry_number, Line.number)
    )
    if until is not None:
        rows = rows.where(Line.booked_on <= until)
    return [
        BookLine(
            (line.entry_number, line.number),
            line.booked_on,
            line.debit - line.credit,
            memo,
            voucher,
            (takes_back, line.number) if takes_back is not None else None,
        )
        for line, memo, voucher, takes_back in book.session.execute(rows)
    ]


def match_of(
    book: Book, *, bank: Key | None = None, line: Key | None = None
) -> int | None:
    """Return the standing match of a line of the bank or of the book, if any."""
    if bank is not None:
        rows = (
            select(MatchedBankLine.match_number)
            .join(BankMatch, _of(MatchedBankLine))
            .where(MatchedBankLine.cooperative_id == book.cooperative_id)
            .where(MatchedBankLine.statement_number == bank[0])
            .where(MatchedBankLine.line_number == bank[1])
            .where(stands(MatchedBankLine))
        )
    else:
        assert line is not None
        rows = (
            select(MatchedBookLine.match_number)
            .join(BankMatch, _of(MatchedBookLine))
            .where(MatchedBookLine.cooperative_id == book.cooperative_id)
            .where(MatchedBookLine.entry_number == line[0])
            .where(MatchedBookLine.line_number == line[1])
            .where(stands(MatchedBookLine))
        )
    return book.session.scalar(rows.where(MATCHES).limit(1))


def _of(part: Any) -> ColumnElement[bool]:
    return and_(
        BankMatch.cooperative_id == part.cooperative_id,
        BankMatch.number == part.match_number,
    )


@dataclass(frozen=True, slots=True)
class Matched:
    """A match that stands: its number, how it came, and its entries and vouchers."""

    number: int
    how: How
    vouchers: tuple[tuple[int, str], ...]


def matches_of(book: Book, number: int, lines: Sequence[int]) -> dict[int, Matched]:
    """Return the standing match of each of some lines of a statement, with vouchers."""
    parts = (
        select(MatchedBankLine.line_number, BankMatch.number, BankMatch.how)
        .join(BankMatch, _of(MatchedBankLine))
        .where(MatchedBankLine.cooperative_id == book.cooperative_id)
        .where(MatchedBankLine.statement_number == number)
        .where(MatchedBankLine.line_number.in_(lines))
        .where(stands(MatchedBankLine))
    )
    found = [*book.session.execute(parts)]
    entries = (
        select(MatchedBookLine.match_number, Entry.number, Entry.voucher)
        .join(
            Entry,
            and_(
                Entry.cooperative_id == MatchedBookLine.cooperative_id,
                Entry.number == MatchedBookLine.entry_number,
            ),
        )
        .where(MatchedBookLine.cooperative_id == book.cooperative_id)
        .where(MatchedBookLine.match_number.in_([match for _, match, _ in found]))
        .order_by(MatchedBookLine.match_number, Entry.number)
    )
    vouchers: dict[int, list[tuple[int, str]]] = {}
    for match, entry, voucher in book.session.execute(entries):
        vouchers.setdefault(match, []).append((entry, voucher))
    return {
        line: Matched(match, how, tuple(vouchers.get(match, ())))
        for line, match, how in found
    }
