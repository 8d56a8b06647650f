"""An auditor proposes, somebody else books; earlier years are shown as they were."""

from __future__ import annotations

import random
from datetime import date

import pytest

from coopbook import corrections, ledger, yearend
from coopbook.corrections import AdjustmentState
from coopbook.ledger import chart, credit, debit
from coopbook.ledger.chart import standard_chart
from coopbook.ledger.rules import AccountType, NoSuchAccount, PeriodClosed, Unbalanced
from coopbook.money import ZERO, Money
from coopbook.people import approvals
from coopbook.statements import statements, year_of
from tests.conftest import as_
from tests.coopbook.rounds.neighbours import whole
from tests.coopbook.yearend.years import (
    AFTER,
    MEETING,
    YEAR_END,
    close_months,
    decided,
    earned,
    spent,
)

LATER, LATER_END = date(2027, 4, 5), date(2027, 12, 31)
POWER, ACCRUED, TOOLS = 52_009, 21_303, 13_005
FREE = [
    row.number
    for row in standard_chart()
    if row.postable
    and not row.control
    and row.cash_flow != "cash"
    and row.account_type is not AccountType.MEMO
    and row.number // 1_000 not in (34, 39)
]


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        earned(book, 300_000)
        spent(book, 45_000)
        yield book


def late_bill(amount=20_000):
    """Return the lines of a bill of last year that came in the new one."""
    return [debit(POWER, Money(amount)), credit(ACCRUED, Money(amount))]


def proposed(book, lines=None, year=2026, finding="Tagihan listrik Desember"):
    with as_(book, "agus"):
        return corrections.propose(
            book, year, finding, lines or late_bill(), on=MEETING
        )


def closed(book, *, approved):
    close_months(book)
    yearend.close_year(book, 2026, today=AFTER)
    if approved:
        yearend.approve_year(book, 2026, decided(book, title="Pengesahan 2026"))


def figures(found):
    """Return the amounts of position and surplus, by row."""
    return {
        f"{name}.{one.row.code}": one.amount.units
        for name, told in (("position", found.position), ("surplus", found.surplus))
        for one in told.figures
    }


def beside(found):
    """Return what position and surplus are compared with, by row."""
    return {
        f"{name}.{one.row.code}": (one.beside or ZERO).units
        for name, told in (("position", found.position), ("surplus", found.surplus))
        for one in told.figures
    }


def told_in_2027(book):
    return statements(
        book, *year_of(LATER_END), beside=(date(2026, 1, 1), date(2026, 12, 31))
    )


def test_an_approved_year_is_corrected_in_the_next_and_shown_as_it_was(village):
    closed(village, approved=True)
    row = proposed(village)
    before = told_in_2027(village)
    entry = ledger.entry(
        village, yearend.book_adjustment(village, row.number, on=LATER).entry_number
    )

    moved = {(line.account_number, line.debit, line.credit) for line in entry.lines}
    assert moved == {
        (ACCRUED, ZERO, Money(20_000)),
        (chart.PRIOR_YEAR, Money(20_000), ZERO),
    }
    assert (entry.booked_on, entry.source) == (LATER, yearend.CORRECTED)
    after = told_in_2027(village)
    assert after.agree
    assert after.surplus.amount("net_surplus") == ZERO
    assert before.surplus.then("net_surplus") == Money(255_000)
    assert after.surplus.then("net_surplus") == Money(235_000)
    assert after.position.then("accrued_expenses") == Money(20_000)
    assert after.position.then("surplus") == Money(235_000)
    assert after.position.then("total_assets") == after.position.then("total_both")
    assert [one.number for one in after.position.restated] == [row.number]
    assert after.equity.across("corrected") == Money(-20_000)
    assert "corrected" in after.equity.rows
    assert "corrected" not in before.equity.rows


def test_what_the_members_approved_is_still_shown_for_the_year_itself(village):
    closed(village, approved=True)
    then = figures(statements(village, *year_of(YEAR_END)))
    yearend.book_adjustment(village, proposed(village).number, on=LATER)
    assert figures(statements(village, *year_of(YEAR_END))) == then


