"""Every page by role in a real browser: phone and laptop, both languages."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import threading
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy.orm import Session

from coopbook import ledger, loans, members, savings
from coopbook.book import Book
from coopbook.db import schema
from coopbook.db.engines import engine_for
from coopbook.founding import founding
from coopbook.ledger import credit, debit
from coopbook.money import Money
from coopbook.people import Role, add_user, approvals
from coopbook.vault import vault_for
from tests.conftest import (
    FIRST_DAY,
    PASSWORD,
    PASSWORD_HASH,
    PEOPLE,
    SOAK,
    TODAY,
    furnish,
    needed,
)

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PICTURES = os.environ.get("COOPBOOK_SCREENSHOTS")
PHONE, LAPTOP = (360, 740), (1280, 800)
LOOKS = [
    ("phone-plain", PHONE, "id", "light", False),
    ("phone-id", PHONE, "id", "light", True),
    ("laptop-en", LAPTOP, "en", "dark", True),
    ("phone-en", PHONE, "en", "light", False),
    ("laptop-id", LAPTOP, "id", "light", False),
]
ROLES = ["rina", "budi", "dewi", "tono", "yanti", "sari", "agus", "siti"]
LARGEST = 20_000
ROLES_EACH = 2
KINDS_EACH = 2 if SOAK else 1


def fill(book: Book) -> None:
    """Enter enough for every desk to have something on it."""
    for name, roles in PEOPLE.items():
        add_user(
            *(book, name, name.title(), PASSWORD_HASH, roles),
            on=FIRST_DAY,
            hashed=True,
        )
    ledger.post(
        book,
        on=FIRST_DAY,
        memo="Hibah modal awal",
        lines=[debit(11102, Money(90_000_000)), credit(33002, Money(90_000_000))],
    )
    furnish(book, 1)
    for number in range(30):
        members.admit(book, f"Anggota Dengan Nama Panjang {number}", on=FIRST_DAY)
    add_user(
        *(book, "siti", "Siti Aminah", PASSWORD_HASH, [Role.MEMBER]),
        on=FIRST_DAY,
        member_number=1,
        hashed=True,
    )
    siti, product = members.member(book, 1), loans.product(book, "productive")
    for decided in (True, True, False):
        book.actor = "dewi"
        asked = Money(6_000_000)
        loan = loans.apply(
            book, siti, product, asked, term=12, purpose="Warung", on=FIRST_DAY
        )
        if decided:
            book.actor = "budi"
            request = approvals.inbox(book)[0]
            approvals.approve(book, request.number, digest=request.digest)
            book.actor = "rina"
            if loan.number == 1:
                loans.disburse(book, loan, on=FIRST_DAY)
                loans.repay(book, loan, Money(400_000), on=TODAY)
    book.actor = "rina"
    for _ in range(60):
        last = savings.deposit(book, savings.account(book, 2), Money(25_000), on=TODAY)
    ledger.reverse(book, last, on=TODAY, reason="Salah anggota")
    book.actor = "yanti"
    ledger.close_month(book, "2026-01")
    ledger.ask_reopen(book, "2026-01", reason="Salah tanggal", on=TODAY)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of desks that are open on a sample book."""
    from waitress import create_server

    from webui import create_app

    folder = Path(tempfile.mkdtemp(prefix="coopbook-browser-"))
    vault, engine = vault_for(folder, make=True), engine_for(folder)
    schema.create(engine)
    about = {"name": "Koperasi Melati", "village": "Desa Contoh", "sample": True}
    with (
        Session(engine) as session,
        founding(
            session,
            number=1,
            first_day=FIRST_DAY,
            actor="setup",
            vault=vault,
            **about,  # type: ignore[arg-type]
        ) as book,
    ):
        fill(book)
    engine.dispose()
    app = create_app(folder, today=TODAY)
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    if CHROMIUM is None:
        needed("Chromium")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            yield browser
            browser.close()


@contextmanager
def sitting(
    chromium: Any,
    address: str,
    name: str,
    *,
    size: tuple[int, int] = LAPTOP,
    language: str = "id",
    scheme: str = "light",
    scripts: bool = True,
) -> Iterator[Any]:
    """Log somebody in and hand out their page."""
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        java_script_enabled=scripts,
    )
    page = context.new_page()
    page.goto(f"{address}/login")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main .btn:not(.link)")
    button = page.locator(f"footer button[value={language}]")
    if button.count():
        button.click()
    yield page
    context.close()


def kind_of(path: str) -> str:
    """Return what kind of page an address is, its numbers left out."""
    parts = urlsplit(path)
    names = re.sub(r"=[^&]*", "", parts.query)
    return re.sub(r"\d+", "#", parts.path) + ("?" + names if names else "")


