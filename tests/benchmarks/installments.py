"""python -m tests.benchmarks.installments: an installment beside a deposit.

Both through the session with one commit each, on the same book; the loan runs for
sixty months, and its payments are those that the rounds before posted.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
from datetime import date
from pathlib import Path

from coopbook import loans, members, savings
from coopbook.book import Book
from coopbook.cooperatives import set_setting
from coopbook.money import Money
from coopbook.people import approvals
from tests.benchmarks.posting import ON, deposit, new_book, ratios, told
from tests.conftest import VAULT

START, ROUNDS, EACH, LOANS = date(2026, 1, 5), 55, 20, 40


def borrowers(book, count):
    """Pay out loans of sixty months to the member of the benchmark's book."""
    found = []
    with book.transaction():
        product = loans.product(book, "productive")
        product.max_term, product.rounding_step = 60, 100
        set_setting(
            *(book, "appraisal_above", 10**12),
            valid_from=START,
            source="benchmark",
            on=date(2026, 1, 2),
        )
        siti = members.member(book, 1)
        savings.deposit(book, savings.account(book, 2), Money(500_000_000), on=START)
        found = [
            loans.apply(
                *(book, siti, product, Money(1_500_000)),
                term=60,
                purpose="modal",
                on=START,
            ).number
            for _ in range(count)
        ]
    manager = Book(book.session, book.cooperative_id, "budi", vault=VAULT)
    with manager.transaction():
        for row in list(approvals.inbox(manager, limit=count)):
            approvals.approve(manager, row.number, digest=row.digest)
    teller = Book(book.session, book.cooperative_id, "rina", vault=VAULT)
    with teller.transaction():
        for number in found:
            loans.disburse(teller, loans.loan(teller, number), on=START)
    return teller, found


def main(rounds=ROUNDS):
    """Print the ratio of an installment to a deposit."""
    with tempfile.TemporaryDirectory() as name:
        book, numbers = borrowers(new_book(Path(name)), LOANS)
        turn = itertools.cycle(numbers)

        def installment():
            with book.transaction():
                loan = loans.loan(book, next(turn))
                loans.repay(book, loan, Money(48_000), on=ON)

        found = ratios(installment, lambda: deposit(book), rounds, EACH)
        told("an installment / a deposit", found, "1.5")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
