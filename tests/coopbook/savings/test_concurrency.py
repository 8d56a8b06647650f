"""Eight tellers in eight processes pay out of one account; it is never overdrawn."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from coopbook import ledger, savings
from coopbook.ledger.chart import TELLER_CASH
from coopbook.money import Money
from coopbook.verification import verify
from tests.conftest import TODAY, VAULT, found

ROOT = Path(__file__).parents[3]

TELLER = """
import sys
from datetime import date
from sqlalchemy.orm import Session
from coopbook import savings
from coopbook.book import Book
from coopbook.db.engines import engine_for
from coopbook.errors import Refused
from coopbook.money import Money
from coopbook.vault import Vault
import coopbook.tables

url, cooperative, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
paid = 0
with Session(engine_for(url)) as session:
    book = Book(session, cooperative, "rina", vault=Vault(bytes(range(32))))
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(times):
        try:
            with book.transaction():
                account = savings.account(book, 2)
                savings.withdraw(book, account, Money(10_000), on=date(2026, 3, 16))
            paid += 1
        except Refused:
            pass
print(paid)
"""


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_eight_processes_never_take_more_than_is_there(name, request):
    engine = request.getfixturevalue(f"{name}_engine")
    coop = found(engine)
    with coop.open() as book:
        savings.deposit(book, savings.account(book, 2), Money(200_000), on=TODAY)
    url = engine.url.render_as_string(hide_password=False)
    tellers = [
        subprocess.Popen(
            [sys.executable, "-c", TELLER, url, str(coop.number), "10"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(8)
    ]
    for teller in tellers:
        assert teller.stdout.readline() == "ready\n"
    for teller in tellers:
        teller.stdin.write("go\n")
        teller.stdin.flush()
    paid = [int(teller.communicate(timeout=120)[0]) for teller in tellers]

    # 300,000 saved, a minimum of 10,000 stays: 29 of 80 withdrawals fit.
    assert sum(paid) == 29
    with coop.read() as book:
        assert savings.balance(book, savings.account(book, 2)) == Money(10_000)
        assert ledger.account_balance(book, TELLER_CASH) == Money(110_000)
    checks = verify(engine=engine, vault=VAULT, cooperative_id=coop.number)
    assert all(check.in_order for check in checks)
