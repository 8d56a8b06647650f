"""Find the table in a sheet: its headings, its rows, its totals, what is around it.

Sheets carry a letterhead above, up to three rows of headings (the upper ones often
merged over several columns), an opening balance, groups of rows, totals, a closing
balance and signatures.  Every row that holds anything ends up in exactly one place of
the ``Proposal``; a person's ``Layout`` goes before every guess.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.importing.files.reading import Sheet, Workbook
from coopbook.importing.sheets.correction import (
    Layout,
    NoSuchHeading,
    NoSuchRow,
    NoSuchSheet,
    NotALayout,
)
from coopbook.importing.sheets.headings import Headings, candidates
from coopbook.importing.sheets.places import placed
from coopbook.importing.sheets.proposal import (
    FoundColumn,
    Proposal,
    SetAside,
    SheetRow,
    Subtotal,
)
from coopbook.importing.sheets.shapes import Column, Shape, plain
from coopbook.importing.sheets.wording import letterhead

__all__ = [
    "ColumnMissing",
    "FoundColumn",
    "Layout",
    "NoHeadings",
    "NoRows",
    "NoSuchHeading",
    "NoSuchRow",
    "NoSuchSheet",
    "NotALayout",
    "Proposal",
    "SetAside",
    "SheetRow",
    "Subtotal",
    "describe",
    "propose",
    "propose_all",
]


@dataclass(eq=False)
class NoHeadings(Refused):
    """No row of the sheet looks like headings."""

    sentence = N_(
        "No row of headings was found. The sheet needs columns headed like these: "
        "%(headings)s."
    )

    headings: str


@dataclass(eq=False)
class ColumnMissing(Refused):
    """The headings were found, but one that is needed is not among them."""

    sentence = N_(
        "The column “%(column)s” was not found. Head it “%(heading)s” and try again."
    )

    column: Word
    heading: str


@dataclass(eq=False)
class NoRows(Refused):
    """Under the headings there is nothing."""

    sentence = N_("There are headings in row %(row)s, but no rows under them.")

    row: int


def propose(workbook: Workbook, shape: Shape, layout: Layout | None = None) -> Proposal:
    """Find a table of that shape in the sheet that fits best.

    Raises: ``NoHeadings``, ``ColumnMissing``, ``NoRows``; each says what would do.
            ``NoSuchSheet``, ``NoSuchHeading``, ``NoSuchRow``, ``NoSuchColumn`` for
            a layout that does not fit.
    """
    sheet, found = _best(workbook, _sheets(workbook, layout), shape, layout)
    others = tuple(s.name for s in workbook.sheets if s is not sheet and s.rows)
    return _proposal(sheet, found, shape, others, layout)


def propose_all(
    workbook: Workbook, shape: Shape, layout: Layout | None = None
) -> list[Proposal]:
    """Find a table of that shape in every sheet that holds one.

    A sheet that holds none, or only its headings, is named in ``other_sheets``.

    Raises: what ``propose`` raises, if no sheet holds one.
    """
    sheets = _sheets(workbook, layout)
    made: list[tuple[Sheet, Proposal]] = []
    for sheet in sheets:
        try:
            _, found = _best(workbook, [sheet], shape, layout)
            made.append((sheet, _proposal(sheet, found, shape, (), layout)))
        except Refused:
            continue
    if not made:
        return [propose(workbook, shape, layout)]
    read = [sheet for sheet, _ in made]
    others = tuple(
        s.name for s in workbook.sheets if s.rows and not any(s is r for r in read)
    )
    return [replace(proposal, other_sheets=others) for _, proposal in made]


def describe(proposal: Proposal, *, every: bool = False) -> Layout:
    """Return the layout that reproduces a proposal, columns by their headings.

    With ``every`` it is for all sheets of a file, whatever they are called.  A
    column without a heading of its own is named by its letter.  Numbers of rows are
    only those a person gave, so that next month's sheet still fits.
    """
    given = proposal.layout or Layout()
    said = [column.heading for column in proposal.columns]
    alike = Counter(plain(heading) for heading in (*said, *proposal.unused))
    columns = {key: "" for key, heading in given.columns.items() if not heading}
    for column in proposal.columns:
        own = plain(column.heading) and alike[plain(column.heading)] == 1
        by_letter = not own or column.heading.startswith("=")
        columns[column.key] = f"={column.letter}" if by_letter else column.heading
    several = bool(proposal.other_sheets) or given.sheet is not None
    several = several and not every
    return replace(given, sheet=proposal.sheet if several else None, columns=columns)


def _sheets(workbook: Workbook, layout: Layout | None) -> list[Sheet]:
    """Return the sheets to look at: all, or the one a layout names."""
    if layout is None or layout.sheet is None:
        return workbook.sheets
    named = [sheet for sheet in workbook.sheets if sheet.name == layout.sheet]
    if not named:
        there = ", ".join(sheet.name for sheet in workbook.sheets)
        raise NoSuchSheet(layout.sheet, there[:400])
    return named


def _best(
    workbook: Workbook, sheets: list[Sheet], shape: Shape, layout: Layout | None
) -> tuple[Sheet, Headings]:
    """Return the headings that fit best, and the sheet they stand in."""
    best: tuple[int, Sheet, Headings] | None = None
    beyond: NoSuchRow | None = None
    for sheet in sheets:
        try:
            for found in candidates(sheet, shape, layout):
                score = found.score(shape)
                if best is None or score > best[0]:
                    best = (score, sheet, found)
        except NoSuchRow as short:
            beyond = beyond or short
    if best is None and beyond is not None:
        raise beyond
    if best is not None and best[2].lacking:
        raise NoSuchHeading(best[2].lacking[0], _there(best[2]))
    if best is None or len(best[2].columns) < 2:
        raise NoHeadings(", ".join(_examples(shape)))
    _, sheet, found = best
    if not found.whole(shape):
        raise _missing(found, shape)
    return sheet, found


def _there(found: Headings) -> str:
    return ", ".join(filter(None, found.labels))[:400] or "–"


def _examples(shape: Shape) -> list[str]:
    return [c.known[0] for c in shape.columns if c.key in shape.needs[0]]


def _missing(found: Headings, shape: Shape) -> ColumnMissing:
    nearest = min(shape.needs, key=lambda need: len(need - found.columns.keys()))
    lacking: list[Column] = [
        c for c in shape.columns if c.key in nearest - found.columns.keys()
    ]
    return ColumnMissing(lacking[0].name, lacking[0].known[0])


def _proposal(
    sheet: Sheet,
    found: Headings,
    shape: Shape,
    others: tuple[str, ...],
    layout: Layout | None,
) -> Proposal:
    places = placed(sheet, found, shape, layout or Layout())
    if not places.rows and places.opening is None:
        raise NoRows(found.under)
    labels = dict(enumerate(found.labels))
    return Proposal(
        sheet=sheet.name,
        headings=found.rows,
        columns=tuple(
            FoundColumn(c.key, c.name, index, labels.get(index, ""))
            for c in sorted(shape.columns, key=lambda c: found.columns.get(c.key, 0))
            if (index := found.columns.get(c.key)) is not None
        ),
        unused=tuple(
            label
            for index, label in labels.items()
            if label and index not in found.columns.values()
        ),
        rows=tuple(places.rows),
        opening=places.opening,
        totals=places.totals,
        set_aside=tuple(places.set_aside),
        other_sheets=others,
        mark=places.mark,
        closing=places.closing.read if places.closing else None,
        subtotals=tuple(places.subtotals),
        letterhead=letterhead(sheet.rows[: min(found.rows, default=1) - 1]),
        layout=layout,
    )
