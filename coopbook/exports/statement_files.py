"""Statements as a workbook whose totals are formulas, and as one csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.exports.csv_export import inert
from coopbook.i18n import N_, say
from coopbook.ledger.queries import trial_balance
from coopbook.money import Money
from coopbook.statements import (
    COLUMNS,
    Figure,
    Kind,
    Statements,
    filled,
    statements,
    year_before,
)

SHEETS = {
    "position": N_("Position"),
    "surplus": N_("Surplus"),
    "equity": N_("Equity"),
    "cash": N_("Cash flow"),
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
    ) -> None:
        """Write a statement; a total is a formula over the rows it adds up."""
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

    Position, surplus, equity and cash flow beside the year before, the trial balance
    and what ties.  Totals are formulas; amounts are whole rupiah.
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
    sheets.statement("cash", span, told.cash.statement.figures, days)
    _trial(sheets, book, last)
    _ties(sheets, told, span)


def _equity(sheets: Sheets, told: Statements, about: str) -> None:
    heads = [sheets.say(said) for said in COLUMNS.values()]
    total = sheets.say(N_("Total"))
    sheet = sheets.begin("equity", about, [sheets.say(N_("Line")), *heads, total], 28)
    last = len(COLUMNS)
    for n, (row, said) in enumerate(told.equity.rows.items()):
        at = FIRST + n
        sheet.write_string(at, 0, sheets.say(said))
        for column, name in enumerate(COLUMNS, start=1):
            amount = told.equity.amounts[row][name].units
            if row == "closing":
                above = f"{xl_rowcol_to_cell(FIRST, column)}:"
                above += xl_rowcol_to_cell(at - 1, column)
                formula = f"=SUM({above})"
                sheet.write_formula(at, column, formula, sheets.strong, amount)
            else:
                sheet.write_number(at, column, amount, sheets.plain)
        across = f"{xl_rowcol_to_cell(at, 1)}:{xl_rowcol_to_cell(at, last)}"
        value = told.equity.across(row).units
        sheet.write_formula(at, last + 1, f"=SUM({across})", sheets.strong, value)


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


def _ties(sheets: Sheets, told: Statements, about: str) -> None:
    sheet = sheets.begin("ties", about, [sheets.say(N_("Line")), "1", "2", "1 - 2"], 64)
    for n, tie in enumerate(told.ties):
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
    for row in told.equity.rows:
        for column in COLUMNS:
            amount = told.equity.amounts[row][column].units
            writer.writerow(["equity", f"{row}.{column}", "", amount, ""])
    return out.getvalue()
