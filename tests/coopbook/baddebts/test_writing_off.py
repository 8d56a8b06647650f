"""Written off by two people, claimed on, recovered, waived, taken back in order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coopbook import baddebts, dunning, ledger, loans, members, savings
from coopbook.baddebts import rules
from coopbook.baddebts.rules import Condition
from coopbook.decisions import DecisionBody
from coopbook.decisions.rules import NoSuchDecision
from coopbook.ledger import chart
from coopbook.loans import LoanState
from coopbook.loans.rules import OwnLoan, WriteOffStands, WrongState
from coopbook.money import ZERO, Money
from coopbook.people import approvals
from coopbook.people.rules import NotYourDecision, OwnRequest
from tests.conftest import FIRST_DAY, as_
from tests.coopbook.gone_bad import (
    LATE,
    by_law,
    decided,
    go_bad,
    owed,
    voluntary,
    warn,
    written_off,
)
from tests.coopbook.rounds.neighbours import approve, furnish_street, lend, whole

ONE = timedelta(days=1)


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        by_law(book, "share_arrears_to_borrow", 99)
        yield book


@pytest.fixture
def bad(village):
    """A loan of which nothing was paid, on the day it is lost."""
    return lend(village, furnish_street(village)[0])


def memo(book, on=None):
    return tuple(
        ledger.account_balance(book, number, on)
        for number in (chart.WRITTEN_OFF, chart.SUSPENDED_INTEREST, chart.MEMO_CONTRA)
    )


def ask(book, loan, on=LATE, decision=None):
    return baddebts.ask_write_off(
        *(book, loan),
        on=on,
        decision_number=decision or decided(book, on),
        reason="pindah",
    )


def missing(book, loan, on=LATE):
    return {one.condition for one in baddebts.propose_write_off(book, loan, on).missing}


def test_each_condition_is_asked_until_it_is_met(village, bad):
    assert missing(village, bad, FIRST_DAY + ONE) == {
        *(Condition.CLASS, Condition.PROVIDED, Condition.LETTERS)
    }
    assert missing(village, bad) == {Condition.PROVIDED, Condition.LETTERS}
    with pytest.raises(rules.NotYetWrittenOff) as refusal:
        ask(village, bad)
    assert len(refusal.value.missing) == 2
    baddebts.provide(village, LATE)
    assert missing(village, bad) == {Condition.LETTERS}
    warn(village, bad)
    assert missing(village, bad) == set()
    hold = voluntary(village, bad.member)
    savings.deposit(village, hold, Money(50_000), on=LATE)
    from coopbook import security

    security.hold_own(village, bad, hold, Money(20_000), on=LATE)
    assert missing(village, bad) == {Condition.COLLATERAL}


def test_the_by_laws_may_ask_for_less_and_the_rest_is_expense(village, bad):
    by_law(village, "write_off_provided", 0)
    by_law(village, "write_off_letters", 0)
    assert missing(village, bad) == set()
    said = baddebts.propose_write_off(village, bad, LATE)
    assert (said.from_allowance, said.from_expense) == (ZERO, Money(1_200_000))
    approve(village, ask(village, bad), "sari")
    spent = ledger.account_balance(village, chart.ALLOWANCE_EXPENSE)
    assert spent == Money(1_200_000)


def test_a_written_off_loan_leaves_the_books_and_is_claimed_on(village, bad):
    ends = owed(village, bad)
    entry = written_off(village, bad)

    assert bad.state is LoanState.WRITTEN_OFF
    assert ledger.card_balance(village, *bad.card) == ZERO
    assert ledger.account_balance(village, chart.ALLOWANCE) == ZERO
    rest = ends.interest + ends.penalty
    assert rest > ZERO
    assert memo(village) == (ends.principal, rest, ends.total)
    claim = baddebts.claim(village, bad)
    assert (claim.left.total, claim.recovered, claim.waived) == (ends.total, ZERO, ZERO)
    row = claim.write_off
    assert (row.asked_by, row.approved_by) == (village.actor, "sari")
    assert (row.entry_number, row.loan_class.value) == (entry.number, "loss")
    assert loans.standing(village, bad, LATE).settled
    assert not loans.standing(village, bad, LATE - ONE).settled
    assert baddebts.claim_of(village, bad, LATE - ONE) is None
    assert [one.loan.number for one in baddebts.assess(village, LATE).rows] == []
    before = baddebts.assess(village, LATE - ONE).rows
    assert [one.loan.number for one in before] == [bad.number]
    assert loans.payments(village, bad) == []


def test_nobody_does_it_alone_nor_without_the_office(village, bad):
    warn(village, bad)
    baddebts.provide(village, LATE)
    with as_(village, "sari"):
        asked = ask(village, bad)
        with pytest.raises(OwnRequest):
            approvals.approve(village, asked.number, digest=asked.digest)
    for name in ("rina", "dewi", "tono", "yanti", "agus"):
        with as_(village, name), pytest.raises(NotYourDecision):
            approvals.approve(village, asked.number, digest=asked.digest)
    with pytest.raises(rules.WaitsAlready):
        ask(village, bad)
    assert bad.state is LoanState.DISBURSED
    approve(village, asked, "budi")
    assert bad.state is LoanState.WRITTEN_OFF


def test_nobody_writes_off_the_own_loan(village, bad):
    from coopbook.people.model import User

    warn(village, bad)
    baddebts.provide(village, LATE)
    village.get(User, "sari").member_number = bad.member_number
    village.session.flush()
    with as_(village, "sari"), pytest.raises(OwnLoan):
        ask(village, bad)
    asked = ask(village, bad)
    with as_(village, "sari"), pytest.raises(OwnLoan):
        approvals.approve(village, asked.number, digest=asked.digest)


def test_a_decision_of_the_board_or_the_members_comes_first(village, bad):
    warn(village, bad)
    baddebts.provide(village, LATE)
    watch = decided(village, body=DecisionBody.SUPERVISORS)
    with pytest.raises(rules.WrongBody):
        ask(village, bad, decision=watch)
    late = decided(village, on=LATE + ONE)
    with pytest.raises(rules.DecidedLater):
        ask(village, bad, decision=late)
    with pytest.raises(NoSuchDecision):
        ask(village, bad, decision=99)


def test_what_came_to_more_meanwhile_is_asked_again(village, bad):
    warn(village, bad)
    baddebts.provide(village, LATE)
    asked = ask(village, bad)
    loans.repay(village, bad, Money(10_000), on=LATE)
    with as_(village, "sari"), pytest.raises(rules.ComesToMore):
        approvals.approve(village, asked.number, digest=asked.digest)


def test_nothing_before_the_write_off_moves_while_it_stands(village, bad):
    paid = loans.repay(village, bad, Money(10_000), on=FIRST_DAY + 40 * ONE)
    entry = written_off(village, bad)
    with pytest.raises(WriteOffStands):
        ledger.reverse(village, paid, on=LATE, reason="salah")
    with pytest.raises(WrongState):
        loans.repay(village, bad, Money(1_000), on=LATE)
    with pytest.raises(rules.ClaimStands):
        lend(village, bad.member, on=LATE)
    ledger.reverse(village, entry, on=LATE, reason="keliru")
    assert bad.state is LoanState.DISBURSED
    assert memo(village) == (ZERO, ZERO, ZERO)
    ledger.reverse(village, paid, on=LATE, reason="salah")
    assert loans.standing(village, bad, LATE).outstanding_principal == bad.principal
    assert missing(village, bad) == {Condition.PROVIDED} - (
        {Condition.PROVIDED}
        if ledger.account_balance(village, chart.ALLOWANCE) >= bad.principal
        else set()
    )


def test_money_settles_the_claim_in_the_order_of_the_by_laws(village, bad):
    written_off(village, bad)
    left = baddebts.claim(village, bad).left
    some = left.principal + Money(5)
    for place, expected in (
        (0, (left.principal, Money(5), ZERO)),
        (1, (some - left.interest, left.interest, ZERO)),
        (2, (some - left.interest - left.penalty, left.interest, left.penalty)),
    ):
        by_law(village, "recovery_order", place)
        found = baddebts.settles(village, bad, some, LATE)
        assert (found.principal, found.interest, found.penalty) == expected
    with pytest.raises(rules.MoreThanClaimed) as refusal:
        baddebts.recover(village, bad, left.total + Money(1), on=LATE)
    assert refusal.value.left == left.total
    with pytest.raises(rules.BeforeWriteOff):
        baddebts.recover(village, bad, Money(1), on=LATE - ONE)

    baddebts.recover(village, bad, left.total, on=LATE, payer="Anaknya")
    assert baddebts.claim(village, bad).left.total == ZERO
    assert ledger.account_balance(village, chart.RECOVERIES) == left.total
    assert memo(village) == (ZERO, ZERO, ZERO)
    baddebts.check_no_claim(village, bad.member)


def test_the_borrowers_own_savings_may_pay(village, bad):
    written_off(village, bad)
    account = voluntary(village, bad.member)
    savings.deposit(village, account, Money(60_000), on=LATE)
    other = next(
        savings.account_for(village, one, "voluntary")
        for one in members.register(village, limit=50)
        if one.number != bad.member_number
        and savings.account_for(village, one, "voluntary")
    )
    with pytest.raises(rules.NotTheirSavings):
        baddebts.recover(village, bad, Money(1), on=LATE, account=other)
    entry = baddebts.recover(village, bad, Money(50_000), on=LATE, account=account)
    assert savings.balance(village, account) == Money(10_000)
    ledger.reverse(village, entry, on=LATE, reason="salah orang")
    assert savings.balance(village, account) == Money(60_000)


def test_a_waiver_gives_up_penalty_first_and_principal_last(village, bad):
    written_off(village, bad)
    left = baddebts.claim(village, bad).left
    amount = left.penalty + left.interest + Money(7)
    with pytest.raises(rules.WrongBody):
        baddebts.ask_waiver(
            *(village, bad, amount),
            on=LATE,
            decision_number=decided(village),
            reason="miskin",
        )
    by_law(village, "waiver_body", 1)
    asked = baddebts.ask_waiver(
        *(village, bad, amount),
        on=LATE,
        decision_number=decided(village),
        reason="miskin",
    )
    with pytest.raises(OwnRequest):
        approvals.approve(village, asked.number, digest=asked.digest)
    approve(village, asked, "sari")
    now = baddebts.claim(village, bad).left
    assert (now.principal, now.interest, now.penalty) == (
        *(left.principal - Money(7), ZERO, ZERO),
    )
    assert ledger.account_balance(village, chart.WRITTEN_OFF) == now.principal


def test_a_waiver_is_taken_back_only_before_the_borrower_knows(village, bad):
    first = written_off(village, bad)
    by_law(village, "waiver_body", 1)
    for told in (False, True):
        asked = baddebts.ask_waiver(
            *(village, bad, Money(1_000)),
            on=LATE,
            decision_number=decided(village),
            reason="miskin",
        )
        entry = approve(village, asked, "sari")
        if told:
            row = baddebts.waivers(village)[-1]
            baddebts.tell_waiver(village, row, on=LATE)
            with pytest.raises(rules.ToldAlready):
                baddebts.tell_waiver(village, row, on=LATE)
            with pytest.raises(rules.ToldAlready):
                ledger.reverse(village, entry, on=LATE, reason="salah")
        else:
            with pytest.raises(rules.ClaimsStand):
                ledger.reverse(village, first, on=LATE, reason="salah")
            ledger.reverse(village, entry, on=LATE, reason="salah")
            assert baddebts.waivers(village) == []


def test_a_write_off_is_reversed_only_after_what_stands_on_it(village, bad):
    first = written_off(village, bad)
    paid = baddebts.recover(village, bad, Money(1_000), on=LATE)
    with pytest.raises(rules.ClaimsStand) as refusal:
        ledger.reverse(village, first, on=LATE, reason="salah")
    assert refusal.value.voucher == paid.voucher
    ledger.reverse(village, paid, on=LATE, reason="salah")
    ledger.reverse(village, first, on=LATE, reason="salah")
    assert bad.state is LoanState.DISBURSED


def test_collateral_taken_over_pays_the_loan_and_comes_back(village):
    _gone, pledged = go_bad(village)
    (taken,) = baddebts.foreclosures(village)
    assert taken.value == taken.settled == Money(700_000)
    assert ledger.account_balance(village, chart.FORECLOSED) == ZERO
    assert ledger.account_balance(village, chart.OTHER_HELD) == Money(30_000)
    assert ledger.account_balance(village, chart.OTHER_INCOME) == Money(20_000)
    sale = baddebts.sale_of(village, taken)
    assert sale is not None
    entry = ledger.entry(village, taken.entry_number)
    with pytest.raises(rules.SoldAlready):
        ledger.reverse(village, entry, on=LATE, reason="batal")
    sold = ledger.entry(village, sale.entry_number)
    ledger.reverse(village, sold, on=LATE, reason="batal")
    with pytest.raises(rules.SoldBeforeTaken):
        baddebts.sell(
            *(village, taken, Money(720_000)), on=taken.taken_on - ONE, buyer="Pak Adi"
        )
    ledger.reverse(village, entry, on=LATE, reason="batal")
    assert baddebts.foreclosures(village) == []
    left = loans.standing(village, pledged, LATE).outstanding_principal
    assert left == pledged.principal
    from coopbook import security

    (thing,) = security.collateral_of(village, pledged)
    assert thing.released_on is None


def test_what_is_worth_more_than_the_loan_is_owed_to_the_borrower(village, bad):
    from coopbook import security
    from coopbook.security import CollateralKind

    row = security.pledge(
        *(village, bad),
        kind=CollateralKind.VEHICLE,
        description="Mobil",
        document="BPKB 7",
        owner="Wati",
        relation="sendiri",
        value=Money(9_000_000),
        appraised_by="Dewi",
        kept_where="Lemari",
        on=FIRST_DAY,
    )
    ends = loans.payoff(village, bad, LATE).total
    asked = baddebts.ask_foreclosure(
        *(village, bad, row, ends + Money(40_000)),
        on=LATE,
        decision_number=decided(village),
        reason="menyerahkan",
    )
    approve(village, asked, "sari")
    assert bad.state is LoanState.SETTLED
    assert ledger.account_balance(village, chart.OTHER_HELD) == Money(40_000)
    with pytest.raises(rules.MoreThanGained):
        (taken,) = baddebts.foreclosures(village)
        baddebts.sell(
            *(village, taken, taken.value),
            on=LATE,
            buyer="Pak Harto",
            to_borrower=Money(1),
        )
    lost = baddebts.sell(
        village, taken, taken.value - Money(9), on=LATE, buyer="Pak Harto"
    )
    assert ledger.account_balance(village, chart.FORECLOSED_LOSS) == Money(9)
    with pytest.raises(rules.NotForeclosed):
        baddebts.sell(village, taken, taken.value, on=LATE, buyer="Bu Sri")
    assert lost.lines


def test_insurance_pays_for_who_has_died(village, bad):
    from coopbook.members import MemberStatus

    with pytest.raises(rules.NotDead):
        baddebts.relieve(
            *(village, bad, Money(100)), on=LATE, insurer="Asuransi", reference="P-1"
        )
    from coopbook import settlement

    settlement.begin(
        *(village, bad.member, MemberStatus.DECEASED), on=LATE, reason="wafat"
    )
    assert Condition.LETTERS not in missing(village, bad)
    ends = loans.payoff(village, bad, LATE).total
    entry = baddebts.relieve(
        *(village, bad, ends + Money(5)), on=LATE, insurer="Asuransi", reference="P-1"
    )
    assert bad.state is LoanState.SETTLED
    lines = {line.account_number: line for line in entry.lines}
    assert lines[chart.BANK].debit == ends + Money(5)
    assert lines[chart.OTHER_HELD].credit == Money(5)  # for the heirs
    ledger.reverse(village, entry, on=LATE, reason="salah orang")
    assert bad.state is LoanState.DISBURSED
    assert loans.payoff(village, bad, LATE).total == ends
    part = baddebts.relieve(
        *(village, bad, Money(100_000)), on=LATE, insurer="Asuransi", reference="P-1"
    )
    assert chart.OTHER_HELD not in {line.account_number for line in part.lines}
    assert bad.state is LoanState.DISBURSED


def test_insurance_on_what_was_written_off_goes_to_its_claim(village, bad):
    from coopbook.members import MemberStatus

    written_off(village, bad)
    bad.member.status = MemberStatus.DECEASED
    village.session.flush()
    with pytest.raises(rules.RelievesAClaim):
        baddebts.relieve(
            *(village, bad, Money(100)), on=LATE, insurer="Asuransi", reference="P-1"
        )


def test_nobody_decides_before_there_is_anything_to_decide(village, bad):
    early = decided(village, FIRST_DAY)
    warn(village, bad)
    baddebts.provide(village, LATE)
    with pytest.raises(rules.DecidedBefore) as refused:
        baddebts.ask_write_off(
            *(village, bad), on=LATE, decision_number=early, reason="pindah"
        )
    assert refused.value.since == loans.schedule_of(village, bad)[0].due_on + ONE
    approve(
        village,
        baddebts.ask_write_off(
            *(village, bad), on=LATE, decision_number=decided(village), reason="pindah"
        ),
        "sari",
    )
    by_law(village, "waiver_body", 1)
    with pytest.raises(rules.DecidedBefore):
        baddebts.ask_waiver(
            *(village, bad, Money(1_000)),
            on=LATE,
            decision_number=decided(village, LATE - ONE),
            reason="sakit",
        )


def test_a_good_loan_is_not_lost_because_another_is(village, bad):
    by_law(village, "worst_marks_all", 1)
    good = lend(village, bad.member, 300_000, on=LATE)
    verdict = baddebts.assessed(village, good, LATE).verdict
    assert verdict.reason is baddebts.Reason.WORST
    assert Condition.CLASS in missing(village, good)
    assert Condition.CLASS not in missing(village, bad)


def test_a_waiver_is_told_once_it_stands_and_not_before(village, bad):
    written_off(village, bad)
    by_law(village, "waiver_body", 1)
    asked = baddebts.ask_waiver(
        *(village, bad, Money(1_000)),
        on=LATE,
        decision_number=decided(village),
        reason="sakit",
    )
    entry = approve(village, asked, "sari")
    (row,) = baddebts.waivers(village, loan=bad)
    for day in (LATE - ONE, LATE + 900 * ONE):
        with pytest.raises(rules.ToldWrongly):
            baddebts.tell_waiver(village, row, on=day)
    ledger.reverse(village, entry, on=LATE, reason="salah")
    with pytest.raises(rules.WaiverTakenBack):
        baddebts.tell_waiver(village, row, on=LATE)


def test_nobody_leaves_with_a_claim(village, bad):
    from coopbook import settlement
    from coopbook.members import MemberStatus

    written_off(village, bad)
    row = settlement.begin(
        *(village, bad.member, MemberStatus.RESIGNED), on=LATE, reason="pindah"
    )
    with pytest.raises(rules.ClaimStands):
        settlement.settle(village, row, on=LATE, set_off=True)


def test_written_off_loans_are_still_collected_but_get_no_warning_letter(village, bad):
    written_off(village, bad)
    dunning.note_step(village, bad, dunning.StepKind.CALL, on=LATE, note="di Malaysia")
    with pytest.raises(WrongState):
        dunning.send_letter(village, bad, on=LATE)
