"""What leaves the book in files that need no program of ours to be read."""

from coopbook.exports.csv_export import Style, inert
from coopbook.exports.folder import FolderInUse, Manifest, altered_files
from coopbook.exports.formats import Format, export, journal_csv
from coopbook.exports.loan_tape import write_loan_tape
from coopbook.exports.member_list import ListFormat, write_members
from coopbook.exports.plain_text import beancount, journal

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
