"""Whatever is taken back of a round or a group, money, covers and holds agree."""

from __future__ import annotations

import pytest

from coopbook import groups, ledger, loans, savings, security, settlement
from coopbook.groups import Given, Saved, rules
from coopbook.ledger.rules import BelowFloor
from coopbook.loans import LoanState, Wish
from coopbook.loans.conditions import Conditions
from coopbook.members import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.people.model import User
from coopbook.rounds import Taking, take
from coopbook.security.rules import GuarantorDecides
from coopbook.settlement.rules import SetOffSince
from tests.conftest import as_
from tests.coopbook.groups.circles import borrow, circle, furnish_circle
from tests.coopbook.rounds.neighbours import approve, day, lend, voluntary_of, whole
from tests.coopbook.security.test_security import guaranteed, saved


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        yield book


@pytest.fixture
def street(village):
    return furnish_circle(village)


def met(book, group, people, on, **more):
    return groups.meet(
        *(book, group), on=on, present=[who.number for who in people], **more
    )


def reversed_(book, row, on):
    entry = ledger.entry(book, row.entry_number)
    return ledger.reverse(book, entry, on=on, reason="salah")


def replacement(book, old, amount=None, restructure=True, on=2):
    with as_(book, "dewi"):
        return loans.ask_replacement(
            *(book, old, loans.product(book, "productive")),
            amount or loans.to_date(book, old, day(on)).total,
            term=20,
            purpose="x",
            on=day(on),
            restructure=restructure,
        )


def test_savings_of_a_round_that_were_taken_out_are_not_reversed(village, street):
    group, account = circle(village, street), voluntary_of(village, street[3])
    row = met(village, group, street, day(1), saved=[Saved(account, Money(500_000))])
    savings.withdraw(village, account, Money(400_000), on=day(2))
    entry = ledger.entry(village, row.entry_number)
    with pytest.raises(BelowFloor), village.session.begin_nested():
        ledger.reverse(village, entry, on=day(2), reason="x")


def test_a_late_round_of_several_loans_is_judged_when_all_are_corrected(
    village, street
):
    lent = [lend(village, who, 600_000) for who in street[:2]]
    for loan in lent:
        ends = loans.payoff(village, loan, day(60)).total
        loans.repay(village, loan, ends - Money(1), on=day(60))
    entry = take(
        village,
        [Taking(loan, Money(90_000)) for loan in lent],
        on=day(31),
        memo="terlambat",
    )
    assert {len(loans.payments(village, loan)) for loan in lent} == {2}
    ledger.reverse(village, entry, on=day(61), reason="salah")


def test_what_was_given_back_between_members_keeps_the_meeting(village, street):
    group = circle(village, street)
    loan = borrow(village, group, street[0])
    on = loans.schedule_of(village, loan)[0].due_on
    due = loans.due_on(village, loan, on)
    row = met(
        *(village, group, street, on), given=[Given(loan, ZERO, ((street[1], due),))]
    )
    with pytest.raises(rules.GaveBackBefore):
        groups.give_back(village, group, 1, Money(5), on=day(1))
    groups.give_back(village, group, 1, Money(5_000), on=on)
    with pytest.raises(rules.GaveBackSince):
        reversed_(village, row, on)
    assert loans.due_on(village, loan, on) == ZERO


def test_a_meeting_that_is_reversed_lifts_the_freeze_it_caused(village, street):
    group = circle(village, street)
    loan = borrow(village, group, street[0])
    on = loans.schedule_of(village, loan)[0].due_on
    due = loans.due_on(village, loan, on)
    row = met(village, group, street, on, given=[Given(loan, due - Money(1_000))])
    assert groups.frozen(village, group) is not None
    reversed_(village, row, on)
    assert groups.frozen(village, group) is None
    met(village, group, street, on, given=[Given(loan, due)])
    assert groups.frozen(village, group) is None


def test_an_empty_sheet_by_mistake_is_followed_by_the_one_that_was_meant(
    village, street
):
    group = circle(village, street)
    loan = borrow(village, group, street[0])
    on = loans.schedule_of(village, loan)[0].due_on
    met(village, group, street, on)
    with pytest.raises(rules.MetAlready):
        met(village, group, street, on)
    row = met(
        *(village, group, street, on),
        given=[Given(loan, loans.due_on(village, loan, on))],
    )
    assert row.number == 2


def test_the_group_answers_for_the_loan_in_the_place_of_its_own(village, street):
    group = circle(village, street)
    old = borrow(village, group, street[1])
    new = replacement(village, old)
    groups.freeze(village, group, on=day(2), why="menolak")
    approve(village, loans.asked_for(village, new))  # no new money: goes on
    loans.disburse(village, new, on=day(2))
    assert groups.group_behind(village, new) is group
    assert groups.loans_behind(village, group, LoanState.DISBURSED) == [new]
    with pytest.raises(rules.LoansRun):
        groups.end_group(village, group, on=day(3))
    other = lend_before(village, street[4])
    with pytest.raises(rules.Frozen):
        replacement(village, other, Money(3_000_000), restructure=False, on=3)


