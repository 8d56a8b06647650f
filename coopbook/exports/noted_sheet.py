"""The notes to a year's statements as a sheet of a workbook, and as rows of a csv."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from coopbook.book import Book
from coopbook.disclosures import (
    Cell,
    Grid,
    Note,
    Pairs,
    Prose,
    Said,
    Value,
    note_facts,
    notes_of,
)
from coopbook.exports.csv_export import inert
from coopbook.money import ZERO, Money

LINES = "lines"
"""The note that has a sheet, and rows, of its own already."""


def notes_beside_lines(book: Book, year: int, language: str) -> list[Note]:
    """Return the notes of a year but the one that breaks each line up by account."""
    return [
        note for note in notes_of(note_facts(book, year), language) if note.key != LINES
    ]


def write_notes(sheet: Any, notes: list[Note], at: int, bold: Any, plain: Any) -> None:
    """Write the notes under each other from a row on; totals are formulas."""
    for place, note in enumerate(notes, start=1):
        sheet.write_string(at, 0, inert(f"{place}. {note.title}"), bold)
        at += 1
        for piece in note.pieces:
            match piece:
                case Said(text):
                    sheet.write_string(at, 0, inert(text))
                    at += 1
                case Prose(text):
                    for line in filter(str.strip, text.splitlines()):
                        sheet.write_string(at, 0, inert(line))
                        at += 1
                case Pairs(rows):
                    for name, said in rows:
                        sheet.write_string(at, 0, inert(name))
                        sheet.write_string(at, 1, inert(said))
                        at += 1
                case Grid():
                    at = _grid(sheet, piece, at, bold, plain)
        at += 1


def _grid(sheet: Any, grid: Grid, at: int, bold: Any, plain: Any) -> int:
    for column, head in enumerate(grid.heads):
        sheet.write_string(at, column, inert(head), bold)
    first = at + 1
    for row in grid.rows:
        at += 1
        for column, each in enumerate(row):
            if isinstance(each, Money):
                sheet.write_number(at, column, each.units, plain)
            elif each is not None:
                sheet.write_string(at, column, inert(written(each)))
    if grid.total is not None:
        for column, each in enumerate(grid.total):
            if isinstance(each, Money):
                cells = f"{xl_rowcol_to_cell(first, column)}:"
                cells += xl_rowcol_to_cell(at, column)
                if each == _down(grid, column):
                    formula = f"=SUM({cells})"
                    sheet.write_formula(at + 1, column, formula, plain, each.units)
                else:
                    sheet.write_number(at + 1, column, each.units, plain)
            elif each is not None:
                sheet.write_string(at + 1, column, inert(written(each)), bold)
        at += 1
    return at + 1


def _down(grid: Grid, column: int) -> Money:
    found = (row[column] for row in grid.rows)
    return sum((each for each in found if isinstance(each, Money)), ZERO)


def written(each: str | Cell) -> str:
    """Return the words of a cell in one line."""
    if isinstance(each, Cell):
        return f"{each.text} ({each.under})" if each.under else each.text
    return each


def noted_rows(notes: list[Note]) -> Iterator[list[str | int]]:
    """Hand out the notes as rows of the csv of statements, a figure a row."""
    for note in notes:
        for n, (words, amount) in enumerate(_rows(note), start=1):
            units = "" if amount is None else amount.units
            yield [
                "note",
                f"{note.key}.{n}",
                inert(f"{note.title}: {words}"),
                units,
                "",
            ]


def _rows(note: Note) -> Iterator[tuple[str, Money | None]]:
    for piece in note.pieces:
        match piece:
            case Said(text) | Prose(text):
                yield " ".join(text.split()), None
            case Pairs(rows):
                yield from ((f"{name}: {said}", None) for name, said in rows)
            case Grid():
                for row in [*piece.rows, *([piece.total] if piece.total else [])]:
                    yield from _figures(piece, row)


def _figures(grid: Grid, row: Sequence[Value]) -> Iterator[tuple[str, Money | None]]:
    words = [
        written(each)
        for each in row
        if each is not None and not isinstance(each, Money)
    ]
    said = ", ".join(words)
    amounts = [n for n, each in enumerate(row) if isinstance(each, Money)]
    for n in amounts:
        amount = row[n]
        assert isinstance(amount, Money)
        yield f"{said}: {grid.heads[n]}", amount
    if not amounts:
        yield said, None
