"""The columns of a file as a person sees them: letter, heading, what stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from coopbook.errors import Refused
from coopbook.importing import Kind, Preview
from coopbook.importing.files import Cell, Sheet, Workbook
from coopbook.importing.sheets.cells import letters, text
from coopbook.importing.sheets.headings import joined
from coopbook.importing.sheets.layout import Layout, Proposal
from coopbook.importing.sheets.shapes import Shape, plain
from coopbook.importing.templates import SHAPES
from webui.importing.keeping import Chosen
from webui.wording import day

WITHIN = 60
SAMPLES = 3
WIDEST = 200
TRIES = 4


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of the file, what stands in it, and what it is read as."""

    letter: str
    heading: str
    samples: str
    read_as: str


@dataclass(frozen=True, slots=True)
class Table:
    """The part of a file that is looked at: its sheet, headings and columns."""

    sheet: str
    headings: tuple[int, ...]
    columns: tuple[FileColumn, ...]
    first_rows: tuple[tuple[int, str], ...]


def shape_of(kind: Kind) -> Shape:
    """Return the columns a kind of sheet may have."""
    return SHAPES[kind]


def reads_every_sheet(kind: Kind) -> bool:
    """Say whether a kind has a table in every sheet, each a member's own."""
    return kind is Kind.CARDS


def table_of(workbook: Workbook, layout: Layout, proposal: Proposal | None) -> Table:
    """Return the table as the book found it, or as a person could begin to."""
    name = proposal.sheet if proposal else layout.sheet
    there = [sheet for sheet in workbook.sheets if sheet.rows]
    sheet = next((one for one in there if one.name == name), there[0])
    if proposal is not None:
        headings = proposal.headings
        placed = {column.letter: column.key for column in proposal.columns}
    else:
        headings = layout.headings
        headings = _likely(sheet) if headings is None else headings
        placed = {}
    headings = tuple(row for row in headings if 1 <= row <= len(sheet.rows))
    labels = labels_of(sheet, headings)
    if proposal is None:
        placed = _wanted(layout, labels)
    under = sheet.rows[max(headings, default=0) :][:WITHIN]
    columns = []
    for index in range(min(WIDEST, max(map(len, sheet.rows[:2000]), default=0))):
        letter = letters(index)
        heading = labels[index] if index < len(labels) else ""
        samples = list(_samples(under, index))
        if heading or samples or letter in placed:
            columns.append(
                FileColumn(letter, heading, " · ".join(samples), placed.get(letter, ""))
            )
    return Table(sheet.name, headings, tuple(columns), tuple(_first_rows(sheet)))


def labels_of(sheet: Sheet, headings: Sequence[int]) -> list[str]:
    """Return the heading of every column, from above."""
    return [" ".join(label) for label in joined([sheet.rows[n - 1] for n in headings])]


def _likely(sheet: Sheet) -> tuple[int, ...]:
    for number, row in enumerate(sheet.rows[:WITHIN], start=1):
        if sum(isinstance(cell, str) and bool(cell.strip()) for cell in row) > 1:
            return (number,)
    return ()


def _wanted(layout: Layout, labels: Sequence[str]) -> dict[str, str]:
    """Return the columns a layout names, by letter, as far as they are there."""
    found: dict[str, str] = {}
    for key, said in layout.columns.items():
        if said.startswith("="):
            found[said[1:]] = key
        elif said:
            alike = (i for i, label in enumerate(labels) if plain(label) == plain(said))
            index = next(alike, None)
            if index is not None:
                found[letters(index)] = key
    return found


def _samples(rows: Sequence[Sequence[Cell]], index: int) -> Iterator[str]:
    said = (_written(row[index]) for row in rows if index < len(row))
    for _number, words in zip(range(SAMPLES), filter(None, said), strict=False):
        yield words[:24]


def _first_rows(sheet: Sheet) -> Iterator[tuple[int, str]]:
    for number, row in enumerate(sheet.rows[:12], start=1):
        words = " · ".join(filter(None, map(_written, row[:30])))
        if words:
            yield number, words if len(words) <= 90 else f"{words[:89]}…"


def _written(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return day(cell.date())
    return day(cell) if isinstance(cell, date) else text(cell)


def corrected(
    before: Layout,
    table: Table,
    labels: Sequence[str],
    said: Mapping[str, str],
) -> Layout:
    """Return a layout in which the columns that were shown are as a person says.

    ``said`` gives the key for the letter of a column, or nothing; ``labels`` are
    the headings as they now are.  A column without a heading of its own is named
    by its letter.
    """
    alike = Counter(plain(label) for label in labels)
    by_letter = {letters(index): label for index, label in enumerate(labels)}
    there = {one.read_as for one in table.columns}
    columns = {k: v for k, v in before.columns.items() if not v or k in there}
    placed = {one.letter: one.read_as for one in table.columns if one.read_as}
    placed = {letter: key for letter, key in placed.items() if letter not in said}
    placed |= {letter: key for letter, key in said.items() if key}
    for one in table.columns:
        if one.read_as and one.letter in said and said[one.letter] != one.read_as:
            columns[one.read_as] = ""
    for letter, key in placed.items():
        heading = by_letter.get(letter, "")
        own = plain(heading) and alike[plain(heading)] == 1
        named = own and not heading.startswith("=")
        columns[key] = heading if named else f"={letter}"
    return replace(before, columns=columns)


def honoured(file: Chosen, unused: frozenset[str]) -> tuple[Chosen, Preview]:
    """Look at a file again until no column is read that a person wants unused.

    Raises what reading it refuses.
    """
    looked = file.looked()
    for _try in range(TRIES):
        layout = file.answers.layout or Layout()
        guessed = {
            column.key: ""
            for column in looked.understood.proposal.columns
            if column.letter in unused
        }
        if not guessed:
            break
        layout = replace(layout, columns={**layout.columns, **guessed})
        file = replace(file, answers=replace(file.answers, layout=layout))
        looked = file.looked()
    return file, looked


def proposal_of(file: Chosen) -> tuple[Proposal | None, Refused | None]:
    """Return how a file is understood, or why it is not."""
    try:
        return file.looked().understood.proposal, None
    except Refused as refusal:
        return None, refusal
