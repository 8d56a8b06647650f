"""The general ledger as auditors' programs read it: three tables in text.

Amounts are whole rupiah without a sign; a letter says debit (D) or credit (C).  A
number of an account is text, and is the printed code.

Source: AICPA Audit Data Standards, General Ledger Standard, July 2015.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import attrgetter

from coopbook.book import Book
from coopbook.cooperatives.queries import cooperative
from coopbook.dates import day_before
from coopbook.exports.approved import approvals_of_entries, vouchers_taken_back
from coopbook.exports.csv_export import PLAIN, Style, table
from coopbook.exports.folder import Folder, Totals
from coopbook.exports.rows import JournalLine, journal_lines
from coopbook.ledger.queries import accounts, trial_balance
from coopbook.ledger.rules import AccountType

CURRENCY = "IDR"
DETAIL = (
    *("Journal_ID", "Journal_ID_Line_Number", "JE_Header_Description"),
    *("JE_Line_Description", "Source", "Business_Unit_Code", "Effective_Date"),
    *("Fiscal_Year", "Period", "GL_Account_Number", "Amount"),
    *("Amount_Credit_Debit_Indicator", "Amount_Currency", "Entered_By"),
    *("Entered_Date", "Entered_Time", "Approved_By", "Approved_Date"),
    *("Last_Modified_By", "Last_Modified_Date", "Reporting_Amount"),
    *("Reporting_Amount_Currency", "Local_Amount", "Local_Amount_Currency"),
    *("Reversal_Indicator", "Reversal_Journal_ID"),
    *("Segment01", "Segment02", "Segment03", "Segment04", "Segment05"),
)
CHART = (
    *("GL_Account_Number", "GL_Account_Name", "Account_Type"),
    *("Account_Subtype", "FS_Caption"),
)
BALANCES = (
    *("GL_Account_Number", "Business_Unit_Code", "Fiscal_Year", "Period"),
    *("Balance_As_Of_Date", "Amount_Beginning", "Amount_Ending", "Amount_Currency"),
)
TYPES = {
    AccountType.ASSET: "Assets",
    AccountType.LIABILITY: "Liabilities",
    AccountType.EQUITY: "Equity",
    AccountType.REVENUE: "Revenue",
    AccountType.EXPENSE: "Expenses",
    AccountType.MEMO: "Memorandum",
}
FIRST_ADDED = 100_000
"""Numbers from here are accounts people added; no heading stands above them."""
NOTES = [
    "Amount is positive; Amount_Credit_Debit_Indicator is D for debit, C for credit.",
    "Amounts are whole rupiah. A balance in Trial_Balance is positive for debit.",
    "Journal_ID is the voucher, GL_Account_Number the printed code.",
    "Account_Subtype is the fixed number of an account, whose printed code may change.",
    "Segment01 card, Segment02 unit, Segment03 fund, Segment04 pillar, Segment05 loan.",
    "Entered_Time and dates beside it are in UTC. Entries are never modified.",
]


def add_ads(folder: Folder, style: Style = PLAIN) -> None:
    """Write the detail of the general ledger, the trial balance and the chart."""
    first, last = _stretch(folder)
    span = f"{first:%Y%m%d}_{last:%Y%m%d}.csv"
    totals = Totals()
    lines = totals.counting(
        journal_lines(
            folder.book, booked_from=folder.booked_from, booked_to=folder.as_of
        )
    )
    rows = _detail(folder.book, lines)
    folder.add(f"GL_Detail_{span}", table(DETAIL, rows, style), totals)
    totals = Totals()
    balances = _balances(folder.book, first, last, totals)
    folder.add(f"Trial_Balance_{span}", table(BALANCES, balances, style), totals)
    chart = list(_chart(folder.book))
    totals = Totals(rows=len(chart))
    folder.add(f"Chart_Of_Accounts_{span}", table(CHART, chart, style), totals)
    folder.notes += NOTES


def _stretch(folder: Folder) -> tuple[date, date]:
    """Return the first and the last day; of an empty book its first day twice."""
    first = folder.booked_from or cooperative(folder.book).first_day
    return first, folder.as_of or first


def _detail(
    book: Book, lines: Iterator[JournalLine]
) -> Iterator[tuple[str | int | date | None, ...]]:
    approved, taken_back = approvals_of_entries(book), vouchers_taken_back(book)
    for line in lines:
        day, _, time = line.recorded_at.partition("T")
        by, at = approved.get(line.entry, ("", ""))
        amount = line.debit or line.credit
        money = (amount, CURRENCY)
        yield (
            *(line.voucher, line.line, line.memo, "", line.source),
            *(line.unit or "", line.booked_on, line.booked_on.year),
            *(line.booked_on.month, line.code, amount),
            *("D" if line.debit else "C", CURRENCY, line.actor, day, time[:8]),
            *(by, at.partition("T")[0], "", "", *money, *money),
            *("N" if line.reverses is None else "Y", taken_back.get(line.entry, "")),
            *(line.card or None, line.unit, line.fund, line.pillar, line.loan),
        )


def _chart(book: Book) -> Iterator[tuple[str, ...]]:
    """Return the accounts that take lines, each with the heading it stands under."""
    caption = ""
    for row in sorted(accounts(book), key=attrgetter("number")):
        if not row.postable:
            caption = row.name_en
            continue
        said = caption if row.number < FIRST_ADDED else TYPES[row.account_type]
        fixed = str(row.number)
        yield row.code, row.name_en, TYPES[row.account_type], fixed, said


def _balances(
    book: Book, first: date, last: date, totals: Totals
) -> Iterator[tuple[str | int | date, ...]]:
    """Return every account that holds anything at either end, debit positive."""
    before, after = _signed(book, day_before(first)), _signed(book, last)
    for row in accounts(book):
        begun, ended = before.get(row.number, 0), after.get(row.number, 0)
        if begun or ended:
            totals.count(max(ended, 0), max(-ended, 0))
            when = ("", last.year, last.month, last)
            yield (row.code, *when, begun, ended, CURRENCY)


def _signed(book: Book, on: date) -> dict[int, int]:
    return {
        row.account_number: row.debit.units - row.credit.units
        for row in trial_balance(book, on)
    }
