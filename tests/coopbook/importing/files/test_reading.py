import io
import time
import tracemalloc
import zipfile
from datetime import date

import pytest

from coopbook.importing.files.bounds import NotASpreadsheet, TooLarge
from coopbook.importing.files.reading import EmptyFile, Locked, read
from tests.coopbook.importing.conftest import table, workbook

ROWS = (("Tanggal", "Jumlah"), (date(2022, 1, 4), 1250.5), (date(2022, 1, 5), "00160"))


def test_a_workbook_is_read_with_its_row_numbers():
    (sheet,) = read(workbook((), (), *ROWS)).sheets

    assert sheet.name == "Sheet1"
    assert len(sheet.rows) == 5
    assert sheet.rows[2:] == [list(row) for row in ROWS]


def test_a_path_is_read_whatever_its_name(tmp_path):
    path = tmp_path / "looks like a picture.png"
    path.write_bytes(workbook(*ROWS))

    assert read(path) == read(workbook(*ROWS)) == read(str(path))


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_is_read_in_every_separator_and_encoding(separator, encoding):
    rows = [("Nama", "Jumlah", "Catatan"), ("René", "1250", "café"), ("Siti", "7", "")]
    text = table(*rows, separator=separator).decode()

    (sheet,) = read(text.encode(encoding)).sheets

    assert sheet.rows == [list(row) for row in rows]


def test_decimal_commas_do_not_pass_for_separators():
    (sheet,) = read(b"Tanggal;Jumlah\n3/1/2017;1.250,50\n4/1/2017;2.000,75").sheets

    assert sheet.rows[1] == ["3/1/2017", "1.250,50"]


def test_a_quoted_cell_may_hold_a_line_break():
    (sheet,) = read(b'a;b\n"one\ntwo";3\n"four; five";6\n').sheets

    assert sheet.rows[1:] == [["one\ntwo", "3"], ["four; five", "6"]]


@pytest.mark.parametrize(
    "nothing", [b"", b"  \r\n \n", workbook(()), b"\xef\xbb\xbf\n"]
)
def test_an_empty_file_is_refused(nothing):
    with pytest.raises(EmptyFile):
        read(nothing)


@pytest.mark.parametrize(
    "other",
    [
        b"Dear members, the meeting is on Friday.",
        b"%PDF-1.7 binary",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"<html><table><tr><td>1;2</td></tr></table></html>",
        b'{"a": 1,\n"b": 2}',
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"PK\x03\x04 not really",
    ],
)
def test_what_is_no_spreadsheet_is_refused(other):
    with pytest.raises(NotASpreadsheet):
        read(other)


def test_a_folder_or_a_missing_path_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "missing.xlsx"):
        with pytest.raises(NotASpreadsheet):
            read(path)


def test_a_locked_workbook_is_refused_in_its_own_words():
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)

    with pytest.raises(Locked):
        read(container + "EncryptedPackage".encode("utf-16-le"))


def parts(**files):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return memory.getvalue()


def with_sheet(xml, strings=None):
    """Put a sheet written by hand into an honest workbook."""
    memory = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(*ROWS))) as honest,
        zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in honest.namelist():
            content = honest.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = b'<worksheet xmlns="http://schemas.openxmlformats.org/'
                content += b'spreadsheetml/2006/main"><sheetData>'
                content += xml + b"</sheetData></worksheet>"
            if strings and name == "xl/sharedStrings.xml":
                content = strings
            made.writestr(name, content)
    return memory.getvalue()


def stated(data, **wrong):
    """Make the zip's directory lie about the size of its parts."""
    at = data.index(b"PK\x01\x02")
    return data[: at + 24] + (10).to_bytes(4, "little") + data[at + 28 :]


BOMBS = {
    "a part that unfolds": parts(xl__workbook="", a=b"0" * 80_000_000),
    "a part that lies about its size": stated(
        parts(a=b"0" * 80_000_000, xl__workbook="")
    ),
    "a thousand parts": parts(xl__workbook="", **{f"p{n}": "" for n in range(1_001)}),
    "a cell in the last corner": with_sheet(
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "a wide row and a long sheet": with_sheet(
        b"<row>"
        + b"<c><v>1</v></c>" * 3_000
        + b"</row>"
        # no rhyme in the figures, so that it does not pack too well
        + b"".join(
            b"<row><c><v>%d</v></c></row>" % (n * 7_919 % 99_991) for n in range(9_000)
        )
    ),
    "one text in every cell": with_sheet(
        b"".join(
            b'<row><c t="s"><v>%d</v></c></row>' % (n % 2) for n in range(100_000)
        ),
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
        + b"".join(b"%d " % (n * n) for n in range(50_000))
        + b"</t></si><si><t>b</t></si></sst>",
    ),
    "eleven megabytes": b"a;b\n" * 2_750_001,
    "three million cells": b"1;" * 2_500_000 + b"\n1;2\n",
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_before_it_is_opened(kind):
    tracemalloc.start()
    began = time.monotonic()

    with pytest.raises(TooLarge):
        read(BOMBS[kind])

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 150_000_000
    assert time.monotonic() - began < 10


def test_an_honest_long_sheet_is_no_bomb():
    rows = [("Tanggal", "Uraian", "Jumlah")]
    rows += [(date(2022, 1, 1 + n % 28), f"setoran {n}", n * 17) for n in range(20_000)]

    (sheet,) = read(workbook(*rows)).sheets

    assert len(sheet.rows) == 20_001
