"""A checkpoint on paper says its whole line, in letters and as a square."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
import segno
from pypdf import PdfReader

from coopbook import checkpoints
from coopbook.printing.checkpoint_slip import QUIET, checkpoint_pdf, square
from coopbook.printing.loan_sheet import Printed, issuer_of
from tests.conftest import TODAY
from tests.coopbook.rounds.neighbours import whole

PRINTED = Printed("Rina", datetime(2026, 3, 21, 3, 0, tzinfo=UTC))


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_paper_has_the_line_the_words_and_the_record(coop, language):
    with whole(coop) as book:
        row = checkpoints.make(book, on=TODAY)
        made = checkpoint_pdf(row, issuer_of(book), PRINTED, language=language)
        (page,) = PdfReader(io.BytesIO(made)).pages
        said = page.extract_text()
        assert row.text in said.replace("\n", "")
        assert " ".join(checkpoints.words(row.head)) in said.replace("\n", " ")
        assert str(row.record) in said
        again = checkpoint_pdf(row, issuer_of(book), PRINTED, language=language)
        assert made == again


def test_the_square_is_drawn_module_by_module_with_an_empty_edge():
    text = "CB1|7|12|2026-03-16|ABC|2026-03-16T03:00:00Z|-|-"
    drawn = square(text, side=1000.0)
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    size = 1000.0 / (len(rows) + 2 * QUIET)
    found = {
        (round((1000.0 - one.y) / size) - 1 - QUIET, round(one.x / size) - QUIET)
        for one in drawn.contents
    }
    wanted = {
        (down, across)
        for down, row in enumerate(rows)
        for across, dark in enumerate(row)
        if dark
    }
    assert found == wanted
    assert min(one.x for one in drawn.contents) >= QUIET * size * 0.99
