"""Look at a sheet before it is brought in: what it says, what it would do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

from sqlalchemy import select

from coopbook.book import Book, Head
from coopbook.cooperatives.queries import cooperative
from coopbook.dates import day_before
from coopbook.importing.holders import Holders, find_holders, standings_of
from coopbook.importing.identity import identity
from coopbook.importing.kinds.registry import Kind, Sheet, understood_sheet
from coopbook.importing.kinds.savings_sheet import Pot, SavingsMovement
from coopbook.importing.model import ImportBatch, ImportRow
from coopbook.importing.rounding import RoundedTotal, rounded_total, whole
from coopbook.importing.rules import NotYet, OpeningDiffers, savings_breaks
from coopbook.importing.understood import Movement, Problem, Understood, exact
from coopbook.ledger import chart
from coopbook.ledger.model import DayBalance
from coopbook.ledger.queries import account_balance, periods
from coopbook.ledger.rules import BeforeFirstDay, PeriodClosed
from coopbook.money import ZERO
from coopbook.savings.queries import product

AT_ONCE = 500
"""How many identities are asked for in one query."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the bank account has to be given before the first row."""

    identity: str
    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Preview:
    """A sheet and what it would do to the book as it is now.

    ``fresh`` are the rows the book does not have yet, each with its identity;
    ``breaks`` may be accepted with a reason, ``not_understood`` and ``closed``
    may not.
    """

    sheet: Sheet
    fresh: tuple[tuple[str, Movement], ...]
    opening: Opening | None
    breaks: tuple[Problem, ...]
    closed: tuple[Problem, ...]
    new_members: tuple[str, ...]
    rounding_on: date | None
    record: int
    """The last record of the book when this was judged."""
    posting: RoundedTotal
    """What will be posted: exact, line by line, and rounded once."""

    @property
    def kind(self) -> Kind:
        """What the sheet is about."""
        return self.sheet.kind

    @property
    def understood(self) -> Understood:
        """The sheet as it was read."""
        return self.sheet.understood

    @property
    def already(self) -> int:
        """How many rows the book has already."""
        return len(self.understood.movements) - len(self.fresh)

    @property
    def not_understood(self) -> tuple[Problem, ...]:
        """The rows that could not be read; with any of them nothing is posted."""
        return self.understood.not_understood

    @property
    def digest(self) -> str:
        """Everything a person decides on, as one SHA-256."""
        told = [
            *(
                self.kind.value,
                self.sheet.file_digest,
                [found for found, _ in self.fresh],
            ),
            self.opening and [self.opening.identity, exact(self.opening.amount)],
            [[problem.row, str(problem)] for problem in (*self.breaks, *self.closed)],
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def preview(
    book: Book,
    kind: Kind | str,
    source: Path | str | bytes,
    *,
    on: date | None = None,
    today: date | None = None,
) -> Preview:
    """Read a file and say what it would do; nothing is changed.

    ``on`` dates the opening balance and the rounding entry; otherwise the first
    is the day before the first row and the second the day of the last.  With
    ``today``, rows dated later break a rule.

    Raises: what ``read`` and ``understand`` of the kind refuse the whole file for.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    return judged(book, understood_sheet(kind, data, on=on, today=today))


def judged(book: Book, sheet: Sheet) -> Preview:
    """Judge an understood sheet by the book as it is now."""
    kind, understood, on = sheet.kind, sheet.understood, sheet.on
    movements = understood.movements
    known = _known(book, sheet.identities)
    both = zip(sheet.identities, movements, strict=True)
    fresh = tuple((name, row) for name, row in both if name not in known)
    rows = [movement for _, movement in fresh]
    breaks, opening, new_members = list(understood.breaks), None, tuple[str, ...]()
    if kind is Kind.SAVINGS:
        savings = cast(Sequence[SavingsMovement], rows)
        holders = find_holders(book, savings)
        new_members = holders.unknown
        breaks += _savings_breaks(book, savings, holders)
    elif movements:
        opening, differing = _opening(book, understood, on)
        breaks += differing
    if sheet.today is not None:
        breaks += [
            Problem(row.row, NotYet(row.row, row.on))
            for row in rows
            if row.on > sheet.today
        ]
    days = {row.on: row.row for row in reversed(rows)}
    rounding_on = on or max(days, default=None)
    if opening is not None:
        days.setdefault(opening.on, movements[0].row)
    parts = [row.amount for row in rows]
    posting = rounded_total([opening.amount, *parts] if opening else parts)
    if rounding_on is not None and posting.left:
        days.setdefault(rounding_on, movements[-1].row)
    return Preview(
        sheet=sheet,
        fresh=fresh,
        opening=opening,
        breaks=tuple(breaks),
        closed=tuple(_closed(book, days)),
        new_members=new_members,
        rounding_on=rounding_on,
        record=last_record(book),
        posting=posting,
    )


def last_record(book: Book) -> int:
    """Return the number of the book's last record.

    While it stands, so does whatever was judged.
    """
    asked = select(Head.number).where(Head.cooperative_id == book.cooperative_id)
    return int(book.session.scalar(asked) or 0)


def _known(book: Book, asked: Sequence[str]) -> set[str]:
    """Return which of these identities the book has already."""
    known: set[str] = set()
    for start in range(0, len(asked), AT_ONCE):
        known.update(
            book.session.scalars(
                select(ImportRow.identity)
                .where(ImportRow.cooperative_id == book.cooperative_id)
                .where(ImportRow.identity.in_(asked[start : start + AT_ONCE]))
            )
        )
    return known


def _savings_breaks(
    book: Book, rows: Sequence[SavingsMovement], holders: Holders
) -> list[Problem]:
    share = product(book, Pot.PRINCIPAL.value).amount or ZERO
    minimum = product(book, Pot.VOLUNTARY.value).minimum_balance
    return savings_breaks(
        rows,
        standings_of(book, rows, holders),
        share=share,
        floors={Pot.VOLUNTARY: minimum},
    )


def _opening(
    book: Book, understood: Understood, on: date | None
) -> tuple[Opening | None, list[Problem]]:
    """Return what is missing in the bank account before the first row.

    An account that never moved is opened in full.  One that has moved should
    hold what the sheet begins with; what it lacks is a break of a rule.
    """
    first, stated = understood.movements[0], understood.opening or Decimal(0)
    earliest = min(movement.on for movement in understood.movements)
    dated = on or day_before(earliest)
    if on is None and _closed(book, {dated: first.row}):
        dated = earliest
    named = identity(
        f"{Kind.BANK_BOOK}.opening", [first.on.isoformat(), exact(stated)], 1
    )
    held = account_balance(book, chart.BANK, as_of=day_before(earliest))
    lacking = stated - held.units
    if not lacking or _known(book, [named]):
        return None, []
    opening = Opening(named, dated, lacking)
    if not _moved(book, chart.BANK):
        return opening, []
    row = (
        understood.proposal.opening.number if understood.proposal.opening else first.row
    )
    return opening, [Problem(row, OpeningDiffers(whole(stated), held, dated))]


def _moved(book: Book, account_number: int) -> bool:
    found = book.session.scalar(
        select(DayBalance.day)
        .where(DayBalance.cooperative_id == book.cooperative_id)
        .where(DayBalance.account_number == account_number)
        .limit(1)
    )
    return found is not None


def _closed(book: Book, days: Mapping[date, int]) -> Iterable[Problem]:
    """Return the days that cannot be posted to, each with a row that asks for it."""
    shut = {period.name for period in periods(book) if period.closed}
    first_day = cooperative(book).first_day
    found: dict[str, Problem] = {}
    for on, row in sorted(days.items()):
        if on < first_day:
            found.setdefault("", Problem(row, BeforeFirstDay(first_day)))
        for size in (4, 7, 10):
            name = on.isoformat()[:size]
            if name in shut:
                found.setdefault(name, Problem(row, PeriodClosed(name)))
    return found.values()


def batches(book: Book) -> list[ImportBatch]:
    """Return what was brought in, the newest first."""
    return list(
        book.session.scalars(
            select(ImportBatch)
            .where(ImportBatch.cooperative_id == book.cooperative_id)
            .order_by(ImportBatch.number.desc())
        )
    )
