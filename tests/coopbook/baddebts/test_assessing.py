"""The loans of a day in their classes, what is at risk of them, what is set aside."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from coopbook import baddebts, cooperatives, ledger, loans, savings, security
from coopbook.baddebts import LoanClass, Policy, PolicyUnavailable, Reason, Scale
from coopbook.baddebts.queries import IN_USE, SCALES_IN_USE
from coopbook.cooperatives.standards import KNOWN
from coopbook.dates import months_after
from coopbook.ledger import chart
from coopbook.ledger.rules import PeriodClosed
from coopbook.money import ZERO, Money
from coopbook.people import approvals
from tests.conftest import FIRST_DAY, as_
from tests.coopbook.rounds.neighbours import furnish_street, lend, voluntary_of, whole

DUE = months_after(FIRST_DAY, 1)
ONE = timedelta(days=1)


@pytest.fixture
def village(coop):
    with whole(coop) as book:
        by_law(book, "share_arrears_to_borrow", 99)
        yield book


def street(book):
    """Lend four neighbours money; Tuti pays three times, Yanti all, others nothing."""
    people = furnish_street(book)
    lent = [lend(book, who) for who in people]
    for loan, times in ((lent[1], 3), (lent[2], 12)):
        for row in list(loans.schedule_of(book, loan))[:times]:
            loans.repay(book, loan, row.total, on=row.due_on)
    return lent


def classes_on(book, on, **asked):
    now = baddebts.assess(book, on, **asked)
    return {each.loan.number: each.verdict.loan_class.value for each in now.rows}


def by_law(book, name, value):
    cooperatives.settings(book, name)[-1].value = str(value)
    book.session.flush()


def test_a_class_follows_the_oldest_installment_that_is_late(village):
    first, second, paid, fourth = (one.number for one in street(village))
    last = loans.schedule_of(village, loans.loan(village, second))[3].due_on
    for months, class_of_first, class_of_second in (
        (0, "current", "current"),
        (3, "current", "current"),
        (6, "substandard", "current"),
    ):
        on = months_after(DUE, months)
        expected = {
            first: class_of_first,
            second: class_of_second,
            fourth: class_of_first,
        }
        found = classes_on(village, on)
        assert {number: found[number] for number in expected} == expected
        assert paid in found  # it was paid off only later
    after = months_after(DUE, 6) + ONE
    assert classes_on(village, after)[first] == "loss"
    assert classes_on(village, months_after(last, 3) + ONE)[second] == "substandard"
    assert paid not in classes_on(village, date(2027, 3, 1))


def test_the_same_day_by_other_rules_beside_it(village):
    first = street(village)[0].number
    on = DUE + timedelta(days=45)
    assert classes_on(village, on)[first] == "current"
    assert classes_on(village, on, policy=Policy.BANK5)[first] == "special_mention"
    assert classes_on(village, on, policy=Policy.PEARLS)[first] == "delinquent"
    with pytest.raises(PolicyUnavailable):
        baddebts.assess(village, on, policy=Policy.KKPKK2021)
    by_law(village, "classification_policy", 1)
    assert baddebts.policy_on(village, on) is Policy.BANK5
    assert classes_on(village, on)[first] == "special_mention"


def test_what_is_at_risk_is_the_whole_principal_of_late_loans(village):
    lent = street(village)
    on = DUE + timedelta(days=31)
    now = baddebts.assess(village, on)
    left = {one.loan.number: one.outstanding.units for one in now.rows}
    assert now.outstanding == Money(sum(left.values()))
    late = left[lent[0].number] + left[lent[3].number]
    risk = now.at_risk(30)
    assert (risk.count, risk.outstanding) == (2, Money(late))
    assert risk.share == Fraction(late, sum(left.values()))
    assert baddebts.assess(village, on - ONE).at_risk(30).count == 0
    assert now.at_risk(365).share == 0


def test_nothing_lent_is_nothing_at_risk(village):
    now = baddebts.assess(village, FIRST_DAY)
    assert (now.rows, now.outstanding, now.non_performing()) == ((), ZERO, 0)
    assert baddebts.provide(village, FIRST_DAY) is None


def test_the_allowance_is_brought_to_what_is_needed_and_no_further(village):
    lent = street(village)
    on = months_after(DUE, 6)
    due = baddebts.allowance_due(village, on)
    left = sum(
        loans.standing(village, one, on).outstanding_principal.units
        for one in (lent[0], lent[3])
    )
    assert (due.needed, due.held, due.apart) == (Money(left // 2), ZERO, due.needed)

    entry = baddebts.provide(village, on)

    assert [(line.account_number, line.debit, line.credit) for line in entry.lines] == [
        (chart.ALLOWANCE_EXPENSE, due.needed, ZERO),
        (chart.ALLOWANCE, ZERO, due.needed),
    ]
    assert baddebts.provide(village, on) is None
    assert ledger.account_balance(village, chart.ALLOWANCE, on) == due.needed

    loans.repay(village, lent[0], loans.payoff(village, lent[0], on).total, on=on)
    released = baddebts.provide(village, on)
    assert [line.account_number for line in released.lines] == [
        chart.ALLOWANCE,
        chart.ALLOWANCE_RELEASED,
    ]
    assert baddebts.allowance_due(village, on).apart == ZERO
    ledger.reverse(village, released, on=on, reason="salah")
    again = baddebts.provide(village, on)
    assert again.lines[0].debit == released.lines[0].debit


def test_no_allowance_goes_into_a_closed_month(village):
    street(village)
    for month in ("2026-01", "2026-02"):
        ledger.close_month(village, month)
    by_law(village, "allowance_scale", list(Scale).index(Scale.RURAL_BANK))
    with pytest.raises(PeriodClosed):
        baddebts.provide(village, date(2026, 2, 28))


def test_savings_that_are_held_make_a_long_late_loan_doubtful(village):
    people = furnish_street(village)
    loan = lend(village, people[0])
    account = voluntary_of(village, people[0])
    savings.deposit(village, account, Money(2_000_000), on=FIRST_DAY)
    on = months_after(DUE, 6) + ONE
    assert classes_on(village, on) == {loan.number: "loss"}
    security.hold_own(village, loan, account, Money(1_500_000), on=FIRST_DAY)
    (row,) = baddebts.assess(village, on).rows
    assert (row.verdict.loan_class, row.verdict.reason) == (
        LoanClass.DOUBTFUL,
        Reason.COVERED,
    )
    assert (row.deductible, row.allowance) == (row.outstanding, ZERO)


def test_the_worst_loan_of_a_member_marks_all_where_the_by_laws_say_so(village):
    people = furnish_street(village)
    bad = lend(village, people[0])
    good = lend(village, people[0], 600_000, on=months_after(FIRST_DAY, 5))
    other = lend(village, people[1], on=months_after(FIRST_DAY, 5))
    on = months_after(DUE, 5)
    apart = classes_on(village, on)
    assert (apart[bad.number], apart[good.number]) == ("substandard", "current")
    by_law(village, "worst_marks_all", 1)
    now = baddebts.assess(village, on)
    found = {each.loan.number: each for each in now.rows}
    assert found[good.number].verdict.reason is Reason.WORST
    assert found[good.number].verdict.loan_class is LoanClass.SUBSTANDARD
    assert found[good.number].own.loan_class is LoanClass.CURRENT
    assert found[good.number].allowance == Money(300_000)
    assert found[other.number].verdict.loan_class is LoanClass.CURRENT


def test_a_restructured_loan_keeps_its_class_and_days_until_it_is_cured(village):
    people = furnish_street(village)
    old = lend(village, people[0])
    on = months_after(DUE, 4)
    before = baddebts.assess(village, on - ONE).rows[0]
    assert before.verdict.loan_class is LoanClass.SUBSTANDARD
    new = replace_whole(village, old, on)
    rows = list(loans.schedule_of(village, new))

    (row,) = baddebts.assess(village, on).rows
    assert row.loan.number == new.number
    assert (row.own.loan_class, row.verdict.loan_class, row.verdict.reason) == (
        LoanClass.CURRENT,
        LoanClass.SUBSTANDARD,
        Reason.CARRIED,
    )
    assert row.days == before.days + 1 == new.carried_days
    assert baddebts.assess(village, on).at_risk(90).count == 1

    for number, each in enumerate(rows[:3], start=1):
        loans.repay(village, new, each.total, on=each.due_on)
        after = baddebts.assess(village, each.due_on + ONE).rows[0]
        cured = number == 3
        assert (after.verdict.reason is Reason.CARRIED) is not cured
        assert (after.days == 0) is cured
    assert classes_on(village, on) == {new.number: "substandard"}  # then, as it was


def test_one_late_installment_begins_the_cure_again(village):
    people = furnish_street(village)
    new = replace_whole(village, lend(village, people[0]), months_after(DUE, 4))
    rows = list(loans.schedule_of(village, new))
    for each, late in zip(rows[:5], (0, 0, 3, 0, 0), strict=True):
        loans.repay(village, new, each.total, on=each.due_on + late * ONE)
    assert not loans.is_cured(village, new, rows[4].due_on + ONE)
    loans.repay(village, new, rows[5].total, on=rows[5].due_on)
    assert loans.is_cured(village, new, rows[5].due_on + ONE)


def replace_whole(book, old, on):
    """Restructure a loan as it stands, with a second person's yes."""
    owed = loans.to_date(book, old, on)
    with as_(book, "dewi"):
        new = loans.ask_replacement(
            *(book, old, loans.product(book, "productive"), owed.total),
            term=12,
            purpose="modal",
            on=on,
            restructure=True,
        )
    request = loans.asked_for(book, new)
    with as_(book, "budi"):
        approvals.approve(book, request.number, digest=request.digest)
    loans.disburse(book, new, on=on)
    return new


