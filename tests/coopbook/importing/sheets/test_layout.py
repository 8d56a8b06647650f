from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.importing.files.reading import Sheet, Workbook, read
from coopbook.importing.kinds import bank_book, savings_sheet
from coopbook.importing.sheets.layout import ColumnMissing, NoHeadings, NoRows, propose
from coopbook.importing.sheets.shapes import plain
from tests.coopbook.importing.conftest import HEADINGS, table, workbook

DAY = date(2022, 1, 4)
ROW = (DAY, "00160", "pokok", "setor", 100_000)


def savings(*rows, **options):
    return propose(read(workbook(*rows, **options)), savings_sheet.SHAPE)


def test_columns_are_found_in_any_order_under_their_other_names():
    found = savings(
        ("type", "x", "total_deposit", "post_date", "member_id", "deposits_type"),
        ("debit", "", 5, DAY, 10, "pokok"),
    )

    assert {column.key: column.letter for column in found.columns} == {
        "way": "A",
        "amount": "C",
        "on": "D",
        "member": "E",
        "pot": "F",
    }
    assert found.unused == ("x",)
    assert found.rows[0].cells["amount"] == 5
    assert found.place("on", 2) == "D2"


@given(st.integers(0, 9), st.integers(0, 3))
def test_a_letterhead_and_columns_before_the_table_are_no_matter(above, before):
    pad = ("",) * before
    letterhead = [("KOPERASI MEKAR", f"Jalan {n}") for n in range(above)]

    found = propose(
        Workbook(
            [
                Sheet(
                    "",
                    [list(r) for r in letterhead] + [[*pad, *HEADINGS], [*pad, *ROW]],
                )
            ]
        ),
        savings_sheet.SHAPE,
    )

    assert found.headings == (above + 1,)
    assert [row.number for row in found.rows] == [above + 2]
    assert [aside.number for aside in found.set_aside] == list(range(1, above + 1))


def test_two_rows_of_headings_merged_above_are_read_as_one():
    found = propose(
        read(
            workbook(
                ("BUKU BANK",),
                ("NO", "URAIAN", "TANGGAL", "", "", "", "", "SALDO AKHIR"),
                ("", "", "", "DEBET", "KREDIT", "DEBET", "KREDIT", ""),
                ("SALDO AWAL", "", "", "", "", "", "", 500),
                (1, "setoran", DAY, 0, 0, 10, 0, 510),
                ("J  U  M  L  A  H", "", "", 0, 0, 10, 0, ""),
                ("", "Mengetahui,", "", "", "", "", "", ""),
                merged=[
                    (1, 3, 1, 4, "MUTASI KAS"),
                    (1, 5, 1, 6, "MUTASI MEMORIAL"),
                ],
            )
        ),
        bank_book.SHAPE,
    )

    assert found.headings == (2, 3)
    assert {column.key: column.heading for column in found.columns} == {
        "memo": "URAIAN",
        "on": "TANGGAL",
        "cash_debit": "MUTASI KAS DEBET",
        "cash_credit": "MUTASI KAS KREDIT",
        "memorial_debit": "MUTASI MEMORIAL DEBET",
        "memorial_credit": "MUTASI MEMORIAL KREDIT",
        "balance": "SALDO AKHIR",
    }
    assert found.opening.cells["balance"] == 500
    assert found.totals.number == 6
    assert [row.number for row in found.rows] == [5]
    assert [(a.number, a.words) for a in found.set_aside] == [
        (1, "BUKU BANK"),
        (7, "Mengetahui,"),
    ]


def test_every_row_with_anything_in_it_ends_in_one_place():
    found = savings(
        ("Daftar simpanan",),
        (),
        HEADINGS,
        ROW,
        HEADINGS,
        ROW,
        ("", "", "catatan", "", ""),
        ("Total", "", "", "", 200_000),
        ("Makassar, 31 Januari 2022", "", "", "", ""),
    )

    numbers = [row.number for row in found.rows]
    numbers += [aside.number for aside in found.set_aside]
    numbers += [*found.headings, found.totals.number]
    assert sorted(numbers) == [1, 3, 4, 5, 6, 7, 8, 9]


def test_the_first_sheet_that_holds_the_table_is_read_and_the_others_named():
    found = savings(sheets={"Sampul": [("Halo",)], "Data": [HEADINGS, ROW], "X": [ROW]})

    assert found.sheet == "Data"
    assert found.other_sheets == ("Sampul", "X")


@pytest.mark.parametrize("missing", range(5))
def test_a_missing_column_is_named_with_the_heading_that_would_do(missing):
    heads = [*HEADINGS]
    heads[missing] = "Lain"

    whole = frozenset(["on", "member", "pot", "way", "amount"])
    shape = replace(savings_sheet.SHAPE, needs=(whole,))

    with pytest.raises(ColumnMissing) as refusal:
        propose(read(workbook(heads, ROW)), shape)

    assert refusal.value.heading == HEADINGS[missing]
    assert HEADINGS[missing] in str(refusal.value)


def test_a_sheet_without_headings_is_refused_with_an_example():
    with pytest.raises(NoHeadings) as refusal:
        savings(ROW, ROW)

    assert ", ".join(HEADINGS) in str(refusal.value)


def test_headings_with_nothing_under_them_are_refused():
    with pytest.raises(NoRows) as refusal:
        propose(read(table(HEADINGS)), savings_sheet.SHAPE)

    assert refusal.value.row == 1


def test_no_two_columns_of_a_kind_go_by_the_same_heading():
    for shape in (savings_sheet.SHAPE, bank_book.SHAPE):
        known = [plain(word) for column in shape.columns for word in column.known]
        assert len(known) == len(set(known))
