"""Pages that old systems print and name .xls."""

import pytest

from coopbook.importing.files.reading import NotASpreadsheet, TooLarge, read
from coopbook.importing.kinds import bank_book
from coopbook.importing.sheets.amounts import amount
from coopbook.importing.sheets.days import day
from coopbook.importing.sheets.layout import propose
from coopbook.importing.sheets.shapes import Reads


def rows_of(body, encoding="utf-8"):
    (sheet,) = read(f"<html><body>{body}</body></html>".encode(encoding)).sheets
    return sheet.rows


def test_merged_cells_are_blank_but_for_the_first():
    rows = rows_of(
        "<table><tr><th rowspan=2>NO</th><th colspan='2'>KAS</th><th>SALDO</th></tr>"
        "<tr><th>DEBET</th><th>KREDIT</th><th></th></tr>"
        '<tr><td colspan="3">SALDO AWAL</td><td>5</td></tr></table>'
    )

    assert rows == [
        ["NO", "KAS", "", "SALDO"],
        ["", "DEBET", "KREDIT", ""],
        ["SALDO AWAL", "", "", "5"],
    ]


def test_cells_and_rows_that_are_not_closed_end_where_the_next_begins():
    rows = rows_of("<TABLE><TR><TD>a<TD>b<TR><TD>c<TD>d<tbody><td>e<td>f</TABLE>")

    assert rows == [["a", "b"], ["c", "d"], ["e", "f"]]


def test_words_are_read_as_they_are_seen():
    rows = rows_of(
        "<table><!-- <td>no</td> --><style>td {x: 1}</style><tr>"
        "<td>&nbsp;Siti <b>Aminah</b> &amp; <i>Tono</i><br>Makassar&#8211;1</td>"
        "<td><script>document.write('<td>9</td>')</script>1 < 2</td></tr>"
        "<tr><td>x<td>y</table>"
    )

    assert rows[0] == ["Siti Aminah & Tono Makassar–1", "1 < 2"]


def test_a_page_in_another_encoding_is_read():
    body = "<table><tr><td>René<td>1<tr><td>a<td>b</table>"

    assert rows_of(body, "cp1252") == rows_of(body, "utf-16") == rows_of(body)


def test_a_table_inside_a_cell_is_a_table_of_its_own():
    inner = "<table><tr><td>a<td>b<tr><td>c<td>d</table>"

    book = read(f"<table><tr><td>frame {inner}</td></tr></table>".encode())

    assert [sheet.rows for sheet in book.sheets] == [
        [["frame"]],
        [["a", "b"], ["c", "d"]],
    ]


def test_tables_that_go_on_are_one_and_others_are_sheets():
    heads = "<tr><th>Nama<th>Bayar"
    book = read(
        (
            f"<table>{heads}<tr><td>a<td>1</table><table><tr><td>b<td>2</table>"
            f"<table>{heads}<tr><td>c<td>3</table>"
            "<table><tr><th>Lain<th>Lagi<tr><td>d<td>4</table>"
            "<table><tr><td>e<td>5<td>6</table>"
        ).encode()
    )

    assert [(sheet.name, len(sheet.rows)) for sheet in book.sheets] == [
        ("1", 5),
        ("2", 2),
        ("3", 1),
    ]


@pytest.mark.parametrize(
    "page",
    [
        b"<html><p>Dear members</p></html>",
        b"<table></table>",
        b"<table><tr><td>one</td></tr></table>",
        b"<?xml version='1.0'?><Workbook><Table><Row/></Table></Workbook>",
        b"<table><tr><td>&#" + b"9" * 5_000 + b";<td>x</table>",
    ],
)
def test_a_page_without_a_table_is_refused(page):
    with pytest.raises(NotASpreadsheet):
        read(page)


@pytest.mark.parametrize(
    "page",
    [
        b"<table><tr><td>" * 100_000,
        b"<table><tr><td colspan=99999999>a<td>b</table>",
        b"<table><tr><td rowspan=99999999>a<td>b</table>",
        b"<table><tr>" + b"<td rowspan=60000>a" * 900 + b"<tr><td>b" * 60_000,
        b"<table>" + b"<tr><td colspan=16000>a" * 900,
        b"<table><tr>" + b"<td>1" * 60_000,
        b"<table><tr><td>x</table>" * 2_000,
    ],
)
def test_a_page_that_unfolds_too_far_is_refused(page):
    with pytest.raises(TooLarge):
        read(page)


@pytest.mark.parametrize(
    "piece", [b"<", b"<!--", b"<a ", b"<script>", b"<div>", b"&", b"<!", b"</td"]
)
def test_no_piece_repeated_keeps_the_reader_busy(piece):
    page = b"<table><tr><td>a<td>b<tr><td>c<td>" + piece * (4_000_000 // len(piece))

    assert read(page).sheets[0].rows[0] == ["a", "b"]


def test_the_printed_bank_book_proposes_what_its_workbook_does(real):
    sheets = [
        propose(read(real / name), bank_book.SHAPE)
        for name in ("mutasi_giro_jan2017.xlsx", "mutasi_giro_jan2017_cetak.xls")
    ]

    ours, printed = ([_said(row, found) for row in found.rows] for found in sheets)
    assert ours == printed
    assert len(ours) == 63
    ours, printed = (
        (f.headings, f.columns, f.opening.number, f.totals.number) for f in sheets
    )
    assert ours == printed


def _said(row, found):
    amounts = {
        column.key: amount(row.cells[column.key], mark=found.mark)
        for column in found.columns
        if column.key in bank_book.SHAPE.keys(Reads.AMOUNT)
    }
    return row.number, day(row.cells["on"]), row.cells["memo"], amounts
