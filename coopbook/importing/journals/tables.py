"""A journal written as a table: ours in text or as a workbook, and the ADS form."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter

from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.importing.files.bounds import NotASpreadsheet
from coopbook.importing.files.text import decoded
from coopbook.importing.files.workbook import Workbook
from coopbook.importing.journals.lines import (
    OtherCommodity,
    SourceAccount,
    SourceJournal,
    SourceLine,
    day_of,
    whole_units,
)
from coopbook.importing.journals.naming import number_in, type_by_code, type_of
from coopbook.importing.sheets.cells import text

OURS = frozenset(["entry", "voucher", "booked_on", "code", "card", "debit", "credit"])
SHEET = frozenset(["record", "voucher", "booked_on", "code", "card", "debit", "credit"])
ADS = frozenset(
    [
        *("Journal_ID", "Effective_Date", "GL_Account_Number", "Amount"),
        "Amount_Credit_Debit_Indicator",
    ]
)
SEPARATORS = ",;\t|"
RUPIAH = frozenset(["", "IDR"])

Row = tuple[int, Mapping[str, str]]
"""A row's number in the file, and its cells by heading."""


@dataclass(eq=False)
class NeitherSide(Refused):
    """The letter of a line says neither debit nor credit."""

    sentence = N_(
        "Line %(row)s: “%(text)s” says neither debit nor credit. "
        "Write D for debit and C for credit."
    )

    row: int
    text: str


def rows_of(data: bytes) -> tuple[frozenset[str], Iterator[Row]]:
    """Return the headings of a table in text and its rows."""
    said = decoded(data)
    head = said.partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(said, newline=""), delimiter=separator)
    headings = next(reader, [])
    blank = dict.fromkeys(headings, "")

    def rows() -> Iterator[Row]:
        try:
            for row in reader:
                if any(row):
                    cells = dict(zip(headings, row, strict=False))
                    yield reader.line_num, blank | cells
        except csv.Error as broken:
            raise NotASpreadsheet() from broken

    return frozenset(headings), rows()


def from_csv(rows: Iterable[Row], types: Mapping[str, str]) -> SourceJournal:
    """Read our own journal; ``types`` are kinds of accounts by code, where known."""
    return _entries("csv", rows, "entry", lambda row: _our_line(row, types))


def from_workbook(workbook: Workbook) -> SourceJournal | None:
    """Read our own workbook, or return nothing if it is another."""
    sheets = {sheet.name: sheet.rows for sheet in workbook.sheets}
    if not {"Journal", "Chart", "Cards"} <= set(sheets):
        return None
    rows = list(_table(sheets["Journal"]))
    if not SHEET.issubset(map(text, sheets["Journal"][0])):
        return None
    types = {row["code"]: row["type"] for _, row in _table(sheets["Chart"])}
    names = {
        (row["code"], row["card"]): said(row["name"])
        for _, row in _table(sheets["Cards"])
    }

    def line(row: Row) -> SourceLine:
        number, cells = row
        key = (cells["code"], cells.get("card", ""))
        return _our_line((number, cells), types, names.get(key, ""))

    return _entries("xlsx", rows, "record", line)


def _table(rows: Sequence[Sequence[object]]) -> Iterator[Row]:
    headings = [str(cell) for cell in rows[0]]
    for number, row in enumerate(rows[1:], start=2):
        cells = [_cell(cell) for cell in row]
        if any(cells):
            blank = dict.fromkeys(headings, "")
            yield number, blank | dict(zip(headings, cells, strict=False))


def _cell(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.10f}".rstrip("0").rstrip(".")
    return "" if cell is None else str(cell)


def _our_line(row: Row, types: Mapping[str, str], card_name: str = "") -> SourceLine:
    number, cells = row
    code, own = said(cells["code"]), number_in(cells.get("account", ""))
    name = said(cells.get("name_id") or cells.get("name", ""))
    kind = type_of(types.get(code, "")) or type_by_code(code, own)
    account = SourceAccount(code, own, name, said(cells.get("name_en", "")), kind)
    debit, credit = cells["debit"] or "0", cells["credit"] or "0"
    return SourceLine(
        account=account,
        units=whole_units(debit, number) - whole_units(credit, number),
        card=_count(cells.get("card", "")),
        card_name=card_name,
        unit=said(cells.get("unit", "")) or None,
        fund=said(cells.get("fund", "")) or None,
        pillar=said(cells.get("pillar", "")) or None,
        term_of_office=said(cells.get("term_of_office", "")) or None,
    )


def from_ads(
    rows: Iterable[Row], chart: Iterable[Row], *, ours: bool = False
) -> SourceJournal:
    """Read the detail of the ADS form, with the chart beside it, if there is one.

    In our own chart the sub-type is the fixed number of an account.
    """
    named = {row["GL_Account_Number"]: row for _, row in chart}
    accounts: dict[str, SourceAccount] = {}

    def line(row: Row) -> SourceLine:
        number, cells = row
        code = said(cells["GL_Account_Number"])
        if code not in accounts:
            of = named.get(code, {})
            name = said(of.get("GL_Account_Name", ""))
            fixed = number_in(of.get("Account_Subtype", "")) if ours else None
            kind = type_of(of.get("Account_Type", "")) or type_by_code(code, fixed)
            accounts[code] = SourceAccount(code, fixed, name, name, kind)
        currency = cells.get("Amount_Currency", "")
        if currency not in RUPIAH:
            raise OtherCommodity(number, currency)
        units = whole_units(cells["Amount"], number)
        return SourceLine(
            account=accounts[code],
            units=units * _side(cells["Amount_Credit_Debit_Indicator"], number),
            card=_count(cells.get("Segment01", "")),
            unit=said(cells.get("Segment02", "")) or None,
            fund=said(cells.get("Segment03", "")) or None,
            pillar=said(cells.get("Segment04", "")) or None,
        )

    return _entries("ads", rows, "Journal_ID", line)


def _side(letter: str, row: int) -> int:
    """Return 1 for debit and -1 for credit; ours are D and C, others write S and H."""
    word = letter.strip().upper()
    if word in ("D", "S", "DEBIT"):
        return 1
    if word in ("C", "K", "H", "CREDIT"):
        return -1
    raise NeitherSide(row, letter)


def _entries(
    form: str, rows: Iterable[Row], key: str, line: Callable[[Row], SourceLine]
) -> SourceJournal:
    """Put the rows that name one entry together; they follow one another."""
    found = SourceJournal(form)
    ads = key == "Journal_ID"
    for name, together in groupby(rows, key=lambda row: itemgetter(key)(row[1])):
        held = list(together)
        number, first = held[0]
        try:
            on = day_of(first["Effective_Date" if ads else "booked_on"], number)
            lines = [line(row) for row in held]
        except Refused as reason:
            found.refuse(reason, int(reason.facts.get("row", number)))
            continue
        memo = first.get("JE_Header_Description" if ads else "memo", "")
        voucher = name if ads else first["voucher"]
        found.enter(
            *(number, on, said(memo), lines),
            reference=said(voucher),
            kind=first.get("kind", ""),
        )
    return found


def said(words: str) -> str:
    """Return words as they were before they were made inert for a spreadsheet."""
    rest = words[1:]
    return rest if words.startswith("'") and _was_inert(rest) else words


def _was_inert(words: str) -> bool:
    shown = "".join(c for c in words if c.isprintable() and not c.isspace())
    return bool(words) and (shown[:1] in tuple("=+-@＝＋－＠") or words[0] in "\t\r\n")


def _count(cell: str) -> int:
    plain = cell.strip()
    return int(plain) if plain.isascii() and plain.isdigit() else 0
