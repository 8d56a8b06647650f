"""How a sheet is understood: every row that holds anything, in exactly one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from coopbook.i18n import N_, Word
from coopbook.importing.files.reading import Cell
from coopbook.importing.sheets.cells import letters
from coopbook.importing.sheets.correction import Layout

ABOVE = Word(N_("above the headings"))
REPEATED = Word(N_("the headings once more"))
NUMBERED = Word(N_("the numbers of the columns"))
BETWEEN = Word(N_("a heading or a note between the rows"))
BELOW = Word(N_("below the rows"))
ZEROS = Word(N_("nothing but zeros"))
CARRIED = Word(N_("a balance carried on"))
AFTER = Word(N_("after the total"))
LEFT_OUT = Word(N_("left out by hand"))


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """A column understood: which it is, where it stands, how it is headed."""

    key: str
    name: Word
    index: int
    heading: str

    @property
    def letter(self) -> str:
        """The column's letter in the sheet."""
        return letters(self.index)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of the sheet by its number there, its cells by column."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that is not one of the table's, with its first words, and why."""

    number: int
    words: str
    why: Word


class Subtotal(NamedTuple):
    """A row that adds up the rows of the sheet from ``first`` to ``last``.

    Both are numbers of rows of the sheet; ``last`` is before ``first`` where the
    sub-total stands under nothing.
    """

    row: SheetRow
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a sheet is understood, for a person to look at.

    ``letterhead`` is what stands above the headings as a label and a value, the
    label in its ``plain`` form: ``{"noanggota": "00160"}``.
    """

    sheet: str
    headings: tuple[int, ...]
    columns: tuple[FoundColumn, ...]
    unused: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    opening: SheetRow | None
    totals: SheetRow | None
    set_aside: tuple[SetAside, ...]
    other_sheets: tuple[str, ...]
    mark: str
    closing: SheetRow | None = None
    subtotals: tuple[Subtotal, ...] = ()
    letterhead: Mapping[str, str] = field(default_factory=dict)
    layout: Layout | None = None
    """The correction this was made with, if any."""
    form: Word | None = None
    """What the file is, where it is a whole journal and no sheet."""

    def place(self, key: str, row: int) -> str:
        """Name the cell of a column in a row as spreadsheets do."""
        index = next((c.letter for c in self.columns if c.key == key), "")
        return f"{index}{row}"

    def has(self, key: str) -> bool:
        """Say whether the sheet has that column."""
        return any(column.key == key for column in self.columns)
