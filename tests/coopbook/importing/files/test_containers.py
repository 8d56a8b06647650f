"""Workbooks of every make are read alike, and refused alike."""

import io
import re
import struct
import time
import tracemalloc
import zipfile
from datetime import date

import pytest

from coopbook.importing.files import spreadsheets
from coopbook.importing.files.reading import (
    AccountingJournal,
    EmptyFile,
    Locked,
    MultiCommodity,
    NotASpreadsheet,
    TooLarge,
    read,
)
from tests.coopbook.importing.conftest import table, workbook
from tests.coopbook.importing.containers import (
    compound,
    old_workbook,
    open_document,
    page,
    record,
    records,
)

ROWS = (("Tanggal", "Jumlah", ""), (date(2022, 1, 4), 1250.5, "é€"), ("", "", "00160"))
ENCRYPTED = "<manifest:encryption-data/>"
DOCUMENT = "application/vnd.oasis.opendocument.text"
DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
ROW = "<table:table-row{}>{}</table:table-row>"
ONE = '<table:table-cell office:value-type="float" office:value="1"{}/>'


def refused(data, refusal):
    """Refuse in one sentence, in little time and memory.

    Each is measured by itself: watching every allocation takes ten times as long.
    """
    began = time.monotonic()
    with pytest.raises(refusal) as reason:
        read(data)
    assert time.monotonic() - began < 10
    assert str(reason.value)
    tracemalloc.start()
    with pytest.raises(refusal):
        read(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 150_000_000


def zipped(**parts):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return memory.getvalue()


def altered(data, name, change):
    """Return a zip with one of its parts changed."""
    memory = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as whole,
        zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for part in whole.namelist():
            content = whole.read(part)
            made.writestr(part, change(content) if part == name else content)
    return memory.getvalue()


@pytest.mark.parametrize("make", [old_workbook, open_document, workbook])
def test_workbooks_of_every_make_are_read_alike(make):
    (sheet,) = read(make((), *ROWS)).sheets

    assert [cell for cell in sheet.rows[0] if cell] == []
    assert sheet.rows[1][:2] == ["Tanggal", "Jumlah"]
    assert sheet.rows[2][1:] == [1250.5, "é€"]
    assert sheet.rows[3][2] == "00160"


def test_what_an_ods_repeats_is_repeated_and_its_blank_end_is_not():
    body = '<table:table table:name="a">' + ROW.format(
        ' table:number-rows-repeated="2"',
        '<table:table-cell table:number-columns-repeated="3"/>'
        + ONE.format(' table:number-columns-repeated="2"')
        + '<table:table-cell table:number-columns-repeated="16000"/>',
    )
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    body += ROW.format(' table:number-rows-repeated="1048000"', blank)

    (sheet,) = read(open_document(body=body + "</table:table>")).sheets

    assert [row[3:] for row in sheet.rows] == [[1.0, 1.0]] * 2


SHEET = "xl/worksheets/sheet1.xml"
FAULTY = b'<c r="B2" t="e"><f>A1/0</f><v>#DIV/0!</v></c>'


def test_a_formula_without_a_result_is_no_blank_cell():
    xlsx = altered(
        workbook(*ROWS),
        SHEET,
        lambda xml: xml.replace(b'<c r="B2"><v>1250.5</v></c>', FAULTY),
    )
    error = record(0x205, struct.pack("<HHHBB", 1, 1, 0, 0x17, 1))
    formula = struct.pack("<HHH", 2, 1, 0) + b"\x02\0\x2a\0\0\0\xff\xff" + bytes(8)
    xls = old_workbook(*ROWS, extra=error + record(0x06, formula))
    ods = '<table:table table:name="a"><table:table-column/>' + ROW.format(
        "",
        ONE.format("")
        + '<table:table-cell office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>',
    )

    assert read(xlsx).sheets[0].rows[1][1] == "#DIV/0!"
    assert [row[1] for row in read(xls).sheets[0].rows[1:]] == ["#REF!", "#N/A"]
    assert read(open_document(body=ods + "</table:table>")).sheets[0].rows == [
        [1.0, "#REF!"]
    ]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
def test_a_table_in_utf_16_is_read_with_and_without_its_mark(encoding):
    rows = [("Nama", "Jumlah"), ("Siti — René", "1250"), ("Tono", "7")]

    (sheet,) = read(table(*rows).decode().encode(encoding)).sheets

    assert sheet.rows == [list(row) for row in rows]


@pytest.mark.parametrize("make", [old_workbook, open_document, workbook])
@pytest.mark.parametrize("kept", [0.02, 0.3, 0.6, 0.95])
def test_a_file_cut_short_is_refused(make, kept):
    rows = [("Tanggal", "Jumlah")] + [(date(2022, 1, 4), n * 7.5) for n in range(600)]
    whole = make(*rows)

    refused(whole[: int(len(whole) * kept)], NotASpreadsheet)


def test_a_locked_file_of_every_make_is_refused_in_its_own_words():
    filepass = record(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48))

    refused(old_workbook(*ROWS, before=filepass), Locked)
    refused(open_document(*ROWS, manifest=ENCRYPTED), Locked)
    refused(compound(bytes(5_000), name="EncryptedPackage"), Locked)
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as whole:
        whole.writestr("encrypted-package", bytes(99))
    refused(memory.getvalue(), Locked)


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(range(256)) * 4
OTHERS = {
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)),
    "jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(range(256)),
    "heic": HEIC,
    "pdf": b"%PDF-1.7\n1 0 obj <</Type /Catalog>>\nendobj\n2 0 obj",
    "docx": zipped(word__document="<w:document/>"),
    "odt": open_document(*ROWS, mimetype=DOCUMENT),
    "doc": compound(bytes(5_000), name="WordDocument"),
    "zip": zipped(letter="a"),
    "archive of one byte": b"PK\x03\x04a",
    "a doctype in an ods": open_document(*ROWS, before=DOCTYPE),
    "a doctype in an xlsx": altered(
        workbook(*ROWS), SHEET, lambda xml: xml.replace(b"<work", b"<!DOCTYPE x><work")
    ),
    "an entity in an xlsx": altered(
        workbook(*ROWS),
        "xl/sharedStrings.xml",
        lambda xml: xml.replace(b"?>", b"?>" + DOCTYPE.encode(), 1),
    ),
    "a sheet in utf-16": altered(
        workbook(*ROWS), SHEET, lambda xml: xml.decode().encode("utf-16")
    ),
    "sectors in a circle": old_workbook(*ROWS).replace(
        struct.pack("<II", 4, 5), struct.pack("<II", 3, 5)
    ),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_what_only_bears_the_name_of_a_workbook_is_refused(kind, tmp_path):
    refused(OTHERS[kind], NotASpreadsheet)


