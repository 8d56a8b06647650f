"""A standing order pays what is due, as far as the savings reach, once a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coopbook import ledger, loans, members, orders, savings
from coopbook.loans import LoanState
from coopbook.money import ZERO, Money
from coopbook.orders.service import NotTheirOrder, NotToBePaid, OrderedAlready
from coopbook.savings import HoldReason
from coopbook.savings.rules import NotWithdrawable
from tests.conftest import FIRST_DAY, TODAY
from tests.coopbook.settlement.test_settlement import lent


def due(book, loan, on):
    return loans.standing(book, loan, on).due.total


def test_what_is_due_is_paid_out_of_savings(book):
    account = savings.account(book, 2)
    savings.deposit(book, account, Money(5_000_000), on=FIRST_DAY)
    loan = lent(book)
    orders.order(book, loan, account, on=FIRST_DAY)
    first = loans.schedule_of(book, loan)[0]
    assert orders.run(book, first.due_on - timedelta(days=1)).paid == ()

    (ran,) = orders.run(book, first.due_on).paid

    assert ran.paid == ran.due == first.total
    assert due(book, loan, first.due_on) == ZERO
    assert savings.balance(book, account) == Money(5_100_000) - first.total
    assert loans.payments(book, loan)[0].total == first.total
    assert orders.run(book, first.due_on).paid == ()


def test_what_lacks_is_noted_and_tried_again(book):
    account = savings.account(book, 2)  # 100,000; 10,000 stays, 30,000 is held
    loan = lent(book)
    standing = orders.order(book, loan, account, on=FIRST_DAY)
    savings.hold(
        *(book, account, Money(30_000)), why=HoldReason.OTHER, note="x", on=FIRST_DAY
    )
    on = loans.schedule_of(book, loan)[0].due_on

    (ran,) = orders.run(book, on).short
    assert ran.paid == Money(60_000) < ran.due
    savings.deposit(book, account, Money(1_000_000), on=on)
    (again,) = orders.run(book, on + timedelta(days=1)).paid

    assert again.paid == again.due
    assert [one.run_on for one in orders.runs_of(book, standing)] == [
        on + timedelta(days=1),
        on,
    ]
    (nothing,) = (orders.run(book, on + timedelta(days=2)),)
    assert nothing.paid == nothing.short == ()


def test_a_payment_by_order_is_reversed_like_any_other(book):
    account = savings.account(book, 2)
    savings.deposit(book, account, Money(5_000_000), on=FIRST_DAY)
    loan = lent(book, term=1)
    orders.order(book, loan, account, on=FIRST_DAY)
    on = loans.schedule_of(book, loan)[0].due_on
    (ran,) = orders.run(book, on).paid
    assert loan.state is LoanState.SETTLED

    ledger.reverse(
        book, ledger.entry(book, ran.entry_number), on=on, reason="diminta anggota"
    )

    assert loan.state is LoanState.DISBURSED
    assert savings.balance(book, account) == Money(5_100_000)


def test_orders_that_cannot_be_are_refused(book):
    account, siti = savings.account(book, 2), members.member(book, 1)
    loan = lent(book)
    ani = members.member(book, 2)
    theirs = savings.open_account(book, ani, savings.product(book, "voluntary"))
    with pytest.raises(NotTheirOrder):
        orders.order(book, loan, theirs, on=TODAY)
    with pytest.raises(NotWithdrawable):
        orders.order(book, loan, savings.account(book, 1), on=TODAY)
    row = orders.order(book, loan, account, on=TODAY)
    with pytest.raises(OrderedAlready):
        orders.order(book, loan, account, on=TODAY)
    orders.end_order(book, row, on=TODAY)
    assert orders.order_for(book, loan.number) is None
    assert [one.number for one in orders.orders_of(book, siti)] == [row.number]
    loan.state = LoanState.SETTLED
    with pytest.raises(NotToBePaid):
        orders.order(book, loan, account, on=TODAY)


def test_who_has_left_is_not_charged(book):
    account = savings.account(book, 2)
    loan = lent(book)
    orders.order(book, loan, account, on=FIRST_DAY)
    savings.block(book, account, on=TODAY, why="x")

    (ran,) = orders.run(book, date(2026, 3, 16)).short
    assert (ran.paid, ran.entry_number) == (ZERO, None)
