"""Three days around the end of a year: both languages, phone and laptop, axe.

The treasurer and the bookkeeper close it, the chair takes it to the meeting, the
auditor goes from a figure to the voucher behind it.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coopbook import surplus, yearend
from coopbook.book import Book
from tests.conftest import furnish
from tests.coopbook.surplus.policies import simple
from tests.coopbook.yearend.years import close_months, decided, lived
from tests.webui.browsing import open_desks, sitting, staff
from tests.webui.test_crawl import LARGEST
from tests.webui.test_life_days import LANGUAGES, SIZES, Day

pytestmark = pytest.mark.browser

LATER = date(2027, 3, 22)
PICTURES = os.environ.get("COOPBOOK_SCREENSHOTS")


def village(book: Book) -> None:
    """A year that is over, its months closed."""
    staff(book)
    furnish(book, 1)
    lived(book)
    close_months(book)


def closed_village(book: Book) -> None:
    """The same, closed, with percentages and a decision of the members."""
    village(book)
    surplus.set_policy(book, simple(), first_year=2026, source="AD 45", on=LATER)
    yearend.close_year(book, 2026, today=date(2027, 1, 15))
    decided(book, title="Laporan dan SHU 2026")


def pictured(day: Day, name: str) -> None:
    """Keep a picture of the page where a folder for them is named, and weigh it."""
    body = day.page.request.get(day.page.url).body()
    assert len(body) <= LARGEST, (name, len(body))
    if PICTURES:
        width = day.page.viewport_size["width"]
        file = Path(PICTURES) / f"annual-{name}-{day.language}-{width}.png"
        day.page.screenshot(path=file, full_page=True)


@SIZES
@LANGUAGES
def test_the_year_is_looked_at_planned_and_closed(
    chromium: Any, size: tuple[int, int], language: str
) -> None:
    with open_desks(village, today=LATER) as address:
        sat = {"size": size, "language": language}
        with sitting(*(chromium, address, "tono"), **sat) as page:
            treasurer = Day(page, address, language)
            treasurer.go("/year")
            pictured(treasurer, "open")
            for what in ("position", "surplus", "equity", "cash"):
                treasurer.go(f"/year/2026/statements/{what}")
                pictured(treasurer, what)
            treasurer.go("/year/2027/budget/line")
            treasurer.post(account="52009", amount="600000")
            assert "600.000" in treasurer.said
            pictured(treasurer, "budget")
        with sitting(*(chromium, address, "yanti"), **sat) as page:
            keeper = Day(page, address, language)
            keeper.go("/year/2026")
            keeper.press("main a[href='/year/2026/close']")
            keeper.press()
            assert "39999" in page.inner_html("main .preview")
            pictured(keeper, "closing")
            keeper.press()
            assert "yanti" in keeper.said
            pictured(keeper, "closed")
    assert treasurer.wrong == keeper.wrong == []
    assert treasurer.looked_at + keeper.looked_at > 10


@SIZES
@LANGUAGES
def test_the_chair_takes_the_year_to_the_meeting(
    chromium: Any, size: tuple[int, int], language: str
) -> None:
    with (
        open_desks(closed_village, today=LATER) as address,
        sitting(*(chromium, address, "budi"), size=size, language=language) as page,
    ):
        day = Day(page, address, language)
        day.go("/year/2026/meeting-book")
        pictured(day, "book")
        day.press("main a[href='/year/2026/texts/board']")
        day.post(body="Tahun yang baik.")
        paper = f"{address}/year/2026/meeting-book.pdf?language={language}"
        assert day.page.request.get(paper).body().startswith(b"%PDF-")
        day.go("/year/2026/surplus/policy")
        day.fill(reserve="45", patronage="25")
        day.press()
        pictured(day, "what-if")
        day.go("/year/2026/surplus")
        pictured(day, "draft")
        day.press("main a[href='/year/2026/surplus/decided']")
        day.press()
        day.press()
        assert "RA-2027-001" in day.said
        pictured(day, "decided")
        day.go("/year/2026/approving")
        day.press()
        day.press()
        day.go("/year/2026")
        assert "RA-2027-001" in day.said
        pictured(day, "approved")
    assert day.wrong == []
    assert day.looked_at > 10


@SIZES
@LANGUAGES
def test_an_auditor_goes_from_a_figure_to_its_voucher(
    chromium: Any, size: tuple[int, int], language: str
) -> None:
    with (
        open_desks(closed_village, today=LATER) as address,
        sitting(*(chromium, address, "agus"), size=size, language=language) as page,
    ):
        day = Day(page, address, language)
        day.go("/year/2026")
        day.press("main a[href='/year/2026/statements/surplus']")
        day.press("main a[href*='/behind/surplus/general']")
        assert "52009" in day.said
        pictured(day, "behind")
        day.press("main a[href^='/books/accounts/52009/statement']")
        day.press("main tr:has-text('listrik') a[href^='/books/vouchers/']")
        assert "listrik" in day.said
        pictured(day, "voucher")
        for what in ("score", "pearls", "tool"):
            day.go(f"/year/2026/health/{what}")
            pictured(day, f"health-{what}")
        day.go("/year/2026/health/score/1a")
        pictured(day, "ratio")
        for kind in ("xlsx", "csv", "pdf"):
            file = day.page.request.get(f"{address}/year/2026/statements.{kind}")
            assert file.status == 200
    assert day.wrong == []
    assert day.looked_at > 8
