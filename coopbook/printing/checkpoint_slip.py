"""A checkpoint on paper: its line, ten words to read aloud, and a QR code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import segno
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer

from coopbook.checkpoints import Checkpoint, words
from coopbook.i18n import N_
from coopbook.printing import loan_sheet, minutes_sheet
from coopbook.printing.loan_sheet import Issuer, Printed, Speech, pairs
from coopbook.printing.minutes_sheet import style

TEXT = style(10, spaceAfter=3 * mm)
LINE = style(9, spaceAfter=3 * mm, wordWrap="CJK")
SIDE = 70 * mm
QUIET = 4
"""Empty modules around the square, as the standard of QR codes asks (ISO/IEC 18004)."""


def square(text: str, side: float = SIDE) -> Drawing:
    """Return a text as a QR code of a side in points."""
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    count = len(rows) + 2 * QUIET
    size = side / count
    drawing = Drawing(side, side)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                left, top = (across + QUIET) * size, side - (down + QUIET + 1) * size
                drawing.add(_module(left, top, size))
    return drawing


def _module(left: float, top: float, size: float) -> Any:
    # A hair wider than a module, so that no printer leaves a white line between two.
    wide = size * 1.02
    return Rect(left, top, wide, wide, fillColor=colors.black, strokeWidth=0)


def checkpoint_pdf(
    of: Checkpoint, issuer: Issuer, printed: Printed, *, language: str = "id"
) -> bytes:
    """Return a checkpoint as a page to be kept outside the office."""
    minutes_sheet.letters()
    speech = Speech(language)
    return loan_sheet.as_pdf(
        _story(of, issuer, speech),
        issuer,
        speech,
        label=f"CB-{of.number:04d}",
        code="",
        printed=printed,
    )


def _story(of: Checkpoint, issuer: Issuer, speech: Speech) -> Iterator[Flowable]:
    title = speech.say(N_("How far the book had come"))
    number = speech.say(N_("Number %(label)s"), label=f"CB-{of.number:04d}")
    yield from loan_sheet.head(issuer, title, number, speech)
    yield pairs(
        [
            (speech.say(N_("Day")), speech.day(of.made_on)),
            (speech.say(N_("Record")), str(of.record)),
            (speech.say(N_("Made by")), loan_sheet.plain(of.made_by)),
        ]
    )
    yield Spacer(1, 3 * mm)
    keep = N_(
        "Keep this page outside the office: at the village office, in the minutes, at"
        " home. Whoever has it can tell later whether anything before it was changed."
    )
    yield Paragraph(speech.say(keep), TEXT)
    yield square(of.text)
    yield Paragraph(loan_sheet.plain(of.text), LINE)
    aloud = N_("To read aloud: %(words)s")
    yield Paragraph(speech.say(aloud, words=" ".join(words(of.head))), TEXT)
    yield loan_sheet.signatures(
        [
            (speech.say(N_("Handed over by")), "", ""),
            (speech.say(N_("Kept by")), "", ""),
        ]
    )
