"""Passbooks, slips and certificates at the desk: who prints, and nothing twice."""

from __future__ import annotations

import io
import re
from datetime import date

import pypdf
import pytest
from werkzeug.test import TestResponse

from coopbook import members, savings
from coopbook.deposits.model import TermDeposit
from coopbook.deposits.rules import DepositState, Pays, Rollover
from coopbook.ledger.accounts import open_card
from coopbook.money import Money, Rate
from coopbook.people import Role, add_user
from coopbook.savings import passbooks
from coopbook.savings.interest import DayCount
from tests.conftest import FIRST_DAY, PASSWORD_HASH, TODAY, Coop
from tests.webui.conftest import Desks, plain
from tests.webui.test_receipts import copy, deposited
from tests.webui.test_twice import at_once, hidden_fields_of

BOOK = "/savings/2/book"
FIRST = {"why": "first", "paper": "a6"}


def said(answer: TestResponse) -> str:
    """Return what stands on a PDF."""
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.data)).pages
    return "\n".join(page.extract_text() for page in pages)


def sent(desks: Desks, action: str, **asked: object) -> TestResponse:
    """Fill in one form of the passbook's page and send it."""
    data = hidden_fields_of(desks.get(BOOK).text, f"{BOOK}/{action}")
    return desks.client.post(f"{BOOK}/{action}", data=data | asked)


def on_paper(coop: Coop) -> int:
    with coop.read() as book:
        account = savings.account(book, 2)
        return passbooks.pending(book, account).printed


@pytest.fixture
def teller(desks: Desks) -> Desks:
    """A teller with a first book of Siti's savings and three lines to print."""
    desks.log_in("rina")
    assert sent(desks, "issue", **FIRST).status_code == 302
    with desks.coop.open() as book:
        for _ in range(2):
            savings.deposit(book, savings.account(book, 2), Money(7_000), on=TODAY)
    return desks


def test_an_account_without_a_book_is_offered_the_first(desks: Desks) -> None:
    desks.log_in("rina")
    page = desks.text(BOOK)
    assert "lines.pdf" not in page
    assert desks.get(f"{BOOK}/lines.pdf").status_code == 404
    assert desks.get(f"{BOOK}/cover.pdf").status_code == 404

    sent(desks, "issue", **FIRST)

    assert f"{BOOK}/lines.pdf?book=1&upto=1" in desks.text(BOOK)


def test_printing_notes_nothing_and_the_tellers_word_does(teller: Desks) -> None:
    for _ in range(2):
        paper = said(teller.get(f"{BOOK}/lines.pdf?book=1&upto=3"))
        assert "114.000" in paper
        assert on_paper(teller.coop) == 0

    answer = sent(teller, "printed", up_to=3)

    assert answer.headers["Location"] == BOOK
    assert on_paper(teller.coop) == 3
    again = teller.get(f"{BOOK}/lines.pdf?book=1&upto=3")
    assert again.status_code == 409
    assert teller.get(f"{BOOK}/lines.pdf").status_code == 409


def test_the_file_holds_what_its_address_names(teller: Desks) -> None:
    """A line posted after the page was opened waits for the next file."""
    paper = said(teller.get(f"{BOOK}/lines.pdf?book=1&upto=2"))
    assert "107.000" in paper
    assert "114.000" not in paper


def test_after_a_jam_the_rest_waits(teller: Desks) -> None:
    sent(teller, "printed", up_to=2)

    page = teller.text(BOOK)

    assert teller.get(f"{BOOK}/lines.pdf?book=1&upto=2").status_code == 409
    assert f"{BOOK}/lines.pdf?book=1&upto=3" in page
    paper = said(teller.get(f"{BOOK}/lines.pdf?book=1&upto=3"))
    assert "114.000" in paper
    assert "107.000" not in paper


def test_a_double_click_notes_the_lines_once(teller: Desks) -> None:
    data = hidden_fields_of(teller.get(BOOK).text, f"{BOOK}/printed")
    data["up_to"] = "3"

    answers = at_once(teller, lambda one: one.post(f"{BOOK}/printed", data=data))

    assert {answer.status_code for answer in answers} == {302}
    with teller.coop.read() as book:
        own = passbooks.current(book, savings.account(book, 2))
        assert own is not None
        rows = passbooks.prints(book, own)
        assert [(row.first, row.last) for row in rows] == [(1, 3)]


