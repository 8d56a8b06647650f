"""The notes to the statements on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.platypus import Flowable, Paragraph

from coopbook.disclosures import Cell, Grid, NoteFacts, Pairs, Prose, Said, notes_of
from coopbook.i18n import N_
from coopbook.money import Money
from coopbook.numerals import in_figures
from coopbook.printing import loan_sheet
from coopbook.printing.loan_sheet import cell, pairs, plain
from coopbook.printing.meetingbook.sheet import PROSE, new_chapter, prose
from coopbook.printing.statement_tables import PART, Tables, widths


class Notes(Tables):
    """The chapter of notes."""

    def __init__(self, of: NoteFacts, language: str) -> None:
        super().__init__(language)
        self.of = of

    def notes(self, number: int) -> Iterator[Flowable]:
        """Hand out the notes, numbered under their chapter."""
        yield from new_chapter(number, self.say(N_("Notes to the statements")))
        for place, note in enumerate(notes_of(self.of, self.language), start=1):
            yield Paragraph(f"{number}.{place} {plain(note.title)}", PART)
            for piece in note.pieces:
                match piece:
                    case Said(text):
                        yield Paragraph(plain(text), PROSE)
                    case Prose(text):
                        yield from prose(text)
                    case Pairs(rows):
                        yield pairs([(plain(name), plain(said)) for name, said in rows])
                    case Grid():
                        yield _grid(piece)


def _grid(grid: Grid) -> Flowable:
    """Return a table; a heading among its rows never stands alone at a page's end."""
    columns = widths(*grid.shares)
    rows = [
        [
            _cell(each, columns[place] if place < grid.words else None)
            for place, each in enumerate(row)
        ]
        for row in grid.rows
    ]
    titles = [
        place
        for place, row in enumerate(grid.rows, start=1)
        if any(isinstance(each, Cell) and each.heads for each in row)
    ]
    return loan_sheet.figures(
        *(list(grid.heads), rows, columns),
        words=grid.words,
        total=[_cell(each, None) for each in grid.total] if grid.total else None,
        styled=[("NOSPLIT", (0, place), (-1, place + 1)) for place in titles],
    )


def _cell(each: str | Cell | Money | None, width: float | None) -> Any:
    match each:
        case None:
            return ""
        case Money():
            return in_figures(each)
        case Cell(heads=True):
            return Paragraph(f"<b>{plain(each.text)}</b>", loan_sheet.CELL)
        case Cell():
            under = (
                f"<br/><font size=7>{plain(each.under)}</font>" if each.under else ""
            )
            return Paragraph(plain(each.text) + under, loan_sheet.CELL)
    return cell(each, width) if width is not None else each
