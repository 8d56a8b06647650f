"""Files of a bank made for a test, and books with a bank account that moves."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

from coopbook import bankstatements, ledger
from coopbook.bankstatements.rules import BankFile, Told
from coopbook.ledger import chart
from coopbook.money import Money
from tests.conftest import TODAY

BANK = chart.BANK
CAPITAL = 33_002


def march(day):
    return date(2026, 3, day)


def bank_file(*lines, opening=0, name="maret.csv", **about):
    """Return a file: lines of day of March, amount and words, with balances."""
    told, running = [], opening
    for place, (day, amount, *rest) in enumerate(lines, start=2):
        running += amount
        words, bank_id = (*rest, *["mutasi", ""][len(rest) :])
        told.append(
            Told(
                *(f"A{place}", march(day), words, Decimal(amount), bank_id),
                Decimal(running),
            )
        )
    digest = hashlib.sha256(repr((lines, opening, name)).encode()).hexdigest()
    about = {"opening": Decimal(opening), "ids": False} | about
    return BankFile(name, digest, "sheet", tuple(told), **about)


def taken(book, *lines, opening=0, account=BANK, first=None, last=None, **about):
    """Take a statement in."""
    return bankstatements.bring_in(
        *(book, account, bank_file(*lines, opening=opening, **about)),
        on=TODAY,
        first=first,
        last=last,
    )


def moved(book, day, amount, *, account=BANK, memo="mutasi", other=CAPITAL):
    """Post what a bank account moves, and return its line's key."""
    entry = ledger.post(
        book,
        on=day if isinstance(day, date) else march(day),
        memo=memo,
        lines=[
            ledger.debit(account, Money(amount)),
            ledger.credit(other, Money(amount)),
        ]
        if amount > 0
        else [
            ledger.debit(other, Money(-amount)),
            ledger.credit(account, Money(-amount)),
        ],
    )
    number = next(one.number for one in entry.lines if one.account_number == account)
    return entry.number, number