@pytest.mark.parametrize("seed", range(6))
def test_an_earlier_year_is_shown_as_if_it_had_been_known(village, seed):
    """The same lines in the year itself, read, taken back; then corrected after it."""
    rng = random.Random(seed)
    many = []
    for _ in range(rng.randint(1, 5)):
        amounts = [rng.randint(1, 90_000) for _ in range(rng.randint(1, 3))]
        lines = [debit(rng.choice(FREE), Money(amount)) for amount in amounts]
        lines.append(credit(rng.choice(FREE), Money(sum(amounts))))
        many.append(lines)
    posted = [
        ledger.post(village, on=YEAR_END, memo="tahu lebih dulu", lines=lines)
        for lines in many
    ]
    wanted = figures(statements(village, *year_of(YEAR_END)))
    for entry in posted:
        ledger.reverse(village, entry, on=YEAR_END, reason="contoh")
    closed(village, approved=True)
    plain = statements(village, *year_of(LATER_END))
    for lines in many:
        yearend.book_adjustment(village, proposed(village, lines).number, on=LATER)

    found = told_in_2027(village)

    assert beside(found) == wanted
    assert found.agree
    assert found.surplus.amount("net_surplus") == plain.surplus.amount("net_surplus")
    apart = found.position.amount("total_equity") - plain.position.amount(
        "total_equity"
    )
    assert apart == found.equity.across("corrected")


def test_the_year_before_the_corrected_one_is_left_alone(village):
    closed(village, approved=True)
    yearend.book_adjustment(village, proposed(village).number, on=LATER)
    close_months(village, 2027)
    yearend.close_year(village, 2027, today=date(2028, 1, 10))
    found = statements(
        village, *year_of(date(2028, 12, 31)), beside=(date(2027, 1, 1), LATER_END)
    )
    assert found.position.restated == found.surplus.restated == ()
    assert found.surplus.then("net_surplus") == ZERO


def test_in_the_year_after_it_belongs_to_the_surplus_of_earlier_years(village):
    closed(village, approved=True)
    beside_ = date(2027, 1, 1), date(2027, 3, 31)
    span = date(2028, 1, 1), date(2028, 3, 31)
    before = statements(village, *span, beside=beside_).position
    yearend.book_adjustment(village, proposed(village).number, on=LATER)
    after = statements(village, *span, beside=beside_).position
    assert after.restated
    assert after.then("surplus") == before.then("surplus")
    moved = before.then("earlier_surplus") - after.then("earlier_surplus")
    assert moved == Money(20_000)


def test_a_correction_that_is_reversed_restates_nothing(village):
    closed(village, approved=True)
    plain = beside(told_in_2027(village))
    row = yearend.book_adjustment(village, proposed(village).number, on=LATER)
    assert beside(told_in_2027(village)) != plain
    entry = ledger.entry(village, row.entry_number)
    ledger.reverse(village, entry, on=LATER, reason="tagihan batal")
    assert beside(told_in_2027(village)) == plain
    assert told_in_2027(village).agree
    assert corrections.booked(village) == []


def test_costs_that_were_only_mixed_up_post_nothing_and_are_shown_right(village):
    closed(village, approved=True)
    row = proposed(
        village, [debit(52_010, Money(45_000)), credit(POWER, Money(45_000))]
    )
    count = len(ledger.entries(village, limit=99).rows)
    done = yearend.book_adjustment(village, row.number, on=LATER)
    assert done.entry_number is None
    assert done.state is AdjustmentState.BOOKED
    assert len(ledger.entries(village, limit=99).rows) == count
    found = told_in_2027(village)
    assert found.surplus.restated
    assert found.surplus.then("net_surplus") == Money(255_000)


