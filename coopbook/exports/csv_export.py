"""The journal and the trial balance as tables in text.

Amounts are whole units without any mark.  Text that a spreadsheet would take for
a formula is made inert; nothing else is changed.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from coopbook.exports.folder import Folder, Totals
from coopbook.exports.raw_lines import in_text, odd_entries, raw_lines, totals_of
from coopbook.exports.rows import COLUMNS
from coopbook.ledger.queries import trial_balance


@dataclass(frozen=True, slots=True)
class Style:
    """How a table in text is cut and encoded.

    ``excel()`` opens by double click where the comma is the decimal mark: cells are
    cut by semicolons, and the file begins with the mark of its encoding.
    """

    separator: str = ","
    marked: bool = False

    @classmethod
    def excel(cls) -> Style:
        """Return the style that Indonesian spreadsheets open as it is."""
        return cls(";", marked=True)


PLAIN = Style()


def inert(words: str) -> str:
    """Return text that no spreadsheet takes for a formula.

    Text is judged as a spreadsheet may see it: without the spaces before it,
    visible or not, and with wide forms as their plain ones.

    >>> inert("=1+1"), inert("  ＝1+1"), inert("Siti"), inert("-5")
    ("'=1+1", "'  ＝1+1", 'Siti', "'-5")
    """
    seen = unicodedata.normalize("NFKC", words)
    start = next((c for c in seen if not _unseen(c)), "")
    if (start and start in "=+-@") or (seen and seen[0] in "\t\r\n"):
        return f"'{words}"
    return words


def _unseen(character: str) -> bool:
    """Say whether a character leaves no mark on paper."""
    return character.isspace() or unicodedata.category(character) in ("Cf", "Cc")


def table(
    headings: Iterable[str], rows: Iterable[Iterable[object]], style: Style = PLAIN
) -> Iterator[bytes]:
    """Write a table in text, row by row.

    Numbers are written bare, dates in ISO form, nothing as nothing; text is inert.
    """
    if style.marked:
        yield b"\xef\xbb\xbf"
    memory = io.StringIO()
    writer = csv.writer(memory, delimiter=style.separator, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        if memory.tell() > 1 << 16:
            yield memory.getvalue().encode()
            memory.seek(0)
            memory.truncate()
    yield memory.getvalue().encode()


def _cell(value: object) -> str | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return inert(str(value.value))
    return inert(str(value))


def add_journal(folder: Folder, style: Style = PLAIN) -> None:
    """Write the journal, one row a line, in the order of the records."""
    span = (folder.booked_from, folder.booked_to)
    text = in_text(
        *(COLUMNS, raw_lines(folder.book, *span), odd_entries(folder.book), inert),
        separator=style.separator,
        marked=style.marked,
    )
    folder.add("journal.csv", text, totals_of(folder.book, *span))


def add_trial_balance(folder: Folder, style: Style = PLAIN) -> None:
    """Write the trial balance of the folder's last day."""
    totals = Totals()
    rows = trial_balance(folder.book, folder.as_of) if folder.as_of else []
    for row in rows:
        totals.count(row.debit.units, row.credit.units)
    names = ("code", "account", "name_id", "name_en", "type", "debit", "credit")
    cells = (
        (
            *(row.code, row.account_number, row.name_id, row.name_en),
            *(row.account_type, row.debit.units, row.credit.units),
        )
        for row in rows
    )
    folder.add("trial-balance.csv", table(names, cells, style), totals)
