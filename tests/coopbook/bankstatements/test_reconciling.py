"""Bank and outstanding come to the book, on every day, or it is said by how much."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coopbook import bankstatements, ledger, yearend
from coopbook.bankstatements import refusals
from coopbook.ledger import chart
from coopbook.money import ZERO, Money
from tests.conftest import TODAY, found
from tests.rules_pages import tables, units

from .conftest import BANK, march, moved, taken

SENTENCE = "Bank accounts are reconciled with the bank's statements"


def accept_sure(book):
    seen = bankstatements.proposed(book, BANK)
    bankstatements.accept(book, BANK, bankstatements.seal_of(seen), on=TODAY)


def test_deposits_in_transit_and_payments_not_cleared_explain_the_difference(book):
    taken(book, (3, 500), (9, -40), last=march(10))
    moved(book, 2, 500)
    moved(book, 9, -40)
    moved(book, 10, 700)
    moved(book, 10, -30)
    accept_sure(book)

    now = bankstatements.reconciliation(book, BANK, march(10))

    assert (now.bank, now.book) == (Money(460), Money(1_130))
    assert [one.amount for one in now.in_transit] == [Money(700)]
    assert [one.amount for one in now.uncleared] == [Money(-30)]
    assert (now.difference, now.explained, now.reconciled) == (ZERO, True, False)
    row = bankstatements.reconcile(book, BANK, march(10), on=TODAY)
    assert (row.bank, row.outstanding, row.book) == (Money(460), Money(670), now.book)
    assert row.reconciled_by == "rina"
    assert bankstatements.reconciliation(book, BANK, march(10)).reconciled
    with pytest.raises(refusals.AlreadyReconciled):
        bankstatements.reconcile(book, BANK, march(10), on=TODAY)


def test_what_the_book_lacks_is_the_difference_nobody_explained(book):
    taken(book, (3, 500), (9, -15), last=march(10))
    moved(book, 2, 500)
    accept_sure(book)
    now = bankstatements.reconciliation(book, BANK, march(10))
    assert (now.difference, len(now.missing)) == (Money(-15), 1)
    with pytest.raises(refusals.NotExplained) as refusal:
        bankstatements.reconcile(book, BANK, march(10), on=TODAY)
    assert refusal.value.facts == {"difference": Money(-15), "lines": 1}
    line = now.missing[0]
    bankstatements.post_line(
        *(book, line.statement_number, line.number, 52_020), on=march(9), today=TODAY
    )
    assert bankstatements.reconciliation(book, BANK, march(10)).explained


def test_lines_that_cancel_by_chance_are_not_explained(book):
    taken(book, (3, 500), (9, -500), last=march(10))
    now = bankstatements.reconciliation(book, BANK, march(10))
    assert (now.difference, now.explained) == (ZERO, False)


def test_a_day_is_told_as_it_stood_though_matched_later(book):
    taken(book, (9, 500), last=march(10))
    moved(book, 7, 500)
    accept_sure(book)
    then = bankstatements.reconciliation(book, BANK, march(8))
    assert then.bank is None
    taken(book, (1, 10), (2, -10), last=march(6), name="awal.csv")
    then = bankstatements.reconciliation(book, BANK, march(8))
    assert (then.bank, then.book, then.difference) == (ZERO, Money(500), ZERO)
    assert [one.amount for one in then.in_transit] == [Money(500)]
    now = bankstatements.reconciliation(book, BANK, march(10))
    assert now.outstanding == ()


def test_what_was_outstanding_when_the_statements_began_is_said_or_matched(book):
    old = moved(book, date(2026, 2, 20), -300)
    moved(book, date(2026, 2, 21), 1_000)
    taken(book, (5, 1), opening=1_000, last=march(10))
    moved(book, 5, 1)
    accept_sure(book)
    now = bankstatements.reconciliation(book, BANK, march(10))
    assert (now.before, now.difference) == (Money(-300), Money(300))
    made = bankstatements.outstanding_before(book, BANK, [old], on=TODAY)
    now = bankstatements.reconciliation(book, BANK, march(10))
    assert (now.difference, [one.key for one in now.uncleared]) == (ZERO, [old])
    row = taken(book, (12, -300), opening=1_001)
    (late,) = bankstatements.proposed(book, BANK)
    bankstatements.match(book, BANK, late.bank, late.book, on=TODAY)
    now = bankstatements.reconciliation(book, BANK, march(12))
    assert (now.difference, now.outstanding, now.missing) == (ZERO, (), ())
    then = bankstatements.reconciliation(book, BANK, march(10))
    assert [one.key for one in then.uncleared] == [old]
    assert row.number == 2
    bankstatements.undo(book, made.number, on=TODAY, reason="salah")
    assert bankstatements.reconciliation(book, BANK, march(12)).difference == ZERO
    assert bankstatements.reconciliation(book, BANK, march(10)).difference == ZERO
    late = moved(book, 6, -1)
    with pytest.raises(refusals.NotOutstandingBefore):
        bankstatements.outstanding_before(book, BANK, [late], on=TODAY)


def test_no_statement_no_reconciliation(book):
    moved(book, 2, 500)
    with pytest.raises(refusals.NoStatementYet):
        bankstatements.reconcile(book, BANK, march(10), on=TODAY)
    (one,) = bankstatements.reconciled(book, march(10))
    assert (one.account.number, one.difference) == (BANK, Money(-500))
    assert not one.reconciled


def test_the_check_lists_say_it_and_refuse_nothing(coop):
    with coop.open() as book:
        assert SENTENCE not in [
            one.sentence for one in ledger.month_checklist(book, "2026-01")
        ]
        moved(book, date(2026, 1, 5), 500)
        (check,) = [
            one
            for one in ledger.month_checklist(book, "2026-01")
            if one.sentence == SENTENCE
        ]
        assert (check.amount, check.in_order) == (Money(500), False)
        year = [one.sentence for one in yearend.year_checklist(book, 2026, TODAY)]
        assert year[-1] == SENTENCE
        ledger.close_month(book, "2026-01", today=TODAY)


moves = st.lists(
    st.tuples(
        st.sampled_from(["both", "book", "bank"]),
        st.integers(2, 15),
        st.integers(0, 3),
        st.integers(-50, 50).filter(bool),
    ),
    max_size=8,
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(moves, st.integers(1, 15))
def test_bank_and_open_lines_come_to_the_book_on_every_day(coop, moves, on):
    """Whatever moved: the difference is what the book lacks, by an own count."""
    coop = found(coop.engine, bare=True)
    with coop.open() as book:
        moved(book, date(2026, 2, 1), 10_000)
        lines = sorted(
            (min(day + later, 15), units)
            for who, day, later, units in moves
            if who != "book"
        )
        taken(book, *lines, opening=10_000, first=march(1), last=march(15))
        for who, day, _later, units in moves:
            if who != "bank":
                moved(book, day, units, other=chart.SUSPENSE_DEBIT)
        seen = bankstatements.proposed(book, BANK)
        for one in seen:
            bankstatements.match(book, BANK, one.bank, one.book, on=TODAY)

        now = bankstatements.reconciliation(book, BANK, march(on))

        bank = 10_000 + sum(units for day, units in lines if day <= on)
        ours = 10_000 + sum(
            units for who, day, _, units in moves if who != "bank" and day <= on
        )
        lacks = sum(one.amount.units for one in now.missing)
        assert (now.bank, now.book) == (Money(bank), Money(ours))
        assert now.difference == Money(lacks)
        assert bank + now.open.units - ours == lacks


def test_what_is_older_than_the_statements_is_left_alone_once_they_tie(book):
    moved(book, date(2026, 2, 28), 500)
    taken(book, (1, 500), opening=500, last=march(10))
    assert bankstatements.looked_at_from(book, BANK) == march(1)
    assert bankstatements.proposed(book, BANK) == []
    moved(book, date(2026, 2, 20), 40)
    assert bankstatements.looked_at_from(book, BANK) < march(1)
    assert bankstatements.looked_at_from(book, 11_202) is None


def test_the_example_on_the_page(book):
    (rows,) = [
        rows
        for heading, rows in tables("bank-reconciliation.md").items()
        if heading == "Worked by hand"
    ]
    said = {row["line"]: (row["bank"], row["book"]) for row in rows}
    bank = {line: units(of_bank) for line, (of_bank, _) in said.items() if of_bank}
    ours = {line: units(of_book) for line, (_, of_book) in said.items() if of_book}
    old = [moved(book, date(2026, 2, 26), amount) for amount in (5_000, 1_000, -300)]
    assert ledger.account_balance(book, BANK) == Money(ours["opening"])
    lines = [(2, bank["on its way before"]), (4, bank["deposit"]), (9, bank["charge"])]
    row = taken(book, *lines, opening=bank["opening"], first=march(1), last=march(10))
    assert row.closing == Money(bank["closing"])
    moved(book, 4, ours["deposit"])
    moved(book, 10, ours["deposit of the last day"])
    bankstatements.outstanding_before(book, BANK, old[1:], on=TODAY)
    accept_sure(book)
    now = bankstatements.reconciliation(book, BANK, march(10))
    assert now.book == Money(ours["closing"])
    assert {one.amount.units for one in now.outstanding} == {-300, 250}
    assert (now.before, now.difference) == (Money(700), Money(-15))
    charge = now.missing[0]
    bankstatements.post_line(
        *(book, 1, charge.number, 52_020), on=charge.day, today=TODAY
    )
    assert bankstatements.reconciliation(book, BANK, march(10)).explained


def test_what_the_book_wrote_later_was_not_in_the_book_then(book):
    taken(book, (8, 500), last=march(15))
    moved(book, 12, 500)
    accept_sure(book)
    then = bankstatements.reconciliation(book, BANK, march(10))
    assert (then.difference, len(then.missing)) == (Money(500), 1)
    assert not then.explained
    assert bankstatements.reconciliation(book, BANK, march(12)).explained
