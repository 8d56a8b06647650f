"""kill -9 at any moment: nothing acknowledged is lost, nothing half, nothing twice."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import time

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coopbook import importing, savings
from coopbook.book import Book
from coopbook.db.engines import engine_for
from coopbook.ledger.model import Entry, Line
from coopbook.money import Money
from coopbook.verification import verify
from tests.conftest import SOAK, TODAY, VAULT, found

KILLS = 1_000 if SOAK else 200
FORK = multiprocessing.get_context("fork")
ACCOUNT = 2


def posting(url, cooperative, start, pipe):
    """Deposit amount ``n`` under key ``n``, on and on, and say so after each."""
    with Session(engine_for(url)) as session:
        book = Book(session, cooperative, "rina", vault=VAULT)
        n = start
        while True:
            account = savings.account(book, ACCOUNT)
            book.once(f"kill-{n}", savings.deposit, account, Money(n), on=TODAY)
            os.write(pipe, f"{n}\n".encode())
            n += 1


def sheet(n):
    """A bank book of its own, forty rows long."""
    rows = ["Tanggal;Uraian;Debet;Kredit;Saldo"]
    held = 0
    for row in range(40):
        held += n * 100 + row + 1
        rows.append(f"{row % 28 + 1:02}/02/2026;Lembar {n};{n * 100 + row + 1};;{held}")
    return "\n".join(rows).encode()


def bringing_in(url, cooperative, start, pipe):
    """Import sheet ``n``, then the next, and say so after each."""
    with Session(engine_for(url)) as session:
        book = Book(session, cooperative, "yanti", vault=VAULT)
        n = start
        while True:
            with book.transaction():
                importing.bring_in(book, "bank-book", sheet(n))
            os.write(pipe, f"{n}\n".encode())
            n += 1


def killed_again_and_again(work, url, cooperative, times, dice):
    """Kill the work at random moments; return the last number acknowledged.

    Each life begins with the number the life before did not acknowledge, as a
    person would who saw no receipt.
    """
    done = 0
    for _ in range(times):
        reading, writing = os.pipe()
        child = FORK.Process(target=work, args=(url, cooperative, done + 1, writing))
        child.start()
        os.close(writing)
        with os.fdopen(reading) as said:
            if dice.random() < 0.8:  # most lives get somewhere before they end
                line = said.readline()
                done = int(line) if line.strip() else done
            time.sleep(dice.random() * 0.02)
            os.kill(child.pid, signal.SIGKILL)
            for line in said.read().split("\n"):
                if line:
                    done = max(done, int(line))
        child.join()
        child.close()
    return done


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
@pytest.mark.parametrize("work", [posting, bringing_in])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_killed_at_random_moments_the_book_keeps_its_word(name, work, request, capsys):
    engine = request.getfixturevalue(f"{name}_engine")
    coop = found(engine)
    engine.dispose()
    url = engine.url.render_as_string(hide_password=False)
    dice = random.Random(f"{name} {work.__name__}")

    last = killed_again_and_again(work, url, coop.number, KILLS, dice)

    checks = verify(engine=engine, vault=VAULT, cooperative_id=coop.number)
    assert [c.finding.said() for c in checks if not c.in_order] == []
    with coop.read() as book:
        kept = _kept(book, work)
    # Every number up to the last acknowledged is there once; of what came after,
    # at most the one that was under way when the last life ended.
    assert sorted(kept) in (
        list(range(1, last + 1)),
        list(range(1, last + 2)),
    )
    with capsys.disabled():
        print(f"\n{name} {work.__name__}: {KILLS} kills, {last} acknowledged, all kept")


def _kept(book, work):
    if work is posting:
        rows = (
            select(Line.credit)
            .join(
                Entry,
                (Entry.cooperative_id == Line.cooperative_id)
                & (Entry.number == Line.entry_number),
            )
            .where(Line.cooperative_id == book.cooperative_id)
            .where(Entry.once.like("kill-%"))
            .where(Line.card_number == ACCOUNT)
        )
        return [amount.units for amount in book.session.scalars(rows)]
    found = book.session.execute(
        select(Entry.memo, func.count())
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Entry.source == "import.bank-book")
        .where(Entry.memo.like("%Lembar%"))
        .group_by(Entry.memo)
    )
    sheets = {int(memo.split()[-1]): count for memo, count in found}
    assert set(sheets.values()) <= {40}, json.dumps(sheets)
    return list(sheets)
