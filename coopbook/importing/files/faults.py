"""Find the cells of a workbook whose formula gave an error.

The reader shows such a cell as a blank one, and a blank amount means zero.  So the
errors are looked up in the file itself and put back where they stand, as the words a
spreadsheet shows: ``#REF!``.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from coopbook.importing.files.bounds import (
    MOST_CELLS,
    NotASpreadsheet,
    TooLarge,
    parts_of,
    unpacked,
)
from coopbook.importing.files.compound import MAGIC, records, workbook_stream
from coopbook.importing.files.grids import ODS_REPEATED, ODS_TAG, column_number
from coopbook.importing.files.workbook import Cell

Faults = dict[tuple[int, int], str]
"""What the faulty cells of one sheet show, by row and column from 0."""

MOST_FAULTS = 100_000

_TAG = re.compile(rb"""<(?:\w+:)?c\b([^<>]*?\bt\s*=\s*["']e["'][^<>]*)>""")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_CLOSED = re.compile(rb"</(?:\w{1,30}:)?c\s{0,9}>")
_VALUE = re.compile(rb"<(?:\w{1,30}:)?v[^<>]{0,99}>([^<]{1,40})<")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^<>]*)>")
_ID = re.compile(rb"""\b\w+:id\s*=\s*["']([^"']*)["']""")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^<>]*)>")
_ATTRIBUTE = re.compile(rb"""\b(Id|Target)\s*=\s*["']([^"']*)["']""")
_SHOWN = re.compile(rb"<text:p[^<>]*>([^<>]*)<")
_CODES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_BOF, _BOUND_SHEET, _BOOL_ERROR, _FORMULA = 0x809, 0x85, 0x205, 0x06


def faults(data: bytes) -> list[Faults]:
    """Return the faulty cells of every sheet of a workbook, in its order.

    Raises: ``NotASpreadsheet`` and ``TooLarge``.
    """
    if data.startswith(MAGIC):
        return _in_records(workbook_stream(data))
    parts = parts_of(data)
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        content = (
            text for name, text in unpacked(data, parts) if name == "content.xml"
        )
        return _in_content(next(content, b""))
    book = relations = b""
    found: dict[str, Faults] = {}
    for name, text in unpacked(data, parts):
        if name == "xl/workbook.xml":
            book = text
        elif name == "xl/_rels/workbook.xml.rels":
            relations = text
        elif b"sheetData" in text and (faulty := dict(_in_sheet(text))):
            found[name] = faulty
    return [found.get(name, {}) for name in _order(book, relations)] if found else []


def put_back(rows: list[list[Cell]], found: Faults) -> None:
    """Write the errors of a sheet into its rows, where the reader left a blank."""
    for (row, column), shown in found.items():
        if row < len(rows):
            rows[row].extend([""] * (column + 1 - len(rows[row])))
            rows[row][column] = shown


def _order(book: bytes, relations: bytes) -> Iterator[str]:
    """Return the parts that hold the sheets, in the order of the workbook."""
    targets = {}
    for relation in _RELATION.finditer(relations):
        said = dict(_ATTRIBUTE.findall(relation[1]))
        targets[said.get(b"Id")] = said.get(b"Target", b"").decode("utf-8", "replace")
    for sheet in _SHEET.finditer(book):
        named = _ID.search(sheet[1])
        target = targets.get(named[1], "") if named else ""
        yield target[1:] if target.startswith("/") else f"xl/{target}"


def _in_sheet(sheet: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    at = count = 0
    while tag := _TAG.search(sheet, at):
        at = tag.end()
        if tag[1].endswith(b"/"):
            continue
        place, end = _PLACE.search(tag[1]), _CLOSED.search(sheet, at)
        count += 1
        if place is None or end is None:
            raise NotASpreadsheet()
        if count > MOST_FAULTS:
            raise TooLarge()
        shown = _VALUE.search(sheet, at, end.start())
        words = shown[1].decode("utf-8", "replace").strip() if shown else "#VALUE!"
        at = end.end()
        yield (int(place[2]) - 1, column_number(place[1]) - 1), words


def _in_content(content: bytes) -> list[Faults]:
    """Return the faulty cells of an .ods; one that repeats is put in each place."""
    sheets: list[Faults] = []
    row = next_row = column = deep = 0
    for tag in ODS_TAG.finditer(content):
        repeated = ODS_REPEATED.search(tag[4])
        many = int(repeated[1]) if repeated else 1
        if tag[3]:
            sheets.append({})
            row = next_row = 0
        elif tag[1]:
            row, next_row, column, deep = next_row, next_row + many, 0, many
        elif tag[2]:
            if b'value-type="error"' in tag[4] and sheets:
                if deep * many > MOST_FAULTS or len(sheets[-1]) > MOST_FAULTS:
                    raise TooLarge()
                said = _SHOWN.match(content, tag.end())
                words = said[1].decode("utf-8", "replace") if said else "#VALUE!"
                for down in range(row, row + deep):
                    for across in range(column, column + many):
                        sheets[-1][down, across] = words[:40]
            column += many
    return sheets


def _in_records(book: bytes) -> list[Faults]:
    """Return the faulty cells of an .xls; sheets are told by where they begin."""
    begins: list[int] = []
    found: dict[int, Faults] = {}
    sheet = at = 0
    try:
        for kind, record in records(book):
            if kind == _BOF:
                sheet = at
            elif kind == _BOUND_SHEET:
                begins.append(struct.unpack_from("<I", record)[0])
            elif kind in (_BOOL_ERROR, _FORMULA) and (code := _code(kind, record)) >= 0:
                place: tuple[int, int] = struct.unpack_from("<HH", record)
                found.setdefault(sheet, {})[place] = _CODES.get(code, "#VALUE!")
            at += 4 + len(record)
    except struct.error as broken:
        raise NotASpreadsheet() from broken
    if sum(map(len, found.values())) > min(MOST_FAULTS, MOST_CELLS):
        raise TooLarge()
    return [found.get(begin, {}) for begin in begins]


def _code(kind: int, record: bytes) -> int:
    """Return the code of the error in a record, or -1 where it holds none."""
    if kind == _BOOL_ERROR:
        return record[6] if len(record) >= 8 and record[7] else -1
    is_error = len(record) >= 14 and record[12:14] == b"\xff\xff" and record[6] == 2
    return record[8] if is_error else -1