def test_the_by_laws_offer_the_policies_and_scales_in_their_own_order():
    """The kept figure is a place in a list, so both lists have to be the same."""
    offered = KNOWN["classification_policy"].choices
    assert offered == tuple(baddebts.POLICIES[each].title for each in IN_USE)
    scales = KNOWN["allowance_scale"].choices
    assert scales == tuple(baddebts.SCALES[each].title for each in SCALES_IN_USE)


def test_a_day_in_the_past_is_as_it_was_for_a_covered_loan_paid_off_since(village):
    loan = street(village)[0]
    row = security.pledge(
        *(village, loan),
        kind=security.CollateralKind.VEHICLE,
        description="Sepeda motor",
        document="BPKB 1",
        owner="Wati",
        relation="sendiri",
        value=Money(9_000_000),
        appraised_by="Dewi",
        kept_where="Lemari",
        on=FIRST_DAY,
    )
    assert row.released_on is None
    on = months_after(DUE, 7)
    assert classes_on(village, on)[loan.number] == "doubtful"
    ends = loans.payoff(village, loan, on + ONE).total
    loans.repay(village, loan, ends, on=on + ONE, wish=loans.Wish.SETTLE)
    assert classes_on(village, on)[loan.number] == "doubtful"
    assert loan.number not in classes_on(village, on + ONE)
