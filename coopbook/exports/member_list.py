"""The book of members as a file: CSV or XLSX, identity numbers never in full.

Headings are Indonesian in both languages, because the office that asks for the book
reads Indonesian.  Import reads the file again but for the hidden numbers: who has left
and was settled comes in as that, everybody else as a candidate, whose money makes them
a member again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path

import xlsxwriter

from coopbook.book import Book
from coopbook.exports.csv_export import Style, inert, table
from coopbook.i18n import say
from coopbook.members.listing import BookRow, every_line
from coopbook.members.rules import RISK_NAMES, STATUS_NAMES

HEADINGS = (
    *("No Anggota", "Nama", "NIK (disamarkan)", "Tanggal Lahir", "Pekerjaan"),
    *("Alamat", "Dusun", "Desa", "Tanggal Masuk", "Anggota Sejak", "Status"),
    *("Tanggal Berakhir", "Sebab Berakhir", "Alasan", "Keanggotaan Terdahulu"),
    *("Kode Kecamatan", "Kode Desa", "Tingkat Risiko", "Sumber Dana"),
)
WIDTHS = (11, 28, 20, 13, 18, 34, 14, 18, 14, 14, 16, 16, 18, 34, 30, 14, 14, 10, 18)
SIGNED = "Tanda Tangan / Cap Jempol"
"""The last column of the workbook, empty: the printed book is signed by hand."""


class ListFormat(StrEnum):
    """What the list is opened with."""

    CSV = "csv"
    XLSX = "xlsx"


def write_members(
    book: Book,
    path: Path | str,
    format: ListFormat | str,  # noqa: A002 - the word people say
    *,
    style: Style | None = None,
) -> int:
    """Write the book of members to a file and return how many lines it has.

    Rows are read and written a few hundred at a time.  Text that a spreadsheet would
    take for a formula is made inert.  ``style`` cuts a CSV as Indonesian spreadsheets
    open it, unless told.  A file that is there is written over.
    """
    counted = _Counted(every_line(book))
    if ListFormat(format) is ListFormat.XLSX:
        _xlsx(Path(path), counted)
    else:
        rows = (_cells(line) for line in counted)
        with Path(path).open("wb") as file:
            for part in table(HEADINGS, rows, style or Style.excel()):
                file.write(part)
    return counted.count


class _Counted:
    """Lines, counted as they are handed on."""

    def __init__(self, lines: Iterable[BookRow]) -> None:
        self.lines = lines
        self.count = 0

    def __iter__(self) -> Iterator[BookRow]:
        for line in self.lines:
            self.count += 1
            yield line


def _cells(line: BookRow) -> list[object]:
    return [
        *(line.number, line.name, line.nik, line.born_on, line.occupation),
        *(line.address, line.hamlet, line.village, line.joined_on, line.active_on),
        say(STATUS_NAMES[line.status], "id"),
        line.ended_on,
        say(STATUS_NAMES[line.ended_by], "id") if line.ended_by else None,
        line.why_ended,
        "; ".join(
            f"sampai {on:%d/%m/%Y} ({say(STATUS_NAMES[by], 'id')})"
            for on, by in line.earlier
        ),
        *(line.region_code, line.village_code),
        say(RISK_NAMES[line.risk], "id") if line.risk else None,
        line.source_of_funds,
    ]


def _xlsx(path: Path, lines: Iterable[BookRow]) -> None:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(path), options) as workbook:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        bold = workbook.add_format({"bold": True, "text_wrap": True})
        sheet = workbook.add_worksheet("Buku daftar anggota")
        sheet.freeze_panes(1, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, bold)
        sheet.set_column(len(HEADINGS), len(HEADINGS), 26)
        sheet.write_string(0, len(HEADINGS), SIGNED, bold)
        for row, line in enumerate(lines, start=1):
            for column, value in enumerate(_cells(line)):
                if isinstance(value, date):
                    sheet.write_datetime(row, column, value, day)
                elif isinstance(value, int):
                    sheet.write_number(row, column, value)
                elif value:
                    sheet.write_string(row, column, inert(str(value)))
