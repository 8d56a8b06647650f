"""python -m tests.benchmarks.posting: post and deposit beside hand-written SQL."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from coopbook import ledger, savings
from coopbook.book import Book
from coopbook.db import schema
from coopbook.db.engines import engine_for
from coopbook.ledger import VoucherKind, credit, debit
from coopbook.ledger.bulk import EntryDraft, post_all
from coopbook.ledger.chart import TELLER_CASH, VOLUNTARY
from coopbook.money import Money
from tests.benchmarks.by_hand import ByHand
from tests.conftest import VAULT, found

ON = date(2026, 3, 16)
ROUNDS, EACH = 15, 60


def new_book(folder):
    """Return the book of a new cooperative, committing after each act."""
    engine = engine_for(folder)
    schema.create(engine)
    coop = found(engine)
    return Book(Session(engine.connect()), coop.number, "rina", vault=VAULT)


def post(book):
    """Post one entry of two lines with everything, and commit."""
    with book.transaction():
        ledger.post(
            book,
            on=ON,
            memo="Setoran",
            lines=[debit(TELLER_CASH, Money(5)), credit(VOLUNTARY, Money(5), card=2)],
            kind=VoucherKind.BKM,
            source="savings.deposit",
        )


def deposit(book):
    """Take a deposit as the counter does, and commit."""
    with book.transaction():
        savings.deposit(book, savings.account(book, 2), Money(5), on=ON)


def timed(do, times):
    """Return the seconds of doing something so many times."""
    began = time.perf_counter()
    for _ in range(times):
        do()
    return time.perf_counter() - began


def ratios(ours, theirs, rounds=ROUNDS, each=EACH):
    """Return the ratio of every round, ours and theirs taking turns to begin."""
    timed(ours, each)
    timed(theirs, each)
    found = []
    for place in range(rounds):
        if place % 2:
            a, b = timed(ours, each), timed(theirs, each)
        else:
            b, a = timed(theirs, each), timed(ours, each)
        found.append(a / b)
    return found


def told(name, found, bar):
    """Print the median with its spread, and whether it is within the bar."""
    middle = statistics.median(found)
    print(
        f"{name}: {middle:.2f} (from {min(found):.2f} to {max(found):.2f},"
        f" {len(found)} rounds; bar {bar})",
        flush=True,
    )


def filled(folder, entries):
    """Return a book with so many entries of an ordinary year in it."""
    book = new_book(folder)
    with book.transaction():
        for start in range(0, entries, 5_000):
            post_all(
                book,
                [
                    EntryDraft(
                        on=date(2026, 1 + n % 3, 1 + n % 16),
                        memo="Setoran",
                        lines=(
                            debit(TELLER_CASH, Money(5)),
                            credit(VOLUNTARY, Money(5), card=2),
                        ),
                        kind=VoucherKind.BKM,
                    )
                    for n in range(start, start + 5_000)
                ],
                source="savings.deposit",
            )
    return book


def main(words):
    """Run what is named, or everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("post", "deposit", "small", "large"):
            (folder / part).mkdir()
        hand = ByHand(folder / "hand.db")

        def by_hand():
            hand.post(ON, (TELLER_CASH, 0), (VOLUNTARY, 2), 5)

        if not words or "post" in words:
            book = new_book(folder / "post")
            told("ledger.post / by hand", ratios(lambda: post(book), by_hand), "2")
        if not words or "deposit" in words:
            book = new_book(folder / "deposit")
            found_ = ratios(lambda: deposit(book), by_hand)
            told("savings.deposit / by hand", found_, "4")
        if not words or "flat" in words:
            small = filled(folder / "small", 10_000)
            large = filled(folder / "large", 100_000)
            found_ = ratios(lambda: post(large), lambda: post(small))
            told("post at 100,000 / at 10,000 entries", found_, "1.15")


if __name__ == "__main__":
    main(sys.argv[1:])
