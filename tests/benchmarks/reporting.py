"""python -m tests.benchmarks.reporting: a million entries read out.

Beside each the same by hand: the trial balance and all cards as SQL over the carried
balances, the whole ledger as csv.writer over raw rows, the trial balance by hledger
from its own journal of the same book.  Rounds are interleaved, medians are compared.
"""

from __future__ import annotations

import csv
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from coopbook import ledger
from coopbook.book import Book
from coopbook.db import schema
from coopbook.db.engines import engine_for
from coopbook.exports import journal
from coopbook.exports.csv_export import add_journal
from coopbook.exports.folder import Folder
from coopbook.ledger import AccountType, chart, credit, debit
from coopbook.ledger.bulk import EntryDraft, post_all
from coopbook.money import Money
from tests.conftest import FIRST_DAY, VAULT, found

CARDS, ENTRIES, ROUNDS = 20_000, 1_000_000, 7
LAST = date(2026, 12, 31)
FIRST = 1_000
AT_ONCE = 50_000

BALANCE = """
SELECT a.number, a.code, a.name_id, a.name_en, a.account_type, coalesce((
  SELECT d.opening + d.debit - d.credit FROM day_balance d
  WHERE d.cooperative_id = a.cooperative_id AND d.account_number = a.number
    AND d.day <= :day ORDER BY d.day DESC LIMIT 1), 0)
FROM account a WHERE a.cooperative_id = :coop ORDER BY a.code
"""
EVERY_CARD = """
SELECT b.account_number, b.card_number, b.opening + b.debit - b.credit
FROM balance b JOIN (
  SELECT account_number, card_number, max(month) AS month FROM balance
  WHERE cooperative_id = :coop AND month <= 202612
  GROUP BY account_number, card_number) last
ON last.account_number = b.account_number AND last.card_number = b.card_number
  AND last.month = b.month
WHERE b.cooperative_id = :coop
"""
RAW = """
SELECT e.number, e.voucher, e.booked_on, e.recorded_at, e.actor, e.memo, e.kind,
  e.source, e.reverses, l.number, l.account_number, a.code, a.name_id, a.name_en,
  l.card_number, l.debit, l.credit, l.loan_number, l.unit, l.fund, l.pillar,
  l.term_of_office, e.previous, e.hash
FROM entry e JOIN line l ON l.cooperative_id = e.cooperative_id
  AND l.entry_number = e.number
JOIN account a ON a.cooperative_id = l.cooperative_id AND a.number = l.account_number
WHERE e.cooperative_id = ? ORDER BY e.number, l.number
"""


FREE = [
    row.number
    for row in chart.standard_chart()
    if row.postable
    and not row.control
    and row.floor is None
    and row.account_type is not AccountType.MEMO
]


