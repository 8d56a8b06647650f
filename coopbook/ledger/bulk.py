"""Post many entries at once: the same records as one by one, written in bulk.

Lines, entries and balances are those ``ledger.post`` writes, and the guards check
every one of them.  What is saved is asking: each card, day, series and balance is
looked up once, however many entries touch it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import TypeVar

from coopbook.book import Book
from coopbook.dates import month_of
from coopbook.i18n import Names
from coopbook.ledger.posting import ENTRY, LINE, check_open, entry_hash
from coopbook.ledger.rules import (
    AccountArchived,
    BelowFloor,
    Draft,
    NoSuchAccount,
    NoSuchCard,
    VoucherKind,
    check_lines,
)
from coopbook.money import LARGEST, Money

CARDS = (
    "SELECT c.account_number, c.number, c.closed_on, a.code, a.archived_on FROM card c"
    " JOIN account a ON a.cooperative_id = c.cooperative_id"
    " AND a.number = c.account_number"
    " WHERE c.cooperative_id = ? AND c.account_number = ?"
)
NUMBERS = (
    "INSERT INTO counter (cooperative_id, series, last) VALUES (?, ?, ?)"
    " ON CONFLICT (cooperative_id, series) DO UPDATE"
    " SET last = counter.last + excluded.last RETURNING last"
)
MONTHS = (
    "SELECT month, opening, debit, credit FROM balance WHERE cooperative_id = ?"
    " AND account_number = ? AND card_number = ? ORDER BY month"
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
FLOOR = (
    "SELECT c.floor, c.name, a.normal_balance FROM card c"
    " JOIN account a ON a.cooperative_id = c.cooperative_id"
    " AND a.number = c.account_number"
    " WHERE c.cooperative_id = ? AND c.account_number = ? AND c.number = ?"
)
MOVED = (
    "SELECT booked_on, sum(debit) - sum(credit) FROM line WHERE cooperative_id = ?"
    " AND account_number = ? AND card_number = ? GROUP BY booked_on ORDER BY booked_on"
)

When = TypeVar("When", int, str)


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry before it is posted."""

    on: date
    memo: str
    lines: tuple[Draft, ...]
    kind: VoucherKind = VoucherKind.BM
    reverses: int | None = None


AT_ONCE = 5_000
"""How many entries are written before whoever waits is told."""

Told = Callable[[int, int], None]
"""Told how many entries are written, and of how many."""


def post_all(
    book: Book,
    drafts: Sequence[EntryDraft],
    *,
    source: str,
    told: Told | None = None,
) -> range:
    """Post entries in their order and return their numbers, which follow one another.

    No floor is judged: whoever calls has judged the whole of them, because the
    order of dates may be another than the order of entries.

    Raises what ``ledger.post`` raises except ``BelowFloor``; then nothing is left
    of any of them, once the transaction is rolled back.
    """
    assert book.writing, "entries are posted inside a transaction"
    book.session.flush()
    for draft in drafts:
        _check(draft.lines)
    for on in sorted({draft.on for draft in drafts}):
        check_open(book, on)
    _check_cards(book, {(d.account, d.card) for draft in drafts for d in draft.lines})
    first = book.number + 1
    _write(book, drafts, source, told or _nobody)
    _carry(book, drafts)
    return range(first, first + len(drafts))


def _check(lines: Sequence[Draft]) -> None:
    """Pass two plain lines of one amount at once; ``check_lines`` judges the rest."""
    if len(lines) == 2:
        (left, right), units = lines, lines[0].debit.units
        one_column = not left.credit.units and not right.debit.units
        if one_column and 0 < units <= LARGEST and units == right.credit.units:
            return
    check_lines(lines)


def _check_cards(book: Book, touched: set[tuple[int, int]]) -> None:
    known: dict[tuple[int, int], tuple[object, str, object]] = {}
    for account in sorted({account for account, _ in touched}):
        rows = book.run(CARDS, (book.cooperative_id, account)).fetchall()
        if not rows:
            raise NoSuchAccount(account)
        for _, number, closed_on, code, archived_on in rows:
            known[account, number] = (closed_on, code, archived_on)
    for account, card in sorted(touched):
        if (account, card) not in known:
            raise NoSuchCard(account, card)
        closed_on, code, archived_on = known[account, card]
        for ended in (archived_on, closed_on):
            if ended is not None:
                raise AccountArchived(code, date.fromisoformat(str(ended)))


def _nobody(done: int, of: int) -> None:
    """Tell nobody."""


