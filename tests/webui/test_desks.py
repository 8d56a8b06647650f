"""The main path of every desk but the counter's."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile

import pytest

from coopbook import importing, ledger, loans, members, savings
from coopbook.cooperatives import set_setting
from coopbook.ledger import credit, debit
from coopbook.loans import LoanState
from coopbook.money import Money
from coopbook.people import Role, add_user
from tests.conftest import FIRST_DAY, PASSWORD_HASH, TODAY, found
from tests.webui.conftest import Desks, hidden_fields, plain

ON = "16/03/2026"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def rich(desks: Desks) -> Desks:
    """The desks, with twenty million in the teller's cash."""
    with desks.coop.open() as book:
        ledger.post(
            book,
            on=FIRST_DAY,
            memo="Hibah",
            lines=[debit(11102, Money(20_000_000)), credit(33002, Money(20_000_000))],
        )
    return desks


# -- membership --------------------------------------------------------------


def test_somebody_is_admitted_pays_the_share_and_becomes_a_member(
    desks: Desks,
) -> None:
    desks.log_in("budi")
    answer = desks.send(
        "/members/new",
        name="Wati Purnama",
        national_id="3201014101900002",
        phone="081234567890",
        village="Sukamaju",
        on=ON,
    )
    number = int(answer.headers["Location"].rsplit("/", 1)[1])
    page = desks.text(f"/members/{number}")
    assert "Wati Purnama" in page
    assert "3201014101900002" not in page

    desks.log_in("rina")
    opened = desks.post(f"/members/{number}/savings/new", product="principal", on=ON)
    account = int(opened.headers["Location"].rsplit("=", 1)[1])
    desks.post(f"/counter/{number}/deposit", account=account, amount="100000", on=ON)

    with desks.coop.read() as book:
        assert members.member(book, number).status == "active"


def test_a_doubtful_number_is_pointed_out_and_never_refused(desks: Desks) -> None:
    desks.log_in("budi")
    answer = desks.send(
        "/members/new", name="Wati", national_id="9999999999999999", on=ON
    )
    assert answer.status_code == 302
    assert "told watch" in desks.get(answer.headers["Location"]).text


def test_the_register_is_corrected(desks: Desks) -> None:
    desks.log_in("budi")
    page = desks.text("/members/1/correction")
    assert "3201014101900001" in page

    desks.send(
        "/members/1/correction",
        name="Siti Aminah Putri",
        national_id="3201014101900001",
    )

    assert "Siti Aminah Putri" in desks.text("/members/1")


def test_a_passbook_is_shown_and_printed(desks: Desks) -> None:
    desks.log_in("rina")
    for path in ("/savings/2", "/savings/2/print"):
        assert "100.000" in desks.text(path)


# -- loans -------------------------------------------------------------------


def apply(desks: Desks, amount: str = "3000000") -> int:
    desks.log_in("dewi")
    answer = desks.post(
        "/members/1/loans/new",
        product="productive", amount=amount, term="10", purpose="Warung", on=ON,
    )  # fmt: skip
    return int(answer.headers["Location"].rsplit("/", 1)[1])


def approve(desks: Desks, name: str) -> int:
    desks.log_in(name)
    number = 1
    page = desks.get(f"/approvals/{number}").text
    return desks.client.post(
        f"/approvals/{number}/approve", data=hidden_fields(page)
    ).status_code


def test_a_loan_goes_from_application_to_the_first_installment(rich: Desks) -> None:
    desks = rich
    number = apply(desks)
    assert approve(desks, "budi") == 302
    desks.log_in("rina")
    shown = desks.text(f"/loans/{number}/disbursement")
    assert "2.945.000" in shown  # 3,000,000 less 1 % and 25,000
    paid = desks.post(f"/loans/{number}/disbursement", on=ON)
    assert "/receipts/" in paid.headers["Location"]

    page = desks.text("/counter/1/installment")
    assert 'value="345.000"' in page  # 300,000 and 1.5 % flat of three million
    desks.post("/counter/1/installment", loan=number, amount="345000", on=ON)

    with desks.coop.read() as book:
        loan = loans.loan(book, number)
        assert loan.state is LoanState.DISBURSED
        assert loans.standing(book, loan, TODAY).strip[0].state == "paid"
    assert "345.000" in desks.text(f"/loans/{number}")


