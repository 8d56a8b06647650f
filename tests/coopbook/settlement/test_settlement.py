"""Leaving and death: everything owned, everything owed, and who receives the rest."""

from __future__ import annotations

from datetime import date

import pytest

from coopbook import (
    decisions,
    deposits,
    ledger,
    loans,
    members,
    orders,
    proxies,
    savings,
    settlement,
)
from coopbook.decisions import DecisionBody
from coopbook.ledger import chart
from coopbook.loans import LoanState
from coopbook.members import MemberStatus, Relation
from coopbook.members.standing import DecisionNeeded, HasLeft
from coopbook.money import ZERO, Money, Rate
from coopbook.people import approvals
from coopbook.proxies import ProxyKind
from coopbook.savings import HoldReason
from coopbook.savings.blocking import AccountBlocked
from coopbook.settlement import Heir, SettlementState, rules
from coopbook.settlement.reckoning import SURPLUS, surplus_of_members
from coopbook.verification import verify
from tests.conftest import FIRST_DAY, TODAY, VAULT, as_

S = MemberStatus
LEFT_ON = date(2026, 3, 20)


def lent(book, units=1_200_000, term=12):
    """Lend Siti some money on the first day, and give the till enough for it."""
    ledger.post(
        book,
        on=FIRST_DAY,
        memo="Hibah",
        lines=[
            ledger.debit(11102, Money(50_000_000)),
            ledger.credit(33002, Money(50_000_000)),
        ],
    )
    with as_(book, "dewi"):
        loan = loans.apply(
            *(book, members.member(book, 1), loans.product(book, "productive")),
            Money(units),
            term=term,
            purpose="warung",
            on=FIRST_DAY,
        )
    with as_(book, "budi"):
        asked = approvals.inbox(book)[0]
        approvals.approve(book, asked.number, digest=asked.digest)
    loans.disburse(book, loan, on=FIRST_DAY)
    return loan


def begin(book, cause=S.RESIGNED, **more):
    siti = members.member(book, 1)
    return settlement.begin(
        book, siti, cause, **({"on": TODAY, "reason": "pindah"} | more)
    )


def test_from_the_first_day_everything_stands_still(book):
    loan = lent(book)
    account, siti = savings.account(book, 2), members.member(book, 1)
    orders.order(book, loan, account, on=TODAY)
    proxies.enter_proxy(
        *(book, siti, "Harun"),
        kind=ProxyKind.POWER,
        relation=Relation.SPOUSE,
        accounts=[2],
        on=TODAY,
        valid_until=date(2026, 12, 31),
    )

    begin(book)

    with pytest.raises(HasLeft):
        savings.withdraw(book, account, Money(1), on=TODAY)
    with pytest.raises(HasLeft):
        savings.deposit(book, account, Money(1), on=TODAY)
    with pytest.raises(HasLeft):
        savings.open_account(book, siti, savings.product(book, "mandatory"))
    with pytest.raises(loans.rules.BorrowersAreMembers):
        loans.apply(
            *(book, siti, loans.product(book, "emergency"), Money(200_000)),
            term=2,
            purpose="x",
            on=TODAY,
        )
    assert loans.repay(book, loan, Money(10_000), on=TODAY).number
    assert proxies.proxies_of(book, siti)[0].ended_on == TODAY
    assert orders.order_for(book, loan.number) is None
    with pytest.raises(rules.CannotLeave):
        begin(book)


