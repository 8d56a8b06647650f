"""The lines of the journal, one after another, whatever form they are written in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from itertools import groupby
from operator import attrgetter

from sqlalchemy import and_, select

from coopbook.book import Book
from coopbook.ledger.model import Account, Entry, Line
from coopbook.ledger.rules import VoucherKind

AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A line with the columns of its entry and the names of its account."""

    entry: int
    voucher: str
    booked_on: date
    recorded_at: str
    actor: str
    memo: str
    kind: VoucherKind
    source: str
    reverses: int | None
    line: int
    account: int
    code: str
    name_id: str
    name_en: str
    card: int
    debit: int
    credit: int
    loan: int | None
    unit: str | None
    fund: str | None
    pillar: str | None
    term_of_office: str | None
    previous: str
    hash: str


COLUMNS = tuple(field.name for field in fields(JournalLine))


def journal_lines(
    book: Book,
    *,
    booked_from: date | None = None,
    booked_to: date | None = None,
    by_day: bool = False,
) -> Iterator[JournalLine]:
    """Return the lines of every entry in the order of the records, or by day.

    Read in portions, so that a long journal does not have to fit in memory.
    """
    rows = (
        select(
            *(Entry.number, Entry.voucher, Entry.booked_on, Entry.recorded_at),
            *(Entry.actor, Entry.memo, Entry.kind, Entry.source, Entry.reverses),
            *(Line.number, Line.account_number, Account.code, Account.name_id),
            *(Account.name_en, Line.card_number, Line.debit, Line.credit),
            *(Line.loan_number, Line.unit, Line.fund, Line.pillar),
            *(Line.term_of_office, Entry.previous, Entry.hash),
        )
        .join(
            Line,
            and_(
                Line.cooperative_id == Entry.cooperative_id,
                Line.entry_number == Entry.number,
            ),
        )
        .join(
            Account,
            and_(
                Account.cooperative_id == Line.cooperative_id,
                Account.number == Line.account_number,
            ),
        )
        .where(Entry.cooperative_id == book.cooperative_id)
        .order_by(*([Entry.booked_on] if by_day else []), Entry.number, Line.number)
    )
    if booked_from is not None:
        rows = rows.where(Entry.booked_on >= booked_from)
    if booked_to is not None:
        rows = rows.where(Entry.booked_on <= booked_to)
    for row in book.session.execute(rows.execution_options(yield_per=AT_ONCE)):
        columns = dict(zip(COLUMNS, row, strict=True))
        columns["debit"], columns["credit"] = row[15].units, row[16].units
        yield JournalLine(**columns)


def by_entry(lines: Iterator[JournalLine]) -> Iterator[list[JournalLine]]:
    """Return the lines of one entry at a time."""
    for _, together in groupby(lines, key=attrgetter("entry")):
        yield list(together)
