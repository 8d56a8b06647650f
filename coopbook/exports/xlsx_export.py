"""The book as a workbook that adds itself up: chart, journal, balances, cards.

Totals are formulas.  A spreadsheet that opens the file works them out again, and the
column of differences says whether the journal's own lines give our trial balance.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.cooperatives.queries import cooperative
from coopbook.dates import day_before
from coopbook.db.types import total
from coopbook.errors import Refused
from coopbook.exports.csv_export import inert
from coopbook.exports.folder import Folder, Totals
from coopbook.exports.rows import AT_ONCE, JournalLine, journal_lines
from coopbook.exports.saft import customer
from coopbook.i18n import N_
from coopbook.ledger.model import Account, Card, Line
from coopbook.ledger.queries import accounts, trial_balance

JOURNAL = (
    *("record", "voucher", "booked_on", "memo", "kind", "code", "account", "name"),
    *("card", "debit", "credit", "loan", "unit", "fund", "pillar", "reverses"),
)
CHART = ("code", "account", "name_id", "name_en", "type", "grows", "control", "closed")
BALANCES = (
    *("code", "account", "name_id", "type", "opening", "debit", "credit"),
    *("balance", "in_the_book", "difference"),
)
CARDS = ("customer", "code", "card", "name", "debit", "credit", "balance")
MOST_SUMMED = 50_000
"""With more lines than these, adding up by account takes a spreadsheet too long."""
MOST_ROWS = 1_048_575
"""How many lines a sheet holds below its headings."""
PART = 1 << 16

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(eq=False)
class TooManyLines(Refused):
    """The journal has more lines than a sheet of a workbook has rows."""

    sentence = N_(
        "The journal has %(lines)s lines and a sheet holds %(most)s. Choose fewer "
        "days with --from and --to, or export it as csv."
    )

    lines: int
    most: int


def add_workbook(folder: Folder, *, names: bool = True) -> None:
    """Write ``book.xlsx``; ``debit`` and ``credit`` of the manifest are its lines'.

    Raises: ``TooManyLines``.
    """
    totals = Totals()
    _check_length(folder)
    with tempfile.TemporaryDirectory(prefix="coopbook-") as made:
        path = Path(made) / "book.xlsx"
        _write(path, folder, totals, names=names)
        folder.add("book.xlsx", _read(path), totals)
    folder.notes.append(
        "In book.xlsx totals are formulas; amounts are whole rupiah, debit positive."
    )
    if not names:
        folder.notes.append("Names of cards are left out; memos are as they were.")


def _check_length(folder: Folder) -> None:
    lines = (
        select(func.count())
        .select_from(Line)
        .where(Line.cooperative_id == folder.book.cooperative_id)
    )
    if folder.booked_from is not None:
        lines = lines.where(Line.booked_on >= folder.booked_from)
    if folder.as_of is not None:
        lines = lines.where(Line.booked_on <= folder.as_of)
    count = int(folder.book.session.scalar(lines) or 0)
    if count > MOST_ROWS:
        raise TooManyLines(count, MOST_ROWS)


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(PART):
            yield part


class _Workbook:
    """A workbook whose rows are written one after another."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self.money = workbook.add_format({"num_format": "#,##0;-#,##0;0"})
        self.strong = workbook.add_format({"bold": True})

    def sheet(
        self, name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]
    ) -> int:
        """Write a sheet and return the number of its last row."""
        sheet = self.workbook.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headings) - 1, 14)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, self.strong)
        at = 0
        for at, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                self.cell(sheet, at, column, value)
        return at + 1

    def cell(self, sheet: Any, row: int, column: int, value: object) -> None:
        """Write a cell; a formula comes with what it results in."""
        if isinstance(value, tuple):
            formula, result = value
            sheet.write_formula(row, column, formula, self.money, result)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.day)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self.money)
        elif value not in (None, ""):
            sheet.write_string(row, column, inert(str(value)))


def _write(path: Path, folder: Folder, totals: Totals, *, names: bool) -> None:
    book = folder.book
    of = cooperative(book)
    first, last = folder.booked_from or of.first_day, folder.as_of or of.first_day
    lines = journal_lines(book, booked_from=first, booked_to=last)
    with xlsxwriter.Workbook(str(path), OPTIONS) as workbook:
        # The moment of making is no part of what is said: the same book, the same file.
        workbook.set_properties({"created": datetime.combine(last, time())})
        sheets = _Workbook(workbook)
        sheets.sheet("Chart", CHART, _chart(book))
        end = sheets.sheet("Journal", JOURNAL, _journal(totals.counting(lines)))
        balances = _balances(book, first, last, totals, end)
        sheets.sheet("Trial balance", BALANCES, balances)
        sheets.sheet("Cards", CARDS, _cards(book, last, names=names))


