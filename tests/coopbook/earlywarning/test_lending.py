"""How loans were given: what is planted is asked about, and nothing else is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coopbook import (
    cooperatives,
    loans,
)
from coopbook.cooperatives import Office, begin_term
from coopbook.dates import months_after
from coopbook.earlywarning import Kind
from coopbook.money import Money
from tests.conftest import FIRST_DAY, as_
from tests.coopbook.earlywarning.villages import (
    found_of,
    lend_on,
    offer,
    settled_street,
    today_is,
)
from tests.coopbook.rounds.neighbours import approve

DUE = months_after(FIRST_DAY, 1)
ONE = timedelta(days=1)


# -- the first installment ----------------------------------------------------


def test_a_first_installment_not_paid_after_thirty_days_is_asked_about(village, wati):
    loan = lend_on(village, wati)
    assert found_of(village, DUE + 29 * ONE, Kind.FIRST_PAYMENT) == []
    (one,) = found_of(village, DUE + 30 * ONE, Kind.FIRST_PAYMENT)
    assert (one.loans, one.members) == ((loan.number,), (wati.number,))
    assert one.amount == Money(1_200_000)
    first = loans.schedule_of(village, loan)[0].total
    assert (one.facts["left"], one.facts["due_on"]) == (first, DUE)


@pytest.mark.parametrize(
    ("less", "after", "asked"), [(0, 30, 0), (1, 30, 1), (0, 31, 1)]
)
def test_one_rupiah_or_one_day_more_is_asked_about(village, wati, less, after, asked):
    loan = lend_on(village, wati)
    on = DUE + after * ONE
    first = loans.standing(village, loan, on).strip[0]
    loans.repay(village, loan, first.left + first.penalty - Money(less), on=on)
    asked_about = found_of(village, DUE + 40 * ONE, Kind.FIRST_PAYMENT)
    assert len(asked_about) == asked
    if asked and less:
        assert asked_about[0].facts["left"] == Money(1)


def test_a_time_of_grace_has_no_installment(village, wati):
    offer(village, principal_grace=2, interest_waived=2)
    loan = lend_on(village, wati)
    due = next(row.due_on for row in loans.schedule_of(village, loan) if row.total)
    assert due == months_after(FIRST_DAY, 3)
    assert found_of(village, due + 29 * ONE, Kind.FIRST_PAYMENT) == []
    (one,) = found_of(village, due + 30 * ONE, Kind.FIRST_PAYMENT)
    assert one.facts["due_on"] == due


def test_what_is_paid_off_is_asked_about_no_more(village, wati):
    loan = lend_on(village, wati)
    on = DUE + 60 * ONE
    ends = loans.payoff(village, loan, on).total
    loans.repay(village, loan, ends, on=on, wish=loans.Wish.SETTLE)
    assert found_of(village, on, Kind.FIRST_PAYMENT) == []
    assert len(found_of(village, on - ONE, Kind.FIRST_PAYMENT)) == 1


# -- joined yesterday ---------------------------------------------------------


@pytest.mark.parametrize(
    ("approved", "paid_out", "asked"), [(0, 0, 1), (1, 1, 1), (1, 2, 0), (2, 2, 0)]
)
def test_a_loan_within_a_day_of_joining_is_asked_about(
    village, wati, approved, paid_out, asked
):
    loan = lend_on(village, wati)
    joined = FIRST_DAY - ONE
    wati.joined_on = joined
    loan.approved_on, loan.disbursed_on = (
        joined + approved * ONE,
        joined + paid_out * ONE,
    )
    village.session.flush()
    on = FIRST_DAY + 9 * ONE
    assert [one.loans for one in found_of(village, on, Kind.NEWCOMER)] == (
        [(loan.number,)] * asked
    )
    loan.disbursed_on = FIRST_DAY


@pytest.mark.parametrize("column", ["migrated_on", "replaces"])
def test_a_loan_that_is_no_new_money_for_a_newcomer_is_not(village, wati, column):
    old, loan = lend_on(village, wati), lend_on(village, wati)
    wati.joined_on = FIRST_DAY
    village.session.flush()
    on = FIRST_DAY + ONE
    asked = [one.loans for one in found_of(village, on, Kind.NEWCOMER)]
    assert asked == [(old.number,), (loan.number,)]
    setattr(loan, column, FIRST_DAY if column == "migrated_on" else old.number)
    village.session.flush()
    asked = [one.loans for one in found_of(village, on, Kind.NEWCOMER)]
    assert asked == [(old.number,)]
    setattr(loan, column, None)


# -- just under a limit -------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "by", "asked"),
    [
        *((1_899_999, "tono", 0), (1_900_000, "tono", 1), (2_000_000, "tono", 1)),
        *((2_000_000, "budi", 0), (2_000_001, "budi", 0)),
    ],
)
def test_a_loan_up_to_five_percent_below_a_limit_is_asked_about(
    village, wati, amount, by, asked
):
    """Tono is the treasurer; what budi approved, a manager, he could have anyway."""
    loan = lend_on(village, wati, amount, by=by)
    names = [(one.loans, one.facts["most"]) for one in under(village, FIRST_DAY + ONE)]
    assert names == [((loan.number,), Money(2_000_000))] * asked


def under(book, on):
    return found_of(book, on, Kind.JUST_UNDER)


def test_the_limit_is_that_of_the_day_of_approval(village, wati):
    cooperatives.set_setting(
        *(village, "loan_treasurer_limit", 1_000_000),
        valid_from=FIRST_DAY + 10 * ONE,
        source="rapat",
        on=FIRST_DAY + ONE,
    )
    before = lend_on(village, wati, 1_000_000, on=FIRST_DAY + 9 * ONE, by="tono")
    after = lend_on(village, wati, 1_000_000, on=FIRST_DAY + 10 * ONE, by="tono")
    assert [one.loans for one in under(village, FIRST_DAY + 30 * ONE)] == [
        (after.number,)
    ]
    assert before.number != after.number


def test_a_limit_that_does_not_bind_the_loan_is_not_asked_about(village, wati):
    loan = lend_on(village, wati, 2_000_000, by="tono")
    loan.related = "Budi"
    village.session.flush()
    assert under(village, FIRST_DAY + ONE) == []
    loan.related = None


def test_the_largest_of_a_kind_of_loan_is_a_limit_too(village, wati):
    most = loans.product(village, "consumer").limit
    loan = lend_on(village, wati, most.units, code="consumer")
    assert most in [one.facts["most"] for one in under(village, FIRST_DAY + ONE)]
    assert all(one.loans == (loan.number,) for one in under(village, FIRST_DAY + ONE))


def test_a_loan_that_waits_to_be_paid_out_is_asked_about(village, wati):
    with today_is(village, FIRST_DAY), as_(village, "dewi"):
        loan = loans.apply(
            *(village, wati, loans.product(village, "productive"), Money(2_000_000)),
            term=12,
            purpose="modal",
            on=FIRST_DAY,
        )
    assert under(village, FIRST_DAY) == []
    with today_is(village, FIRST_DAY):
        approve(village, loans.asked_for(village, loan), by="tono")
    (one,) = under(village, FIRST_DAY)
    assert (one.amount, one.facts["by"]) == (Money(2_000_000), "tono")
    loans.cancel(village, loan)
    assert under(village, FIRST_DAY) == []


# -- the end of a term --------------------------------------------------------

TERM_ENDS = date(2026, 4, 30)


@pytest.mark.parametrize(("hurried", "asked"), [(2, 0), (3, 1)])
@pytest.mark.parametrize("office", list(Office))
def test_much_lent_in_the_last_days_of_a_term_is_asked_about(
    village, office, hurried, asked
):
    street = settled_street(village)
    begin_term(village, office, "Pak Darto", on=FIRST_DAY, source="SK 1")
    lend_on(village, street[3])
    lent = [lend_on(village, who, on=TERM_ENDS - 13 * ONE) for who in street[:hurried]]
    assert found_of(village, TERM_ENDS, Kind.TERM_END) == [], "it runs on"
    begin_term(village, office, "Bu Sri", on=TERM_ENDS + ONE, source="SK 2")
    found = found_of(village, TERM_ENDS, Kind.TERM_END)
    assert [one.loans for one in found] == (
        [tuple(loan.number for loan in lent)] * asked
    )
    for one in found:
        assert one.amount == Money(3_600_000)
        assert (one.facts["count"], one.facts["all"]) == (3, 4)
        assert one.facts["name"] == "Pak Darto"
    assert found_of(village, TERM_ENDS - ONE, Kind.TERM_END) == []


def test_a_day_before_the_last_days_is_not_one_of_them(village):
    street = settled_street(village)
    begin_term(village, Office.BOARD, "2023-2026", on=FIRST_DAY, source="SK 1")
    begin_term(village, Office.BOARD, "2026-2029", on=TERM_ENDS + ONE, source="SK 2")
    for who in street[:3]:
        lend_on(village, who, on=TERM_ENDS - 14 * ONE)
    assert found_of(village, TERM_ENDS, Kind.TERM_END) == []
