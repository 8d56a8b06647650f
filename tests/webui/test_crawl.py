"""Every kind of page, for every role: both languages, phone and laptop, axe.

Each page is opened in Indonesian and measured at both widths, then in English, and
once more without JavaScript.  Axe sees each page in both languages and at both
widths, half of the pages with Indonesian on the phone, half with English there.
A page whose main part is, but for its figures, one that somebody else was shown is
opened in Indonesian only: who was first looks at it in English and without
JavaScript.  Axe passes over one that differs only in words and the number of rows.
``COOPBOOK_SOAK=1`` looks at more pages of a kind, in light and dark in both
languages, every one of them in every way.
``COOPBOOK_SCREENSHOTS`` names a folder for pictures.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from babel.messages.pofile import read_po

from coopbook.i18n import translations_dir
from tests.conftest import SOAK, TODAY
from tests.webui.browsing import LAPTOP, PHONE, follow, sitting
from tests.webui.test_days import FORMS
from webui.wording import day

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("COOPBOOK_SCREENSHOTS")
ROLES = ["rina", "budi", "dewi", "tono", "yanti", "sari", "agus", "siti"]
LARGEST = 20_000
KINDS_EACH = 2 if SOAK else 1
SIZES = {"laptop": LAPTOP, "phone": PHONE}


@dataclass(frozen=True)
class Look:
    """How pages are looked at."""

    language: str
    scheme: str
    scripts: bool = True

    @property
    def name(self) -> str:
        plain = "" if self.scripts else "-plain"
        return f"{self.language}-{self.scheme}{plain}"


LOOKS = [Look("id", "light"), Look("en", "dark"), Look("id", "light", scripts=False)]
if SOAK:
    LOOKS += [Look("id", "dark"), Look("en", "light"), Look("en", "dark", False)]


@dataclass(frozen=True)
class Taken:
    """What somebody looks at already, on whichever worker."""

    folder: Path

    def first(self, *what: str) -> bool:
        """Say whether nobody looked at it, and take it; in the soak everybody does."""
        name = hashlib.sha256("\n".join(what).encode()).hexdigest()
        try:
            (self.folder / name).touch(exist_ok=False)
        except FileExistsError:
            return SOAK
        return True


@pytest.fixture(scope="session")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """What is shared by all workers of this run."""
    folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        folder = folder.parent
    folder = folder / "crawl"
    folder.mkdir(exist_ok=True)
    return Taken(folder)


def kind_of(path: str) -> str:
    """Return what kind of page an address is, its numbers left out."""
    parts = urlsplit(path)
    names = re.sub(r"=[^&]*", "", parts.query)
    path = re.sub(r"\d+", "#", parts.path)
    if not SOAK:
        path = re.sub(r"^/(person|vouchers/new|bylaws)/[^/]+", r"/\1/#", path)
    return path + ("?" + names if names else "")


@dataclass
class Crawl:
    """Every kind of page that can be reached by links, a few of each kind."""

    start: str
    waiting: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    kinds: dict[str, int] = field(default_factory=dict)

    def add(self, links: list[str]) -> None:
        """Note the links of a page that lead on."""
        for link in links:
            path = link.removeprefix(self.start).split("#")[0]
            kind = kind_of(path)
            away = not link.startswith(self.start) or "/attachments/" in path
            if away or path in self.seen or self.kinds.get(kind, 0) >= KINDS_EACH:
                continue
            self.seen.add(path)
            self.kinds[kind] = self.kinds.get(kind, 0) + 1
            self.waiting.append(path)

    def paths(self, page: Any) -> Iterator[str]:
        """Hand out addresses until every link has been followed."""
        self.add([f"{self.start}/", f"{self.start}/menu"])
        while self.waiting:
            yield self.waiting.pop(0)
            self.add(page.evaluate(LINKS))


LINKS = "[...document.querySelectorAll('a[href]:not([download])')].map(a => a.href)"
WIDTHS = "[document.documentElement.scrollWidth, window.innerWidth]"
PAGE = "[document.documentElement.lang, document.querySelector('main').outerHTML]"
TEXTS = """[...document.querySelectorAll('body *:not(script):not(style)')]
    .filter(one => !one.closest('[lang=en]:not(html)'))
    .flatMap(one => [...one.childNodes]).filter(one => one.nodeType === 3)
    .map(one => one.data.trim().replace(/\\s+/g, ' ')).filter(Boolean)"""
AXE = """axe.run(document, {resultTypes: ['violations'], elementRef: false})
    .then(all => all.violations.map(one => [one.id, one.nodes[0].html]))"""


def shape_of(html: str) -> str:
    """Return the main part of a page with its figures and hidden values left out."""
    return re.sub(r"\d+", "#", re.sub(r'value="[^"]*"', "", html))


def structure_of(html: str) -> str:
    """Return the shape of a page without its words and with like rows as one."""
    bare = re.sub(r">[^<]*[^<\s][^<]*<", ">x<", shape_of(html))
    bare = re.sub(r'((?:href|action|title|aria-label|id|for)=)"[^"]+"', r'\1"x"', bare)
    return re.sub(r"(?s)(<(tr|li|option)\b(?:(?!</\2>).)*</\2>\s*)\1+", r"\1", bare)


@cache
def english() -> frozenset[str]:
    """Return the sentences that are another in Indonesian, without places for facts."""
    with (translations_dir() / "id" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file)
    found = set()
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.id, tuple) else (message.string,)
        found |= {one for one in ids if one and "%" not in one and one not in said}
    return frozenset(found)


def examine(page: Any, look: Look, where: str, taken: Taken | None = None) -> list[str]:
    """Look at the page that is open at both widths; return what is wrong."""
    language, html = page.evaluate(PAGE)
    wrong, structure = [], structure_of(html)
    if language != look.language:
        wrong.append(f"{where}: not in the language asked for")
    if look.language == "id":
        left = sorted(english().intersection(page.evaluate(TEXTS)))
        wrong += [f"{where}: “{text}” is left in English" for text in left]
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        wide, room = page.evaluate(WIDTHS)
        if wide > room:
            wrong.append(f"{where}: {wide} wide on a {size}")
        if PICTURES:
            picture(page, f"{size}-{look.name}", where)
        if look.scripts and (SOAK or axe_looks(look, size, where)):
            if taken and not taken.first("axe", look.name, size, structure):
                continue
            found = page.evaluate(AXE)
            wrong += [f"{where} on a {size}: {rule}, {at[:200]}" for rule, at in found]
    return wrong


def axe_looks(look: Look, size: str, where: str) -> bool:
    """Say whether axe sees this language at this width."""
    indonesian_on_the_phone = len(where.partition(" ")[2]) % 2 == 0
    return (size == "phone") == ((look.language == "id") == indonesian_on_the_phone)


def picture(page: Any, look: str, where: str) -> None:
    """Keep a picture of a page."""
    folder = Path(str(PICTURES)) / look
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^a-z0-9]+", "-", where.lower().replace("#", "n")).strip("-")
    page.screenshot(path=folder / f"{name}.png", full_page=True)


def note(wrong: list[str], told: Any) -> None:
    """Note what a page complains of."""
    if told.type == "error":
        wrong.append(told.text)


@pytest.mark.parametrize("name", ROLES)
def test_every_page_fits_and_can_be_used_by_everybody(
    chromium: Any, address: str, name: str, taken: Taken
) -> None:
    wrong: list[str] = []
    paths: list[str] = []
    opened = 0
    for look in LOOKS:
        with sitting(
            *(chromium, address, name),
            language=look.language,
            scheme=look.scheme,
            scripts=look.scripts,
        ) as page:
            page.on("console", partial(note, wrong))
            for path in paths or Crawl(address).paths(page):
                answer = page.goto(f"{address}{path}", wait_until="domcontentloaded")
                where = f"{name} {kind_of(path)}"
                if answer.status != 200:
                    wrong.append(f"{where}: {answer.status}")
                size = len(answer.body())
                if size > LARGEST:
                    wrong.append(f"{where}: {size} bytes")
                wrong += examine(page, look, where, taken)
                if look is LOOKS[0]:
                    opened += 1
                    if taken.first(
                        "page", kind_of(path), shape_of(page.evaluate(PAGE)[1])
                    ):
                        paths = [*paths, path]
            if not paths:
                break
    assert not wrong, "\n".join(wrong)
    assert opened >= 4, opened


def test_what_is_refused_and_what_is_shown_before_posting_fits_too(
    chromium: Any, address: str, taken: Taken
) -> None:
    """Open every money form, send it wrong, send it right, post nothing."""
    wrong: list[str] = []
    for kind, (name, path, asked) in FORMS.items():
        for look in LOOKS[:2]:
            with sitting(
                *(chromium, address, name), language=look.language, scheme=look.scheme
            ) as page:
                at = f"{address}{path}"
                if kind == "reversal":
                    at = reversible(page, address)
                page.goto(at)
                typed = {"amount": "x", "reason": "", "memo": ""}
                send(page, {n: typed[n] for n in asked if n in typed} | {"on": "x"})
                if not page.locator("main .refused").count():
                    wrong.append(f"{kind}: nothing is refused")
                wrong += examine(page, look, f"{name} {kind} refused", taken)
                send(page, asked | {"on": day(TODAY)})
                if not page.locator("main .preview").count():
                    wrong.append(f"{kind}: nothing is shown before posting")
                wrong += examine(page, look, f"{name} {kind} shown", taken)
    assert not wrong, "\n".join(wrong)


def reversible(page: Any, address: str) -> str:
    """Return where one of the many deposits of the sample can be reversed."""
    for number in range(60, 160):
        at = f"{address}/vouchers/{number}/reversal"
        if page.goto(at).ok and "Setoran simpanan sukarela" in page.content():
            return at
    raise AssertionError("no deposit to reverse")


def send(page: Any, asked: dict[str, Any]) -> None:
    """Fill in what is asked for and send the form, whatever the browser thinks."""
    page.evaluate(
        "for (const one of document.querySelectorAll('details')) one.open = 1"
    )
    for name, value in asked.items():
        one = page.locator(f"main form.sheet [name='{name}']")
        if one.evaluate("it => it.tagName") == "SELECT":
            one.select_option(str(value))
        else:
            one.fill(str(value))
    page.evaluate("document.querySelector('main form.sheet').noValidate = true")
    follow(page, "main form.sheet .acts button")
