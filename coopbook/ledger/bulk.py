"""Post many entries at once: the same records as one by one, written in bulk.

Lines, entries and balances are those ``ledger.post`` writes, and the guards check
every one of them.  What is saved is asking: each card, day, series and balance is
looked up once, however many entries touch it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from json.encoder import encode_basestring_ascii as quoted
from operator import itemgetter
from typing import NamedTuple, TypeVar

from coopbook.book import Book
from coopbook.book.canon import canonical
from coopbook.dates import month_of
from coopbook.i18n import Names
from coopbook.ledger.posting import ENTRY, LINE, VERSION, check_open
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

PLAIN = (None, None, None, None, None)
"""What a line that names no loan, unit, fund, pillar or term of office ends with."""
SHORT_LINE = (
    "INSERT INTO line (cooperative_id, entry_number, number, booked_on,"
    " account_number, card_number, debit, credit) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
ACCOUNT = (
    "SELECT code, archived_on FROM account WHERE cooperative_id = ? AND number = ?"
)
CARDS = "SELECT number FROM card WHERE cooperative_id = ? AND account_number = ?"
RULED_OFF = f"{CARDS} AND closed_on IS NOT NULL"
CLOSED_ON = (
    "SELECT closed_on FROM card WHERE cooperative_id = ? AND account_number = ?"
    " AND number = ?"
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
MANY = 200
"""From so many lines on, one entry is carried by the database itself."""
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
BY_ACCOUNT = (
    "SELECT account_number, sum(debit), sum(credit) FROM line"
    " WHERE cooperative_id = ? AND entry_number = ? GROUP BY account_number"
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


class EntryDraft(NamedTuple):
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
    _check_cards(book, _touched(drafts))
    first = book.number + 1
    _write(book, drafts, source, told or _nobody)
    if len(drafts) == 1 and len(drafts[0].lines) >= MANY:
        _carry_one(book, first, drafts[0])
    else:
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


def _touched(drafts: Sequence[EntryDraft]) -> dict[int, set[int]]:
    """Return the cards of each account that some line is on."""
    touched: dict[int, set[int]] = {}
    for draft in drafts:
        for line in draft.lines:
            cards = touched.get(line[0])
            if cards is None:
                cards = touched[line[0]] = set()
            cards.add(line[3])
    return touched


def _check_cards(book: Book, touched: Mapping[int, set[int]]) -> None:
    """Refuse accounts and cards that are not there, or take no lines any more."""
    for account, cards in sorted(touched.items()):
        owner = (book.cooperative_id, account)
        known = {number for (number,) in book.run(CARDS, owner).fetchall()}
        if not known:
            raise NoSuchAccount(account)
        code, archived_on = book.run(ACCOUNT, owner).fetchone()
        if archived_on is not None:
            raise AccountArchived(code, date.fromisoformat(str(archived_on)))
        if not cards <= known:
            raise NoSuchCard(account, min(cards - known))
        ruled_off = {number for (number,) in book.run(RULED_OFF, owner).fetchall()}
        if not cards.isdisjoint(ruled_off):
            card = min(cards & ruled_off)
            (closed_on,) = book.run(CLOSED_ON, (*owner, card)).fetchone()
            raise AccountArchived(code, date.fromisoformat(str(closed_on)))


def _nobody(done: int, of: int) -> None:
    """Tell nobody."""


def _write(book: Book, drafts: Sequence[EntryDraft], source: str, told: Told) -> None:
    """Write the lines, then the entries that seal them, each sealed on the last."""
    cooperative, at = book.cooperative_id, book.moment()
    vouchers = _vouchers(book, drafts)
    number, previous, actor, once = book.number, book.hash, book.actor, book.once_key
    written = _Writing(cooperative, at, actor, source, once)
    lines: list[tuple[object, ...]] = []
    entries: list[tuple[object, ...]] = []
    short = all(line[4:] == PLAIN for draft in drafts for line in draft.lines)
    for on, memo, own, kind, reverses in drafts:
        number += 1
        day, word, series = vouchers[on, kind]
        series.last += 1
        voucher = f"{series.name}-{series.last:06d}"
        entry = (
            *(cooperative, number, day, at, actor, memo, voucher, word, source),
            *(reverses, None, once, previous),
        )
        columns: list[tuple[object, ...]]
        if short:
            columns = [
                (n, day, line[0], line[3], line[1].units, line[2].units)
                for n, line in enumerate(own, start=1)
            ]
            previous = written.hash_plain(entry, columns)
        else:
            columns = [
                (n, day, account, card, debit.units, credit.units, *more)
                for n, (account, debit, credit, card, *more) in enumerate(own, start=1)
            ]
            previous = written.hash(entry, columns)
        lines += [(cooperative, number, *column) for column in columns]
        entries.append((*entry, previous))
        if len(entries) == AT_ONCE:
            _flush(book, lines, entries, short=short)
            told(number - book.number, len(drafts))
    _flush(book, lines, entries, short=short)
    told(len(drafts), len(drafts))
    book.advance(number, previous, at)


class _Writing:
    """The digest of ``posting.entry_hash`` for many entries of one act.

    What they share is written down once; the digest is the same.
    """

    def __init__(
        self, cooperative: int, at: str, actor: str, source: str, once: str | None
    ) -> None:
        self._begins = f'[{VERSION},"entry",{cooperative},'
        self._by = f",{quoted(at)},{quoted(actor)},"
        self._from = f",{quoted(source)},"
        self._once = "null" if once is None else quoted(once)
        self._rest: dict[tuple[object, ...], str] = {}

    def hash(self, entry: Sequence[object], lines: Sequence[tuple[object, ...]]) -> str:
        """Return the digest of an entry whose shared columns are these."""
        day, parts = entry[2], []
        for n, _, account, card, debit, credit, *more in lines:
            rest = tuple(more)
            said = self._rest.get(rest) or self._rest.setdefault(rest, _written(rest))
            parts.append(f'[{n},"{day}",{account},{card},{debit},{credit},{said}]')
        return self._seal(entry, parts)

    def hash_plain(
        self, entry: Sequence[object], lines: Sequence[tuple[object, ...]]
    ) -> str:
        """Return the same digest for lines of six columns, whose others are empty."""
        between, end = f',"{entry[2]}",', f",{_written(PLAIN)}]"
        parts = [
            f"[{n}{between}{account},{card},{debit},{credit}{end}"
            for n, _, account, card, debit, credit in lines
        ]
        return self._seal(entry, parts)

    def _seal(self, entry: Sequence[object], parts: Sequence[str]) -> str:
        _, number, day, _, _, memo, voucher, kind, _, reverses, _, _, before = entry
        text = (
            f'{self._begins}{number},"{day}"{self._by}{quoted(str(memo))},"{voucher}",'
            f'"{kind}"{self._from}{"null" if reverses is None else reverses},null,'
            f'{self._once},[{",".join(parts)}],"{before}"]'
        )
        return hashlib.sha256(text.encode()).hexdigest()


def _written(values: Sequence[object]) -> str:
    """Write a line's dimensions as JSON does."""
    return canonical(list(values))[1:-1]