def drafted(n, entries):
    """Return the n-th entry: a deposit, and every tenth one of another account."""
    on = FIRST_DAY + timedelta(days=n * 360 // entries)
    amount, other = Money(1_000 + n % 999), FREE[n // 10 % len(FREE)]
    if n % 10 == 0 and other != chart.BANK:
        return EntryDraft(
            on, "Jurnal", (debit(chart.BANK, amount), credit(other, amount))
        )
    card = FIRST + n * 7919 % CARDS
    lines = (
        debit(chart.TELLER_CASH, amount),
        credit(chart.VOLUNTARY, amount, card=card),
    )
    return EntryDraft(on, "Setoran sukarela", lines)


def village(folder, entries):
    """Make a book with so many deposits on twenty thousand cards."""
    engine = engine_for(folder)
    schema.create(engine)
    coop = found(engine)
    with sqlite3.connect(Path(folder) / "book.db") as raw:
        raw.executemany(
            "INSERT INTO card (cooperative_id, account_number, number, name, floor)"
            f" VALUES ({coop.number}, {chart.VOLUNTARY}, ?, 'Sukarela', 0)",
            [(n,) for n in range(FIRST, FIRST + CARDS)],
        )
    raw.close()
    with Session(engine.connect()) as session:
        book = Book(session, coop.number, "rina", vault=VAULT)
        for start in range(0, entries, AT_ONCE):
            with book.transaction():
                drafts = [
                    drafted(n, entries)
                    for n in range(start, min(start + AT_ONCE, entries))
                ]
                post_all(book, drafts, source="savings.deposit")
            print(f"\r{start + AT_ONCE:,}", end="", file=sys.stderr)
    engine.dispose()
    return coop.number


def timed(work):
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def compared(name, ours, by_hand, rounds=ROUNDS):
    """Run both by turns; print both medians and their ratio."""
    mine, hand = [], []
    for turn in range(rounds):
        pair = ((ours, mine), (by_hand, hand))
        for work, times in pair if turn % 2 else pair[::-1]:
            times.append(timed(work)[0])
    left, right = statistics.median(mine), statistics.median(hand)
    print(f"{name}: ours {left:.4f} s, by hand {right:.4f} s, ratio {left / right:.2f}")


def main():
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "book").mkdir()
        number = village(folder / "book", entries)
        engine = engine_for(folder / "book")
        raw = sqlite3.connect(folder / "book" / "book.db")
        with Session(engine.connect()) as session:
            book = Book(session, number, "agus", vault=VAULT)
            wanted = {"coop": number, "day": LAST.isoformat()}
            rows = ledger.trial_balance(book, LAST)
            kept = raw.execute(BALANCE, wanted).fetchall()
            ours = {r.account_number: r.debit.units - r.credit.units for r in rows}
            assert ours == {row[0]: row[-1] for row in kept if row[-1]}
            print(f"{len(ours)} accounts hold a balance")
            compared(
                "trial balance",
                lambda: ledger.trial_balance(book, LAST),
                lambda: raw.execute(BALANCE, wanted).fetchall(),
                99,
            )
            cards = ledger.all_card_balances(book, LAST)
            by_hand = raw.execute(EVERY_CARD, {"coop": number}).fetchall()
            assert cards == {(a, c): units for a, c, units in by_hand}
            compared(
                f"all {len(cards):,} cards",
                lambda: ledger.all_card_balances(book, LAST),
                lambda: {
                    (a, c): units
                    for a, c, units in raw.execute(EVERY_CARD, {"coop": number})
                },
                21,
            )
            csvs(book, raw, number, folder)
            hledger(book, folder)
        engine.dispose()


def csvs(book, raw, number, folder):
    """Compare the whole ledger as csv; a process of its own says its memory."""
    turns = iter(range(1_000))

    def ours():
        add_journal(Folder(folder / f"csv-{next(turns)}", book))

    def by_hand():
        file = folder / f"raw-{next(turns)}.csv"
        with file.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out, lineterminator="\n").writerows(raw.execute(RAW, (number,)))

    compared("whole ledger as csv", ours, by_hand, 5)
    exported_alone(folder, number)


def exported_alone(folder, number):
    """Export everything in a process that does nothing else; say time and memory."""
    command = [sys.executable, "-m", "tests.benchmarks.export_alone"]
    done = subprocess.run(
        [*command, str(folder / "book"), str(number), str(folder / "all")],
        capture_output=True,
        check=True,
        text=True,
    )
    print(done.stdout, end="")


def hledger(book, folder):
    """Let hledger read its own journal of the book and say the balance."""
    manifest = folder / "hledger"
    manifest.mkdir()
    file = manifest / "ledger.journal"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(journal(book, as_of=LAST))
    took, done = timed(
        lambda: subprocess.run(
            ["hledger", "-f", str(file), "balance", "--flat"],
            capture_output=True,
            check=True,
            text=True,
        )
    )
    assert "Setoran" not in done.stdout
    mine = statistics.median(
        timed(lambda: ledger.trial_balance(book, LAST))[0] for _ in range(9)
    )
    print(f"hledger {took:.1f} s, ours {mine:.4f} s: {took / mine:,.0f} times")


if __name__ == "__main__":
    main()
