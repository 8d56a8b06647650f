"""Two weeks of a credit officer who collects: both languages, phone and laptop.

A visit, a promise that is not kept, help that is offered, a letter, a mistake struck
out; every page on the way is looked at by axe and read in the language asked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coopbook import members
from coopbook.book import Book
from tests.conftest import furnish
from tests.coopbook.rounds.neighbours import furnish_street, lend
from tests.webui.browsing import LAPTOP, follow, open_desks, sitting, staff
from tests.webui.test_crawl import LARGEST
from tests.webui.test_life_days import LANGUAGES, SIZES, Day

pytestmark = pytest.mark.browser

LENT = date(2026, 2, 6)
"""Ten days before the first day of the test an installment falls due."""
NEXT_WEEK, AFTER = date(2026, 3, 23), date(2026, 3, 24)
PHONE = "081234567890"
PICTURES = os.environ.get("COOPBOOK_SCREENSHOTS")


def village(book: Book) -> None:
    """Three neighbours in two hamlets, all late; nobody has asked them yet."""
    staff(book)
    furnish(book, 1)
    near = furnish_street(book, ("Marni Kusumawati", "Narti"), on=LENT)
    far = furnish_street(book, ("Lasmi",), hamlet="Dusun Alas Wetan RT 04", on=LENT)
    for who in (*near, *far):
        lend(book, who, on=LENT)
    members.correct(book, near[0], phone=PHONE, address="Jl. Melati 3")


@contextmanager
def officer(
    chromium: Any, size: tuple[int, int], language: str, *, scripts: bool = True
) -> Iterator[tuple[Day, Any]]:
    """Let the credit officer sit down; the second result turns the calendar."""
    apps: list[Any] = []
    with (
        open_desks(village, apps) as address,
        sitting(
            *(chromium, address, "dewi"),
            size=size,
            language=language,
            scripts=scripts,
        ) as page,
    ):
        page.set_default_timeout(10_000)
        yield Day(page, address, language), apps[0].config


def pictured(day: Day, name: str) -> None:
    """Keep a picture of the page where a folder for them is named, and weigh it."""
    body = day.page.request.get(day.page.url).body()
    assert len(body) <= LARGEST, (name, len(body))
    if PICTURES:
        width = day.page.viewport_size["width"]
        file = Path(PICTURES) / f"collecting-{name}-{day.language}-{width}.png"
        day.page.screenshot(path=file, full_page=True)


@SIZES
@LANGUAGES
def test_an_officer_visits_is_promised_helps_writes_and_strikes(
    chromium: Any, size: tuple[int, int], language: str
) -> None:
    with officer(chromium, size, language) as (day, config):
        day.go("/collecting")
        pictured(day, "list")
        assert "Marni" in day.said
        day.press("main a[href='/collecting/loans/1/step?kind=visit']")
        assert day.page.locator("[name=kind]").input_value() == "visit"
        day.fill(met="Suaminya", promised="100.000", promised_on="20/03/2026")
        day.fill(note="Panen dua minggu lagi", why="harvest")
        pictured(day, "step")
        day.press()
        assert "100.000" in day.said
        pictured(day, "promised")
        day.go("/collecting")
        own = "main a[href^='/collecting/loans/1/']"
        (act,) = day.page.locator(own).all()
        assert act.get_attribute("href").endswith("/step?kind=help")

        config["TODAY"] = NEXT_WEEK
        day.go("/collecting")
        first = day.page.locator("main section.sheet").first.inner_text()
        assert "Marni" in first
        assert "20/03/2026" in first
        pictured(day, "broken")
        day.press("main a[href='/collecting/loans/1']")
        day.go("/collecting/loans/1/letter")
        day.press()
        assert day.page.locator("main .refused").count()
        pictured(day, "help-first")
        day.press("main .told a[href='/collecting/loans/1/step?kind=help']")
        day.fill(note="Dua belas angsuran menjadi delapan belas")
        day.press()

        config["TODAY"] = AFTER
        day.go("/collecting/loans/1/reminder")
        assert day.page.locator("a[href^='https://wa.me/6281234567890']").count() == 1
        pictured(day, "reminder")
        day.press()
        day.go("/collecting/loans/1/letter")
        pictured(day, "letter")
        day.press()
        assert "SP1-2026-0001" in day.said
        assert "31/03/2026" in day.said
        day.press()
        assert "SP1-2026-0001" in day.said
        answer = day.page.request.get(f"{day.address}/collecting/loans/1/letters/4.pdf")
        assert answer.status == 200
        assert answer.body().startswith(b"%PDF-")
        day.press("main a[href='/collecting/loans/1/steps/3/striking']")
        day.fill(reason="Belum terkirim")
        day.press()
        day.press()
        assert "Belum terkirim" in day.said
        pictured(day, "struck")
        day.go("/collecting/loans/1/consent")
        day.go("/collecting?on=01/02/2026")
        pictured(day, "empty")
        answer = day.page.request.get(f"{day.address}/collecting/route.pdf")
        assert answer.body().startswith(b"%PDF-")
        day.go("/loans/1")
        day.go("/loans/bad")
    assert day.wrong == []
    assert day.looked_at > 15


def test_collecting_works_without_scripts(chromium: Any) -> None:
    with officer(chromium, LAPTOP, "id", scripts=False) as (day, _config):
        page = day.page
        page.goto(f"{day.address}/collecting")
        follow(page, "main a[href='/collecting/loans/2/step?kind=visit']")
        page.fill("[name=note]", "Rumah kosong")
        follow(page, "main form.sheet .acts button")
        assert page.url == f"{day.address}/collecting/loans/2"
        assert "Rumah kosong" in day.said
        follow(page, "main a[href='/collecting/loans/2/steps/1/striking']")
        page.fill("[name=reason]", "Bukan pinjaman ini")
        for _ in range(2):
            follow(page, "main form.sheet .acts button")
        assert "Bukan pinjaman ini" in day.said
