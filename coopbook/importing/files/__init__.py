"""A file read as sheets of rows of cells, whatever wrote it."""

from coopbook.importing.files.bounds import NotASpreadsheet, TooLarge
from coopbook.importing.files.reading import (
    Cell,
    EmptyFile,
    Locked,
    Sheet,
    Workbook,
    read,
)

__all__ = [
    "Cell",
    "EmptyFile",
    "Locked",
    "NotASpreadsheet",
    "Sheet",
    "TooLarge",
    "Workbook",
    "read",
]
