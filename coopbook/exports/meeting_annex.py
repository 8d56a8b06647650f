"""The annex of the meeting's book: statements, the surplus by member, the budget."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from coopbook import budgets, members, surplus
from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.exports.csv_export import inert
from coopbook.exports.statement_files import FIRST, Sheets, write_statements
from coopbook.i18n import N_
from coopbook.money import Money
from coopbook.statements import year_of
from coopbook.surplus import Pool

HEADS = (
    *(N_("No."), N_("Name"), N_("Shares (Rp)"), N_("Activity (Rp)")),
    *(N_("On shares"), N_("Patronage"), N_("Together")),
)


def meeting_annex_xlsx(book: Book, year: int, *, language: str = "id") -> bytes:
    """Return the statements of a year with the surplus by member and the budget.

    A member's two parts are added up by formulas, and so is every column.
    """
    first, last = year_of(date(year, 12, 31))
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": datetime.combine(last, time())})
        sheets = Sheets(workbook, cooperative(book).name, language)
        write_statements(sheets, book, max(first, cooperative(book).first_day), last)
        _surplus(sheets, book, year)
        _budget(sheets, book, year)
    return memory.getvalue()


def _rows(book: Book, year: int) -> tuple[list[list[Any]], dict[Pool, Money]]:
    names = members.names_of(book)
    row = surplus.distribution_of(book, year)
    if row is not None:
        return [
            [
                *(one.member_number, names.get(one.member_number, "")),
                *(one.capital_base.units, one.activity.units),
                *(one.capital.units, one.patronage.units),
            ]
            for one in surplus.shares_of(book, row)
        ], surplus.pools_of(book, row)
    try:
        found = surplus.draft(book, year).division
    except (surplus.NoPolicy, surplus.Deficit, surplus.NothingEarned):
        return [], {}
    return [
        [
            *(one.base.member, names.get(one.base.member, "")),
            *(int(one.base.capital), int(one.base.activity)),
            *(one.capital.units, one.patronage.units),
        ]
        for one in found.shares
    ], found.pools


def _surplus(sheets: Sheets, book: Book, year: int) -> None:
    rows, pools = _rows(book, year)
    heads = [sheets.say(head) for head in HEADS]
    sheet = sheets.begin("members", str(year), heads, 8)
    sheet.set_column(1, 1, 32)
    for n, row in enumerate(rows):
        at = FIRST + n
        sheet.write_number(at, 0, row[0])
        sheet.write_string(at, 1, inert(row[1]))
        for column, units in enumerate(row[2:], start=2):
            sheet.write_number(at, column, units, sheets.plain)
        parts = f"={xl_rowcol_to_cell(at, 4)}+{xl_rowcol_to_cell(at, 5)}"
        sheet.write_formula(at, 6, parts, sheets.plain, row[4] + row[5])
    sums = [sum(row[column] for row in rows) for column in range(2, 6)]
    _summed(sheets, sheet, FIRST + len(rows), 2, [*sums, sums[2] + sums[3]])
    sheet = sheets.begin("pools", str(year), [sheets.say(N_("Part")), "Rp"])
    held = [(pool, pools[pool]) for pool in Pool if pools.get(pool)]
    for n, (pool, amount) in enumerate(held):
        sheet.write_string(FIRST + n, 0, sheets.say(surplus.POOL_NAMES[pool]))
        sheet.write_number(FIRST + n, 1, amount.units, sheets.plain)
    whole = sum(amount.units for _, amount in held)
    _summed(sheets, sheet, FIRST + len(held), 1, [whole])


def _summed(
    sheets: Sheets, sheet: Any, at: int, column: int, sums: Sequence[int]
) -> None:
    """Write a last row of sums over the rows above it."""
    sheet.write_string(at, 0, sheets.say(N_("Total")), sheets.bold)
    for place, value in enumerate(sums, start=column):
        first, last = xl_rowcol_to_cell(FIRST, place), max(at - 1, FIRST)
        above = f"=SUM({first}:{xl_rowcol_to_cell(last, place)})"
        if at == FIRST:
            sheet.write_number(at, place, 0, sheets.strong)
        else:
            sheet.write_formula(at, place, above, sheets.strong, value)


def _budget(sheets: Sheets, book: Book, year: int) -> None:
    heads = [
        *(N_("Account"), N_("Code"), N_("Planned (Rp)")),
        *(N_("What happened (Rp)"), N_("Year before (Rp)")),
    ]
    said = [sheets.say(head) for head in heads]
    sheet = sheets.begin("budget", str(year), said)
    for n, row in enumerate(budgets.budget_of(book, year)):
        at, account = FIRST + n, row.account
        name = account.name_id if sheets.language == "id" else account.name_en
        sheet.write_string(at, 0, inert(name))
        sheet.write_string(at, 1, inert(account.code))
        for column, amount in enumerate((row.planned, row.actual, row.before), start=2):
            sheet.write_number(at, column, amount.units, sheets.plain)
