"""A day of the credit officer and of a borrower abroad: both languages, phone, laptop.

A loan goes from the simulation to its end through everybody's hands; every page on the
way is looked at by axe and read in the language asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from coopbook import ledger, loans, members
from coopbook.book import Book
from coopbook.ledger import credit, debit
from coopbook.money import Money
from coopbook.people import Role, add_user, approvals
from tests.conftest import FIRST_DAY, PASSWORD_HASH, TODAY, as_, furnish
from tests.webui.browsing import follow, open_desks, sitting, staff
from tests.webui.test_life_days import LANGUAGES, SIZES, Day
from webui.demo.backing import look_into

pytestmark = pytest.mark.browser


def village(book: Book) -> None:
    """Siti works abroad and has a loan that runs; Ani may look at her own page."""
    staff(book)
    lines = [debit(11102, Money(90_000_000)), credit(33002, Money(90_000_000))]
    ledger.post(book, on=FIRST_DAY, memo="Hibah", lines=lines)
    furnish(book, 1)
    for name, number in (("siti", 1), ("ani", 2)):
        add_user(
            *(book, name, name.title(), PASSWORD_HASH, [Role.MEMBER]),
            on=FIRST_DAY,
            member_number=number,
            hashed=True,
        )
    siti = members.member(book, 1)
    siti.hamlet = "Krajan"
    with as_(book, "dewi"):
        loan = loans.apply(
            *(book, siti, loans.product(book, "productive"), Money(6_000_000)),
            term=12,
            purpose="Warung",
            on=FIRST_DAY,
        )
        look_into(book, loan, FIRST_DAY)
    with as_(book, "budi"):
        asked = loans.asked_for(book, loan)
        assert asked is not None
        approvals.approve(book, asked.number, digest=asked.digest)
    with as_(book, "rina"):
        loans.disburse(book, loan, on=FIRST_DAY)


@contextmanager
def desks(chromium: Any, size: tuple[int, int], language: str) -> Iterator[Any]:
    """Open the desks of the village; the result lets people sit down one by one."""
    wrong: list[str] = []
    with open_desks(village) as address:

        @contextmanager
        def somebody(name: str) -> Iterator[Day]:
            with sitting(chromium, address, name, size=size, language=language) as page:
                page.set_default_timeout(10_000)
                day = Day(page, address, language, wrong)
                day.look()
                yield day

        yield somebody
    assert wrong == []


@SIZES
@LANGUAGES
def test_a_loan_goes_through_everybodys_hands(
    chromium: Any, size: tuple[int, int], language: str
) -> None:
    with desks(chromium, size, language) as somebody:
        with somebody("dewi") as day:
            day.go("/loans/simulation")
            day.fill(product="productive", amount="3.000.000", term="10")
            day.press()
            assert "18,00%" in day.said or "18.00%" in day.said
            day.go("/loans/products")
            day.go("/members/1/loans/new")
            day.post(
                product="productive",
                amount="3.000.000",
                term="10",
                purpose="Mesin jahit",
            )
            day.go("/loans/2/appraisal")
            day.fill(business="Penjahit", income="4.000.000", expenses="2.000.000")
            day.fill(visited_on="15/03/2026", note="Pelanggan tetap")
            day.press()
            day.press()
            day.go("/loans/2/guarantors/new")
            day.post(name="Pak Harun", relation="suami", amount="1.000.000")
            day.go("/loans/2/collateral/new")
            day.post(
                description="Mesin jahit Juki",
                document="Nota 12",
                owner="Siti",
                relation="sendiri",
                value="2.500.000",
                appraised_by="Dewi",
                kept_where="Lemari besi",
            )
            assert "58" in day.said
            day.go("/collateral")
            day.go("/loans/due?on=10/03/2026")
            assert "Krajan" in day.said
            day.press("main form[method=post] button")
            assert day.page.locator("a[href='/loans/lists/1.pdf']").count() == 1
        with somebody("budi") as day:
            day.go("/approvals")
            day.press("main table a")
            assert "Mesin jahit" in day.said
            assert "Rp" in day.said
            day.press("main form[action$='/approve'] button")
        with somebody("rina") as day:
            day.go("/loans/2")
            day.go("/loans/2/disbursement")
            day.post()
            day.go("/counter/1/installment?loan=1")
            day.fill(amount="3.000.000", wish="shorter")
            day.press()
            shown = day.said
            day.press()
            day.go("/loans/1")
            assert "Rp" in shown
            assert day.page.locator("main .kartu").count()
            for paper in ("application", "agreement", "card", "payoff"):
                answer = day.page.request.get(f"{day.address}/loans/1/{paper}.pdf")
                assert answer.status == 200
                assert answer.body().startswith(b"%PDF")
            day.go("/loans/1/quotation")
            day.post()
            day.go("/loans/lists")
            day.go("/loans/lists/1/keying")
            day.fill(a1="100.000", control="90.000", collector="Dewi")
            day.press()
            assert "10.000" in day.said
            day.fill(control="100.000")
            day.press()
            day.press()
            day.go("/loans/lists/1")
            day.go("/counter/1/installment?loan=1&wish=settle")
            day.post()
            day.go("/loans/1")
            assert "lunas" in day.said or "ettled" in day.said


@SIZES
@LANGUAGES
def test_a_kind_of_loan_a_rate_a_term_and_a_closed_day_are_changed(
    chromium: Any, size: tuple[int, int], language: str
) -> None:
    with desks(chromium, size, language) as somebody:
        with somebody("budi") as day:
            day.go("/loans/products/emergency")
            day.post(
                method="annuity",
                percent="1,25",
                due_day="31",
                shift="next",
                order="interest_first",
                rate_from="12",
                rate_to="20",
                reason="Rapat pengurus",
            )
            day.go("/loans/products/emergency")
            day.fill(percent="3", reason="Rapat pengurus")
            day.press()
            assert "24 %" in day.said
            day.go("/loans/1/rate")
            day.post(percent="1", reason="RAT 2026")
            day.go("/bylaws/offices")
            day.fill(office="village_head", name="Pak Karno", source="SK Bupati")
            day.press()
            assert "Pak Karno" in day.said
            day.go("/bylaws/calendar?year=2099")
            day.fill(on="01/01/2099", name="Tahun Baru")
            day.press()
            assert "Tahun Baru" in day.said
        with somebody("wati") as day:
            for _ in range(2):
                day.go("/approvals")
                day.press("main table a")
                day.press("main form[action$='/approve'] button")
            day.go("/loans/products")
            assert "1,25%" in day.said or "1.25%" in day.said
            day.go("/loans/1")
        with somebody("rina") as day:
            day.go("/loans/1/waiver")
            day.post(amount="1.000", reason="Sakit")
        with somebody("dewi") as day:
            day.go("/loans/1/replacement")
            day.page.check("[value=refinance]")
            day.fill(amount="9.000.000", purpose="Gagal panen")
            day.press()
            assert "43" in day.said
            day.go("/loans/1/replacement")
            day.post(term="18", purpose="Gagal panen")
            day.go("/loans/2/appraisal")
            day.post(business="Tani", income="3.000.000", expenses="1.500.000")
            day.go("/loans/2")
        with somebody("budi") as day:
            day.go("/approvals")
            day.press("main table a")
            day.press("main form[action$='/approve'] button")
        with somebody("tuti") as day:
            day.go("/loans/2/disbursement")
            day.post()
            day.go("/loans/2")
            day.go("/loans/1")


@SIZES
@LANGUAGES
def test_a_borrower_abroad_sees_what_is_owed_and_nobody_elses(
    chromium: Any, size: tuple[int, int], language: str
) -> None:
    with desks(chromium, size, language) as somebody:
        with somebody("siti") as day:
            day.go("/mine/loans/1")
            assert "6.000.000" in day.said or "6,000,000" in day.said
            assert day.page.locator("main .strip").count()
        with somebody("ani") as day:
            answer = day.page.goto(f"{day.address}/mine/loans/1")
            assert answer is not None
            assert answer.status == 404
            answer = day.page.goto(f"{day.address}/loans/1/agreement.pdf")
            assert answer is not None
            assert answer.status in (403, 404)


def test_a_payoff_letter_of_a_loan_that_never_ran_is_refused(
    chromium: Any,
) -> None:
    with open_desks(village) as address, sitting(chromium, address, "dewi") as page:
        page.goto(f"{address}/members/1/loans/new")
        page.select_option("#product", "productive")
        page.fill("#amount", "1.000.000")
        page.fill("#term", "5")
        page.fill("#purpose", "x")
        for _ in range(2):
            follow(page, "main form.sheet .acts button")
        answer = page.request.get(f"{address}/loans/2/payoff.pdf")

        assert answer.status in (404, 409, 422)
        assert TODAY
