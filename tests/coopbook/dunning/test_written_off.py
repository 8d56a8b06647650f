"""Loans that left the books are still collected, and nobody loses sight of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coopbook import baddebts, dunning, members
from coopbook.dunning import StepKind, Task
from coopbook.loans import LoanState
from coopbook.money import Money
from coopbook.printing.route_sheet import route_sheet_of
from tests.coopbook.gone_bad import LATE, by_law, written_off
from tests.coopbook.rounds.neighbours import furnish_street, lend, whole

ONE = timedelta(days=1)


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        by_law(book, "share_arrears_to_borrow", 99)
        yield book


@pytest.fixture
def gone(village):
    loan = lend(village, furnish_street(village)[0])
    written_off(village, loan)
    return loan


def row_of(book, on):
    found = dunning.work_list(book, on)
    return found[0] if found else None


def left(book, loan):
    return baddebts.claim(book, loan).left.total


def test_a_visit_is_due_once_after_a_loan_was_written_off(village, gone):
    assert row_of(village, LATE + 6 * ONE) is None
    row = row_of(village, LATE + 7 * ONE)
    assert row.tasks == (Task.VISIT_DUE,)
    assert row.amount == row.claimed == left(village, gone) > Money(1_200_000)
    assert row.days_late == 0
    dunning.note_step(village, gone, StepKind.VISIT, on=LATE + 7 * ONE)
    assert row_of(village, LATE + 8 * ONE) is None


def test_a_promise_and_a_next_step_on_it_come_on_the_list(village, gone):
    day = LATE + ONE
    dunning.note_step(
        *(village, gone, StepKind.VISIT),
        on=day,
        promised=Money(50_000),
        promised_on=day + 5 * ONE,
        next_on=day + 3 * ONE,
    )
    assert row_of(village, day + 2 * ONE) is None
    assert row_of(village, day + 3 * ONE).tasks == (Task.STEP_DUE,)
    then = dunning.outlook(village, gone, day + 3 * ONE)
    assert (then.waits, then.letter, then.amount) == (True, None, left(village, gone))
    row = row_of(village, day + 6 * ONE)
    assert row.tasks == (Task.PROMISE_BROKEN, Task.STEP_DUE)
    assert row.promise.promised == Money(50_000)
    first = left(village, gone)
    baddebts.recover(village, gone, Money(50_000), on=day + 5 * ONE, payer="Kakak")
    row = row_of(village, day + 6 * ONE)
    assert row.tasks == (Task.STEP_DUE,)
    assert row.amount == first - Money(50_000)


def test_it_stands_on_the_route_sheet_with_what_is_claimed(village, gone):
    of = route_sheet_of(village, LATE + 7 * ONE)
    ((stop,),) = (each.stops for each in of.hamlets)
    assert (stop.loan, stop.amount) == (gone.number, left(village, gone))
    assert (stop.written_off, stop.days_late) == (True, 0)


def test_nothing_is_to_do_where_nothing_is_claimed_any_more(village, gone):
    rest = left(village, gone)
    baddebts.recover(village, gone, rest, on=LATE, payer="Kakak")
    assert row_of(village, LATE + 30 * ONE) is None
    assert dunning.outlook(village, gone, LATE + 30 * ONE).tasks == ()


def test_before_it_was_written_off_there_was_no_claim(village, gone):
    assert gone.state is LoanState.WRITTEN_OFF
    assert dunning.claimed_of(village, gone, LATE - ONE) is None
    neighbour = members.member(village, gone.member_number + 1)
    other = lend(village, neighbour, on=LATE)
    assert dunning.claimed_of(village, other, LATE) is None
