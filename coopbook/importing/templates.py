"""Empty workbooks to be filled in: the columns of each kind, and a line of help.

Columns of numbers that are no amounts (member, NIK, phone, account) are formatted as
text, because a spreadsheet keeps only fifteen figures of a number.
"""

from __future__ import annotations

import io

import xlsxwriter

from coopbook.i18n import N_, say
from coopbook.importing.kinds import (
    account_list,
    balances,
    bank_book,
    cards,
    deductions,
    journal,
    loan_movements,
    member_list,
    old_loans,
    savings_sheet,
    trial_balance,
)
from coopbook.importing.kinds.registry import KIND_NAMES, Kind
from coopbook.importing.sheets.shapes import Column, Reads, Shape

SHAPES: dict[Kind, Shape] = {
    Kind.MEMBERS: member_list.MEMBERS,
    Kind.ACCOUNTS: account_list.ACCOUNTS,
    Kind.TRIAL_BALANCE: trial_balance.SHAPE,
    Kind.MEMBER_BALANCES: balances.SHAPE,
    Kind.OLD_LOANS: old_loans.SHAPE,
    Kind.SAVINGS: savings_sheet.SHAPE,
    Kind.LOANS: loan_movements.SHAPE,
    Kind.DEDUCTIONS: deductions.SHAPE,
    Kind.CARDS: cards.SHAPE,
    Kind.BANK_BOOK: bank_book.SHAPE,
    Kind.CASH_BOOK: bank_book.SHAPE,
    Kind.JOURNAL: journal.SHAPE,
}
LEFT_OUT = {
    Kind.SAVINGS: {"paid_in", "taken_out", "rounding", "balance", "status"},
    Kind.DEDUCTIONS: {"on", "shares", "loan_total"},
    Kind.MEMBER_BALANCES: {"on", "shares"},
    Kind.TRIAL_BALANCE: {"on", "balance", "side", "currency"},
    Kind.JOURNAL: {"currency"},
    Kind.BANK_BOOK: {"memorial_debit", "memorial_credit"},
    Kind.CASH_BOOK: {"memorial_debit", "memorial_credit", "account"},
    Kind.ACCOUNTS: {"name_en"},
}
"""Columns that only older programs have; an empty sheet is better without them."""
HELP = N_(
    "Fill in from row 2. Amounts without Rp and without cents; dates like 17/08/2026."
)


def columns_of(kind: Kind | str) -> list[Column]:
    """Return the columns of a kind's template, in their order."""
    kind = Kind(kind)
    left_out = LEFT_OUT.get(kind, set())
    return [one for one in SHAPES[kind].columns if one.key not in left_out]


def template(kind: Kind | str, language: str) -> bytes:
    """Return an empty workbook of a kind; its headings are Indonesian in any language.

    Each heading carries a comment that says what it is in ``language``.  A card has
    its member's name above the table.
    """
    kind = Kind(kind)
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    styles = {
        Reads.WORDS: book.add_format({"num_format": "@"}),
        Reads.AMOUNT: book.add_format({"num_format": "#,##0"}),
        Reads.DAY: book.add_format({"num_format": "dd/mm/yyyy"}),
    }
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    sheet = book.add_worksheet("Data")
    first = 0
    if kind is Kind.CARDS:
        sheet.write_row(0, 0, ["Nama", ": "])
        sheet.write_row(1, 0, ["No Anggota", ": "])
        first = 3
    for index, column in enumerate(columns_of(kind)):
        style = styles[column.reads]
        sheet.set_column(index, index, max(14, len(column.known[0]) + 2), style)
        sheet.write(first, index, column.known[0], bold)
        sheet.write_comment(first, index, say(str(column.name), language))
    sheet.freeze_panes(first + 1, 0)
    about = book.add_worksheet("Petunjuk")
    about.set_column(0, 0, 100)
    about.write(0, 0, say(KIND_NAMES[kind], language))
    about.write(1, 0, say(HELP, language))
    book.close()
    return memory.getvalue()
