"""A supervisor's morning with bad debts: both languages, phone and laptop.

From what is at risk to the loans behind it, by terms of office, the questions, the
month's report; then a write-off that waits is read, agreed to, and its claim followed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from coopbook import baddebts, dunning, loans, members
from coopbook.book import Book
from coopbook.cooperatives import Office, begin_term
from coopbook.loans.conditions import Conditions
from coopbook.loans.daycount import Unit
from coopbook.loans.terms import Every
from tests.conftest import FIRST_DAY, TODAY, as_, furnish
from tests.coopbook.gone_bad import by_law, decided
from tests.coopbook.rounds.neighbours import furnish_street, lend
from tests.webui.browsing import open_desks, sitting, staff
from tests.webui.test_crawl import LARGEST
from tests.webui.test_life_days import LANGUAGES, SIZES, Day

pytestmark = pytest.mark.browser

PHONE = "081298765432"
PICTURES = os.environ.get("COOPBOOK_SCREENSHOTS")


def village(book: Book) -> None:
    """Two loans by the week of which nothing was paid; one waits to be written off."""
    staff(book)
    furnish(book, 1)
    begin_term(
        *(book, Office.VILLAGE_HEAD, "Pak Darto"), on=FIRST_DAY, source="SK Bupati 1"
    )
    for name, value in (
        ("share_arrears_to_borrow", 99),
        ("write_off_letters", 0),
        ("write_off_provided", 0),
    ):
        by_law(book, name, value)
    kind = loans.product(book, "productive")
    kind.conditions = Conditions(every=Every(1, Unit.WEEK)).text()
    people = furnish_street(book, ("Marni Kusumawati", "Narti"))
    lent = [lend(book, who) for who in people]
    members.correct(book, people[0], phone=PHONE)
    with as_(book, "dewi"):
        dunning.note_step(
            *(book, lent[0], dunning.StepKind.VISIT),
            on=TODAY,
            met="Ibunya",
            why=dunning.LateReason.AWAY,
            note="Pindah ke Batam",
        )
        baddebts.ask_write_off(
            *(book, lent[0]),
            on=TODAY,
            decision_number=decided(book, TODAY),
            reason="pindah tanpa alamat",
        )


def pictured(day: Day, name: str) -> None:
    """Keep a picture of the page where a folder for them is named, and weigh it."""
    body = day.page.request.get(day.page.url).body()
    assert len(body) <= LARGEST, (name, len(body))
    if PICTURES:
        width = day.page.viewport_size["width"]
        file = Path(PICTURES) / f"overseeing-{name}-{day.language}-{width}.png"
        day.page.screenshot(path=file, full_page=True)


@SIZES
@LANGUAGES
def test_a_supervisor_reads_asks_and_agrees(
    chromium: Any, size: tuple[int, int], language: str
) -> None:
    with (
        open_desks(village) as address,
        sitting(*(chromium, address, "sari"), size=size, language=language) as page,
    ):
        page.set_default_timeout(10_000)
        day = Day(page, address, language)
        day.go("/loans/bad")
        pictured(day, "bad")
        assert "2.400.000" in day.said
        day.press("main a[href*='days=30']")
        assert "Marni" in day.said
        pictured(day, "behind")
        day.go("/loans/bad/by/head")
        assert "Pak Darto" in day.said
        pictured(day, "terms")
        day.go("/loans/watch")
        pictured(day, "watch")
        day.go("/loans/watch/figures")
        pictured(day, "figures")
        answer = day.page.request.get(f"{address}/loans/bad/report.pdf?month=2026-02")
        assert answer.body().startswith(b"%PDF-")

        day.go("/collecting/loans/1")
        assert "Ibunya" in day.said
        assert PHONE not in day.page.content()
        pictured(day, "history")

        day.go("/approvals")
        day.press("main a[href='/approvals/3']")
        assert "pindah tanpa alamat" in day.said
        pictured(day, "request")
        day.press("main form[action$='/approve'] button")
        day.go("/loans/1/claim")
        assert "Marni" in day.said
        assert "pindah tanpa alamat" in day.said
        pictured(day, "claim")
        day.go("/loans/1")
        pictured(day, "loan")
        day.go("/loans/bad")
        assert "1.200.000" in day.said
    assert day.wrong == []
    assert day.looked_at > 10
