"""What leaves the book in files that need no program of ours to be read."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopbook.exports.csv_export import Style, inert
    from coopbook.exports.folder import FolderInUse, Manifest, altered_files
    from coopbook.exports.formats import Format, export, journal_csv
    from coopbook.exports.loan_tape import write_loan_tape
    from coopbook.exports.member_list import ListFormat, write_members
    from coopbook.exports.plain_text import beancount, journal

_FROM = {
    "Format": "formats",
    "FolderInUse": "folder",
    "ListFormat": "member_list",
    "Manifest": "folder",
    "Style": "csv_export",
    "altered_files": "folder",
    "beancount": "plain_text",
    "export": "formats",
    "inert": "csv_export",
    "journal": "plain_text",
    "journal_csv": "formats",
    "write_loan_tape": "loan_tape",
    "write_members": "member_list",
}

__all__ = [
    "FolderInUse",
    "Format",
    "ListFormat",
    "Manifest",
    "Style",
    "altered_files",
    "beancount",
    "export",
    "inert",
    "journal",
    "journal_csv",
    "write_loan_tape",
    "write_members",
]


def __getattr__(name: str) -> Any:
    """Import a name when it is first asked: a journal needs no loans, no workbook."""
    if name in _FROM:
        return getattr(import_module(f"coopbook.exports.{_FROM[name]}"), name)
    raise AttributeError(f"coopbook.exports has no {name}")
