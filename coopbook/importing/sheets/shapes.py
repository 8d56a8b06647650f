"""What a kind of sheet looks like: its columns and the headings they go by."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from coopbook.i18n import Word
from coopbook.importing.files.reading import Cell
from coopbook.importing.sheets.cells import text


class Reads(StrEnum):
    """What the cells of a column say."""

    WORDS = "words"
    AMOUNT = "amount"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """A column a kind of sheet may have, and the headings it goes by.

    The first of ``known`` is the one to suggest.
    """

    key: str
    name: Word
    reads: Reads
    known: tuple[str, ...]

    def is_headed(self, compared: str) -> bool:
        """Say whether a heading, in its ``plain`` form, is one of this column's."""
        return compared in _compared(self.known)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kind of sheet looks like.

    ``needs`` are the sets of columns that will do, the most telling first.
    ``balances`` are the columns that go on from row to row instead of adding up;
    unless said, those whose key ends in ``balance``.
    """

    columns: tuple[Column, ...]
    needs: tuple[frozenset[str], ...]
    balances: frozenset[str] = frozenset()

    def running(self) -> frozenset[str]:
        """Return the keys of the columns that hold a running balance."""
        named = {c.key for c in self.columns if c.key.endswith("balance")}
        return self.balances or frozenset(named)

    def keys(self, reads: Reads) -> list[str]:
        """Return the keys of the columns that are read so."""
        return [column.key for column in self.columns if column.reads is reads]


@cache
def _compared(known: tuple[str, ...]) -> frozenset[str]:
    return frozenset(plain(heading) for heading in known)


def plain(cell: Cell) -> str:
    """Return a heading or a label as bare lower-case letters and digits.

    >>> plain("J  U  M  L  A  H"), plain("No. Anggota"), plain("Saldo (Rp)")
    ('jumlah', 'noanggota', 'saldo')
    """
    return _plain(cell if isinstance(cell, str) else text(cell))


@lru_cache(maxsize=1_000)
def _plain(said: str) -> str:
    words = unicodedata.normalize("NFKC", text(said)).casefold()
    words = re.sub(r"\(?\b(rp|idr)\b\.?\)?", "", words)
    return "".join(c for c in words if c.isalnum())
