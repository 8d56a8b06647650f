"""The pages of the meeting's book: chapters, contents, charts, long tables."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing, String
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus.tableofcontents import TableOfContents

from coopbook.money import Money
from coopbook.numerals import in_figures
from coopbook.printing import loan_sheet, minutes_sheet
from coopbook.printing.minutes_sheet import (
    CUT,
    FONT,
    MARGIN,
    WIDTH,
    numbered,
    style,
)
from coopbook.printing.statement_tables import PART

CHAPTER = style(14, bold=True, spaceAfter=3 * mm)
PROSE = style(9.5, spaceAfter=1.6 * mm)
NOTE = style(8.5, spaceBefore=1 * mm)
ENTRY = style(10, leftIndent=0, firstLineIndent=0)
PADI, KUNYIT = colors.HexColor("#1e6b52"), colors.HexColor("#e0a11b")
FOOT = 30 * mm
"""So much room a title of a part wants for itself and what begins under it."""
BELOW = 0.2
"""How much of a chart is left under a bar that goes down, for its figure."""
AT_ONCE = 400
"""So many rows of a long table are set together: a page does not wait for all."""
LINES = 2.2 * mm
MILLION = 1_000_000


class Chapter(Paragraph):  # type: ignore[misc] # reportlab has no types
    """The title of a chapter; it stands in the contents with its page."""

    def __init__(self, number: int, words: str) -> None:
        super().__init__(f"{number}. {words}", CHAPTER)
        self.entry = f"{number}. {words}"


class _Document(BaseDocTemplate):  # type: ignore[misc] # reportlab has no types
    """A document that tells its contents of every chapter."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's
        """Tell the contents on which page a chapter begins."""
        if isinstance(flowable, Chapter):
            key = f"chapter-{flowable.entry.split('.', 1)[0]}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.getPlainText(), key, 0, 0)
            self.notify("TOCEntry", (0, flowable.entry, self.page, key))


def contents() -> TableOfContents:
    """Return the contents; they are filled in when the pages are known."""
    found = TableOfContents(dotsMinLevel=0)
    found.levelStyles = [ENTRY]
    return found


def bound(
    story: Callable[[], Iterable[Flowable]],
    *,
    foot: str,
    page: str,
    title: str,
    top: str,
) -> bytes:
    """Return the book as a PDF with page numbers in its contents.

    The same story gives the same bytes.
    """
    minutes_sheet.letters()
    memory = io.BytesIO()
    document = _Document(memory, pagesize=A4, invariant=1, title=title)
    frame = Frame(MARGIN, 18 * mm, WIDTH, A4[1] - 34 * mm, **CUT)
    document.addPageTemplates(PageTemplate(frames=[frame]))
    document.multiBuild(
        list(_with_what_follows(story())),
        canvasmaker=numbered(foot, page, minutes_sheet.cut(top)),
    )
    return memory.getvalue()


def _with_what_follows(story: Iterable[Flowable]) -> Iterator[Flowable]:
    """Let no title of a part stand alone at the foot of a page."""
    for each in story:
        if isinstance(each, Paragraph) and each.style is PART:
            yield CondPageBreak(FOOT)
        yield each


def prose(text: str) -> Iterator[Flowable]:
    """Return what somebody wrote, a paragraph a line."""
    for line in text.splitlines():
        if line.strip():
            yield Paragraph(loan_sheet.plain(line), PROSE)
        else:
            yield Spacer(1, 1.5 * mm)


def long_table(
    heads: Sequence[str],
    rows: Sequence[Sequence[Any]],
    columns: Sequence[float],
    *,
    words: int,
    total: Sequence[str],
    done: Callable[[int, int], None],
) -> Iterator[Flowable]:
    """Return a table of any length in pieces, each with the heads over it."""
    for at in range(0, max(len(rows), 1), AT_ONCE):
        some = rows[at : at + AT_ONCE]
        last = at + AT_ONCE >= len(rows)
        yield loan_sheet.figures(
            *(heads, some, columns), words=words, total=total if last else None
        )
        done(min(at + AT_ONCE, len(rows)), len(rows))


def bars(
    title: str, years: Sequence[int], amounts: Sequence[Money], said: str
) -> Flowable:
    """Return a chart of a figure by year, in millions, each bar with its figure.

    ``said`` is what the unit is called.  The table beside it says the same.
    """
    drawing = Drawing(WIDTH / 2 - 4 * mm, 48 * mm)
    chart = VerticalBarChart()
    chart.x, chart.y = 14 * mm, 8 * mm
    chart.width, chart.height = drawing.width - 18 * mm, 30 * mm
    millions = [amount.units / MILLION for amount in amounts]
    chart.data = [millions]
    chart.categoryAxis.categoryNames = [str(year) for year in years]
    chart.categoryAxis.labelAxisMode = "low"
    chart.categoryAxis.labels.fontName = FONT
    chart.categoryAxis.labels.fontSize = 7
    chart.valueAxis.labels.fontName = FONT
    chart.valueAxis.labels.fontSize = 7
    lowest, highest = min(0.0, *millions, 0.0), max(0.0, *millions, 0.0)
    below = (highest - lowest) * BELOW if lowest < 0 else 0.0
    chart.valueAxis.valueMin = lowest - below
    if not any(millions):
        chart.valueAxis.valueMax = 1
    chart.valueAxis.labelTextFormat = lambda value: in_figures(Money(round(value)))
    chart.bars[0].fillColor = PADI
    chart.bars[0].strokeColor = None
    chart.barLabels.fontName = FONT
    chart.barLabels.fontSize = 6.5
    chart.barLabels.nudge = 6
    chart.barLabelFormat = lambda value: in_figures(Money(round(value)))
    drawing.add(chart)
    drawing.add(String(0, 44 * mm, f"{title} ({said})", fontName=FONT, fontSize=8))
    return drawing


def new_chapter(number: int, words: str) -> list[Flowable]:
    """Return a chapter's title on a page of its own."""
    return [PageBreak(), Chapter(number, words)]
