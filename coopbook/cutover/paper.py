"""A sheet of A4 for the record: letters, ruled tables, and the foot of every page."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import reportlab
from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont
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

RULE, INK, QUIET = colors.HexColor("#8b8775"), colors.black, colors.HexColor("#566268")
RED = colors.HexColor("#98291f")
MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN
CUT = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}


def style(size: float = 9, *, bold: bool = False, **kwargs: Any) -> ParagraphStyle:
    """Return how a paragraph is set."""
    font = "PaperBold" if bold else "Paper"
    return ParagraphStyle(
        font, fontName=font, fontSize=size, leading=size * 1.35, **kwargs
    )


PLAIN, BOLD = style(8), style(8, bold=True)
RIGHT = style(8, alignment=TA_RIGHT)
RIGHT_BOLD = style(8, bold=True, alignment=TA_RIGHT)
SMALL = style(7.5, textColor=QUIET)
HEAD = style(11, bold=True, spaceBefore=7 * mm, spaceAfter=2 * mm)


def printed(story: Iterable[Flowable], *, foot: str, page: str, **about: str) -> bytes:
    """Return a PDF; the same story gives the same bytes.

    ``foot`` stands under every page, beside ``page``, a sentence that counts them:
    its facts are ``number`` and ``count``.
    """
    memory = io.BytesIO()
    document = BaseDocTemplate(memory, pagesize=A4, invariant=1, **about)
    frame = Frame(MARGIN, 18 * mm, WIDTH, A4[1] - 34 * mm, **CUT)
    document.addPageTemplates(PageTemplate(frames=[frame]))
    _fonts()
    document.build(list(story), canvasmaker=_numbered(foot, page))
    return memory.getvalue()


@cache
def _fonts() -> None:
    folder = Path(reportlab.__file__).parent / "fonts"
    registerFont(TTFont("Paper", str(folder / "Vera.ttf")))
    registerFont(TTFont("PaperBold", str(folder / "VeraBd.ttf")))


def _numbered(foot: str, page: str) -> type[Canvas]:
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
                self.setFont("Paper", 7.5)
                self.setFillColor(QUIET)
                self.drawString(MARGIN, 10 * mm, foot)
                counted = page % {"number": number, "count": len(self.waiting)}
                self.drawRightString(A4[0] - MARGIN, 10 * mm, counted)
                super().showPage()
            super().save()

    return Numbered


def ruled(
    headings: Sequence[str],
    rows: list[list[Any]],
    widths: Sequence[int],
    foot: list[Any] | None = None,
) -> Table:
    """Return a ruled table: two columns of words, then figures; a double rule ends it.

    Its headings stand on every page it runs over.
    """
    head = [
        Paragraph(heading, BOLD if place < 2 else RIGHT_BOLD)
        for place, heading in enumerate(headings)
    ]
    rules = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 1, RULE),
        ("LINEBELOW", (0, 1), (-1, -1), 0.25, RULE),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ]
    body = [head, *rows]
    if foot is not None:
        body.append(foot)
        rules += [
            ("LINEABOVE", (0, -1), (-1, -1), 1, INK),
            ("LINEBELOW", (0, -1), (-1, -1), 1, INK, 0, None, None, 2, 1.5),
        ]
    return Table(
        body,
        colWidths=[width * WIDTH / sum(widths) for width in widths],
        style=rules,
        repeatRows=1,
    )
