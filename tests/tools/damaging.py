"""One random thing done to a copy of a book by somebody who holds the file."""

from __future__ import annotations

import random
import sqlite3
from typing import Any

from coopbook.db.base import Base
from tests.coopbook.test_verification import guard, unguard

LEFT = {"once", "import_row", "loan_daily", "loan_class_log"}
"""Tables that only ``coopbook verify`` and the page's own program look into."""

TABLES = sorted(Base.metadata.tables.keys() - LEFT)
WEIGHTY = ["entry", "line", "event", "head", "balance", "day_balance", "counter"]


def damage(raw: sqlite3.Connection, seed: int) -> str:
    """Do one thing to an open book, guards off and on again; return what was done."""
    chance = random.Random(seed)
    kind = chance.choices(
        [change, delete, swap, cut, double, unguarded, nothing],
        [50, 10, 12, 6, 6, 8, 8],
    )[0]
    raw.execute("PRAGMA ignore_check_constraints = ON")
    raw.execute("PRAGMA foreign_keys = OFF")
    if kind in (unguarded, nothing):
        return kind(raw, chance)
    texts = unguard(raw)
    done = kind(raw, chance)
    guard(raw, texts)
    return done


def pick(raw: sqlite3.Connection, chance: random.Random) -> tuple[Any, list[str]]:
    """Choose a table that has rows, the tables of money as often as all others."""
    while True:
        table = chance.choice(WEIGHTY if chance.random() < 0.5 else TABLES)
        if raw.execute(f"SELECT 1 FROM {table}").fetchone():
            found = Base.metadata.tables[table]
            return found, [column.name for column in found.primary_key]


def row_of(raw: sqlite3.Connection, chance: random.Random, table: str) -> Any:
    """Choose a row and return it by the names of its columns."""
    (count,) = raw.execute(f"SELECT count(*) FROM {table}").fetchone()
    found = raw.execute(
        f"SELECT * FROM {table} LIMIT 1 OFFSET ?", [chance.randrange(count)]
    )
    return dict(zip([x[0] for x in found.description], found.fetchone(), strict=True))


def open_columns(table: Any) -> list[str]:
    """Return the columns that can be compared without the book's secret."""
    return [c.name for c in table.columns if c.info.get("chain") != "sealed"]


def otherwise(value: Any, chance: random.Random) -> Any:
    """Return a value that is another one."""
    if value is None:
        return chance.choice([0, 7, "x"])
    if isinstance(value, bool | int):
        return value + chance.choice([-1, 1, 10, 1_000_000])
    if isinstance(value, bytes):
        return value + b"."
    if not value:
        return "x"
    place = chance.randrange(len(value))
    letter = chance.choice([c for c in "0123456789abcdef-x" if c != value[place]])
    return value[:place] + letter + value[place + 1 :]


def put(
    raw: sqlite3.Connection, table: Any, keys: list[str], row: Any, **new: Any
) -> int:
    """Write other values into a row."""
    where = " AND ".join(f"{name} = ?" for name in keys)
    said = ", ".join(f"{name} = ?" for name in new)
    values = [*new.values(), *(row[name] for name in keys)]
    done = raw.execute(
        f"UPDATE OR IGNORE {table.name} SET {said} WHERE {where}", values
    )
    return done.rowcount


def change(raw: sqlite3.Connection, chance: random.Random) -> str:
    """Change one value."""
    table, keys = pick(raw, chance)
    row = row_of(raw, chance, table.name)
    name = chance.choice(open_columns(table))
    try:
        put(raw, table, keys, row, **{name: otherwise(row[name], chance)})
    except sqlite3.IntegrityError:
        return f"could not change {table.name}.{name}"
    return f"changed {table.name}.{name}"


def delete(raw: sqlite3.Connection, chance: random.Random) -> str:
    """Delete one row."""
    table, keys = pick(raw, chance)
    row = row_of(raw, chance, table.name)
    where = " AND ".join(f"{name} = ?" for name in keys)
    raw.execute(f"DELETE FROM {table.name} WHERE {where}", [row[name] for name in keys])
    return f"deleted from {table.name}"


def swap(raw: sqlite3.Connection, chance: random.Random) -> str:
    """Give two rows of a table all but each other's keys."""
    table, keys = pick(raw, chance)
    one, other = (row_of(raw, chance, table.name) for _ in range(2))
    names = [name for name in open_columns(table) if name not in keys]
    for row, values in ((one, other), (other, one)):
        new = {name: values[name] for name in names}
        if new:
            try:
                put(raw, table, keys, row, **new)
            except sqlite3.IntegrityError:
                return f"could not swap in {table.name}"
    return f"swapped in {table.name}"


def cut(raw: sqlite3.Connection, chance: random.Random) -> str:
    """Cut the last records off; now and then set the head back, too."""
    owner, last = raw.execute("SELECT cooperative_id, number FROM head").fetchone()
    kept = last - chance.randint(1, 6)
    for table, column in (
        ("line", "entry_number"),
        ("entry", "number"),
        ("event", "number"),
    ):
        raw.execute(
            f"DELETE FROM {table} WHERE cooperative_id = ? AND {column} > ?",
            [owner, kept],
        )
    if chance.random() < 0.5:
        return "cut the tail"
    set_back(raw, owner, kept)
    return "cut the tail and set the head back"


def set_back(raw: sqlite3.Connection, owner: int, kept: int) -> None:
    """Let the head say that a record is the last."""
    both = "SELECT cooperative_id, number, hash, recorded_at FROM "
    raw.execute(
        "UPDATE head SET (number, hash, recorded_at) ="
        " (SELECT number, hash, recorded_at FROM"
        f" ({both} entry UNION ALL {both} event) r"
        " WHERE r.cooperative_id = ?1 AND r.number = ?2) WHERE cooperative_id = ?1",
        [owner, kept],
    )


def double(raw: sqlite3.Connection, chance: random.Random) -> str:
    """Put a row in once more, under another key."""
    table, keys = pick(raw, chance)
    row = row_of(raw, chance, table.name)
    row[keys[-1]] = otherwise(row[keys[-1]], chance)
    marks = ", ".join("?" * len(row))
    try:
        raw.execute(f"INSERT INTO {table.name} VALUES ({marks})", list(row.values()))
    except sqlite3.IntegrityError:
        return f"could not double in {table.name}"
    return f"doubled in {table.name}"


def unguarded(raw: sqlite3.Connection, chance: random.Random) -> str:
    """Drop a guard for good, or put a weak one in its place."""
    names = raw.execute(
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY 1"
    )
    name, table = chance.choice(names.fetchall())
    raw.execute(f"DROP TRIGGER {name}")
    if chance.random() < 0.5:
        return f"dropped {name}"
    raw.execute(f"CREATE TRIGGER {name} BEFORE DELETE ON {table} BEGIN SELECT 1; END")
    return f"weakened {name}"


def nothing(raw: sqlite3.Connection, chance: random.Random) -> str:
    """Do something that changes no value."""
    raw.execute(chance.choice(["VACUUM", "REINDEX", "UPDATE counter SET last = last"]))
    return "nothing"
