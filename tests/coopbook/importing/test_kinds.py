"""Each kind of sheet beyond savings and bank book, from its rows to its entries."""

from datetime import date

import pytest

from coopbook import ledger, loans, members
from coopbook.errors import CoopbookError
from coopbook.importing import (
    Answers,
    bring_in,
    drop_mapping,
    keep_mapping,
    mapping,
    mappings,
    preview,
    take_back,
)
from coopbook.importing.mappings import NoSuchMapping
from coopbook.importing.undoing import AlreadyTakenBack, NoSuchBatch
from coopbook.ledger import chart
from coopbook.ledger.journal import entry as find_entry
from coopbook.ledger.rules import AccountType
from coopbook.loans.rules import LoanState
from coopbook.members.rules import MemberStatus
from coopbook.money import ZERO, Money
from tests.conftest import found

from .conftest import lines, workbook

DAY = date(2026, 2, 10)
SAID = {"loan_product": "productive", "loan_term": "10"}


@pytest.fixture
def new(engine):
    """A cooperative of which nothing is in yet."""
    return found(engine, bare=True)


def brought(book, kind, sheet, on=None, **said):
    answers = Answers(on=on, said=SAID | said).to_json()
    return bring_in(book, kind, sheet, answers=answers, accept="as kept")


JOURNAL = workbook(
    ("Tanggal", "No Bukti", "Kode Akun", "Nama Akun", "Keterangan", "Debet", "Kredit"),
    (DAY, "M-1", "52008", "ATK", "Beli kertas", 75_000, ""),
    ("", "", "11102", "Kas", "", "", 75_000),
    (DAY, "M-2", "52010", "Listrik", "Bayar listrik", 120_000, ""),
    (DAY, "M-2", "9999", "Kas besar", "", "", 120_000),
)


def test_lines_of_a_journal_become_entries_by_their_voucher(new):
    with new.open("yanti") as book:
        looked = preview(book, "journal", JOURNAL)
        assert [str(note) for note in looked.notes] == [
            "Account 9999 Kas besar is not in the book, or holds cards of members; "
            "1 lines of it wait in suspense."
        ]
        batch = brought(book, "journal", JOURNAL)
        assert batch.rows_posted == 2
        assert lines(book) == [
            *((52008, 0, 75_000), (11102, 0, -75_000)),
            *((52010, 0, 120_000), (21901, 0, -120_000)),
        ]
        assert find_entry(book, batch.first_entry).memo == "Beli kertas M-1"
        assert "9999 Kas besar" in find_entry(book, batch.last_entry).memo
        assert brought(book, "journal", JOURNAL) is None


def test_lines_without_a_voucher_belong_together_until_they_balance(new):
    sheet = workbook(
        ("Tanggal", "Kode", "Debet", "Kredit"),
        *((DAY, "52008", 10_000, ""), (DAY, "11102", "", 10_000)),
        *((DAY, "52010", 5_000, ""), (DAY, "11102", "", 4_000)),
    )
    with new.open("yanti") as book:
        looked = preview(book, "journal", sheet)
        (differs,) = looked.breaks
        assert "differ by" in str(differs)
        assert brought(book, "journal", sheet).rows_posted == 2
        assert lines(book)[-1] == (21901, 0, -1_000)


@pytest.mark.parametrize(
    ("currencies", "sentence"),
    [
        (("USD", "USD"), "This sheet is in USD; the book is kept in rupiah."),
        (("IDR", "MYR"), "This sheet mixes IDR, MYR; the book is kept in rupiah"),
    ],
)
def test_a_journal_in_other_currencies_is_refused(new, currencies, sentence):
    one, other = currencies
    sheet = workbook(
        ("Tanggal", "Kode", "Debet", "Kredit", "Mata Uang"),
        *((DAY, "52008", 10_000, "", one), (DAY, "11102", "", 10_000, other)),
    )
    with new.open("yanti") as book:
        with pytest.raises(CoopbookError) as refused:
            brought(book, "journal", sheet)
        assert str(refused.value).startswith(sentence)
        assert lines(book) == []


def test_a_cash_book_opens_the_teller_s_cash_and_moves_it(new):
    sheet = workbook(
        ("Tanggal", "Uraian", "Penerimaan", "Pengeluaran", "Saldo"),
        ("", "Saldo awal", "", "", 500_000),
        (DAY, "Terima setoran", 200_000, "", 700_000),
        (DAY, "Beli materai", "", 20_000, 680_000),
    )
    with new.open("yanti") as book:
        batch = brought(book, "cash-book", sheet)
        assert ledger.account_balance(book, chart.TELLER_CASH) == Money(680_000)
        kinds = [
            find_entry(book, n).kind
            for n in range(batch.first_entry, batch.last_entry + 1)
        ]
        assert [kind.value for kind in kinds] == ["BM", "BKM", "BKK"]


