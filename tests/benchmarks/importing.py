"""How long an import takes beside ``executemany`` of the very rows it leaves.

Both are durable (WAL, synchronous FULL), in one transaction, with the same tables,
keys and indexes; only ours has guards, hashes and rules.  Rounds are interleaved.
"""

import sqlite3
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from coopbook.db import schema
from coopbook.db.engines import engine_for
from coopbook.founding import founding
from coopbook.importing import post_import, preview

FIRST_DAY = date(2021, 1, 1)
HEADINGS = "Tanggal;No Anggota;Jenis Simpanan;Jenis Transaksi;Jumlah;Keterangan"


def sheet(members=375, months=11):
    """Return a table of movements, about 4,500, some of them with a fraction."""
    rows = [HEADINGS]
    for member in range(1, members + 1):
        rows.append(f"31/12/2021;{member};pokok;debit;100.000;Simpanan Pokok")
        rows.append(
            f"31/12/2021;{member};shu;debit;{member * 977},{member % 97:02};SHU"
        )
    for month in range(months - 1):
        on = (date(2022, 1, 25) + timedelta(30 * month)).strftime("%d/%m/%Y")
        for member in range(1, members + 1):
            pot = "sukarela" if member % 5 == 0 else "wajib"
            rows.append(f"{on};{member};{pot};debit;{50_000 + member};Potongan Gaji")
    return "\n".join(rows).encode()


def imported(folder, data):
    """Import into a new book; return the seconds of posting and of the preview."""
    engine = engine_for(folder)
    schema.create(engine)
    with Session(engine) as session:
        with founding(
            session, number=1, name="Melati", first_day=FIRST_DAY, actor="rina"
        ) as book:
            pass
        began = time.perf_counter()
        looked = preview(book, "savings", data)
        seen = time.perf_counter()
        with book.transaction():
            post_import(book, looked, accept="measured")
        posted = time.perf_counter()
    engine.dispose()
    return posted - seen, seen - began


def copied(source, target):
    """Write the rows of a book into a new file by hand; return the seconds."""
    book, bare = sqlite3.connect(source), sqlite3.connect(target, isolation_level=None)
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        bare.execute(f"PRAGMA {setting}")
    made = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    tables = []
    for kind, name, sql in book.execute(made).fetchall():
        if kind != "trigger" and not name.startswith("sqlite_"):
            bare.execute(sql)
            tables += [name] if kind == "table" else []
    rows = {name: book.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    began = time.perf_counter()
    bare.execute("BEGIN IMMEDIATE")
    bare.execute("PRAGMA defer_foreign_keys=ON")
    for name, content in rows.items():
        if content:
            marks = ", ".join("?" * len(content[0]))
            bare.executemany(f"INSERT INTO {name} VALUES ({marks})", content)
    bare.execute("COMMIT")
    ended = time.perf_counter()
    bare.close()
    book.close()
    return ended - began


def ratios(rounds=5, members=375, months=11):
    """Return the ratio of posting to the bare rows, round by round."""
    data, found = sheet(members, months), []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            posting, _ = imported(Path(folder), data)
            bare = copied(Path(folder) / "book.db", Path(folder) / "bare.db")
        found.append(posting / bare)
    return found


def told(name, found, bar):
    """Print the median with every round."""
    middle = statistics.median(found)
    print(f"{name}: {middle:.2f} {[round(one, 2) for one in found]} (bar {bar})")


if __name__ == "__main__":
    told("4,500 movements / executemany", ratios(), "3")
    told("100,000 movements / executemany", ratios(5, 2_000, 49), "2")
