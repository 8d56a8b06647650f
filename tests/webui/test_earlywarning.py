"""Early warning at the desks: questions, figures, charts, the loans behind them."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from coopbook import loans, members
from coopbook.people import Role
from tests.conftest import Coop, found
from tests.coopbook.earlywarning.villages import lend_on, settled_street, write_down
from tests.webui.conftest import Desks, plain
from tests.webui.test_counter_savings import in_english
from tests.webui.test_policy import only

MAY_READ = (Role.MANAGER, Role.CREDIT, Role.BOOKKEEPER, Role.SUPERVISOR, Role.AUDITOR)
NOBODY_ELSE = (Role.TELLER, Role.TREASURER, Role.MEMBER)
SHOWS = ("ageing", "rolls", "vintages", "concentration")
LARGEST = 20_000


def lent(coop: Coop) -> list[int]:
    """Lend four neighbours money of which nothing is paid, two just under a limit.

    Wati's first installment was paid by Dewi, who proposed the loan; Wati and Tuti
    have one telephone.
    """
    with coop.open() as book:
        street = settled_street(book)
        amounts = (1_200_000, 1_200_000, 1_900_000, 2_000_000)
        given = [
            lend_on(book, who, amount, by="tono")
            for who, amount in zip(street, amounts, strict=True)
        ]
        row = loans.schedule_of(book, given[0])[0]
        loans.repay(book, given[0], row.total, on=row.due_on, payer="Dewi")
        for who in street[:2]:
            write_down(book, who, phone="081234567890")
        return [loan.number for loan in given]


def test_what_to_ask_is_said_with_its_loans_and_members(desks: Desks) -> None:
    first, second, third, fourth = lent(desks.coop)
    in_english(desks, "budi")
    text = desks.text("/loans/watch")
    page = plain(desks.get("/loans/watch"))
    assert "A question is no accusation" in page
    assert "Of the first installment of loan 2, Rp 118.000 due on 01/02/2026" in page
    assert "have the same telephone number" in page
    assert "081234567890" not in text and "6281234567890" not in text
    assert "was paid in a name like that of dewi, who looked after it" in page
    assert "just keeps to Rp 2.000.000, the most that the treasurer" in page
    for number in (first, second, third, fourth):
        assert f'href="/loans/{number}"' in text
    with desks.coop.read() as book:
        known = members.member(book, loans.loan(book, first).member_number)
        assert f'href="/members/{known.number}"' in text
    assert text.index("First installment") < text.index("Just under a limit")
    assert "/loans/watch" in desks.text("/loans/bad")


def test_one_kind_of_question_alone_and_another_day(desks: Desks) -> None:
    lent(desks.coop)
    in_english(desks, "sari")
    page = plain(desks.get("/loans/watch?kind=shared"))
    assert "have the same telephone number" in page
    assert "Of the first installment" not in page
    before = plain(desks.get("/loans/watch?on=02/03/2026&kind=first_payment"))
    assert "Nothing in the book gives rise to a question" in before
    day_after = plain(desks.get("/loans/watch?on=03/03/2026&kind=first_payment"))
    assert "Of the first installment" in day_after
    assert desks.get("/loans/watch?kind=luck").status_code == 422
    assert desks.get("/loans/watch?on=45/45/2026").status_code == 422


def test_an_officer_reads_nothing_about_officers(desks: Desks) -> None:
    lent(desks.coop)
    for name in ("dewi", "yanti"):
        in_english(desks, name)
        page = plain(desks.get("/loans/watch"))
        assert "Of the first installment" in page
        assert "who looked after it" not in page
        assert "just keeps to" not in page
        assert "Somebody who works here" not in page
        for kind in ("officer_pays", "just_under", "term_end"):
            assert desks.get(f"/loans/watch?kind={kind}").status_code == 422


@pytest.mark.parametrize("role", MAY_READ)
def test_who_answers_for_loans_reads_it(desks: Desks, role: Role) -> None:
    in_english(desks, only(desks.coop, role))
    for path in ("", "/figures", "/ageing.svg"):
        assert desks.get(f"/loans/watch{path}").status_code == 200, path
    asked = desks.text("/loans/bad")
    assert "/loans/watch" in asked


@pytest.mark.parametrize("role", NOBODY_ELSE)
def test_nobody_else_does(desks: Desks, role: Role) -> None:
    in_english(desks, only(desks.coop, role))
    for path in ("", "/figures", "/ageing.svg", "/list?show=ageing&place=NONE"):
        assert desks.get(f"/loans/watch{path}").status_code == 403, path
    if role is Role.TREASURER:
        assert "/loans/watch" not in desks.text("/loans/bad")


@pytest.mark.parametrize("show", SHOWS)
def test_each_figure_has_its_chart_beside_it(desks: Desks, show: str) -> None:
    lent(desks.coop)
    in_english(desks, "agus")
    text = desks.text(f"/loans/watch/figures?show={show}&every=quarter")
    (image,) = re.findall(r'<img class="chart"[^>]*>', text)
    source = re.search(r'src="([^"]+)"', image)
    assert source is not None
    assert re.search(r'alt="Chart: [^"]+, as in the table"', image)
    answer = desks.get(source[1])
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert ElementTree.fromstring(answer.data).tag == "{http://www.w3.org/2000/svg}svg"
    assert b"<script" not in answer.data
    links = set(re.findall(rb"https?://[^\"' <)]+", answer.data))
    assert links <= {b"http://www.w3.org/2000/svg", b"http://www.w3.org/1999/xlink"}
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert answer.data == desks.get(source[1]).data, "the same day, the same picture"


def test_the_figures_are_those_of_the_book_and_open_their_loans(desks: Desks) -> None:
    numbers = lent(desks.coop)
    in_english(desks, "budi")
    page = plain(desks.get("/loans/watch/figures"))
    assert "31 to 60 days late 3 5.100.000" in page
    assert "Total 4" in page
    rolls = plain(desks.get("/loans/watch/figures?show=rolls"))
    assert "From where to where in February 2026" in rolls
    assert "not late 8 to 30 days late 3 5.100.000" in rolls
    vintage = plain(desks.get("/loans/watch/figures?show=vintages"))
    assert "January 2026 4 6.300.000" in vintage
    hangs = plain(desks.get("/loans/watch/figures?show=concentration"))
    assert "Members who borrow 4" in hangs
    assert "Krajan 4" in hangs
    opened = {
        "show=ageing&place=TWO_MONTHS": numbers[1:],
        "show=rolls&began=NONE&place=MONTH&month=2026-02": numbers[1:],
        "show=rolls&began=NEW&place=NONE&month=2026-01": numbers,
        "show=vintages&month=2026-01": numbers,
        "show=concentration&part=hamlet&name=Krajan": numbers,
        "show=concentration&part=kind&name=productive": numbers,
    }
    for asked, behind in opened.items():
        text = desks.text(f"/loans/watch/list?{asked}")
        assert re.findall(r'href="/loans/(\d+)"', text) == list(map(str, behind)), asked
    for show in SHOWS:
        text = desks.text(f"/loans/watch/figures?show={show}")
        links = re.findall(r'href="(/loans/watch/list[^"]+)"', text)
        assert links
        for link in links:
            assert desks.get(link).status_code == 200, link


def test_what_is_no_figure_is_not_there(desks: Desks) -> None:
    lent(desks.coop)
    in_english(desks, "budi")
    for asked in (
        *("", "?show=ageing", "?show=rolls&began=NONE&place=PAID"),
        *("?show=vintages&month=2020-01", "?show=vintages&month=2026-01&age=24"),
        *("?show=vintages&month=2026-01&age=5", "?show=concentration&part=hamlet"),
        *("?show=concentration&part=borrower&member=99", "?show=rolls&month=2020-01"),
    ):
        assert desks.get(f"/loans/watch/list{asked}").status_code == 404, asked
    for asked in ("?show=luck", "?show=ageing&place=luck", "?on=45/45/2026", "?age=0"):
        assert desks.get(f"/loans/watch/list{asked}").status_code == 422, asked
    assert desks.get("/loans/watch/figures?show=luck").status_code == 422
    assert desks.get("/loans/watch/luck.svg").status_code == 404


@pytest.mark.parametrize("show", SHOWS)
def test_an_empty_book_says_what_to_expect(desks: Desks, show: str) -> None:
    in_english(desks, "budi")
    assert "Nothing in the book gives rise" in plain(desks.get("/loans/watch"))
    page = desks.get(f"/loans/watch/figures?show={show}")
    assert 'class="empty"' in page.text
    assert "<img" not in page.text
    assert desks.get(f"/loans/watch/{show}.svg").status_code == 200


def test_another_cooperatives_loans_are_behind_no_figure(
    desks: Desks, twin: Coop
) -> None:
    other = found(desks.coop.engine)
    lent(other)
    in_english(desks, "budi")
    for path in ("", *(f"/figures?show={show}" for show in SHOWS)):
        assert 'href="/loans/1"' not in desks.text(f"/loans/watch{path}")
    asked = "/loans/watch/list?show=concentration&part=borrower&member=3"
    assert desks.get(asked).status_code == 404
    assert twin.number != other.number


def test_many_questions_and_many_loans_stay_a_small_page(desks: Desks) -> None:
    with desks.coop.open() as book:
        street = settled_street(book, [f"Tetangga {n}" for n in range(30)])
        for who in street:
            lend_on(book, who, 1_950_000, by="tono")
            write_down(book, who, address="Jl. Satu", phone="081234567890")
    in_english(desks, "budi")
    text = desks.text("/loans/watch")
    assert text.count("Of the first installment") == 25
    assert "and 37 more" in text
    paths = ["", "?kind=shared", "/list?show=ageing&place=TWO_MONTHS"]
    paths += [f"/figures?show={show}" for show in SHOWS]
    for path in paths:
        answer = desks.get(f"/loans/watch{path}")
        assert len(answer.data) <= LARGEST, (path, len(answer.data))


def test_days_before_today_are_shown_as_they_were(desks: Desks) -> None:
    lent(desks.coop)
    in_english(desks, "budi")
    page = plain(desks.get("/loans/watch/figures?on=01/02/2026"))
    assert "not late 4 6.200.000" in page
    assert "/loans/watch/ageing.svg?on=01" in desks.text(
        "/loans/watch/figures?on=01/02/2026"
    ).replace("%2F", "/")
