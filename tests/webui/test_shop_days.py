"""A day of the shop: both languages, phone and laptop, axe.

The bookkeeper puts an item on the list and enters a purchase; the teller sells to a
member and to somebody else, and counts what is left; what the member saved is read
in the report of the year.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from coopbook import goods
from coopbook.book import Book
from tests.conftest import furnish
from tests.coopbook.goods.shop import bought, opened
from tests.webui.browsing import open_desks, sitting, staff
from tests.webui.test_crawl import LARGEST
from tests.webui.test_life_days import LANGUAGES, SIZES, Day

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("COOPBOOK_SCREENSHOTS")


def village(book: Book) -> None:
    """A shop with rice and soap."""
    staff(book)
    furnish(book, 1)
    opened(book)
    bought(book, 20, 230_000, supplier="UD Makmur", document="F-12")
    assert goods.tied(book).holds


def pictured(day: Day, name: str) -> None:
    """Keep a picture of the page where a folder for them is named, and weigh it."""
    body = day.page.request.get(day.page.url).body()
    assert len(body) <= LARGEST, (name, len(body))
    if PICTURES:
        width = day.page.viewport_size["width"]
        file = Path(PICTURES) / f"shop-{name}-{day.language}-{width}.png"
        day.page.screenshot(path=file, full_page=True)


@SIZES
@LANGUAGES
def test_a_day_in_the_shop(chromium: Any, size: tuple[int, int], language: str) -> None:
    with open_desks(village) as address:
        sat = {"size": size, "language": language}
        with sitting(*(chromium, address, "yanti"), **sat) as page:
            keeper = Day(page, address, language)
            keeper.go("/shop/items/new")
            pictured(keeper, "item")
            keeper.post(
                code="G01",
                name="Gula pasir",
                unit="kg",
                member_price="15000",
                other_price="16000",
            )
            keeper.go("/shop/purchase?item=3")
            keeper.post(quantity_1="25", cost_1="350000", paid_from="11201")
            pictured(keeper, "stock")
        with sitting(*(chromium, address, "rina"), **sat) as page:
            till = Day(page, address, language)
            till.go("/shop")
            till.go("/shop/sale?item=1")
            pictured(till, "till")
            page.fill("main [name=quantity_1]", "2,5")
            page.fill("main [name=member]", "1")
            till.press()
            assert "32.500" in till.said
            pictured(till, "checked")
            till.press()
            assert "Siti Aminah" in till.said
            till.go("/shop/sale?item=3")
            till.post(quantity_1="1,25")
            assert "20.000" in till.said
            till.go("/shop/sale?item=3")
            page.fill("main [name=quantity_1]", "99")
            till.press()
            assert "23,75 kg" in till.said
            pictured(till, "refused")
            till.go("/shop/items/1/count")
            pictured(till, "count")
            till.post(quantity="17", witness="sari", explanation="karung bocor")
            pictured(till, "card")
        with sitting(*(chromium, address, "yanti"), **sat) as page:
            reader = Day(page, address, language)
            reader.go("/year/2026/benefit")
            assert "35.000" in reader.said
            pictured(reader, "benefit")
    assert keeper.wrong == till.wrong == reader.wrong == []
    assert keeper.looked_at + till.looked_at > 10