def test_a_loan_is_set_off_to_date_and_the_rest_is_paid(book):
    account = savings.account(book, 2)
    savings.deposit(book, account, Money(2_000_000), on=FIRST_DAY)
    loan = lent(book)
    row = begin(book)
    said = settlement.reckon(book, members.member(book, 1), S.RESIGNED, LEFT_ON)
    owed = said.debts[0].owed
    assert owed.principal == Money(1_200_000)
    # January and February are due, March has run 19 of 31 days since 1 March
    monthly = loans.schedule_of(book, loan)[0].interest
    due = [one for one in loans.schedule_of(book, loan) if one.due_on <= LEFT_ON]
    part = round(monthly.units * (LEFT_ON - due[-1].due_on).days / 31)
    assert owed.interest.units == len(due) * monthly.units + part
    with pytest.raises(rules.LoanStillRuns) as refusal:
        settlement.settle(book, row, on=LEFT_ON, set_off=False)
    assert refusal.value.owed == owed.total

    entry = settlement.settle(book, row, on=LEFT_ON, set_off=True)

    assert loan.state is LoanState.SETTLED
    assert ledger.card_balance(book, *loan.card) == ZERO
    assert said.net == Money(2_200_000) - owed.total
    (payee,) = settlement.payees(book, row)
    assert (payee.name, payee.amount) == ("Siti Aminah", said.net)
    assert row.state is SettlementState.PAYABLE
    paid = settlement.pay_out(book, row, payee, on=LEFT_ON)
    assert row.state is SettlementState.PAID
    assert members.member(book, 1).status is S.SETTLED
    with pytest.raises(rules.WrongStep):
        settlement.pay_out(book, row, payee, on=LEFT_ON)
    with pytest.raises(rules.PaidOutAlready):
        ledger.reverse(book, entry, on=LEFT_ON, reason="x")
    ledger.reverse(book, paid, on=LEFT_ON, reason="salah orang")
    assert row.state is SettlementState.PAYABLE
    ledger.reverse(book, entry, on=LEFT_ON, reason="salah hitung")
    assert row.state is SettlementState.BEGUN
    assert loan.state is LoanState.DISBURSED
    assert savings.balance(book, account) == Money(2_100_000)
    assert members.member(book, 1).status is S.RESIGNED

    settlement.settle(book, row, on=LEFT_ON, set_off=True)
    (payee,) = settlement.payees(book, row)
    settlement.pay_out(book, row, payee, on=LEFT_ON)
    assert ledger.account_balance(book, chart.FORMER_MEMBERS) == ZERO


def test_where_debts_are_more_a_claim_remains_on_the_loan(book):
    loan = lent(book)
    row = begin(book, S.EXPELLED, decision=board(book))

    settlement.settle(book, row, on=LEFT_ON, set_off=True)

    assert row.state is SettlementState.CLAIM
    assert row.net < ZERO
    assert loan.state is LoanState.DISBURSED
    assert settlement.payees(book, row) == []
    assert members.member(book, 1).status is S.EXPELLED
    left = loans.to_date(book, loan, LEFT_ON).total
    assert left == ZERO - row.net
    with pytest.raises(rules.ClaimStands):
        settlement.end_claim(book, row, on=LEFT_ON)
    payoff = loans.standing(book, loan, LEFT_ON).payoff
    loans.repay(book, loan, payoff, on=LEFT_ON)
    settlement.end_claim(book, row, on=LEFT_ON)
    assert members.member(book, 1).status is S.SETTLED


def board(book):
    return decisions.enter_decision(
        book, body=DecisionBody.BOARD, title="x", text="x", on=TODAY
    )


def test_an_expulsion_is_decided(book):
    with pytest.raises(DecisionNeeded):
        begin(book, S.EXPELLED)


