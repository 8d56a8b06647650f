"""Balances carried by month and by day, and the floors judged on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coopbook.book import Book
from coopbook.dates import month_of
from coopbook.i18n import Names
from coopbook.ledger.rules import (
    AccountArchived,
    AccountType,
    BelowFloor,
    Draft,
    MemorandumApart,
    NoSuchAccount,
    NoSuchCard,
)
from coopbook.money import ZERO, Money

Moves = dict[tuple[int, int], tuple[int, int]]

STANDING = (
    "SELECT c.floor, c.name, c.closed_on, a.code, a.normal_balance, a.archived_on,"
    " a.account_type, b.month, b.opening, b.debit, b.credit FROM card c"
    " JOIN account a ON a.cooperative_id = c.cooperative_id"
    " AND a.number = c.account_number"
    " LEFT JOIN balance b ON b.cooperative_id = c.cooperative_id"
    " AND b.account_number = c.account_number AND b.card_number = c.number"
    " WHERE c.cooperative_id = ? AND c.account_number = ? AND c.number = ?"
    " ORDER BY b.month DESC LIMIT 1"
)
BEFORE = (
    "SELECT opening + debit - credit FROM balance WHERE cooperative_id = ?"
    " AND account_number = ? AND card_number = ? AND month < ?"
    " ORDER BY month DESC LIMIT 1"
)
SHIFT = (
    "UPDATE balance SET opening = opening + ? WHERE cooperative_id = ?"
    " AND account_number = ? AND card_number = ? AND month > ?"
)
MONTH = (
    "INSERT INTO balance (cooperative_id, account_number, card_number, month,"
    " opening, debit, credit) VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (cooperative_id, account_number, card_number, month) DO UPDATE"
    " SET debit = balance.debit + excluded.debit,"
    " credit = balance.credit + excluded.credit"
)
LATER = (
    "SELECT booked_on, sum(debit) - sum(credit) FROM line WHERE cooperative_id = ?"
    " AND account_number = ? AND card_number = ? AND booked_on > ?"
    " GROUP BY booked_on ORDER BY booked_on"
)
LAST_DAY = (
    "SELECT day, opening, debit, credit FROM day_balance WHERE cooperative_id = ?"
    " AND account_number = ? ORDER BY day DESC LIMIT 1"
)
DAY_BEFORE = (
    "SELECT opening + debit - credit FROM day_balance WHERE cooperative_id = ?"
    " AND account_number = ? AND day < ? ORDER BY day DESC LIMIT 1"
)
SHIFT_DAYS = (
    "UPDATE day_balance SET opening = opening + ? WHERE cooperative_id = ?"
    " AND account_number = ? AND day > ?"
)
DAY = (
    "INSERT INTO day_balance (cooperative_id, account_number, day, opening, debit,"
    " credit) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (cooperative_id, account_number, day) DO UPDATE"
    " SET debit = day_balance.debit + excluded.debit,"
    " credit = day_balance.credit + excluded.credit"
)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a card's month opens with, and whether later months must follow."""

    opening: int
    backdated: bool


def moves_of(lines: Sequence[Draft]) -> Moves:
    """Add up debit and credit per card, in the order of accounts and cards."""
    moves: Moves = {}
    for line in lines:
        key = (line.account, line.card)
        left, right = moves.get(key, (0, 0))
        moves[key] = (left + line.debit.units, right + line.credit.units)
    return dict(sorted(moves.items()))