LONG = record(0xFC, struct.pack("<IIHB", 1, 1, 8_000, 0) + b"x" * 8_000)
LABELS = b"".join(
    record(0xFD, struct.pack("<HHHI", n % 60_000, n // 60_000, 0, 0))
    for n in range(300_000)
)
BOMBS = {
    "an ods of 500 megabytes": open_document(body="<a>" + " " * 500_000_000),
    "an ods of a million full rows": open_document(
        body='<table:table table:name="a">'
        + ROW.format(' table:number-rows-repeated="1000000"', ONE.format("") * 9)
        + "</table:table>"
    ),
    "an ods with a cell in the last corner": open_document(
        body='<table:table table:name="a">'
        + ROW.format(' table:number-rows-repeated="1000000"', "<table:table-cell/>")
        + ROW.format(
            "",
            '<table:table-cell table:number-columns-repeated="16000"/>'
            + ONE.format(""),
        )
        + "</table:table>"
    ),
    "an ods that repeats a long text": open_document(
        body='<table:table table:name="a">'
        + ROW.format(
            ' table:number-rows-repeated="1000"',
            '<table:table-cell office:value-type="string" '
            'table:number-columns-repeated="1000"><text:p>'
            + "".join(f"{n * n}" for n in range(9_000))
            + "</text:p></table:table-cell>",
        )
        + "</table:table>"
    ),
    "an xls that claims millions of cells": old_workbook(
        *ROWS, dimension=(4_000_000_000, 60_000)
    ),
    "an xls with a cell in the last corner": old_workbook(
        *ROWS, extra=record(0x203, struct.pack("<HHHd", 65_535, 255, 0, 1.0))
    ),
    "an xls of one text in every cell": compound(
        records([("a",)], before=LONG, extra=LABELS)
    ),
    "an ods of four thousand million blank rows": open_document(
        body='<table:table table:name="a">'
        + ROW.format(' table:number-rows-repeated="4294967294"', ONE.format(""))
        + "</table:table>"
    ),
    "a row number beyond every sheet": altered(
        workbook(*ROWS), SHEET, lambda xml: xml.replace(b'"A1"', b'"A4294967290"')
    ),
    "a row that counts from far below": altered(
        workbook(*ROWS),
        SHEET,
        lambda xml: xml.replace(
            b"</sheetData>",
            b'<row r="1000000"><c><v>1</v></c>' + b"<c/>" * 9 + b"</row></sheetData>",
        ),
    ),
    "sixty thousand columns in an xlsx": altered(
        workbook(*ROWS),
        SHEET,
        lambda xml: xml.replace(
            b"</sheetData>",
            b"<row>" + b"<c><v>1</v></c>" * 60_000 + b"</row></sheetData>",
        ),
    ),
    "sixty thousand columns in a csv": b";".join([b"1"] * 60_000) + b"\n1;2\n1;2\n",
    "one line of fifty megabytes": b"1;" * 25_000_000,
    "one line of nine megabytes": b"1;" * 4_500_000,
}


@pytest.mark.parametrize("kind", BOMBS)
def test_what_unfolds_too_far_is_refused_before_it_is_opened(kind):
    refused(BOMBS[kind], TooLarge)


@pytest.mark.parametrize("make", [old_workbook, open_document, workbook, page])
def test_a_workbook_of_blank_rows_is_empty(make):
    refused(make((), ()), (EmptyFile, NotASpreadsheet))


def test_a_claim_that_would_end_the_reader_ends_no_more_than_the_reading():
    """Calamine sets memory aside for as many texts as are claimed."""
    claims = altered(
        workbook(*ROWS),
        "xl/sharedStrings.xml",
        lambda xml: re.sub(rb'uniqueCount="[0-9]+"', b'uniqueCount="4294967294"', xml),
    )

    refused(claims, NotASpreadsheet)


def test_a_reader_that_does_not_come_back_is_given_up(monkeypatch):
    monkeypatch.setattr(spreadsheets, "SECONDS", 0.0001)

    refused(workbook(*ROWS), TooLarge)


BEANCOUNT = """option "title" "Buku"
2022-01-04 open Assets:Kas IDR
2022-01-04 * "Setoran"
  Assets:Kas        1000 IDR
  Income:Jasa
"""
LEDGER = """; buku kas
2022/01/04 * (7) Setoran
    Assets:Kas          Rp 1.000
    ; catatan
    Income:Jasa
"""


@pytest.mark.parametrize("journal", [BEANCOUNT, LEDGER, LEDGER.replace("Rp ", "")])
def test_an_accounting_journal_is_known_for_what_it_is(journal):
    refused(journal.encode(), AccountingJournal)


def test_a_journal_in_several_commodities_says_so():
    journal = LEDGER + '\n2022-02-04 beli\n  Assets:Emas   2 "EMAS" @ USD 60\n'

    with pytest.raises(MultiCommodity) as refusal:
        read(journal.encode())

    assert refusal.value.facts == {"count": 3, "named": "EMAS, Rp, USD"}


def test_the_journals_of_other_tools_are_refused(real):
    for name, refusal in (
        ("example.beancount", MultiCommodity),
        ("bcexample.journal", MultiCommodity),
        ("drewr3.dat", AccountingJournal),
    ):
        refused((real / "ledgers" / name).read_bytes(), refusal)


def test_a_table_with_days_and_colons_is_no_journal():
    rows = [("2022-01-04", "Kas: setoran", "5"), ("2022-01-05", "Kas: tarik", "6")]

    assert len(read(table(*rows)).sheets[0].rows) == 2
