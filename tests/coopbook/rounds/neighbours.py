"""Neighbours who borrow, for tests of rounds and of groups."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta

from coopbook import ledger, loans, members, savings
from coopbook.ledger import chart, credit, debit
from coopbook.money import Money
from coopbook.people import approvals
from coopbook.verification import verify
from tests.conftest import FIRST_DAY, VAULT, as_


def day(number):
    return FIRST_DAY + timedelta(days=number)


def furnish_street(
    book, names=("Wati", "Tuti", "Yanti", "Endang"), hamlet="Krajan", on=FIRST_DAY
):
    """Let neighbours join, each with shares and voluntary savings; fill the till."""
    much = Money(90_000_000)
    lines = [debit(chart.TELLER_CASH, much), credit(33002, much)]
    ledger.post(book, on=on, memo="Hibah", lines=lines)
    found = []
    for name in names:
        who = members.admit(book, name, on=on)
        members.correct(book, who, hamlet=hamlet)
        share = savings.open_account(book, who, savings.product(book, "principal"))
        savings.deposit(book, share, Money(100_000), on=on)
        savings.open_account(book, who, savings.product(book, "voluntary"))
        found.append(who)
    return found


def voluntary_of(book, who):
    """Return the voluntary savings of a member."""
    return next(
        one.account
        for one in savings.accounts_of(book, who, on=FIRST_DAY)
        if one.account.product_code == "voluntary"
    )


def lend(book, who, amount=1_200_000, *, code="productive", term=12, on=FIRST_DAY):
    """Lend somebody money through the three people it takes."""
    with as_(book, "dewi"):
        loan = loans.apply(
            *(book, who, loans.product(book, code), Money(amount)),
            term=term,
            purpose="modal",
            on=on,
        )
    approve(book, loans.asked_for(book, loan))
    loans.disburse(book, loan, on=on)
    return loan


def approve(book, asked, by="budi"):
    """Let a second person agree to what was asked."""
    with as_(book, by):
        return approvals.approve(book, asked.number, digest=asked.digest)


@contextmanager
def whole(coop):
    """Open a book that has to be whole in the end: cards as the replay, verified."""
    with coop.open() as book:
        yield book
        held = 0
        for loan in loans.loans(book, limit=500):
            if loan.disbursed_on is None:
                continue
            replay = loans.replay_of(book, loan)
            card = ledger.card_balance(book, *loan.card)
            assert card == Money(replay.outstanding), loan.number
            held += replay.held
        assert ledger.account_balance(book, chart.OVERPAID) == Money(held)
    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    found = [check.finding for check in checks if check.finding]
    assert found == [], found
