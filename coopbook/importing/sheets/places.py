"""Put every row under the headings in its place: rows, totals, balances, the rest.

Labels are read first (``wording``).  Where a row has no label, or one that could mean
two things, its amounts tell: a row that repeats the sums above it is a total, one that
repeats the balance is no row of its own.  What is left over is a row, so that nothing
with an amount in it is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from coopbook.errors import Refused
from coopbook.i18n import Word
from coopbook.importing.files.reading import Sheet
from coopbook.importing.sheets import proposal as why
from coopbook.importing.sheets.amounts import amount, decimal_mark
from coopbook.importing.sheets.correction import Layout
from coopbook.importing.sheets.headings import Headings
from coopbook.importing.sheets.lines import Line, aside, lines_of
from coopbook.importing.sheets.proposal import SetAside, SheetRow, Subtotal
from coopbook.importing.sheets.shapes import Reads, Shape
from coopbook.importing.sheets.wording import Says

Sums = dict[str, Decimal]

CENT = Decimal("0.005")
"""Totals agree when they differ by less: what a sheet's own arithmetic can hold."""


class _Sum(NamedTuple):
    """A row that may be a total, how many rows are above, and where a part begins."""

    line: Line
    above: int
    since: tuple[int, int]


@dataclass(slots=True)
class Places:
    """Where every row of a sheet goes; lines are put down one after another."""

    shape: Shape
    mark: str
    dated: bool
    """The table has a column of days."""
    given: str = ""
    """The decimal mark a person gave."""
    set_aside: list[SetAside] = field(default_factory=list)
    rows: list[SheetRow] = field(default_factory=list)
    opening: SheetRow | None = None
    closing: Line | None = None
    totals: SheetRow | None = None
    subtotals: list[Subtotal] = field(default_factory=list)
    _notes: list[Line] = field(default_factory=list)
    _sums: list[Sums] = field(default_factory=lambda: [{}])
    _opened: Sums = field(default_factory=dict)
    _last: Sums = field(default_factory=dict)
    _candidates: list[_Sum] = field(default_factory=list)
    _after_total: int = 0
    _after_group: int = 0

    def put(self, line: Line) -> None:
        """Put one line in its place, by its label first."""
        if line.taken:
            self._row(line)
        elif (
            line.says in (Says.OPENING, Says.BALANCE)
            and self.opening is None
            and (line.says is Says.OPENING or not self.rows)
        ):
            self.opening = line.read
            self._opened = self._last = self._values(line) or {}
        elif line.says in (Says.CLOSING, Says.BALANCE):
            self._closes(line)
        elif line.says is Says.OPENING and line.dated:
            self._row(line)
        elif line.says in (Says.OPENING, Says.CARRIED):
            self._carried(line)
        elif line.says in (Says.TOTAL, Says.SUBTOTAL) and line.amounts:
            self._adds_up(line)
        elif line.bare:
            self._bare(line)
        elif self._is_note(line):
            self._notes.append(line)
            if line.filled == 1:
                self._after_group = len(self.rows)
        elif self._candidates and not line.dated and not self._still_a_row(line):
            self.set_aside.append(_aside(line, why.AFTER))
        else:
            self._row(line)

    def finish(self) -> None:
        """Say which of the totals is the whole one, and what the notes are."""
        whole = self._whole()
        for candidate in self._candidates:
            if candidate is whole:
                self.totals = candidate.line.read
            else:
                self.subtotals.append(self._part(candidate))
        last = self.rows[-1].number if self.rows else 0
        for note in self._notes:
            between = note.read.number < last
            self.set_aside.append(_aside(note, why.BETWEEN if between else why.BELOW))
        self.set_aside.sort(key=lambda row: row.number)
        self.mark = self.given or decimal_mark(
            row.cells.get(key) for row in self.rows for key in self._amounts
        )

    @property
    def _amounts(self) -> list[str]:
        return self.shape.keys(Reads.AMOUNT)

    def _row(self, line: Line) -> None:
        values = self._values(line) or {}
        self.rows.append(line.read)
        before = self._sums[-1]
        added = {key: before.get(key, 0) + value for key, value in values.items()}
        self._sums.append({**before, **added})
        self._last = values

    def _values(self, line: Line) -> Sums | None:
        """Return the amounts of a line that are not zero; ``None`` if one is unread."""
        values = {}
        for key in self._amounts:
            try:
                values[key] = amount(line.read.cells.get(key), mark=self.mark)
            except Refused:
                return None
        return {key: value for key, value in values.items() if value}

    def _is_note(self, line: Line) -> bool:
        """Say whether a line holds neither an amount nor a day that makes it a row.

        Words may stand in any column, signatures in that of days or of amounts.
        Where a line is full of them it is a row that cannot be read.
        """
        if line.figures or (line.amounts and not self.dated and not self._candidates):
            return False
        if line.filled == 1:
            return True
        if not self._amounts:  # a list of people or accounts: words make its rows
            return bool(self._candidates)
        full = line.amounts and line.filled > 3 and not self._candidates
        return not line.dated and not full

    def _still_a_row(self, line: Line) -> bool:
        """Say whether a line under a total is a row for all that."""
        return line.figures and (line.numbered if self.dated else line.words)

    def _closes(self, line: Line) -> None:
        if self.closing is not None:
            self.set_aside.append(_aside(self.closing, why.CARRIED))
        self.closing = line

    def _carried(self, line: Line) -> None:
        """Put down what one page hands to the next, if it is what was above."""
        values = self._values(line)
        if values is not None and (self._repeats(values) or self._ends(values)):
            self.set_aside.append(_aside(line, why.CARRIED))
        else:
            self._candidates.append(_Sum(line, len(self.rows), (0, 0)))

    def _adds_up(self, line: Line) -> None:
        since = (self._after_total, self._after_group)
        self._candidates.append(_Sum(line, len(self.rows), since))
        self._after_total = len(self.rows)

    def _bare(self, line: Line) -> None:
        """Put down amounts that nothing explains but their agreement with others."""
        values = self._values(line)
        if values == {}:
            self.set_aside.append(_aside(line, why.ZEROS))
        elif values is None:
            self._row(line)
        elif not self.rows:
            self._first(line, values)
        elif self._repeats(values) and values.keys() <= self.shape.running():
            self.set_aside.append(_aside(line, why.CARRIED))
        elif self._ends(values) and not values.keys().isdisjoint(self.shape.running()):
            self._closes(line)
        elif self._starts(values):
            self._adds_up(line)
        elif self._ends(values):
            self._closes(line)
        else:
            self._row(line)

    def _first(self, line: Line, values: Sums) -> None:
        """Put down amounts without a word above all rows: balances open the table."""
        if self.opening is None and values.keys() <= self.shape.running():
            self.opening, self._opened, self._last = line.read, values, values
        else:
            self._row(line)

    def _repeats(self, values: Sums) -> bool:
        """Say whether amounts are those of the row above."""
        return all(_agree(v, self._last.get(k)) for k, v in values.items())

    def _starts(self, values: Sums) -> bool:
        """Say whether amounts are sums of rows from a point where a part begins."""
        many = len(self.rows)
        starts = {0, self._after_total, self._after_group}
        return any(
            self._agrees(values, start, many) for start in starts if start < many
        )

    def _ends(self, values: Sums) -> bool:
        """Say whether amounts are what the opening and the rows come to."""
        opening = self._opened
        running = self.shape.running()
        return all(
            _agree(value, self._last.get(key))
            if key in running
            else _agree(value, self._sums[-1].get(key, 0) + opening.get(key, 0))
            for key, value in values.items()
        )

    def _agrees(self, values: Sums, start: int, end: int) -> bool:
        """Say whether amounts are the sums of rows; balances are not added up."""
        first, last = self._sums[start], self._sums[end]
        running = self.shape.running()
        adding = {k: v for k, v in values.items() if k not in running}
        return bool(adding) and all(
            _agree(v, last.get(k, 0) - first.get(k, 0)) for k, v in adding.items()
        )

    def _whole(self) -> _Sum | None:
        """Return the total of the whole table among the rows that may be one."""
        sums = [c for c in self._candidates if c.line.says is not Says.CARRIED]
        named = [c for c in sums if c.line.says is Says.TOTAL]
        everything = len(self.rows)
        for candidate in reversed(sums):
            if candidate.line.label.startswith("sub"):
                continue
            values = self._values(candidate.line)
            part = candidate.line.says is Says.SUBTOTAL and len(sums) > 1
            if values and self._agrees(values, 0, everything) and not (part and named):
                return candidate
        if not named:
            return None
        last = named[-1]
        values = self._values(last.line)
        if values and last.since != (0, 0) and last.above > max(last.since):
            return None if self._agrees(values, max(last.since), last.above) else last
        return last

    def _part(self, candidate: _Sum) -> Subtotal:
        """Return a sub-total with the rows it is of: those it agrees with, if any."""
        above, values = candidate.above, self._values(candidate.line) or {}
        starts = [start for start in (*candidate.since, 0) if start < above]
        start = max(candidate.since)
        for begin in sorted(starts, reverse=True):
            if self._agrees(values, begin, above):
                start = begin
                break
        number = candidate.line.read.number
        if start >= above:
            return Subtotal(candidate.line.read, number, number - 1)
        first, last = self.rows[start].number, self.rows[above - 1].number
        return Subtotal(candidate.line.read, first, last)


def _agree(one: Decimal, other: Decimal | int | None) -> bool:
    return other is not None and abs(one - other) < CENT


def _aside(line: Line, reason: Word) -> SetAside:
    return aside(line.read.number, line.cells, reason)


def placed(sheet: Sheet, found: Headings, shape: Shape, layout: Layout) -> Places:
    """Put every row of a sheet that holds anything in its place."""
    lines, set_aside = lines_of(sheet, found, shape, layout)
    places = Places(
        shape=shape,
        mark=layout.mark or _mark(lines, shape),
        dated=any(key in found.columns for key in shape.keys(Reads.DAY)),
        given=layout.mark,
        set_aside=set_aside,
    )
    for line in lines:
        places.put(line)
    places.finish()
    return places


def _mark(lines: Sequence[Line], shape: Shape) -> str:
    keys = shape.keys(Reads.AMOUNT)
    return decimal_mark(line.read.cells.get(key) for line in lines for key in keys)
