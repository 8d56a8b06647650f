"""What is known of a long list while it is looked at and posted, kept on disk.

The file is SQLite's own temporary one: it has no name, nobody else can open it, and
it is gone with the process, however that ends.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from coopbook.importing.holders import Moved, savings_parts
from coopbook.importing.kinds.parts import MemberRow
from coopbook.importing.understood import exact

TABLES = (
    "CREATE TABLE seen (content BLOB PRIMARY KEY, times INTEGER) WITHOUT ROWID",
    "CREATE TABLE part (number INTEGER PRIMARY KEY, rows BLOB)",
    "CREATE TABLE moved (number INTEGER PRIMARY KEY, line INTEGER, day TEXT,"
    " member TEXT, pot TEXT, amount TEXT)",
    "CREATE TABLE kept (name TEXT PRIMARY KEY, line INTEGER, entry INTEGER)"
    " WITHOUT ROWID",
)
AGAIN = (
    "INSERT INTO seen VALUES (?, 1) ON CONFLICT (content) DO UPDATE"
    " SET times = times + 1 RETURNING times"
)
IN_ORDER = "SELECT line, day, member, pot, amount FROM moved ORDER BY number"
BY_POT = (
    "SELECT line, day, member, pot, amount FROM moved ORDER BY member, pot, day, number"
)

Kept = tuple[str, int, int | None]
"""The identity of a row, its number in the file, and its entry."""


class Spool:
    """Rows in the order of the file, and what has to be asked of all of them."""

    def __init__(self) -> None:
        self._disk = sqlite3.connect("", isolation_level=None)
        for setting in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-4000"):
            self._disk.execute(f"PRAGMA {setting}")
        for table in TABLES:
            self._disk.execute(table)
        self._disk.execute("BEGIN")

    def close(self) -> None:
        """Let the file go."""
        self._disk.close()

    def times(self, content: bytes) -> int:
        """Count a row's content; return how often it has been there by now."""
        found = self._disk.execute(AGAIN, (content,)).fetchone()
        return int(found[0])

    def add(self, rows: Sequence[tuple[str, MemberRow]]) -> None:
        """Keep rows with their identities, and each of their movements."""
        if not rows:
            return
        self._disk.execute(
            "INSERT INTO part (rows) VALUES (?)", (pickle.dumps(rows, protocol=5),)
        )
        self._disk.executemany(
            "INSERT INTO moved (line, day, member, pot, amount) VALUES (?, ?, ?, ?, ?)",
            (
                (row, on.isoformat(), member, str(pot), exact(amount))
                for row, on, member, pot, amount in savings_parts(
                    each for _, each in rows
                )
            ),
        )

    def parts(self) -> Iterator[list[tuple[str, MemberRow]]]:
        """Return the rows in their order, as many together as were added."""
        for (rows,) in self._disk.execute("SELECT rows FROM part ORDER BY number"):
            part: list[tuple[str, MemberRow]] = pickle.loads(rows)  # noqa: S301 - ours
            yield part

    def movements(self) -> Iterator[Moved]:
        """Return every movement in the order of the file."""
        return map(_moved, self._disk.execute(IN_ORDER))

    def by_pot(self) -> Iterator[tuple[tuple[str, str], Iterator[Moved]]]:
        """Return the movements of each member's pot, by day."""
        return groupby(map(_moved, self._disk.execute(BY_POT)), itemgetter(2, 3))

    def keep(self, rows: Iterable[Kept]) -> None:
        """Note which row became which entry."""
        self._disk.executemany("INSERT INTO kept VALUES (?, ?, ?)", rows)

    def kept(self) -> Iterator[Kept]:
        """Return what was noted, by identity."""
        yield from self._disk.execute("SELECT name, line, entry FROM kept ORDER BY 1")


def _moved(columns: tuple[int, str, str, str, str]) -> Moved:
    row, day, member, pot, amount = columns
    return Moved(row, date.fromisoformat(day), member, pot, Decimal(amount))
