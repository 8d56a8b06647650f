"""Journals of beancount, hledger and ledger: what is read, what is refused, and why."""

from __future__ import annotations

from datetime import date

import pytest

from coopbook import importing, ledger
from coopbook.importing.answers import Answers
from coopbook.importing.journals import recognized
from coopbook.importing.journals.amounts import UnclearAmount, amount
from coopbook.importing.journals.lines import FractionOfRupiah, NotAFigure
from coopbook.importing.queries import preview
from tests.conftest import found

HLEDGER = """; buku dusun
decimal-mark ,
account Aset:Kas
account Beban:Listrik  ; code: 5-77

2026-01-02 * (BKK-7) Bayar listrik  ; toko: Ani
    Beban:Listrik     Rp1.250.000,00  ; card: 3
    Aset:Kas

2026/01/03=2026/01/04 ! Setor ke bank | giro
    ; catatan: pagi
    Assets:11201-Bank  Rp 400.000
    Aset:Kas  -400000 IDR = Rp 100
    [Ekuitas:Dana sosial]   -5.000
    [Ekuitas:Dana cadangan]

2026-01-05 Kosong
    Aset:Kas  0
    Aset:Kas:Kecil  0

comment
2026-01-06 tidak dibaca
    Aset:Kas   1
end comment
"""
BEANCOUNT = """option "title" "Dusun"
option "name_assets" "Aktiva"
plugin_ignored_heading: 1
2026-01-01 open Aktiva:Kas IDR
  code: "1-1"
2026-01-01 open Expenses:Listrik
2026-01-01 commodity IDR

* Januari
2026-01-02 * "PLN" "Bayar \\"listrik\\"; Januari" #rutin ^nota
  voucher: "BKK-7"
  Expenses:Listrik  1,250,000.00 IDR
    toko: "Ani"
  Aktiva:Kas
2026-01-31 balance Aktiva:Kas  -1250000 IDR
"""


def read(text):
    found_ = recognized(text.encode())
    lines = [
        (
            *(one.on.isoformat(), one.reference, one.memo),
            *((line.account.name_en, line.units, line.card) for line in one.lines),
        )
        for one in found_.entries
    ]
    return lines, [str(problem) for problem in found_.problems]


def test_an_hledger_journal_is_read():
    lines, problems = read(HLEDGER)
    assert problems == []
    assert lines == [
        (
            *("2026-01-02", "BKK-7", "Bayar listrik"),
            *(("Listrik", 1_250_000, 3), ("Kas", -1_250_000, 0)),
        ),
        (
            *("2026-01-03", "", "Setor ke bank | giro"),
            *(("Bank", 400_000, 0), ("Kas", -400_000, 0)),
            *(("Dana sosial", -5_000, 0), ("Dana cadangan", 5_000, 0)),
        ),
    ]


def test_a_beancount_journal_is_read():
    text = BEANCOUNT.replace("plugin_ignored_heading: 1\n", "")
    lines, problems = read(text)
    assert problems == []
    memo = 'PLN Bayar "listrik"; Januari'
    rows = (("Listrik", 1_250_000, 0), ("Kas", -1_250_000, 0))
    assert lines == [("2026-01-02", "BKK-7", memo, *rows)]


@pytest.mark.parametrize("text", [HLEDGER, BEANCOUNT.replace("plugin_ignored_h", ";")])
def test_it_is_posted_to_accounts_by_code_number_or_as_new_ones(engine, text):
    new = found(engine, bare=True)
    with new.open() as book:
        looked = preview(book, "journal", text.encode())
        assert looked.not_understood == ()
        notes = [str(problem) for problem in looked.notes]
        assert "will be added" in notes[0]
        importing.post_import(book, looked)
        held = {
            (row.name_en, row.code): row.debit.units - row.credit.units
            for row in ledger.trial_balance(book, date(2026, 12, 31))
        }
        if text is HLEDGER:
            assert held == {
                ("Listrik", "5-77"): 1_250_000,
                ("Kas", "1-001"): -1_650_000,
                ("Bank current account", "11201"): 400_000,
                ("Dana sosial", "3-001"): -5_000,
                ("Dana cadangan", "3-002"): 5_000,
            }
        else:
            assert held == {("Listrik", "5-001"): 1_250_000, ("Kas", "1-1"): -1_250_000}


