"""A bank's statement read from a file: a sheet, a table in text, or OFX."""

from coopbook.importing.bankfiles.ofx import (
    NotInRupiah,
    OfxUnread,
    SeveralAccounts,
)
from coopbook.importing.bankfiles.reading import read_bank_file
from coopbook.importing.bankfiles.sheet import SHAPE, LinesUnread

__all__ = [
    "SHAPE",
    "LinesUnread",
    "NotInRupiah",
    "OfxUnread",
    "SeveralAccounts",
    "read_bank_file",
]