def test_an_open_year_is_corrected_in_itself(village):
    row = proposed(village)
    done = yearend.book_adjustment(village, row.number, on=AFTER)
    entry = ledger.entry(village, done.entry_number)
    assert (entry.booked_on, entry.source) == (YEAR_END, yearend.ADJUSTED)
    told = statements(village, *year_of(YEAR_END))
    assert told.surplus.amount("net_surplus") == Money(235_000)
    assert told_in_2027(village).position.restated == ()


def test_a_closed_year_that_nobody_approved_is_opened_again_first(village):
    closed(village, approved=False)
    row = proposed(village)
    with pytest.raises(corrections.ReopenYearFirst, match="Ask to reopen"):
        yearend.book_adjustment(village, row.number, on=LATER)
    with as_(village, "budi"):
        asked = yearend.ask_reopen_year(village, 2026, reason="koreksi", on=AFTER)
    with as_(village, "sari"):
        approvals.approve(village, asked.number, digest=asked.digest)
    with pytest.raises(PeriodClosed):
        yearend.book_adjustment(village, row.number, on=LATER)


def test_nobody_decides_on_their_own_proposal_and_nobody_twice(village):
    with as_(village, "agus"):
        row = corrections.propose(village, 2026, "Dua kali", late_bill(), on=MEETING)
        with pytest.raises(corrections.OwnProposal):
            yearend.book_adjustment(village, row.number, on=LATER)
        with pytest.raises(corrections.OwnProposal):
            corrections.decline(village, row.number, reason="tidak", on=LATER)
    with pytest.raises(corrections.DeclineReason):
        corrections.decline(village, row.number, reason="  ", on=LATER)
    done = corrections.decline(village, row.number, reason="Sudah dibayar", on=LATER)
    assert (done.state, done.reason) == (AdjustmentState.DECLINED, "Sudah dibayar")
    with pytest.raises(corrections.AlreadyDecided):
        yearend.book_adjustment(village, row.number, on=LATER)
    assert corrections.booked(village) == []


def test_what_is_corrected_elsewhere_or_not_at_all_is_refused(village):
    for account in (
        *(chart.BANK, chart.VOLUNTARY, chart.PRODUCTIVE_LOANS),
        *(chart.SURPLUS_OF_YEAR, chart.PRIOR_YEAR, chart.INCOME_SUMMARY),
    ):
        lines = [debit(POWER, Money(5)), credit(account, Money(5))]
        with pytest.raises(corrections.NotAdjusted):
            proposed(village, lines)
    with pytest.raises(NoSuchAccount):
        proposed(village, [debit(POWER, Money(5)), credit(99, Money(5))])
    with pytest.raises(Unbalanced):
        proposed(village, [debit(POWER, Money(5)), credit(ACCRUED, Money(6))])
    for year in (2025, 2027):
        with pytest.raises(corrections.NotThatYear, match="2026 or later"):
            proposed(village, year=year)
    with pytest.raises(corrections.FindingNeeded):
        proposed(village, finding=" ")
    with pytest.raises(corrections.NoSuchAdjustment):
        yearend.book_adjustment(village, 7, on=LATER)
    assert corrections.adjustments(village) == []


def test_an_approved_year_takes_no_correction_dated_in_it(village):
    closed(village, approved=True)
    row = proposed(village)
    with pytest.raises(corrections.InItsOwnYear):
        yearend.book_adjustment(village, row.number, on=YEAR_END)


def test_one_whose_entry_was_taken_back_is_decided_on_again(village):
    closed(village, approved=True)
    row = proposed(village)
    with as_(village, "yanti"):
        yearend.book_adjustment(village, row.number, on=LATER)
    entry = ledger.entry(village, row.entry_number)
    ledger.reverse(village, entry, on=LATER, reason="salah baca")
    assert row.state is AdjustmentState.PROPOSED
    assert (row.entry_number, row.decided_on, row.decided_by) == (None, None, None)
    assert corrections.booked(village) == []
    with as_(village, "yanti"):
        yearend.book_adjustment(village, row.number, on=LATER)
    assert [one.number for one in corrections.booked(village)] == [row.number]
