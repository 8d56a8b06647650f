import json
from datetime import date
from decimal import Decimal

import pytest

from coopbook.importing.files.reading import read
from coopbook.importing.kinds.reading import NoMember
from coopbook.importing.kinds.savings_sheet import (
    BothWays,
    NotSettled,
    Pot,
    UnknownWord,
    understand,
)
from coopbook.importing.sheets.amounts import NotAnAmount
from coopbook.importing.sheets.days import NoSuchDay, NotADate
from coopbook.importing.understood import NegativeAmount, TotalDiffers
from coopbook.money import Money

from .conftest import HEADINGS, table, workbook

DAY = date(2022, 1, 4)


def understood(*rows, headings=HEADINGS):
    return understand(read(workbook(headings, *rows)))


def test_a_row_is_a_movement_paid_in_or_taken_out():
    sheet = understood(
        (DAY, "00160", "Simpanan Pokok", "Setor", "Rp 100.000"),
        (DAY, 7, "sukarela", "kredit", 50_000.5),
    )

    first, second = sheet.movements
    assert (first.row, first.on, first.member, first.pot, first.amount) == (
        *(2, DAY, "00160", Pot.PRINCIPAL, Decimal(100_000)),
    )
    assert (second.member, second.amount) == ("7", Decimal("-50000.5"))
    assert sheet.total.exact == Decimal("49999.5")


def test_the_direction_may_stand_in_two_columns():
    heads = ("Tanggal", "No Anggota", "Nama", "Simpanan", "Setoran", "Penarikan")

    sheet = understood(
        (DAY, 7, "Siti Aminah", "wajib", 10_000, ""),
        (DAY, 7, "Siti Aminah", "sukarela", "", 4_000),
        (DAY, 8, "Budi", "wajib", 5, 5),
        headings=heads,
    )

    assert [movement.amount for movement in sheet.movements] == [10_000, -4_000]
    assert sheet.movements[0].name == "Siti Aminah"
    assert isinstance(sheet.not_understood[0].reason, BothWays)


def test_a_table_in_text_says_the_same_as_a_workbook():
    rows = [("04/01/2022", "00160", "pokok", "debit", "100.000,50")]

    assert understand(read(table(HEADINGS, *rows))).movements == (
        understood((DAY, "00160", "pokok", "debit", 100000.5)).movements
    )


@pytest.mark.parametrize(
    ("row", "refusal", "cell"),
    [
        ((DAY, 7, "pokok", "setor", "seratus"), NotAnAmount, "E2"),
        (("30/02/2022", 7, "pokok", "setor", 1), NoSuchDay, "A2"),
        (("besok", 7, "pokok", "setor", 1), NotADate, "A2"),
        ((DAY, "", "pokok", "setor", 1), NoMember, "B2"),
        ((DAY, 7, "arisan", "setor", 1), UnknownWord, "C2"),
        ((DAY, 7, "pokok", "pinjam", 1), UnknownWord, "D2"),
        ((DAY, 7, "pokok", "setor", -1), NegativeAmount, "E2"),
    ],
)
def test_a_row_not_understood_is_kept_with_number_and_reason(row, refusal, cell):
    sheet = understood(row, (DAY, 8, "pokok", "setor", 1))

    (problem,) = sheet.not_understood
    assert problem.row == 2
    assert type(problem.reason) is refusal
    assert str(problem).startswith(f"Cell {cell}: ")
    assert [movement.member for movement in sheet.movements] == ["8"]


def test_a_row_that_was_never_settled_is_not_brought_in():
    sheet = understood(
        (DAY, 7, "pokok", "setor", 1, "paid"),
        (DAY, 7, "pokok", "setor", 1, "pending"),
        headings=(*HEADINGS, "Status"),
    )

    assert isinstance(sheet.not_understood[0].reason, NotSettled)
    assert len(sheet.movements) == 1


def test_the_sheets_own_total_is_compared_with_its_rows():
    rows = [(DAY, 7, "pokok", "setor", 100), (DAY, 8, "pokok", "setor", 150)]

    right = understood(*rows, ("JUMLAH", "", "", "", 250))
    wrong = understood(*rows, ("JUMLAH", "", "", "", 260))

    assert right.breaks == ()
    assert right.figures[0].stated == right.figures[0].counted == 250
    (problem,) = wrong.breaks
    assert type(problem.reason) is TotalDiffers
    assert problem.reason.facts == {
        "cell": "E4",
        "stated": Decimal(260),
        "counted": Decimal(250),
    }


def test_content_tells_rows_apart_and_not_how_they_were_written():
    sheet = understood(
        (DAY, 7, "pokok", "setor", "1.000.000"),
        ("04-01-2022", "7", "Simpanan Pokok", "debit", 1_000_000),
        (DAY, 7, "wajib", "setor", 1_000_000),
    )

    first, same, other = (movement.content() for movement in sheet.movements)
    assert first == same != other


def test_the_real_export_is_understood_to_its_last_row(real):
    expected = json.loads((real / "expected.json").read_text())
    expected = expected["simpanan_transaksi.xlsx"]

    sheet = understand(read(real / "simpanan_transaksi.xlsx"))

    assert sheet.not_understood == sheet.breaks == ()
    assert len(sheet.movements) == expected["rows"] == 4_517
    assert len({m.member for m in sheet.movements}) == expected["members"] == 375
    words = {"pokok": Pot.PRINCIPAL, "wajib": Pot.MANDATORY}
    words |= {"sukarela": Pot.VOLUNTARY, "shu": Pot.SURPLUS}
    for name, count in expected["count"].items():
        way, word = name.split()
        sign = 1 if way == "debit" else -1
        amounts = [
            sign * m.amount
            for m in sheet.movements
            if m.pot is words[word] and sign * m.amount > 0
        ]
        assert len(amounts) == count
        assert abs(sum(amounts) - Decimal(str(expected["sum"][name]))) < Decimal("1e-3")
    fractions = [m for m in sheet.movements if m.amount % 1]
    assert len(fractions) == expected["fractional_rows"]


def test_rounding_the_real_export_loses_one_rupiah_and_says_so(real):
    total = understand(read(real / "simpanan_transaksi.xlsx")).total

    assert total.exact == Decimal("1969282975.669936810291")
    assert (total.lines, total.total) == (Money(1_969_282_977), Money(1_969_282_976))
    assert total.left == Money(-1)
