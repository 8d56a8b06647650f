"""Papers as pictures: what a printer would put on them, dot by dot.

Pictures are kept in ``golden``, in sixteen shades of grey; ``COOPBOOK_GOLDEN=1`` draws
them afresh, to be looked at before they are kept.  A dot counts as another when it
differs by more than a third of the way from white to black, and at most one in two
thousand may, because another version of the program that draws rounds the edges of
letters differently.
"""

from __future__ import annotations

import io
import itertools
import os
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from pypdfium2 import raw

from coopbook.printing import passbook as drawn
from coopbook.printing.certificate import certificate_pdf
from coopbook.printing.cover import cover_pdf, picture
from coopbook.printing.passbook import lines_pdf
from coopbook.printing.receipt import SlipPaper, slip_pdf
from coopbook.savings.passbooks import SHAPES
from coopbook.savings.rules import PassbookPaper
from tests.coopbook.printing import samples

GOLDEN = Path(__file__).parent / "golden"
DRAW = os.environ.get("COOPBOOK_GOLDEN") == "1"
DENSITY = 1.6
"""Dots for each point, 115 to the inch."""
DIFFERS, ALLOWED = 85, Decimal(1) / 2000
LARGEST_PICTURE = 20_000
MILLIMETRE = 72 / 25.4
A6, LARGE = PassbookPaper.A6, PassbookPaper.LARGE


def pages_of(pdf: bytes, scale: float = DENSITY) -> list[Image.Image]:
    """Return every page of a PDF as a grey picture."""
    document = pypdfium2.PdfDocument(pdf)
    found = [page.render(scale=scale).to_pil().convert("L") for page in document]
    document.close()
    return found


def share_of(one: Image.Image, other: Image.Image) -> Decimal:
    """Return the share of dots that differ."""
    if one.size != other.size:
        return Decimal(1)
    counts = ImageChops.difference(one, other).histogram()
    return Decimal(sum(counts[DIFFERS + 1 :])) / sum(counts)


PAPERS: dict[str, Callable[[], bytes]] = {
    "passbook-a6": lambda: lines_pdf(samples.history(A6, 20), A6, language="en"),
    "passbook-140x200": lambda: lines_pdf(
        samples.history(LARGE, 24), LARGE, language="en"
    ),
    "cover-a6": lambda: cover_pdf(samples.COVER),
    "cover-140x200": lambda: cover_pdf(replace(samples.LONG_COVER, paper=LARGE)),
    "slip-58": lambda: slip_pdf(samples.SLIP, SlipPaper.NARROW),
    "slip-80": lambda: slip_pdf(samples.SLIP, SlipPaper.WIDE),
    "slip-a5": lambda: slip_pdf(samples.SLIP, SlipPaper.A5),
    "certificate": lambda: certificate_pdf(samples.CERTIFICATE),
}
CROWDED: dict[str, Callable[[], bytes]] = {
    "passbook-a6": lambda: lines_pdf(samples.history(A6, 40, True), A6, language="en"),
    "passbook-140x200": lambda: lines_pdf(
        samples.history(LARGE, 48, True), LARGE, language="en"
    ),
    "cover-a6": lambda: cover_pdf(samples.LONG_COVER),
    "cover-140x200": lambda: cover_pdf(replace(samples.LONG_COVER, paper=LARGE)),
    **{
        f"slip-{paper}": lambda paper=paper: slip_pdf(samples.LONG_SLIP, paper)
        for paper in SlipPaper
    },
    "certificate": lambda: certificate_pdf(samples.LONG_CERTIFICATE),
}


# -- printed in sittings ---------------------------------------------------------


def laid_over(pdfs: list[bytes]) -> list[Image.Image]:
    """Return what sheets look like that went through the printer several times."""
    found: dict[int, Image.Image] = {}
    for pdf in pdfs:
        for number, page in enumerate(pages_of(pdf)):
            before = found.get(number, page)
            found[number] = ImageChops.darker(before, page)
    return [found[number] for number in sorted(found)]


@settings(max_examples=12, deadline=None)
@given(
    paper=st.sampled_from(PassbookPaper),
    cuts=st.sets(st.integers(1, 19), max_size=6),
    largest=st.booleans(),
)
def test_a_page_printed_in_sittings_is_the_page_printed_at_once(paper, cuts, largest):
    lines = samples.history(paper, 20, largest)
    ends = [0, *sorted(cuts), len(lines)]
    parts = [lines[one:other] for one, other in itertools.pairwise(ends)]

    sittings = [lines_pdf(part, paper, language="en") for part in parts]

    (page,) = pages_of(lines_pdf(lines, paper, language="en"))
    (paper_,) = laid_over(sittings)
    assert ImageChops.difference(page, paper_).getbbox() is None


@pytest.mark.parametrize("paper", PassbookPaper)
def test_a_sitting_leaves_the_rest_of_the_page_white(paper):
    """Only the line asked for is drawn, within its own row, and never on the fold."""
    shape = SHAPES[paper]
    for line in samples.history(paper, shape.rows, largest=True):
        (page,) = pages_of(lines_pdf([line], paper, language="en"), scale=2)
        box = ImageChops.invert(page).getbbox()
        upper = shape.upper(line.row)
        dots = 2 * MILLIMETRE
        assert float(upper) * dots <= box[1] <= box[3]
        assert box[3] <= float(upper + shape.line) * dots
        begins, ends = (float(at) * dots for at in shape.fold)
        assert box[3] <= begins or box[1] >= ends


