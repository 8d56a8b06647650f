"""Read the tables of a page: old systems print HTML and name it .xls.

A cell merged over several columns or rows is read as a spreadsheet has it: its words
in its first cell, the others blank.  Nothing of a page is run or fetched.  The page is
scanned once from its beginning to its end, so that no page can make that take long.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from coopbook.importing.files.bounds import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    NotASpreadsheet,
    TooLarge,
)
from coopbook.importing.files.workbook import Cell, Sheet, without_blank_end

DEEPEST = 50
"""Tables are nested no deeper than this."""

MOST_TABLES = 1_000

_PAGE = re.compile(r"<tr[\s>]", re.IGNORECASE)
_NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9]*")
_SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?\s*([0-9]{1,99})", re.IGNORECASE)
_UNSEEN = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea")
}
_BREAKS = frozenset(["br", "p", "/p", "div", "/div", "li", "hr"])


def is_page(text: str) -> bool:
    """Say whether a text is a page that holds a table."""
    return text.lstrip("\ufeff \t\r\n\f").startswith("<") and bool(_PAGE.search(text))


def tables(text: str) -> list[Sheet]:
    """Return the tables of a page as sheets.

    A table that goes on where the one before it ended, with as many columns and
    either the same headings or none, is one with it.

    Raises: ``NotASpreadsheet`` and ``TooLarge``.
    """
    try:
        found = _Page().read(text)
    except ValueError as broken:
        raise NotASpreadsheet() from broken
    joined: list[_Table] = []
    for table in found:
        if not table.rows:
            continue
        if joined and _continues(joined[-1], table):
            joined[-1].rows += table.rows
        else:
            joined.append(table)
    if all(table.width < 2 for table in joined):
        raise NotASpreadsheet()
    return [
        Sheet(str(number) if len(joined) > 1 else "", without_blank_end(table.rows))
        for number, table in enumerate(joined, start=1)
    ]


@dataclass(slots=True)
class _Table:
    """One table while it is read; ``merged`` says how far cells reach down."""

    rows: list[list[Cell]] = field(default_factory=list)
    headings: list[list[Cell]] = field(default_factory=list)
    merged: dict[int, int] = field(default_factory=dict)
    row: list[Cell] | None = None
    words: list[str] | None = None
    at: int = 0
    headed: bool = False
    first: int = 0

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)


def _continues(before: _Table, after: _Table) -> bool:
    if before.width != after.width or before.width < 2:
        return False
    return not after.headings or after.headings == before.headings


class _Page:
    """A page as it is scanned: the tables that are open, and the cells so far."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.cells = 0

    def read(self, text: str) -> list[_Table]:
        for tag, said in _pieces(text):
            table = self.open[-1] if self.open else None
            if not tag:
                if table is not None and table.words is not None:
                    table.words.append(said)
            elif tag == "table":
                self._open()
            elif table is None:
                continue
            elif tag in ("td", "th"):
                self._cell(table, said, tag == "th")
            elif tag in ("/td", "/th"):
                _end_cell(table)
            elif tag in ("tr", "/tr", "thead", "tbody", "tfoot"):
                self._end_row(table)
                if tag == "tr":
                    self._row(table)
            elif tag == "/table":
                self._end_row(table)
                self.open.pop()
            elif tag in _BREAKS and table.words is not None:
                table.words.append(" ")
        for table in self.open:
            self._end_row(table)
        return self.tables

    def _open(self) -> None:
        if len(self.open) == DEEPEST or len(self.tables) == MOST_TABLES:
            raise TooLarge()
        table = _Table()
        self.tables.append(table)
        self.open.append(table)

    def _count(self, cells: int) -> None:
        self.cells += cells
        if self.cells > MOST_CELLS:
            raise TooLarge()

    def _row(self, table: _Table) -> list[Cell]:
        if len(table.rows) == MOST_ROWS:
            raise TooLarge()
        self._count(1)
        table.row, table.at, table.headed = [], 0, False
        return table.row

    def _cell(self, table: _Table, attributes: str, is_head: bool) -> None:
        """Begin a cell in the first column of its row that is still free."""
        _end_cell(table)
        row = table.row if table.row is not None else self._row(table)
        table.headed = table.headed or is_head
        at = len(row)
        while at in table.merged:
            at += 1
        across, down = _spans(attributes)
        if at + across > MOST_COLUMNS:
            raise TooLarge()
        self._count(at + across - len(row))
        row.extend([""] * (at + across - len(row)))
        if down > 1:
            for column in range(at, at + across):
                table.merged[column] = down
        table.at, table.words = at, []

    def _end_row(self, table: _Table) -> None:
        """Put a row down; columns merged from above are blank in it."""
        _end_cell(table)
        row = table.row
        if row is None:
            return
        table.row = None
        reach = max(table.merged, default=-1) + 1
        if reach > len(row):
            self._count(reach - len(row))
            row.extend([""] * (reach - len(row)))
        self._count(len(table.merged))
        left = {column: rows - 1 for column, rows in table.merged.items()}
        table.merged = {column: rows for column, rows in left.items() if rows}
        table.rows.append(row)
        if table.headed:
            table.headings.append(row)


def _end_cell(table: _Table) -> None:
    if table.words is not None and table.row is not None:
        table.row[table.at] = " ".join(html.unescape("".join(table.words)).split())
    table.words = None


def _spans(attributes: str) -> tuple[int, int]:
    """Return over how many columns and rows a cell is merged."""
    said = {kind.lower(): int(many) for kind, many in _SPAN.findall(attributes[:2_000])}
    across, down = max(said.get("col", 1), 1), max(said.get("row", 1), 1)
    if across > MOST_COLUMNS or down > MOST_ROWS:
        raise TooLarge()
    return across, down


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Cut a page into tags with their attributes, and the words between them."""
    at, end = 0, len(text)
    while at < end:
        mark = text.find("<", at)
        if mark < 0:
            yield "", text[at:]
            return
        if mark > at:
            yield "", text[at:mark]
        if text.startswith("<!--", mark):
            at = _past(text, "-->", mark + 4)
        elif text[mark + 1 : mark + 2] in ("!", "?"):
            at = _past(text, ">", mark)
        elif name := _NAME.match(text, mark + 1, mark + 30):
            tag, at = name[0].lower(), _past(text, ">", mark)
            yield tag, text[name.end() : at - 1]
            if tag in _UNSEEN:
                closing = _UNSEEN[tag].search(text, at)
                at = closing.start() if closing else end
        else:
            yield "", "<"
            at = mark + 1


def _past(text: str, what: str, start: int) -> int:
    """Return the place after the next such mark, or the end of the page."""
    found = text.find(what, start)
    return found + len(what) if found >= 0 else len(text)
