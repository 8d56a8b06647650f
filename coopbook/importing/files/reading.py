"""Read a file as sheets of rows of cells, whatever wrote it.

A workbook (.xlsx) is read with calamine; a table in text (.csv) by its separator.
What a file *is* decides, not what it is called: the name is never used as a path.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine

from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.importing.files.bounds import (
    LARGEST_FILE,
    MOST_CELLS,
    NotASpreadsheet,
    TooLarge,
    check_size,
    check_workbook,
)

Cell = str | int | float | bool | date | datetime | time | timedelta | None

SEPARATORS = (";", "\t", ",", "|")
"""In order of preference: Indonesian amounts carry commas of their own."""

_OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, and its rows from the very first."""

    name: str
    rows: list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a file holds, in the order it holds it."""

    sheets: list[Sheet]


@dataclass(eq=False)
class EmptyFile(Refused):
    """There is nothing in the file, or nothing but blank rows."""

    sentence = N_("This file is empty. Choose the file that holds the rows.")


@dataclass(eq=False)
class Locked(Refused):
    """The workbook opens only with a password."""

    sentence = N_(
        "This file is locked with a password. Save it without one and choose it again."
    )


def read(source: Path | str | bytes) -> Workbook:
    """Read a workbook or a table in text.

    ``source`` is a path, or the bytes of the file.  The kind is told from the
    first bytes.  Sizes are checked before anything is opened.

    Raises: ``EmptyFile``, ``NotASpreadsheet``, ``Locked``, ``TooLarge``;
            ``OSError`` when a path cannot be read.
    """
    data = source if isinstance(source, bytes) else _content(Path(source))
    check_size(data)
    if not data.strip():
        raise EmptyFile()
    if data[:8] == _OLD_CONTAINER and _ENCRYPTED in data:
        raise Locked()
    book = _workbook(data) if data[:4] == b"PK\x03\x04" else _table(data)
    if not any(sheet.rows for sheet in book.sheets):
        raise EmptyFile()
    return book


def _content(path: Path) -> bytes:
    """Return a file's bytes, never more than one past the largest allowed."""
    if not path.is_file():
        raise NotASpreadsheet()
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def _workbook(data: bytes) -> Workbook:
    check_workbook(data)
    try:
        with python_calamine.load_workbook(io.BytesIO(data)) as book:
            return Workbook(
                [
                    Sheet(about.name, _without_blank_end(_rows(book, about.name)))
                    for about in book.sheets_metadata
                    if about.typ == python_calamine.SheetTypeEnum.WorkSheet
                    and about.visible == python_calamine.SheetVisibleEnum.Visible
                ]
            )
    except python_calamine.PasswordError as locked:
        raise Locked() from locked
    except python_calamine.CalamineError as broken:
        raise NotASpreadsheet() from broken


def _rows(book: python_calamine.CalamineWorkbook, name: str) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False):
        rows.append(list(row))
    return rows


def _table(data: bytes) -> Workbook:
    text = _decoded(data)
    if not text.strip():
        raise EmptyFile()
    separator = _separator(text)
    rows: list[list[Cell]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            cells += len(row)
            if cells > MOST_CELLS:
                raise TooLarge()
            rows.append(list(row))
    except csv.Error as broken:
        raise NotASpreadsheet() from broken
    return Workbook([Sheet("", _without_blank_end(rows))])


def _decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 with its mark, or Windows 1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(c < " " and c not in "\t\r\n\f" for c in text):
            break
        if not text.lstrip().startswith(("<", "{", "%PDF")):
            return text
        break
    raise NotASpreadsheet()


def _separator(text: str) -> str:
    """Return the separator that cuts the most rows into the same number of cells.

    Raises: ``NotASpreadsheet`` when none cuts two rows alike, or one into three.

    >>> _separator("tanggal;jumlah\\n3/1/2017;1.250,50\\n4/1/2017;2.000,75")
    ';'
    """
    head = "".join(text[:200_000].splitlines(keepends=True)[:200])
    best, separator = (0, 0), ""
    for candidate in SEPARATORS:
        try:
            rows = csv.reader(io.StringIO(head, newline=""), delimiter=candidate)
            widths = Counter(len(row) for row in rows if len(row) > 1)
        except csv.Error:
            continue
        if widths:
            width, alike = max(widths.items(), key=lambda item: (item[1], item[0]))
            if (alike, width) > best and alike + width > 3:
                best, separator = (alike, width), candidate
    if not separator:
        raise NotASpreadsheet()
    return separator


def _without_blank_end(rows: list[list[Cell]]) -> list[list[Cell]]:
    end = len(rows)
    while end and all(cell is None or cell == "" for cell in rows[end - 1]):
        end -= 1
    return rows[:end]