def test_nobody_approves_what_they_made(rich: Desks) -> None:
    desks = rich
    with desks.coop.open("budi") as book:
        book.actor = "budi"
        loans.apply(
            book,
            members.member(book, 1),
            loans.product(book, "productive"),
            Money(1_000_000),
            term=10,
            purpose="Warung",
            on=TODAY,
        )
    desks.log_in("budi")
    page = desks.text("/approvals/1")
    assert "/approve" not in page
    assert desks.client.post("/approvals/1/approve", data={"digest": "x"}).status_code

    with desks.coop.read() as book:
        assert loans.loan(book, 1).state is LoanState.APPLIED


def test_a_refused_loan_says_why(rich: Desks) -> None:
    desks = rich
    apply(desks)
    desks.log_in("budi")
    unseen = hidden_fields(desks.get("/approvals/1").text)
    without = desks.client.post("/approvals/1/refuse", data=unseen)
    assert without.status_code == 422
    desks.client.post("/approvals/1/refuse", data=unseen | {"reason": "Masih ada"})

    assert "Masih ada" in desks.text("/approvals/1")


def test_a_loan_is_simulated_without_posting(desks: Desks) -> None:
    desks.log_in("dewi")
    answer = desks.send(
        "/loans/simulation", product="productive", amount="3.000.000", term="10"
    )
    assert "345.000" in plain(answer)


def test_a_loan_beyond_the_limit_is_refused_beside_the_amount(desks: Desks) -> None:
    desks.log_in("dewi")
    answer = desks.send(
        "/members/1/loans/new",
        product="productive", amount="90000000", term="10", purpose="x", on=ON,
    )  # fmt: skip
    assert answer.status_code == 422
    assert "25.000.000" in plain(answer)


# -- vouchers ----------------------------------------------------------------


def test_an_expense_is_written_with_its_paper(rich: Desks) -> None:
    desks = rich
    desks.log_in("tono")
    page = desks.get("/vouchers/new/expense").text
    unseen = hidden_fields(page)
    asked = {
        "memo": "Listrik Maret", "debit": 52008, "credit": 11102,
        "amount": "150.000", "on": ON,
    }  # fmt: skip
    shown = desks.client.post(
        "/vouchers/new/expense",
        data=unseen | asked | {"paper": (io.BytesIO(PNG), "nota.png", "image/png")},
    )
    assert "nota.png" in shown.text
    posted = desks.client.post(
        "/vouchers/new/expense", data=hidden_fields(shown.text) | asked
    )

    page = desks.text(posted.headers["Location"])
    assert "BKK-2026-000001" in page
    link = page.split('href="/attachments/')[1].split('"')[0]
    paper = desks.get(f"/attachments/{link}")
    assert paper.data == PNG
    assert paper.headers["Content-Disposition"].startswith("attachment")


def test_above_the_limit_a_second_person_is_asked(rich: Desks) -> None:
    desks = rich
    desks.log_in("tono")
    answer = desks.post(
        "/vouchers/new/expense",
        memo="Sewa gedung", debit=52008, credit=11102, amount="5.000.000", on=ON,
    )  # fmt: skip
    assert answer.headers["Location"] == "/approvals/1"
    desks.log_in("budi")
    assert "5.000.000" in desks.text("/approvals/1")
    assert approve(desks, "budi") == 302

    with desks.coop.read() as book:
        assert ledger.account_balance(book, 52008) == Money(5_000_000)


def test_every_voucher_in_everyday_words_has_its_page(desks: Desks) -> None:
    desks.log_in("tono")
    for one in ledger.TEMPLATES:
        if not one.units:
            desks.text(f"/vouchers/new/{one.key}")
    assert desks.get("/vouchers/new/gift").status_code == 404


def test_a_free_journal_is_posted_when_it_balances(rich: Desks) -> None:
    desks = rich
    desks.log_in("yanti")
    rows = {
        "rows-0-account": "52008 Listrik", "rows-0-debit": "75000",
        "rows-1-account": "11102", "rows-1-credit": "74000",
    }  # fmt: skip
    refused = desks.send("/vouchers/journal", memo="Koreksi", on=ON, **rows)
    assert refused.status_code == 422
    assert "Rp 74.000" in plain(refused)

    rows["rows-1-credit"] = "75000"
    posted = desks.post("/vouchers/journal", memo="Koreksi", on=ON, **rows)
    assert "75.000" in desks.text(posted.headers["Location"])


# -- books -------------------------------------------------------------------


def test_the_trial_balance_leads_to_the_voucher_in_two_steps(desks: Desks) -> None:
    desks.log_in("agus")
    page = desks.text("/books/trial-balance?on=16/03/2026")
    assert "200.000" in page
    statement = desks.text("/books/accounts/21101/statement")
    assert "/books/vouchers/" in statement
    number = statement.split("/books/vouchers/")[1].split('"')[0]
    assert "100.000" in desks.text(f"/books/vouchers/{number}")