def test_after_a_death_the_heirs_receive_on_papers(book):
    siti = members.member(book, 1)
    about = {"on": TODAY}
    members.add_beneficiary(
        book, siti, "Budi", relation=Relation.CHILD, share=60, **about
    )
    row = begin(book, S.DECEASED, reason="wafat 12 Maret")
    settle = {"on": LEFT_ON, "set_off": True}
    with pytest.raises(rules.HeirsMissing) as refusal:
        settlement.settle(book, row, **settle)
    assert refusal.value.left == 40
    members.add_beneficiary(
        book, siti, "Wati", relation=Relation.CHILD, share=40, **about
    )
    with pytest.raises(rules.PapersNeeded):
        settlement.settle(book, row, **settle)
    heirs = [
        Heir("Budi", Money(120_000), Relation.CHILD, "akta 1", "3201015505700002"),
        Heir("Wati", Money(79_999), Relation.CHILD, "akta 1, KK"),
    ]
    with pytest.raises(rules.SharesDoNotAddUp) as refusal:
        settlement.settle(book, row, **settle, heirs=heirs)
    assert refusal.value.facts == {"net": Money(200_000), "given": Money(199_999)}
    assert [h.amount.units for h in settlement.suggested(book, siti, Money(5))] == [
        3,
        2,
    ]
    heirs[1] = Heir("Wati", Money(80_000), Relation.CHILD, "akta 1, KK")
    settlement.settle(book, row, **settle, heirs=heirs)
    budi, wati = settlement.payees(book, row)
    assert budi.masked_national_id == "3201••••••••0002"

    settlement.pay_out(book, row, budi, on=LEFT_ON)
    assert row.state is SettlementState.PAYABLE
    settlement.pay_out(book, row, wati, on=date(2026, 4, 30))
    assert row.state is SettlementState.PAID
    with pytest.raises(rules.WrongStep):
        settlement.pay_out(book, row, wati, on=date(2026, 4, 30))


def test_a_guarantee_for_somebody_else_is_taken_over_first(book):
    account = savings.account(book, 2)
    row = begin(book)
    hold = savings.hold(
        *(book, account, Money(50_000)),
        why=HoldReason.GUARANTEE,
        note="pinjaman Ani",
        on=TODAY,
    )
    with pytest.raises(rules.StillGuarantees) as refusal:
        settlement.settle(book, row, on=LEFT_ON, set_off=True)
    assert refusal.value.note == "pinjaman Ani"

    savings.release(book, hold, on=LEFT_ON, note="diambil alih")
    assert settlement.settle(book, row, on=LEFT_ON, set_off=True)


def test_what_secures_the_own_loan_is_released_and_held_again_on_reversal(book):
    account = savings.account(book, 2)
    savings.deposit(book, account, Money(3_000_000), on=FIRST_DAY)
    loan = lent(book)
    hold = savings.hold(
        *(book, account, Money(1_000_000)),
        why=HoldReason.COLLATERAL,
        note="pinjaman sendiri",
        on=TODAY,
        loan=loan.number,
    )
    row = begin(book)

    entry = settlement.settle(book, row, on=LEFT_ON, set_off=True)
    assert hold.released_on == LEFT_ON
    ledger.reverse(book, entry, on=LEFT_ON, reason="salah")

    assert hold.released_on is None
    assert savings.held(book, account) == Money(1_000_000)


def test_savings_and_deposits_earn_up_to_the_day_before(book):
    account = savings.account(book, 2)
    savings.deposit(book, account, Money(35_900_000), on=FIRST_DAY)
    kind = savings.product(book, "voluntary")
    tiers = (savings.Tier(ZERO, Rate.percent(12, "year")),)
    terms = savings.InterestTerms(savings.Basis.DAILY, tiers, savings.DayCount.TWELFTH)
    savings.set_terms(book, kind, terms, valid_from=FIRST_DAY, source="RAT")
    savings.post_interest(book, kind, "2026-01")
    january = savings.balance(book, account) - Money(36_000_000)
    assert january == Money(324_000)  # 360,000 less a tenth
    row = begin(book, on=date(2026, 3, 11))

    entry = settlement.settle(book, row, on=date(2026, 3, 11), set_off=True)

    # February whole, ten of the 31 days of March; each month taxed by itself
    held = 36_324_000
    february, march = round(held * 0.01), round(held * 0.01 * 10 / 31)
    interest = next(line for line in entry.lines if line.account_number == 51001)
    assert interest.debit.units == february + march
    tax = next(line for line in entry.lines if line.account_number == 21601)
    assert tax.credit.units == february // 10

    for month in ("2026-02", "2026-03"):  # nobody else earns; Siti is not paid twice
        with pytest.raises(savings.crediting.NothingEarned):
            savings.post_interest(book, kind, month)


