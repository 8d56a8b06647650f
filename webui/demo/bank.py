"""What the bank of the sample village says: a month reconciled, a month to match."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from coopbook import bankstatements
from coopbook.bankstatements import BankFile, BookLine, Told
from coopbook.book import Book
from coopbook.dates import last_day, months_after
from coopbook.ledger.chart import BANK
from coopbook.ledger.queries import account_balance
from coopbook.money import Money

CHARGE = Money(7_500)
Line = tuple[date, Money, str]


def hear_the_bank(book: Book, today: date) -> None:
    """Bring in last month's statement and sign it; leave this month's to be matched.

    What the book has on a month's last day the bank has on the next; of this month the
    book still lacks what the bank charged.  Nothing is posted.
    """
    book.actor = "tono"
    begin = months_after(today.replace(day=1), -1)
    end = last_day(begin.year, begin.month)
    lines = bankstatements.free_book_lines(book, BANK, since=begin)
    told = [one for one in lines if one.day < end]
    opening = account_balance(book, BANK, begin - timedelta(days=1))
    closing = _bring(book, (begin, end), opening, map(_said, told), today)
    found = bankstatements.proposed(book, BANK)
    if found:
        seal = bankstatements.seal_of(found)
        bankstatements.accept(book, BANK, seal, on=today, only=range(len(found)))
    if bankstatements.reconciliation(book, BANK, end).explained:
        bankstatements.reconcile(book, BANK, end, on=today)
    later = [_said(one) for one in lines if end <= one.day < today]
    first, last = end + timedelta(days=1), today - timedelta(days=1)
    if last < first:
        return
    moved = [(max(day, first), amount, words) for day, amount, words in later]
    moved.append((last, -CHARGE, "BIAYA ADMINISTRASI"))
    _bring(book, (first, last), closing, moved, today)


def _said(line: BookLine) -> Line:
    """Return a line of the book in a bank's words."""
    words = "SETORAN" if line.amount > Money(0) else "PENARIKAN"
    return line.day, line.amount, f"{words} {line.voucher[-6:]}"


def _bring(
    book: Book,
    days: tuple[date, date],
    opening: Money,
    lines: Iterable[Line],
    today: date,
) -> Money:
    first, last = days
    told, running = [], opening
    for place, (day, amount, words) in enumerate(lines, start=2):
        running += amount
        balance = Decimal(running.units)
        told.append(
            Told(f"A{place}", day, words, Decimal(amount.units), balance=balance)
        )
    name = f"rekening-koran-{first:%Y-%m}.csv"
    file = BankFile(
        *(name, hashlib.sha256(name.encode()).hexdigest(), "sheet", tuple(told)),
        opening=Decimal(opening.units),
    )
    bankstatements.bring_in(book, BANK, file, on=today, first=first, last=last)
    return running