MOVES = workbook(
    ("Tanggal", "No Anggota", "Nama", "Pencairan", "Pokok", "Jasa", "Denda", "Jumlah"),
    (DAY, "A-1", "Rukmini", 1_000_000, "", "", "", 1_000_000),
    (date(2026, 3, 10), "A-1", "Rukmini", "", 100_000, 15_000, 2_000, 117_000),
    (date(2026, 4, 10), "A-1", "Rukmini", "", 900_000, 15_000, "", 915_000),
    (date(2026, 3, 11), "A-2", "Wagiman", "", 50_000, 5_000, "", 55_000),
)


def test_loan_movements_open_pay_and_settle_loans(new):
    with new.open("yanti") as book:
        looked = preview(
            book, "loan-movements", MOVES, answers=Answers(said={"loan_term": "10"})
        )
        assert [one.key for one in looked.questions] == ["loan_product"]
        batch = brought(book, "loan-movements", MOVES)
        assert (batch.rows_posted, batch.rounding) == (4, ZERO)
        second, first = loans.loans(book)
        assert (first.principal, first.state) == (Money(1_000_000), LoanState.SETTLED)
        paid = [
            (one.principal, one.interest, one.penalty)
            for one in loans.payments(book, first)
        ]
        assert paid == [
            (Money(100_000), Money(15_000), Money(2_000)),
            (Money(900_000), Money(15_000), ZERO),
        ]
        assert (second.principal, second.state) == (Money(500_000), LoanState.DISBURSED)
        paid_on = loans.payments(book, second)[-1].booked_on
        now = loans.standing(book, second, paid_on)
        assert now.outstanding_principal == Money(450_000)
        assert ledger.account_balance(book, 11401) == Money(450_000)
        assert brought(book, "loan-movements", MOVES) is None


def test_a_batch_of_loans_taken_back_cancels_and_reopens_them(new):
    with new.open("yanti") as book:
        first = brought(book, "loan-movements", MOVES)
        take_back(book, first.number, reason="wrong month")
        assert [loan.state for loan in loans.loans(book)] == [LoanState.CANCELLED] * 2
        assert ledger.account_balance(book, 11401) == ZERO
        with pytest.raises(AlreadyTakenBack):
            take_back(book, first.number, reason="again")
        again = brought(book, "loan-movements", MOVES)
        assert (again.number, again.rows_posted) == (first.number + 1, 4)
        states = [loan.state.value for loan in loans.loans(book)]
        assert states == ["disbursed", "settled", "cancelled", "cancelled"]
        take_back(book, again.number, reason="wrong again")
        assert brought(book, "loan-movements", MOVES).rows_posted == 4
        with pytest.raises(NoSuchBatch):
            take_back(book, 99, reason="what")


MEMBERS = workbook(
    ("No Anggota", "Nama", "NIK", "No HP", "Alamat", "Tanggal Masuk"),
    ("A-1", "Rukmini", "3201014101900001", "0812-3456-7890", "RT 1", DAY),
    ("A-2", "Wagiman", 3201010101900010, "", "RT 2", DAY),
    ("A-3", "Sukirah", "3201014101900001", "", "", DAY),
)


def test_a_list_of_members_enters_those_who_are_missing(new):
    with new.open("budi") as book:
        looked = preview(book, "members", MEMBERS)
        assert len(looked.fresh) == 3
        (lost,) = [n for n in looked.notes if "lost the last figures" in str(n)]
        assert lost.row == 3
        assert brought(book, "members", MEMBERS) is None
        names = {row.name: row for row in members.register(book)}
        assert set(names) == {"Rukmini", "Wagiman", "Sukirah"}
        assert names["Rukmini"].status is MemberStatus.PROSPECTIVE
        assert names["Rukmini"].reference == "A-1"
        assert names["Wagiman"].national_id is None
        again = preview(book, "members", MEMBERS)
        assert again.fresh == ()
        more = workbook(
            ("No Anggota", "Nama", "NIK", "Tanggal Masuk"),
            ("A-9", "Rukmini B", "3201014101900001", DAY),
        )
        (same,) = preview(book, "members", more).breaks
        assert "has the NIK of member 1" in str(same)


def test_a_chart_of_accounts_adds_what_the_book_lacks(new):
    sheet = workbook(
        ("Kode", "Uraian", "DK"),
        ("100000", "AKTIVA", "D"),
        ("101100", "KAS KANTOR", "D"),
        ("402000", "PENDAPATAN SEWA", "K"),
        ("11102", "Kas", "D"),
    )
    with new.open("yanti") as book:
        looked = preview(book, "accounts", sheet)
        assert [row.code for _, row in looked.fresh] == ["101100", "402000"]
        brought(book, "accounts", sheet)
        codes = {row.code: row for row in ledger.accounts(book)}
        assert codes["101100"].account_type is AccountType.ASSET
        assert codes["402000"].account_type is AccountType.REVENUE
        assert preview(book, "accounts", sheet).fresh == ()