@pytest.mark.parametrize(("cause", "kept"), [(S.RESIGNED, 0), (S.DECEASED, 150_000)])
def test_a_deposit_is_broken_by_leaving_not_by_death(book, cause, kept):
    account = savings.account(book, 2)
    savings.deposit(book, account, Money(10_000_000), on=FIRST_DAY)
    deposits.set_deposit_terms(
        *(book, 12),
        rate=Rate.percent(6, "year"),
        valid_from=FIRST_DAY,
        source="RAT",
        day_count=savings.DayCount.TWELFTH,
    )
    tied = deposits.open_deposit(
        book, account.member, account, Money(10_000_000), months=12, on=FIRST_DAY
    )
    deposits.accrue(book, date(2026, 2, 1))
    row = begin(book, cause)

    heirs = [Heir("Budi", Money(10_200_000 + kept), papers="akta")]
    entry = settlement.settle(book, row, on=date(2026, 4, 1), set_off=True, heirs=heirs)

    deposit = deposits.deposit_in(book, tied)
    assert deposit.state is deposits.DepositState.BROKEN
    assert ledger.account_balance(book, 21301) == ZERO
    ledger.reverse(book, entry, on=date(2026, 4, 1), reason="x")
    assert deposit.state is deposits.DepositState.OPEN
    assert ledger.account_balance(book, 21301) == Money(150_000)
    assert deposits.earnings(book, deposit).accrued == Money(150_000)


def test_a_leaving_is_taken_back_while_nothing_is_settled(book):
    row = begin(book)
    settlement.take_back(book, row, on=TODAY, reason="berubah pikiran")

    assert members.member(book, 1).status is S.ACTIVE
    assert row.state is SettlementState.WITHDRAWN
    assert settlement.settlement_of(book, members.member(book, 1)) is None
    with pytest.raises(rules.WrongStep):
        settlement.settle(book, row, on=TODAY, set_off=True)


def test_a_candidate_without_a_rupiah_leaves_without_an_entry(book):
    ani = members.member(book, 2)
    row = settlement.begin(book, ani, S.RESIGNED, on=TODAY, reason="batal")

    assert settlement.settle(book, row, on=TODAY, set_off=True) is row
    assert (row.state, ani.status) == (SettlementState.PAID, S.SETTLED)


def test_surplus_of_closed_years_joins_through_its_hook(book):
    def surplus(book, member, on):
        return [ledger.debit(33002, Money(7_000))]

    ledger.post(
        book,
        on=FIRST_DAY,
        memo="x",
        lines=[ledger.debit(11102, Money(9_000)), ledger.credit(33002, Money(9_000))],
    )
    row = begin(book)
    surplus_of_members(surplus)
    try:
        settlement.settle(book, row, on=LEFT_ON, set_off=True)
    finally:
        SURPLUS.remove(surplus)

    assert settlement.payees(book, row)[0].amount == Money(207_000)


def test_much_money_leaves_by_two_people(book):
    account = savings.account(book, 2)
    savings.deposit(book, account, Money(8_000_000), on=FIRST_DAY)
    row = begin(book)
    settlement.settle(book, row, on=LEFT_ON, set_off=True)
    (payee,) = settlement.payees(book, row)

    request = settlement.pay_out_or_ask(book, row, payee, on=LEFT_ON)
    assert payee.entry_number is None
    with as_(book, "budi"):
        approvals.approve(book, request.number, digest=request.digest)

    assert row.state is SettlementState.PAID
    with pytest.raises(rules.WrongStep):
        settlement.pay_out_or_ask(book, row, payee, on=LEFT_ON)


def test_the_book_is_in_order_after_leaving_and_coming_back(coop):
    with coop.open() as book:
        savings.deposit(book, savings.account(book, 2), Money(2_000_000), on=FIRST_DAY)
        lent(book)
        row = begin(book)
        entry = settlement.settle(book, row, on=LEFT_ON, set_off=True)
        ledger.reverse(book, entry, on=LEFT_ON, reason="x")
        settlement.settle(book, row, on=LEFT_ON, set_off=True)
        (payee,) = settlement.payees(book, row)
        settlement.pay_out(book, row, payee, on=LEFT_ON)
        siti = members.member(book, 1)
        members.readmit(book, siti, on=LEFT_ON, reason="x", decision=board(book))
        share = savings.open_account(book, siti, savings.product(book, "principal"))
        savings.deposit(book, share, Money(100_000), on=LEFT_ON)

    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    assert [check for check in checks if not check.in_order] == []