def test_lines_over_two_pages_are_two_sheets():
    lines = samples.history(A6, 23)[17:]

    first, second = pages_of(lines_pdf(lines, A6, language="en"))

    rows = SHAPES[A6].upper
    inked = [ImageChops.invert(page).getbbox() for page in (first, second)]
    assert inked[0][1] >= float(rows(18)) * DENSITY * MILLIMETRE
    assert inked[1][3] <= float(rows(4)) * DENSITY * MILLIMETRE


# -- pictures that are kept ------------------------------------------------------


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_looks_as_the_picture_that_is_kept(name):
    (page,) = pages_of(PAPERS[name]())
    kept = GOLDEN / f"{name}.png"
    if DRAW:
        GOLDEN.mkdir(exist_ok=True)
        page.point(lambda grey: grey // 17 * 17).save(kept, optimize=True)
    with Image.open(kept) as golden:
        golden = golden.convert("L")
        assert share_of(page, golden) <= ALLOWED

    assert kept.stat().st_size <= LARGEST_PICTURE


@pytest.mark.parametrize("paper", PassbookPaper)
def test_one_line_a_millimetre_off_is_another_picture(paper, monkeypatch):
    """The picture notices what a printer that feeds badly would do to one line."""
    shape = SHAPES[paper]

    class Shifted(type(shape)):
        """A shape whose fifth row lies a millimetre lower."""

        def upper(self, row):
            return shape.upper(row) + (row == 5)

    fields = {name: getattr(shape, name) for name in type(shape).__slots__}
    monkeypatch.setattr(drawn, "SHAPES", {paper: Shifted(**fields)})

    (page,) = pages_of(PAPERS[f"passbook-{paper}"]())

    with Image.open(GOLDEN / f"passbook-{paper}.png") as golden:
        assert share_of(page, golden.convert("L")) > ALLOWED


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_paper_is_the_same_to_the_byte(name):
    assert PAPERS[name]() == PAPERS[name]()


# -- room ------------------------------------------------------------------------


def boxes_of(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """Return where each text of a page stands: left, lower, right, upper, in points."""
    texts = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
    return [text.get_bounds() for text in texts]


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Say whether two boxes lie over each other by more than a hair."""
    hair = 0.25
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > hair
        and min(one[3], other[3]) - max(one[1], other[1]) > hair
    )


@pytest.mark.parametrize("name", CROWDED)
@pytest.mark.parametrize("papers", [PAPERS, CROWDED], ids=["usual", "crowded"])
def test_no_text_leaves_the_paper_or_lies_on_another(name, papers):
    document = pypdfium2.PdfDocument(papers[name]())
    for page in document:
        width, height = page.get_size()
        edge = 3 * MILLIMETRE
        boxes = boxes_of(page)
        assert boxes
        for left, lower, right, upper in boxes:
            assert left >= edge
            assert lower >= edge
            assert right <= width - edge
            assert upper <= height - edge
        over = [pair for pair in itertools.combinations(boxes, 2) if overlap(*pair)]
        assert not over
    document.close()


@pytest.mark.parametrize("paper", PassbookPaper)
def test_nothing_on_a_cover_lies_on_the_fold(paper):
    shape = SHAPES[paper]
    for cover in (samples.COVER, samples.LONG_COVER):
        (page,) = pages_of(cover_pdf(replace(cover, paper=paper)), scale=2)
        begins, ends = (float(at) * 2 * MILLIMETRE for at in shape.fold)
        fold = page.crop((0, int(begins) + 1, page.width, int(ends)))
        assert ImageChops.invert(fold).getbbox() is None


def test_a_roll_is_as_long_as_its_text():
    heights = []
    for slip in (samples.SLIP, samples.LONG_SLIP):
        document = pypdfium2.PdfDocument(slip_pdf(slip, SlipPaper.NARROW))
        width, height = document[0].get_size()
        (page,) = pages_of(slip_pdf(slip, SlipPaper.NARROW))
        ends = ImageChops.invert(page).getbbox()[3] / DENSITY
        assert round(width / MILLIMETRE) == 58
        assert 5 * MILLIMETRE <= height - ends <= 8 * MILLIMETRE
        heights.append(height)
        document.close()
    assert heights[1] > heights[0] * 1.5


def said(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


@pytest.mark.parametrize("paper", SlipPaper)
def test_the_largest_amount_and_a_long_name_are_whole_on_every_roll(paper):
    text = said(slip_pdf(samples.LONG_SLIP, paper))

    assert "Rp 9.000.000.000.000" in text
    assert "nine trillion rupiah" in text
    for word in samples.LONG.split():
        assert word in text
    assert "…" not in text


def test_amounts_in_a_passbook_are_never_cut():
    for paper in PassbookPaper:
        text = said(lines_pdf(samples.history(paper, 8, True), paper, language="en"))
        assert "…" not in text
        assert text.count("9.000.000.000.000") == 8 + 7


def test_a_photo_is_cut_to_its_room_and_rubbish_is_left_out():
    made = picture(samples.photo(200, 900))
    assert made.size == (400, 540)
    assert picture(b"\x89PNG\r\n\x1a\n" + b"0" * 40) is None
    whole = samples.photo()
    assert picture(whole[: len(whole) // 2]) is None
    plain = io.BytesIO()
    Image.new("1", (9000, 9000)).save(plain, "PNG")
    assert picture(plain.getvalue()) is None
    without = cover_pdf(replace(samples.COVER, photo=b"rubbish"))
    assert "Photo" in said(without)