def test_a_mapping_is_kept_for_next_month_s_file(new):
    odd = workbook(
        ("Tgl", "Siapa", "Berapa", "Kapan"),
        ("10/02/2026", "A-1", 75_000, "x"),
    )
    with new.open("yanti") as book:
        with pytest.raises(CoopbookError):
            preview(book, "savings", odd)
        from coopbook.importing.sheets.layout import Layout

        layout = Layout(columns={"on": "Tgl", "member": "Siapa", "amount": "Berapa"})
        said = {"pot": "voluntary", "way": "in"}
        keep_mapping(
            book, " Setoran  desa ", "savings", Answers(DAY, said, layout).to_json()
        )
        assert [row.name for row in mappings(book, "savings")] == ["Setoran desa"]
        moved = workbook(
            ("Catatan", "Berapa", "Siapa", "Tgl"), ("", 80_000, "A-1", "10/03/2026")
        )
        kept = Answers.from_json(mapping(book, "Setoran desa").answers)
        looked = preview(book, "savings", moved, answers=kept)
        (row,) = looked.understood.movements
        assert (row.on, row.member, row.amount) == (date(2026, 3, 10), "A-1", 80_000)
        assert looked.questions == ()
        drop_mapping(book, "Setoran desa")
        assert mappings(book) == []
        with pytest.raises(NoSuchMapping):
            mapping(book, "Setoran desa")


def test_what_was_paid_out_since_cannot_be_taken_back(new):
    from coopbook import savings

    paid = workbook(
        ("Tanggal", "No Anggota", "Jenis Simpanan", "Jenis Transaksi", "Jumlah"),
        (DAY, "A-1", "pokok", "setor", 100_000),
        (DAY, "A-1", "sukarela", "setor", 75_000),
    )
    with new.open("yanti") as book:
        batch = brought(book, "savings", paid)
        cash = workbook(
            ("Tanggal", "Uraian", "Debet", "Kredit", "Saldo"),
            (DAY, "Kas", 500_000, "", 500_000),
        )
        brought(book, "cash-book", cash)
        (siti,) = members.register(book)
        own = savings.queries.account_for(book, siti, "voluntary")
        savings.withdraw(book, own, Money(50_000), on=DAY)
        with pytest.raises(CoopbookError) as refused:
            take_back(book, batch.number, reason="wrong")
        assert type(refused.value).__name__ == "BelowFloor"


def test_a_day_in_a_closed_month_refuses_every_kind(new):
    with new.open("yanti") as book:
        ledger.close_month(book, "2026-01")
        for kind, sheet in (("journal", JOURNAL), ("loan-movements", MOVES)):
            looked = preview(book, kind, sheet, answers=Answers(said=SAID))
            assert looked.closed == ()
        ledger.close_month(book, "2026-02")
        for kind, sheet in (("journal", JOURNAL), ("loan-movements", MOVES)):
            with pytest.raises(CoopbookError) as refused:
                brought(book, kind, sheet)
            assert "2026-02" in str(refused.value) or "closed" in str(refused.value)


def test_a_wrong_sub_total_is_named_and_must_be_accepted(new):
    sheet = workbook(
        ("No Anggota", "Nama", "Simpanan Wajib", "Simpanan Sukarela"),
        ("A-1", "Rukmini", 100_000, 5_000),
        ("A-2", "Wagiman", 100_000, 5_000),
        ("Jumlah kelompok A", "", 200_000, 11_000),
        ("A-3", "Sukirah", 100_000, 5_000),
        ("JUMLAH", "", 300_000, 15_000),
    )
    with new.open("yanti") as book:
        answers = Answers(on=DAY)
        looked = preview(book, "deductions", sheet, answers=answers)
        (differs,) = looked.understood.breaks
        assert str(differs) == (
            "Cell D4: the sheet's own total is 11000, but its rows add up to 10000."
        )
        with pytest.raises(CoopbookError):
            bring_in(book, "deductions", sheet, answers=answers.to_json())
        assert brought(book, "deductions", sheet, on=DAY).rows_posted == 3


def test_one_column_of_two_shares_fills_the_principal_share_first(new):
    sheet = workbook(
        ("No Anggota", "Nama", "Simpanan Wajib + Pokok"),
        ("A-1", "Rukmini", 60_000),
        ("A-1", "Rukmini", 150_000),
    )
    with new.open("yanti") as book:
        brought(book, "deductions", sheet, on=DAY, shares="principal-first")
        assert ledger.account_balance(book, 31001) == Money(100_000)
        assert ledger.account_balance(book, 31002) == Money(110_000)
