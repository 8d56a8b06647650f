"""A day of the secretary, the teller and a member: both languages, phone, laptop.

Every page on the way is looked at by axe, at the width it is used at, and is
read in the language asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from coopbook import deposits, ledger, members, savings
from coopbook.book import Book
from coopbook.ledger import credit, debit
from coopbook.money import Money, Rate
from coopbook.people import Role, add_user
from tests.conftest import FIRST_DAY, PASSWORD_HASH, TODAY, furnish
from tests.webui.browsing import (
    LAPTOP,
    PHONE,
    follow,
    open_desks,
    sitting,
    staff,
)
from tests.webui.test_crawl import AXE, PAGE, TEXTS, WIDTHS, english
from webui.wording import day

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
LANGUAGES = pytest.mark.parametrize("language", ["id", "en"])


def village(book: Book) -> None:
    """Seven members who have a vote; Siti can look at her own page."""
    staff(book)
    lines = [debit(11102, Money(40_000_000)), credit(33002, Money(40_000_000))]
    ledger.post(book, on=FIRST_DAY, memo="Hibah", lines=lines)
    furnish(book, 1)
    kind = savings.product(book, "principal")
    for name in ("Aminah", "Bariah", "Cucun", "Darsih", "Enok", "Fatimah"):
        who = members.admit(book, name, on=FIRST_DAY, hamlet="Dusun Satu")
        share = savings.open_account(book, who, kind)
        savings.deposit(book, share, kind.amount or Money(100_000), on=FIRST_DAY)
    siti = members.member(book, 1)
    yearly = savings.open_account(book, siti, savings.product(book, "mandatory"))
    savings.deposit(book, yearly, Money(25_000), on=TODAY)
    savings.deposit(book, savings.account(book, 2), Money(3_000_000), on=TODAY)
    add_user(
        *(book, "siti", "Siti Aminah", PASSWORD_HASH, [Role.MEMBER]),
        on=FIRST_DAY,
        member_number=1,
        hashed=True,
    )
    book.actor = "budi"
    deposits.set_deposit_terms(
        *(book, 3),
        rate=Rate.percent(5, "year"),
        valid_from=TODAY,
        source="Rapat pengurus",
    )


@dataclass
class Day:
    """Somebody at work, and what was wrong with the pages so far."""

    page: Any
    address: str
    language: str
    wrong: list[str] = field(default_factory=list)
    looked_at: int = 0

    def look(self) -> None:
        """Examine the page that is open."""
        self.looked_at += 1
        where = self.page.url.removeprefix(self.address)
        language, _html = self.page.evaluate(PAGE)
        if language != self.language:
            self.wrong.append(f"{where}: not in the language asked for")
        if self.language == "id":
            left = sorted(english().intersection(self.page.evaluate(TEXTS)))
            self.wrong += [f"{where}: “{text}” is left in English" for text in left]
        wide, room = self.page.evaluate(WIDTHS)
        if wide > room:
            self.wrong.append(f"{where}: {wide} wide, {room} to see")
        found = self.page.evaluate(AXE)
        self.wrong += [f"{where}: {rule}, {html[:200]}" for rule, html in found]

    def go(self, path: str) -> None:
        """Open a page."""
        answer = self.page.goto(f"{self.address}{path}")
        assert answer.status == 200, (path, answer.status)
        self.look()

    def press(self, what: str = "main form.sheet .acts button") -> None:
        """Press something that leads to a page."""
        follow(self.page, what)
        self.look()

    def fill(self, **typed: Any) -> None:
        """Fill in fields of the form that is open."""
        self.page.evaluate(
            "for (const one of document.querySelectorAll('details')) one.open = 1"
        )
        for name, value in typed.items():
            one = self.page.locator(f"main form.sheet [name='{name}']").first
            if one.evaluate("it => it.tagName") == "SELECT":
                one.select_option(str(value))
            else:
                one.fill(str(value))

    def post(self, **typed: Any) -> None:
        """Fill in a form that moves money, check it, and post it."""
        self.fill(**typed)
        self.press()
        assert self.page.locator("main .preview").count(), self.said
        self.press()

    @property
    def said(self) -> str:
        """What the page says."""
        return str(self.page.inner_text("main"))


@contextmanager
def a_day(chromium: Any, name: str, size: tuple[int, int], language: str) -> Iterator:
    """Open desks of a fresh book and let somebody in."""
    with (
        open_desks(village) as address,
        sitting(chromium, address, name, size=size, language=language) as page,
    ):
        page.set_default_timeout(10_000)
        today = Day(page, address, language)
        today.look()
        yield today
    assert not today.wrong, "\n".join(today.wrong)


@SIZES
@LANGUAGES
def test_a_day_of_the_secretary(chromium: Any, size: Any, language: str) -> None:
    """She holds a meeting, enters a person and a family, and lets a member go."""
    with a_day(chromium, "budi", size, language) as today:
        today.go("/meetings/new")
        today.fill(
            kind="extraordinary",
            called_on=day(TODAY),
            held_on=day(TODAY),
            place="Balai desa",
            agenda="Iuran sosial\nLain-lain",
            short_notice_reason="Disepakati semua anggota",
        )
        today.press()
        meeting = today.page.url
        today.go("/meetings/1/opening")
        today.fill(chair="Budi", secretary="Wati")
        today.press()
        boxes = today.page.locator("main [name=numbers]")
        voting = boxes.count()
        for one in range(voting - 1):
            boxes.nth(one).check()
        today.press()
        today.go("/meetings/1/motions/new")
        today.fill(title="Iuran sosial", text="Rp5.000.", matter="ordinary")
        today.press()
        today.go("/meetings/1/motions/1/vote")
        today.fill(votes_for=voting - 2, votes_against=1, abstained=0)
        today.press()
        assert "RA-2026-001" in today.said
        today.go("/meetings/1/closing")
        today.fill(notes="Tamu: Kepala Desa.")
        today.press()
        today.page.goto(meeting)
        minutes = today.page.request.get(f"{today.address}/meetings/1/minutes")
        assert minutes.body().startswith(b"%PDF")

        today.go("/members/new")
        today.fill(name="Warsinah", phone="0812 3456 789")
        today.press()
        if "/members/new" in today.page.url:
            today.press()
        assert "Warsinah" in today.said
        person = today.page.url.removeprefix(today.address)
        for part in ("person", "family", "papers", "history", "proxies"):
            today.go(f"{person}/{part}")
        today.go("/members")
        today.go("/deposits")
        today.go("/oversight")


@SIZES
@LANGUAGES
def test_a_day_of_the_teller(chromium: Any, size: Any, language: str) -> None:
    """She takes months in, ties money, moves some, walks a hamlet, prints."""
    with a_day(chromium, "rina", size, language) as today:
        today.go("/counter")
        today.go("/counter/1/deposit")
        mandatory = {"id": "wajib", "en": "andatory"}[language]
        kind = today.page.locator("[name=account] option", has_text=mandatory)
        today.fill(account=kind.first.get_attribute("value"))
        months = today.page.locator("[name=month] option")
        assert months.count() > 2
        today.page.locator("[name=month]").select_option(index=2)
        today.press()
        assert today.page.locator("main .preview").count(), today.said
        today.press()
        assert "/receipts/" in today.page.url
        today.go("/members/1/calendar")
        today.go("/members/1/deposits/new")
        today.post(months=3, amount="1.000.000", source="savings")
        assert "/deposits/1" in today.page.url
        today.go("/deposits/1")
        today.go("/counter/1/withdrawal?account=2")
        today.post(amount="100.000")
        today.go("/counter/1/transfer")
        today.go("/counter/1/remittance")
        today.go("/collection/sheet?hamlet=Dusun+Satu")
        today.go("/savings/2/book")
        if today.page.locator("main form.sheet").count():
            today.press("main form.sheet .acts button >> nth=0")
        today.go("/orders")


@SIZES
@LANGUAGES
def test_a_day_of_a_member(chromium: Any, size: Any, language: str) -> None:
    """She looks at everything that is hers, by the links she is shown."""
    with a_day(chromium, "siti", size, language) as today:
        waiting = ["/"]
        seen = set(waiting)
        while waiting:
            today.go(waiting.pop(0))
            links = today.page.evaluate(
                "[...document.querySelectorAll('main a[href]:not([download]),"
                " nav a[href]')].map(a => a.href)"
            )
            for link in links:
                path = link.removeprefix(today.address).split("#")[0]
                if link.startswith(today.address) and path not in seen:
                    seen.add(path)
                    waiting.append(path)
        for path in ("/mine/savings/2", "/mine/calendar", "/mine/data"):
            assert path in seen, (path, sorted(seen))
        assert today.looked_at > 6
