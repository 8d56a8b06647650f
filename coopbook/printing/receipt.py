"""A slip as a PDF: rolls of 58 and 80 mm cut where the text ends, and A5."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

import segno

from coopbook.printing.pieces import Look, Piece, pieces
from coopbook.printing.sheet import PLAIN, Sheet, drawing, in_lines, points
from coopbook.printing.sheet import width_of as wide
from coopbook.printing.slip import Slip


class SlipPaper(StrEnum):
    """The papers a slip is printed on."""

    NARROW = "58"
    WIDE = "80"
    A5 = "a5"


@dataclass(frozen=True, slots=True)
class Setting:
    """How a slip is set on a paper: millimetres, and points for the letters.

    A roll has no ``height``: it is as long as its text.
    """

    width: Decimal
    side: Decimal
    height: Decimal | None
    size: float
    sign: Decimal

    @property
    def room(self) -> Decimal:
        """How wide the text is."""
        return self.width - 2 * self.side


SETTINGS: Mapping[SlipPaper, Setting] = MappingProxyType(
    {
        SlipPaper.NARROW: Setting(Decimal(58), Decimal(5), None, 7.5, Decimal(14)),
        SlipPaper.WIDE: Setting(Decimal(80), Decimal(5), None, 9.0, Decimal(15)),
        SlipPaper.A5: Setting(Decimal(148), Decimal(16), Decimal(210), 10, Decimal(18)),
    }
)
"""Source: the usual print heads are 48 mm wide for a 58 mm roll, 72 mm for 80 mm."""
MARGIN = Decimal(6)
CODE = Decimal(22)
"""How large the square code is."""
POINT = Decimal("25.4") / 72


@dataclass(frozen=True, slots=True)
class Set:
    """A line of letters on the paper: where it begins, which room it has."""

    said: str
    left: Decimal
    base: Decimal
    room: Decimal
    size: float
    bold: bool
    align: str


def slip_pdf(slip: Slip, paper: SlipPaper) -> bytes:
    """Return a slip as a PDF on a paper; the same slip gives the same bytes."""
    every = tuple(pieces(slip))
    how = _fitting(every, SETTINGS[paper])
    height = how.height or height_of(every, how)
    about = {"title": f"{slip.title} {slip.voucher}", "author": slip.cooperative}
    with drawing(how.width, height, language=slip.language, **about) as (sheet, memory):
        _draw(sheet, every, how)
        sheet.canvas.showPage()
    return memory.getvalue()


def _fitting(every: Sequence[Piece], how: Setting) -> Setting:
    """Return letters and room to sign so small that everything is on the sheet."""
    while how.height is not None and how.size > 5:
        if _draw(None, every, how) <= how.height - how.side / 2:
            break
        how = replace(how, size=how.size - 0.5, sign=max(how.sign - 1, Decimal(12)))
    return how


def height_of(every: Sequence[Piece], how: Setting) -> Decimal:
    """Return how long a roll is: its text, and a margin at both ends."""
    return _draw(None, every, how) + MARGIN


def _draw(sheet: Sheet | None, every: Sequence[Piece], how: Setting) -> Decimal:
    """Set every piece from the top down; return where the last one ends."""
    at = MARGIN if how.height is None else how.side
    for piece in every:
        if piece.look is Look.RULE:
            at += _high(how.size) / 2
            if sheet is not None:
                sheet.rule(how.side, at, how.room, 0.6)
            at += _high(how.size) / 4
        elif piece.look is Look.CODE:
            at += _high(how.size) / 2
            if sheet is not None:
                _code(sheet, piece.left, (how.width - CODE) / 2, at)
            at += CODE
        elif piece.look is Look.SIGN:
            at += how.sign
            at = _signed(sheet, piece, how, at)
        else:
            for line in _set(piece, how, at):
                at = line.base + _high(line.size) / 4
                if sheet is not None:
                    _write(sheet, line)
    return at


def _high(size: float) -> Decimal:
    """Return how high a line of letters is, with the room between lines."""
    return Decimal(str(size)) * POINT * Decimal("1.36")


def _write(sheet: Sheet, line: Set) -> None:
    sheet.text(
        *(line.said, line.left, line.base),
        size=line.size,
        width=line.room,
        bold=line.bold,
        align=line.align,
    )


MIDDLE = {
    Look.HEAD: (1.35, True),
    Look.MIDDLE: (1.0, False),
    Look.STRONG: (1.1, True),
    Look.BIG: (1.8, True),
}


def _set(piece: Piece, how: Setting, at: Decimal) -> list[Set]:
    """Return the lines of a piece that begins at a height."""
    if piece.look in MIDDLE:
        times, bold = MIDDLE[piece.look]
        size = how.size * times
        if piece.look is Look.BIG:
            at += _high(how.size) / 3
            lines = [piece.left]
        else:
            lines = in_lines(piece.left, how.room, size, bold=bold)
        return _below(lines, at, size, how.side, how.room, bold=bold, align="center")
    return _pair(piece, how, at)


def _below(
    lines: Sequence[str],
    at: Decimal,
    size: float,
    left: Decimal,
    room: Decimal,
    *,
    bold: bool = False,
    align: str = "left",
) -> list[Set]:
    step = _high(size)
    return [
        Set(said, left, at + step * place - step / 4, room, size, bold, align)
        for place, said in enumerate(lines, start=1)
    ]


def _pair(piece: Piece, how: Setting, at: Decimal) -> list[Set]:
    """Set a name at the left and what it is at the right, below it where it is long.

    On a sheet texts begin in a column; on a roll they end at the edge.
    """
    size, money = how.size, piece.look is Look.SUM
    if how.height is not None and not money:
        column = how.room * Decimal("0.3")
        room = how.room - column
        names = in_lines(piece.left, column - 2, size)
        values = in_lines(piece.right, room, size)
        return [
            *_below(names, at, size, how.side, column - 2),
            *_below(values, at, size, how.side + column, room),
        ]
    taken = wide(piece.left, PLAIN, size) + wide(piece.right, PLAIN, size) * 1.1
    values = [piece.right] if money else in_lines(piece.right, how.room, size)
    names = in_lines(piece.left, how.room, size)
    if taken <= points(how.room - 2):
        half = Decimal(str(wide(piece.left, PLAIN, size))) * POINT + 1
        left, room = how.side + half, how.room - half
    else:
        half, left, room = how.room, how.side, how.room
    first = _below(names, at, size, how.side, half)
    if half == how.room:
        at += _high(size) * len(names)
    return [*first, *_below(values, at, size, left, room, bold=money, align="right")]


def _signed(sheet: Sheet | None, piece: Piece, how: Setting, at: Decimal) -> Decimal:
    """Draw a line for each signature, and who signs on it, beneath."""
    captions = [said for said in (piece.left, piece.right) if said]
    gap, size = Decimal(4), how.size * 0.9
    each = (how.room - gap) / 2
    lines = [in_lines(said, each, size) for said in captions]
    for place, caption in enumerate(lines):
        left = how.side + place * (each + gap)
        if sheet is not None:
            sheet.rule(left, at, each)
            for line in _below(caption, at, size, left, each, align="center"):
                _write(sheet, line)
    return at + _high(size) * max(map(len, lines))


def _code(sheet: Sheet, said: str, left: Decimal, upper: Decimal) -> None:
    """Draw a square code, dot by dot."""
    rows = segno.make(said, error="m").matrix
    each = CODE / len(rows)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                sheet.canvas.rect(
                    points(left + across * each),
                    points(sheet.height - upper - (down + 1) * each),
                    *(points(each), points(each)),
                    stroke=0,
                    fill=1,
                )
