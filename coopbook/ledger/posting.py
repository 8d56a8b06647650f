"""post() and reverse(): the one door through which money moves.

Fixed SQL on the transaction's own driver connection: lines first, then the
entry that seals them, then the balances.  Everything is checked here before, so
that people see sentences; the guards check it again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm.attributes import instance_dict, manager_of_class

from coopbook.book import Book
from coopbook.book.canon import seal as sealed
from coopbook.ledger import balances
from coopbook.ledger.model import Entry
from coopbook.ledger.rules import (
    AlreadyReversed,
    BeforeFirstDay,
    Draft,
    NoSuchEntry,
    NotReversible,
    PeriodClosed,
    ReversedBeforeItself,
    VoucherKind,
    check_lines,
    check_reason,
    readable,
)

VERSION = 1

LINE = (
    "INSERT INTO line (cooperative_id, entry_number, number, booked_on,"
    " account_number, card_number, debit, credit, loan_number, unit, fund, pillar,"
    " term_of_office) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
ENTRY_COLUMNS = (
    *("cooperative_id", "number", "booked_on", "recorded_at", "actor", "memo"),
    *("voucher", "kind", "source", "reverses", "approval", "once", "previous", "hash"),
)
ENTRY = (
    f"INSERT INTO entry ({', '.join(ENTRY_COLUMNS)})"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
NUMBER = (
    "INSERT INTO counter (cooperative_id, series, last) VALUES (?, ?, 1)"
    " ON CONFLICT (cooperative_id, series) DO UPDATE SET last = counter.last + 1"
    " RETURNING last"
)
OPEN = (
    "SELECT first_day, (SELECT name FROM period WHERE cooperative_id = cooperative.id"
    " AND name IN (?, ?, ?) AND closed ORDER BY name LIMIT 1)"
    " FROM cooperative WHERE id = ?"
)

Check = Callable[[Book, Entry], None]
Undo = Callable[[Book, Entry, Entry], None]
CHECKS: dict[str, list[Check]] = {}
UNDO: dict[str, list[Undo]] = {}
JUDGED_AFTER: set[str] = set()
"""Sources whose ``when_reversed`` posts more and then judges the floors of it all."""


def before_reversal(source: str) -> Callable[[Check], Check]:
    """Register what may refuse to reverse an entry of this source."""

    def register(check: Check) -> Check:
        CHECKS.setdefault(source, []).append(check)
        return check

    return register


def when_reversed(source: str) -> Callable[[Undo], Undo]:
    """Register what else is put right when an entry of this source is reversed.

    The function gets the book, the entry and its reversal.
    """

    def register(undo: Undo) -> Undo:
        UNDO.setdefault(source, []).append(undo)
        return undo

    return register


def entry_hash(entry: Sequence[object], lines: Sequence[Sequence[object]]) -> str:
    """Return the digest of an entry: every column of it and of its lines.

    ``entry`` holds the columns from ``cooperative_id`` to ``previous`` in the
    order of the table, ``lines`` those from ``number`` to ``term_of_office``.
    """
    *columns, previous = entry
    return sealed(
        [VERSION, "entry", *columns, [list(line) for line in lines], previous]
    )


def next_in(book: Book, series: str) -> int:
    """Give out the next number of a series; none is ever left out."""
    return int(book.run(NUMBER, (book.cooperative_id, series)).fetchone()[0])


def check_open(book: Book, on: date) -> None:
    """Refuse a date before the book begins or in a closed year, month or day."""
    day = on.isoformat()
    first_day, closed = book.run(
        OPEN, (day[:4], day[:7], day, book.cooperative_id)
    ).fetchone()
    if day < str(first_day):
        raise BeforeFirstDay(date.fromisoformat(str(first_day)))
    if closed is not None:
        raise PeriodClosed(closed)


def post(
    book: Book,
    *,
    on: date,
    memo: str,
    lines: Sequence[Draft],
    kind: VoucherKind = VoucherKind.BM,
    source: str = "ledger.journal",
    reverses: int | None = None,
    approval: int | None = None,
    floors: bool = True,
) -> Entry:
    """Post one balanced entry.

    ``source`` names the service that asks, ``floors=False`` is for an import
    whose breaks of the floor a person accepted with a reason.

    Raises ``NotAnAmount``, ``Unbalanced``, ``BeforeFirstDay``, ``PeriodClosed``,
    ``NoSuchAccount``, ``NoSuchCard``, ``AccountArchived``, ``MemorandumApart`` and
    ``BelowFloor``.
    """
    assert book.writing, "an entry is posted inside a transaction"
    session = book.session
    if session.new or session.dirty:
        session.flush()
    check_lines(lines)
    check_open(book, on)
    day, cooperative = on.isoformat(), book.cooperative_id
    moves = balances.moves_of(lines)
    carried = balances.judge(
        *(book, moves, on), floors=floors, apart=reverses is not None
    )

    series = f"{kind.value}-{day[:4]}"
    voucher = f"{series}-{next_in(book, series):06d}"
    number, at = book.number + 1, book.moment()
    columns = [
        (
            *(n, day, line.account, line.card, line.debit.units, line.credit.units),
            *(line.loan, line.unit, line.fund, line.pillar, line.term_of_office),
        )
        for n, line in enumerate(lines, start=1)
    ]
    entry = (
        *(cooperative, number, day, at, book.actor, readable(memo)),
        *(voucher, kind.value, source),
        *(reverses, approval, book.once_key, book.hash),
    )
    seal = entry_hash(entry, columns)
    book.run_many(LINE, [(cooperative, number, *column) for column in columns])
    book.run(ENTRY, (*entry, seal))
    balances.carry(book, carried, moves, on)
    book.advance(number, seal, at)
    return _posted(book, on, kind, (*entry, seal))


def _posted(book: Book, on: date, kind: VoucherKind, columns: Sequence[Any]) -> Entry:
    """Return the entry as it was written; the session need not read it again."""
    entry: Entry = manager_of_class(Entry).new_instance()
    values = instance_dict(entry)
    values.update(zip(ENTRY_COLUMNS, columns, strict=True))
    values["booked_on"], values["kind"] = on, kind
    values["posted_in"] = book.session
    return entry


def reverse(
    book: Book, entry: Entry, *, on: date, reason: str, approval: int | None = None
) -> Entry:
    """Post the same lines with their columns exchanged, linked to the entry.

    Raises ``ReasonNeeded``, ``NotReversible``, ``AlreadyReversed``,
    ``ReversedBeforeItself`` and whatever ``post`` refuses: what was paid in and
    has since been paid out cannot be reversed, for the floor must hold.
    """
    why = check_reason(reason)
    if entry.cooperative_id != book.cooperative_id:
        raise NoSuchEntry(entry.number)
    if entry.reverses is not None:
        raise NotReversible(entry.voucher)
    done = book.run(
        "SELECT voucher FROM entry WHERE cooperative_id = ? AND reverses = ?",
        (book.cooperative_id, entry.number),
    ).fetchone()
    if done is not None:
        raise AlreadyReversed(entry.voucher, done[0])
    if on < entry.booked_on:
        raise ReversedBeforeItself(entry.voucher, entry.booked_on)
    for check in CHECKS.get(entry.source, ()):
        check(book, entry)
    exchanged = [
        Draft(
            *(line.account_number, line.credit, line.debit, line.card_number),
            *(line.loan_number, line.unit, line.fund, line.pillar),
            line.term_of_office,
        )
        for line in entry.lines
    ]
    reversal = post(
        book,
        on=on,
        memo=f"{entry.voucher}: {why}",
        lines=exchanged,
        source=f"{entry.source}.reversal",
        reverses=entry.number,
        approval=approval,
        floors=entry.source not in JUDGED_AFTER,
    )
    for undo in UNDO.get(entry.source, ()):
        undo(book, entry, reversal)
    return reversal
