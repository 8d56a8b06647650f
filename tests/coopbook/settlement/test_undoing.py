"""What was done is undone in its order; what was closed for good stays closed."""

from datetime import date

import pytest

from coopbook import decisions, deposits, ledger, loans, members, savings, settlement
from coopbook.cooperatives import set_setting
from coopbook.decisions import DecisionBody
from coopbook.deposits import DepositState
from coopbook.loans import LoanState
from coopbook.members import MemberStatus
from coopbook.members.standing import HasLeft
from coopbook.money import ZERO, Money, Rate
from coopbook.people import approvals
from coopbook.settlement import Heir, SettlementState, rules
from coopbook.verification import verify
from tests.conftest import FIRST_DAY, TODAY, VAULT, as_
from tests.coopbook.settlement.test_settlement import LEFT_ON, begin, lent

S = MemberStatus


@pytest.fixture
def siti(book):
    return members.member(book, 1)


def decided(book):
    return decisions.enter_decision(
        book, body=DecisionBody.BOARD, title="Kembali", text="Ya", on=TODAY
    )


def settled(book, row, *, paid=True):
    entry = settlement.settle(book, row, on=LEFT_ON, set_off=True)
    if paid:
        for payee in settlement.payees(book, row):
            settlement.pay_out(book, row, payee, on=LEFT_ON)
    return entry


def test_who_was_named_in_a_reversed_settlement_is_not_paid(book):
    row = begin(book, S.DECEASED)

    def to(name):
        heirs = [Heir(name, Money(200_000), papers="akta")]
        return settlement.settle(book, row, on=LEFT_ON, set_off=True, heirs=heirs)

    entry = to("Salah")
    set_setting(book, "payout_limit", 1_000, valid_from=TODAY, source="rapat")
    wrong = settlement.payee(book, row, 1)
    asked = settlement.pay_out_or_ask(book, row, wrong, on=LEFT_ON)
    ledger.reverse(book, entry, on=LEFT_ON, reason="ahli waris keliru")
    to("Benar")

    with pytest.raises(rules.PayeeVoid):
        settlement.pay_out(book, row, wrong, on=LEFT_ON)
    with as_(book, "budi"), pytest.raises(rules.PayeeVoid):
        approvals.approve(book, asked.number, digest=asked.digest)
    (right,) = settlement.payees(book, row)
    settlement.pay_out(book, row, right, on=LEFT_ON)
    assert (right.name, row.state) == ("Benar", SettlementState.PAID)


def test_a_settlement_stands_while_a_month_was_posted_without_the_leaver(book, siti):
    kind = savings.product(book, "voluntary")
    terms = savings.InterestTerms(
        savings.Basis.DAILY, (savings.Tier(ZERO, Rate.percent(12, "year")),)
    )
    savings.set_terms(book, kind, terms, valid_from=FIRST_DAY, source="RAT")
    wati = members.admit(book, "Wati", on=FIRST_DAY)
    for code, units in (("principal", 100_000), ("voluntary", 9_000_000)):
        own = savings.open_account(book, wati, savings.product(book, code))
        savings.deposit(book, own, Money(units), on=FIRST_DAY)
    row = begin(book)
    entry = settled(book, row, paid=False)
    months = [savings.post_interest(book, kind, f"2026-0{n}") for n in (1, 2, 3)]

    with pytest.raises(rules.InterestSince) as refusal:
        ledger.reverse(book, entry, on=date(2026, 4, 1), reason="keliru")
    assert refusal.value.month == "2026-03"

    for run in reversed(months):
        posted = ledger.entry(book, run.entry_number)
        ledger.reverse(book, posted, on=date(2026, 4, 1), reason="keliru")
    ledger.reverse(book, entry, on=date(2026, 4, 1), reason="keliru")
    settlement.take_back(book, row, on=date(2026, 4, 1), reason="tetap")
    earned = savings.reckon(book, kind, "2026-01").earned
    assert [one.member for one in earned] == [1, 3]


def test_nobody_returns_before_the_leaving_is_paid_out(book, siti):
    row = begin(book)
    settled(book, row, paid=False)
    asked = {"on": LEFT_ON, "reason": "pulang", "decision": decided(book)}
    with pytest.raises(rules.SettledFirst):
        members.readmit(book, siti, **asked)

    (payee,) = settlement.payees(book, row)
    settlement.pay_out(book, row, payee, on=LEFT_ON)
    members.readmit(book, siti, **asked)
    assert siti.status is S.PROSPECTIVE


def test_an_old_settlement_is_closed_for_good_once_somebody_came_back(book, siti):
    row = begin(book)
    entry = settled(book, row)
    (payee,) = settlement.payees(book, row)
    paid = ledger.entry(book, payee.entry_number)
    members.readmit(book, siti, on=LEFT_ON, reason="pulang", decision=decided(book))
    share = savings.open_account(book, siti, savings.product(book, "principal"))
    savings.deposit(book, share, Money(100_000), on=LEFT_ON)
    begin(book, on=LEFT_ON)

    ledger.reverse(book, paid, on=LEFT_ON, reason="keliru")
    with pytest.raises(rules.LaterSettlement):
        ledger.reverse(book, entry, on=LEFT_ON, reason="keliru")


