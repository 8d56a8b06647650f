"""Every row that holds anything has exactly one place, and the right one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.i18n import Word
from coopbook.importing.files.reading import Sheet, Workbook
from coopbook.importing.kinds import bank_book
from coopbook.importing.sheets.layout import propose, propose_all
from coopbook.importing.sheets.shapes import Column, Reads, Shape


def column(key, reads, *known):
    return Column(key, Word(key), reads, known)


CARD = Shape(
    (
        column("on", Reads.DAY, "Tanggal"),
        column("memo", Reads.WORDS, "Uraian"),
        column("principal", Reads.AMOUNT, "Simpanan Pokok", "Pokok"),
        column("mandatory", Reads.AMOUNT, "Simpanan Wajib", "Wajib"),
        column("saved_balance", Reads.AMOUNT, "Jumlah Simpanan"),
        column("loan_principal", Reads.AMOUNT, "Pinjaman Pembayaran Pokok"),
        column("service", Reads.AMOUNT, "Pembayaran Jasa"),
        column("loan_balance", Reads.AMOUNT, "Saldo Pinjaman"),
    ),
    (frozenset({"on", "principal", "mandatory"}),),
)
LIST = Shape(
    (
        column("name", Reads.WORDS, "Nama"),
        column("paid", Reads.AMOUNT, "Bayar"),
        column("total", Reads.AMOUNT, "Jumlah"),
    ),
    (frozenset({"name", "paid"}),),
)
CARD_TOP = [
    ["DAFTAR SIMPAN PINJAM"],
    ["Nama", ": Tri Purnomo"],
    ["No. Anggota : 00160", "", "Kelompok:", "3"],
    [],
    [
        *("TANGGAL", "URAIAN", "SIMPANAN", "", "JUMLAH SIMPANAN"),
        *("P I N J A M A N", "", "", "SALDO PINJAMAN"),
    ],
    ["", "", "POKOK", "WAJIB", "", "PEMBAYARAN", "", "JUMLAH"],
    ["", "", "", "", "", "POKOK", "JASA"],
]
DAY = date(2023, 1, 31)
CARD_ROWS = [
    ["Saldo per 01 Januari 2023", "", 200, 3_000, 3_200, "", "", "", 900],
    [DAY, "Potongan", "", 100, 3_300, 300, 10, "", 600],
    [DAY, "Potongan", "", 100, 3_400, 300, 5, "", 300],
    ["", "", "", "", 3_400, "", "", "", 300],
]


def sheet(*rows, name=""):
    return Sheet(name, [list(row) for row in rows])


def card(*rows):
    return propose(Workbook([sheet(*CARD_TOP, *CARD_ROWS, *rows)]), CARD)


def listed(*rows):
    return propose(Workbook([sheet(["Nama", "Bayar"], *rows)]), LIST)


def numbers(rows):
    return [row.number for row in rows]


def reasons(proposal):
    return {aside.number: str(aside.why) for aside in proposal.set_aside}


def test_three_rows_of_headings_tell_like_columns_apart():
    found = card()

    assert found.headings == (5, 6, 7)
    assert {c.key: c.letter for c in found.columns} == {
        "on": "A",
        "memo": "B",
        "principal": "C",
        "mandatory": "D",
        "saved_balance": "E",
        "loan_principal": "F",
        "service": "G",
        "loan_balance": "I",
    }
    assert found.unused == ("P I N J A M A N JUMLAH",)


def test_the_letterhead_is_read_as_labels_and_values():
    assert card().letterhead == {
        "nama": "Tri Purnomo",
        "noanggota": "00160",
        "kelompok": "3",
    }


@pytest.mark.parametrize("label", ["Saldo per 31 Desember 2023", ""])
def test_a_card_opens_and_closes_with_its_balances(label):
    found = card([label, "", 200, 3_200, 3_400, 600, 15, "", 300])

    assert found.opening.number == 8
    assert numbers(found.rows) == [9, 10]
    assert found.closing.number == 12
    assert reasons(found)[11] == "a balance carried on"


def test_amounts_without_a_word_that_agree_with_nothing_stay_a_row():
    found = card(["", "", 200, 3_201, 3_400, 600, 15, "", 300])

    assert found.closing is None
    assert numbers(found.rows) == [9, 10, 12]


def test_a_dated_row_says_saldo_awal_and_is_the_opening():
    found = propose(
        Workbook(
            [sheet(*CARD_TOP, [DAY, "Saldo awal", 200, 3_000, 3_200], *CARD_ROWS[1:])]
        ),
        CARD,
    )

    assert found.opening.number == 8


def test_groups_have_their_sub_totals_and_the_whole_its_total():
    found = listed(
        ["Kelompok A"],
        ["Siti", 10],
        ["Tono", 20],
        ["Jumlah kelompok A", 30],
        [],
        ["Kelompok B"],
        ["Wati", 5],
        ["Sub total", 6],
        ["J   U   M   L   A   H", 35],
        ["Mengetahui,"],
    )

    assert numbers(found.rows) == [3, 4, 8]
    assert [(s.row.number, s.first, s.last) for s in found.subtotals] == [
        (5, 3, 4),
        (9, 8, 8),
    ]
    assert found.totals.number == 10
    assert reasons(found) == {
        2: "a heading or a note between the rows",
        7: "a heading or a note between the rows",
        11: "below the rows",
    }


def test_totals_of_pages_add_up_their_own_page_or_everything_so_far():
    found = listed(
        ["Siti", 10],
        ["Jumlah", 10],
        ["Nama", "Bayar"],
        ["Tono", 20],
        ["Jumlah", 30],
        ["Wati", 5],
        ["Jumlah", 5],
        ["TOTAL", 35],
    )

    assert [(s.row.number, s.first, s.last) for s in found.subtotals] == [
        (3, 2, 2),
        (6, 2, 5),
        (8, 7, 7),
    ]
    assert found.totals.number == 9
    assert reasons(found) == {4: "the headings once more"}


def test_a_total_above_the_end_of_the_rows_is_no_end():
    found = listed(["Siti", 10], ["Jumlah", 30], ["Tono", 20])

    assert numbers(found.rows) == [2, 4]
    assert found.totals.number == 3


def test_a_total_that_is_wrong_is_still_the_total():
    assert listed(["Siti", 10], ["Tono", 20], ["Jumlah", 31]).totals.number == 4


def test_a_total_without_a_label_is_known_by_its_amounts():
    found = listed(["Siti", 10], ["Tono", 20], ["", 30])

    assert found.totals.number == 4
    assert numbers(found.rows) == [2, 3]
    assert numbers(listed(["Siti", 10], ["Tono", 20], ["", 31]).rows) == [2, 3, 4]


def test_rows_of_zeros_are_filled_in_ahead():
    found = propose(
        Workbook(
            [
                sheet(
                    ["No", "Nama", "Bayar", "Jumlah"],
                    ["(1)", "(2)", "(3)", "(4)"],
                    ["", "", 0, 0],
                    [1, "Siti", 10, 10],
                    [2, "", 0, ""],
                )
            ]
        ),
        LIST,
    )

    assert numbers(found.rows) == [4]
    assert reasons(found) == {
        2: "the numbers of the columns",
        3: "nothing but zeros",
        5: "nothing but zeros",
    }


def bank(*rows):
    heads = ["Tanggal", "Uraian", "Debet", "Kredit", "Saldo"]
    return propose(Workbook([sheet(heads, *rows)]), bank_book.SHAPE)


def test_a_movement_described_as_a_total_is_a_movement():
    found = bank(
        [DAY, "Jumlah setoran kelompok 3", 10, "", 10],
        [DAY, "Saldo akhir tahun dipindahkan", "", 4, 6],
    )

    assert numbers(found.rows) == [2, 3]
    assert (found.totals, found.closing, found.subtotals) == (None, None, ())


def test_a_balance_without_a_word_above_the_rows_opens_the_book():
    found = bank(["", "", "", "", 5], [DAY, "setoran", 10, "", 15])

    assert found.opening.number == 2
    assert numbers(found.rows) == [3]


def test_what_one_page_hands_to_the_next_is_no_row():
    found = bank(
        ["", "Saldo awal", "", "", 5],
        [DAY, "setoran", 10, "", 15],
        ["", "Saldo pindahan", "", "", 15],
        [DAY, "setoran", 10, "", 25],
        ["", "Saldo akhir", "", "", 25],
    )

    assert found.opening.number == 2
    assert numbers(found.rows) == [3, 5]
    assert reasons(found) == {4: "a balance carried on"}
    assert found.closing.number == 6


def test_a_row_with_a_day_that_does_not_exist_is_a_row_under_the_total_too():
    found = bank(
        [DAY, "setoran", 10, "", 10],
        ["Jumlah", "", 10, "", ""],
        ["30/02/2023", "setoran", 10, "", 20],
        ["Makassar, 31 Januari 2023", "", "", "", ""],
        ["Kas besar", "", 20, "", ""],
    )

    assert numbers(found.rows) == [2, 4]
    assert reasons(found) == {5: "below the rows", 6: "after the total"}


def test_every_sheet_with_a_table_is_proposed_and_the_others_are_named():
    book = Workbook(
        [
            sheet(*CARD_TOP, *CARD_ROWS, name="Tri"),
            sheet(["Sampul"], name="Sampul"),
            sheet(*CARD_TOP, *CARD_ROWS, name="Puji"),
            sheet(*CARD_TOP, name="Kosong"),
        ]
    )

    found = propose_all(book, CARD)

    assert [proposal.sheet for proposal in found] == ["Tri", "Puji"]
    assert {proposal.other_sheets for proposal in found} == {("Sampul", "Kosong")}


labels = st.sampled_from(
    [
        *("", "Jumlah", "Sub total", "Saldo awal", "Saldo akhir", "Kelompok A"),
        *("Saldo per 1 Januari 2023", "Pindahan", "Siti", "JUMLAH KELOMPOK A", DAY),
        *("30/02/2023", "Nama", "Tanggal"),
    ]
)
amounts = st.sampled_from(["", 0, 5, 10, 15, "10", "1.250", "x", "(5)", 0.1])
grid = st.lists(st.lists(st.one_of(labels, amounts), max_size=9), max_size=14)


@given(grid, st.booleans())
def test_every_row_of_any_grid_has_exactly_one_place(rows, is_card):
    top = CARD_TOP if is_card else [["Nama", "Bayar", "Jumlah"]]
    tail = [DAY if is_card else "Siti", "x" if is_card else 3, 10, 10]
    given_sheet = sheet(*top, *rows, tail)

    found = propose(Workbook([given_sheet]), CARD if is_card else LIST)

    placed = [*found.headings, *numbers(found.rows), *numbers(found.set_aside)]
    placed += [s.row.number for s in found.subtotals]
    single = (found.opening, found.closing, found.totals)
    placed += [row.number for row in single if row is not None]
    there = [
        number
        for number, row in enumerate(given_sheet.rows, start=1)
        if any(cell not in ("", None) for cell in row)
    ]
    assert sorted(placed) == there