def test_a_blocked_account_is_freed_before_it_is_settled(book):
    account = savings.account(book, 2)
    savings.block(book, account, on=TODAY, why="permintaan polisi")
    row = begin(book)

    with pytest.raises(AccountBlocked, match="polisi"):
        settlement.settle(book, row, on=TODAY, set_off=True)

    savings.unblock(book, account)
    settlement.settle(book, row, on=TODAY, set_off=True)


def test_a_second_leaving_taken_back_pays_no_day_twice(book):
    """What was earned before the first leaving was paid with it."""
    siti, kind = members.member(book, 1), savings.product(book, "voluntary")
    tiers = (savings.Tier(ZERO, Rate.percent(90, "year")),)
    terms = savings.InterestTerms(savings.Basis.DAILY, tiers)
    first, left, back = date(2026, 4, 1), date(2026, 4, 10), date(2026, 4, 12)
    savings.set_terms(book, kind, terms, valid_from=first, source="rapat")
    savings.deposit(book, savings.account(book, 2), Money(5_000_000), on=first)
    grant = [
        ledger.debit(11102, Money(5_000_000)),
        ledger.credit(33002, Money(5_000_000)),
    ]
    ledger.post(book, on=first, memo="Hibah", lines=grant)
    row = begin(book, on=left)
    settlement.settle(book, row, on=left, set_off=True)
    for payee in settlement.payees(book, row):
        settlement.pay_out(book, row, payee, on=left)
    decided = decisions.enter_decision(
        book, body=DecisionBody.BOARD, title="Kembali", text="Diterima", on=back
    )
    members.readmit(book, siti, on=back, reason="kembali", decision=decided)
    for account in (savings.account(book, 1), savings.account(book, 2)):
        savings.reopen(book, account)
        savings.deposit(book, account, Money(100_000), on=back)
    again, on = begin(book, on=date(2026, 4, 20)), date(2026, 4, 20)
    before = settlement.reckon(book, siti, S.RESIGNED, on).interest
    entry = settlement.settle(book, again, on=on, set_off=True)

    ledger.reverse(book, entry, on=on, reason="salah hitung")

    assert settlement.reckon(book, siti, S.RESIGNED, on).interest == before


def test_a_leaving_is_taken_back_after_its_settlement_was_paid_and_reversed(book):
    siti = members.member(book, 1)
    row = begin(book)
    entry = settlement.settle(book, row, on=LEFT_ON, set_off=False)
    (payee,) = settlement.payees(book, row)
    paid = settlement.pay_out(book, row, payee, on=LEFT_ON)
    assert siti.status is S.SETTLED
    for one in (paid, entry):
        ledger.reverse(book, one, on=LEFT_ON, reason="keliru")
    assert siti.status is S.RESIGNED

    settlement.take_back(book, row, on=LEFT_ON, reason="tetap anggota")

    assert siti.status is S.ACTIVE
    savings.deposit(book, savings.account(book, 2), Money(5_000), on=LEFT_ON)


def test_a_leaving_taken_back_leaves_a_suspension_its_end(book):
    siti, until = members.member(book, 1), date(2026, 5, 31)
    decided = decisions.enter_decision(
        book, body=DecisionBody.BOARD, title="Skors", text="Skors", on=FIRST_DAY
    )
    members.change_standing(
        *(book, siti, S.SUSPENDED),
        on=FIRST_DAY,
        reason="menunggak",
        decision=decided,
        until=until,
    )
    settlement.take_back(book, begin(book), on=TODAY, reason="tetap anggota")

    assert siti.status is S.SUSPENDED
    assert members.history(book, siti)[-1].until == until