def test_a_long_statement_is_turned_page_by_page(desks: Desks) -> None:
    with desks.coop.open() as book:
        account = savings.account(book, 2)
        for _ in range(60):
            savings.deposit(book, account, Money(1_000), on=TODAY)
    desks.log_in("agus")
    path, seen = "/books/accounts/21101/statement", []
    while True:
        page = desks.text(path)
        seen += [part.split('"')[0] for part in page.split("/books/vouchers/")[1:]]
        if 'rel="next"' not in page:
            break
        path = page.split('rel="next" href="')[1].split('"')[0]
    assert len(seen) == len(set(seen)) == 61
    assert 'rel="prev"' in page


def test_an_account_is_added_recoded_and_archived(desks: Desks) -> None:
    desks.log_in("yanti")
    desks.send(
        "/books/accounts/new",
        code="52099", name_id="Arisan", name_en="Arisan", account_type="expense",
    )  # fmt: skip
    with desks.coop.read() as book:
        number = next(a.number for a in ledger.accounts(book) if a.code == "52099")
    taken = desks.send(f"/books/accounts/{number}", code="52008")
    assert taken.status_code == 422
    desks.send(f"/books/accounts/{number}", code="52098")
    desks.client.post(f"/books/accounts/{number}/archive")

    with desks.coop.read() as book:
        account = ledger.account(book, number)
        assert (account.code, account.archived_on) == ("52098", TODAY)


def test_a_month_is_closed_and_reopened_by_two_people(desks: Desks) -> None:
    desks.log_in("yanti")
    assert "/books/months/2026-01/close" in desks.text("/books/months")
    desks.client.post("/books/months/2026-01/close")
    asked = desks.send("/books/months/2026-01/reopening", reason="Salah tanggal")
    assert asked.status_code == 302
    with desks.coop.read() as book:
        assert ledger.is_closed(book, "2026-01")

    assert approve(desks, "budi") == 302
    with desks.coop.read() as book:
        assert not ledger.is_closed(book, "2026-01")


def test_a_closed_month_refuses_at_the_counter_with_a_sentence(desks: Desks) -> None:
    with desks.coop.open("yanti") as book:
        set_setting(
            *(book, "backdating_days", 90), valid_from=TODAY, source="rapat anggota"
        )
        ledger.close_month(book, "2026-01")
    desks.log_in("rina")
    answer = desks.send("/counter/1/deposit", account=2, amount="5000", on="15/01/2026")
    assert answer.status_code == 422
    assert "2026-01" in plain(answer)


# -- audit, portal, import ---------------------------------------------------


def test_the_auditor_takes_the_journal_along(desks: Desks) -> None:
    desks.log_in("agus")
    answer = desks.client.post("/audit/export")

    folder = zipfile.ZipFile(io.BytesIO(answer.data))
    manifest = json.loads(folder.read("manifest.json"))
    assert {told["name"] for told in manifest["files"]} >= {"journal.csv"}
    for told in manifest["files"]:
        data = folder.read(told["name"])
        assert hashlib.sha256(data).hexdigest() == told["sha256"]
    rows = list(csv.DictReader(io.StringIO(folder.read("journal.csv").decode())))
    assert sum(int(r["debit"]) for r in rows) == sum(int(r["credit"]) for r in rows)
    assert sum(int(r["debit"]) for r in rows) == 200_000
    assert b"3201014101900001" not in answer.data


@pytest.mark.parametrize(
    ("form", "file"),
    [
        *(("saft", "saft.xml"), ("xlsx", "book.xlsx"), ("hledger", "ledger.journal")),
        ("ads", "GL_Detail_20260101_20260101.csv"),
    ],
)
def test_the_auditor_chooses_the_form(desks: Desks, form: str, file: str) -> None:
    """What is taken along comes back at the desk of an empty book."""
    desks.log_in("agus")
    page = desks.text("/audit")
    assert f'<option value="{form}">' in page
    answer = desks.client.post("/audit/export", data={"form": form})

    assert answer.headers["Content-Disposition"].startswith(
        f'attachment; filename="buku-{form}-'
    )
    folder = zipfile.ZipFile(io.BytesIO(answer.data))
    manifest = json.loads(folder.read("manifest.json"))
    (told,) = [told for told in manifest["files"] if told["name"] == file]
    assert told["debit"] == told["credit"] == 200_000
    assert hashlib.sha256(folder.read(file)).hexdigest() == told["sha256"]
    assert b"3201014101900001" not in folder.read(file)
    with found(desks.coop.engine, bare=True).open() as book:
        batch = importing.bring_in(book, "journal", answer.data)
        assert batch is not None
        assert batch.rows_posted == 2


