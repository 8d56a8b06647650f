"""The cut-over at the desk: guided, compared, signed by two, kept as a PDF."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine

from coopbook import ledger
from coopbook.cooperatives import cooperative
from coopbook.cutover import ask_sign_off, view
from coopbook.cutover.record import record_pdf, signatures
from coopbook.importing import Answers, bring_in
from coopbook.people import approvals
from tests.conftest import Coop, found
from tests.coopbook.test_cutover import OLD_BOOKS
from tests.webui.conftest import Desks, app_on, hidden_fields, plain
from tests.webui.test_importing import sheet

DAY = date(2026, 1, 31)
BALANCES = sheet(
    ("No Anggota", "Nama", "Simpanan Pokok", "Simpanan Wajib", "Simpanan Sukarela"),
    ("A-1", "Rukmini", 100_000, 250_000, 75_000),
    ("A-2", "Wagiman", 100_000, 150_000, ""),
)
LOANS = sheet(
    ("No Anggota", "Nama", "No Pinjaman", "Sisa Pinjaman", "Sisa Angsuran"),
    ("A-1", "Rukmini", "P-7", 600_000, 6),
)
TRIAL_BALANCE = sheet(*OLD_BOOKS)
SAID = {"loan_product": "productive", "loan_rate": "1,5"}
ANSWERS = Answers(on=DAY, said=SAID).to_json()
SHEETS = {
    "trial-balance": TRIAL_BALANCE,
    "member-balances": BALANCES,
    "loans": LOANS,
}


@pytest.fixture
def new(engine: Engine) -> Coop:
    """A cooperative of which nothing is in yet."""
    return found(engine, bare=True)


@pytest.fixture
def fresh(new: Coop) -> Desks:
    """Its desks."""
    return Desks(app_on(new.engine), new)


def brought(coop: Coop, *kinds: str) -> None:
    """Bring in the sheets of the old books."""
    with coop.open("yanti") as book:
        for kind in kinds:
            bring_in(book, kind, SHEETS[kind], answers=ANSWERS, accept="Buku lama")


def test_what_is_missing_is_said_and_led_to(fresh: Desks) -> None:
    fresh.log_in("yanti")
    page = fresh.get("/cutover")
    assert "Neraca saldo lama ▲ belum ada" in plain(page)
    assert "/import?kind=trial-balance" in page.text

    refused = fresh.client.post(
        "/cutover/sign-off?on=2026-01-31", data=hidden_fields(page.text)
    )
    assert refused.status_code == 422
    assert "refused" in refused.text


def test_each_account_that_differs_is_shown(fresh: Desks) -> None:
    brought(fresh.coop, "trial-balance", "member-balances")
    fresh.log_in("sari")
    page = fresh.get("/cutover")

    assert "31 Januari 2026" in plain(page)
    assert "▲ (600.000)" in plain(page)
    assert "1 akun berbeda" in plain(page)
    assert "Pinjaman yang masih berjalan ▲ belum ada" in plain(page)
    assert "Tandatangani" not in plain(page)


def test_two_people_sign_and_the_record_is_kept(fresh: Desks) -> None:
    brought(fresh.coop, *SHEETS)
    fresh.log_in("yanti")
    page = fresh.get("/cutover")
    data = hidden_fields(page.text)
    for _twice in range(2):
        sent = fresh.client.post("/cutover/sign-off?on=2026-01-31", data=data)
        assert sent.status_code == 302, plain(sent)
    assert "Yanti sudah menandatangani" in plain(fresh.get("/cutover"))

    fresh.log_in("sari")
    with fresh.coop.read() as book:
        (asked,) = approvals.inbox(book)
    shown = fresh.get(f"/approvals/{asked.number}")
    assert "31/01/2026" in plain(shown)
    done = fresh.client.post(
        f"/approvals/{asked.number}/approve", data=hidden_fields(shown.text)
    )
    assert done.status_code == 302, plain(done)
    page = plain(fresh.get("/cutover"))
    assert "Ditandatangani Yanti dan Sari" in page
    record = fresh.get("/cutover/record?on=2026-01-31")
    assert record.mimetype == "application/pdf"
    assert record.data.startswith(b"%PDF")
    with fresh.coop.read() as book:
        assert ledger.suspense(book, date(2026, 3, 16)) == []


def test_who_asked_does_not_sign_twice(fresh: Desks) -> None:
    brought(fresh.coop, *SHEETS)
    fresh.log_in("budi")
    page = fresh.get("/cutover")
    fresh.client.post("/cutover/sign-off?on=2026-01-31", data=hidden_fields(page.text))
    with fresh.coop.read() as book:
        (asked,) = approvals.inbox(book)
    fresh.client.post(
        f"/approvals/{asked.number}/approve", data=hidden_fields(page.text)
    )
    with fresh.coop.read() as book:
        assert view(book, DAY).signed is None


@pytest.mark.parametrize("name", ["agus", "tono", "sari", "budi"])
def test_whoever_answers_for_the_books_reads_it(fresh: Desks, name: str) -> None:
    brought(fresh.coop, *SHEETS)
    fresh.log_in(name)

    assert fresh.get("/cutover").status_code == 200
    assert fresh.get("/cutover/lines").status_code == 200
    assert fresh.get("/cutover/record").status_code == 200
    assert fresh.get("/import/batches/1").status_code == 200
    assert fresh.get("/cutover?on=kemarin").status_code == 200


def text_of(pdf: bytes) -> str:
    """Return the words of a PDF."""
    reader = PdfReader(io.BytesIO(pdf))
    return " ".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize(
    ("language", "title", "column"),
    [
        ("id", "Berita acara peralihan buku", "Buku lama"),
        ("en", "Record of the cut-over", "Old books"),
    ],
)
def test_the_record_is_the_same_twice_and_says_what_was_signed(
    new: Coop, language: str, title: str, column: str
) -> None:
    brought(new, *SHEETS)
    with new.open("yanti") as book:
        draft = record_pdf(view(book, DAY), cooperative(book), language)
        asked = ask_sign_off(book, DAY)
        number, digest = asked.number, asked.digest
    with new.open("budi") as book:
        approvals.approve(book, number, digest=digest)
    with new.read() as book:
        seen = view(book, DAY)
        signed = signatures(book, seen)
        once, twice = (
            record_pdf(seen, cooperative(book), language, signed) for _ in range(2)
        )

    assert once == twice
    assert once != draft
    assert [one.name for one in signed] == ["Yanti (yanti)", "Budi (budi)"]
    assert all(one.at for one in signed)
    words = text_of(once)
    for said in (title, "600.000", column, "Yanti", seen.signed.digest[:16]):
        assert said in words
