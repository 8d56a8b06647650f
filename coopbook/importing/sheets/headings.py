"""Find the headings of a table: which rows they are, and which column is which.

Headings stand in one row, or in two or three with the upper ones merged over several
columns.  A column's label is then joined from above: ``PINJAMAN PEMBAYARAN POKOK``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coopbook.importing.files.reading import Cell, Sheet
from coopbook.importing.sheets.cells import column_of, is_figure, text
from coopbook.importing.sheets.correction import Layout, NoSuchColumn, NoSuchRow
from coopbook.importing.sheets.shapes import Shape, plain

WITHIN = 60
"""Headings are looked for in this many rows from the top."""

ACROSS = 1_000
"""Headings are looked for in this many columns from the left."""

DEEPEST = 3
"""Headings stand in at most this many rows."""

Label = tuple[str, ...]
"""What stands over a column, from above; blank cells are left out."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The rows of headings (from 1), and the columns found under them."""

    rows: tuple[int, ...]
    columns: Mapping[str, int]
    labels: tuple[str, ...]
    lacking: tuple[str, ...] = ()
    """What a layout names and these headings do not have."""

    @property
    def under(self) -> int:
        """The number of the last row of headings; 0 where there is none."""
        return max(self.rows, default=0)

    def whole(self, shape: Shape) -> bool:
        """Say whether every column is there that the kind of sheet needs."""
        return any(need <= self.columns.keys() for need in shape.needs)

    def score(self, shape: Shape) -> int:
        """Return how well these headings fit; the best is taken."""
        fits = 2 * len(self.columns) + 100 * self.whole(shape)
        return fits - len(self.rows) - 1_000 * len(self.lacking)


def candidates(
    sheet: Sheet, shape: Shape, layout: Layout | None = None
) -> Iterator[Headings]:
    """Return every way to read headings off a sheet, or the one a layout says.

    Raises: ``NoSuchColumn`` and ``NoSuchRow``.
    """
    layout = layout or Layout()
    known = [column.key for column in shape.columns]
    for key in layout.columns:
        if key not in known:
            raise NoSuchColumn(key, ", ".join(known))
    if layout.headings is not None:
        for number in layout.headings:
            if not 1 <= number <= len(sheet.rows):
                raise NoSuchRow(number, len(sheet.rows))
        yield _matched(sheet, tuple(sorted(layout.headings)), shape, layout)
        return
    for index, row in enumerate(sheet.rows[:WITHIN]):
        if not _several(row):
            continue
        for depth in range(1, DEEPEST + 1):
            lowest = index + depth - 1
            if depth > 1 and not _may_continue(sheet.rows, lowest):
                break
            if depth > 1 and not _several(sheet.rows[lowest]):
                continue
            numbers = tuple(range(index + 1, lowest + 2))
            yield _matched(sheet, numbers, shape, layout)


def _several(row: Sequence[Cell]) -> bool:
    words = (c for c in row[:ACROSS] if isinstance(c, str) and c.strip())
    return next(words, None) is not None and next(words, None) is not None


def _may_continue(rows: Sequence[Sequence[Cell]], index: int) -> bool:
    """Say whether a row may be a lower part of headings: words, no figures."""
    if index >= len(rows):
        return False
    said = [cell for cell in rows[index][:ACROSS] if cell not in (None, "")]
    return bool(said) and not any(map(is_figure, said))


def joined(rows: Sequence[Sequence[Cell]]) -> list[Label]:
    """Join rows of headings; a merged cell reaches right over what is below it.

    >>> joined([["SIMPANAN", "", "SALDO"], ["POKOK", "WAJIB", ""]])
    [('SIMPANAN', 'POKOK'), ('SIMPANAN', 'WAJIB'), ('SALDO',)]
    """
    reaching = [""] * len(rows)
    labels = []
    for index in range(min(ACROSS, max(map(len, rows), default=0))):
        said = [text(row[index]) if index < len(row) else "" for row in rows]
        for level, word in enumerate(said):
            if word:
                reaching[level:] = [word] + [""] * (len(rows) - level - 1)
            elif not any(said[level:]):
                reaching[level] = ""
        labels.append(tuple(filter(None, reaching)))
    return labels


def _matched(
    sheet: Sheet, numbers: tuple[int, ...], shape: Shape, layout: Layout
) -> Headings:
    """Find the columns under headings: as the layout says, the others by name."""
    labels = joined([sheet.rows[number - 1] for number in numbers])
    ends = [_ends(label) for label in labels]
    width = max(map(len, sheet.rows), default=0)
    columns: dict[str, int] = {}
    lacking = []
    for key, heading in layout.columns.items():
        if heading:
            index = _named(heading, ends, width)
            if index is None:
                lacking.append(heading)
            else:
                columns[key] = index
    open_keys = {c.key for c in shape.columns} - layout.columns.keys()
    _guess(columns, ends, shape, open_keys)
    said = tuple(" ".join(label) for label in labels)
    return Headings(numbers, columns, said, tuple(lacking))


def _ends(label: Label) -> list[str]:
    """Return a label in its compared form, then ever shorter ends of it."""
    return [plain(" ".join(label[start:])) for start in range(len(label))]


def _named(heading: str, ends: Sequence[list[str]], width: int) -> int | None:
    """Return the column a layout means: by its heading, or by its letter."""
    if not heading.startswith("=") and (compared := plain(heading)):
        for index, end in enumerate(ends):
            if end and end[0] == compared:
                return index
        shorter = [index for index, end in enumerate(ends) if compared in end]
        if len(shorter) == 1:
            return shorter[0]
    letter = column_of(heading.removeprefix("=").strip())
    return letter if letter is not None and letter < max(width, len(ends)) else None


def _guess(
    columns: dict[str, int], ends: Sequence[list[str]], shape: Shape, keys: set[str]
) -> None:
    """Place columns by their headings: whole labels first, then ever shorter ends.

    A shorter end counts only where one column alone has it.
    """
    before = -1
    while len(columns) > before:
        before = len(columns)
        for shorter in range(DEEPEST):
            for column in shape.columns:
                if column.key not in keys or column.key in columns:
                    continue
                taken = set(columns.values())
                fitting = [
                    index
                    for index, end in enumerate(ends)
                    if len(end) > shorter
                    and index not in taken
                    and column.is_headed(end[shorter])
                ]
                if fitting and (shorter == 0 or len(fitting) == 1):
                    columns[column.key] = fitting[0]
