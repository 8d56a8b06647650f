"""Statements of several books as one: a workbook with formulas, one csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from coopbook.consolidation import WHAT, Joint, JointRow
from coopbook.errors import Refused
from coopbook.exports.csv_export import inert
from coopbook.exports.statement_files import FIRST, Sheets, write_ties
from coopbook.i18n import N_, say
from coopbook.statements import COLUMNS, Kind

Told = Callable[[Refused], str]
"""Says a refusal the way its reader reads it."""


def heads_of(joint: Joint, language: str) -> list[str]:
    """Return the heads of the columns: each unit, what is left out, all together."""
    units = [f"{unit.number} {unit.name}" for unit in joint.units]
    return [*units, say(N_("Left out"), language), say(N_("Together"), language)]


def joint_csv(joint: Joint, told: Told, *, language: str = "id") -> str:
    """Return the statements as one csv: statement, code, name, every column twice.

    The second time is the year before.  Where there is a statement of neither, a row
    ``apart`` says why.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    heads = [inert(head) for head in heads_of(joint, language)]
    before = [f"{head} {joint.before[1].isoformat()}" for head in heads]
    writer.writerow(["statement", "code", "name", *heads, *before])
    for what in WHAT:
        rows = joint.rows(what)
        if not rows and joint.now.apart is not None:
            writer.writerow([what, "apart", inert(told(joint.now.apart))])
        for one in rows:
            if one.row.kind is Kind.HEADING:
                continue
            cells = [each.units if each is not None else "" for each in both(one)]
            named = inert(_name(one, language))
            writer.writerow([what, one.row.code, named, *cells])
    for unit, fix in joint.restated:
        number = f"{unit.number}.{fix.year}.{fix.number}"
        writer.writerow(["restated", number, inert(fix.finding)])
    if joint.refused is not None:
        writer.writerow(["before", "apart", inert(told(joint.refused))])
    return out.getvalue()


def _name(one: JointRow, language: str) -> str:
    """Return what a row is called; a movement of equity with the kind it is of."""
    kind = one.row.code.partition(".")[2]
    named = one.row.name.said(language)
    return f"{named}: {say(COLUMNS[kind], language)}" if kind in COLUMNS else named


def both(one: JointRow) -> tuple[Any, ...]:
    """Return the amounts of a row, now and the year before."""
    return (*one.now, *one.then)


def joint_xlsx(joint: Joint, told: Told, *, language: str = "id") -> bytes:
    """Return the statements as a workbook, each beside the year before.

    A total is a formula over its rows, all together one over its columns; amounts are
    whole rupiah.
    """
    memory = io.BytesIO()
    now = joint.now
    name = " + ".join(unit.name for unit in joint.units)
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as workbook:
        # The moment of making is no part of what is said: the same book, the same file.
        workbook.set_properties({"created": datetime.combine(now.last, time())})
        sheets = Sheets(workbook, name, language)
        span = f"{now.first.isoformat()} \u2013 {now.last.isoformat()}"
        for what in WHAT:
            about = now.last.isoformat() if what == "position" else span
            _sheet(sheets, joint, what, about, told)
        write_ties(sheets, now.tied, span)
    return memory.getvalue()


def _sheet(sheets: Sheets, joint: Joint, what: str, about: str, told: Told) -> None:
    heads = heads_of(joint, sheets.language)
    line = sheets.say(N_("Line"))
    sheet = sheets.begin(what, about, [line, *map(inert, heads * 2)])
    width = len(heads)
    days = (joint.now.last, joint.before[1])
    for column, day in zip((1, 1 + width), days, strict=True):
        sheet.write_string(FIRST - 2, column, day.isoformat(), sheets.bold)
    rows = joint.rows(what)
    at = {one.row.code: FIRST + n for n, one in enumerate(rows)}
    for one in rows:
        style = sheets.bold if one.row.kind is not Kind.LINE else None
        said = "  " * one.row.level + one.row.name.said(sheets.language)
        sheet.write_string(at[one.row.code], 0, inert(said), style)
        for place, amount in enumerate(both(one)):
            if amount is not None:
                formula = _formula(one, at, place, width)
                _cell(sheets, sheet, (at[one.row.code], place + 1), amount, formula)
    at_end = FIRST + len(rows) + 1
    if joint.restated and what in ("position", "surplus"):
        sheet.write_string(at_end, 0, inert(joint.restating(sheets.language)))
    for apart in (None if rows else joint.now.apart, joint.refused):
        if apart is not None:
            sheet.write_string(at_end, 0, inert(told(apart)))


def _formula(one: JointRow, at: dict[str, int], place: int, width: int) -> str:
    """Return what a cell adds up, across or down; nothing in a line of its own."""
    row = at[one.row.code]
    if place % width == width - 1:
        left = xl_rowcol_to_cell(row, place + 2 - width)
        return f"=SUM({left}:{xl_rowcol_to_cell(row, place)})"
    parts = [(sign, code) for sign, code in one.row.parts if code in at]
    signed = (
        f"{'+' if sign > 0 else '-'}{xl_rowcol_to_cell(at[code], place + 1)}"
        for sign, code in parts
    )
    return f"={''.join(signed)}" if parts else ""


def _cell(
    sheets: Sheets, sheet: Any, cell: tuple[int, int], amount: Any, formula: str
) -> None:
    if formula:
        sheet.write_formula(*cell, formula, sheets.strong, amount.units)
    else:
        sheet.write_number(*cell, amount.units, sheets.plain)
