"""A book with awkward entries, exported; what is compared never meets the program."""

from datetime import date

import pytest

from coopbook import exports, ledger, savings
from coopbook.ledger.rules import credit, debit
from coopbook.money import Money

MEMOS = [
    'Beli "kertas"; 2 rim',
    "=HYPERLINK(1)",
    "* (BM-1) ! Siti | Ani",
    "tanda \\ dan\nbaris baru\tgeser",
    "Ketan 5% — Café 日本 🌾",
    "   ",
    "; catatan: [2020-01-01] x:: 1/0",
    "IDR 5 = IDR 7  @ IDR 3",
]


@pytest.fixture(params=["beancount", "hledger", "ledger"])
def exported(request, coop, tmp_path):
    """A folder exported for one of the programs, named like it."""
    with coop.open() as book:
        for number, memo in enumerate(MEMOS, start=1):
            amount = Money(7_919 ** (number % 4) * number)
            lines = [debit(11201, amount), credit(22001, amount)]
            entry = ledger.post(book, on=date(2026, 3, number), memo=memo, lines=lines)
        ledger.reverse(book, entry, on=date(2026, 3, 20), reason="keliru; sekali")
        lines = [debit(90001, Money(55)), credit(90099, Money(55))]
        ledger.post(book, on=date(2026, 1, 2), memo="back-dated", lines=lines)
        account = savings.account(book, 2)
        savings.withdraw(book, account, Money(30_000), on=date(2026, 3, 21))
        folder = tmp_path / request.param
        exports.export(book, request.param, folder)
    return folder
