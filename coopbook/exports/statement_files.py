"""Statements as a workbook whose totals are formulas, and as one csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.exports.csv_export import inert
from coopbook.exports.noted_sheet import noted_rows, notes_beside_lines, write_notes
from coopbook.i18n import N_, say
from coopbook.ledger.queries import trial_balance
from coopbook.money import Money
from coopbook.statements import (
    COLUMNS,
    ROWS,
    EquityChanges,
    Figure,
    Kind,
    Statements,
    Tie,
    filled,
    lines_by_account,
    statements,
    year_before,
)

SHEETS = {
    "position": N_("Position"),
    "surplus": N_("Surplus"),
    "equity": N_("Equity"),
    "cash": N_("Cash flow"),
    "notes": N_("Notes"),
    "said": N_("Explanations"),
    "trial": N_("Trial balance"),
    "ties": N_("Ties"),
    "members": N_("Surplus by member"),
    "pools": N_("Division of the surplus"),
    "budget": N_("Budget"),
}
FIRST = 4
"""The row in which the figures of a sheet begin, counted from nought."""


class Sheets:
    """The sheets of a workbook, one after another."""

    def __init__(self, workbook: Any, name: str, language: str) -> None:
        self.workbook, self.name, self.language = workbook, name, language
        figures = {"num_format": "#,##0;(#,##0);0"}
        self.plain = workbook.add_format(figures)
        self.strong = workbook.add_format(figures | {"bold": True, "top": 1})
        self.bold = workbook.add_format({"bold": True})

    def say(self, sentence: str) -> str:
        """Say a sentence in the language of the workbook."""
        return say(sentence, self.language)

    def begin(self, key: str, about: str, heads: list[str], width: int = 48) -> Any:
        """Begin a sheet: whose, about what, and the heads of its columns."""
        sheet = self.workbook.add_worksheet(self.say(SHEETS[key]))
        sheet.set_column(0, 0, width)
        sheet.set_column(1, len(heads), 18)
        sheet.write_string(0, 0, inert(self.name), self.bold)
        sheet.write_string(1, 0, about)
        for place, head in enumerate(heads):
            sheet.write_string(FIRST - 1, place, head, self.bold)
        sheet.freeze_panes(FIRST, 1)
        sheet.fit_to_pages(1, 0)
        return sheet

    def statement(
        self, key: str, about: str, figures: tuple[Figure, ...], days: list[str]
    ) -> Any:
        """Write a statement; a total is a formula over the rows it adds up.

        Return its sheet.
        """
        sheet = self.begin(key, about, [self.say(N_("Line")), *days])
        shown = filled(figures)
        rows = {one.row.code: FIRST + n for n, one in enumerate(shown)}
        for one in shown:
            at, total = rows[one.row.code], one.row.kind is Kind.TOTAL
            style = self.bold if one.row.kind is not Kind.LINE else None
            name = "  " * one.row.level + one.row.name.said(self.language)
            sheet.write_string(at, 0, name, style)
            if one.row.kind is Kind.HEADING:
                continue
            for column, amount in ((1, one.amount), (2, one.beside)):
                if amount is None:
                    continue
                if total:
                    sheet.write_formula(
                        *(at, column, _sum(one, rows, column), self.strong),
                        amount.units,
                    )
                else:
                    sheet.write_number(at, column, amount.units, self.plain)
        return sheet


def _sum(one: Figure, rows: dict[str, int], column: int) -> str:
    parts = (
        f"{'+' if sign > 0 else '-'}{xl_rowcol_to_cell(rows[code], column)}"
        for sign, code in one.row.parts
        if code in rows
    )
    return f"={''.join(parts)}"


def statements_xlsx(
    book: Book, first: date, last: date, *, language: str = "id"
) -> bytes:
    """Return the statements of a time as a workbook.

    Position, surplus, equity and cash flow beside the year before, the accounts behind
    each line, of a calendar year every other note, the trial balance and what ties.
    Totals are formulas; amounts are whole rupiah.
    """
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as workbook:
        # The moment of making is no part of what is said: the same book, the same file.
        workbook.set_properties({"created": datetime.combine(last, time())})
        sheets = Sheets(workbook, cooperative(book).name, language)
        write_statements(sheets, book, first, last)
    return memory.getvalue()


def write_statements(sheets: Sheets, book: Book, first: date, last: date) -> None:
    """Write the sheets of all statements of a time into a workbook."""
    before = year_before((first, last))
    told = statements(book, first, last, beside=before)
    days = [last.isoformat(), before[1].isoformat()]
    span = f"{first.isoformat()} – {last.isoformat()}"
    sheets.statement("position", days[0], told.position.figures, days)
    sheets.statement("surplus", span, told.surplus.figures, days)
    _equity(sheets, told, span)
    _cash(sheets, told, span, days)
    _notes(sheets, book, (first, last), before)
    if whole_year(first, last):
        sheet = sheets.begin("said", span, [], 64)
        sheet.set_column(1, 6, 18)
        notes = notes_beside_lines(book, last.year, sheets.language)
        write_notes(sheet, notes, FIRST, sheets.bold, sheets.plain)
    _trial(sheets, book, last)
    write_ties(sheets, told.ties, span)


def whole_year(first: date, last: date) -> bool:
    """Say whether a time is a calendar year, of which there are notes."""
    return first == date(last.year, 1, 1) and last == date(last.year, 12, 31)


def _cash(sheets: Sheets, told: Statements, span: str, days: list[str]) -> None:
    """Write the cash flow and, under it, the cash it led from and to."""
    cash = told.cash
    sheet = sheets.statement("cash", span, cash.statement.figures, days)
    shown = filled(cash.statement.figures)
    at = FIRST + len(shown)
    (moved,) = (n for n, one in enumerate(shown) if one.row.code == "net_change")
    sheet.write_string(at, 0, sheets.say(N_("Cash at the beginning")))
    sheet.write_string(at + 1, 0, sheets.say(N_("Cash at the end")), sheets.bold)
    ends = (
        (1, cash.opening, cash.closing),
        (2, cash.opening_before, cash.closing_before),
    )
    for column, opening, closing in ends:
        if opening is None or closing is None:
            continue
        sheet.write_number(at, column, opening.units, sheets.plain)
        added = xl_rowcol_to_cell(FIRST + moved, column)
        formula = f"={xl_rowcol_to_cell(at, column)}+{added}"
        sheet.write_formula(at + 1, column, formula, sheets.strong, closing.units)


def _notes(
    sheets: Sheets, book: Book, span: tuple[date, date], before: tuple[date, date]
) -> None:
    """Write the accounts behind every line; a line is a formula over its accounts."""
    heads = [N_("Account"), N_("Code"), N_("Line")]
    said = [*map(sheets.say, heads), span[1].isoformat(), before[1].isoformat()]
    about = f"{span[0].isoformat()} \u2013 {span[1].isoformat()}"
    sheet, at = sheets.begin("notes", about, said), FIRST
    for one in lines_by_account(book, span, before):
        row, some = one.row, one.accounts
        name = row.name.said(sheets.language)
        sheet.write_string(at, 0, inert(name), sheets.bold)
        sums = (
            (3, sum(now.units for _account, now, _then in some)),
            (4, sum(then.units for _account, _now, then in some)),
        )
        for column, whole in sums:
            cells = f"{xl_rowcol_to_cell(at + 1, column)}:"
            cells += xl_rowcol_to_cell(at + len(some), column)
            sheet.write_formula(at, column, f"=SUM({cells})", sheets.strong, whole)
        for account, now, then in some:
            at += 1
            said_ = account.name_id if sheets.language == "id" else account.name_en
            sheet.write_string(at, 0, inert("  " + said_))
            sheet.write_string(at, 1, inert(account.code))
            sheet.write_string(at, 2, inert(row.code))
            sheet.write_number(at, 3, now.units, sheets.plain)
            sheet.write_number(at, 4, then.units, sheets.plain)
        at += 1


def _equity(sheets: Sheets, told: Statements, about: str) -> None:
    """Write the changes in equity, and under them those of the time before."""
    at = _equity_of(sheets, told.equity, about, None, FIRST)
    if told.equity_before is not None:
        then = told.equity_before
        sheet, row = at
        days = f"{then.first.isoformat()} \u2013 {then.last.isoformat()}"
        sheet.write_string(row + 1, 0, days, sheets.bold)
        _equity_of(sheets, then, about, sheet, row + 2)


def _equity_of(
    sheets: Sheets, found: EquityChanges, about: str, sheet: Any, start: int
) -> tuple[Any, int]:
    """Write one table of the changes; return its sheet and the row after it."""
    heads = [sheets.say(said) for said in COLUMNS.values()]
    total = sheets.say(N_("Total"))
    if sheet is None:
        line = sheets.say(N_("Line"))
        sheet = sheets.begin("equity", about, [line, *heads, total], 28)
    last = len(COLUMNS)
    for n, (row, said) in enumerate(found.rows.items()):
        at = start + n
        sheet.write_string(at, 0, sheets.say(said))
        for column, name in enumerate(COLUMNS, start=1):
            amount = found.amounts[row][name].units
            if row == "closing":
                above = f"{xl_rowcol_to_cell(start, column)}:"
                above += xl_rowcol_to_cell(at - 1, column)
                formula = f"=SUM({above})"
                sheet.write_formula(at, column, formula, sheets.strong, amount)
            else:
                sheet.write_number(at, column, amount, sheets.plain)
        across = f"{xl_rowcol_to_cell(at, 1)}:{xl_rowcol_to_cell(at, last)}"
        value = found.across(row).units
        sheet.write_formula(at, last + 1, f"=SUM({across})", sheets.strong, value)
    return sheet, start + len(found.rows)


def _trial(sheets: Sheets, book: Book, on: date) -> None:
    heads = [N_("Account"), N_("Code"), N_("Debit"), N_("Credit")]
    said = [sheets.say(each) for each in heads]
    sheet = sheets.begin("trial", on.isoformat(), said)
    rows = trial_balance(book, on)
    for n, row in enumerate(rows):
        at = FIRST + n
        name = row.name_id if sheets.language == "id" else row.name_en
        sheet.write_string(at, 0, inert(name))
        sheet.write_string(at, 1, inert(row.code))
        sheet.write_number(at, 2, row.debit.units, sheets.plain)
        sheet.write_number(at, 3, row.credit.units, sheets.plain)
    at = FIRST + len(rows)
    sheet.write_string(at, 0, sheets.say(N_("Total")), sheets.bold)
    amounts: tuple[Callable[[Any], Money], ...] = (
        lambda row: row.debit,
        lambda row: row.credit,
    )
    for column, amount in enumerate(amounts, start=2):
        above = f"{xl_rowcol_to_cell(FIRST, column)}:"
        above += xl_rowcol_to_cell(max(at - 1, FIRST), column)
        whole = sum(amount(row).units for row in rows)
        sheet.write_formula(at, column, f"=SUM({above})", sheets.strong, whole)


def write_ties(sheets: Sheets, ties: Sequence[Tie], about: str) -> None:
    """Write what has to agree, both figures and their difference."""
    sheet = sheets.begin("ties", about, [sheets.say(N_("Line")), "1", "2", "1 - 2"], 64)
    for n, tie in enumerate(ties):
        at = FIRST + n
        sheet.write_string(at, 0, sheets.say(tie.sentence))
        sheet.write_number(at, 1, tie.one.units, sheets.plain)
        sheet.write_number(at, 2, tie.other.units, sheets.plain)
        cells = f"={xl_rowcol_to_cell(at, 1)}-{xl_rowcol_to_cell(at, 2)}"
        apart = tie.one.units - tie.other.units
        sheet.write_formula(at, 3, cells, sheets.strong, apart)


def statements_csv(book: Book, first: date, last: date, *, language: str = "id") -> str:
    """Return the statements of a time as one csv: statement, code, name, amounts."""
    before = year_before((first, last))
    told = statements(book, first, last, beside=before)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["statement", "code", "name", "amount", "before"])
    for name, figures in (
        ("position", told.position.figures),
        ("surplus", told.surplus.figures),
        ("cash", told.cash.statement.figures),
    ):
        for one in filled(figures):
            if one.row.kind is not Kind.HEADING:
                said = inert(one.row.name.said(language))
                beside = one.beside.units if one.beside is not None else ""
                writer.writerow([name, one.row.code, said, one.amount.units, beside])
    restated = {
        (one.year, one.number): one.finding
        for one in (*told.position.restated, *told.surplus.restated)
    }
    for (year, number), finding in sorted(restated.items()):
        writer.writerow(["restated", f"{year}.{number}", inert(finding), "", ""])
    cash = told.cash
    for code, said, now, then in (
        ("opening", N_("Cash at the beginning"), cash.opening, cash.opening_before),
        ("closing", N_("Cash at the end"), cash.closing, cash.closing_before),
    ):
        units = then.units if then is not None else ""
        writer.writerow(["cash", code, say(said, language), now.units, units])
    past = told.equity_before
    for row, named in ROWS.items():
        for column, titled in COLUMNS.items():
            name = f"{say(named, language)}: {say(titled, language)}"
            amount = told.equity.amounts[row][column].units
            units = past.amounts[row][column].units if past is not None else ""
            writer.writerow(["equity", f"{row}.{column}", name, amount, units])
    for line in lines_by_account(book, (first, last), before):
        for account, current, past_one in line.accounts:
            called = account.name_id if language == "id" else account.name_en
            writer.writerow(
                [
                    *("notes", f"{line.row.code}.{account.code}", inert(called)),
                    *(current.units, past_one.units),
                ]
            )
    if whole_year(first, last):
        writer.writerows(noted_rows(notes_beside_lines(book, last.year, language)))
    return out.getvalue()
