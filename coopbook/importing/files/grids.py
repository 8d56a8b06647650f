"""Measure the grid that the XML of a workbook describes, before anything opens it.

What counts is the smallest rectangle around the cells of a sheet, for that is what a
reader lays out in memory, and the text that all the cells together would hold.  XML
that declares anything of its own (a DOCTYPE, an entity) is refused unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from coopbook.importing.files.bounds import (
    LARGEST_TEXT,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    NotASpreadsheet,
    TooLarge,
    parts_of,
    unpacked,
)
from coopbook.importing.files.workbook import Locked

_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row\b[^<>]{0,999}?\br\s*=\s*["']([0-9]+)["']""")
_CELL = re.compile(rb"<(?:\w+:)?c\b")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,9})([0-9]{1,19})["']""")
_SHARED = re.compile(rb"<(?:\w+:)?si\b")
_REFERRED = re.compile(
    rb"""<(?:\w+:)?c\b[^<>]{0,999}\bt\s*=\s*["']s["'][^<>]{0,999}>"""
    rb"\s*<(?:\w+:)?v[^<>]{0,99}>\s*([0-9]{1,9})"
)
ODS_TAG = re.compile(
    rb"<(?:(table:table-row)|(table:(?:covered-)?table-cell)|(table:table))"
    rb"(?=[\s/>])([^<>]*)>"
)
ODS_REPEATED = re.compile(
    rb"""table:number-(?:rows|columns)-repeated\s*=\s*["'](\d{1,19})"""
)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_LOCKED = b"encryption-data"


def check_workbook(data: bytes) -> None:
    """Refuse a zip that is no workbook, or one that unfolds too far.

    Units:  at most 60 megabytes unpacked, 1,000 parts, 100 times the file's own
            size, one million cells, 16,384 columns, 64 megabytes of text in cells.
            Nothing is kept of what is inflated except what is being measured.
    Raises: ``NotASpreadsheet``, ``TooLarge`` and ``Locked``.
    """
    parts = parts_of(data)
    names = {part.filename for part in parts}
    if "encrypted-package" in names:
        raise Locked()
    if "xl/workbook.xml" not in names and "content.xml" not in names:
        raise NotASpreadsheet()
    is_ods = "xl/workbook.xml" not in names
    cells = 0
    shared = _Shared()
    for name, text in unpacked(data, parts):
        if _is_xml(name, text):
            if text.startswith(_WIDE_TEXT) or _DECLARED.search(text):
                raise NotASpreadsheet()
            if is_ods and name.startswith("META-INF/") and _LOCKED in text:
                raise Locked()
            if b"sheetData" in text:
                cells += _grid(text)
                shared.refer(text)
            if shared.is_list(name, text):
                shared.measure(text)
            if name == "content.xml":
                cells += _ods_grid(text)
        elif is_ods and name == "mimetype" and b"spreadsheet" not in text:
            raise NotASpreadsheet()
        if cells > MOST_CELLS:
            raise TooLarge()
    if shared.unfolded() > LARGEST_TEXT:
        raise TooLarge()


def _is_xml(name: str, text: bytes) -> bool:
    return name.lower().endswith((".xml", ".rels")) or text.lstrip().startswith(b"<")


@dataclass(slots=True)
class _Shared:
    """Texts that cells share: how long each is, how often each is referred to."""

    lengths: list[int] = field(default_factory=list)
    sheets: list[bytes] = field(default_factory=list)

    def is_list(self, name: str, text: bytes) -> bool:
        return "sharedstrings" in name.lower() or b"<sst" in text[:2_000]

    def measure(self, text: bytes) -> None:
        starts = [found.start() for found in _SHARED.finditer(text)]
        between = pairwise([*starts, len(text)])
        self.lengths += [end - start for start, end in between]

    def refer(self, sheet: bytes) -> None:
        self.sheets.append(sheet)

    def unfolded(self) -> int:
        """Return the bytes of all cells that refer to a shared text."""
        longest = max(self.lengths, default=0)
        most = sum(sheet.count(b"<c") for sheet in self.sheets)
        if most * longest <= LARGEST_TEXT:
            return 0
        total = 0
        for sheet in self.sheets:
            for found in _REFERRED.finditer(sheet):
                number = int(found[1])
                total += self.lengths[number] if number < len(self.lengths) else 0
        return total


def _grid(sheet: bytes) -> int:
    """Return how many cells the smallest rectangle around the sheet's cells has.

    Cells may name their place or follow one another; the larger reading counts.
    """
    columns: set[bytes] = set()
    deepest = most = 0
    rows = [0, *(found.start() for found in _ROW.finditer(sheet)), len(sheet)]
    for start, end in pairwise(rows):
        if (end - start) // 4 > most:
            most = max(most, len(_CELL.findall(sheet, start, end)))
        if number := _ROW_NUMBER.match(sheet, start, end):
            deepest = max(deepest, int(number[1][:19]))
        if places := _PLACE.findall(sheet, start, end):
            columns.update({letters for letters, _ in places})
            deepest = max(deepest, *(int(row) for row in {row for _, row in places}))
    widest = max(most, *map(column_number, columns), 0)
    if widest > MOST_COLUMNS:
        raise TooLarge()
    return max(deepest, len(rows) - 2) * widest


def column_number(letters: bytes) -> int:
    """Return the number of a column from 1: ``A`` is 1, ``XFD`` is 16,384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _ods_grid(content: bytes) -> int:
    """Return how many cells the sheets of an .ods lay out.

    Cells and rows say how often they repeat.  Blank ones at the end of a row or of
    a sheet are not laid out, however often they do.
    """
    cells = text = 0
    rows = deepest = widest = across = filled = repeated = 0
    for tag in ODS_TAG.finditer(content):
        many = 1
        if found := ODS_REPEATED.search(tag[4]):
            many = int(found[1])
            if many > MOST_ROWS:
                raise TooLarge()
        if tag[2]:
            across += many
            if b"value-type" in tag[4] or not tag[4].endswith(b"/"):
                filled = across
                widest = max(widest, across)
                deepest = max(deepest, rows)
                following = content.find(b"<table:table-", tag.end())
                inside = (following if following > 0 else len(content)) - tag.end()
                text += inside * many * repeated
        else:
            if filled > MOST_COLUMNS or text > LARGEST_TEXT:
                raise TooLarge()
            across = filled = 0
            if tag[1]:
                repeated = many
                rows += many
            else:
                cells += deepest * widest
                rows = deepest = widest = 0
    if filled > MOST_COLUMNS or text > LARGEST_TEXT:
        raise TooLarge()
    return cells + deepest * widest
