"""A day of a group leader: the sheet on the phone, the meeting, who owes whom."""

from __future__ import annotations

from typing import Any

import pytest

from coopbook import ledger
from coopbook.book import Book
from coopbook.ledger import credit, debit
from coopbook.money import Money
from coopbook.people import Role, add_user
from tests.conftest import FIRST_DAY, PASSWORD_HASH, furnish
from tests.coopbook.groups.circles import NAMES, borrow, circle
from tests.coopbook.rounds.neighbours import furnish_street
from tests.webui.browsing import open_desks, sitting, staff
from tests.webui.test_life_days import LANGUAGES, SIZES, Day

pytestmark = pytest.mark.browser


def village(book: Book) -> None:
    """Six neighbours of whom two borrow; Wati leads, Tuti owes, both have a phone."""
    staff(book)
    lines = [debit(11102, Money(90_000_000)), credit(33002, Money(90_000_000))]
    ledger.post(book, on=FIRST_DAY, memo="Hibah", lines=lines)
    furnish(book, 1)
    people = furnish_street(book, NAMES)
    group = circle(book, people)
    for who in people[:2]:
        borrow(book, group, who)
    for name, who in (("ketua", people[0]), ("tutik", people[1])):
        add_user(
            *(book, name, who.name, PASSWORD_HASH, [Role.MEMBER]),
            on=FIRST_DAY,
            member_number=who.number,
            hashed=True,
        )


@SIZES
@LANGUAGES
def test_a_leader_takes_the_sheet_along_and_sees_what_came_of_it(
    chromium: Any, size: tuple[int, int], language: str
) -> None:
    wrong: list[str] = []
    with open_desks(village) as address:

        def day_of(page: Any) -> Day:
            page.set_default_timeout(10_000)
            return Day(page, address, language, wrong)

        with sitting(chromium, address, "ketua", size=size, language=language) as page:
            day = day_of(page)
            day.go("/mine")
            day.press("a[href='/mine/group']")
            assert "Wati" in day.said
            assert "Tuti" in day.said
            paper = page.request.get(f"{address}/mine/group/sheet.pdf")
            assert paper.status == 200
            assert paper.body().startswith(b"%PDF")
        with sitting(chromium, address, "rina", size=size, language=language) as page:
            day = day_of(page)
            day.go("/groups")
            day.press("main table a")
            day.go("/groups/1/sheet")
            due = page.locator("input[name=a1]").input_value()
            day.fill(for0="2", by0="3", sum0=due, a2="", note="di rumah Wati")
            day.press()
            assert "Wati" in day.said
            day.press()
            assert page.url.endswith("/groups/1/meetings/1")
            day.go("/groups/1")
        with sitting(chromium, address, "ketua", size=size, language=language) as page:
            day = day_of(page)
            day.go("/mine/group")
            assert due in day.said  # what Tuti owes her now
        with sitting(chromium, address, "tutik", size=size, language=language) as page:
            day = day_of(page)
            day.go("/mine/group")
            assert due in day.said
            answer = page.request.get(f"{address}/mine/group/sheet.pdf")
            assert answer.status == 404
        with sitting(chromium, address, "dewi", size=size, language=language) as page:
            day = day_of(page)
            day.go("/groups/1/covers/1")
            day.post(amount="20.000", note="tunai")
            day.go("/groups/new")
            day.go("/groups/1/joining")
            day.go("/groups/1/leaving")
            day.go("/groups/1/days")
            day.go("/groups/1/leader")
            day.go("/groups/1/freezing")
            day.post(reason="Rapat gagal")
            day.go("/groups/1")
    assert wrong == []
