"""What a slip says of an entry, on paper and in the bytes of a thermal printer."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook import archive, ledger, loans, members, savings
from coopbook.archive import ScanKind
from coopbook.cooperatives import cooperative
from coopbook.ledger import MoneyOrigin, credit, debit
from coopbook.money import ZERO, Money
from coopbook.people import approvals
from coopbook.printing.cover import cover_of
from coopbook.printing.slip import check_code, slip_of
from coopbook.printing.thermal import slip_bytes, slip_text
from coopbook.savings import passbooks
from coopbook.savings.rules import PassbookPaper, WhyBook
from tests.conftest import FIRST_DAY, TODAY, as_
from tests.coopbook.printing import samples


def account(book):
    return savings.account(book, 2)


def deposited(book, amount=50_000, on=TODAY):
    return savings.deposit(book, account(book), Money(amount), on=on)


def test_a_deposit_says_who_what_how_much_and_what_is_there_now(book):
    entry = deposited(book)

    slip = slip_of(book, entry, prints=1)

    assert slip.member == "0001 Siti Aminah"
    assert slip.account == "Simpanan Sukarela 2"
    assert slip.amount == Money(50_000)
    assert slip.balances == (("Simpanan Sukarela 2", Money(150_000)),)
    assert (slip.parts, slip.out, slip.stamp, slip.copy) == ((), False, False, 0)
    assert slip.actor == "Rina"
    assert slip.code == check_code(entry)
    assert re.fullmatch(r"\d\d/\d\d/\d{4} \d\d\.\d\d", slip.recorded)


def test_a_copy_says_what_the_first_slip_said(book):
    """The balance is the one after the entry, whatever came later or was back-dated."""
    entry = deposited(book)
    first = slip_of(book, entry, prints=1)
    deposited(book, 7_000)
    deposited(book, 9_000, on=date(2026, 3, 1))

    copy = slip_of(book, entry, prints=3)

    assert copy == replace(first, copy=2)


def test_a_reversed_entry_is_marked_on_its_slip(book):
    entry = deposited(book)
    back = ledger.reverse(book, entry, on=TODAY, reason="Salah anggota")

    assert slip_of(book, entry, prints=1).undone == back.voucher
    assert slip_of(book, back, prints=1).undone == ""
    assert slip_of(book, back, prints=1).balances[0][1] == Money(100_000)


@pytest.mark.parametrize(("amount", "stamp"), [(5_000_000, False), (5_000_001, True)])
def test_a_receipt_above_the_limit_asks_for_a_stamp(book, amount, stamp):
    assert slip_of(book, deposited(book, amount), prints=1).stamp is stamp


def test_whoever_paid_for_somebody_else_is_named(book):
    entry = deposited(book)
    book.session.add(
        MoneyOrigin(
            cooperative_id=book.cooperative_id,
            entry_number=entry.number,
            payer="Budi di Hong Kong",
            reference="",
            currency=None,
            foreign_amount=None,
            rate=None,
            purposes="[]",
        )
    )
    book.session.flush()

    assert slip_of(book, entry, prints=1).payer == "Budi di Hong Kong"


def test_what_a_loan_pays_out_is_what_is_left_after_its_fees(book):
    lines = [debit(11102, Money(9_000_000)), credit(33002, Money(9_000_000))]
    ledger.post(book, on=FIRST_DAY, memo="Hibah", lines=lines)
    siti, product = members.member(book, 1), loans.product(book, "productive")
    with as_(book, "dewi"):
        loan = loans.apply(
            *(book, siti, product, Money(1_000_000)),
            term=10,
            purpose="Warung",
            on=TODAY,
        )
    with as_(book, "budi"):
        asked = approvals.inbox(book)[0]
        approvals.approve(book, asked.number, digest=asked.digest)
    entry = loans.disburse(book, loan, on=TODAY)
    paid = next(line for line in entry.lines if line.account_number == 11102).credit

    slip = slip_of(book, entry, prints=1)

    assert slip.out
    assert slip.amount == paid < Money(1_000_000)
    assert sum((part for _, part in slip.parts), ZERO) == paid
    assert slip.parts[0][1] == Money(1_000_000)
    assert slip.account == slip.balances[0][0] == f"Pinjaman {loan.number}"
    repaid = loans.repay(book, loan, Money(150_000), on=TODAY)
    slip = slip_of(book, repaid, prints=1)
    assert sum((part for _, part in slip.parts), ZERO) == Money(150_000)
    assert slip.balances[-1][1] < Money(1_000_000)


def test_a_cover_shows_the_photo_that_is_kept(book):
    of = passbooks.issue(
        book, account(book), paper=PassbookPaper.A6, on=TODAY, why=WhyBook.FIRST
    )
    assert cover_of(book, account(book), of).photo is None
    for content in (samples.photo(), samples.photo(30, 40)):
        archive.keep(
            *(book, "member:1", ScanKind.PHOTO),
            name="wajah.png",
            media_type="image/png",
            content=content,
            on=TODAY,
        )

    cover = cover_of(book, account(book), of)

    assert cover.photo == samples.photo(30, 40)
    assert cover.national_id.count("•") >= 8
    assert (cover.member, cover.book, cover.cooperative) == (
        *(1, 1),
        cooperative(book).name,
    )
    book.vault = None
    assert cover_of(book, account(book), of).photo is None


# -- the bytes of a thermal printer ----------------------------------------------

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]))


@pytest.mark.parametrize("columns", [32, 48])
@given(name=TEXTS, memo=TEXTS, units=st.integers(1, 9_000_000_000_000))
def test_no_line_is_wider_than_the_roll_and_no_letter_strange(
    columns, name, memo, units
):
    slip = replace(
        samples.LONG_SLIP, member=name, memo=memo, amount=Money(units), payer=memo
    )

    text = slip_text(slip, columns)

    assert max(map(len, text.split("\n"))) <= columns
    assert all(letter == "\n" or " " <= letter <= "~" for letter in text)
    assert f"Rp {units:,}".replace(",", ".") in text


@pytest.mark.parametrize("columns", [32, 48])
def test_the_bytes_begin_afresh_set_the_title_bold_and_cut(columns):
    sent = slip_bytes(samples.SLIP, columns)

    assert sent.startswith(b"\x1b@\x1ba\x01\x1bE\x01Koperasi Melati\n")
    assert sent.endswith(b"\n\n\n\x1dV\x42\x00")
    assert b"\x1ba\x00\x1bE\x00Date" in sent
    assert b"\x1bE\x01Rp 1.250.000\n" in sent
    printed = sent
    for order in (b"\x1b@", b"\x1ba\x00", b"\x1ba\x01", b"\x1bE\x00", b"\x1bE\x01"):
        printed = printed.replace(order, b"")
    lines = printed.removesuffix(b"\x1dV\x42\x00").decode("ascii").split("\n")
    plain = slip_text(samples.SLIP, columns).split("\n")
    assert [line.strip() for line in lines if line.strip()] == [
        line.strip() for line in plain if line.strip()
    ]


def test_money_stands_at_the_right_edge():
    text = slip_text(samples.SLIP, 48)
    (line,) = [one for one in text.split("\n") if "2.590.000" in one]
    assert line == "Balance of Simpanan Sukarela" + "Rp 2.590.000".rjust(20)
