"""A sheet of any size: its letters, and texts that keep to the room they have."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import reportlab
from reportlab.pdfbase.pdfmetrics import getFont, registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

PLAIN, BOLD = "SheetPlain", "SheetBold"
FILES = {PLAIN: "Vera.ttf", BOLD: "VeraBd.ttf"}
"""Bitstream Vera comes with reportlab; its figures are all equally wide."""
NARROWEST = 60
"""To how many percent of its width a text is drawn before it is cut."""
POINT = Decimal(72) / Decimal("25.4")


def points(millimetres: Decimal | int) -> float:
    """Return a length in the points a PDF is measured in."""
    return float(millimetres * POINT)


@cache
def fonts() -> None:
    """Make the letters known to reportlab."""
    folder = Path(reportlab.__file__).parent / "fonts"
    for name, file in FILES.items():
        registerFont(TTFont(name, str(folder / file)))


def printable(text: str) -> str:
    """Return a text in letters the sheet has: accents dropped, the rest a mark.

    >>> printable("Łucja Ibrahimović 王")
    'Łucja Ibrahimović ?'
    >>> printable("Ş. Ơng")
    'Ş. Ong'
    """
    fonts()
    known = getFont(PLAIN).face.charToGlyph
    found = []
    for letter in unicodedata.normalize("NFC", text):
        plain = unicodedata.normalize("NFKD", letter)[0]
        found.append(next((c for c in (letter, plain) if ord(c) in known), "?"))
    return "".join(found)


def width_of(text: str, font: str, size: float) -> float:
    """Return how wide a text is, in points."""
    fonts()
    return float(stringWidth(text, font, size))


def wrapped(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Break a text into lines that fit, between words; a longer word within itself.

    >>> wrapped("setoran simpanan sukarela", lambda line: len(line) <= 10)
    ['setoran', 'simpanan', 'sukarela']
    >>> wrapped("A-1234567890123", lambda line: len(line) <= 10)
    ['A-12345678', '90123']
    """
    lines, line = list[str](), ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if fits(longer):
            line = longer
            continue
        if line:
            lines.append(line)
        while not fits(word):
            cut = next((n for n in range(len(word) - 1, 1, -1) if fits(word[:n])), 1)
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    return [*lines, line] if line else lines


def in_lines(
    text: str, width: Decimal, size: float, *, bold: bool = False
) -> list[str]:
    """Break a text into the lines it takes in a room so many millimetres wide."""
    room, font = points(width), BOLD if bold else PLAIN
    return wrapped(printable(text), lambda line: width_of(line, font, size) <= room)


def at_most(lines: list[str], count: int) -> list[str]:
    """Return no more than so many lines: what is left over goes onto the last.

    >>> at_most(["Siti", "Aminah", "Nurul"], 2), at_most(["Siti"], 2)
    (['Siti', 'Aminah Nurul'], ['Siti'])
    """
    rest = " ".join(lines[count - 1 :])
    return [*lines[: count - 1], rest] if rest else lines


class Sheet:
    """A PDF drawn in millimetres from the upper left corner of the paper."""

    def __init__(self, canvas: Canvas, height: Decimal) -> None:
        self.canvas = canvas
        self.height = height

    def text(
        self,
        said: str,
        left: Decimal,
        base: Decimal,
        *,
        size: float,
        width: Decimal,
        bold: bool = False,
        align: str = "left",
    ) -> None:
        """Write a text on a line into the room it has.

        ``base`` is where the letters stand.  A text that is too wide is drawn
        narrower, and what is wider still is cut and ends in dots.
        """
        font, room = BOLD if bold else PLAIN, points(width)
        said = printable(said)
        while len(said) > 1 and width_of(said, font, size) * NARROWEST > room * 100:
            said = f"{said.removesuffix('…')[:-1]}…"
        taken = width_of(said, font, size)
        scale = min(1.0, room / taken) if taken else 1.0
        begins = points(left)
        if align != "left":
            free = room - taken * scale
            begins += free if align == "right" else free / 2
        drawn = self.canvas.beginText(begins, points(self.height - base))
        drawn.setFont(font, size)
        drawn.setHorizScale(scale * 100)
        drawn.textOut(said)
        self.canvas.drawText(drawn)

    def rule(
        self, left: Decimal, at: Decimal, width: Decimal, thick: float = 0.5
    ) -> None:
        """Draw a line across."""
        self.canvas.setLineWidth(thick)
        y = points(self.height - at)
        self.canvas.line(points(left), y, points(left + width), y)

    def box(
        self,
        left: Decimal,
        upper: Decimal,
        width: Decimal,
        height: Decimal,
        thick: float = 0.5,
    ) -> None:
        """Draw the edge of a box."""
        self.canvas.setLineWidth(thick)
        self.canvas.rect(
            *(points(left), points(self.height - upper - height)),
            *(points(width), points(height)),
        )


@contextmanager
def drawing(
    width: Decimal, height: Decimal, *, title: str, author: str, language: str
) -> Iterator[tuple[Sheet, io.BytesIO]]:
    """Hand out a sheet to draw on and where the PDF will lie; it is whole afterwards.

    The same drawing gives the same bytes.
    """
    fonts()
    memory = io.BytesIO()
    canvas: Any = Canvas(
        memory,
        pagesize=(points(width), points(height)),
        invariant=1,
        lang=language,
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setViewerPreference("PrintScaling", "None")
    yield Sheet(canvas, height), memory
    canvas.save()
