"""What was judged of a loan: refused where it cannot be, seen in class, log, export."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest

from coopbook import baddebts, exports, loans, savings, security
from coopbook.baddebts import Judged, Judging, LoanClass, Reason, daily, judge, rules
from coopbook.dates import months_after
from coopbook.decisions import DecisionBody
from coopbook.decisions.rules import NoSuchDecision
from coopbook.ledger.rules import ReasonNeeded
from coopbook.loans.rules import OwnLoan, WrongState
from coopbook.money import ZERO, Money
from coopbook.people import User
from tests.conftest import FIRST_DAY, as_, found
from tests.coopbook.gone_bad import by_law, decided
from tests.coopbook.rounds.neighbours import furnish_street, lend, voluntary_of, whole
from tests.oracles.naive_portfolio import PAR, Portfolio

DUE = months_after(FIRST_DAY, 1)
LONG_LATE = months_after(DUE, 6) + timedelta(days=1)
ONE = timedelta(days=1)
COURT = "Pengadilan Negeri, 12/Pdt.G.S/2026"
SAVED, LOST = Judging.SALVAGEABLE, Judging.NOT_SALVAGEABLE
AWAY, BACK = Judging.HANDED_OVER, Judging.TAKEN_BACK


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        by_law(book, "share_arrears_to_borrow", 99)
        yield book


@pytest.fixture
def late(village):
    """A loan of which nothing is paid."""
    return lend(village, furnish_street(village)[0])


def handed_over(book, loan, on, **how):
    return judge(
        book, loan, AWAY, on=on, **{"reason": "menunggak", "reference": COURT, **how}
    )


def taken_back(book, loan, on):
    return judge(book, loan, BACK, on=on, reason="damai")


def saved(book, loan, on, **how):
    how.setdefault("decision_number", decided(book, on))
    return judge(book, loan, SAVED, on=on, reason="usaha jalan lagi", **how)


def lost(book, loan, on):
    return judge(book, loan, LOST, on=on, reason="usaha tutup")


def held(book, loan, amount, on=FIRST_DAY):
    """Let savings of the borrower stand behind a loan."""
    account = voluntary_of(book, loan.member)
    savings.deposit(book, account, Money(amount), on=on)
    security.hold_own(book, loan, account, Money(amount), on=on)


def verdict(book, loan, on):
    (each,) = (
        one for one in baddebts.assess(book, on).rows if one.loan.number == loan.number
    )
    alone = baddebts.assessed(book, loan, on)
    assert (alone.verdict, alone.allowance) == (each.verdict, each.allowance)
    return each.verdict.loan_class, each.verdict.reason


# -- what it does --------------------------------------------------------------


def test_a_loan_at_the_court_is_loss_from_that_day_until_it_is_taken_back(
    village, late
):
    on, back = DUE - 9 * ONE, DUE + 9 * ONE
    handed_over(village, late, on)
    taken_back(village, late, back)

    assert verdict(village, late, on - ONE) == (
        LoanClass.CURRENT,
        Reason.NOTHING_LATE,
    )
    for day in (on, back - ONE):
        assert verdict(village, late, day) == (LoanClass.LOSS, Reason.HANDED_OVER)
    assert verdict(village, late, back) == (LoanClass.CURRENT, Reason.WITHIN)
    now = baddebts.assess(village, on)
    assert now.allowance == now.outstanding == Money(1_200_000)


def test_what_stands_behind_a_loan_at_the_court_is_taken_off_though_nothing_is_late(
    village, late
):
    held(village, late, 500_000)
    handed_over(village, late, DUE - ONE)
    (row,) = baddebts.assess(village, DUE - ONE).rows
    assert (row.days, row.deductible) == (0, Money(500_000))
    assert row.allowance == Money(700_000)


def test_a_loan_that_can_be_saved_needs_cover_of_three_quarters(village, late):
    owes = loans.to_date(village, late, LONG_LATE).total
    enough = -(-owes.units * 3 // 4)
    held(village, late, enough)
    assert verdict(village, late, LONG_LATE) == (LoanClass.LOSS, Reason.UNCOVERED)
    saved(village, late, LONG_LATE)
    assert verdict(village, late, LONG_LATE) == (
        LoanClass.DOUBTFUL,
        Reason.COVERED,
    )
    # by the next month it owes more, and the same cover is short of three quarters
    later = LONG_LATE + timedelta(days=31)
    stands = security.cover_of(village, late, later)
    assert Fraction(stands.total.units, stands.owed.units) < Fraction(3, 4)
    assert verdict(village, late, later) == (LoanClass.LOSS, Reason.UNCOVERED)
    lost(village, late, later)
    assert baddebts.judged(village, late, later) == Judged()


def test_less_than_three_quarters_is_loss_though_the_board_would_save_it(village, late):
    owes = loans.to_date(village, late, LONG_LATE).total
    held(village, late, -(-owes.units * 3 // 4) - 1)
    saved(village, late, LONG_LATE)
    assert verdict(village, late, LONG_LATE) == (LoanClass.LOSS, Reason.UNCOVERED)


def test_the_pairs_stand_on_their_own(village, late):
    handed_over(village, late, DUE)
    saved(village, late, DUE + ONE)
    taken_back(village, late, DUE + 2 * ONE)
    stood = [
        baddebts.judged(village, late, DUE + days * ONE) for days in (-1, 0, 1, 2, 99)
    ]
    assert stood == [
        *(Judged(), Judged(handed_over=True), Judged(True, True)),
        *(Judged(salvageable=True), Judged(salvageable=True)),
    ]
    assert baddebts.judged_loans(village, DUE + ONE) == {
        late.number: Judged(True, True)
    }
    assert baddebts.judged_loans(village, DUE - ONE) == {}


def test_the_other_policies_do_not_ask(village, late):
    handed_over(village, late, DUE)
    for policy in (baddebts.Policy.BANK5, baddebts.Policy.LKM3, baddebts.Policy.PEARLS):
        (row,) = baddebts.assess(village, DUE, policy=policy).rows
        assert row.verdict.loan_class is LoanClass.CURRENT


def test_interest_of_a_loan_at_the_court_is_no_income_though_nothing_is_late(
    village, late
):
    by_law(village, "non_accrual_from", 1)
    assert not baddebts.is_suspended(village, late, DUE)
    handed_over(village, late, DUE)
    assert baddebts.is_suspended(village, late, DUE)
    assert not baddebts.is_suspended(village, late, DUE - ONE)


def test_who_judged_and_by_what_is_kept(village, late):
    label = decided(village, DUE)
    saved(village, late, DUE, decision_number=label)
    handed_over(village, late, DUE, reference=f"  {COURT} ")
    told = [
        (row.number, row.kind, row.reference, row.decision_number, row.judged_by)
        for row in baddebts.judgements_of(village, late)
    ]
    who = village.actor
    assert told == [(1, SAVED, "", label, who), (2, AWAY, COURT, None, who)]


# -- what is refused -----------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "how", "refusal"),
    [
        (AWAY, {"reason": "  "}, ReasonNeeded),
        (AWAY, {"reference": "  "}, rules.WithWhom),
        (AWAY, {"on": FIRST_DAY - ONE}, rules.BeforePaidOut),
        (AWAY, {"decision_number": 99}, NoSuchDecision),
        (BACK, {}, rules.NothingToEnd),
        (LOST, {}, rules.NothingToEnd),
        (SAVED, {}, rules.BoardNeeded),
        (SAVED, {"decision_number": 99}, NoSuchDecision),
    ],
)
def test_what_cannot_be_judged_is_refused(village, late, kind, how, refusal):
    asked = {"on": DUE, "reason": "menunggak", "reference": COURT, **how}
    with pytest.raises(refusal):
        judge(village, late, kind, **asked)
    assert baddebts.judgements_of(village, late) == []


def test_a_loan_that_does_not_run_is_not_judged(village, late):
    ends = loans.payoff(village, late, DUE).total
    loans.repay(village, late, ends, on=DUE, wish=loans.Wish.SETTLE)
    with pytest.raises(WrongState):
        handed_over(village, late, DUE)


def test_the_same_is_not_judged_twice_nor_out_of_order(village, late):
    handed_over(village, late, DUE)
    with pytest.raises(rules.JudgedAlready):
        handed_over(village, late, DUE + ONE)
    with pytest.raises(rules.JudgedLater):
        taken_back(village, late, DUE - ONE)
    with pytest.raises(rules.NothingToEnd):
        lost(village, late, DUE)
    taken_back(village, late, DUE)
    handed_over(village, late, DUE)
    assert len(baddebts.judgements_of(village, late)) == 3


def test_only_the_board_says_that_a_loan_can_be_saved_and_says_it_before(village, late):
    others = decided(village, DUE, DecisionBody.SUPERVISORS)
    with pytest.raises(rules.WrongBody):
        saved(village, late, DUE, decision_number=others)
    tomorrow = decided(village, DUE + ONE)
    with pytest.raises(rules.DecidedLater):
        saved(village, late, DUE, decision_number=tomorrow)
    saved(village, late, DUE + ONE, decision_number=tomorrow)


def test_nobody_judges_their_own_loan(village, late):
    person = village.get(User, "dewi")
    person.member_number = late.member_number
    with as_(village, "dewi"), pytest.raises(OwnLoan):
        handed_over(village, late, DUE)


def test_a_neighbouring_cooperative_sees_nothing_of_it(coop, engine):
    twin = found(engine)
    for each in (twin, coop):
        with each.open() as book:
            by_law(book, "share_arrears_to_borrow", 99)
            loan = lend(book, furnish_street(book)[0])
            number = loan.number
            if each is coop:
                handed_over(book, loan, DUE)
    with twin.open() as book:
        assert baddebts.judged_loans(book, DUE) == {}
        theirs = loans.loan(book, number)
        assert verdict(book, theirs, DUE)[0] is LoanClass.CURRENT


# -- the log of a day ----------------------------------------------------------


def logged(book, loan, on):
    state = daily.logged(daily.rows_of(book, loan), on)
    return state.loan_class, state.reason


def agrees(book, loan, first, last):
    """Compare the log with what each day comes to by everything in the book."""
    rows, day = daily.rows_of(book, loan), first
    while day <= last:
        said = daily.logged(rows, day) or daily.ENDED
        assert said == daily.state_on(book, loan, day), day
        day += ONE


def test_a_judgement_entered_late_writes_the_log_again_from_its_day(village, late):
    daily.class_loans(village, FIRST_DAY)
    daily.class_loans(village, DUE + 20 * ONE)
    assert daily.current(village, DUE + 20 * ONE)

    handed_over(village, late, DUE + 5 * ONE)
    assert not daily.current(village, DUE + 20 * ONE)
    daily.class_loans(village, DUE + 20 * ONE)
    assert logged(village, late, DUE + 4 * ONE) == (LoanClass.CURRENT, Reason.WITHIN)
    for day in (5, 20):
        assert logged(village, late, DUE + day * ONE) == (
            *(LoanClass.LOSS, Reason.HANDED_OVER),
        )
    assert daily.needed_by_kept(village, DUE + 20 * ONE) == Money(1_200_000)

    taken_back(village, late, DUE + 30 * ONE)
    daily.class_loans(village, DUE + 40 * ONE)
    assert not village.get(daily.LoanDaily, late.number).apart
    assert logged(village, late, DUE + 30 * ONE) == (LoanClass.CURRENT, Reason.WITHIN)
    agrees(village, late, FIRST_DAY, DUE + 40 * ONE)


def test_what_was_judged_of_a_day_the_log_has_not_reached_waits_for_it(village, late):
    daily.class_loans(village, DUE)
    handed_over(village, late, DUE + 10 * ONE)
    daily.class_loans(village, DUE + 5 * ONE)
    assert logged(village, late, DUE + 5 * ONE) == (LoanClass.CURRENT, Reason.WITHIN)
    assert not village.get(daily.LoanDaily, late.number).apart
    daily.class_loans(village, DUE + 10 * ONE)
    assert logged(village, late, DUE + 10 * ONE)[0] is LoanClass.LOSS
    agrees(village, late, DUE, DUE + 10 * ONE)


# -- read by a stranger --------------------------------------------------------


def test_a_stranger_works_out_every_week_of_judged_loans(village, tmp_path):
    first, second, third, fourth = (
        lend(village, who) for who in furnish_street(village)
    )
    for loan in (first, second):
        held(village, loan, 1_200_000)
    paid = iter(loans.schedule_of(village, fourth))
    for row in (next(paid), next(paid)):
        loans.repay(village, fourth, row.total, on=row.due_on)
    saved(village, first, months_after(DUE, 7))
    lost(village, first, months_after(DUE, 9))
    saved(village, second, months_after(DUE, 1))
    handed_over(village, second, months_after(DUE, 8))
    handed_over(village, third, DUE - 5 * ONE)
    taken_back(village, third, DUE + 40 * ONE)
    handed_over(village, fourth, DUE + 5 * ONE)

    last = months_after(DUE, 11)
    days = [FIRST_DAY + n * 7 * ONE for n in range((last - FIRST_DAY).days // 7)]
    exports.export(village, "csv", tmp_path / "out", as_of=last)
    stranger = Portfolio(tmp_path / "out", days)
    seen = set()
    for on in days:
        now = baddebts.assess(village, on)
        assert {
            each.loan.number: (
                *(each.days, each.verdict.loan_class.value),
                *(each.deductible.units, each.allowance.units),
            )
            for each in now.rows
        } == {
            number: (one.days, one.loan_class, one.deductible, one.allowance)
            for number, one in stranger.evenings[on].items()
        }, on
        assert now.allowance.units == stranger.allowance(on)
        for days_late in PAR:
            risk = now.at_risk(days_late)
            assert (risk.count, risk.outstanding.units, risk.share) == (
                stranger.at_risk(on, days_late)
            )
        seen |= {(each.verdict.loan_class, each.verdict.reason) for each in now.rows}
    assert {
        (LoanClass.LOSS, Reason.HANDED_OVER),
        (LoanClass.LOSS, Reason.UNCOVERED),
        (LoanClass.DOUBTFUL, Reason.COVERED),
        (LoanClass.SUBSTANDARD, Reason.PRINCIPAL),
    } <= seen
    assert baddebts.assess(village, FIRST_DAY).allowance == ZERO
