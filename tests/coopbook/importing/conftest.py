"""Sheets made for a test, the real ones where they are at hand, and an old book."""

import io
import itertools
from datetime import date

import pytest
import xlsxwriter
from sqlalchemy import select
from sqlalchemy.orm import Session

from coopbook import ledger
from coopbook.founding import founding
from coopbook.importing.queries import preview
from coopbook.importing.service import bring_in
from coopbook.ledger.model import Line

NUMBERS = itertools.count(1_000_000)
FIRST_DAY = date(2016, 1, 1)
HEADINGS = ("Tanggal", "No Anggota", "Jenis Simpanan", "Jenis Transaksi", "Jumlah")
BANK_HEADINGS = ("Tanggal", "Uraian", "Debet", "Kredit", "Saldo")
DAY = date(2022, 1, 4)
LATER = date(2022, 2, 10)
END = date(2022, 12, 31)
MEMBER = [(DAY, 10, "pokok", "setor", 100_000)]


@pytest.fixture
def real(real_folder):
    """The folder of real spreadsheets, which are nobody's to copy."""
    return real_folder


@pytest.fixture
def old(coop):
    """A cooperative whose book begins in 2016, and its twin with other money."""
    own = _found(coop, next(NUMBERS))
    twin = _found(coop, next(NUMBERS))
    with twin.open() as book:
        rows = [(date(2022, 1, 4), 10 * n, "pokok", "setor", 1_000_000) for n in (1, 2)]
        rows += [(date(2022, 1, 4), 10, "sukarela", "setor", 500_000)]
        bring_in(book, "savings", savings_sheet(*rows), accept="the twin's own rule")
        rows = [(date(2017, 1, 3), "setoran", 5_000, "", 15_000)]
        bring_in(book, "bank-book", bank_sheet(*rows))
    return own


def _found(coop, number, first_day=FIRST_DAY):
    with (
        Session(coop.engine) as session,
        founding(
            session,
            number=number,
            name=f"Melati Lama {number}",
            first_day=first_day,
            actor="setup",
        ),
    ):
        pass
    return type(coop)(coop.engine, number, 1)


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


def savings_sheet(*rows):
    return workbook(HEADINGS, *rows)


def bank_sheet(*rows):
    return workbook(BANK_HEADINGS, *rows)


def table(*rows, separator=";"):
    """Return the bytes of a table in text."""
    return "\r\n".join(separator.join(map(str, row)) for row in rows).encode()


def lines(book):
    """Return every line of the book in the order it was written."""
    rows = book.session.scalars(
        select(Line)
        .where(Line.cooperative_id == book.cooperative_id)
        .order_by(Line.entry_number, Line.number)
    )
    return [
        (row.account_number, row.card_number, row.debit.units - row.credit.units)
        for row in rows
    ]


def held(book, number):
    return ledger.account_balance(book, number)


def head(coop):
    with coop.read() as book:
        return preview(book, "savings", savings_sheet(*MEMBER)).record
