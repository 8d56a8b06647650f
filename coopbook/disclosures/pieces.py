"""Of what a note is made, laid out by screen, paper and files (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coopbook.money import Money


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """What somebody wrote, a paragraph a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names, and what they are."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """Words in a table with a small line under them; bold where they head rows.

    ``line`` is the statement and the code of the line a heading is of.
    """

    text: str
    under: str = ""
    heads: bool = False
    line: tuple[str, str] | None = None


Value = str | Cell | Money | None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: ``words`` columns of words, then figures; ``shares`` are its widths."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Value]]
    shares: Sequence[int]
    words: int = 1
    total: Sequence[Value] | None = None


Piece = Said | Prose | Pairs | Grid


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its word in an address, its title, its pieces."""

    key: str
    title: str
    pieces: tuple[Piece, ...]