def test_the_second_teller_is_told_that_it_is_on_paper(teller: Desks) -> None:
    data = hidden_fields_of(teller.get(BOOK).text, f"{BOOK}/printed")
    sent(teller, "printed", up_to=3)

    late = teller.client.post(f"{BOOK}/printed", data=data | {"up_to": "3"})

    assert late.status_code == 422
    assert "3" in plain(late)
    assert 'role="alert"' in late.text
    assert on_paper(teller.coop) == 3


def test_a_page_of_a_book_that_ended_notes_nothing(teller: Desks) -> None:
    data = hidden_fields_of(teller.get(BOOK).text, f"{BOOK}/printed")
    assert sent(teller, "issue", why="lost", paper="140x200").status_code == 302

    late = teller.client.post(f"{BOOK}/printed", data=data | {"up_to": "1"})

    assert late.status_code == 422
    assert on_paper(teller.coop) == 0
    assert teller.get(f"{BOOK}/lines.pdf?book=1").status_code == 409


def test_a_book_that_is_not_full_is_printed_on_in(teller: Desks) -> None:
    refused = sent(teller, "issue", why="full", paper="a6")

    assert refused.status_code == 422
    assert "320" in plain(refused)


def test_lines_are_printed_again_with_a_reason_only(teller: Desks) -> None:
    sent(teller, "printed", up_to=3)
    asked = {"book": 1, "first": 2, "last": 3}
    assert sent(teller, "again", **asked, reason="").status_code == 422
    assert sent(teller, "again", **asked | {"last": 4}, reason="x").status_code == 422
    assert teller.get(f"{BOOK}/again.pdf?book=1&again=1").status_code == 404

    answer = sent(teller, "again", **asked, reason="Tinta luntur")

    at = answer.headers["Location"]
    link = re.search(r'href="([^"]*again\.pdf[^"]*)"', teller.text(at))
    assert link is not None
    paper = said(teller.get(link[1]))
    assert "107.000" in paper
    assert "100.000" not in paper
    assert on_paper(teller.coop) == 3


def test_the_front_page_names_the_member_and_hides_the_nik(teller: Desks) -> None:
    paper = said(teller.get(f"{BOOK}/cover.pdf"))

    assert "Siti Aminah" in paper
    assert "3201014101900001" not in paper
    assert teller.get(f"{BOOK}/cover.pdf?book=2").status_code == 404


# -- slips ---------------------------------------------------------------------


def test_slips_are_counted_with_the_receipts(desks: Desks) -> None:
    at = deposited(desks)
    assert "SALINAN" not in said(desks.client.post(f"{at}/slip.pdf?paper=58"))

    second = desks.client.post(f"{at}/print?paper=58")
    third = desks.client.post(f"{at}/slip.bin?columns=32")
    fourth = said(desks.client.post(f"{at}/slip.pdf?paper=a5"))

    assert copy(second.text) == 1
    assert b"SALINAN ke-2" in third.data
    assert third.data.startswith(b"\x1b@")
    assert "SALINAN ke-3" in fourth


def test_looking_at_a_slip_counts_nothing_and_says_so(desks: Desks) -> None:
    at = deposited(desks)
    for paper in ("58", "80", "a5"):
        seen = said(desks.get(f"{at}/slip.pdf?paper={paper}"))
        assert "bukan kuitansi" in " ".join(seen.split())
    assert b"bukan kuitansi" in desks.get(f"{at}/slip.bin?columns=48").data
    assert copy(desks.text(at)) == 0


def test_a_paper_nobody_has_is_not_counted(desks: Desks) -> None:
    at = deposited(desks)
    assert desks.client.post(f"{at}/slip.pdf?paper=a0").status_code == 404
    assert desks.client.post(f"{at}/slip.bin?columns=7").status_code == 404
    assert desks.client.post("/receipts/99999/slip.pdf").status_code == 404
    assert copy(desks.text(at)) == 0


def test_a_slip_says_what_the_receipt_says(desks: Desks) -> None:
    at = deposited(desks)
    page, slip = desks.text(at), said(desks.client.post(f"{at}/slip.pdf?paper=a5"))
    code = re.search(r'class="hash">([^<]+)<', page)
    voucher = re.search(r"BKM-2026-\d+", page)
    assert code is not None
    assert voucher is not None
    for text in (code[1], voucher[0], "Rp 50.000", "lima puluh ribu rupiah"):
        assert text in slip.replace("\u00a0", " "), text
    assert "Rp 150.000" in slip.replace("\u00a0", " ")


