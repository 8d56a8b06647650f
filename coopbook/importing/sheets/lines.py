"""What a row under the headings says of itself, before its neighbours are asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coopbook.errors import Refused
from coopbook.i18n import Word
from coopbook.importing.files.reading import Cell, Sheet
from coopbook.importing.sheets import proposal as why
from coopbook.importing.sheets.cells import text
from coopbook.importing.sheets.correction import Layout
from coopbook.importing.sheets.days import NoSuchDay, day
from coopbook.importing.sheets.headings import Headings
from coopbook.importing.sheets.proposal import SetAside, SheetRow
from coopbook.importing.sheets.shapes import Reads, Shape
from coopbook.importing.sheets.wording import Says, exactly, label_of, said_by


@dataclass(frozen=True, slots=True)
class Line:
    """A row under the headings, and what can be told from it alone."""

    read: SheetRow
    cells: Sequence[Cell]
    label: str
    says: Says
    taken: bool
    """A person said that it is a row, whatever it looks like."""
    dated: bool
    """A day stands in it, be it one the calendar does not have."""
    filled: int
    """How many of its cells hold anything."""
    words: bool
    """Words stand in a column of words, or something in the column of days."""
    amounts: bool
    """Something stands in a column of amounts."""
    figures: bool
    """Something that may be meant as an amount stands in a column of amounts."""
    numbered: bool
    """Something with a figure in it stands in the column of days."""

    @property
    def bare(self) -> bool:
        """Say whether there are amounts, and nothing to say what they are."""
        return self.amounts and not (self.taken or self.words or self.label)


def lines_of(
    sheet: Sheet, found: Headings, shape: Shape, layout: Layout
) -> tuple[list[Line], list[SetAside]]:
    """Return the rows under the headings, and those that are none of the table's."""
    lines, set_aside = [], []
    heads = [_said(sheet.rows[number - 1]) for number in found.rows]
    for place, cells in enumerate(sheet.rows, start=1):
        said = _said(cells)
        if not said or place in found.rows:
            continue
        number = sheet.number(place)
        if reason := _no_row(number, said, heads, found, layout):
            set_aside.append(aside(number, cells, reason))
        else:
            lines.append(_line(number, cells, found, shape, number in layout.take))
    return lines, set_aside


def _no_row(
    number: int,
    said: dict[int, str],
    heads: Iterable[dict[int, str]],
    found: Headings,
    layout: Layout,
) -> Word | None:
    """Say why a row is none of the table's, whatever its amounts."""
    if number < found.under:
        return why.ABOVE
    if number in layout.skip:
        return why.LEFT_OUT
    if number in layout.take:
        return None
    if any(said == head for head in heads):
        return why.REPEATED
    counted = [word.strip("()[]. ") for word in said.values()]
    in_order = [str(n) for n in range(1, len(counted) + 1)]
    if number <= found.under + 2 and len(counted) > 2 and counted == in_order:
        return why.NUMBERED
    return None


def aside(number: int, cells: Sequence[Cell], reason: Word) -> SetAside:
    """Return a row as one set aside, with its first words."""
    return SetAside(number, " ".join(filter(None, map(text, cells)))[:80], reason)


def _said(cells: Sequence[Cell]) -> dict[int, str]:
    """Return what the cells of a row say, by column; blank ones are left out."""
    said = ((i, text(cell)) for i, cell in enumerate(cells) if cell not in (None, ""))
    return {index: word for index, word in said if word}


def _line(
    number: int, cells: Sequence[Cell], found: Headings, shape: Shape, taken: bool
) -> Line:
    read = {k: cells[i] if i < len(cells) else None for k, i in found.columns.items()}
    days = [read[key] for key in shape.keys(Reads.DAY) if key in read]
    named = [read[key] for key in shape.keys(Reads.WORDS) if key in read]
    sums = [text(read.get(key)) for key in shape.keys(Reads.AMOUNT)]
    label = label_of(cells)
    dated = any(map(_is_day, days))
    says = Says.NOTHING if taken else said_by(label)
    if dated and not exactly(label, says):
        says = Says.NOTHING
    return Line(
        read=SheetRow(number, read),
        cells=cells,
        label=label,
        says=says,
        taken=taken,
        dated=dated,
        filled=len(_said(cells)),
        words=any(text(cell) for cell in (*days, *named)),
        amounts=any(sums),
        figures=any(map(_has_figures, sums)),
        numbered=any(c.isdigit() for cell in days for c in text(cell)),
    )


def _has_figures(said: str) -> bool:
    """Say whether words in a column of amounts may be meant as one: 5, ``Rp 5``."""
    plain = said.lower().replace("rp", "").replace("idr", "")
    digits = sum(c.isdigit() for c in plain)
    return digits > 0 and digits >= sum(c.isalpha() for c in plain)


def _is_day(cell: Cell) -> bool:
    try:
        day(cell)
    except NoSuchDay:
        return True
    except Refused:
        return False
    return True
