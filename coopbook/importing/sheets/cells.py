"""What one cell says as words, and how a cell is named in a sentence.

People write amounts and dates in many ways, and a wrong guess costs a factor of
a thousand or half a year.  What can only mean one thing is read; what could mean
two is refused, with the cell's place (see ``amounts`` and ``days``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.importing.files.reading import Cell

NOWHERE = "–"

DASHES = str.maketrans({"−": "-", "–": "-", "—": "-", "\u00a0": " ", "\u202f": " "})
"""Minus signs and spaces that look like the plain ones."""

_FIGURE = re.compile(
    r"\s*(?:(?:rp\.?|idr)?[\s\d.,()+\-−–%/:]*[\d\-−–][\s\d.,()+\-−–%/:]*"
    r"|\d{1,2}[\s./\-]*[a-z]{3,9}\.?[\s,./\-]*(?:\d{4}|\d{2}))\s*",
    re.IGNORECASE,
)


_FAULT = re.compile(
    r"#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|BLOCKED!)|Err:\d{3}",
    re.IGNORECASE,
)


@dataclass(eq=False)
class FaultyFormula(Refused):
    """The cell holds a formula that could not be worked out."""

    sentence = N_(
        "Cell %(cell)s: its formula gives the error %(text)s. "
        "Correct it in the sheet, or write the value itself."
    )

    cell: str
    text: str


def check_formula(cell: Cell, at: str) -> None:
    """Refuse the words a spreadsheet shows for a formula without a result.

    Raises: ``FaultyFormula``.
    """
    if isinstance(cell, str) and _FAULT.fullmatch(cell.strip()):
        raise FaultyFormula(at, cell.strip())


def destroyed(cell: Cell) -> bool:
    """Say whether a spreadsheet has lost the last figures of a number it was given.

    Spreadsheets hold 15 figures; the card or account number typed as a number of 16
    or more then ends in 0, and nobody can tell what stood there.

    >>> destroyed(3_201_012_345_678_900), destroyed("3201012345678901")
    (True, False)
    >>> destroyed(3.20101234567890e15), destroyed(123_456_789_012_340)
    (True, False)
    """
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return False
    whole = isinstance(cell, int) or cell.is_integer()
    return whole and abs(cell) >= 10**15 and int(cell) % 10 == 0


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


def column_of(name: str) -> int | None:
    """Return the column that goes by these letters, counted from 0.

    >>> column_of("A"), column_of("aa"), column_of("Saldo")
    (0, 26, None)
    """
    if not re.fullmatch(r"[A-Za-z]{1,3}", name):
        return None
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def is_figure(cell: Cell) -> bool:
    """Say whether a cell is a number, a date or a time, or words that look so.

    >>> is_figure(5), is_figure("Rp 1.250"), is_figure("3-Jan-17"), is_figure("-")
    (True, True, True, True)
    >>> is_figure("Saldo"), is_figure("D-2022-17"), is_figure(""), is_figure(None)
    (False, False, False, False)
    """
    if not isinstance(cell, str):
        return cell is not None
    return len(cell) <= 60 and _FIGURE.fullmatch(cell) is not None


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
