"""python -m tests.benchmarks.interest: a month's interest beside hand-written SQL.

The hand reckons in one SELECT, daily balances at one rate, and stores the very rows
ours leaves: lines, entry, balances by month and day, the month's own row.  Both have
the same tables, keys and indexes, in one durable transaction (WAL, synchronous FULL);
only ours has guards, hashes, terms, tax and rules.  Rounds are interleaved.
"""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from coopbook import savings
from coopbook.book import Book
from coopbook.db import schema
from coopbook.db.engines import engine_for
from coopbook.ledger import chart, credit, debit
from coopbook.ledger.bulk import EntryDraft, post_all
from coopbook.money import Money, Rate
from tests.conftest import FIRST_DAY, VAULT, found

ACCOUNTS, SHARED = 100_000, 1_000
MONTH, LAST = "2026-03", date(2026, 3, 31)
VOLUNTARY = chart.VOLUNTARY
FIRST = 1_000
"""The numbers of the accounts begin here, after those of the people of the tests."""


def village(folder, accounts):
    """Make a book with so many savings accounts, a third of them moved in March."""
    engine = engine_for(folder)
    schema.create(engine)
    coop = found(engine)
    with sqlite3.connect(Path(folder) / "book.db") as raw:
        for table, columns, values in (
            (
                "member",
                "number, name, status, joined_on, active_on, address, village,"
                " reference",
                "?, 'Anggota', 'active', '2026-01-01', '2026-01-01', '', '', ''",
            ),
            (
                "card",
                "account_number, number, name, floor",
                f"{VOLUNTARY}, ?, 'Sukarela', 0",
            ),
            (
                "savings_account",
                "number, member_number, product_code, account_number, opened_on",
                f"?1, ?1, 'voluntary', {VOLUNTARY}, '2026-01-01'",
            ),
        ):
            raw.executemany(
                f"INSERT INTO {table} (cooperative_id, {columns})"
                f" VALUES ({coop.number}, {values})",
                [(n,) for n in range(FIRST, FIRST + accounts)],
            )
    raw.close()
    with Session(engine.connect()) as session:
        book = Book(session, coop.number, "rina", vault=VAULT)
        with book.transaction():
            post_all(book, list(movements(accounts)), source="savings.deposit")
            terms = savings.InterestTerms(
                savings.Basis.DAILY, (savings.Tier(Money(0), Rate.percent(6, "year")),)
            )
            kind = savings.product(book, "voluntary")
            savings.set_terms(
                book, kind, terms, valid_from=LAST.replace(day=1), source="RAT"
            )
    engine.dispose()
    return coop.number


