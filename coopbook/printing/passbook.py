"""Lines of a passbook where they belong on its pages, and the page in front."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from coopbook.i18n import N_, say
from coopbook.numerals import in_figures
from coopbook.printing.sheet import Sheet, drawing
from coopbook.savings.passbooks import SHAPES, PassbookLine
from coopbook.savings.passbooks.rules import CARRIED
from coopbook.savings.rules import PassbookPaper


class Column(NamedTuple):
    """What stands in a line, from the left: how wide in millimetres, to which side."""

    name: str
    width: Decimal
    align: str = "left"


def _columns(*widths: str) -> tuple[Column, ...]:
    names = ("date", "code", "voucher", "out", "into", "balance", "initials")
    sides = ("left", "left", "left", "right", "right", "right", "right")
    return tuple(map(Column, names, map(Decimal, widths), sides))


COLUMNS: Mapping[PassbookPaper, tuple[Column, ...]] = MappingProxyType(
    {
        PassbookPaper.A6: _columns("11", "4.5", "22", "16.5", "16.5", "18", "7.5"),
        PassbookPaper.LARGE: _columns("17", "6.5", "28", "21.5", "21.5", "24", "9.5"),
    }
)
"""Together they are as wide as the shape's page between its sides."""
SIZES = {PassbookPaper.A6: 6.5, PassbookPaper.LARGE: 8.0}
"""How large the letters are, in points."""
BETWEEN = Decimal("0.8")
"""What stays free between two columns."""
CARRIED_SAID = N_("Balance carried over")


def lines_pdf(
    lines: Sequence[PassbookLine], paper: PassbookPaper, *, language: str
) -> bytes:
    """Return lines at their places and nothing else: one sheet for each page.

    The page in the printer holds the lines before already.  The same lines give the
    same bytes, and printed in several sittings they look as printed in one.
    """
    shape = SHAPES[paper]
    title = say(N_("Passbook"), language)
    about = {"title": title, "author": "", "language": language}
    with drawing(shape.width, shape.height, **about) as (sheet, memory):
        for _, page in groupby(lines, key=lambda line: line.page):
            for line in page:
                _draw(sheet, line, paper, language)
            sheet.canvas.showPage()
    return memory.getvalue()


def _draw(
    sheet: Sheet, line: PassbookLine, paper: PassbookPaper, language: str
) -> None:
    shape, size = SHAPES[paper], SIZES[paper]
    base = shape.upper(line.row) + shape.line * Decimal("0.7")
    said = words_of(line, paper, language)
    left = shape.side
    for column in COLUMNS[paper]:
        if said[column.name]:
            sheet.text(
                *(said[column.name], left, base),
                size=size,
                width=column.width - BETWEEN,
                align=column.align,
            )
        left += column.width


def words_of(line: PassbookLine, paper: PassbookPaper, language: str) -> dict[str, str]:
    """Return what is written in each column; a small book writes the year short."""
    day = "%d/%m/%y" if paper is PassbookPaper.A6 else "%d/%m/%Y"
    carried = line.code == CARRIED
    return {
        "date": line.booked_on.strftime(day),
        "code": line.code,
        "voucher": say(CARRIED_SAID, language) if carried else line.voucher,
        "out": in_figures(line.debit) if line.debit else "",
        "into": in_figures(line.credit) if line.credit else "",
        "balance": in_figures(line.balance),
        "initials": line.initials,
    }