# -- the certificate -----------------------------------------------------------


def tied(coop: Coop) -> None:
    """Enter a term deposit of Siti's, as its service would."""
    with coop.open() as book:
        open_card(book, 21202, 1, name="Simpanan berjangka 1", floor=None)
        book.session.flush()
        siti = members.member(book, 1)
        book.session.add(
            TermDeposit(
                cooperative_id=book.cooperative_id,
                number=1,
                member_number=siti.number,
                savings_number=2,
                account_number=21202,
                months=3,
                principal=Money(3_000_000),
                rate=Rate.percent("6", "year"),
                day_count=DayCount.ACTUAL_365,
                kept_percent=50,
                penalty_percent=0,
                opened_on=TODAY,
                matures_on=date(2026, 6, 16),
                rollover=Rollover.STOP,
                pays=Pays.MONTHLY,
                heir="Budi",
                follows=None,
                state=DepositState.OPEN,
                ended_on=None,
            )
        )


def test_a_certificate_says_what_was_tied(desks: Desks) -> None:
    tied(desks.coop)
    desks.log_in("tono")

    paper = said(desks.get("/deposits/1/certificate.pdf"))

    for text in ("SB-000001", "Siti Aminah", "Rp 3.000.000", "6%", "16 Juni 2026"):
        assert text in paper, text
    assert desks.get("/deposits/2/certificate.pdf").status_code == 404


# -- who may -------------------------------------------------------------------

READS = (BOOK, "/receipts/{entry}/slip.pdf", "/receipts/{entry}/slip.bin")
PRINTS = (
    f"{BOOK}/lines.pdf",
    f"{BOOK}/cover.pdf",
    f"{BOOK}/again.pdf?book=1&again=2",
    "/deposits/1/certificate.pdf",
)
WRITES = (
    f"{BOOK}/printed",
    f"{BOOK}/again",
    f"{BOOK}/issue",
    "/receipts/{entry}/slip.pdf",
    "/receipts/{entry}/slip.bin",
)


@pytest.mark.parametrize(
    ("name", "reads", "prints"),
    [
        ("rina", 200, 200),
        ("tono", 200, 200),
        ("budi", 200, 403),
        ("dewi", 200, 403),
        ("sari", 200, 403),
        ("agus", 200, 403),
        ("siti", 403, 403),
    ],
)
def test_tellers_print_staff_look_and_members_have_the_portal(
    teller: Desks, name: str, reads: int, prints: int
) -> None:
    tied(teller.coop)
    sent(teller, "printed", up_to=1)
    sent(teller, "again", book=1, first=1, last=1, reason="Macet")
    with teller.coop.open("budi") as book:
        entry = savings.deposit(book, savings.account(book, 2), Money(9), on=TODAY)
        number = entry.number
        add_user(
            *(book, "siti", "Siti", PASSWORD_HASH, [Role.MEMBER]),
            on=FIRST_DAY,
            member_number=1,
            hashed=True,
        )
    teller.log_in(name)

    for path in READS:
        assert teller.get(path.format(entry=number)).status_code == reads, path
    for path in PRINTS:
        assert teller.get(path).status_code == prints, path
    for path in WRITES:
        status = teller.client.post(path.format(entry=number)).status_code
        assert (status == 403) is (prints == 403), path
    if name == "agus":
        assert "<form" not in teller.text(BOOK).split("<main")[1].split("</main")[0]


def test_the_books_of_another_cooperative_are_not_here(
    teller: Desks, twin: Coop
) -> None:
    with twin.open() as book:
        siti = members.member(book, 1)
        own = savings.open_account(book, siti, savings.product(book, "mandatory"))
        account, entry = (
            own.number,
            savings.deposit(*(book, own, Money(70_000)), on=TODAY),
        )
        number = entry.number + 50
    tied(twin)
    for path in (
        f"/savings/{account}/book",
        f"/savings/{account}/book/lines.pdf",
        f"/savings/{account}/book/cover.pdf",
        "/deposits/1/certificate.pdf",
        f"/receipts/{number}/slip.pdf",
    ):
        assert teller.get(path).status_code == 404, path
    for action in ("printed", "again", "issue"):
        answer = teller.client.post(f"/savings/{account}/book/{action}")
        assert answer.status_code == 404, action
