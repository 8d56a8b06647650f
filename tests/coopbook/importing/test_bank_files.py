"""A bank's file is read as csv, xlsx, a page or OFX, and what is none says so."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook.bankstatements import refusals
from coopbook.bankstatements.rules import checked
from coopbook.importing.bankfiles import (
    LinesUnread,
    NotInRupiah,
    OfxUnread,
    SeveralAccounts,
    read_bank_file,
)
from coopbook.importing.bankfiles.sheet import SideUnknown
from coopbook.importing.files import NotASpreadsheet
from coopbook.importing.sheets.layout import (
    ColumnMissing,
    Layout,
    NoHeadings,
    NoRows,
)
from coopbook.money import Money

from .conftest import workbook

LINE = (
    "<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{day}<TRNAMT>{amount}<FITID>{id}"
    "<NAME>{words}</STMTTRN>"
)
OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><BANKMSGSRSV1>{statements}</BANKMSGSRSV1></OFX>
"""
OF_ACCOUNT = (
    "<STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>{money}"
    "<BANKACCTFROM><BANKID>008<ACCTID>{number}<ACCTTYPE>CHECKING</BANKACCTFROM>"
    "<BANKTRANLIST><DTSTART>20260301<DTEND>20260331{lines}</BANKTRANLIST>"
    "<LEDGERBAL><BALAMT>{closing}<DTASOF>{as_of}</LEDGERBAL></STMTRS></STMTTRNRS>"
)


def ofx(*lines, closing="0", money="IDR", number="0071", as_of="20260331", more=""):
    told = "".join(
        LINE.format(day=day, amount=amount, id=bank_id, words=words)
        for day, amount, bank_id, words in lines
    )
    about = {"money": money, "number": number, "lines": told, "as_of": as_of}
    one = OF_ACCOUNT.format(closing=closing, **about)
    return OFX.format(statements=one + more).encode()


def csv(*rows):
    return "\n".join(";".join(map(str, row)) for row in rows).encode()


def amounts(file):
    return [one.amount for one in file.lines]


@pytest.mark.parametrize(
    "name", ["mutasi_giro_jan2017.xlsx", "mutasi_giro_jan2017_cetak.xls"]
)
def test_the_real_statement_is_read_to_the_rupiah(real_folder, name):
    expected = json.loads((real_folder / "expected.json").read_text())[name]

    file = read_bank_file(real_folder / name)
    found = checked(file, first=date(2017, 1, 1), last=date(2017, 1, 31))

    moved = [one.amount.units for one in found.lines]
    assert len(moved) == expected["rows"] == 63
    assert found.opening == Money(expected["saldo_awal"])
    assert found.closing == Money(expected["saldo_akhir"])
    assert sum(n for n in moved if n > 0) == expected["debet"]
    assert sum(n for n in moved if n < 0) == -expected["kredit"]
    assert not found.fractions
    assert file.of.isdecimal()


