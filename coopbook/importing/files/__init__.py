"""A file read as sheets of rows of cells, whatever wrote it."""

from coopbook.importing.files.bounds import NotASpreadsheet, TooLarge
from coopbook.importing.files.journals import AccountingJournal, MultiCommodity
from coopbook.importing.files.reading import (
    Cell,
    EmptyFile,
    Locked,
    Sheet,
    Workbook,
    read,
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
