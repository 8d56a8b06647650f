"""The journal in the plain text that beancount, hledger and ledger read.

Anybody can so add the book up again with a program we did not write.  Amounts are
whole numbers with the currency before or after them as each program likes it; a
point or a comma among the figures would be read in two ways.  The last lines
assert our own trial balance, and the programs refuse the file if it is another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from coopbook.book import Book
from coopbook.cooperatives.queries import cooperative
from coopbook.exports.rows import JournalLine, by_entry, journal_lines
from coopbook.ledger.model import Account
from coopbook.ledger.queries import accounts, trial_balance
from coopbook.ledger.rules import AccountType

CURRENCY = "IDR"
ROOTS = {
    AccountType.ASSET: "Assets",
    AccountType.LIABILITY: "Liabilities",
    AccountType.EQUITY: "Equity",
    AccountType.REVENUE: "Income",
    AccountType.EXPENSE: "Expenses",
    AccountType.MEMO: "Equity:Memorandum",
}


def account_names(book: Book) -> dict[int, str]:
    """Return each account's name in plain text: root, fixed number, English name.

    A card is no account of its own there; it is written beside the line.
    """
    return {row.number: _account_name(row) for row in accounts(book)}


def _account_name(account: Account) -> str:
    plain = unicodedata.normalize("NFKD", account.name_en)
    words = re.findall(r"[A-Za-z0-9]+", plain.encode("ascii", "ignore").decode())
    leaf = "-".join([str(account.number), *words])
    return f"{ROOTS[account.account_type]}:{leaf}"


def beancount(
    book: Book, *, as_of: date | None, counted: Iterable[JournalLine] | None = None
) -> Iterator[str]:
    """Write the journal up to a day for beancount, one part at a time."""
    names = account_names(book)
    yield f'option "title" {_quoted(cooperative(book).name)}\n'
    yield f'option "operating_currency" "{CURRENCY}"\n\n'
    opened = cooperative(book).first_day.isoformat()
    for row in accounts(book):
        if row.postable:
            yield f"{opened} open {names[row.number]} {CURRENCY}\n"
            yield f"  code: {_quoted(row.code)}\n"
    for lines in _entries(book, as_of, counted):
        first = lines[0]
        yield f"\n{first.booked_on} * {_quoted(first.memo)}\n"
        for name, value in _about(first):
            yield f"  {name}: {_quoted(value)}\n"
        for line in lines:
            yield f"  {names[line.account]}  {line.debit - line.credit} {CURRENCY}\n"
            if line.card:
                yield f'    card: "{line.card}"\n'
    if as_of is not None:
        yield "\n"
        after = as_of + timedelta(days=1)
        for number, units in _balances(book, as_of):
            yield f"{after} balance {names[number]}  {units} {CURRENCY}\n"


def journal(
    book: Book, *, as_of: date | None, counted: Iterable[JournalLine] | None = None
) -> Iterator[str]:
    """Write the journal up to a day for hledger and ledger, one part at a time."""
    names = account_names(book)
    yield f"; {_on_one_line(cooperative(book).name)}\n\n"
    for row in accounts(book):
        if row.postable:
            yield f"account {names[row.number]}\n    ; code: {row.code}\n"
    for lines in _entries(book, as_of, counted):
        first = lines[0]
        memo = _on_one_line(first.memo)
        yield f"\n{first.booked_on} * ({first.voucher}) {memo}\n"
        for name, value in _about(first):
            yield f"    ; {name}: {_on_one_line(value)}\n"
        for line in lines:
            units = line.debit - line.credit
            beside = f"  ; card: {line.card}" if line.card else ""
            yield f"    {names[line.account]}  {CURRENCY} {units}{beside}\n"
    balances = [] if as_of is None else _balances(book, as_of)
    if balances:
        yield f"\n{as_of} * Trial balance\n"
        for number, units in balances:
            yield f"    {names[number]}  {CURRENCY} 0 = {CURRENCY} {units}\n"


def _entries(
    book: Book, as_of: date | None, counted: Iterable[JournalLine] | None
) -> Iterator[list[JournalLine]]:
    lines = counted or journal_lines(book, booked_to=as_of, by_day=True)
    return by_entry(iter(lines))


def _about(line: JournalLine) -> Sequence[tuple[str, str]]:
    about = [
        ("record", str(line.entry)),
        ("voucher", line.voucher),
        ("actor", line.actor),
        ("source", line.source),
        ("hash", line.hash),
    ]
    return (
        about if line.reverses is None else [*about, ("reverses", str(line.reverses))]
    )


def _balances(book: Book, as_of: date) -> list[tuple[int, int]]:
    return [
        (row.account_number, row.debit.units - row.credit.units)
        for row in trial_balance(book, as_of)
    ]


def _quoted(words: str) -> str:
    plain = _words(words).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def _on_one_line(words: str) -> str:
    """Return words that begin no comment and end no line; a dash for none."""
    return _words(words).replace(";", ",") or "-"


def _words(words: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())
