"""A surplus from the closed year to the members' hands, and back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from coopbook import ledger, loans, members, savings, settlement, surplus, yearend
from coopbook.decisions import DecisionBody
from coopbook.ledger import chart
from coopbook.ledger.rules import BelowFloor
from coopbook.members import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.surplus import Activity, CapitalBase, Pool
from coopbook.surplus.queries import bases
from tests.conftest import as_
from tests.coopbook.rounds.neighbours import approve as agree
from tests.coopbook.rounds.neighbours import voluntary_of, whole
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


def closed(book):
    """Let a year pass, write a policy down, close the year."""
    street = lived(book)
    surplus.set_policy(book, simple(), first_year=2026, source="AD pasal 45", on=AFTER)
    close_months(book)
    yearend.close_year(book, 2026, today=AFTER)
    return street


def handed_out(book):
    street = closed(book)
    decision = decided(book)
    surplus.approve(book, 2026, decision, on=MEETING)
    return street, surplus.post_surplus(book, 2026, on=MEETING)


def held(book, account):
    return ledger.account_balance(book, account)


def test_the_bases_are_shares_and_interest_really_paid(village):
    street = closed(village)
    found = {each.member: each for each in bases(village, 2026, simple())}
    paid = {
        who.number: sum(
            row.interest.units
            for loan in loans.loans_of(village, who)
            for row in list(loans.schedule_of(village, loan))[:6]
        )
        for who in street
    }
    for place, who in enumerate(street):
        assert found[who.number].capital == 100_000 + 50_000 * (place + 1)
        assert found[who.number].activity == paid[who.number]
    monthly = bases(village, 2026, simple(capital_base=CapitalBase.MONTH_WEIGHTED))
    own = next(each for each in monthly if each.member == street[0].number)
    assert own.capital == Fraction(100_000 * 12 + 50_000 * 11, 12)
    lent = bases(village, 2026, simple(activity=Activity.LOANS_TAKEN))
    assert {each.member: each.activity for each in lent if each.activity} == {
        street[0].number: 1_200_000,
        street[1].number: 600_000,
    }


def test_a_decided_surplus_reaches_funds_reserve_and_every_card(village):
    closed(village)
    drafted = surplus.draft(village, 2026)
    decision = decided(village)
    row = surplus.approve(village, 2026, decision, on=MEETING)
    assert held(village, chart.EARLIER_SURPLUS) == drafted.surplus
    surplus.post_surplus(village, 2026, on=MEETING)
    assert held(village, chart.EARLIER_SURPLUS) == ZERO
    for pool, account in (
        (Pool.RESERVE, chart.GENERAL_RESERVE),
        (Pool.EDUCATION, chart.EDUCATION_FUND),
        (Pool.SOCIAL, chart.SOCIAL_FUND),
    ):
        assert held(village, account) == drafted.division.pools[pool]
    assert held(village, chart.CAPITAL_RETURN) == ZERO
    assert held(village, chart.PATRONAGE) == ZERO
    assert held(village, chart.MEMBER_SURPLUS) == drafted.division.of_members > ZERO
    for share in surplus.shares_of(village, row):
        who = members.member(village, share.member_number)
        assert surplus.waiting_of(village, who) == share.total


def test_a_surplus_is_decided_and_posted_once_and_only_by_the_meeting(village):
    closed(village)
    with pytest.raises(surplus.NotDecided):
        surplus.post_surplus(village, 2026, on=MEETING)
    board = decided(village, body=DecisionBody.BOARD)
    with pytest.raises(surplus.NotOfMembers):
        surplus.approve(village, 2026, board, on=MEETING)
    decision = decided(village)
    surplus.approve(village, 2026, decision, on=MEETING)
    with pytest.raises(surplus.AlreadyApproved, match=decision.label):
        surplus.approve(village, 2026, decision, on=MEETING)
    row = surplus.post_surplus(village, 2026, on=MEETING)
    voucher = ledger.entry(village, row.entry_number).voucher
    with pytest.raises(surplus.AlreadyPosted, match=voucher):
        surplus.post_surplus(village, 2026, on=MEETING)
    with pytest.raises(yearend.YearApproved):
        yearend.ask_reopen_year(village, 2026, reason="coba", on=MEETING)


def test_an_open_year_and_a_missing_policy_are_refused(village):
    lived(village)
    with pytest.raises(surplus.NoPolicy):
        surplus.draft(village, 2026)
    surplus.set_policy(
        village, simple(), first_year=2026, source="AD pasal 45", on=AFTER
    )
    decision = decided(village)
    with pytest.raises(surplus.NotYetClosed):
        surplus.approve(village, 2026, decision, on=MEETING)
    with pytest.raises(surplus.NothingEarned):
        surplus.draft(village, 2027)


def test_what_waits_is_paid_in_cash_or_into_savings_and_never_more(village):
    street, _row = handed_out(village)
    first, second = street[:2]
    waits = surplus.waiting_of(village, first)
    with pytest.raises(surplus.NotSoMuch):
        surplus.pay(village, first, waits + Money(1), on=MEETING)
    cash = held(village, chart.TELLER_CASH)
    surplus.pay(village, first, Money(1), on=MEETING)
    assert held(village, chart.TELLER_CASH) == cash - Money(1)
    account = voluntary_of(village, first)
    surplus.pay(village, first, on=MEETING, to=account)
    assert surplus.waiting_of(village, first) == ZERO
    assert savings.balance(village, account) == waits - Money(1)
    with pytest.raises(surplus.NothingWaiting):
        surplus.pay(village, first, on=MEETING)
    assert surplus.waiting_of(village, second) > ZERO


def test_above_the_payout_limit_a_second_person_agrees(village):
    from coopbook import cooperatives

    street, _row = handed_out(village)
    cooperatives.settings(village, "payout_limit")[-1].value = "10"
    village.session.flush()
    with as_(village, "rina"):
        asked = surplus.pay_or_ask(village, street[0], on=MEETING)
    before = held(village, chart.TELLER_CASH)
    waits = surplus.waiting_of(village, street[0])
    agree(village, asked)
    assert held(village, chart.TELLER_CASH) == before - waits


def test_a_posted_surplus_goes_back_by_counter_entries_in_their_order(village):
    street, row = handed_out(village)
    posted, credited = (
        ledger.entry(village, number) for number in (row.entry_number, row.credit_entry)
    )
    with pytest.raises(surplus.CreditedFirst, match=credited.voucher):
        ledger.reverse(village, posted, on=MEETING, reason="salah hitung")
    surplus.pay(village, street[0], Money(5), on=MEETING)
    with pytest.raises(BelowFloor):
        ledger.reverse(village, credited, on=MEETING, reason="salah hitung")
    (paid,) = [
        one
        for one in ledger.entries(village, limit=5).rows
        if one.source == "surplus.pay"
    ]
    ledger.reverse(village, paid, on=MEETING, reason="salah")
    ledger.reverse(village, credited, on=MEETING, reason="salah hitung")
    ledger.reverse(village, posted, on=MEETING, reason="salah hitung")
    assert held(village, chart.EARLIER_SURPLUS) == row.surplus
    assert surplus.distribution_of(village, 2026) is None
    surplus.approve(village, 2026, decided(village), on=MEETING)
    again = surplus.post_surplus(village, 2026, on=MEETING)
    assert again.number == row.number + 1
    assert held(village, chart.EARLIER_SURPLUS) == ZERO


def test_a_leaver_takes_the_waiting_surplus_in_the_settlement(village):
    street, _row = handed_out(village)
    gone = street[2]
    waits = surplus.waiting_of(village, gone)
    assert waits > ZERO
    said = settlement.reckon(village, gone, MemberStatus.RESIGNED, MEETING)
    assert said.undistributed == waits
    row = settlement.begin(
        village, gone, MemberStatus.RESIGNED, on=MEETING, reason="pindah"
    )
    settlement.settle(village, row, on=MEETING, set_off=True)
    assert surplus.waiting_of(village, gone) == ZERO


def test_who_left_takes_part_only_where_the_policy_says_so(village):
    street = lived(village)
    row = settlement.begin(
        village, street[0], MemberStatus.RESIGNED, on=date(2026, 11, 2), reason="pindah"
    )
    assert row is not None
    without = {each.member for each in bases(village, 2026, simple())}
    within = {each.member for each in bases(village, 2026, simple(leavers=True))}
    assert within - without == {street[0].number}


def test_what_was_earned_with_others_is_kept_for_the_reserve(village):
    lived(village)
    earned(village, 700_000, on=date(2026, 9, 1))
    surplus.set_policy(
        *(village, simple(members_only=True)),
        first_year=2026,
        source="AD pasal 45",
        on=AFTER,
    )
    drafted = surplus.draft(village, 2026)
    assert drafted.of_others > ZERO
    assert drafted.division.allocation.of_others == drafted.of_others
    assert sum(drafted.division.pools.values(), ZERO) == drafted.surplus


def test_a_deficit_is_covered_from_the_reserve_by_the_meeting_alone(village):
    spent(village, 80_000)
    close_months(village)
    yearend.close_year(village, 2026, today=AFTER)
    decision = decided(village, title="Menutup rugi")
    with pytest.raises(surplus.ReserveTooSmall):
        surplus.cover_deficit(village, Money(80_000), decision, on=MEETING)
    ledger.post(
        village,
        on=MEETING,
        memo="cadangan",
        lines=[
            ledger.debit(chart.BANK, Money(100_000)),
            ledger.credit(chart.GENERAL_RESERVE, Money(100_000)),
        ],
    )
    with pytest.raises(surplus.NoDeficit):
        surplus.cover_deficit(village, Money(80_001), decision, on=MEETING)
    board = decided(village, body=DecisionBody.BOARD)
    with pytest.raises(surplus.NotOfMembers):
        surplus.cover_deficit(village, Money(80_000), board, on=MEETING)
    surplus.cover_deficit(village, Money(80_000), decision, on=MEETING)
    assert held(village, chart.DEFICIT) == ZERO
    assert held(village, chart.GENERAL_RESERVE) == Money(20_000)


def test_the_part_so_far_is_the_part_at_the_end(village):
    street = lived(village)
    assert surplus.so_far(village, street[0], YEAR_END) is None
    surplus.set_policy(
        village, simple(), first_year=2026, source="AD pasal 45", on=AFTER
    )
    drafted = surplus.draft(village, 2026)
    own = next(
        one for one in drafted.division.shares if one.base.member == street[0].number
    )
    assert surplus.so_far(village, street[0], YEAR_END) == own.total
