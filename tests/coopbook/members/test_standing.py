"""Where a member stands: only the ways the by-laws have, each with who decided."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopbook import decisions, ledger, members, savings, settlement
from coopbook.decisions import DecisionBody
from coopbook.members import MemberStatus, standing
from coopbook.money import Money
from tests.conftest import FIRST_DAY, TODAY

S = MemberStatus


def board(book, title="Keputusan"):
    return decisions.enter_decision(
        book, body=DecisionBody.BOARD, title=title, text=title, on=TODAY
    )


@given(
    st.sampled_from(S), st.sampled_from(S), st.booleans(), st.sampled_from(["", "x"])
)
def test_every_way_is_open_only_as_the_table_says(now, to, decided, reason):
    by_hand = {
        (S.PROSPECTIVE, S.ASSOCIATE),
        (S.ACTIVE, S.ASSOCIATE),
        (S.ACTIVE, S.SUSPENDED),
        (S.ASSOCIATE, S.ACTIVE),
        (S.ASSOCIATE, S.SUSPENDED),
        (S.SUSPENDED, S.ACTIVE),
        (S.SUSPENDED, S.ASSOCIATE),
    }
    alone = {(S.ASSOCIATE, S.ACTIVE)}
    allowed = (now, to) in by_hand and (decided or (now, to) in alone) and reason

    try:
        standing.check_way("Siti", now, to, decided=decided, reason=reason)
    except (standing.NoWayThere, standing.DecisionNeeded, standing.WhyNeeded):
        assert not allowed
    else:
        assert allowed


def test_only_those_who_belong_borrow_and_vote():
    votes = {status for status in S if members.rights(status).vote}
    borrow = {status for status in S if members.rights(status).borrow}
    saves = {status for status in S if members.rights(status).save}

    assert votes == borrow == {S.ACTIVE}
    assert saves == {S.ACTIVE, S.ASSOCIATE, S.SUSPENDED}


def test_a_suspension_is_decided_dated_and_lifted(book):
    siti = members.member(book, 1)
    with pytest.raises(standing.DecisionNeeded):
        members.change_standing(book, siti, S.SUSPENDED, on=TODAY, reason="x")
    decision = board(book, "Skors Siti")
    with pytest.raises(standing.EndsTooEarly):
        members.change_standing(
            *(book, siti, S.SUSPENDED),
            on=TODAY,
            reason="menunggak",
            decision=decision,
            until=TODAY,
        )
    members.change_standing(
        *(book, siti, S.SUSPENDED),
        on=TODAY,
        reason="menunggak",
        decision=decision,
        until=date(2026, 4, 1),
    )

    assert members.overdue_suspensions(book, date(2026, 4, 1)) == []
    ((who, change),) = members.overdue_suspensions(book, date(2026, 4, 2))
    assert (who.number, change.decision_number) == (1, decision.number)
    with pytest.raises(standing.ChangedBefore):
        members.change_standing(
            book, siti, S.ACTIVE, on=FIRST_DAY, reason="lunas", decision=decision
        )
    with pytest.raises(standing.DecisionNeeded):
        members.change_standing(book, siti, S.ACTIVE, on=TODAY, reason="lunas")
    members.change_standing(
        book, siti, S.ACTIVE, on=TODAY, reason="lunas", decision=decision
    )

    assert [c.status for c in members.history(book, siti)] == [
        S.ACTIVE,
        S.SUSPENDED,
        S.ACTIVE,
    ]


def test_an_associate_becomes_a_member_by_paying_the_share(book):
    ani = members.member(book, 2)
    members.change_standing(
        book, ani, S.ASSOCIATE, on=TODAY, reason="luar biasa", decision=board(book)
    )

    with pytest.raises(standing.ShareFirst):
        members.change_standing(book, ani, S.ACTIVE, on=TODAY, reason="penuh")

    voluntary = savings.open_account(book, ani, savings.product(book, "voluntary"))
    assert savings.deposit(book, voluntary, Money(10_000), on=TODAY).number


def test_who_left_and_was_settled_returns_under_the_same_number(book):
    siti, decision = members.member(book, 1), board(book)
    with pytest.raises(standing.StillHere):
        members.readmit(book, siti, on=TODAY, reason="x", decision=decision)
    row = settlement.begin(book, siti, S.RESIGNED, on=TODAY, reason="pindah")
    settlement.settle(book, row, on=TODAY, set_off=True)
    (payee,) = settlement.payees(book, row)
    settlement.pay_out(book, row, payee, on=TODAY)
    with pytest.raises(standing.DecisionNeeded):
        members.readmit(book, siti, on=TODAY, reason="pulang", decision=None)

    members.readmit(book, siti, on=TODAY, reason="pulang", decision=decision)
    share = savings.open_account(book, siti, savings.product(book, "principal"))
    savings.deposit(book, share, Money(100_000), on=TODAY)

    assert (siti.number, siti.status, siti.active_on) == (1, S.ACTIVE, TODAY)
    assert share.number == 1, "the card of before, opened again"


def test_nobody_returns_from_death(book):
    siti = members.member(book, 1)
    members.add_beneficiary(
        *(book, siti, "Budi"), relation=members.Relation.CHILD, share=100, on=TODAY
    )
    row = settlement.begin(book, siti, S.DECEASED, on=TODAY, reason="wafat")
    heir = settlement.Heir("Budi", Money(200_000), papers="akta 12, KK 3201")
    settlement.settle(book, row, on=TODAY, set_off=True, heirs=[heir])

    with pytest.raises(standing.StillHere):
        members.readmit(book, siti, on=TODAY, reason="x", decision=board(book))


def test_an_associate_whose_share_was_taken_back_is_no_member_without_paying(book):
    siti = members.member(book, 1)
    paid = next(
        one
        for one in ledger.entries(book, limit=50).rows
        if one.memo.startswith("Setoran simpanan pokok")
    )
    to = S.ASSOCIATE
    members.change_standing(book, siti, to, on=TODAY, reason="x", decision=board(book))

    ledger.reverse(book, paid, on=TODAY, reason="salah orang")

    assert (siti.status, siti.active_on) == (S.ASSOCIATE, None)
    with pytest.raises(standing.ShareFirst):
        members.change_standing(
            book, siti, S.ACTIVE, on=TODAY, reason="x", decision=board(book, "Lagi")
        )
