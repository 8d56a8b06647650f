"""Find the table in a sheet: its headings, its rows, its totals, what is around it.

Sheets carry a letterhead above, one or two rows of headings (the upper one often
merged over several columns), an opening balance, the rows, a total and signatures.
Every row that holds anything ends up in exactly one place of the ``Proposal``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.importing.files.reading import Cell, Sheet, Workbook
from coopbook.importing.sheets.amounts import decimal_mark
from coopbook.importing.sheets.cells import letters, text
from coopbook.importing.sheets.days import NoSuchDay, NotADate, day
from coopbook.importing.sheets.shapes import Column, Reads, Shape, plain

HEADINGS_WITHIN = 60
"""Headings are looked for in this many rows from the top."""

TOTAL = frozenset(
    ["jumlah", "total", "jumlahtotal", "totaljumlah", "grandtotal", "subtotal"]
)
OPENING = frozenset(["saldoawal", "saldobulanlalu", "saldopindahan", "openingbalance"])
CLOSING = frozenset(["saldoakhir", "closingbalance"])


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
    """A row that is not one of the table's, with its first words."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a sheet is understood, for a person to look at."""

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

    def place(self, key: str, row: int) -> str:
        """Name the cell of a column in a row as spreadsheets do."""
        index = next((c.letter for c in self.columns if c.key == key), "")
        return f"{index}{row}"

    def has(self, key: str) -> bool:
        """Say whether the sheet has that column."""
        return any(column.key == key for column in self.columns)


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


def propose(workbook: Workbook, shape: Shape) -> Proposal:
    """Find a table of that shape in the first sheet that holds one.

    Raises: ``NoHeadings``, ``ColumnMissing``, ``NoRows``; each says what would do.
    """
    best: tuple[int, Sheet, _Headings] | None = None
    for sheet in workbook.sheets:
        for found in _candidates(sheet, shape):
            score = 2 * len(found.columns) + 100 * found.whole(shape) - found.depth
            if best is None or score > best[0]:
                best = (score, sheet, found)
    if best is None or len(best[2].columns) < 2:
        raise NoHeadings(", ".join(_examples(shape)))
    _, sheet, found = best
    if not found.whole(shape):
        raise _missing(found, shape)
    others = tuple(s.name for s in workbook.sheets if s is not sheet and s.rows)
    return _proposal(sheet, found, shape, others)


@dataclass(frozen=True, slots=True)
class _Headings:
    first: int
    depth: int
    columns: dict[str, int]
    labels: list[str]

    def whole(self, shape: Shape) -> bool:
        return any(need <= self.columns.keys() for need in shape.needs)


def _candidates(sheet: Sheet, shape: Shape) -> Iterator[_Headings]:
    for index, row in enumerate(sheet.rows[:HEADINGS_WITHIN]):
        if sum(isinstance(cell, str) and cell.strip() != "" for cell in row) < 2:
            continue
        yield _matched(index, 1, [text(cell) for cell in row], shape)
        if index + 1 < len(sheet.rows):
            below = sheet.rows[index + 1]
            if not any(isinstance(c, int | float) for c in below):
                yield _matched(index, 2, _stacked(row, below), shape)


def _stacked(upper: Sequence[Cell], lower: Sequence[Cell]) -> list[str]:
    """Join two rows of headings; a merged upper cell reaches to the right."""
    labels, reaching = [], ""
    for index in range(max(len(upper), len(lower))):
        above = text(upper[index]) if index < len(upper) else ""
        under = text(lower[index]) if index < len(lower) else ""
        reaching = above or (reaching if under else "")
        labels.append(f"{reaching} {under}".strip())
    return labels


def _matched(first: int, depth: int, labels: list[str], shape: Shape) -> _Headings:
    columns: dict[str, int] = {}
    compared = [plain(label) for label in labels]
    for column in shape.columns:
        for index, label in enumerate(compared):
            if column.is_headed(label) and index not in columns.values():
                columns[column.key] = index
                break
    return _Headings(first, depth, columns, labels)


def _examples(shape: Shape) -> list[str]:
    return [c.known[0] for c in shape.columns if c.key in shape.needs[0]]


def _missing(found: _Headings, shape: Shape) -> ColumnMissing:
    nearest = min(shape.needs, key=lambda need: len(need - found.columns.keys()))
    lacking: list[Column] = [
        c for c in shape.columns if c.key in nearest - found.columns.keys()
    ]
    return ColumnMissing(lacking[0].name, lacking[0].known[0])


def _proposal(
    sheet: Sheet, found: _Headings, shape: Shape, others: tuple[str, ...]
) -> Proposal:
    """Put every row of the sheet in its place."""
    rows: list[SheetRow] = []
    aside: list[SetAside] = []
    opening = totals = None
    under = found.first + found.depth
    heads = [plain(label) for label in found.labels]
    amounts = shape.keys(Reads.AMOUNT)
    telling = [*shape.keys(Reads.DAY), *amounts]
    for number, row in enumerate(sheet.rows, start=1):
        if found.first < number <= under or not any(text(cell) for cell in row):
            continue
        read = SheetRow(number, _cells(row, found.columns))
        label = _label(row)
        if number <= found.first or _repeats(row, heads):
            aside.append(_aside(number, row))
        elif label in OPENING and opening is None:
            opening = read
        elif label in TOTAL and not _is_dated(read):
            totals = read
        elif (
            label in CLOSING
            or not any(text(read.cells.get(k)) for k in telling)
            or (totals is not None and not _is_dated(read))
        ):
            aside.append(_aside(number, row))
        else:
            rows.append(read)
    if not rows and opening is None:
        raise NoRows(found.first + 1)
    return Proposal(
        sheet=sheet.name,
        headings=tuple(range(found.first + 1, under + 1)),
        columns=tuple(
            FoundColumn(c.key, c.name, found.columns[c.key], _seen(found, c.key))
            for c in sorted(shape.columns, key=lambda c: found.columns.get(c.key, 0))
            if c.key in found.columns
        ),
        unused=tuple(
            label
            for index, label in enumerate(found.labels)
            if label and index not in found.columns.values()
        ),
        rows=tuple(rows),
        opening=opening,
        totals=totals,
        set_aside=tuple(aside),
        other_sheets=others,
        mark=decimal_mark(row.cells.get(key) for row in rows for key in amounts),
    )


def _repeats(row: Sequence[Cell], heads: list[str]) -> bool:
    """Say whether a row holds the headings once more, as on a second page."""
    said = zip(row, heads, strict=False)
    return all(plain(cell) == head for cell, head in said if head or cell)


def _is_dated(row: SheetRow) -> bool:
    """Say whether a row has a day, which totals and signatures have not."""
    try:
        day(row.cells.get("on"))
    except (NotADate, NoSuchDay):
        return False
    return True


def _seen(found: _Headings, key: str) -> str:
    return found.labels[found.columns[key]]


def _cells(row: Sequence[Cell], columns: Mapping[str, int]) -> dict[str, Cell]:
    return {key: row[i] if i < len(row) else None for key, i in columns.items()}


def _label(row: Sequence[Cell]) -> str:
    """Return the first words of a row, closed up, or nothing if it starts otherwise."""
    for cell in row:
        if isinstance(cell, str) and cell.strip():
            return plain(cell)
    return ""


def _aside(number: int, row: Sequence[Cell]) -> SetAside:
    return SetAside(number, " ".join(filter(None, map(text, row)))[:80])