def test_a_form_nobody_offers_is_not_there(desks: Desks) -> None:
    desks.log_in("agus")
    answer = desks.client.post("/audit/export", data={"form": "../../etc"})
    assert answer.status_code == 404


def test_the_auditor_checks_the_book(desks: Desks) -> None:
    desks.log_in("agus")
    answer = desks.client.post("/audit/verification")
    assert answer.status_code == 200
    assert "told late" not in answer.text


def test_a_member_sees_the_same_money(desks: Desks) -> None:
    with desks.coop.open("budi") as book:
        add_user(
            *(book, "siti", "Siti Aminah", PASSWORD_HASH, [Role.MEMBER]),
            on=FIRST_DAY,
            member_number=1,
            hashed=True,
        )
    desks.log_in("siti")
    page = desks.text("/mine")
    assert "200.000" in page
    assert "100.000" in desks.text("/mine/savings/2")


def test_a_bank_book_is_looked_at_then_brought_in_once(desks: Desks) -> None:
    sheet = (
        b"Tanggal,Keterangan,Debit,Kredit,Saldo\n"
        b"02/02/2026,Setoran tunai,1500000,0,1500000\n"
        b"03/02/2026,Biaya,0,6500,1493500\n"
    )
    desks.log_in("yanti")

    def bring() -> str:
        answer = desks.client.post(
            "/import",
            data={
                "kind": "bank-book",
                "file": (io.BytesIO(sheet), "bank.csv", "text/csv"),
            },
        )
        assert answer.status_code == 302, plain(answer)
        return answer.headers["Location"]

    at = bring()
    page = desks.get(at)
    desks.client.post(at, data=hidden_fields(page.text) | {"accept": "Dari bank"})
    with desks.coop.read() as book:
        assert ledger.account_balance(book, 11201) == Money(1_493_500)

    again = bring()
    page = desks.get(again)
    desks.client.post(again, data=hidden_fields(page.text) | {"accept": "Dari bank"})
    with desks.coop.read() as book:
        assert ledger.account_balance(book, 11201) == Money(1_493_500)
    assert "11903" in desks.text("/books/trial-balance")


@pytest.mark.parametrize("content", [b"", b"\x00\x01garbage", b"just words\n"])
def test_a_file_that_is_no_sheet_gets_one_sentence(
    desks: Desks, content: bytes
) -> None:
    desks.log_in("yanti")
    answer = desks.client.post(
        "/import",
        data={"kind": "savings", "file": (io.BytesIO(content), "x.csv", "text/csv")},
    )
    assert answer.status_code == 422
    assert "refused" in answer.text


def test_pages_stay_small(desks: Desks) -> None:
    with desks.coop.open() as book:
        for number in range(60):
            members.admit(book, f"Anggota Nama Panjang {number}", on=FIRST_DAY)
        account = savings.account(book, 2)
        for _ in range(60):
            savings.deposit(book, account, Money(1_000), on=TODAY)
    everything = {
        "rina": ["/counter", "/members", "/savings/2", "/savings/2/print", "/loans"],
        "agus": ["/books/trial-balance", "/books/journal", "/audit",
                 "/books/accounts/21101/statement"],
        "yanti": ["/books/accounts?kind=expense", "/books/accounts", "/vouchers",
                  "/vouchers/new/expense", "/vouchers/journal", "/import"],
    }  # fmt: skip
    for name, paths in everything.items():
        desks.log_in(name)
        for path in paths:
            size = len(desks.get(path).data)
            assert size <= 20_000, (path, size)


def test_a_reversal_is_offered_to_whose_desk_makes_it(desks: Desks) -> None:
    with desks.coop.open() as book:
        own = savings.deposit(book, savings.account(book, 2), Money(1_000), on=TODAY)
        gift = ledger.post(
            book,
            on=TODAY,
            memo="Hibah",
            lines=[
                ledger.debit(11102, Money(5_000)),
                ledger.credit(33002, Money(5_000)),
            ],
        )
        mine, other = own.number, gift.number
    for name, offered in (("rina", {mine}), ("tono", {mine, other})):
        desks.log_in(name)
        for number in (mine, other):
            link, allowed = f"/vouchers/{number}/reversal", number in offered
            for page in (f"/books/vouchers/{number}", f"/receipts/{number}"):
                assert (link in desks.text(page)) == allowed, (name, page)
            assert desks.get(link).status_code == (200 if allowed else 403)
