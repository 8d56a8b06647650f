"""Where a line of a printed book lies: page, row, millimetres from the upper edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from coopbook.savings.rules import PassbookPaper


class Spot(NamedTuple):
    """A place of a book: which page, and which row of it; both count from 1."""

    page: int
    row: int


@dataclass(frozen=True, slots=True)
class PassbookShape:
    """How an open page of a book is ruled, in millimetres.

    A page lies open with its fold across the middle: ``above`` rows, the ``gap``
    that no line is printed on, ``below`` rows.  ``top`` is what stays free over the
    first row, ``side`` left and right of every row; a row is ``line`` high.  Rows are
    measured from the upper edge, so that a page always lies in the printer alike.

    >>> shape = PassbookShape(
    ...     width=Decimal(100), height=Decimal(60), side=Decimal(5),
    ...     top=Decimal(5), line=Decimal(5), above=4, gap=Decimal(10), below=4, pages=3)
    >>> shape.rows, shape.lines, shape.spot(9), shape.upper(4), shape.upper(5)
    (8, 24, Spot(page=2, row=1), Decimal('20'), Decimal('35'))
    """

    width: Decimal
    height: Decimal
    side: Decimal
    top: Decimal
    line: Decimal
    above: int
    gap: Decimal
    below: int
    pages: int

    @property
    def rows(self) -> int:
        """How many lines a page takes."""
        return self.above + self.below

    @property
    def lines(self) -> int:
        """How many lines the whole book takes."""
        return self.rows * self.pages

    @property
    def fold(self) -> tuple[Decimal, Decimal]:
        """From where to where the fold's gap reaches, from the upper edge."""
        begins = self.top + self.above * self.line
        return begins, begins + self.gap

    def spot(self, place: int) -> Spot:
        """Return where the so many-th line of a book stands."""
        assert 1 <= place <= self.lines, f"a book of {self.lines} has no line {place}"
        page, row = divmod(place - 1, self.rows)
        return Spot(page + 1, row + 1)

    def upper(self, row: int) -> Decimal:
        """Return where a row begins, from the upper edge of the page."""
        assert 1 <= row <= self.rows, f"a page of {self.rows} has no row {row}"
        skipped = self.gap if row > self.above else Decimal(0)
        return self.top + (row - 1) * self.line + skipped


SHAPES: Mapping[PassbookPaper, PassbookShape] = MappingProxyType(
    {
        PassbookPaper.A6: PassbookShape(
            width=Decimal(105),
            height=Decimal(148),
            side=Decimal("4.5"),
            top=Decimal(12),
            line=Decimal("5.5"),
            above=10,
            gap=Decimal(14),
            below=10,
            pages=16,
        ),
        PassbookPaper.LARGE: PassbookShape(
            width=Decimal(140),
            height=Decimal(200),
            side=Decimal(6),
            top=Decimal(13),
            line=Decimal("6.5"),
            above=12,
            gap=Decimal(18),
            below=12,
            pages=12,
        ),
    }
)
"""The books the cooperative can buy.

Source: A6 is ISO 216; 140 × 200 mm is the open page of the usual bank passbook, and
        both are offered by the passbook settings of Indonesian cooperative
        programs, with twenty lines or so a page.  Margins, rows, gap and pages are
        presets of ours for one printer that draws the sheet in to the upper edge:
        print a page of a spare book first, and change them here where they miss.
"""
