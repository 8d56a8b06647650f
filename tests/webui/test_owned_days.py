"""A bookkeeper enters what older books had: both languages, phone and laptop, axe."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from coopbook.book import Book
from tests.conftest import furnish
from tests.coopbook.assets.test_taken_over import carried_over
from tests.webui.browsing import open_desks, sitting, staff
from tests.webui.test_crawl import LARGEST
from tests.webui.test_life_days import LANGUAGES, SIZES, Day

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("COOPBOOK_SCREENSHOTS")


def village(book: Book) -> None:
    """A book that took a laptop over, which its register does not know yet."""
    staff(book)
    furnish(book, 1)
    carried_over(book)


def pictured(day: Day, name: str) -> None:
    body = day.page.request.get(day.page.url).body()
    assert len(body) <= LARGEST, (name, len(body))
    if PICTURES:
        width = day.page.viewport_size["width"]
        file = Path(PICTURES) / f"owned-{name}-{day.language}-{width}.png"
        day.page.screenshot(path=file, full_page=True)


@SIZES
@LANGUAGES
def test_what_older_books_had_comes_into_the_register(
    chromium: Any, size: tuple[int, int], language: str
) -> None:
    with (
        open_desks(village) as address,
        sitting(*(chromium, address, "yanti"), size=size, language=language) as page,
    ):
        day = Day(page, address, language)
        day.go("/assets")
        pictured(day, "apart")
        day.press("main a[href*='/assets/new?account=13005']")
        day.fill(name="Laptop lama", months="48", residual="500000", on="17/03/2024")
        day.fill(worn_before="1900000")
        pictured(day, "entering")
        day.press()
        assert page.locator("main .preview").count(), day.said
        pictured(day, "entered")
        day.press()
        assert "3.100.000" in day.said
        pictured(day, "register")
    assert day.wrong == []
    assert day.looked_at == 4
