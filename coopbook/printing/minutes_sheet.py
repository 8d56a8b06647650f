"""The A4 sheet of minutes: letters, ruled tables, and the foot of every page."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import reportlab
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Table,
)

FONT, BOLD_FONT = "Minutes", "MinutesBold"
QUIET, RULE = colors.HexColor("#566268"), colors.HexColor("#8b8775")
RED = colors.HexColor("#98291f")
MARGIN, SMALLEST = 18 * mm, 7.5
WIDTH = A4[0] - 2 * MARGIN
CUT = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}


def style(size: float = 9, *, bold: bool = False, **kwargs: Any) -> ParagraphStyle:
    """Return how a paragraph is set."""
    font = BOLD_FONT if bold else FONT
    return ParagraphStyle(
        font, fontName=font, fontSize=size, leading=size * 1.4, **kwargs
    )


PLAIN, SMALL = style(), style(8, textColor=QUIET)
CELL, HEAD_CELL = style(8), style(8, bold=True)
BOLD = style(bold=True, spaceAfter=2 * mm)
HEADING = style(10.5, bold=True, spaceBefore=5 * mm, spaceAfter=1.5 * mm)
TITLE = style(13, bold=True, alignment=TA_CENTER)
CENTRED = style(alignment=TA_CENTER)
DRAFT = style(bold=True, textColor=RED, spaceAfter=2 * mm)
PARAGRAPH = style(spaceAfter=1.2 * mm)
SIGNATURES = [
    ("FONT", (0, 0), (-1, -1), FONT, 9),
    ("ALIGN", (0, 0), (-1, -1), "CENTER"),
    ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
]


def text(words: str) -> Paragraph:
    """Return a paragraph; ``words`` are marked up already."""
    return Paragraph(words, PARAGRAPH)


def cell(words: str) -> Paragraph:
    """Return words for a cell that may break over lines; marked up already."""
    return Paragraph(words, CELL)


def fitting(words: str, width: float) -> str | Paragraph:
    """Return words as they stand where they fit a cell, else set to break."""
    letters()
    if stringWidth(words, FONT, 8) <= width:
        return words
    return Paragraph(escape(words, quote=False), CELL)


def ruled(
    heads: Sequence[str],
    rows: Sequence[Sequence[Any]],
    widths: Sequence[float],
    *,
    height: float | None = None,
) -> Table:
    """Return a ruled table whose heads stand on every page it runs over.

    ``height`` is that of every row but the head, in points.
    """
    return Table(
        [[Paragraph(head, HEAD_CELL) for head in heads], *rows],
        list(widths),
        [None, *[height] * len(rows)],
        repeatRows=1,
        style=[
            ("FONT", (0, 1), (-1, -1), FONT, 8),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LINEBELOW", (0, 0), (-1, 0), 1, RULE),
            ("LINEBELOW", (0, 1), (-1, -1), 0.25, RULE),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ],
    )


def printed(
    story: Iterable[Flowable], *, foot: str, page: str, title: str, top: str = ""
) -> bytes:
    """Return a PDF; the same story gives the same bytes.

    ``foot`` stands under every page, beside ``page``, a sentence that counts them:
    its facts are ``number`` and ``count``; ``top`` over every page but the first.
    """
    letters()
    memory = io.BytesIO()
    document = BaseDocTemplate(memory, pagesize=A4, invariant=1, title=title)
    frame = Frame(MARGIN, 18 * mm, WIDTH, A4[1] - 34 * mm, **CUT)
    document.addPageTemplates(PageTemplate(frames=[frame]))
    document.build(list(story), canvasmaker=numbered(foot, page, cut(top)))
    return memory.getvalue()


def cut(words: str, width: float = WIDTH, size: float = SMALLEST) -> str:
    """Return as much of a line as its room takes; what is cut ends in dots."""
    letters()
    while stringWidth(words, FONT, size) > width:
        words = f"{words.removesuffix('…')[:-1]}…"
    return words


@cache
def letters() -> None:
    """Make the letters known; before the first paragraph is set."""
    folder = Path(reportlab.__file__).parent / "fonts"
    registerFont(TTFont(FONT, str(folder / "Vera.ttf")))
    registerFont(TTFont(BOLD_FONT, str(folder / "VeraBd.ttf")))
    registerFontFamily(FONT, FONT, BOLD_FONT, FONT, BOLD_FONT)


def numbered(foot: str, page: str, top: str) -> type[Canvas]:
    """Return a canvas that writes “page n of m” under every page."""

    class Numbered(Canvas):  # type: ignore[misc] # reportlab has no types
        """A canvas that knows how many pages there are before it draws the last."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.waiting: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - reportlab's own name
            self.waiting.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, drawn in enumerate(self.waiting, start=1):
                self.__dict__.update(drawn)
                self.setFont(FONT, SMALLEST)
                self.setFillColor(QUIET)
                self.drawString(MARGIN, 10 * mm, foot)
                counted = page % {"number": number, "count": len(self.waiting)}
                self.drawRightString(A4[0] - MARGIN, 10 * mm, counted)
                if top and number > 1:
                    self.drawString(MARGIN, A4[1] - 11.5 * mm, top)
                super().showPage()
            super().save()

    return Numbered
