"""The calendar of the mandatory share against a card filled coin by coin."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook import decisions, ledger, members, savings, settlement
from coopbook.cooperatives import set_setting
from coopbook.decisions import DecisionBody
from coopbook.errors import Refused
from coopbook.loans import apply
from coopbook.loans import product as loan_product
from coopbook.members import MemberStatus
from coopbook.members.standing import DecisionNeeded
from coopbook.money import ZERO, Money
from coopbook.orders.service import SharesMissed
from coopbook.savings.calendar import (
    MonthState,
    amount_until,
    calendar,
    next_month,
    pays_for,
)
from coopbook.savings.catching_up import MonthsBackwards
from coopbook.savings.mandatory import NothingMissed, PlanTooLong
from tests.conftest import FIRST_DAY
from tests.oracles.naive_calendar import fill

months = st.integers(0, 30).map(lambda n: next_month(202511, n))
levels = st.lists(st.integers(0, 7), min_size=1, max_size=4)


@given(months, months, levels, st.integers(0, 150), st.sets(months, max_size=5))
def test_the_calendar_is_a_card_filled_coin_by_coin(first, now, asks, paid, exempt):
    def amount(month):
        return asks[month % len(asks)]

    said = calendar(first, now, lambda m: Money(amount(m)), Money(paid), exempt)

    card, left = fill(first, max(now, first), amount, paid, exempt)
    got = {m.month: m.paid.units for m in said.months}
    assert {m: p for m, p in got.items() if p} == {m: p for m, p in card.items() if p}
    assert said.over.units == left
    assert sum(got.values()) + said.over.units == paid
    owed = sum(amount(m) - card.get(m, 0) for m in card if m < now and m not in exempt)
    assert said.arrears.units == owed
    for month in said.months:
        assert ZERO <= month.paid <= month.amount
        if month.state is MonthState.EXEMPT:
            assert month.month in exempt and month.amount == ZERO


@given(months, levels, st.integers(0, 90), st.integers(1, 60))
def test_a_payment_says_which_months_it_is_for(first, asks, paid, more):
    def amount(month):
        return Money(asks[month % len(asks)])

    now = next_month(first, 6)
    before = calendar(first, now, amount, Money(paid))
    after = calendar(first, now, amount, Money(paid + more))

    parts = pays_for(before, after)

    assert sum((part.units for _, part in parts)) == more - (
        after.over.units - before.over.units
    )
    assert [month for month, _ in parts] == sorted(month for month, _ in parts)


@given(months, levels, st.integers(0, 90), st.integers(0, 18))
def test_paying_until_a_month_leaves_nothing_before_it(first, asks, paid, ahead):
    def amount(month):
        return Money(asks[month % len(asks)])

    now = next_month(first, 4)
    until = next_month(first, ahead)
    said = calendar(first, now, amount, Money(paid))

    asked = amount_until(said, until, amount)

    then = calendar(first, now, amount, Money(paid) + asked)
    left = [m for m in then.months if m.month <= until and m.left > ZERO]
    assert left == []
    if asked > ZERO:
        less = calendar(first, now, amount, Money(paid) + asked - Money(1))
        assert any(m.month <= until and m.left > ZERO for m in less.months) or (
            max(m.month for m in less.months) < until
        )


# -- in the book -------------------------------------------------------------

ON = date(2026, 5, 20)


def share_account(book):
    siti = members.member(book, 1)
    return siti, savings.open_account(book, siti, savings.product(book, "mandatory"))


def test_months_are_owed_from_joining_on_at_the_amount_of_their_time(book):
    siti, account = share_account(book)
    set_setting(
        book, "mandatory_share", 30_000, valid_from=date(2026, 4, 1), source="RAT"
    )
    savings.deposit(book, account, Money(60_000), on=ON)

    said = savings.share_standing(book, siti, ON).calendar

    assert [(m.month, m.amount.units, m.paid.units) for m in said.months] == [
        (202601, 25_000, 25_000),
        (202602, 25_000, 25_000),
        (202603, 25_000, 10_000),
        (202604, 30_000, 0),
        (202605, 30_000, 0),
    ]
    assert (said.arrears, said.due, said.ahead) == (Money(45_000), Money(30_000), 0)


def test_an_amount_that_begins_within_a_month_holds_from_the_next(book):
    siti, _ = share_account(book)
    set_setting(
        book, "mandatory_share", 30_000, valid_from=date(2026, 4, 2), source="RAT"
    )

    said = savings.share_standing(book, siti, ON).calendar

    assert [m.amount.units for m in said.months] == [25_000] * 4 + [30_000]


def test_who_missed_too_much_borrows_when_a_plan_is_kept(book):
    siti, account = share_account(book)
    lend = (book, siti, loan_product(book, "emergency"), Money(200_000))
    with pytest.raises(SharesMissed) as refusal:
        apply(*lend, term=2, purpose="sakit", on=ON)
    assert refusal.value.facts["missed"] == 4
    assert refusal.value.facts["arrears"] == Money(100_000)

    savings.agree_plan(book, siti, months=4, on=ON)
    with pytest.raises(SharesMissed):  # the first installment is due this month
        apply(*lend, term=2, purpose="sakit", on=ON)
    savings.deposit(book, account, Money(24_999), on=ON)
    with pytest.raises(SharesMissed):
        apply(*lend, term=2, purpose="sakit", on=ON)
    savings.deposit(book, account, Money(1), on=ON)

    assert apply(*lend, term=2, purpose="sakit", on=ON).number == 1


def test_a_plan_kept_once_excuses_no_months_after_it(book):
    siti, account = share_account(book)
    savings.agree_plan(book, siti, months=1, on=ON)
    savings.deposit(book, account, Money(100_000), on=ON)
    assert savings.share_standing(book, siti, ON).may_borrow

    later = savings.share_standing(book, siti, date(2027, 5, 10))

    assert later.plan.kept
    assert (len(later.calendar.missed), later.may_borrow) == (12, False)


def test_a_share_put_right_leaves_the_months_owed_as_they_were(book):
    siti, _ = share_account(book)
    share = savings.account(book, 1)
    (line,) = ledger.account_statement(book, *share.card).rows
    before = savings.share_standing(book, siti, ON).calendar.missed
    paid = ledger.entry(book, line.entry_number)
    ledger.reverse(book, paid, on=ON, reason="salah saluran")
    assert siti.status is MemberStatus.PROSPECTIVE
    savings.deposit(book, share, Money(100_000), on=ON, channel=savings.Channel.BANK)

    assert (siti.status, siti.active_on) == (MemberStatus.ACTIVE, FIRST_DAY)
    assert savings.share_standing(book, siti, ON).calendar.missed == before


def test_a_share_put_right_owes_from_the_day_it_was_paid_not_from_the_record(book):
    """The list of members was written in March; the share is of January, twice."""
    dewi = members.admit(book, "Dewi Lestari", on=date(2026, 3, 16))
    share = savings.open_account(book, dewi, savings.product(book, "principal"))
    paid = savings.deposit(book, share, Money(100_000), on=FIRST_DAY)
    before = savings.share_standing(book, dewi, ON).calendar.missed
    ledger.reverse(book, paid, on=FIRST_DAY, reason="salah saluran")
    savings.deposit(book, share, Money(100_000), on=FIRST_DAY)

    assert dewi.active_on == FIRST_DAY
    assert savings.share_standing(book, dewi, ON).calendar.missed == before != ()


def test_a_share_paid_anew_much_later_begins_anew(book):
    siti, _ = share_account(book)
    share, later = savings.account(book, 1), date(2026, 6, 1)
    (line,) = ledger.account_statement(book, *share.card).rows
    ledger.reverse(
        book, ledger.entry(book, line.entry_number), on=ON, reason="cek kosong"
    )
    savings.deposit(book, share, Money(100_000), on=later)
    assert siti.active_on == later


def test_a_share_put_right_lifts_no_suspension(book):
    siti, _ = share_account(book)
    share = savings.account(book, 1)
    decision = decisions.enter_decision(
        book, body=DecisionBody.BOARD, title="x", text="x", on=ON
    )
    until = date(2026, 12, 31)
    members.change_standing(
        *(book, siti, MemberStatus.SUSPENDED),
        on=ON,
        reason="sidang",
        decision=decision,
        until=until,
    )
    (line,) = ledger.account_statement(book, *share.card).rows
    ledger.reverse(book, ledger.entry(book, line.entry_number), on=ON, reason="salah")
    savings.deposit(book, share, Money(100_000), on=ON)

    last = members.history(book, siti)[-1]
    assert (siti.status, last.until) == (MemberStatus.SUSPENDED, until)
    assert last.decision_number == decision.number


def test_months_are_exempt_by_decision_and_owed_again_when_it_ends(book):
    siti, _ = share_account(book)
    abroad = {"first_month": 202602, "last_month": 202604, "reason": "di Taiwan"}
    with pytest.raises(DecisionNeeded):
        savings.exempt(book, siti, **abroad, decision=None)
    decision = decisions.enter_decision(
        *(book,),
        body=DecisionBody.BOARD,
        title="Bebas simpanan wajib",
        text="Siti selama di Taiwan",
        on=ON,
    )
    with pytest.raises(MonthsBackwards):
        savings.exempt(
            book, siti, **{**abroad, "last_month": 202601}, decision=decision
        )
    row = savings.exempt(book, siti, **abroad, decision=decision)

    said = savings.share_standing(book, siti, ON)
    assert said.calendar.arrears == Money(25_000)
    assert said.may_borrow

    savings.end_exemption(book, row, on=ON)
    assert savings.share_standing(book, siti, ON).calendar.arrears == Money(100_000)


def test_a_plan_is_for_what_was_missed(book):
    siti, account = share_account(book)
    with pytest.raises(PlanTooLong):
        savings.agree_plan(book, siti, months=25, on=ON)
    savings.deposit(book, account, Money(125_000), on=ON)
    with pytest.raises(NothingMissed):
        savings.agree_plan(book, siti, months=4, on=ON)


def test_candidates_and_those_taken_over_owe_from_their_own_day(book):
    ani = members.member(book, 2)

    assert savings.share_standing(book, ani, ON).calendar.months == ()
    assert [one.member.number for one in savings.owing(book, ON)] == [1]


def test_a_whole_hamlet_is_collected_in_one_entry_or_not_at_all(book):
    siti, mandatory = share_account(book)
    members.correct(book, siti, hamlet="Krajan")
    voluntary = savings.account(book, 2)
    (row,) = savings.sheet(book, ON, hamlet="Krajan")
    assert (row.mandatory.number, row.voluntary.number) == (mandatory.number, 2)
    assert row.calendar.owed == Money(125_000)

    gave = [
        savings.Collected(mandatory, row.calendar.owed),
        savings.Collected(voluntary, Money(5_000)),
    ]
    about = {"on": ON, "hamlet": "Krajan", "collector": "Rina"}
    entry = savings.collect(book, gave, **about)

    assert [line.credit.units for line in entry.lines] == [0, 125_000, 5_000]
    assert savings.collections(book)[0].members == 1
    assert savings.sheet(book, ON, hamlet="Krajan")[0].calendar.owed == ZERO
    for wrong in (
        [],
        [gave[0], gave[0]],
        [savings.Collected(savings.account(book, 1), Money(1))],
        [gave[1], savings.Collected(mandatory, ZERO)],
    ):
        with pytest.raises(Refused):
            savings.collect(book, wrong, **about)


def test_a_member_is_no_member_again_when_the_share_is_taken_back(book):
    siti = members.member(book, 1)
    assert siti.status is MemberStatus.ACTIVE
    assert siti.active_on == FIRST_DAY
    assert [c.status for c in members.history(book, siti)] == [MemberStatus.ACTIVE]


def test_who_comes_back_begins_with_an_empty_card(book):
    siti, account = share_account(book)
    savings.deposit(book, account, Money(500_000), on=ON)
    row = settlement.begin(book, siti, MemberStatus.RESIGNED, on=ON, reason="pindah")
    settlement.settle(book, row, on=ON, set_off=True)
    (payee,) = settlement.payees(book, row)
    settlement.pay_out(book, row, payee, on=ON)
    decision = decisions.enter_decision(
        book, body=DecisionBody.BOARD, title="x", text="x", on=ON
    )
    members.readmit(book, siti, on=ON, reason="pulang", decision=decision)
    share = savings.open_account(book, siti, savings.product(book, "principal"))
    savings.deposit(book, share, Money(100_000), on=ON)

    said = savings.share_standing(book, siti, ON).calendar

    assert [(m.month, m.paid.units) for m in said.months] == [(202605, 0)]
