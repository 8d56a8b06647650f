"""A year is closed, opened again, closed again; what refuses it, and what it posts."""

from __future__ import annotations

from datetime import date

import pytest

from coopbook import ledger, surplus, yearend
from coopbook.ledger import chart
from coopbook.ledger.rules import PeriodClosed
from coopbook.money import ZERO, Money
from coopbook.people import approvals
from coopbook.statements import statements
from tests.conftest import as_
from tests.coopbook.rounds.neighbours import whole
from tests.coopbook.surplus.policies import simple
from tests.coopbook.yearend.years import (
    AFTER,
    MEETING,
    YEAR_END,
    close_months,
    decided,
    earned,
    lived,
    spent,
)


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        yield book


def told(book):
    """Return every figure of the statements of 2026."""
    found = statements(book, date(2026, 1, 1), YEAR_END)
    assert found.agree, [tie for tie in found.ties if not tie.holds]
    return (
        [(f.row.code, f.amount) for f in found.position.figures],
        [(f.row.code, f.amount) for f in found.surplus.figures],
        [(f.row.code, f.amount) for f in found.cash.statement.figures],
        found.equity.amounts,
    )


def reopened(book, year=2026):
    with as_(book, "yanti"):
        asked = yearend.ask_reopen_year(book, year, reason="salah akun", on=AFTER)
    with as_(book, "sari"):
        approvals.approve(book, asked.number, digest=asked.digest)


def test_a_year_closes_to_the_surplus_and_waits_for_the_meeting(village):
    lived(village)
    before = told(village)
    close_months(village)
    row = yearend.close_year(village, 2026, today=AFTER)
    assert told(village) == before
    rows = {r.account_number: r for r in ledger.trial_balance(village, YEAR_END)}
    assert not [n for n in rows if 40_000 <= n < 60_000 or n == chart.INCOME_SUMMARY]
    assert rows[chart.SURPLUS_OF_YEAR].credit == Money(row.surplus)
    new = date(2027, 1, 1)
    assert ledger.account_balance(village, chart.SURPLUS_OF_YEAR, new) == ZERO
    waiting = ledger.account_balance(village, chart.EARLIER_SURPLUS, new)
    assert waiting == Money(row.surplus) > ZERO
    with pytest.raises(PeriodClosed):
        earned(village, 1, on=YEAR_END)
    kinds = [entry.source for entry in yearend.entries_of(village, row)]
    assert kinds == [yearend.CLOSING] * 3 + ["yearend.open"]


