"""The statements of a book: what stands on a day, what was earned in a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from coopbook.book import Book
from coopbook.corrections import Correction, booked
from coopbook.corrections.rules import (
    restated_position,
    restated_surplus,
    restating_position,
    restating_surplus,
)
from coopbook.dates import day_before
from coopbook.db.types import total
from coopbook.ledger import chart
from coopbook.ledger.model import Account, DayBalance, Entry, Line
from coopbook.ledger.rules import AccountType
from coopbook.money import ZERO, Money
from coopbook.statements.layout import (
    Figure,
    Held,
    figures,
    laid_out,
    layout,
    line_of,
    lines_under,
)
from coopbook.statements.mapping import lines_given
from coopbook.statements.spans import check_day, check_span

CLOSING = "yearend.close"
"""The source of the entries that close a year's income and expenses."""

EARNINGS = (AccountType.REVENUE, AccountType.EXPENSE)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its figures, of a day or of a time.

    ``restated`` are the corrections that changed the figures it is compared with.
    """

    name: str
    first: date | None
    last: date
    beside: tuple[date | None, date] | None
    figures: tuple[Figure, ...]
    restated: tuple[Correction, ...] = ()

    def amount(self, code: str) -> Money:
        """Return the amount of a row."""
        return next(each.amount for each in self.figures if each.row.code == code)

    def then(self, code: str) -> Money:
        """Return the amount of a row in the time it is compared with."""
        found = next(each.beside for each in self.figures if each.row.code == code)
        return found or ZERO


def balances_on(book: Book, on: date) -> dict[int, int]:
    """Return the balance of every account at the end of a day, debit positive.

    Read from the balances carried by day.
    """
    latest = (
        select(
            DayBalance.account_number.label("number"),
            func.max(DayBalance.day).label("day"),
        )
        .where(DayBalance.cooperative_id == book.cooperative_id)
        .where(DayBalance.day <= on)
        .group_by(DayBalance.account_number)
        .subquery()
    )
    rows = book.session.execute(
        select(
            DayBalance.account_number,
            DayBalance.opening + DayBalance.debit - DayBalance.credit,
        )
        .join(
            latest,
            and_(
                latest.c.number == DayBalance.account_number,
                latest.c.day == DayBalance.day,
            ),
        )
        .where(DayBalance.cooperative_id == book.cooperative_id)
    )
    return {int(number): int(units) for number, units in rows}


def closed_by(book: Book, first: date, last: date) -> dict[int, int]:
    """Return what closing entries of a time moved on each account, debit positive.

    Those that were reversed and their reversals cancel out; both are counted.
    """
    closing = aliased(Entry)
    rows = book.session.execute(
        select(Line.account_number, total(Line.debit), total(Line.credit))
        .join(
            Entry,
            and_(
                Entry.cooperative_id == Line.cooperative_id,
                Entry.number == Line.entry_number,
            ),
        )
        .outerjoin(
            closing,
            and_(
                closing.cooperative_id == Entry.cooperative_id,
                closing.number == Entry.reverses,
            ),
        )
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Entry.booked_on.in_(_year_ends(first, last)))
        .where(or_(Entry.source == CLOSING, closing.source == CLOSING))
        .group_by(Line.account_number)
    )
    return {int(one): left.units - right.units for one, left, right in rows}


def _year_ends(first: date, last: date) -> list[date]:
    years = range(first.year, last.year + 1)
    return [day for year in years if first <= (day := date(year, 12, 31)) <= last]


def types_of(book: Book) -> dict[int, AccountType]:
    """Return the type of every account, by number."""
    rows = book.session.execute(
        select(Account.number, Account.account_type).where(
            Account.cooperative_id == book.cooperative_id
        )
    )
    return {number: kind for number, kind in rows}  # noqa: C416


def held_on(book: Book, on: date, corrections: Sequence[Correction] = ()) -> list[Held]:
    """Return what the position of a day lays out.

    Income and expenses of the year stand as its surplus, those of earlier years that
    were never closed as surplus of earlier years.  ``corrections`` that were booked
    later restate it.
    """
    types, now = types_of(book), balances_on(book, on)
    before = balances_on(book, day_before(on.replace(month=1, day=1)))

    def earned(of: dict[int, int]) -> int:
        return sum(units for one, units in of.items() if types[one] in EARNINGS)

    year = earned(now) - earned(before)
    found = {
        one: units
        for one, units in now.items()
        if types[one] not in (*EARNINGS, AccountType.MEMO)
    }
    for account, units in (
        (chart.SURPLUS_OF_YEAR, year),
        (chart.EARLIER_SURPLUS, earned(before)),
    ):
        found[account] = found.get(account, 0) + units
    surpluses = (chart.SURPLUS_OF_YEAR, chart.EARLIER_SURPLUS)
    found = restated_position(found, corrections, types, on, surpluses)
    given = lines_given(book)
    return [
        Held(one, types[one], Money(units), given.get(one))
        for one, units in found.items()
    ]


def earned_in(
    book: Book, first: date, last: date, corrections: Sequence[Correction] = ()
) -> list[Held]:
    """Return what income and expenses moved in a time, closing entries left out.

    ``corrections`` of a year in it that were booked later restate it.  Raises
    ``EndsBeforeItBegins`` and ``OutsideTheCalendar``.
    """
    check_span(first, last)
    types, closed = types_of(book), closed_by(book, first, last)
    now, before = balances_on(book, last), balances_on(book, day_before(first))
    moved = {
        one: now.get(one, 0) - before.get(one, 0) - closed.get(one, 0)
        for one in sorted({*now, *before})
        if types[one] in EARNINGS
    }
    restated = restated_surplus(moved, corrections, types, first, last)
    given = lines_given(book)
    return [
        Held(one, types[one], Money(units), given.get(one))
        for one, units in sorted(restated.items())
    ]


def financial_position(
    book: Book, on: date, *, beside: date | None = None
) -> Statement:
    """Return the statement of financial position (*laporan posisi keuangan*).

    ``beside`` is a day it is compared with, restated by corrections booked since.
    Raises ``OutsideTheCalendar``.
    """
    check_day(on)
    known = booked(book) if beside is not None else []
    rows = figures(
        layout("position"),
        held_on(book, on),
        held_on(book, beside, known) if beside is not None else None,
    )
    if beside is None:
        return Statement("position", None, on, None, tuple(rows))
    restated = tuple(restating_position(known, beside))
    return Statement("position", None, on, (None, beside), tuple(rows), restated)


def surplus_statement(
    book: Book, first: date, last: date, *, beside: tuple[date, date] | None = None
) -> Statement:
    """Return the surplus statement (*perhitungan hasil usaha*) of a time.

    Gross and net participation of members come first; closing entries do not count.
    What it is compared with is restated by corrections booked since.
    """
    known = booked(book) if beside is not None else []
    rows = figures(
        layout("surplus"),
        earned_in(book, first, last),
        earned_in(book, *beside, known) if beside is not None else None,
    )
    restated = tuple(restating_surplus(known, *beside)) if beside is not None else ()
    return Statement("surplus", first, last, beside, tuple(rows), restated)


def net_surplus(book: Book, first: date, last: date) -> Money:
    """Return the surplus of a time, after tax."""
    return laid_out(layout("surplus"), earned_in(book, first, last))["net_surplus"]


def behind(statement: str, code: str, held: Iterable[Held]) -> list[tuple[Held, Money]]:
    """Return the accounts behind a row with what each adds to its line."""
    rows, lines = layout(statement), set(lines_under(layout(statement), code))
    found = []
    for each in held:
        line = line_of(rows, each)
        if line is not None and line.code in lines and each.balance:
            debit = line.side is not None and line.side.value == "debit"
            found.append((each, each.balance if debit else -each.balance))
    return sorted(found, key=lambda one: one[0].account)


def year_of(on: date) -> tuple[date, date]:
    """Return the business year a day lies in, its first and last day."""
    return date(on.year, 1, 1), date(on.year, 12, 31)


def year_before(span: Sequence[date]) -> tuple[date, date]:
    """Return the same time a year earlier; 29 February becomes the 28th."""

    def earlier(day: date) -> date:
        try:
            return day.replace(year=day.year - 1)
        except ValueError:
            return day.replace(year=day.year - 1, day=28)

    first, last = span
    return earlier(first), earlier(last)
