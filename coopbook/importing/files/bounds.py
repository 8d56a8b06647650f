"""How far a workbook may unfold, counted before anything opens it.

A workbook is a zip of XML.  A small file can unfold to gigabytes, either in the
zip itself or in the grid it describes (one cell in the last corner of a sheet).
Each part is therefore inflated here with a limit, the sizes the file states of
itself are not believed, and the grid is measured from the text of its sheets.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from itertools import pairwise

from coopbook.errors import Refused
from coopbook.i18n import N_

MEGABYTE = 1_000_000
LARGEST_FILE = 10 * MEGABYTE
LARGEST_UNPACKED = 60 * MEGABYTE
MOST_PARTS = 1_000
STEEPEST_RATIO = 100
MOST_CELLS = 2_000_000
LARGEST_TEXT = 256 * MEGABYTE
"""Bytes of text the cells could hold at most, were each as long as the longest."""

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_ENCRYPTED = 0x1
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_CELL = re.compile(rb"<(?:\w+:)?c\b")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_SHARED = re.compile(rb"<(?:\w+:)?si\b")


@dataclass(eq=False)
class NotASpreadsheet(Refused):
    """The bytes are not those of a workbook or of a table in text."""

    sentence = N_(
        "This file is not a spreadsheet that can be read here. "
        "Save it as .xlsx or .csv and choose it again."
    )


@dataclass(eq=False)
class TooLarge(Refused):
    """The file, or what it unfolds to, is larger than any honest sheet."""

    sentence = N_(
        "This file is too large to be read safely. Save only the sheet that is "
        "needed, or a part of its rows, and choose that file."
    )


def check_size(data: bytes) -> None:
    """Refuse a file of more than ten megabytes.

    Raises: ``TooLarge``.
    """
    if len(data) > LARGEST_FILE:
        raise TooLarge()


def check_workbook(data: bytes) -> None:
    """Refuse a zip that is no workbook, or one that unfolds too far.

    Units:  at most 60 megabytes unpacked, 1,000 parts, 100 times the file's own
            size, two million cells.  Nothing is kept of what is inflated except
            the part being measured.
    Raises: ``NotASpreadsheet`` and ``TooLarge``.
    """
    check_size(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as broken:
        raise NotASpreadsheet() from broken
    if len(parts) > MOST_PARTS:
        raise TooLarge()
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise NotASpreadsheet()
    allowed = min(LARGEST_UNPACKED, STEEPEST_RATIO * len(data))
    cells = longest = 0
    for part in parts:
        text = _inflated(data, part, allowed)
        allowed -= len(text)
        if part.filename.startswith("xl/worksheets/"):
            cells += _grid(text)
        if "sharedstrings" in part.filename.lower():
            longest = max(longest, _longest(text))
    if cells > MOST_CELLS or cells * longest > LARGEST_TEXT * 16:
        raise TooLarge()


def _inflated(data: bytes, part: zipfile.ZipInfo, allowed: int) -> bytes:
    """Return a part's bytes, or refuse as soon as it passes what is allowed."""
    start = part.header_offset
    header = data[start : start + _LOCAL_HEADER.size]
    if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
        raise NotASpreadsheet()
    if part.flag_bits & _ENCRYPTED:
        raise NotASpreadsheet()
    *_, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    start += _LOCAL_HEADER.size + name_length + extra_length
    packed = data[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        text = packed
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        try:
            text = zlib.decompressobj(-15).decompress(packed, max(allowed, 0) + 1)
        except zlib.error as broken:
            raise NotASpreadsheet() from broken
    else:
        raise NotASpreadsheet()
    if len(text) > allowed:
        raise TooLarge()
    return text


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
        if places := _PLACE.findall(sheet, start, end):
            columns.update({letters for letters, _ in places})
            deepest = max(deepest, *(int(row) for row in {row for _, row in places}))
    widest = max(most, *map(_column, columns), 0)
    return max(deepest, len(rows) - 2) * widest


def _column(letters: bytes) -> int:
    """Return the number of a column from 1: ``A`` is 1, ``XFD`` is 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _longest(strings: bytes) -> int:
    """Return the length in bytes of the longest of the texts that cells share."""
    starts = [found.start() for found in _SHARED.finditer(strings)]
    between = pairwise([*starts, len(strings)])
    return max((end - start for start, end in between), default=0)
