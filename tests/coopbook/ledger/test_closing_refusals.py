"""A month is not closed over suspense, a broken chain, or cash nobody counted."""

from __future__ import annotations

from datetime import date

import pytest

from coopbook import ledger
from coopbook.ledger import chart, closing
from coopbook.money import Money
from tests.coopbook.yearend.years import earned

END = date(2026, 1, 31)


def unclear(book, amount, on=END, account=chart.SUSPENSE_CREDIT):
    """Take money in that nobody can explain yet."""
    lines = [
        ledger.debit(chart.BANK, Money(amount)),
        ledger.credit(account, Money(amount)),
    ]
    return ledger.post(book, on=on, memo="belum jelas", lines=lines)


def test_a_month_is_not_closed_over_suspense(book):
    entry = unclear(book, 7_000)
    with pytest.raises(closing.SuspenseLeft, match="7,000 still lies in suspense"):
        ledger.close_month(book, "2026-01")
    assert not ledger.is_closed(book, "2026-01")
    ledger.reverse(book, entry, on=END, reason="jelas")
    assert ledger.close_month(book, "2026-01").closed


def test_suspense_of_the_next_month_is_the_next_months(book):
    unclear(book, 7_000, on=date(2026, 2, 1))
    ledger.close_month(book, "2026-01")
    with pytest.raises(closing.SuspenseLeft, match="2026-02"):
        ledger.close_month(book, "2026-02")


def test_both_sides_of_suspense_count_and_do_not_cancel(book):
    unclear(book, 5)
    lines = [ledger.debit(chart.SUSPENSE[0], Money(5)), ledger.credit(11_201, Money(5))]
    ledger.post(book, on=END, memo="belum jelas", lines=lines)
    with pytest.raises(closing.SuspenseLeft) as refusal:
        ledger.close_month(book, "2026-01")
    assert refusal.value.facts["amount"] == Money(10)


def test_a_month_is_not_closed_over_a_broken_chain(coop):
    with coop.open() as book:
        earned(book, 5_000, on=END)
        book.session.flush()
        connection = book.session.connection()
        on = "" if connection.dialect.name == "sqlite" else " ON entry"
        connection.exec_driver_sql(f"DROP TRIGGER entry_no_update{on}")
        mine = f"cooperative_id = {book.cooperative_id}"
        connection.exec_driver_sql(
            f"UPDATE entry SET memo = 'lain' WHERE {mine} AND number ="
            f" (SELECT MAX(number) FROM entry WHERE {mine})"
        )
        with pytest.raises(closing.ChainBroken, match="Do not close 2026-01"):
            ledger.close_month(book, "2026-01")
        assert not ledger.is_closed(book, "2026-01")
        book.session.rollback()


def test_a_day_is_closed_while_something_is_unclear(book):
    unclear(book, 7_000)
    assert ledger.close(book, "2026-01-31").closed


def test_whoever_registered_may_refuse_a_month(book, monkeypatch):
    asked = []

    def refuses(_book, first, last):
        asked.append((first, last))
        raise closing.NotAPeriod("coba")

    monkeypatch.setattr(closing, "BEFORE_CLOSING", [refuses])
    with pytest.raises(closing.NotAPeriod):
        ledger.close_month(book, "2026-01")
    assert asked == [(date(2026, 1, 1), END)]
