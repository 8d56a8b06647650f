"""kill -9 in the middle of a long import: all of it or nothing, then all of it."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coopbook import importing
from coopbook.book import Book
from coopbook.db import schema
from coopbook.db.engines import engine_for
from coopbook.ledger.model import Entry
from coopbook.verification import verify
from tests.conftest import SOAK, VAULT, found

ROWS = 40_000
KILLS = 100 if SOAK else 6
FORK = multiprocessing.get_context("fork")


def movements():
    """Return a sheet of savings movements of 800 members over fifty days."""
    rows = ["Tanggal;No Anggota;Nama;Jenis Simpanan;Jenis Transaksi;Jumlah"]
    for n in range(ROWS):
        member, day = n % 800 + 1, n // 800
        pot = "pokok" if day == 0 else "sukarela"
        amount = 100_000 if day == 0 else 1_000 + n
        rows.append(
            f"{day % 28 + 1:02}/{day // 28 + 1:02}/2026;A{member};Anggota {member};"
            f"{pot};setor;{amount}"
        )
    return "\n".join(rows).encode()


def bring_in(url, cooperative, data, pipe):
    """Import the sheet, and say so when it is done."""
    with Session(engine_for(url)) as session:
        book = Book(session, cooperative, "yanti", vault=VAULT)
        os.write(pipe, b"begun\n")
        with book.transaction():
            importing.bring_in(book, "savings", data, accept="as kept")
        os.write(pipe, b"done\n")


def entries(coop):
    """Return how many entries the imports left."""
    with coop.read() as book:
        asked = (
            select(func.count())
            .where(Entry.cooperative_id == book.cooperative_id)
            .where(Entry.source == "import.savings")
        )
        return book.session.scalar(asked)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_long_import_killed_at_any_moment_is_whole_or_not_there(tmp_path, capsys):
    engine = engine_for(tmp_path)
    schema.create(engine)
    coop, data = found(engine, bare=True), movements()
    url = engine.url.render_as_string(hide_password=False)
    dice, left = random.Random("long"), {0: 0, ROWS: 0}
    began = time.monotonic()
    run(url, coop.number, data, None)
    took = time.monotonic() - began
    assert entries(coop) == ROWS
    coop = found(engine, bare=True)

    for _ in range(KILLS):
        engine.dispose()
        run(url, coop.number, data, dice.random() * took)
        there = entries(coop)
        left[there] += 1
        if there:
            coop = found(engine, bare=True)

    engine.dispose()
    run(url, coop.number, data, None)
    assert entries(coop) == ROWS
    with coop.open("yanti") as book:
        assert importing.bring_in(book, "savings", data, accept="again") is None
    checks = verify(engine=engine, vault=VAULT, cooperative_id=coop.number)
    assert [check.finding.said() for check in checks if not check.in_order] == []
    engine.dispose()
    with capsys.disabled():
        print(f"\n{KILLS} kills in an import of {ROWS:,}: {left[0]} left nothing,")
        print(f"{left[ROWS]} had landed whole; the last one, run again, is whole")


def run(url, cooperative, data, seconds):
    """Import in a process of its own; kill it after so many seconds, if told."""
    reading, writing = os.pipe()
    child = FORK.Process(target=bring_in, args=(url, cooperative, data, writing))
    child.start()
    os.close(writing)
    with os.fdopen(reading) as said:
        assert said.readline() == "begun\n"
        if seconds is not None:
            time.sleep(seconds)
            os.kill(child.pid, signal.SIGKILL)
        said.read()
    child.join()
    assert seconds is not None or child.exitcode == 0
    child.close()
