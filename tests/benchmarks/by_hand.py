"""The same rows, stored durably by hand-written sqlite3: the limit to compare with."""

from __future__ import annotations

import sqlite3
import time

TABLES = (
    "CREATE TABLE line (cooperative_id BIGINT, entry_number BIGINT, number BIGINT,"
    " booked_on DATE, account_number BIGINT, card_number BIGINT, debit BIGINT,"
    " credit BIGINT, loan_number BIGINT, unit TEXT, fund TEXT, pillar TEXT,"
    " term_of_office TEXT, PRIMARY KEY (cooperative_id, entry_number, number))"
    " WITHOUT ROWID",
    "CREATE INDEX ix_line_statement ON line (cooperative_id, account_number,"
    " card_number, booked_on, entry_number, number)",
    "CREATE INDEX ix_line_loan ON line (cooperative_id, loan_number, entry_number)"
    " WHERE loan_number IS NOT NULL",
    "CREATE TABLE entry (cooperative_id BIGINT, number BIGINT, booked_on DATE,"
    " recorded_at TEXT, actor TEXT, memo TEXT, voucher TEXT, kind TEXT, source TEXT,"
    " reverses BIGINT, approval BIGINT, once TEXT, previous TEXT, hash TEXT,"
    " PRIMARY KEY (cooperative_id, number), UNIQUE (cooperative_id, voucher),"
    " UNIQUE (cooperative_id, reverses)) WITHOUT ROWID",
    "CREATE INDEX ix_entry_day ON entry (cooperative_id, booked_on, number)",
    "CREATE TABLE balance (cooperative_id BIGINT, account_number BIGINT,"
    " card_number BIGINT, month BIGINT, opening BIGINT, debit BIGINT, credit BIGINT,"
    " PRIMARY KEY (cooperative_id, account_number, card_number, month)) WITHOUT ROWID",
    "CREATE TABLE day_balance (cooperative_id BIGINT, account_number BIGINT, day DATE,"
    " opening BIGINT, debit BIGINT, credit BIGINT,"
    " PRIMARY KEY (cooperative_id, account_number, day)) WITHOUT ROWID",
    "CREATE TABLE counter (cooperative_id BIGINT, series TEXT, last BIGINT,"
    " PRIMARY KEY (cooperative_id, series)) WITHOUT ROWID",
    "CREATE TABLE head (cooperative_id BIGINT PRIMARY KEY, number BIGINT, hash TEXT,"
    " recorded_at TEXT) WITHOUT ROWID",
)
DIGEST = "0" * 64


class ByHand:
    """A book that stores what ours stores, and judges nothing."""

    def __init__(self, path):
        self.raw = sqlite3.connect(path, isolation_level=None)
        for setting in ("journal_mode=WAL", "synchronous=FULL"):
            self.raw.execute(f"PRAGMA {setting}").fetchall()
        for table in TABLES:
            self.raw.execute(table)
        self.raw.execute("INSERT INTO head VALUES (1, 0, '', '')")
        self.number = 0

    def post(self, on, left, right, units):
        """Store one entry of two lines, its balances, counter and head; commit."""
        run, self.number = self.raw.execute, self.number + 1
        n, day, month = self.number, on.isoformat(), on.year * 100 + on.month
        run("BEGIN IMMEDIATE")
        (last,) = run(
            "INSERT INTO counter VALUES (1, 'BKM-2026', 1) ON CONFLICT"
            " (cooperative_id, series) DO UPDATE SET last = last + 1 RETURNING last"
        ).fetchone()
        self.raw.executemany(
            "INSERT INTO line VALUES (1, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, NULL,"
            " NULL)",
            [(n, 1, day, *left, units, 0), (n, 2, day, *right, 0, units)],
        )
        run(
            "INSERT INTO entry VALUES (1, ?, ?, ?, 'rina', 'Setoran', ?, 'BKM',"
            " 'savings.deposit', NULL, NULL, NULL, ?, ?)",
            (n, day, str(time.time()), f"BKM-2026-{last:06d}", DIGEST, DIGEST),
        )
        self.raw.executemany(
            "INSERT INTO balance VALUES (1, ?, ?, ?, 0, ?, ?) ON CONFLICT"
            " (cooperative_id, account_number, card_number, month) DO UPDATE SET"
            " debit = debit + excluded.debit, credit = credit + excluded.credit",
            [(*left, month, units, 0), (*right, month, 0, units)],
        )
        self.raw.executemany(
            "INSERT INTO day_balance VALUES (1, ?, ?, 0, ?, ?) ON CONFLICT"
            " (cooperative_id, account_number, day) DO UPDATE SET"
            " debit = debit + excluded.debit, credit = credit + excluded.credit",
            [(left[0], day, units, 0), (right[0], day, 0, units)],
        )
        run("UPDATE head SET number = ?, hash = ?, recorded_at = ?", (n, DIGEST, day))
        run("COMMIT")
