"""A day at the bank's statements: both languages, phone and laptop, axe.

The treasurer brings a month in, matches it, posts what the book lacks and signs; the
auditor reads.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coopbook.book import Book
from tests.conftest import furnish
from tests.coopbook.bankstatements.conftest import moved
from tests.webui.browsing import open_desks, sitting, staff
from tests.webui.test_crawl import LARGEST
from tests.webui.test_life_days import LANGUAGES, SIZES, Day

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("COOPBOOK_SCREENSHOTS")
STATEMENT = """Bank Contoh;;;;
No. Rekening : 0071-2200-31;;;;
Periode : 01/03/2026 - 10/03/2026;;;;
Tanggal;Keterangan;Debet;Kredit;Saldo
;SALDO AWAL;;;2.000.000
02/03/2026;SETORAN TUNAI KANTOR;;1.250.000;3.250.000
03/03/2026;TRF DARI SITI AMINAH ANGSURAN MARET;;350.000;3.600.000
05/03/2026;PLN PASCABAYAR 5231;187.500;;3.412.500
06/03/2026;BUNGA;;4.000;3.416.500
06/03/2026;BIAYA ADMINISTRASI BULANAN;15.000;;3.401.500
"""


def village(book: Book) -> None:
    """A bank account that moved in March, and something that is under way."""
    staff(book)
    furnish(book, 1)
    moved(book, date(2026, 2, 20), 2_000_000, memo="Hibah desa")
    for amount in (500_000, 450_000, 300_000):
        moved(book, 2, amount, memo=f"Setoran kas ke bank, buku {amount // 50_000}")
    moved(book, 2, 350_000, memo="Angsuran pinjaman 7 lewat transfer")
    moved(book, 5, -187_500, memo="Bayar listrik kantor", other=52_008)
    moved(book, 9, 600_000, memo="Setoran kas ke bank")
    moved(book, 10, -120_000, memo="Bayar alat tulis dengan cek", other=52_010)


def pictured(day: Day, name: str) -> None:
    """Keep a picture of the page where a folder for them is named, and weigh it."""
    body = day.page.request.get(day.page.url).body()
    assert len(body) <= LARGEST, (name, len(body))
    if PICTURES:
        width = day.page.viewport_size["width"]
        file = Path(PICTURES) / f"bank-{name}-{day.language}-{width}.png"
        day.page.screenshot(path=file, full_page=True)


@SIZES
@LANGUAGES
def test_a_statement_is_brought_in_matched_posted_and_signed(
    chromium: Any, size: tuple[int, int], language: str
) -> None:
    with open_desks(village) as address:
        sat = {"size": size, "language": language}
        with sitting(*(chromium, address, "tono"), **sat) as page:
            day = Day(page, address, language)
            day.go("/bank")
            pictured(day, "begin")
            day.press("main .row a.btn")
            page.set_input_files(
                "main [name='file']",
                {
                    "name": "rekening-koran-maret.csv",
                    "mimeType": "text/csv",
                    "buffer": STATEMENT.encode(),
                },
            )
            day.press()
            assert "3.401.500" in page.inner_text("main .preview")
            pictured(day, "preview")
            day.press()
            assert page.url.endswith("/bank/11201")
            pictured(day, "work")
            day.press("main form .acts button >> nth=0")
            pictured(day, "accepted")
            for memo in ("Bunga bank Maret", "Biaya administrasi bank"):
                day.press("main td.do a >> nth=0")
                pictured(day, "posting")
                day.post(memo=memo)
            day.go("/bank/11201/reconciliation")
            pictured(day, "explained")
            day.press("main form[method=post] .acts button")
            pictured(day, "signed")
            day.go("/bank/statements/1")
            pictured(day, "statement")
            day.go("/bank")
            pictured(day, "end")
        with sitting(*(chromium, address, "agus"), **sat) as page:
            auditor = Day(page, address, language)
            for path in ("/bank", "/bank/11201", "/bank/11201/reconciliation"):
                auditor.go(path)
                assert not page.locator("main form[method=post]").count()
            assert "tono" in auditor.said
    assert day.wrong == auditor.wrong == []
    assert day.looked_at > 12