HEAD = "2026-01-02 Beli\n"
CASH = "  Assets:Kas  -5\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("= /Kas/\n  Assets:B  1\n" + HEAD + CASH, "Line 1: the rule “= /Kas/” adds"),
        ("~ Monthly\n  Assets:B  1\n" + HEAD + CASH, "Line 1: “~ Monthly” is not read"),
        ("include a.journal\n" + HEAD + CASH, "Line 1: “include a.journal” is not"),
        (HEAD + "  (Assets:B)  5\n" + CASH, "Line 2: (Assets:B) is a virtual posting"),
        (HEAD + "  Assets:B  5 USD\n  Assets:C", "Line 2: this amount is in USD"),
        (HEAD + "  Assets:B  $5\n  Assets:C\n", "Line 2: this amount is in $"),
        (HEAD + "  Assets:B  $5\n" + CASH, "Line 3: this file counts in several comm"),
        (HEAD + "  Assets:B  5 X @ Rp 3\n" + CASH, "Line 2: this amount in X has"),
        (HEAD + "  Assets:B  5 {3 IDR}\n" + CASH, "Line 2: this amount in IDR has"),
        (HEAD + "  Assets:B  6\n" + CASH, "Line 1: debit and credit of this entry"),
        (HEAD + "  Assets:B\n  Assets:C\n" + CASH, "Line 3: only one line of an entry"),
        (HEAD + "  Assets:B  5.5\n" + CASH, "Line 2: 5.5 has a fraction of a rupiah"),
        (HEAD + "  Assets:B  1.250\n" + CASH, "Line 2: “1.250” can be read in two"),
        (HEAD + "  Assets:B  (2*3)\n" + CASH, "Line 2: “(2*3)” is not an amount"),
        (HEAD + "  Assets:B  = 3\n" + CASH, "Line 2: “Assets:B  = 3” is not read here"),
        (HEAD + "  Dusun:B  5\n" + CASH, "Line 2: what kind of account is Dusun:B?"),
        ("2026-02-30 Beli\n  Assets:B  5\n" + CASH, "Line 1: “2026-02-30” is not a"),
        (
            HEAD + "  Assets:B  5 USD\n  Assets:B  5 EUR\n" + CASH,
            "Line 3: this file counts in several commodities (EUR, IDR, USD)",
        ),
        (
            '2026-01-01 open Assets:Kas\n2026-01-02 pad Assets:Kas Assets:B\n'
            '2026-01-02 * "a"\n  Assets:Kas  5 IDR\n  Assets:B\n',
            "Line 2: “2026-01-02 pad Assets:Kas Assets:B” is not read",
        ),
        (
            '2026-01-02 * "a"\n  Assets:Kas  5 ITOT {3.00 USD}\n  Assets:B\n',
            "Line 2: this amount in ITOT has a price or a cost",
        ),
    ],
)  # fmt: skip
def test_what_a_book_cannot_hold_is_refused_with_its_line(engine, text, said):
    new = found(engine, bare=True)
    with new.open() as book:
        looked = preview(book, "journal", text.encode())
        told = [str(problem) for problem in looked.not_understood]
        assert any(each.startswith(said) for each in told), told
        with pytest.raises(type(looked.not_understood[0].reason)):
            importing.post_import(book, looked, accept="anyway")
        assert ledger.trial_balance(book, date(2030, 1, 1)) == []


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        (
            "example.beancount",
            1343,
            "several commodities (GLD, IRAUSD, ITOT, RGAGX",
        ),
        (
            "bcexample.journal",
            2983,
            "several commodities (GLD, IRAUSD, ITOT, RGAGX",
        ),
        (
            "drewr3.dat",
            4,
            "(Liabilities:Tithe) is a virtual posting that balances",
        ),
        ("drewr3.dat", 3, "the rule “= /^Income/” adds lines that are not written"),
    ],
)
def test_real_ledgers_of_other_people_are_refused(
    engine, real_folder, file, line, said
):
    data = (real_folder / "ledgers" / file).read_bytes()
    new = found(engine, bare=True)
    with new.open() as book:
        looked = preview(book, "journal", data, answers=Answers())
        told = [str(problem) for problem in looked.not_understood]
        (one,) = [words for words in told if said in words]
        assert one.startswith(f"Line {line}: ")
        assert len(told) < 12
        with pytest.raises(type(looked.not_understood[0].reason)):
            importing.post_import(book, looked, accept="anyway")


@pytest.mark.parametrize(
    ("text", "units"),
    [
        *(("5", 5), ("-5", -5), ("IDR -5", -5), ("-Rp 5", -5), ("Rp-5", -5)),
        *(("1.250.000", 1_250_000), ("1,250,000.00", 1_250_000), ("5 IDR", 5)),
        *(("1.250.000,00 Rp", 1_250_000), ("Rp. 5", 5), ("12,00", 12), ("+5", 5)),
    ],
)
def test_an_amount_that_can_mean_one_thing_is_read(text, units):
    assert amount(text, 1).units == units


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *(("1.250", UnclearAmount), ("1,250", UnclearAmount)),
        *(("1.25", FractionOfRupiah), ("0,5", FractionOfRupiah)),
        *(("", NotAFigure), ("lima", NotAFigure), ("1.2.3,4,5", UnclearAmount)),
        *(("IDR 5 Rp", NotAFigure), ("9" * 40, NotAFigure), ("--5", NotAFigure)),
    ],
)
def test_an_amount_that_can_mean_two_things_is_refused(text, reason):
    with pytest.raises(reason):
        amount(text, 1)


def test_the_decimal_mark_settles_what_a_point_means():
    assert amount("1.250", 1, ",").units == 1_250
    assert amount("1,250", 1, ".").units == 1_250
    with pytest.raises(FractionOfRupiah):
        amount("1.250", 1, ".")