@dataclass
class Crawl:
    """Every kind of page that can be reached by links, a few of each kind."""

    start: str
    waiting: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    kinds: dict[str, int] = field(default_factory=dict)

    def add(self, links: list[str]) -> None:
        for link in links:
            path = link.removeprefix(self.start).split("#")[0]
            kind = kind_of(path)
            away = not link.startswith(self.start) or "/attachments/" in path
            if away or path in self.seen or self.kinds.get(kind, 0) >= KINDS_EACH:
                continue
            self.seen.add(path)
            self.kinds[kind] = self.kinds.get(kind, 0) + 1
            self.waiting.append(path)


LINKS = "[...document.links].map(a => a.href)"
WIDTHS = "[document.documentElement.scrollWidth, window.innerWidth]"


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look[0])
def test_every_page_fits_and_can_be_used_by_everybody(
    chromium: Any, address: str, look: tuple[str, tuple[int, int], str, str, bool]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    name_of_look, size, language, scheme, with_axe = look
    examined: Counter[str] = Counter()
    scripts = name_of_look != "phone-plain"
    for name in ROLES:
        with sitting(
            chromium,
            address,
            name,
            size=size,
            language=language,
            scheme=scheme,
            scripts=scripts,
        ) as page:
            wrong: list[str] = []
            page.on(
                "console",
                lambda told, wrong=wrong: (
                    wrong.append(told.text) if told.type == "error" else None
                ),
            )
            crawl = Crawl(address)
            crawl.add([f"{address}/", f"{address}/menu"])
            crawl.add(page.evaluate(LINKS))
            while crawl.waiting:
                path = crawl.waiting.pop(0)
                kind = kind_of(path)
                if not SOAK and examined[kind] >= ROLES_EACH:
                    continue
                answer = page.goto(f"{address}{path}")
                where = (name, path, name_of_look)
                assert answer.status == 200, (where, answer.status)
                assert len(answer.body()) <= LARGEST, (where, len(answer.body()))
                wide, room = page.evaluate(WIDTHS)
                assert wide <= room, (where, wide)
                assert page.locator("html").get_attribute("lang") == language, where
                if with_axe and not examined[kind]:
                    found = Axe().run(page)
                    assert found.violations_count == 0, (
                        where,
                        found.generate_report(),
                    )
                if PICTURES and not examined[kind]:
                    picture(page, name_of_look, name, kind)
                examined[kind] += 1
                crawl.add(page.evaluate(LINKS))
            assert not wrong, (name, wrong)


def picture(page: Any, look: str, name: str, kind: str) -> None:
    folder = Path(str(PICTURES)) / look
    folder.mkdir(parents=True, exist_ok=True)
    file = (
        re.sub(r"[^a-z0-9]+", "-", kind.lower().replace("#", "n")).strip("-") or "home"
    )
    page.screenshot(path=folder / f"{name}-{file}.png", full_page=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["with-js", "without-js"])
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_deposit_is_made_printed_and_reversed(
    chromium: Any, address: str, scripts: bool, size: tuple[int, int]
) -> None:
    with sitting(
        chromium, address, "rina", size=size, language="en", scripts=scripts
    ) as page:
        page.fill("#who", "1")
        page.click("main .acts .btn")
        page.click("main .results a >> nth=0")
        page.fill("#amount", "250.000")
        if scripts:
            page.locator("#amount-words", has_text="two hundred").wait_for()
        page.click("main .acts .btn >> nth=0")
        assert "two hundred and fifty thousand" in page.inner_text("main")
        page.click("main .acts .btn >> nth=0")
        assert "/receipts/" in page.url
        assert "250.000" in page.inner_text("article")
        page.click("main .btn.stop")
        page.fill("#reason", "Wrong member")
        page.click("main .acts .btn >> nth=0")
        page.click("main .acts .btn >> nth=0")
        assert "/books/vouchers/" in page.url
        assert "Wrong member" in page.inner_text("main")


def test_the_keyboard_finds_a_member_and_changes_what_is_done(
    chromium: Any, address: str
) -> None:
    with sitting(chromium, address, "rina") as page:
        page.goto(f"{address}/members")
        page.keyboard.press("/")
        page.keyboard.type("siti")
        page.wait_for_selector(".found a")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/members/1")
        page.goto(f"{address}/counter/1/deposit")
        page.keyboard.press("F3")
        page.wait_for_url("**/counter/1/withdrawal")
        page.keyboard.press("F4")
        page.wait_for_url("**/counter/1/installment")


def test_a_receipt_prints_on_a_narrow_roll(chromium: Any, address: str) -> None:
    with sitting(chromium, address, "rina") as page:
        page.goto(f"{address}/counter")
        page.click("main .ledger a[href*='/receipts/'] >> nth=0")
        page.click("text=58 mm")
        paper = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[[\d. ]+ ([\d.]+) ([\d.]+)\]", paper)
    assert len(boxes) == 1
    assert abs(float(boxes[0][0]) - 58 / 25.4 * 72) < 2
