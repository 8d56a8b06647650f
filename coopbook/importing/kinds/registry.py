"""The kinds of sheet that can be brought in, and a file read as one of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coopbook.importing.files.reading import read
from coopbook.importing.identity import identities
from coopbook.importing.kinds import bank_book, savings_sheet
from coopbook.importing.understood import Understood


class Kind(StrEnum):
    """What a sheet is about; the word is also the source of its entries."""

    SAVINGS = "savings"
    BANK_BOOK = "bank-book"

    @property
    def source(self) -> str:
        """How the entries of this kind are marked in the journal."""
        return f"import.{self.value}"


UNDERSTAND = {
    Kind.SAVINGS: savings_sheet.understand,
    Kind.BANK_BOOK: bank_book.understand,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was understood; what the book makes of it is another matter."""

    kind: Kind
    file_digest: str
    understood: Understood
    identities: tuple[str, ...]
    on: date | None
    today: date | None


def understood_sheet(
    kind: Kind | str, data: bytes, *, on: date | None, today: date | None
) -> Sheet:
    """Read the bytes of a file as a sheet of a kind.

    Raises: whatever refuses the whole file.
    """
    kind = Kind(kind)
    understood = UNDERSTAND[kind](read(data))
    named = tuple(identities(kind.value, understood.movements))
    digest = hashlib.sha256(data).hexdigest()
    return Sheet(kind, digest, understood, named, on, today)
