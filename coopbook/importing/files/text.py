"""Read a table in text: which encoding, which separator, then its rows."""

from __future__ import annotations

import csv
import io
from collections import Counter

from coopbook.importing.files.bounds import (
    MOST_CELLS,
    MOST_COLUMNS,
    NotASpreadsheet,
    TooLarge,
)
from coopbook.importing.files.workbook import Cell, Sheet, without_blank_end

SEPARATORS = (";", "\t", ",", "|")
"""In order of preference: Indonesian amounts carry commas of their own."""

_MARKS = (b"\xff\xfe", b"\xfe\xff")
OTHER = ("{", "%PDF", "<")
"""What a table in text never begins with."""


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or Windows 1252.

    UTF-16 is told by its mark, or by the zero that every second byte then is.

    Raises: ``NotASpreadsheet`` for what is no text.

    >>> decoded("a;b".encode("utf-16-le")), decoded(b"caf\\xe9;1")
    ('a;b', 'café;1')
    """
    for encoding in encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(c < " " and c not in "\t\r\n\f" for c in text):
            break
        return text
    raise NotASpreadsheet()


def encodings(data: bytes) -> list[str]:
    """Return the encodings that the first bytes of a text may be in, best first."""
    if data.startswith(_MARKS):
        return ["utf-16"]
    head = data[:4_000]
    first, second = head[::2].count(0), head[1::2].count(0)
    if max(first, second) > len(head) // 5:
        return ["utf-16-be" if first > second else "utf-16-le"]
    return ["utf-8-sig", "cp1252"]


def table(text: str) -> Sheet:
    """Return a table in text as a sheet without a name.

    Raises: ``NotASpreadsheet`` and ``TooLarge``.
    """
    if text.lstrip().startswith(OTHER):
        raise NotASpreadsheet()
    separator = separator_of(text)
    if any(line.count(separator) >= MOST_COLUMNS for line in io.StringIO(text)):
        raise TooLarge()
    rows: list[list[Cell]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            cells += len(row)
            if cells > MOST_CELLS or len(row) > MOST_COLUMNS:
                raise TooLarge()
            rows.append(list(row))
    except csv.Error as broken:
        raise NotASpreadsheet() from broken
    return Sheet("", without_blank_end(rows))


def separator_of(text: str) -> str:
    """Return the separator that cuts the most rows into the same number of cells.

    Raises: ``NotASpreadsheet`` when none cuts two rows alike, or one into three.

    >>> separator_of("tanggal;jumlah\\n3/1/2017;1.250,50\\n4/1/2017;2.000,75")
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