def tied(book):
    account, bank = savings.account(book, 2), savings.Channel.BANK
    savings.deposit(book, account, Money(5_000_000), on=FIRST_DAY, channel=bank)
    deposits.set_deposit_terms(
        *(book, 3),
        rate=Rate.percent(12, "year"),
        valid_from=FIRST_DAY,
        source="RAT",
        kept_percent=50,
        penalty_percent=1,
    )
    entry = deposits.open_deposit(
        book, account.member, account, Money(3_000_000), months=3, on=FIRST_DAY
    )
    return deposits.deposit_in(book, entry)


def test_a_leaver_s_deposit_ends_with_the_settlement_alone(book):
    one = tied(book)
    begin(book)
    with pytest.raises(HasLeft):
        deposits.break_early(book, one, on=TODAY)
    assert one.state is DepositState.OPEN


def test_a_deposit_of_somebody_settled_does_not_run_again(book):
    one = tied(book)
    broken = deposits.break_early(book, one, on=TODAY)
    row = begin(book)
    settlement.settle(book, row, on=LEFT_ON, set_off=True)
    (payee,) = settlement.payees(book, row)
    settlement.pay_out(book, row, payee, on=LEFT_ON, channel=savings.Channel.BANK)

    with pytest.raises(HasLeft):
        ledger.reverse(book, broken, on=LEFT_ON, reason="keliru")
    assert one.state is DepositState.BROKEN


def test_what_was_paid_before_a_set_off_stands_as_long_as_it_does(book, siti):
    loan = lent(book, units=120_000, term=12)
    paid = loans.repay(book, loan, Money(20_000), on=TODAY)
    entry = settled(book, begin(book), paid=False)
    assert loan.state is LoanState.SETTLED
    with pytest.raises(rules.SetOffSince):
        ledger.reverse(book, paid, on=LEFT_ON, reason="keliru")

    ledger.reverse(book, entry, on=LEFT_ON, reason="keliru")
    ledger.reverse(book, paid, on=LEFT_ON, reason="keliru")
    assert loan.state is LoanState.DISBURSED


def test_an_ended_claim_opens_again_with_the_loan(book, siti):
    loan = lent(book)
    row = begin(book)
    settlement.settle(book, row, on=LEFT_ON, set_off=True)
    assert row.state is SettlementState.CLAIM
    owed = loans.standing(book, loan, LEFT_ON).payoff
    paid = loans.repay(book, loan, owed, on=LEFT_ON)
    settlement.end_claim(book, row, on=LEFT_ON)
    assert siti.status is S.SETTLED

    ledger.reverse(book, paid, on=LEFT_ON, reason="keliru")

    assert (row.state, siti.status) == (SettlementState.CLAIM, S.RESIGNED)
    with pytest.raises(rules.ClaimStands):
        settlement.end_claim(book, row, on=LEFT_ON)
    loans.repay(book, loan, owed, on=LEFT_ON)
    settlement.end_claim(book, row, on=LEFT_ON)
    assert siti.status is S.SETTLED


def test_a_death_entered_for_the_wrong_person_who_has_nothing_is_taken_back(book):
    ani = members.member(book, 2)
    account = savings.open_account(book, ani, savings.product(book, "principal"))
    row = settlement.begin(book, ani, S.DECEASED, on=TODAY, reason="keliru")
    settlement.settle(book, row, on=TODAY, set_off=False)
    assert (ani.status, row.state) == (S.SETTLED, SettlementState.PAID)

    settlement.take_back(book, row, on=TODAY, reason="orang lain")

    assert ani.status is S.PROSPECTIVE
    savings.deposit(book, account, Money(100_000), on=TODAY)
    assert ani.status is S.ACTIVE


def test_nothing_is_taken_back_of_a_membership_before_this_one(book):
    ani = members.member(book, 2)
    row = settlement.begin(book, ani, S.RESIGNED, on=TODAY, reason="pindah")
    settlement.settle(book, row, on=TODAY, set_off=False)
    members.readmit(book, ani, on=TODAY, reason="pulang", decision=decided(book))
    with pytest.raises(rules.CannotLeave):
        settlement.take_back(book, row, on=TODAY, reason="keliru")
    again = settlement.begin(book, ani, S.RESIGNED, on=TODAY, reason="pindah")
    with pytest.raises(rules.LaterSettlement):
        settlement.take_back(book, row, on=TODAY, reason="keliru")
    settlement.take_back(book, again, on=TODAY, reason="tetap")
    assert ani.status is S.PROSPECTIVE


def test_who_stays_without_the_share_stays_as_a_candidate(book, siti):
    share = savings.account(book, 1)
    (line,) = ledger.account_statement(book, *share.card).rows
    paid = ledger.entry(book, line.entry_number)
    row = begin(book)
    ledger.reverse(book, paid, on=TODAY, reason="cek kosong")
    settlement.take_back(book, row, on=TODAY, reason="tetap")
    assert (siti.status, siti.active_on) == (S.PROSPECTIVE, None)


def test_the_book_is_in_order_after_all_of_it(coop):
    with coop.open() as book:
        row = begin(book)
        entry = settled(book, row, paid=False)
        ledger.reverse(book, entry, on=LEFT_ON, reason="keliru")
        settlement.take_back(book, row, on=LEFT_ON, reason="tetap")
    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    assert all(check.in_order for check in checks)