def _write(book: Book, drafts: Sequence[EntryDraft], source: str, told: Told) -> None:
    """Write the lines, then the entries that seal them, each sealed on the last."""
    cooperative, at = book.cooperative_id, book.moment()
    vouchers = _vouchers(book, [f"{d.kind.value}-{d.on.year:04d}" for d in drafts])
    number, previous = book.number, book.hash
    lines: list[tuple[object, ...]] = []
    entries: list[tuple[object, ...]] = []
    days: dict[date, str] = {}
    for draft, voucher in zip(drafts, vouchers, strict=True):
        number += 1
        day = days.get(draft.on) or days.setdefault(draft.on, draft.on.isoformat())
        columns = [
            (
                n,
                day,
                line.account,
                line.card,
                line.debit.units,
                line.credit.units,
                line.loan,
                line.unit,
                line.fund,
                line.pillar,
                line.term_of_office,
            )
            for n, line in enumerate(draft.lines, start=1)
        ]
        entry = (
            *(cooperative, number, day, at, book.actor, draft.memo, voucher),
            *(draft.kind.value, source, draft.reverses, None, book.once_key, previous),
        )
        previous = entry_hash(entry, columns)
        lines.extend((cooperative, number, *column) for column in columns)
        entries.append((*entry, previous))
        if len(entries) == AT_ONCE:
            _flush(book, lines, entries)
            told(number - book.number, len(drafts))
    _flush(book, lines, entries)
    told(len(drafts), len(drafts))
    book.advance(number, previous, at)


def _flush(
    book: Book, lines: list[tuple[object, ...]], entries: list[tuple[object, ...]]
) -> None:
    """Write the lines that wait, then their entries."""
    if not entries:
        return
    book.run_many(LINE, lines)
    book.run_many(ENTRY, entries)
    lines.clear()
    entries.clear()


def _vouchers(book: Book, series: Sequence[str]) -> list[str]:
    """Give out the next numbers of several series at once, in order."""
    following: dict[str, int] = {}
    for name, count in sorted(Counter(series).items()):
        row = book.run(NUMBERS, (book.cooperative_id, name, count)).fetchone()
        following[name] = int(row[0]) - count
    vouchers = []
    for name in series:
        following[name] += 1
        vouchers.append(f"{name}-{following[name]:06d}")
    return vouchers


def _carry(book: Book, drafts: Sequence[EntryDraft]) -> None:
    """Add what moved to the months of every card and the days of every account."""
    months: dict[tuple[int, int], dict[int, list[int]]] = {}
    days: dict[int, dict[str, list[int]]] = {}
    named = {on: (month_of(on), on.isoformat()) for on in {d.on for d in drafts}}
    for draft in drafts:
        month, day = named[draft.on]
        for line in draft.lines:
            left, right = line.debit.units, line.credit.units
            of_card = months.setdefault((line.account, line.card), {})
            of_day = days.setdefault(line.account, {})
            for moved in (
                of_card.setdefault(month, [0, 0]),
                of_day.setdefault(day, [0, 0]),
            ):
                moved[0] += left
                moved[1] += right
    cooperative = book.cooperative_id
    rows: list[tuple[object, ...]] = []
    for card, moved_by_month in sorted(months.items()):
        found = book.run(MONTHS, (cooperative, *card)).fetchall()
        rows.extend(
            (cooperative, *card, month, *figures)
            for month, figures in _added([tuple(row) for row in found], moved_by_month)
        )
    book.run_many(MONTH, rows)
    rows = []
    for account, moved_by_day in sorted(days.items()):
        found = book.run(DAYS, (cooperative, account)).fetchall()
        kept = [(str(day), *figures) for day, *figures in found]
        rows.extend(
            (cooperative, account, day, *figures)
            for day, figures in _added(kept, moved_by_day)
        )
    book.run_many(DAY, rows)


def _added(
    kept: Sequence[tuple[When, int, int, int]], moved: Mapping[When, Sequence[int]]
) -> list[tuple[When, tuple[int, int, int]]]:
    """Return the rows that change when what moved is added to those kept.

    >>> _added([(1, 0, 5, 0), (3, 5, 0, 1)], {2: [10, 0]})
    [(2, (5, 10, 0)), (3, (15, 0, 1))]
    """
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


def check_floors(book: Book, cards: Sequence[tuple[int, int]], since: date) -> None:
    """Refuse what was posted if a card fell below its floor on a day since.

    For what posts without asking first: the reversal of a whole import.
    Raises ``BelowFloor`` for the first card, in the order given.
    """
    for account, card in cards:
        row = book.run(FLOOR, (book.cooperative_id, account, card)).fetchone()
        floor, name, side = row
        if floor is None:
            continue
        sign, running = (1 if side == "debit" else -1), 0
        moved = book.run(MOVED, (book.cooperative_id, account, card)).fetchall()
        for on, units in moved:
            running += sign * int(units)
            if running < floor and str(on) >= since.isoformat():
                day = date.fromisoformat(str(on))
                short = Money(running - floor)
                raise BelowFloor(Names(name, name), Money(floor), day, short)
