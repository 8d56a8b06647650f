"""Whatever is taken back or entered late, replay and cards agree; nothing is stuck."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coopbook import ledger, loans, members
from coopbook.cooperatives import set_setting
from coopbook.ledger import chart, credit, debit
from coopbook.ledger.rules import BelowFloor
from coopbook.loans import LoanState, Wish, rules
from coopbook.loans.changes import ChangeAfterEnd
from coopbook.loans.conditions import Conditions
from coopbook.loans.offering import RateAboveCap
from coopbook.loans.replay import Order
from coopbook.loans.terms import DueBeforePaidOut
from coopbook.money import ZERO, Money, Rate
from coopbook.opendays import Shift
from coopbook.people import approvals
from coopbook.verification import verify
from tests.conftest import FIRST_DAY, VAULT, as_


def day(number):
    return FIRST_DAY + timedelta(days=number)


def second(book, asked):
    with as_(book, "budi"):
        return approvals.approve(book, asked.number, digest=asked.digest)


def approved(book, amount=1_200_000, code="productive", **more):
    with as_(book, "dewi"):
        loan = loans.apply(
            *(book, members.member(book, 1), loans.product(book, code), Money(amount)),
            term=more.pop("term", 12),
            purpose="modal",
            on=FIRST_DAY,
            **more,
        )
    second(book, loans.asked_for(book, loan))
    return loan


def lent(book, amount=1_200_000, **more):
    loan = approved(book, amount, **more)
    loans.disburse(book, loan, on=FIRST_DAY)
    return loan


def pay(book, loan, amount, on, wish=Wish.NEXT):
    return loans.repay(book, loan, Money(amount), on=day(on), wish=wish)


@pytest.fixture
def village(coop):
    """A book with money enough; at the end it has to be whole, cards as the replay."""
    with coop.open() as book:
        much = Money(90_000_000)
        lines = [debit(chart.TELLER_CASH, much), credit(33002, much)]
        ledger.post(book, on=FIRST_DAY, memo="Hibah", lines=lines)
        yield book
        held = 0
        for loan in loans.loans(book):
            if loan.disbursed_on is None:
                continue
            replay = loans.replay_of(book, loan)
            card = ledger.card_balance(book, *loan.card)
            assert card == Money(replay.outstanding), loan.number
            held += replay.held
        assert ledger.account_balance(book, chart.OVERPAID) == Money(held)
    checks = verify(engine=coop.engine, vault=VAULT, cooperative_id=coop.number)
    assert [check.finding for check in checks if check.finding] == []


def test_held_money_that_ended_a_loan_is_taken_back_and_the_loan_runs(village):
    loan = lent(village, 300_000, code="emergency", term=2)
    pay(village, loan, 300_000, 1, Wish.HOLD)
    assert loans.use_held(village, loan, on=day(31)) is not None
    used = loans.use_held(village, loan, on=day(60))
    assert loan.state is LoanState.SETTLED
    ledger.reverse(village, used, on=day(61), reason="salah")

    assert loan.state is LoanState.DISBURSED
    assert loans.use_held(village, loan, on=day(62)) is not None


def test_a_hold_is_taken_back_of_which_part_was_used(village):
    loan = lent(village)
    hold = pay(village, loan, 150_000, 1, Wish.HOLD)
    loans.use_held(village, loan, on=day(31))
    ledger.reverse(village, hold, on=day(32), reason="salah")

    assert loans.standing(village, loan, day(32)).held == ZERO


def test_a_tranche_is_taken_back_after_payments(village):
    product = loans.product(village, "productive")
    product.conditions = Conditions(approved=Money(2_200_000)).text()
    loan = lent(village)
    more = loans.pay_tranche(village, loan, Money(1_000_000), on=day(5))
    pay(village, loan, 700_000, 40)
    ledger.reverse(village, more, on=day(41), reason="salah")

    assert loans.undrawn(village, loan) == Money(1_000_000)


def test_a_disbursement_is_not_taken_back_under_a_tranche(village):
    product = loans.product(village, "productive")
    product.conditions = Conditions(approved=Money(2_200_000)).text()
    loan = approved(village)
    paid_out = loans.disburse(village, loan, on=FIRST_DAY)
    loans.pay_tranche(village, loan, Money(500_000), on=day(5))

    with pytest.raises(rules.TranchesStand):
        ledger.reverse(village, paid_out, on=day(6), reason="salah")


def test_all_that_is_approved_in_tranches_decides_who_approves(village):
    product = loans.product(village, "productive")
    product.conditions = Conditions(approved=Money(20_000_000)).text()
    with as_(village, "dewi"):
        loan = loans.apply(
            *(village, members.member(village, 1), product, Money(500_000)),
            term=12,
            purpose="modal",
            on=FIRST_DAY,
        )
    assert loans.asked_for(village, loan).kind == "loans.approve"
    product.conditions = Conditions(approved=Money(500_000_000)).text()
    with pytest.raises(rules.TooMuchAsked):
        approved(village, 500_000)


def test_what_was_changed_before_a_payout_that_was_taken_back_is_forgotten(village):
    loan = approved(village)
    paid_out = loans.disburse(village, loan, on=FIRST_DAY)
    asked = loans.change_rate(village, loan, Rate.percent(1), on=day(3), reason="rapat")
    second(village, asked)
    ledger.reverse(village, paid_out, on=day(4), reason="salah")
    loans.disburse(village, loan, on=day(20))

    assert loans.standing(village, loan, day(60)).days_past_due == 9


def test_a_loan_is_not_paid_out_after_its_first_due_day(village):
    loan = approved(village, first_due=day(20))

    with pytest.raises(DueBeforePaidOut):
        loans.disburse(village, loan, on=day(25))


def test_a_correction_is_not_taken_back_by_itself(village):
    loan = lent(village)
    pay(village, loan, 300_000, 60)
    cause = pay(village, loan, 50_000, 32)
    (made,) = loans.corrections_for(village, cause)
    entry = ledger.entry(village, made.entry_number)

    with pytest.raises(rules.FollowsFromOthers):
        ledger.reverse(village, entry, on=day(61), reason="salah")


def test_a_late_entry_near_the_end_leaves_what_is_too_much_held(village):
    loan = lent(village)
    pay(village, loan, 1_300_000, 40)
    pay(village, loan, 200_000, 35)

    assert loans.standing(village, loan, day(40)).held > ZERO


def test_a_payment_whose_hold_was_corrected_away_is_taken_back(village):
    loan = lent(village)
    hold = pay(village, loan, 218_000, 34, Wish.HOLD)
    first = pay(village, loan, 10_000, 32)
    ledger.reverse(village, hold, on=day(40), reason="salah")
    ledger.reverse(village, first, on=day(41), reason="salah")

    assert (
        loans.standing(village, loan, day(41)).outstanding_principal == loan.principal
    )


def test_a_loan_ended_before_a_change_of_its_rate_stays_ended(village):
    loan = lent(village)
    asked = loans.change_rate(
        village, loan, Rate.percent(1), on=day(50), reason="rapat"
    )
    second(village, asked)
    ends = loans.payoff(village, loan, day(40)).total
    loans.repay(village, loan, ends, on=day(40), wish=Wish.SETTLE)

    assert loan.state is LoanState.SETTLED


def test_what_a_month_earned_stays_when_the_loan_is_settled_later(village):
    loan = lent(village)
    assert len(loans.accrue(village, "2026-01")) == 2
    ends = loans.payoff(village, loan, day(45)).total
    loans.repay(village, loan, ends, on=day(45), wish=Wish.SETTLE)

    assert loans.accrue(village, "2026-01") == []


def test_an_accrual_is_not_taken_back_by_itself(village):
    lent(village)
    entry, _ = loans.accrue(village, "2026-01")

    with pytest.raises(rules.FollowsFromOthers):
        ledger.reverse(village, entry, on=day(40), reason="salah")


def asked_instead(book, old, amount, on, *, restructure):
    with as_(book, "dewi"):
        new = loans.ask_replacement(
            *(book, old, loans.product(book, "productive"), amount),
            term=12,
            purpose="x",
            on=day(on),
            restructure=restructure,
        )
    second(book, loans.asked_for(book, new))
    return new


def test_a_refinancing_that_became_late_while_it_waited_is_not_paid_out(village):
    old = lent(village)
    new = asked_instead(village, old, Money(3_000_000), 20, restructure=False)

    with pytest.raises(rules.RefinanceHidesArrears):
        loans.disburse(village, new, on=day(100))


def test_a_restructuring_pays_out_nothing_whatever_was_paid_meanwhile(village):
    old = lent(village)
    ends = loans.to_date(village, old, day(60)).total
    new = asked_instead(village, old, ends, 60, restructure=True)
    pay(village, old, 500_000, 61)
    cash = ledger.account_balance(village, chart.TELLER_CASH)
    loans.disburse(village, new, on=day(62))

    assert ledger.account_balance(village, chart.TELLER_CASH) == cash
    assert new.principal < ends
    with pytest.raises(rules.RefinanceHidesArrears):
        asked_instead(village, new, Money(5_000_000), 62, restructure=False)


def test_a_replacement_does_not_come_before_what_was_paid(village):
    old = lent(village)
    new = asked_instead(village, old, Money(3_000_000), 20, restructure=False)
    pay(village, old, 118_000, 31)

    with pytest.raises(rules.ChangedBefore):
        loans.disburse(village, new, on=day(20))


def test_a_rate_above_the_cap_is_refused_for_a_running_loan_too(village):
    loan = lent(village)

    with pytest.raises(RateAboveCap):
        loans.change_rate(village, loan, Rate.percent(3), on=day(5), reason="rapat")
    with pytest.raises(ChangeAfterEnd):
        loans.change_rate(village, loan, Rate.percent(1), on=day(900), reason="rapat")


def test_held_money_goes_back_to_the_member_and_no_more_than_is_held(village):
    loan = lent(village)
    pay(village, loan, 100_000, 1, Wish.HOLD)
    with pytest.raises(rules.NotHeld):
        loans.give_back(village, loan, Money(100_001), on=day(2))
    with pytest.raises(rules.MoreThanOwed):
        pay(village, loan, 60_000_000, 2, Wish.HOLD)
    back = loans.give_back(village, loan, Money(60_000), on=day(2))
    assert loans.standing(village, loan, day(2)).held == Money(40_000)
    ledger.reverse(village, back, on=day(3), reason="salah")

    assert loans.standing(village, loan, day(3)).held == Money(100_000)


def test_a_new_rest_day_leaves_the_days_before_it_alone(village):
    product = loans.product(village, "productive")
    moves = replace(loans.conditions_of(product), shift=Shift.NEXT)
    product.conditions = moves.text()
    loan = lent(village)
    before = loans.schedule_of(village, loan).due_on
    weekday = before[0].isoweekday()
    set_setting(
        village, "rest_day", weekday, valid_from=day(60), source="RAT", on=day(59)
    )
    after = loans.schedule_of(village, loan).due_on

    assert after[0] == before[0]
    assert all(due < day(60) or due.isoweekday() != weekday for due in after)


def test_cash_that_is_gone_is_not_paid_back_by_a_reversal(coop):
    with coop.open() as book:
        much = Money(1_200_000)
        lines = [debit(chart.TELLER_CASH, much), credit(33002, much)]
        ledger.post(book, on=FIRST_DAY, memo="Hibah", lines=lines)
        number = lent(book).number
        paid = pay(book, loans.loan(book, number), 118_000, 31).number
        all_of_it = ledger.account_balance(book, chart.TELLER_CASH)
        away = [debit(chart.BANK, all_of_it), credit(chart.TELLER_CASH, all_of_it)]
        ledger.post(book, on=day(31), memo="Setor bank", lines=away)

    with pytest.raises(BelowFloor), coop.open() as book:
        ledger.reverse(book, ledger.entry(book, paid), on=day(32), reason="salah")

    with coop.open() as book:
        assert ledger.account_balance(book, chart.TELLER_CASH) == ZERO
        (kept,) = loans.payments(book, loans.loan(book, number))
        assert kept.reversed_by is None


def test_after_held_money_was_given_back_earlier_payments_still_change(village):
    loan = lent(village)
    first = pay(village, loan, 10_000, 5)
    pay(village, loan, 100_000, 10, Wish.HOLD)
    loans.give_back(village, loan, Money(60_000), on=day(12))
    pay(village, loan, 20_000, 11)
    ledger.reverse(village, first, on=day(13), reason="salah")
    assert loans.replay_of(village, loan).held == 40_000


def replaced(book, old, on, term=12):
    with as_(book, "dewi"):
        new = loans.ask_replacement(
            *(book, old, loans.product(book, old.product_code)),
            loans.to_date(book, old, day(on)).total,
            term=term,
            purpose="x",
            on=day(on),
            restructure=True,
        )
    second(book, loans.asked_for(book, new))
    loans.disburse(book, new, on=day(on))
    return new


def test_a_replacement_that_takes_over_interest_alone_ends_the_old_loan(village):
    product = loans.product(village, "productive")
    kept = loans.conditions_of(product)
    product.conditions = replace(kept, order=Order.PRINCIPAL_FIRST).text()
    old = lent(village, 300_000, term=2)
    pay(village, old, 300_000, 70)
    assert old.state is LoanState.DISBURSED
    new = replaced(village, old, 70, term=1)
    assert old.state is LoanState.SETTLED
    stands = loans.standing(village, old, day(170))
    assert (stands.payoff, stands.days_past_due) == (ZERO, 0)
    assert loans.payments(village, old)[-1].principal == ZERO
    assert new.principal == loans.payments(village, old)[-1].total


def test_a_loan_that_was_ended_and_runs_again_is_paid_and_not_changed(village):
    product = loans.product(village, "productive")
    kept = loans.conditions_of(product)
    product.conditions = replace(kept, approved=Money(3_000_000)).text()
    old = lent(village)
    paid = pay(village, old, 500_000, 31)
    replaced(village, old, 100)
    ledger.reverse(village, paid, on=day(101), reason="salah")
    assert old.state is LoanState.DISBURSED
    with pytest.raises(rules.EndedOnce):
        loans.pay_tranche(village, old, Money(500_000), on=day(102))
    with pytest.raises(rules.EndedOnce):
        loans.change_rate(
            village, old, Rate.percent(1, "month"), on=day(102), reason="RAT"
        )
    due = loans.due_on(village, old, day(310))
    loans.repay(
        village, old, due + Money(50_000), on=day(310), wish=Wish.SMALLER
    )  # goes to the next rows; the fixture holds cards to the replay


def test_a_loan_is_not_ended_before_a_tranche_that_stands(village):
    product = loans.product(village, "productive")
    kept = loans.conditions_of(product)
    product.conditions = replace(kept, approved=Money(3_000_000)).text()
    loan = lent(village)
    loans.pay_tranche(village, loan, Money(500_000), on=day(50))
    ends = loans.payoff(village, loan, day(20)).total
    with pytest.raises(rules.ChangedBefore):
        loans.repay(village, loan, ends, on=day(20), wish=Wish.SETTLE)
    assert loan.state is LoanState.DISBURSED


def test_a_waiver_of_the_last_that_is_owed_settles_the_loan(village):
    product = loans.product(village, "emergency")
    kept = loans.conditions_of(product)
    product.conditions = replace(kept, order=Order.INTEREST_FIRST).text()
    product.penalty_rate = Rate.percent("0.5", "day")
    loan = lent(village, 300_000, code="emergency", term=1)
    paid = loans.repay(
        village, loan, loans.standing(village, loan, day(60)).arrears, on=day(60)
    )
    left = loans.standing(village, loan, day(60)).payoff
    assert left > ZERO
    asked = loans.waive_penalty(village, loan, left, on=day(60), reason="sakit")
    second(village, asked)
    assert loan.state is LoanState.SETTLED
    ledger.reverse(village, paid, on=day(61), reason="salah orang")
    assert loan.state is LoanState.DISBURSED


def test_no_loan_takes_a_place_before_the_day_it_was_paid_out(village):
    old = lent(village)
    new = replaced(village, old, 100)
    with as_(village, "dewi"), pytest.raises(rules.PaidBeforeDisbursed):
        loans.ask_replacement(
            *(village, new, loans.product(village, "productive"), Money(1_200_000)),
            term=12,
            purpose="x",
            on=day(5),
            restructure=True,
        )


def test_nobody_is_settled_while_money_waits_for_a_loan(village):
    from coopbook import settlement
    from coopbook.members import MemberStatus
    from coopbook.settlement.rules import HeldForLoans

    loan = lent(village)
    pay(village, loan, 100_000, 1, Wish.HOLD)
    row = settlement.begin(
        *(village, members.member(village, 1), MemberStatus.RESIGNED),
        on=day(2),
        reason="pindah",
    )
    with pytest.raises(HeldForLoans) as refusal:
        settlement.settle(village, row, on=day(2), set_off=True)
    assert refusal.value.held == Money(100_000)
    loans.give_back(village, loan, Money(100_000), on=day(2))
    settlement.settle(village, row, on=day(2), set_off=True)
    assert row.net is not None
