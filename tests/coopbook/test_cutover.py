"""From the old books' last day to the first: everything in, everything ties, signed."""

from datetime import date

import pytest

from coopbook import ledger, loans
from coopbook.cutover import ask_sign_off, cut_over_day, view
from coopbook.cutover.service import (
    AlreadySigned,
    FiguresChanged,
    NotReady,
    WaitsForSecond,
)
from coopbook.importing import Answers, bring_in, take_back
from coopbook.ledger import chart
from coopbook.money import ZERO, Money
from coopbook.people import approvals
from coopbook.verification import verify
from tests.conftest import VAULT, as_, found
from tests.coopbook.importing.conftest import workbook

DAY = date(2026, 1, 31)
BALANCES = workbook(
    ("No Anggota", "Nama", "Simpanan Pokok", "Simpanan Wajib", "Simpanan Sukarela"),
    ("A-1", "Rukmini", 100_000, 250_000, 75_000),
    ("A-2", "Wagiman", 100_000, 150_000, ""),
    ("JUMLAH", "", 200_000, 400_000, 75_000),
)
LOANS = workbook(
    (
        "No Anggota",
        "Nama",
        "No Pinjaman",
        "Sisa Pinjaman",
        "Sisa Angsuran",
        "Tunggakan",
    ),
    ("A-1", "Rukmini", "P-7", 600_000, 6, 200_000),
)
OLD_BOOKS = (
    ("Kode Akun", "Nama Akun", "Debet", "Kredit"),
    ("11102", "Kas", 175_000, ""),
    ("11401", "Pinjaman anggota", 600_000, ""),
    ("21101", "Simpanan sukarela", "", 75_000),
    ("31001", "Simpanan pokok", "", 200_000),
    ("31002", "Simpanan wajib", "", 400_000),
    ("32001", "Cadangan", "", 100_000),
    ("JUMLAH", "", 775_000, 775_000),
)
TRIAL_BALANCE = workbook(*OLD_BOOKS)
ANSWERS = Answers(on=DAY, said={"loan_product": "productive"}).to_json()


@pytest.fixture
def new(engine):
    """A cooperative of which nothing is in yet."""
    return found(engine, bare=True)


def sound(coop):
    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    return [check.finding for check in checks if check.finding]


def brought(book, kind, sheet):
    return bring_in(book, kind, sheet, answers=ANSWERS, accept="as in the old books")


def test_a_cut_over_ties_per_account_and_is_signed_by_two(new):
    with new.open("yanti") as book:
        assert view(book, DAY).missing
        brought(book, "trial-balance", TRIAL_BALANCE)
        seen = view(book, DAY)
        assert cut_over_day(book) == DAY
        assert [line.code for line in seen.differing] == [
            *("11401", "21101", "31001", "31002"),
        ]
        with pytest.raises(NotReady):
            ask_sign_off(book, DAY)
        brought(book, "member-balances", BALANCES)
        brought(book, "loans", LOANS)
        seen = view(book, DAY)
        figures = seen.digest
        assert (seen.differing, seen.missing, seen.suspense) == ((), (), ZERO)
        assert seen.ready and seen.gross > ZERO
        asked = ask_sign_off(book, DAY).number
        with pytest.raises(WaitsForSecond):
            ask_sign_off(book, DAY)

    with new.open("budi") as book, as_(book, "budi"):
        digest = approvals.approval(book, asked).digest
        approvals.approve(book, asked, digest=digest)
        signed = view(book, DAY).signed
        assert (signed.first, signed.second) == ("yanti", "budi")
        for account in chart.SUSPENSE:
            assert ledger.account_balance(book, account) == ZERO
        with pytest.raises(AlreadySigned):
            ask_sign_off(book, DAY)
        assert signed.digest == figures
    assert sound(new) == []


def test_a_loan_taken_over_with_arrears_is_late(new):
    with new.open("yanti") as book:
        brought(book, "member-balances", BALANCES)
        brought(book, "loans", LOANS)
        (loan,) = loans.loans(book)
        standing = loans.standing(book, loan, DAY)
        assert (loan.reference, loan.migrated_on) == ("P-7", DAY)
        assert standing.outstanding_principal == Money(600_000)
        assert standing.due.penalty == ZERO
        assert [one.state.value for one in standing.strip[:3]] == [
            "late",
            "late",
            "due",
        ]
        assert standing.days_past_due == 62


def test_a_batch_taken_back_leaves_nothing_and_comes_in_again(new):
    with new.open("yanti") as book:
        first = brought(book, "member-balances", BALANCES)
        assert brought(book, "loans", LOANS).number == 2
        take_back(book, 2, reason="the wrong list")
        take_back(book, first.number, reason="the wrong list")
        assert [
            row for row in ledger.trial_balance(book, DAY) if row.debit or row.credit
        ] == []
        (loan,) = loans.loans(book)
        assert loan.state.value == "cancelled"
        again = brought(book, "member-balances", BALANCES)
        assert (again.number, again.rows_posted) == (3, 2)
        assert brought(book, "member-balances", BALANCES) is None
        take_back(book, again.number, reason="once more")
        assert brought(book, "member-balances", BALANCES).number == 4
    assert sound(new) == []


def test_figures_that_changed_after_the_first_signature_are_not_signed(new):
    with new.open("yanti") as book:
        brought(book, "trial-balance", TRIAL_BALANCE)
        brought(book, "member-balances", BALANCES)
        brought(book, "loans", LOANS)
        asked = ask_sign_off(book, DAY).number
        moved = [
            ledger.debit(11102, Money(5_000)),
            ledger.credit(32001, Money(5_000)),
        ]
        entry = ledger.post(book, on=DAY, memo="Susulan", lines=moved)
    with new.open("budi") as book:
        digest = approvals.approval(book, asked).digest
        with pytest.raises(NotReady):
            approvals.approve(book, asked, digest=digest)
        found_again = ledger.entry(book, entry.number)
        ledger.reverse(book, found_again, on=DAY, reason="salah")
        more = workbook(
            ("Kode Akun", "Nama Akun", "Debet", "Kredit"),
            *(("11103", "Kas kecil", 1_000, ""), ("32001", "Cadangan", "", 1_000)),
        )
        brought(book, "trial-balance", more)
        with pytest.raises(FiguresChanged):
            approvals.approve(book, asked, digest=digest)
        assert view(book, DAY).signed is None
