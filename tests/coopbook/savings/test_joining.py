"""From candidate to member: the share, and a decision where the by-laws ask for one."""

import pytest

from coopbook import decisions, ledger, members, oversight, savings, settlement
from coopbook.cooperatives import set_setting
from coopbook.decisions import DecisionBody
from coopbook.members import MemberStatus, standing
from coopbook.members.changing import note_change
from coopbook.money import Money
from coopbook.savings import joining, rules
from tests.conftest import FIRST_DAY, TODAY

S = MemberStatus


@pytest.fixture
def ani(book):
    return members.member(book, 2)


def share_of(book, who):
    return savings.open_account(book, who, savings.product(book, "principal"))


def decided(book):
    set_setting(book, "admission_decided", 1, valid_from=TODAY, source="AD pasal 6")
    return decisions.enter_decision(
        book,
        body=DecisionBody.BOARD,
        title="Anggota baru",
        text="Ani diterima.",
        on=TODAY,
    )


def test_where_it_is_decided_the_share_alone_makes_no_member(book, ani):
    decision = decided(book)
    entry = savings.deposit(book, share_of(book, ani), Money(100_000), on=TODAY)

    assert (ani.status, ani.active_on) == (S.PROSPECTIVE, None)
    assert savings.awaiting_decision(book, TODAY) == [ani]
    assert oversight.overview(book, TODAY).awaiting == [ani]
    free = savings.open_account(book, ani, savings.product(book, "voluntary"))
    with pytest.raises(rules.NotDecidedYet):
        savings.deposit(book, free, Money(5_000), on=TODAY)

    stands = savings.accept(book, ani, on=TODAY, reason="Rapat", decision=decision)

    assert (stands, ani.status, ani.active_on) == (S.ACTIVE, S.ACTIVE, TODAY)
    assert members.history(book, ani)[-1].decision_number == decision.number
    assert savings.awaiting_decision(book, TODAY) == []
    savings.deposit(book, free, Money(5_000), on=TODAY)
    ledger.reverse(book, entry, on=TODAY, reason="keliru")
    assert ani.status is S.PROSPECTIVE


def test_who_is_accepted_first_becomes_a_member_by_paying(book, ani):
    decision = decided(book)
    savings.accept(book, ani, on=TODAY, reason="Rapat", decision=decision)
    assert ani.status is S.PROSPECTIVE
    with pytest.raises(joining.AcceptedAlready) as refusal:
        savings.accept(book, ani, on=TODAY, reason="Rapat", decision=decision)
    assert refusal.value.share == Money(100_000)

    share = share_of(book, ani)
    savings.deposit(book, share, Money(40_000), on=TODAY)
    assert ani.status is S.PROSPECTIVE
    whole = savings.deposit(book, share, Money(60_000), on=TODAY)
    assert ani.status is S.ACTIVE

    ledger.reverse(book, whole, on=TODAY, reason="keliru")
    assert ani.status is S.PROSPECTIVE
    savings.deposit(book, share, Money(60_000), on=TODAY)
    assert ani.status is S.ACTIVE, "what was decided stays decided"


def test_who_left_is_decided_on_anew(book, ani):
    decision = decided(book)
    note_change(book, ani, S.ASSOCIATE, on=TODAY, reason="Rapat", decision=decision)
    assert members.is_accepted(book, ani)
    for status in (S.RESIGNED, S.SETTLED, S.PROSPECTIVE):
        note_change(book, ani, status, on=TODAY, reason="x")
    assert not members.is_accepted(book, ani)


def test_a_decision_is_named_with_a_reason_and_concerns_a_candidate(book, ani):
    decision = decided(book)
    with pytest.raises(standing.DecisionNeeded):
        savings.accept(book, ani, on=TODAY, reason="Rapat", decision=None)
    with pytest.raises(standing.WhyNeeded):
        savings.accept(book, ani, on=TODAY, reason=" ", decision=decision)
    siti = members.member(book, 1)
    with pytest.raises(joining.NoCandidate):
        savings.accept(book, siti, on=TODAY, reason="Rapat", decision=decision)


def test_an_associate_who_paid_the_share_becomes_a_member(book, ani):
    decision = decided(book)
    members.change_standing(
        book, ani, S.ASSOCIATE, on=TODAY, reason="Rapat", decision=decision
    )
    asked = {"on": TODAY, "reason": "Lunas", "decision": decision}
    with pytest.raises(standing.ShareFirst):
        savings.accept(book, ani, **asked)
    savings.deposit(book, share_of(book, ani), Money(100_000), on=TODAY)
    assert ani.status is S.ASSOCIATE

    savings.accept(book, ani, **asked)

    assert (ani.status, ani.active_on) == (S.ACTIVE, TODAY)


def raised(book, to=150_000):
    set_setting(book, "principal_share", to, valid_from=TODAY, source="RAT 2026")


def test_the_principal_share_is_that_of_the_day_of_entering(book, ani):
    raised(book)
    share = share_of(book, ani)
    savings.deposit(book, share, Money(100_000), on=TODAY)
    assert ani.status is S.ACTIVE, "who asked before the raise owes what it was"
    with pytest.raises(rules.PrincipalSharePaid):
        savings.deposit(book, share, Money(50_000), on=TODAY)

    wati = members.admit(book, "Wati", on=TODAY)
    theirs = share_of(book, wati)
    savings.deposit(book, theirs, Money(100_000), on=TODAY)
    assert wati.status is S.PROSPECTIVE
    entry = savings.deposit(book, theirs, Money(50_000), on=TODAY)
    assert wati.status is S.ACTIVE
    ledger.reverse(book, entry, on=TODAY, reason="keliru")
    assert wati.status is S.PROSPECTIVE


def test_who_waits_for_a_decision_still_waits_when_the_share_rises(book, ani):
    decision = decided(book)
    savings.deposit(book, share_of(book, ani), Money(100_000), on=TODAY)
    raised(book)
    assert savings.awaiting_decision(book, TODAY) == [ani]
    savings.accept(book, ani, on=TODAY, reason="Rapat", decision=decision)
    assert ani.status is S.ACTIVE


def test_a_share_that_falls_leaves_nobody_between_two_stools(book, ani):
    share = share_of(book, ani)
    savings.deposit(book, share, Money(60_000), on=TODAY)
    raised(book, 50_000)
    savings.deposit(book, share, Money(40_000), on=TODAY)
    assert ani.status is S.ACTIVE


def test_a_membership_begins_when_both_are_there_whatever_day_is_written(book, ani):
    decision = decided(book)
    early, late = TODAY.replace(day=2), TODAY.replace(day=20)
    savings.deposit(book, share_of(book, ani), Money(100_000), on=TODAY)
    savings.accept(book, ani, on=early, reason="Rapat", decision=decision)
    assert ani.active_on == TODAY, "not before the share was paid"

    wati = members.admit(book, "Wati", on=FIRST_DAY)
    savings.accept(book, wati, on=late, reason="Rapat", decision=decision)
    savings.deposit(book, share_of(book, wati), Money(100_000), on=TODAY)
    assert wati.active_on == late, "not before it was decided"


def test_a_leaving_taken_back_keeps_what_was_decided(book, ani):
    decision = decided(book)
    savings.accept(book, ani, on=TODAY, reason="Rapat", decision=decision)
    row = settlement.begin(book, ani, S.RESIGNED, on=TODAY, reason="pindah")
    settlement.take_back(book, row, on=TODAY, reason="tetap")
    assert members.is_accepted(book, ani)
    savings.deposit(book, share_of(book, ani), Money(100_000), on=TODAY)
    assert ani.status is S.ACTIVE
