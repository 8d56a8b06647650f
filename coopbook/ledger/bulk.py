"""Post many entries at once: the same records as one by one, written in bulk.

Lines, entries and balances are those ``ledger.post`` writes, and the guards check
every one of them.  What is saved is asking: each card, day, series and balance is
looked up once, however many entries touch it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from coopbook.book import Book
from coopbook.i18n import Names
from coopbook.ledger.carrying import carry, carry_one
from coopbook.ledger.digesting import PLAIN, Column, Writing
from coopbook.ledger.posting import ENTRY, LINE, check_open
from coopbook.ledger.rules import (
    AccountArchived,
    AccountType,
    BelowFloor,
    Draft,
    MemorandumApart,
    NoSuchAccount,
    NoSuchCard,
    NotAnAmount,
    Unbalanced,
    VoucherKind,
    check_lines,
    readable,
)
from coopbook.money import LARGEST, Money

SHORT_LINE = (
    "INSERT INTO line (cooperative_id, entry_number, number, booked_on,"
    " account_number, card_number, debit, credit) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
ACCOUNT = (
    "SELECT code, archived_on, account_type FROM account"
    " WHERE cooperative_id = ? AND number = ?"
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
    aside = _check_cards(book, _touched(drafts))
    if aside:
        for draft in drafts:
            if draft.reverses is None:
                _check_aside(
                    sum(
                        line.debit.units - line.credit.units
                        for line in draft.lines
                        if line.account in aside
                    )
                )
    first = book.number + 1
    _write(book, drafts, source, told or _nobody)
    carry(book, ((draft.on, draft.lines) for draft in drafts))
    return range(first, first + len(drafts))


def post_columns(
    book: Book, columns: Sequence[Column], *, on: date, memo: str, source: str
) -> int:
    """Post one entry of very many plain lines and return its number.

    The record is the one ``post_all`` leaves; the lines are numbered in their order.
    No floor is judged.  Raises what ``post_all`` raises.
    """
    assert book.writing, "entries are posted inside a transaction"
    book.session.flush()
    touched, moved = _judged(columns)
    check_open(book, on)
    aside = _check_cards(book, touched)
    _check_aside(sum(moved[one][0] - moved[one][1] for one in aside))
    day, word, series = _vouchers(book, [(on, VoucherKind.BM)])[on, VoucherKind.BM]
    number, at, owner = book.number + 1, book.moment(), book.cooperative_id
    entry = (
        *(owner, number, day, at, book.actor, readable(memo)),
        *(f"{series.name}-{series.last + 1:06d}", word, source),
        *(None, None, book.once_key, book.hash),
    )
    written = Writing(owner, at, book.actor, source, book.once_key)
    digest = written.hash_plain(entry, columns)
    rows = [(owner, number, n, day, *line) for n, line in enumerate(columns, start=1)]
    book.run_together(SHORT_LINE, rows)
    book.run(ENTRY, (*entry, digest))
    book.advance(number, digest, at)
    carry_one(book, number, on, moved)
    return number


def _judged(
    columns: Sequence[Column],
) -> tuple[dict[int, set[int]], dict[int, list[int]]]:
    """Refuse lines that no entry can seal; return cards and sums of each account.

    What ``check_lines`` refuses is refused, in the same words.
    """
    touched: dict[int, set[int]] = {}
    moved: dict[int, list[int]] = {}
    for account, card, debit, credit in columns:
        if not 0 < (debit or credit) <= LARGEST:
            raise NotAnAmount(Money(debit or credit))
        assert not (debit and credit), "a line has one column"
        if account in moved:
            touched[account].add(card)
        else:
            touched[account], moved[account] = {card}, [0, 0]
        moved[account][0] += debit
        moved[account][1] += credit
    left, right = (sum(sums[side] for sums in moved.values()) for side in (0, 1))
    if left != right or len(columns) < 2:
        raise Unbalanced(Money(left), Money(right))
    return touched, moved


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


def _check_aside(apart: int) -> None:
    if apart:
        raise MemorandumApart(Money(abs(apart)))


def _check_cards(book: Book, touched: Mapping[int, set[int]]) -> set[int]:
    """Refuse accounts and cards that are not there, or take no lines any more.

    Return those of the accounts that are memorandum accounts.
    """
    aside = set()
    for account, cards in sorted(touched.items()):
        owner = (book.cooperative_id, account)
        known = {number for (number,) in book.run(CARDS, owner).fetchall()}
        if not known:
            raise NoSuchAccount(account)
        code, archived_on, kind = book.run(ACCOUNT, owner).fetchone()
        if kind == AccountType.MEMO:
            aside.add(account)
        if archived_on is not None:
            raise AccountArchived(code, date.fromisoformat(str(archived_on)))
        if not cards <= known:
            raise NoSuchCard(account, min(cards - known))
        ruled_off = {number for (number,) in book.run(RULED_OFF, owner).fetchall()}
        if not cards.isdisjoint(ruled_off):
            card = min(cards & ruled_off)
            (closed_on,) = book.run(CLOSED_ON, (*owner, card)).fetchone()
            raise AccountArchived(code, date.fromisoformat(str(closed_on)))
    return aside


def _nobody(done: int, of: int) -> None:
    """Tell nobody."""


def _write(book: Book, drafts: Sequence[EntryDraft], source: str, told: Told) -> None:
    """Write the lines, then the entries that seal them, each sealed on the last."""
    cooperative, at = book.cooperative_id, book.moment()
    vouchers = _vouchers(book, ((draft.on, draft.kind) for draft in drafts))
    number, previous, actor, once = book.number, book.hash, book.actor, book.once_key
    written = Writing(cooperative, at, actor, source, once)
    lines: list[tuple[object, ...]] = []
    entries: list[tuple[object, ...]] = []
    short = all(line[4:] == PLAIN for draft in drafts for line in draft.lines)
    for on, memo, own, kind, reverses in drafts:
        number += 1
        day, word, series = vouchers[on, kind]
        series.last += 1
        voucher = f"{series.name}-{series.last:06d}"
        entry = (
            *(cooperative, number, day, at, actor, readable(memo)),
            *(voucher, word, source),
            *(reverses, None, once, previous),
        )
        columns: list[tuple[object, ...]]
        if short:
            plain = [(line[0], line[3], line[1].units, line[2].units) for line in own]
            previous = written.hash_plain(entry, plain)
            columns = [(n, day, *line) for n, line in enumerate(plain, start=1)]
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
    book: Book, entries: Iterable[tuple[date, VoucherKind]]
) -> dict[tuple[date, VoucherKind], tuple[str, str, _Series]]:
    """Reserve the next numbers of every series; none is left out, in their order.

    Returns for each day and kind how both are written, and the series.
    """
    wanted = Counter(entries)
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