def _flush(
    book: Book,
    lines: list[tuple[object, ...]],
    entries: list[tuple[object, ...]],
    *,
    short: bool,
) -> None:
    """Write the lines that wait, then their entries; ``short`` lines name no loan."""
    if not entries:
        return
    book.run_together(SHORT_LINE if short else LINE, lines)
    book.run_together(ENTRY, entries)
    lines.clear()
    entries.clear()


@dataclass(slots=True)
class _Series:
    """A series of vouchers and the last number given out."""

    name: str
    last: int = 0


def _vouchers(
    book: Book, drafts: Sequence[EntryDraft]
) -> dict[tuple[date, VoucherKind], tuple[str, str, _Series]]:
    """Reserve the next numbers of every series; none is left out, in their order.

    Returns for each day and kind how both are written, and the series.
    """
    wanted = Counter((on, kind) for on, _, _, kind, _ in drafts)
    series: dict[str, _Series] = {}
    counts: Counter[str] = Counter()
    found = {}
    for (on, kind), count in wanted.items():
        name = f"{kind.value}-{on.year:04d}"
        own = series.setdefault(name, _Series(name))
        counts[name] += count
        found[on, kind] = (on.isoformat(), kind.value, own)
    for name, count in sorted(counts.items()):
        row = book.run(NUMBERS, (book.cooperative_id, name, count)).fetchone()
        series[name].last = int(row[0]) - count
    return found


def _carry(book: Book, drafts: Sequence[EntryDraft]) -> None:
    """Add what moved to the months of every card and the days of every account."""
    months: dict[tuple[int, int], dict[int, list[int]]] = {}
    days: dict[int, dict[str, list[int]]] = {}
    named = {on: (month_of(on), on.isoformat()) for on in {d.on for d in drafts}}
    for draft in drafts:
        month, day = named[draft.on]
        for line in draft.lines:
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
    rows = []
    for account, dated in sorted(days.items()):
        found = book.run(DAYS, (cooperative, account)).fetchall()
        kept_days = [(str(day), *figures) for day, *figures in found]
        rows.extend(
            (cooperative, account, day, *figures)
            for day, figures in _added(kept_days, dated)
        )
    book.run_many(DAY, rows)


def _carry_one(book: Book, number: int, draft: EntryDraft) -> None:
    """Carry one entry of very many lines: the database adds its own lines up."""
    month, day = month_of(draft.on), draft.on.isoformat()
    entry = (book.cooperative_id, number)
    book.run(MONTHS_OF_ENTRY, (month, month, *entry))
    later = book.run(ANY_LATER, (book.cooperative_id, month)).fetchone()
    if later is not None:
        book.run(SHIFT_LATER, (*entry, book.cooperative_id, month, *entry))
    moved: dict[int, list[int]] = {}
    for account, left, right in book.run(BY_ACCOUNT, entry).fetchall():
        moved[account] = [int(left), int(right)]
    rows: list[tuple[object, ...]] = []
    for account, figures in sorted(moved.items()):
        found = book.run(DAYS, (book.cooperative_id, account)).fetchall()
        kept_days = [(str(when), *row) for when, *row in found]
        rows.extend(
            (book.cooperative_id, account, when, *row)
            for when, row in _added(kept_days, {day: figures})
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
