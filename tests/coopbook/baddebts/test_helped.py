"""A loan that was helped is made neither worse nor better by it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from coopbook import baddebts, ledger, loans, savings, security
from coopbook.baddebts import LoanClass, Reason, daily
from coopbook.dates import months_after
from coopbook.ledger import chart
from coopbook.loans.rules import RefinanceHidesArrears, RestructuredOften
from coopbook.money import ZERO, Money
from tests.conftest import FIRST_DAY, as_
from tests.coopbook.baddebts.test_assessing import DUE, ONE, by_law, replace_whole
from tests.coopbook.baddebts.test_daily import findings
from tests.coopbook.rounds.neighbours import furnish_street, lend, voluntary_of, whole


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        by_law(book, "share_arrears_to_borrow", 99)
        yield book


def class_of(book, loan, on):
    return baddebts.assessed(book, loan, on).verdict


def held_for(book, who, loan, amount=1_900_000):
    account = voluntary_of(book, who)
    savings.deposit(book, account, Money(amount), on=FIRST_DAY)
    security.hold_own(book, loan, account, Money(amount), on=FIRST_DAY)
    return account


def test_a_covered_loan_stays_doubtful_when_it_is_restructured(village):
    who = furnish_street(village)[0]
    old = lend(village, who)
    account = held_for(village, who, old)
    on = months_after(DUE, 6) + 5 * ONE
    before = class_of(village, old, on - ONE)
    assert (before.loan_class, before.reason) == (LoanClass.DOUBTFUL, Reason.COVERED)
    new = replace_whole(village, old, on)
    (now,) = baddebts.assess(village, on).rows
    assert now.loan.number == new.number
    assert now.verdict.loan_class is LoanClass.DOUBTFUL
    assert (now.deductible, now.allowance) == (now.outstanding, ZERO)

    assert security.release_ended(village, on) == 0
    (hold,) = security.held_for(village, new)
    assert (hold.loan_number, hold.savings_number) == (old.number, account.number)
    assert savings.held(village, account) == Money(1_900_000)
    asked = security.release_hold(village, hold, on=on, note="dicairkan")
    assert asked.kind == "security.hold"  # a second person, for the debt still runs


def test_what_was_held_for_a_restructured_loan_goes_when_the_new_one_is_paid(village):
    who = furnish_street(village)[0]
    old = lend(village, who)
    account = held_for(village, who, old)
    on = months_after(DUE, 1)
    new = replace_whole(village, old, on)
    loans.repay(
        *(village, new, loans.payoff(village, new, on).total),
        on=on,
        wish=loans.Wish.SETTLE,
    )
    assert security.release_ended(village, on) == 1
    assert savings.held(village, account) == ZERO


def test_interest_of_a_restructured_loan_is_noted_while_its_class_is_bad(village):
    old = lend(village, furnish_street(village)[0])
    on = months_after(DUE, 4)
    new = replace_whole(village, old, on)
    assert class_of(village, new, on + ONE).loan_class is LoanClass.SUBSTANDARD
    assert baddebts.is_suspended(village, new, on + ONE)
    income = ledger.account_balance(village, chart.PRODUCTIVE_INTEREST)
    (entry, *_) = loans.accrue(village, f"{on:%Y-%m}")
    assert ledger.account_balance(village, chart.PRODUCTIVE_INTEREST) == income
    assert all(line.account_number >= 90_000 for line in entry.lines)


def test_the_worst_loan_marks_one_that_is_looked_at_alone(village):
    people = furnish_street(village)
    lend(village, people[0])
    good = lend(village, people[0], 600_000, on=months_after(FIRST_DAY, 5))
    on = months_after(DUE, 5)
    assert class_of(village, good, on).loan_class is LoanClass.CURRENT
    by_law(village, "worst_marks_all", 1)
    among = {each.loan.number: each for each in baddebts.assess(village, on).rows}
    alone = baddebts.assessed(village, good, on)
    assert alone == among[good.number]
    assert alone.verdict.reason is Reason.WORST
    assert baddebts.is_suspended(village, good, on)


def test_a_late_entry_for_one_loan_writes_the_log_of_the_others_again(coop):
    with coop.open() as book:
        by_law(book, "share_arrears_to_borrow", 99)
        by_law(book, "worst_marks_all", 1)
        by_law(book, "classification_policy", 1)
        who = furnish_street(book)[0]
        bad = lend(book, who)
        good = lend(book, who, 300_000, code="emergency", term=3)
        for row in list(loans.schedule_of(book, good))[:2]:
            loans.repay(book, good, row.total, on=row.due_on)
        day, past = FIRST_DAY + 65 * ONE, FIRST_DAY + 50 * ONE
        daily.class_loans(book, FIRST_DAY + 20 * ONE)
        daily.class_loans(book, day)
        then = daily.logged(daily.rows_of(book, good), past)
        assert then is not None
        assert then.reason is Reason.WORST
        for row in list(loans.schedule_of(book, bad)):
            if row.due_on <= day:
                loans.repay(book, bad, row.total, on=row.due_on)
        daily.class_loans(book, day)
        for on in (past, day):
            again = daily.logged(daily.rows_of(book, good), on)
            assert again is not None
            assert again.reason is Reason.NOTHING_LATE
        assert not baddebts.assess(book, day).allowance
        last = daily.last_run(book)
        assert last is not None
        assert last.needed == ZERO
    assert findings(coop) == []


BENT = (
    "INSERT INTO loan_class_log (cooperative_id, loan_number, number, since,"
    " loan_class, reason, late_since, carried, recorded) SELECT cooperative_id,"
    " loan_number, logged + 1, since, 'current', reason, late_since, carried, {}"
    " FROM loan_daily WHERE cooperative_id = {} AND loan_number = {}",
    "UPDATE loan_daily SET logged = logged + 1, loan_class = 'current'"
    " WHERE cooperative_id = {1} AND loan_number = {2}",
)


def test_a_class_that_was_written_over_with_its_log_is_told(coop):
    with coop.open() as book:
        by_law(book, "share_arrears_to_borrow", 99)
        bad = lend(book, furnish_street(book)[0]).number
        daily.class_loans(book, months_after(DUE, 4))
    assert findings(coop) == []
    with coop.engine.connect().execution_options(writing=True) as connection:
        for each in BENT:
            connection.execute(text(each.format(1, coop.number, bad)))
        connection.commit()
    (said,) = findings(coop)
    assert said == "Loan %(number)s is in another class than its log says."


def test_what_was_cured_is_not_carried_again_and_may_be_refinanced(village):
    who = furnish_street(village)[0]
    new = replace_whole(village, lend(village, who), months_after(DUE, 4))
    rows = list(loans.schedule_of(village, new))
    for each in rows[:4]:
        loans.repay(village, new, each.total, on=each.due_on)
    on = rows[3].due_on + ONE
    assert loans.is_cured(village, new, on)
    with as_(village, "dewi"):
        more = loans.to_date(village, new, on).total + Money(500_000)
        asked = loans.ask_replacement(
            *(village, new, loans.product(village, "productive"), more),
            term=12,
            purpose="modal",
            on=on,
            restructure=False,
        )
        assert asked.carried_days is None
        loans.cancel(village, asked)
    late = rows[4].due_on + 5 * ONE
    again = replace_whole(village, new, late)
    assert again.carried_days == 5


def test_a_loan_that_is_not_cured_is_not_refinanced(village):
    new = replace_whole(
        village, lend(village, furnish_street(village)[0]), months_after(DUE, 4)
    )
    on = months_after(DUE, 4) + ONE
    more = loans.to_date(village, new, on).total + Money(500_000)
    with as_(village, "dewi"), pytest.raises(RefinanceHidesArrears):
        loans.ask_replacement(
            *(village, new, loans.product(village, "productive"), more),
            term=12,
            purpose="modal",
            on=on,
            restructure=False,
        )


def test_a_loan_is_restructured_so_often_and_no_more_before_it_is_cured(village):
    loan = lend(village, furnish_street(village)[0])
    on = months_after(DUE, 4)
    for _ in range(3):
        loan = replace_whole(village, loan, on)
        on += 10 * ONE
    with pytest.raises(RestructuredOften) as refused:
        replace_whole(village, loan, on)
    assert refused.value.times == 3


def test_the_log_is_written_when_a_month_is_closed(coop):
    """Who has only the desks never runs the command for the end of a day."""
    with coop.open() as book:
        by_law(book, "share_arrears_to_borrow", 99)
        loan = lend(book, furnish_street(book)[0])
        assert daily.last_run(book) is None
        ledger.close(book, "2026-01")
        ledger.close(book, "2026-02")
        last = daily.last_run(book)
        assert last is not None
        assert last.run_on == date(2026, 2, 28)
        then = daily.logged(daily.rows_of(book, loan), date(2026, 2, 20))
        assert then is not None
        assert then.days(date(2026, 2, 20)) == (date(2026, 2, 20) - DUE).days
    assert findings(coop) == []
