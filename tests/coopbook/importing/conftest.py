"""Sheets made for a test, and the real ones where they are at hand."""

import io
import os
from pathlib import Path

import pytest
import xlsxwriter


@pytest.fixture
def real():
    """The folder of real spreadsheets, which are nobody's to copy."""
    data = os.environ.get("COOPBOOK_REAL_DATA")
    if data:
        return Path(data) / "real"
    if os.environ.get("COOPBOOK_STRICT") == "1":
        pytest.fail("COOPBOOK_REAL_DATA names no folder of real spreadsheets")
    return pytest.skip("COOPBOOK_REAL_DATA is not set: no real spreadsheets here")


def workbook(*rows, merged=(), sheets=None):
    """Return the bytes of a workbook with these rows; dates become date cells."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(
        memory, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}
    )
    for name, content in (sheets or {"Sheet1": rows}).items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(content):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                else:
                    sheet.write(number, column, cell)
        for first_row, first, last_row, last, word in merged:
            sheet.merge_range(first_row, first, last_row, last, word)
    book.close()
    return memory.getvalue()


def table(*rows, separator=";"):
    """Return the bytes of a table in text."""
    return "\r\n".join(separator.join(map(str, row)) for row in rows).encode()


HEADINGS = ("Tanggal", "No Anggota", "Jenis Simpanan", "Jenis Transaksi", "Jumlah")
