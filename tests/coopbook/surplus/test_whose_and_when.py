"""A surplus goes to whom it belongs, not before it was decided on, as corrected."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coopbook import (
    corrections,
    ledger,
    members,
    savings,
    settlement,
    surplus,
    yearend,
)
from coopbook.ledger import chart, credit, debit
from coopbook.members import MemberStatus
from coopbook.money import ZERO, Money
from tests.conftest import as_
from tests.coopbook.rounds.neighbours import voluntary_of, whole
from tests.coopbook.surplus.policies import simple
from tests.coopbook.surplus.test_handing_out import closed, handed_out
from tests.coopbook.yearend.years import AFTER, MEETING, decided

LATER = MEETING + timedelta(days=10)


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        yield book


def test_a_surplus_goes_to_savings_of_whose_it_is(village):
    (wati, tuti, *_rest), _row = handed_out(village)
    theirs = savings.account(village, voluntary_of(village, tuti).number)
    with pytest.raises(surplus.NotTheirAccount, match="one of their own"):
        surplus.pay(village, wati, Money(1_000), on=LATER, to=theirs)
    own = savings.account(village, voluntary_of(village, wati).number)
    surplus.pay(village, wati, Money(1_000), on=LATER, to=own)


def test_nothing_is_handed_out_before_it_was_decided_on(village):
    closed(village)
    decision = decided(village)
    day_before = decision.decided_on - timedelta(days=1)
    with pytest.raises(surplus.BeforeDecision, match="use that day or a later one"):
        surplus.approve(village, 2026, decision, on=day_before)
    surplus.approve(village, 2026, decision, on=LATER)
    with pytest.raises(surplus.BeforeDecision):
        surplus.post_surplus(village, 2026, on=decision.decided_on)
    surplus.post_surplus(village, 2026, on=LATER)


def test_what_belonged_to_somebody_who_died_is_paid_to_an_heir(village):
    (wati, *_rest), _row = handed_out(village)
    settlement.begin(village, wati, MemberStatus.DECEASED, on=LATER, reason="sakit")
    with pytest.raises(surplus.HeirNeeded, match="which papers"):
        surplus.pay(village, wati, Money(1_000), on=LATER)
    with pytest.raises(surplus.HeirNeeded):
        surplus.pay_or_ask(village, wati, Money(1_000), on=LATER, heir="Sari")
    entry = surplus.pay_or_ask(
        *(village, wati, Money(1_000)), on=LATER, heir="Sari", papers="SKM 12/2027"
    )
    assert entry.memo.endswith("ahli waris Sari (SKM 12/2027)")


@pytest.mark.parametrize("lines", ["expense", "income"])
def test_what_corrections_changed_is_divided_with_the_rest(village, lines):
    closed(village)
    earned = surplus.draft(village, 2026).surplus
    yearend.approve_year(village, 2026, decided(village, title="Pengesahan 2026"))
    much = Money(20_000)
    two = [debit(52_009, much), credit(21_303, much)]
    if lines == "income":
        two = [debit(21_303, much), credit(42_002, much)]
    with as_(village, "agus"):
        row = corrections.propose(village, 2026, "Tagihan", two, on=AFTER)
    with as_(village, "yanti"):
        yearend.book_adjustment(village, row.number, on=MEETING)
    changed = much if lines == "income" else -much
    found = surplus.draft(village, 2026)
    assert found.surplus == earned + changed
    assert sum(found.division.pools.values(), ZERO) == earned + changed
    surplus.approve(village, 2026, decided(village), on=LATER)
    surplus.post_surplus(village, 2026, on=LATER)
    assert ledger.account_balance(village, chart.EARLIER_SURPLUS) == ZERO
    assert ledger.account_balance(village, chart.PRIOR_YEAR) == ZERO


def test_more_corrected_than_was_earned_leaves_nothing_to_divide(village):
    closed(village)
    earned = surplus.draft(village, 2026).surplus
    yearend.approve_year(village, 2026, decided(village, title="Pengesahan 2026"))
    much = earned + Money(5_000)
    two = [debit(52_009, much), credit(21_303, much)]
    with as_(village, "agus"):
        row = corrections.propose(village, 2026, "Tagihan", two, on=AFTER)
    with as_(village, "yanti"):
        yearend.book_adjustment(village, row.number, on=MEETING)
    with pytest.raises(surplus.Deficit) as refused:
        surplus.draft(village, 2026)
    assert "5.000" in str(refused.value) or "5,000" in str(refused.value)


def test_a_policy_of_the_next_year_is_not_touched_by_it(village):
    closed(village)
    surplus.set_policy(village, simple(), first_year=2027, source="AD", on=AFTER)
    assert surplus.so_far(village, members.member(village, 1), date(2027, 3, 1)) is None