def test_closing_reopening_and_closing_again_changes_nothing_but_the_pairs(village):
    lived(village)
    close_months(village)
    first = yearend.close_year(village, 2026, today=AFTER)
    then, count = told(village), ledger_lines(village)
    reopened(village)
    assert told(village) == then
    ledger_check = ledger.trial_balance(village, YEAR_END)
    assert any(40_000 <= row.account_number < 60_000 for row in ledger_check)
    second = yearend.close_year(village, 2026, today=AFTER)
    assert told(village) == then
    assert (first.surplus, second.number) == (second.surplus, 2)
    assert first.reopened_on is not None
    added = ledger_lines(village)[len(count) :]
    pairs = added[: len(added) // 2], added[len(added) // 2 :]
    assert sorted((a, -units) for a, units in pairs[0]) == sorted(pairs[1])


def ledger_lines(book):
    """Return account and amount of every line, in the order of entries."""
    from sqlalchemy import select

    from coopbook.ledger import Line

    rows = book.session.execute(
        select(Line.account_number, Line.debit, Line.credit)
        .where(Line.cooperative_id == book.cooperative_id)
        .order_by(Line.entry_number, Line.number)
    )
    return [(one, left.units - right.units) for one, left, right in rows]


def test_a_year_with_a_deficit_closes_the_other_way(village):
    spent(village, 80_000)
    close_months(village)
    row = yearend.close_year(village, 2026, today=AFTER)
    assert row.surplus == -80_000
    new = date(2027, 1, 1)
    assert ledger.account_balance(village, chart.EARLIER_SURPLUS, new) == ZERO
    assert ledger.account_balance(village, chart.DEFICIT, new) == Money(80_000)
    surplus.set_policy(village, simple(), first_year=2026, source="AD 45", on=AFTER)
    with pytest.raises(surplus.Deficit, match="deficit of 80,000"):
        surplus.draft(village, 2026)


def test_an_empty_year_closes_without_an_entry(village):
    close_months(village)
    row = yearend.close_year(village, 2026, today=AFTER)
    assert (row.surplus, row.entries) == (0, [])
    assert ledger.is_closed(village, "2026")


def test_december_may_be_open_and_is_closed_with_the_year(village):
    earned(village, 1_000)
    close_months(village, last=11)
    yearend.close_year(village, 2026, today=AFTER)
    assert ledger.is_closed(village, "2026-12")
    assert ledger.is_closed(village, "2026")


def test_what_is_not_in_order_keeps_a_year_open(village):
    earned(village, 5_000)
    with pytest.raises(yearend.YearNotOver):
        yearend.close_year(village, 2026, today=YEAR_END)
    with pytest.raises(yearend.NotInOrder, match="months up to November"):
        yearend.close_year(village, 2026, today=AFTER)
    with pytest.raises(yearend.YearBeforeBook):
        yearend.close_year(village, 2025, today=AFTER)
    with pytest.raises(yearend.EarlierYearOpen):
        yearend.close_year(village, 2027, today=date(2028, 2, 1))
    entry = ledger.post(
        village,
        on=YEAR_END,
        memo="belum jelas",
        lines=[
            ledger.debit(chart.BANK, Money(7_000)),
            ledger.credit(chart.SUSPENSE_CREDIT, Money(7_000)),
        ],
    )
    close_months(village, last=11)
    with pytest.raises(yearend.SuspenseLeft, match="7,000"):
        yearend.close_year(village, 2026, today=AFTER)
    ledger.reverse(village, entry, on=YEAR_END, reason="salah")
    yearend.close_year(village, 2026, today=AFTER)
    with pytest.raises(yearend.YearAlreadyClosed):
        yearend.close_year(village, 2026, today=AFTER)


def test_a_book_that_does_not_check_is_not_closed(coop):
    with coop.open() as book:
        earned(book, 5_000)
        close_months(book, last=11)
        book.session.flush()
        connection = book.session.connection()
        lite = connection.dialect.name == "sqlite"
        on = "" if lite else " ON entry"
        connection.exec_driver_sql(f"DROP TRIGGER entry_no_update{on}")
        mine = f"cooperative_id = {book.cooperative_id}"
        connection.exec_driver_sql(
            f"UPDATE entry SET memo = 'lain' WHERE {mine} AND number ="
            f" (SELECT MAX(number) FROM entry WHERE {mine})"
        )
        with pytest.raises(yearend.ChainBroken, match="coopbook verify"):
            yearend.close_year(book, 2026, today=AFTER)
        book.session.rollback()


def test_one_entry_of_a_closing_is_not_reversed_alone(village):
    earned(village, 5_000)
    close_months(village)
    row = yearend.close_year(village, 2026, today=AFTER)
    (opening,) = [
        one for one in yearend.entries_of(village, row) if one.booked_on > YEAR_END
    ]
    with pytest.raises(yearend.PartOfClosing, match="closes 2026"):
        ledger.reverse(village, opening, on=AFTER, reason="coba")


def test_a_year_the_members_approved_stays_closed(village):
    lived(village)
    close_months(village)
    yearend.close_year(village, 2026, today=AFTER)
    decision = decided(village, title="Pengesahan laporan 2026")
    yearend.approve_year(village, 2026, decision)
    with pytest.raises(yearend.YearApproved, match=decision.label):
        yearend.ask_reopen_year(village, 2026, reason="coba", on=MEETING)
    with pytest.raises(yearend.YearApproved):
        yearend.approve_year(village, 2026, decision)


def test_nobody_reopens_a_year_alone_and_years_go_back_in_their_order(village):
    earned(village, 5_000)
    close_months(village)
    yearend.close_year(village, 2026, today=AFTER)
    with pytest.raises(yearend.YearNotClosed):
        yearend.ask_reopen_year(village, 2027, reason="coba", on=AFTER)
    close_months(village, 2027)
    yearend.close_year(village, 2027, today=date(2028, 1, 10))
    with pytest.raises(yearend.LaterYearClosed):
        yearend.ask_reopen_year(village, 2026, reason="coba", on=AFTER)
    with as_(village, "budi"):
        asked = yearend.ask_reopen_year(village, 2027, reason="salah", on=AFTER)
        with pytest.raises(approvals.OwnRequest):
            approvals.approve(village, asked.number, digest=asked.digest)