def lend_before(book, who):
    """Lend somebody of a frozen group something of before the freeze."""
    group = groups.group_of(book, who)
    row = groups.frozen(book, group)
    row.lifted_on, before = day(2), row.lifted_on
    book.session.flush()
    loan = lend(book, who)
    row.lifted_on = before
    book.session.flush()
    return loan


def test_more_of_a_loan_in_parts_waits_while_the_group_is_frozen(village, street):
    product = loans.product(village, "productive")
    product.conditions = Conditions(approved=Money(2_200_000)).text()
    group = circle(village, street)
    loan = borrow(village, group, street[0])
    groups.freeze(village, group, on=day(1), why="menolak")
    with pytest.raises(rules.Frozen):
        loans.pay_tranche(village, loan, Money(1_000_000), on=day(2))


def test_nobody_leaves_a_frozen_group_nor_lifts_their_own_freeze(village, street):
    group = circle(village, street)
    groups.freeze(village, group, on=day(5), why="menolak")
    with pytest.raises(rules.FrozenStays):
        groups.leave(village, group, street[2], on=day(5), note="pindah")
    with pytest.raises(rules.LiftedBefore):
        groups.lift(village, group, on=day(4), why="x")
    person = village.get(User, "rina")
    person.member_number = street[3].number
    village.session.flush()
    with pytest.raises(rules.OwnGroup):
        groups.lift(village, group, on=day(5), why="damai")


def test_who_may_not_borrow_does_not_count_and_does_not_lead(village, street):
    group = circle(village, street[:5])
    settlement.begin(
        *(village, street[4], MemberStatus.RESIGNED), on=day(1), reason="pindah"
    )
    with pytest.raises(rules.NoRights):
        groups.lead(village, group, street[4])
    with pytest.raises(rules.GroupTooSmall):
        borrow(village, group, street[0], on=day(2))


def test_a_settlement_taken_back_puts_somebody_back_on_the_roster(village, street):
    group = circle(village, street)
    row = settlement.begin(
        *(village, street[2], MemberStatus.RESIGNED), on=day(1), reason="pindah"
    )
    entry = settlement.settle(village, row, on=day(1), set_off=True)
    assert groups.group_of(village, street[2]) is None
    ledger.reverse(village, entry, on=day(1), reason="salah")
    assert groups.group_of(village, street[2]) is group


def test_held_money_is_not_moved_back_once_everything_was_settled(village, street):
    loan = lend(village, street[0], 300_000, code="emergency", term=3)
    saved(village, street[0], 600_000)
    loans.repay(village, loan, Money(109_000), on=day(1), wish=Wish.HOLD)
    on = loans.schedule_of(village, loan)[0].due_on
    used = loans.use_held(village, loan, on=on)
    left = loans.replay_of(village, loan).held
    if left:
        loans.give_back(village, loan, Money(left), on=on)
    row = settlement.begin(
        *(village, street[0], MemberStatus.RESIGNED), on=on, reason="pindah"
    )
    settlement.settle(village, row, on=on, set_off=True)
    with pytest.raises(SetOffSince):
        ledger.reverse(village, used, on=on, reason="salah")


def test_what_was_let_go_at_the_end_is_held_again_when_the_end_is_reversed(
    village, street
):
    loan, account = lend(village, street[0]), saved(village, street[1], 500_000)
    row = guaranteed(village, loan, street[1], 400_000, account=account)
    ends = loans.payoff(village, loan, day(1)).total
    paid = loans.repay(village, loan, ends, on=day(1), wish=Wish.SETTLE)
    assert security.release_ended(village, day(1)) == 1
    ledger.reverse(village, paid, on=day(2), reason="salah orang")
    assert row.released_on is None
    assert savings.held(village, account) == Money(400_000)

    ends = loans.payoff(village, loan, day(2)).total
    paid = loans.repay(village, loan, ends, on=day(2), wish=Wish.SETTLE)
    security.release_guarantor(village, row, on=day(2), note="lunas")
    savings.withdraw(village, account, Money(350_000), on=day(2))
    ledger.reverse(village, paid, on=day(3), reason="salah orang")
    assert row.released_on is None
    assert savings.held(village, account) == Money(150_000)  # what is still there
    assert security.cover_of(village, loan, day(3)).savings == Money(150_000)


def test_a_guarantor_who_is_a_manager_does_not_let_himself_go(village, street):
    loan, account = lend(village, street[0]), saved(village, street[1], 500_000)
    row = guaranteed(village, loan, street[1], 400_000, account=account)
    person = village.get(User, "budi")
    person.member_number = street[1].number
    village.session.flush()
    with as_(village, "dewi"):
        asked = security.release_guarantor(village, row, on=day(1), note="mundur")
    with pytest.raises(GuarantorDecides):
        approve(village, asked)
    assert row.released_on is None
