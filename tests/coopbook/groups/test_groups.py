"""A group answers for its members' loans: roster, borrowing, freezing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook import groups, loans, members
from coopbook.groups import Meets, next_meeting, rules
from coopbook.ledger.rules import ReasonNeeded
from coopbook.loans import LoanState
from coopbook.money import Money
from tests.conftest import FIRST_DAY, as_
from tests.coopbook.groups.circles import borrow, circle, furnish_circle
from tests.coopbook.rounds.neighbours import approve, day, whole
from tests.coopbook.security.test_security import kind_with


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        yield book


def test_a_group_has_a_roster_with_days(village):
    street = furnish_circle(village)
    group = circle(village, street[:5])
    groups.join(village, group, street[5], on=day(10))
    groups.leave(village, group, street[1], on=day(20), note="pindah")

    def here(number):
        return {one.number for one in groups.members_in(village, group, day(number))}

    first = {one.number for one in street[:5]}
    assert here(0) == first
    assert here(10) == first | {street[5].number}
    assert here(20) == here(10) - {street[1].number}
    assert groups.group_of(village, street[1]) is None
    again = groups.join(village, group, street[1], on=day(30))
    assert again.number == 7
    assert [one.number for one in groups.groups(village)] == [group.number]


def test_who_cannot_answer_is_not_on_a_roster(village):
    street = furnish_circle(village)
    group = circle(village, street[:5])
    ani = members.member(village, 2)
    with pytest.raises(rules.NoRights):
        groups.join(village, group, ani, on=FIRST_DAY)
    with pytest.raises(rules.AnswersAlready):
        groups.join(village, group, street[0], on=FIRST_DAY)
    with pytest.raises(rules.AnswersAlready):
        circle(village, street[4:], name="Mawar")
    with pytest.raises(rules.GroupNeedsName):
        circle(village, street[5:], name="  ")
    with pytest.raises(rules.NotOnRoster):
        groups.found_group(
            *(village, "Mawar", street[5:]),
            leader=street[0],
            meets=Meets.WEEKLY,
            first_meeting=FIRST_DAY,
            on=FIRST_DAY,
        )


def test_a_group_meets_within_a_year(village):
    street = furnish_circle(village)
    group = circle(village, street[:5])
    about = {"meets": Meets.WEEKLY, "place": "balai"}
    with pytest.raises(rules.MeetsFarAway) as refusal:
        groups.meet_on(village, group, first_meeting=date(9999, 12, 31), **about)
    assert group.first_meeting == FIRST_DAY
    groups.meet_on(village, group, first_meeting=refusal.value.last, **about)
    assert group.first_meeting == refusal.value.last


def test_a_group_is_full_at_the_by_laws_figure(village):
    street = furnish_circle(village)
    from coopbook import cooperatives

    cooperatives.settings(village, "group_most")[-1].value = "5"
    group = circle(village, street[:5])
    with pytest.raises(rules.GroupFull) as refusal:
        groups.join(village, group, street[5], on=FIRST_DAY)
    assert refusal.value.most == 5


def test_the_leader_stays_until_another_one_leads(village):
    street = furnish_circle(village)
    group = circle(village, street)
    with pytest.raises(rules.LeaderStays):
        groups.leave(village, group, street[0], on=day(1), note="pindah")
    with pytest.raises(rules.NotOnRoster):
        groups.lead(village, group, members.member(village, 1))
    groups.lead(village, group, street[2])
    with pytest.raises(ReasonNeeded):
        groups.leave(village, group, street[0], on=day(1), note=" ")
    with pytest.raises(rules.LeftBefore):
        groups.leave(village, group, street[0], on=day(-1), note="pindah")
    groups.leave(village, group, street[0], on=day(1), note="pindah")
    with pytest.raises(rules.NotOnRoster):
        groups.leave(village, group, street[0], on=day(1), note="pindah")


def test_a_small_group_does_not_borrow_and_a_stranger_does_not_borrow_in_it(village):
    street = furnish_circle(village)
    group = circle(village, street[:4])
    product = loans.product(village, "productive")
    about = {"term": 12, "purpose": "modal", "on": FIRST_DAY}
    with pytest.raises(rules.GroupTooSmall) as refusal:
        groups.apply_for(village, group, street[0], product, Money(900_000), **about)
    assert (refusal.value.count, refusal.value.least) == (4, 5)
    groups.join(village, group, street[4], on=FIRST_DAY)
    with pytest.raises(rules.NotOnRoster):
        groups.apply_for(village, group, street[5], product, Money(900_000), **about)
    loan = borrow(village, group, street[0])
    assert groups.group_behind(village, loan) is group
    assert groups.loans_behind(village, group) == [loan]


def test_a_kind_for_groups_is_lent_to_groups_alone(village):
    street = furnish_circle(village)
    group = circle(village, street)
    product = kind_with(village, joint=True)
    with as_(village, "dewi"):
        alone = loans.apply(
            *(village, street[0], product, Money(900_000)),
            term=12,
            purpose="modal",
            on=FIRST_DAY,
        )
    with pytest.raises(rules.NeedsGroup):
        approve(village, loans.asked_for(village, alone))
    assert borrow(village, group, street[1]).state is LoanState.DISBURSED


def test_who_owes_on_a_loan_of_the_group_stays_and_the_group_does_not_end(village):
    street = furnish_circle(village)
    group = circle(village, street)
    loan = borrow(village, group, street[1], 300_000)
    with pytest.raises(rules.OwesInGroup) as refusal:
        groups.leave(village, group, street[1], on=day(1), note="pindah")
    assert refusal.value.loan == loan.number
    with pytest.raises(rules.LoansRun):
        groups.end_group(village, group, on=day(1))
    whole_sum = loans.payoff(village, loan, day(1)).total
    loans.repay(village, loan, whole_sum, on=day(1), wish=loans.Wish.SETTLE)

    groups.end_group(village, group, on=day(2))

    assert groups.group_of(village, street[0]) is None
    assert groups.groups(village) == []
    assert groups.groups(village, ended=True) == [group]
    for act in (
        lambda: groups.join(village, group, street[0], on=day(3)),
        lambda: groups.lead(village, group, street[0]),
        lambda: groups.end_group(village, group, on=day(3)),
        lambda: groups.freeze(village, group, on=day(3), why="x"),
        lambda: groups.meet(village, group, on=day(3), present=[street[0].number]),
        lambda: borrow(village, group, street[0]),
    ):
        with pytest.raises(rules.GroupEnded):
            act()


def test_a_frozen_group_gets_no_new_loan_in_it_or_beside_it(village):
    street = furnish_circle(village)
    group = circle(village, street)
    with as_(village, "dewi"):
        waits = groups.apply_for(
            *(village, group, street[3], loans.product(village, "productive")),
            Money(900_000),
            term=12,
            purpose="modal",
            on=FIRST_DAY,
        )
    late = borrow(village, group, street[0])
    groups.freeze(village, group, on=day(1), why="Wati menolak menanggung")
    with pytest.raises(rules.FrozenAlready):
        groups.freeze(village, group, on=day(1), why="lagi")

    with pytest.raises(rules.Frozen) as refusal:
        borrow(village, group, street[1])
    assert refusal.value.why == "Wati menolak menanggung"
    with as_(village, "dewi"), pytest.raises(rules.Frozen):
        loans.apply(  # nor a loan of one's own
            *(village, street[2], loans.product(village, "emergency")),
            Money(100_000),
            term=2,
            purpose="sakit",
            on=day(1),
        )
    with pytest.raises(rules.Frozen):  # nor one that was asked for before
        approve(village, loans.asked_for(village, waits))

    due = loans.schedule_of(village, late)[0].due_on + timedelta(days=5)
    with pytest.raises(rules.LateStill) as refusal:
        groups.lift(village, group, on=due, why="sudah baik")
    assert refusal.value.late == loans.due_on(village, late, due)
    loans.repay(village, late, loans.due_on(village, late, due), on=due)
    row = groups.lift(village, group, on=due, why="sudah lunas")
    assert (row.lifted_on, row.lifted_by) == (due, "rina")
    with pytest.raises(rules.NotFrozen):
        groups.lift(village, group, on=due, why="lagi")
    approve(village, loans.asked_for(village, waits))


def test_a_late_loan_of_a_frozen_group_may_be_restructured(village):
    street = furnish_circle(village)
    group = circle(village, street)
    old = borrow(village, group, street[0])
    groups.freeze(village, group, on=day(1), why="menunggak")
    groups.lift(village, group, on=day(2), why="keliru")
    with as_(village, "dewi"):
        new = loans.ask_replacement(
            *(village, old, loans.product(village, "productive")),
            loans.to_date(village, old, day(2)).total,
            term=20,
            purpose="panen gagal",
            on=day(2),
            restructure=True,
        )
    groups.freeze(village, group, on=day(2), why="menunggak")
    approve(village, loans.asked_for(village, new))
    loans.disburse(village, new, on=day(2))
    assert new.state is LoanState.DISBURSED


@given(
    first=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    meets=st.sampled_from(list(Meets)),
    after=st.integers(-40, 900),
)
def test_the_next_meeting_is_the_first_of_all_from_a_day_on(first, meets, after):
    """Against a list of every meeting, counted one by one."""
    on = first + timedelta(days=after)
    every, month = [first], first
    while every[-1] < on:
        if meets is Meets.MONTHLY:
            year, number = divmod(month.year * 12 + month.month, 12)
            month = date(year, number + 1, 1)
            last = (date(year + (number + 1) // 12, (number + 1) % 12 + 1, 1)) - (
                timedelta(days=1)
            )
            every.append(date(year, number + 1, min(first.day, last.day)))
        else:
            step = 7 if meets is Meets.WEEKLY else 14
            every.append(every[-1] + timedelta(days=step))
    assert next_meeting(first, meets, on) == next(one for one in every if one >= on)


def test_who_leaves_the_cooperative_leaves_the_group_and_another_one_leads(village):
    from coopbook import settlement
    from coopbook.members import MemberStatus

    street = furnish_circle(village)
    group = circle(village, street)
    row = settlement.begin(
        *(village, street[0], MemberStatus.RESIGNED), on=day(3), reason="pindah"
    )
    settlement.settle(village, row, on=day(3), set_off=True)

    (left, *_) = groups.roster(village, group)
    assert (left.left_on, left.note) == (day(3), f"Penyelesaian {row.number}")
    assert group.leader_number == street[1].number
    assert groups.group_of(village, street[0]) is None