def movements(accounts):
    """Yield deposits of the first days, and of March for every third account."""
    for start in range(0, accounts, SHARED):
        own = range(FIRST + start, FIRST + min(start + SHARED, accounts))
        for on, some in ((FIRST_DAY, own), (date(2026, 3, 1), own[::3])):
            on = on + timedelta(days=start // SHARED % 28)
            lines = [
                credit(VOLUNTARY, Money(50_000 + n * 37 % 9_000_000), card=n)
                for n in some
            ]
            whole = sum((line.credit for line in lines), Money(0))
            yield EntryDraft(on, "Setoran", (debit(chart.TELLER_CASH, whole), *lines))


def ours(folder, number):
    """Post March; return the seconds, the transaction's begin and commit included."""
    engine = engine_for(folder)
    with Session(engine.connect()) as session:
        book = Book(session, number, "rina", vault=VAULT)
        kind = savings.product(book, "voluntary")
        session.rollback()
        began = time.perf_counter()
        with book.transaction():
            savings.post_interest(book, kind, MONTH)
        ended = time.perf_counter()
    engine.dispose()
    return ended - began


RECKON = """
CREATE TEMP TABLE earned AS
SELECT card, (units * 6 + 18250) / 36500
  - (units * 6 % 36500 = 18250 AND units * 6 / 36500 % 2 = 0) AS amount FROM (
  SELECT s.number AS card,
    (SELECT (b.credit - b.debit - b.opening) * 31 FROM balance b
      WHERE b.cooperative_id = s.cooperative_id AND b.account_number = 21101
      AND b.card_number = s.number AND b.month <= 202602
      ORDER BY b.month DESC LIMIT 1) + coalesce((
    SELECT sum((l.credit - l.debit) * (32 - CAST(substr(l.booked_on, 9) AS INTEGER)))
      FROM line l WHERE l.cooperative_id = s.cooperative_id
      AND l.account_number = 21101 AND l.card_number = s.number
      AND l.booked_on BETWEEN '2026-03-01' AND '2026-03-31'), 0) AS units
  FROM savings_account s WHERE s.cooperative_id = :coop
    AND s.product_code = 'voluntary' ORDER BY s.number)
WHERE units * 6 + 18250 >= 36500;
INSERT INTO line (cooperative_id, entry_number, number, booked_on, account_number,
  card_number, debit, credit) SELECT :coop, :n, 1, '2026-03-31', 51001, 0,
  sum(amount), 0 FROM earned;
INSERT INTO line (cooperative_id, entry_number, number, booked_on, account_number,
  card_number, debit, credit) SELECT :coop, :n, rowid + 1, '2026-03-31', 21101, card,
  0, amount FROM earned;
INSERT INTO entry VALUES (:coop, :n, '2026-03-31', '', 'rina', 'Bunga',
  'BM-2026-900000', 'BM', 'savings.interest', NULL, NULL, NULL, 'x', 'y');
INSERT INTO balance SELECT :coop, 21101, card, 202603, coalesce((
    SELECT b.opening + b.debit - b.credit FROM balance b
    WHERE b.cooperative_id = :coop AND b.account_number = 21101
    AND b.card_number = card AND b.month <= 202602 ORDER BY b.month DESC LIMIT 1), 0),
  0, amount FROM earned WHERE true
  ON CONFLICT (cooperative_id, account_number, card_number, month) DO UPDATE
  SET credit = credit + excluded.credit;
INSERT INTO balance SELECT :coop, 51001, 0, 202603, 0, sum(amount), 0 FROM earned
  WHERE true ON CONFLICT (cooperative_id, account_number, card_number, month)
  DO UPDATE SET debit = debit + excluded.debit;
INSERT INTO day_balance SELECT :coop, 51001, '2026-03-31', 0, sum(amount), 0
  FROM earned WHERE true ON CONFLICT (cooperative_id, account_number, day) DO NOTHING;
INSERT INTO day_balance SELECT :coop, 21101, '2026-03-31', (
    SELECT opening + debit - credit FROM day_balance WHERE cooperative_id = :coop
    AND account_number = 21101 ORDER BY day DESC LIMIT 1), 0, sum(amount) FROM earned;
INSERT INTO savings_interest SELECT :coop, :n, 'voluntary', '2026-03', count(*),
  sum(amount), 0 FROM earned;
UPDATE head SET number = :n WHERE cooperative_id = :coop
"""


def by_hand(folder, number):
    """Reckon and store the same rows in plain SQL; return the seconds."""
    raw = sqlite3.connect(Path(folder) / "book.db", isolation_level=None)
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        raw.execute(f"PRAGMA {setting}").fetchall()
    for (name,) in raw.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    began = time.perf_counter()
    raw.execute("BEGIN IMMEDIATE")
    (last,) = raw.execute(
        "SELECT number FROM head WHERE cooperative_id = ?", (number,)
    ).fetchone()
    for statement in RECKON.split(";"):
        raw.execute(statement, {"coop": number, "n": last + 1})
    raw.execute("COMMIT")
    ended = time.perf_counter()
    raw.close()
    return ended - began


def stored(folder, number):
    """Return the lines and balances of March's interest, for comparison."""
    raw = sqlite3.connect(Path(folder) / "book.db")
    lines = raw.execute(
        "SELECT account_number, card_number, debit, credit FROM line"
        " WHERE cooperative_id = ? AND entry_number ="
        " (SELECT max(number) FROM entry WHERE source = 'savings.interest')"
        " ORDER BY number",
        (number,),
    ).fetchall()
    balances = raw.execute(
        "SELECT * FROM balance WHERE cooperative_id = ? ORDER BY 2, 3, 4", (number,)
    ).fetchall()
    raw.close()
    return lines, balances


def ratios(rounds=5, accounts=ACCOUNTS):
    """Return ours by hand, round by round, and what each took in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        made.mkdir()
        number, taken = village(made, accounts), []
        for _ in range(rounds):
            places = [Path(folder) / name for name in ("ours", "hand")]
            for place in places:
                shutil.copytree(made, place)
            taken.append((ours(places[0], number), by_hand(places[1], number)))
            assert stored(places[0], number) == stored(places[1], number)
            for place in places:
                shutil.rmtree(place)
    return taken


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else ACCOUNTS
    measured = ratios(accounts=size)
    each = [mine / hand for mine, hand in measured]
    print(
        f"interest of {size:,} accounts / by hand:"
        f" {statistics.median(each):.2f} {[round(one, 2) for one in each]}"
        f" (by hand {statistics.median(hand for _, hand in measured):.2f} s)"
    )