def judge(
    book: Book, moves: Moves, on: date, *, floors: bool = True, apart: bool = False
) -> dict[tuple[int, int], Carried]:
    """Refuse what a card may not take, and say what each card's month opens with.

    ``apart`` lets memorandum accounts differ, as what takes such an entry back does.
    Raises ``NoSuchAccount``, ``NoSuchCard``, ``AccountArchived``, ``BelowFloor`` and
    ``MemorandumApart``.
    """
    month, carried, aside = month_of(on), {}, 0
    for (account, card), (left, right) in moves.items():
        row = book.run(STANDING, (book.cooperative_id, account, card)).fetchone()
        if row is None:
            raise _missing(book, account, card)
        floor, name, closed_on, code, side, archived_on, kind, last, *figures = row
        if kind == AccountType.MEMO:
            aside += left - right
        for ended in (archived_on, closed_on):
            if ended is not None:
                raise AccountArchived(code, date.fromisoformat(str(ended)))
        opening, debit, credit = figures if last is not None else (0, 0, 0)
        lowers = (right - left) if side == "debit" else (left - right)
        if floors and floor is not None and lowers > 0:
            _check_floor(
                book,
                (account, card),
                on,
                side=side,
                balance=opening + debit - credit,
                lowers=lowers,
                floor=floor,
                name=name,
                look=last is not None and last >= month,
            )
        if last is None or last < month:
            carried[account, card] = Carried(opening + debit - credit, False)
        elif last == month:
            carried[account, card] = Carried(opening, False)
        else:
            before = book.run(
                BEFORE, (book.cooperative_id, account, card, month)
            ).fetchone()
            carried[account, card] = Carried(before[0] if before else 0, True)
    if aside and not apart:
        raise MemorandumApart(Money(abs(aside)))
    return carried


def _check_floor(
    book: Book,
    card: tuple[int, int],
    on: date,
    *,
    side: str,
    balance: int,
    lowers: int,
    floor: int,
    name: str,
    look: bool,
) -> None:
    sign = 1 if side == "debit" else -1
    later: list[tuple[date, int]] = []
    if look:
        found = book.run(LATER, (book.cooperative_id, *card, on.isoformat()))
        later = [(date.fromisoformat(str(d)), sign * int(m)) for d, m in found]
    running = sign * balance - sum(moved for _, moved in later)
    least, least_on = running, on
    for day, moved in later:
        running += moved
        if running < least:
            least, least_on = running, day
    if least - lowers < floor:
        available = max(Money(least - floor), ZERO)
        english = name
        if card[1] == 0:
            english = book.run(
                "SELECT name_en FROM account WHERE cooperative_id = ? AND number = ?",
                (book.cooperative_id, card[0]),
            ).fetchone()[0]
        raise BelowFloor(Names(name, english), Money(floor), least_on, available)


def _missing(book: Book, account: int, card: int) -> NoSuchAccount | NoSuchCard:
    row = book.run(
        "SELECT postable FROM account WHERE cooperative_id = ? AND number = ?",
        (book.cooperative_id, account),
    ).fetchone()
    if row is None or not row[0]:
        return NoSuchAccount(account)
    return NoSuchCard(account, card)


def carry(
    book: Book, carried: dict[tuple[int, int], Carried], moves: Moves, on: date
) -> None:
    """Write the month of every card and the day of every account.

    A back-dated entry carries its difference into every later opening.
    """
    cooperative, month, day = book.cooperative_id, month_of(on), on.isoformat()
    rows = []
    accounts: dict[int, tuple[int, int]] = {}
    for (account, card), (left, right) in moves.items():
        state = carried[account, card]
        if state.backdated and left != right:
            book.run(SHIFT, (left - right, cooperative, account, card, month))
        rows.append((cooperative, account, card, month, state.opening, left, right))
        total = accounts.get(account, (0, 0))
        accounts[account] = (total[0] + left, total[1] + right)
    book.run_many(MONTH, rows)
    days = []
    for account, (left, right) in accounts.items():
        last = book.run(LAST_DAY, (cooperative, account)).fetchone()
        opening = 0
        if last is not None:
            last_day, opening, debit, credit = last
            if str(last_day) < day:
                opening += debit - credit
            elif str(last_day) > day:
                before = book.run(DAY_BEFORE, (cooperative, account, day)).fetchone()
                opening = before[0] if before else 0
                book.run(SHIFT_DAYS, (left - right, cooperative, account, day))
        days.append((cooperative, account, day, opening, left, right))
    book.run_many(DAY, days)