def _chart(book: Book) -> Iterator[Sequence[object]]:
    for row in accounts(book):
        if row.postable:
            yield (
                *(row.code, str(row.number), row.name_id, row.name_en),
                *(row.account_type.value, row.normal_balance.value),
                *("control" if row.control else "", row.archived_on),
            )


def _journal(lines: Iterable[JournalLine]) -> Iterator[Sequence[object]]:
    for line in lines:
        yield (
            *(str(line.entry), line.voucher, line.booked_on, line.memo),
            *(line.kind.value, line.code, str(line.account), line.name_id),
            *(str(line.card) if line.card else None, line.debit, line.credit),
            *(line.loan and str(line.loan), line.unit, line.fund, line.pillar),
            line.reverses and str(line.reverses),
        )


def _balances(
    book: Book, first: date, last: date, totals: Totals, end: int
) -> Iterator[Sequence[object]]:
    """Return what every account began with, moved and holds; the last row is the sum.

    Where the journal is short enough, what moved is added up by the spreadsheet.
    """
    before, after = _signed(book, day_before(first)), _signed(book, last)
    moved = _moved(book, first, last)
    summed = totals.rows <= MOST_SUMMED
    row, sums = 1, [0] * 4
    for one in accounts(book):
        number = one.number
        debit, credit = moved.get(number, (0, 0))
        begun, held = before.get(number, 0), after.get(number, 0)
        if not (begun or held or debit or credit):
            continue
        row += 1
        movements: tuple[object, object] = (debit, credit)
        if summed:
            movements = (
                (_sumif("J", row, end), debit),
                (_sumif("K", row, end), credit),
            )
        yield (
            *(one.code, str(number), one.name_id, one.account_type.value, begun),
            *movements,
            (f"=E{row}+F{row}-G{row}", begun + debit - credit),
            held,
            (f"=H{row}-I{row}", begun + debit - credit - held),
        )
        for place, units in enumerate((begun, debit, credit, held)):
            sums[place] += units
    begun, debit, credit, held = sums
    results = (begun, debit, credit, begun + debit - credit, held, 0)
    last_row = max(row, 2)
    yield (
        *("", "", "Total", ""),
        *(
            (f"=SUM({letter}2:{letter}{last_row})", result)
            for letter, result in zip("EFGHIJ", results, strict=True)
        ),
    )


def _sumif(letter: str, row: int, end: int) -> str:
    """Add up a column of the journal over the lines of the account in a row."""
    last = max(end, 2)
    return (
        f"=SUMIFS(Journal!${letter}$2:${letter}${last},Journal!$G$2:$G${last},B{row})"
    )


def _signed(book: Book, on: date) -> dict[int, int]:
    return {
        row.account_number: row.debit.units - row.credit.units
        for row in trial_balance(book, on)
    }


def _moved(book: Book, first: date, last: date) -> dict[int, tuple[int, int]]:
    """Return what each account was debited and credited with in the days."""
    rows = book.session.execute(
        select(Line.account_number, total(Line.debit), total(Line.credit))
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.booked_on.between(first, last))
        .group_by(Line.account_number)
    )
    return {number: (left.units, right.units) for number, left, right in rows}


def _cards(book: Book, last: date, *, names: bool) -> Iterator[Sequence[object]]:
    """Return every card of a control account with what it holds on the last day."""
    lines = (Line.cooperative_id == Card.cooperative_id) & (
        (Line.account_number == Card.account_number)
        & (Line.card_number == Card.number)
        & (Line.booked_on <= last)
    )
    rows = (
        select(
            *(Account.code, Card.number, Card.name),
            *(total(Line.debit), total(Line.credit)),
        )
        .join(
            Account,
            (Account.cooperative_id == Card.cooperative_id)
            & (Account.number == Card.account_number),
        )
        .join(Line, lines, isouter=True)
        .where(Card.cooperative_id == book.cooperative_id)
        .where(Account.control)
        .group_by(Account.code, Card.account_number, Card.number, Card.name)
        .order_by(Card.account_number, Card.number)
        .execution_options(yield_per=AT_ONCE)
    )
    at = 1
    for code, number, name, debit, credit in book.session.execute(rows):
        at += 1
        left, right = debit.units, credit.units
        said = name if names else customer(code, number)
        balance = (f"=E{at}-F{at}", left - right)
        yield customer(code, number), code, str(number), said, left, right, balance
