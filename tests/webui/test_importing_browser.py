"""A sheet and the old books in a real browser: asked, corrected, posted, signed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.webui.browsing import PHONE, follow, open_desks, sitting, staff
from tests.webui.test_crawl import LARGEST, Look, examine
from tests.webui.test_cutover import SHEETS
from tests.webui.test_importing import sheet

pytestmark = pytest.mark.browser

LOOKS = [Look("id", "light"), Look("en", "dark"), Look("id", "light", scripts=False)]
NAMES = [look.name for look in LOOKS]


@pytest.fixture(params=LOOKS, ids=NAMES)
def look(request: pytest.FixtureRequest) -> Look:
    """A language, light or dark, with scripts or without."""
    look: Look = request.param
    return look


@pytest.fixture
def new() -> Iterator[str]:
    """The address of desks whose book has people and nothing else."""
    with open_desks(staff) as opened:
        yield opened


def wages(look: Look) -> bytes:
    """Return a list no program made: odd headings, a wrong total, a note."""
    first = 301 + 10 * LOOKS.index(look)
    rows = [(f"{first + n:05d}", f"Warga {first + n}", 150_000) for n in range(6)]
    return sheet(
        ("PT Maju", "", ""),
        ("kode", "orang", "potongan"),
        *rows,
        ("JUMLAH", "", 950_000),
    )


def choose(page: Any, address: str, kind: str, data: bytes) -> None:
    """Choose a file on the page of the import."""
    page.goto(f"{address}/import")
    page.select_option("[name=kind]", kind)
    name = "potongan_simpanan_dan_pinjaman_karyawan_desa_contoh_januari.xlsx"
    file = {"name": name, "mimeType": "", "buffer": data}
    page.set_input_files("[name=file]", file)
    pressed(page)


def pressed(page: Any, button: str = ".btn") -> None:
    """Press a button of the page's sheet and wait for what comes."""
    follow(page, f"main form.sheet .acts {button} >> nth=0")


def fine(page: Any, look: Look, where: str) -> None:
    """Look at the page at both widths, and at its size."""
    assert not examine(page, look, where)
    assert len(page.request.get(page.url).body()) <= LARGEST, where


def test_a_sheet_is_corrected_answered_posted_and_taken_back(
    chromium: Any, address: str, look: Look
) -> None:
    with sitting(
        *(chromium, address, "yanti"),
        size=PHONE,
        language=look.language,
        scheme=look.scheme,
        scripts=look.scripts,
    ) as page:
        choose(page, address, "deductions", wages(look))
        assert page.url.endswith("/reading")
        fine(page, look, "a sheet that is not understood")
        page.fill("[name=headings]", "2")
        for letter, key in (("A", "member"), ("B", "name"), ("C", "shares")):
            page.select_option(f"[name=column-{letter}]", key)
        pressed(page)
        fine(page, look, "what is asked")
        page.fill("[name=q-on]", "27/02/2026")
        pressed(page)
        fine(page, look, "a preview")
        assert "900.000" in page.inner_text("main")
        pressed(page, "[data-busy]")
        assert page.locator("main .refused").count()
        page.fill("[name=accept]", "Salah jumlah di PT")
        pressed(page, "[data-busy]")
        assert "/import/batches/" in page.url
        fine(page, look, "an import")
        follow(page, "main .btn.stop")
        fine(page, look, "taking back")
        page.fill("[name=reason]", "Salah bulan")
        pressed(page, "[data-busy]")
        assert "Salah bulan" in page.inner_text("main")
        fine(page, look, "an import taken back")


def test_the_old_books_come_over_and_two_people_sign(
    chromium: Any, new: str, look: Look
) -> None:
    how: dict[str, Any] = {
        "language": look.language,
        "scheme": look.scheme,
        "scripts": look.scripts,
    }
    with sitting(chromium, new, "yanti", **how) as page:
        page.goto(f"{new}/cutover")
        fine(page, look, "nothing is in")
        for kind, data in SHEETS.items():
            choose(page, new, kind, data)
            while page.locator("[name^=q-]").count():
                for one in page.locator("input[name^=q-]").all():
                    one.fill("31/01/2026" if asked(one) == "on" else "1,5")
                pressed(page)
            if page.locator("[name=accept]").count():
                page.fill("[name=accept]", "Buku lama")
            pressed(page, "[data-busy]")
            assert "/import/batches/" in page.url
        page.goto(f"{new}/cutover")
        fine(page, look, "everything is in")
        pressed(page)
        fine(page, look, "one has signed")
    with sitting(chromium, new, "sari", **how) as page:
        page.goto(f"{new}/approvals")
        follow(page, "main .ledger a")
        fine(page, look, "what the second signs")
        pressed(page)
        page.goto(f"{new}/cutover")
        fine(page, look, "signed")
        said = page.inner_text("main")
        assert "Yanti" in said
        assert "Sari" in said
        record = page.request.get(f"{new}/cutover/record")
        assert record.body().startswith(b"%PDF")


def asked(field: Any) -> str:
    """Return the key of the question a field answers."""
    return str(field.get_attribute("name")).removeprefix("q-")


def test_long_names_and_fractions_fit_a_phone(
    chromium: Any, address: str, look: Look
) -> None:
    fractions = sheet(
        ("No Anggota", "Nama", "Simpanan Wajib", "Pinjaman Pokok", "Total Potongan"),
        *(
            (f"Z-{n}", "Siti", 100_000, 98_765_432.109876, 98_865_432.109876)
            for n in range(3)
        ),
        ("JUMLAH", "", 300_000, 296_296_296.329628, 296_596_296.329628),
    )
    with sitting(
        *(chromium, address, "yanti"),
        size=PHONE,
        language=look.language,
        scheme=look.scheme,
        scripts=look.scripts,
    ) as page:
        choose(page, address, "deductions", fractions)
        assert "296.596.296,3296" in page.inner_text("main")
        fine(page, look, "a sheet of long names and fractions")
