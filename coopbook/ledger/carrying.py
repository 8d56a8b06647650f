"""Carry what entries move into the months of every card and the days of accounts.

What ``ledger.post`` does for one entry is done here for many, or for one of very many
lines, which the database adds up itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import TypeVar

from coopbook.book import Book
from coopbook.dates import month_of
from coopbook.ledger.rules import Draft

MONTHS = (
    "SELECT month, opening, debit, credit FROM balance WHERE cooperative_id = ?"
    " AND account_number = ? AND card_number = ? ORDER BY month"
)
MONTHS_OF_ENTRY = (
    "INSERT INTO balance (cooperative_id, account_number, card_number, month,"
    " opening, debit, credit) SELECT l.cooperative_id, l.account_number,"
    " l.card_number, ?, coalesce((SELECT b.opening + b.debit - b.credit FROM balance b"
    " WHERE b.cooperative_id = l.cooperative_id"
    " AND b.account_number = l.account_number AND b.card_number = l.card_number"
    " AND b.month < ? ORDER BY b.month DESC LIMIT 1), 0), l.debit, l.credit"
    " FROM (SELECT cooperative_id, account_number, card_number,"
    " CAST(sum(debit) AS BIGINT) AS debit, CAST(sum(credit) AS BIGINT) AS credit"
    " FROM line WHERE cooperative_id = ? AND entry_number = ?"
    " GROUP BY cooperative_id, account_number, card_number) l WHERE true"
    " ON CONFLICT (cooperative_id, account_number, card_number, month) DO UPDATE"
    " SET debit = balance.debit + excluded.debit,"
    " credit = balance.credit + excluded.credit"
)
ANY_LATER = "SELECT 1 FROM balance WHERE cooperative_id = ? AND month > ? LIMIT 1"
SHIFT_LATER = (
    "UPDATE balance SET opening = opening + (SELECT CAST(sum(l.debit) - sum(l.credit)"
    " AS BIGINT) FROM line l WHERE l.cooperative_id = ? AND l.entry_number = ?"
    " AND l.account_number = balance.account_number"
    " AND l.card_number = balance.card_number)"
    " WHERE cooperative_id = ? AND month > ? AND EXISTS (SELECT 1 FROM line l"
    " WHERE l.cooperative_id = ? AND l.entry_number = ?"
    " AND l.account_number = balance.account_number"
    " AND l.card_number = balance.card_number)"
)
DAYS = (
    "SELECT day, opening, debit, credit FROM day_balance WHERE cooperative_id = ?"
    " AND account_number = ? ORDER BY day"
)
MONTH = (
    "INSERT INTO balance (cooperative_id, account_number, card_number, month,"
    " opening, debit, credit) VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (cooperative_id, account_number, card_number, month) DO UPDATE"
    " SET opening = excluded.opening, debit = excluded.debit, credit = excluded.credit"
)
DAY = (
    "INSERT INTO day_balance (cooperative_id, account_number, day, opening, debit,"
    " credit) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (cooperative_id, account_number, day) DO UPDATE"
    " SET opening = excluded.opening, debit = excluded.debit, credit = excluded.credit"
)

When = TypeVar("When", int, str)


def carry(book: Book, entries: Iterable[tuple[date, Sequence[Draft]]]) -> None:
    """Add what moved to the months of every card and the days of every account."""
    months: dict[tuple[int, int], dict[int, list[int]]] = {}
    days: dict[int, dict[str, list[int]]] = {}
    named: dict[date, tuple[int, str]] = {}
    for on, lines in entries:
        month, day = named.get(on) or named.setdefault(
            on, (month_of(on), on.isoformat())
        )
        for line in lines:
            account, card = line[0], line[3]
            left, right = line[1].units, line[2].units
            _add(months.setdefault((account, card), {}), month, left, right)
            _add(days.setdefault(account, {}), day, left, right)
    cooperative = book.cooperative_id
    rows: list[tuple[object, ...]] = []
    for card_of, moved_by_month in sorted(months.items()):
        kept = book.run(MONTHS, (cooperative, *card_of)).fetchall()
        rows.extend(
            (cooperative, *card_of, month, *figures)
            for month, figures in _added([tuple(row) for row in kept], moved_by_month)
        )
    book.run_many(MONTH, rows)
    _carry_days(book, days)


def carry_one(
    book: Book, number: int, on: date, moved: Mapping[int, Sequence[int]]
) -> None:
    """Carry one entry of very many lines: the database adds its own lines up.

    ``moved`` has the debit and the credit of each account.
    """
    month, day = month_of(on), on.isoformat()
    entry = (book.cooperative_id, number)
    book.run(MONTHS_OF_ENTRY, (month, month, *entry))
    later = book.run(ANY_LATER, (book.cooperative_id, month)).fetchone()
    if later is not None:
        book.run(SHIFT_LATER, (*entry, book.cooperative_id, month, *entry))
    _carry_days(book, {account: {day: one} for account, one in moved.items()})


def _carry_days(book: Book, days: Mapping[int, Mapping[str, Sequence[int]]]) -> None:
    rows: list[tuple[object, ...]] = []
    for account, dated in sorted(days.items()):
        found = book.run(DAYS, (book.cooperative_id, account)).fetchall()
        kept = [(str(day), *figures) for day, *figures in found]
        rows.extend(
            (book.cooperative_id, account, day, *figures)
            for day, figures in _added(kept, dated)
        )
    book.run_many(DAY, rows)


def _add(moved: dict[When, list[int]], when: When, debit: int, credit: int) -> None:
    """Add a line's columns to what moved at a time."""
    kept = moved.get(when)
    if kept is None:
        moved[when] = [debit, credit]
    else:
        kept[0] += debit
        kept[1] += credit


def _added(
    kept: Sequence[tuple[When, int, int, int]], moved: Mapping[When, Sequence[int]]
) -> list[tuple[When, tuple[int, int, int]]]:
    """Return the rows that change when what moved is added to those kept.

    >>> _added([(1, 0, 5, 0), (3, 5, 0, 1)], {2: [10, 0]})
    [(2, (5, 10, 0)), (3, (15, 0, 1))]
    """
    if len(moved) == 1 and (not kept or kept[-1][0] <= next(iter(moved))):
        return [_last(kept, *moved.items())]
    start = bisect_left(kept, min(moved), key=itemgetter(0))
    opening = 0
    if start:
        _, opening, debit, credit = kept[start - 1]
        opening += debit - credit
    later = {when: (debit, credit) for when, _, debit, credit in kept[start:]}
    changed = []
    for when in sorted(later.keys() | moved.keys()):
        debit, credit = later.get(when, (0, 0))
        if when in moved:
            debit, credit = debit + moved[when][0], credit + moved[when][1]
        changed.append((when, (opening, debit, credit)))
        opening += debit - credit
    return changed


def _last(
    kept: Sequence[tuple[When, int, int, int]], moved: tuple[When, Sequence[int]]
) -> tuple[When, tuple[int, int, int]]:
    """Return the newest row with what moved: nothing after it has to follow.

    >>> _last([(1, 0, 5, 0)], (1, [10, 0])), _last([(1, 0, 5, 0)], (2, [10, 0]))
    ((1, (0, 15, 0)), (2, (5, 10, 0)))
    """
    when, (left, right) = moved
    if not kept:
        return when, (0, left, right)
    newest, opening, debit, credit = kept[-1]
    if newest == when:
        return when, (opening, debit + left, credit + right)
    return when, (opening + debit - credit, left, right)
