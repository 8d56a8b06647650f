"""What one cell says as words, and how a cell is named in a sentence.

People write amounts and dates in many ways, and a wrong guess costs a factor of
a thousand or half a year.  What can only mean one thing is read; what could mean
two is refused, with the cell's place (see ``amounts`` and ``days``).
"""

from __future__ import annotations

import unicodedata

from coopbook.importing.files.reading import Cell

NOWHERE = "–"

DASHES = str.maketrans({"−": "-", "–": "-", "—": "-", "\u00a0": " ", "\u202f": " "})
"""Minus signs and spaces that look like the plain ones."""


def place(column: int, row: int) -> str:
    """Name a cell as spreadsheets do; columns count from 0, rows from 1.

    >>> place(0, 1), place(25, 7), place(26, 12)
    ('A1', 'Z7', 'AA12')
    """
    return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """Name a column as spreadsheets do, counted from 0."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def text(cell: Cell) -> str:
    """Read a word or a number as printed; leading zeros of text are kept.

    >>> text(10.0), text("00160"), text("  Siti   Aminah "), text(None)
    ('10', '00160', 'Siti Aminah', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return " ".join(unicodedata.normalize("NFC", str(cell)).split())


def shortened(cell: str) -> str:
    """Return a cell's words, cut where a sentence would drown in them."""
    plain = text(cell)
    return plain if len(plain) <= 40 else plain[:39] + "…"
