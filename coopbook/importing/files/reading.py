"""Read a file as sheets of rows of cells, whatever wrote it.

A workbook (.xlsx, .xls, .ods) is read with calamine, after its size is measured; a
table in text (.csv) by its separator; a page (.html, often named .xls) by its tables.
What a file *is* decides, not what it is called: the name is never used as a path.
"""

from __future__ import annotations

from pathlib import Path

from coopbook.importing.files.bounds import (
    LARGEST_FILE,
    NotASpreadsheet,
    TooLarge,
    check_size,
)
from coopbook.importing.files.compound import MAGIC, check_compound
from coopbook.importing.files.grids import check_workbook
from coopbook.importing.files.journals import (
    AccountingJournal,
    MultiCommodity,
    refuse_journal,
)
from coopbook.importing.files.pages import is_page, tables
from coopbook.importing.files.spreadsheets import sheets
from coopbook.importing.files.text import decoded, table
from coopbook.importing.files.workbook import (
    Cell,
    EmptyFile,
    Locked,
    Sheet,
    Workbook,
)

__all__ = [
    "AccountingJournal",
    "Cell",
    "EmptyFile",
    "Locked",
    "MultiCommodity",
    "NotASpreadsheet",
    "Sheet",
    "TooLarge",
    "Workbook",
    "read",
]


def read(source: Path | str | bytes) -> Workbook:
    """Read a workbook, a table in text or a page of tables.

    ``source`` is a path, or the bytes of the file.  The kind is told from the
    first bytes.  Sizes are checked before anything is opened.

    Raises: ``EmptyFile``, ``NotASpreadsheet``, ``Locked``, ``TooLarge``,
            ``AccountingJournal``, ``MultiCommodity``;
            ``OSError`` when a path cannot be read.
    """
    data = source if isinstance(source, bytes) else content(Path(source))
    check_size(data)
    if not data.strip():
        raise EmptyFile()
    book = Workbook(_sheets(data))
    if not any(sheet.rows for sheet in book.sheets):
        raise EmptyFile()
    return book


def _sheets(data: bytes) -> list[Sheet]:
    """Return the sheets of a file by what its first bytes say it is."""
    if data.startswith(b"PK\x03\x04"):
        check_workbook(data)
        return sheets(data)
    if data.startswith(MAGIC):
        check_compound(data)
        return sheets(data)
    said = decoded(data)
    if not said.strip():
        raise EmptyFile()
    if is_page(said):
        return tables(said)
    refuse_journal(said)
    return [table(said)]


def content(path: Path) -> bytes:
    """Return a file's bytes, never more than one past the largest allowed.

    Raises: ``NotASpreadsheet`` for what is no file; ``OSError``.
    """
    if not path.is_file():
        raise NotASpreadsheet()
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)
