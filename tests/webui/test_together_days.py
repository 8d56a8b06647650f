"""A year's end of two units: both languages, phone and laptop, axe.

The treasurer charges the other unit interest; the bookkeeper reads both books as one.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from coopbook import consolidation, ledger
from coopbook.book import Book
from coopbook.cooperatives import set_setting
from coopbook.founding import founding
from coopbook.ledger import chart
from coopbook.money import Money
from tests.conftest import FIRST_DAY, furnish
from tests.coopbook.goods.shop import bought, opened
from tests.webui.browsing import open_desks, sitting, staff
from tests.webui.test_crawl import LARGEST
from tests.webui.test_life_days import LANGUAGES, SIZES, Day
from webui.extensions import db

pytestmark = pytest.mark.browser

LATER = date(2027, 1, 4)
LENT = date(2026, 2, 2)
PICTURES = os.environ.get("COOPBOOK_SCREENSHOTS")


def names_the_other(book: Book, other: int) -> None:
    """Name the other unit in the by-laws."""
    set_setting(
        *(book, consolidation.SISTER, other),
        valid_from=FIRST_DAY,
        source="AD pasal 5",
        on=FIRST_DAY - timedelta(days=1),
    )


def booked(book: Book, left: int, right: int, amount: int, on: date = LENT) -> None:
    """Post two lines."""
    lines = [ledger.debit(left, Money(amount)), ledger.credit(right, Money(amount))]
    ledger.post(book, on=on, memo="antar unit", lines=lines)


def shop(book: Book) -> None:
    """A shop that gave its savings-and-loan unit capital and lends it money."""
    staff(book)
    furnish(book, 1)
    opened(book)
    booked(book, chart.BANK, 33_002, 90_000_000, FIRST_DAY)
    bought(book, 20, 230_000, supplier="UD Makmur", document="F-12")
    booked(book, 12_101, chart.BANK, 15_000_000)
    booked(book, 11_902, chart.BANK, 12_500_000)
    booked(book, 11_902, chart.BANK, 350_000)
    booked(book, chart.BANK, 42_002, 1_200_000, date(2026, 6, 30))
    names_the_other(book, 2)


def unit(app: Flask) -> None:
    """Found the savings-and-loan unit beside it."""
    with (
        app.app_context(),
        Session(db.engine) as session,
        founding(
            session,
            number=2,
            name="USP Melati Sejahtera",
            first_day=FIRST_DAY,
            actor="setup",
        ) as book,
    ):
        booked(book, chart.BANK, 31_004, 15_000_000)
        booked(book, chart.BANK, 21_902, 12_500_000)
        booked(book, 52_002, 21_902, 350_000)
        booked(book, chart.BANK, 42_002, 800_000, date(2026, 6, 30))
        ledger.post_voucher(
            *(book, "unit-charged", Money(125_000)), on=date(2026, 12, 31), memo="bunga"
        )
        names_the_other(book, 1)


def pictured(day: Day, name: str) -> None:
    """Keep a picture of the page where a folder for them is named, and weigh it."""
    body = day.page.request.get(day.page.url).body()
    assert len(body) <= LARGEST, (name, len(body))
    if PICTURES:
        width = day.page.viewport_size["width"]
        file = Path(PICTURES) / f"together-{name}-{day.language}-{width}.png"
        day.page.screenshot(path=file, full_page=True)


@SIZES
@LANGUAGES
def test_two_units_are_read_as_one(
    chromium: Any, size: tuple[int, int], language: str
) -> None:
    apps: list[Any] = []
    with open_desks(shop, apps, LATER) as address:
        unit(apps[0])
        sat = {"size": size, "language": language}
        with sitting(*(chromium, address, "yanti"), **sat) as page:
            keeper = Day(page, address, language)
            keeper.go("/year/2026")
            pictured(keeper, "year")
            answer = page.goto(f"{address}/year/2026/together/surplus")
            assert answer.status == 422
            keeper.look()
            pictured(keeper, "apart")
            assert "12.975.000" in keeper.said
        with sitting(*(chromium, address, "tono"), **sat) as page:
            treasurer = Day(page, address, language)
            treasurer.go("/vouchers")
            pictured(treasurer, "vouchers")
            treasurer.press("main a[href='/vouchers/new/unit-charge']")
            treasurer.fill(amount="125000", memo="Bunga Desember", on="2026-12-31")
            pictured(treasurer, "charge")
            treasurer.press()
            assert page.locator("main .preview").count(), treasurer.said
            assert "43101" in page.inner_html("main .preview")
            pictured(treasurer, "checked")
            treasurer.press()
            for what in ("position", "surplus", "equity", "cash"):
                treasurer.go(f"/year/2026/together/{what}")
                pictured(treasurer, what)
            assert "(12.500.000)" in treasurer.said
            assert "31/12/2025" not in page.inner_html("main table")
            treasurer.go("/year/2027/together/cash")
            assert "31/12/2026" in page.inner_html("main table")
            pictured(treasurer, "next")
    assert keeper.wrong == treasurer.wrong == []
    assert keeper.looked_at + treasurer.looked_at > 8