@given(
    st.lists(st.integers(-(10**8), 10**8).filter(bool), min_size=1, max_size=12),
    st.integers(0, 10**9),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_the_balance_tells_who_wrote_it_and_where_it_begins(
    moves, opening, own, backwards, stated
):
    rows, running = [], opening
    for at, move in enumerate(moves):
        running += move
        left = (move > 0) is own
        sides = (abs(move), "") if left else ("", abs(move))
        rows.append((f"{at + 1:02d}/03/2026", f"mutasi {at}", *sides, running))
    if backwards:
        rows.reverse()
    first = [("SALDO AWAL", "", "", "", opening)] if stated and not backwards else []
    head = ("Tanggal", "Keterangan", "Debet", "Kredit", "Saldo")

    file = read_bank_file(csv(head, *first, *rows))

    known = stated and not backwards
    if known or len(moves) > 1:
        found = checked(file)
        assert found.closing.units - found.opening.units == sum(
            one.amount.units for one in found.lines
        )
    if known:
        assert amounts(file) == moves
        assert found.closing == Money(running)


@pytest.mark.parametrize(
    ("head", "rows", "expected"),
    [
        (
            ("Tgl", "Uraian", "Keluar", "Masuk", "Saldo"),
            [("2/3/2026", "a", "", "1.500,00", "1.500,00")],
            [1_500],
        ),
        (
            ("Date", "Description", "Withdrawal", "Deposit", "Balance"),
            [("02 Mar 2026", "a", "250.00", "", "1,250,000.00")],
            [-250],
        ),
        (
            ("Tanggal", "Keterangan", "Jumlah", "D/K", "Saldo"),
            [("2/3/2026", "a", "500", "D", "500"), ("3/3/2026", "b", "9", "K", "509")],
            [-500, 9],
        ),
        (
            ("Tanggal", "Keterangan", "Jumlah", "Saldo"),
            [("2/3/2026", "a", "500.00 DB", "0"), ("3/3/2026", "b", "9.00 CR", "9")],
            [-500, 9],
        ),
        (
            ("Tanggal", "Keterangan", "Mutasi", "Saldo"),
            [("2/3/2026", "a", "-500", "0"), ("3/3/2026", "b", "9", "9")],
            [-500, 9],
        ),
    ],
)
def test_headings_in_both_languages_and_one_signed_amount(head, rows, expected):
    assert amounts(read_bank_file(csv(head, *rows))) == expected


def test_columns_a_person_names_go_before_every_guess():
    rows = [("Kapan", "Apa", "A", "B"), ("2/3/2026", "setoran", "500", "7")]
    with pytest.raises(NoHeadings) as refusal:
        read_bank_file(csv(*rows))
    assert "Tanggal" in refusal.value.headings
    said = Layout(columns={"on": "Kapan", "memo": "Apa", "amount": "=C"})
    assert amounts(read_bank_file(csv(*rows), layout=said)) == [500]
    said = Layout(columns={**said.columns, "amount": "=D"})
    assert amounts(read_bank_file(csv(*rows), layout=said)) == [7]


def test_what_is_no_statement_says_which_columns_are_wanted():
    with pytest.raises(NoHeadings):
        read_bank_file(csv(("Nama", "Alamat"), ("Siti", "Kuripan")))
    with pytest.raises(ColumnMissing):
        read_bank_file(csv(("Tanggal", "Keterangan"), ("2/3/2026", "a")))
    with pytest.raises(NoRows):
        read_bank_file(csv(("Tanggal", "Keterangan", "Debet", "Kredit", "Saldo")))
    with pytest.raises(NotASpreadsheet):
        read_bank_file(b"\x00\x01\x02")


def test_lines_that_cannot_be_read_are_said_and_none_is_left_out():
    head = ("Tanggal", "Keterangan", "Debet", "Kredit", "Saldo")
    rows = [("31/2/2026", "a", 1, "", 5), ("2/3/2026", "b", "x1", "", 5)]
    with pytest.raises(LinesUnread) as refusal:
        read_bank_file(csv(head, *rows))
    assert (refusal.value.lines, refusal.value.cells) == (2, "A2, C3")
    side = ("Tanggal", "Keterangan", "Jumlah", "D/K")
    with pytest.raises(SideUnknown):
        read_bank_file(csv(side, ("2/3/2026", "b", "1", "?")))


def test_the_period_and_the_account_stand_above_the_headings():
    data = workbook(
        *[
            ["PT Bank Contoh"],
            ["No. Rekening : 0071-22"],
            ["Periode : 01/03/2026 - 31/03/2026"],
            ["Tanggal", "Keterangan", "Debet", "Kredit", "Saldo"],
            ["02/03/2026", "setoran", "", 500, 1_500],
            ["02/03/2026", "biaya", 20, "", 1_480],
        ]
    )
    file = read_bank_file(data)
    found = checked(file)
    assert (found.first, found.last) == (date(2026, 3, 1), date(2026, 3, 31))
    assert (found.opening, file.of) == (Money(1_000), "0071-22")


def test_a_balance_that_breaks_is_named_by_its_cell():
    head = ("Tanggal", "Keterangan", "Debet", "Kredit", "Saldo")
    rows = [("2/3/2026", "a", "", 500, 500), ("3/3/2026", "b", 20, "", 481)]
    rows += [("4/3/2026", "c", 1, "", 480)]
    with pytest.raises(refusals.BalanceBreaks) as refusal:
        checked(read_bank_file(csv(head, *rows)))
    assert refusal.value.place == "A3"


def test_ofx_has_the_banks_numbers_and_counts_back_from_its_balance():
    file = read_bank_file(
        ofx(
            ("20260303", "1500000.00", "A1", "SETORAN TUNAI"),
            ("20260331", "-15000,00", "A2", "BIAYA ADM"),
            closing="2485000.00",
        )
    )
    assert [one.bank_id for one in file.lines] == ["A1", "A2"]
    assert (file.of, file.form, file.ids) == ("0071", "ofx", True)
    found = checked(file)
    assert (found.opening, found.closing) == (Money(1_000_000), Money(2_485_000))
    assert (found.first.day, found.last.day) == (1, 31)


def test_a_day_of_jakarta_stays_that_day():
    file = read_bank_file(ofx(("20260303000000[+7:WIB]", "1", "A1", "x")))
    assert file.lines[0].day == date(2026, 3, 3)


def test_ofx_as_xml_is_read_too():
    data = ofx(("20260303", "5", "A1", "x"), closing="5").split(b"\n\n", 1)[1]
    for tag in ("TRNTYPE", "DTPOSTED", "TRNAMT", "FITID", "NAME", "BALAMT", "DTASOF"):
        value = data.split(b"<%s>" % tag.encode())[1].split(b"<")[0]
        data = data.replace(
            b"<%s>%s" % (tag.encode(), value),
            b"<%s>%s</%s>" % (tag.encode(), value, tag.encode()),
        )
    head = b'<?xml version="1.0"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n'
    assert amounts(read_bank_file(head + data)) == [5]


def test_a_balance_between_the_lines_closes_nothing():
    file = read_bank_file(ofx(("20260331", "5", "A1", "x"), as_of="20260330"))
    assert file.closing is None
    with pytest.raises(refusals.OpeningUnknown):
        checked(file)
    assert checked(file, opening=Decimal(10)).closing == Money(15)


def test_ofx_that_is_not_ours():
    with pytest.raises(NotInRupiah) as refusal:
        read_bank_file(ofx(("20260303", "5", "A1", "x"), money="USD"))
    assert refusal.value.currency == "USD"
    other = OF_ACCOUNT.format(
        money="IDR", number="0072", lines="", closing="0", as_of="20260331"
    )
    with pytest.raises(SeveralAccounts) as several:
        read_bank_file(ofx(("20260303", "5", "A1", "x"), more=other))
    assert several.value.numbers == "0071, 0072"
    for data in (
        b"OFXHEADER:100\n\nno more",
        b"OFXHEADER:100\n\n<OFX>" + b"<A>" * 50_000,
        ofx(("2026033", "5", "A1", "x")),
        ofx(("20260303", "lima", "A1", "x")),
        ofx(("20260303", "NaN", "A1", "x")),
    ):
        with pytest.raises(OfxUnread):
            read_bank_file(data)
