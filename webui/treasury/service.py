"""Vouchers from what a form holds: keys, codes, amounts and bytes.

``book.once`` compares what was asked by value, so it is asked in plain values.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopbook import ledger
from coopbook.book import Book
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.ledger import Draft, Entry, Paper
from coopbook.money import ZERO, Money
from coopbook.people import Approval
from webui.treasury.forms import JournalForm

Row = tuple[str, Money, Money]
File = tuple[str, str, bytes]


@dataclass(eq=False)
class NoSuchCode(Refused):
    """The chart has no account with that printed code."""

    sentence = N_("There is no account with the code %(account)s in the chart.")

    account: str


@dataclass(eq=False)
class OneColumn(Refused):
    """A line stands in debit or in credit."""

    sentence = N_("Line %(line)s needs an amount in debit or in credit, not in both.")

    line: int


def rows_of(form: JournalForm) -> list[Row]:
    """Return the rows of a free entry that name an account."""
    return [
        (
            row.account.data.split(" ")[0],
            row.debit.data or ZERO,
            row.credit.data or ZERO,
        )
        for row in form.rows
        if row.account.data
    ]


def write_voucher(
    book: Book,
    key: str,
    amount: Money,
    *,
    on: date,
    memo: str,
    debit: int,
    credit: int,
    extra: Money | None,
    file: File | None,
) -> Entry | Approval:
    """Post a voucher by its template, or ask a second person above the limit."""
    return ledger.post_voucher(
        book,
        key,
        amount,
        on=on,
        memo=memo,
        debit_account=debit,
        credit_account=credit,
        extra=extra or ZERO,
        paper=Paper(*file) if file else None,
    )


def drafted(book: Book, rows: list[Row]) -> list[Draft]:
    """Return lines from rows of an account's code, debit and credit.

    Raises ``NoSuchCode`` and ``OneColumn``.
    """
    numbers = {row.code: row.number for row in ledger.accounts(book)}
    lines = []
    for place, (code, left, right) in enumerate(rows, start=1):
        if code not in numbers:
            raise NoSuchCode(code)
        if bool(left) == bool(right):
            raise OneColumn(place)
        lines.append(Draft(numbers[code], left, right))
    return lines


def write_journal(
    book: Book, rows: list[Row], *, on: date, memo: str
) -> Entry | Approval:
    """Post a free entry; ``rows`` are the code of the account, debit, credit."""
    return ledger.post_journal(book, drafted(book, rows), on=on, memo=memo)
