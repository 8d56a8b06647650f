"""Terms that are absurd or do not fit each other are refused with a sentence."""

from datetime import date

import pytest

from coopbook.errors import Refused
from coopbook.loans.daycount import Unit
from coopbook.loans.schedule import schedule
from coopbook.loans.terms import (
    DatesDoNotRise,
    DueBeforePaidOut,
    DueDayUnknown,
    Every,
    GraceLeavesNothing,
    InterestMethod,
    NotWithThisMethod,
    RateUnbelievable,
    RoundedOver,
    Terms,
    TermsTooLong,
    WeightsDoNotFit,
)
from coopbook.money import Money, Rate
from coopbook.opendays import NoOpenDay, OpenDays, Shift, public_holidays

FLAT = InterestMethod.FLAT
START = date(2026, 1, 31)
DATES = (date(2026, 3, 1), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("refusal", "given"),
    [
        (TermsTooLong, {"periods": 0}),
        (TermsTooLong, {"periods": 601}),
        (TermsTooLong, {"periods": 3_701, "every": Every(1, Unit.DAY)}),
        (TermsTooLong, {"dates": (date(2026, 3, 1),)}),
        (RateUnbelievable, {"rate": Rate.percent("-0.1")}),
        (RateUnbelievable, {"rate": Rate.percent(84)}),
        (GraceLeavesNothing, {"principal_grace": 12}),
        (GraceLeavesNothing, {"interest_deferred": 12}),
        (GraceLeavesNothing, {"interest_waived": -1}),
        (DueDayUnknown, {"due_day": 32}),
        (DueDayUnknown, {"due_day": 5, "every": Every(1, Unit.WEEK)}),
        (DatesDoNotRise, {"dates": DATES, "periods": 2}),
        (NotWithThisMethod, {"margin": Money(5)}),
        (NotWithThisMethod, {"method": InterestMethod.MARGIN, "interest_waived": 1}),
        (NotWithThisMethod, {"method": InterestMethod.ANNUITY, "weights": (1,) * 12}),
        (
            NotWithThisMethod,
            {"method": InterestMethod.ANNUITY, "rounded_over": RoundedOver.TOTAL},
        ),
        (NotWithThisMethod, {"shift": Shift.EXTEND}),
        (WeightsDoNotFit, {"weights": (1, 2)}),
        (WeightsDoNotFit, {"weights": (0,) * 12}),
    ],
)
def test_what_does_not_make_sense_is_refused(refusal, given):
    with pytest.raises(refusal) as refused:
        Terms(**{"method": FLAT, "rate": Rate.percent(1), "periods": 12} | given)

    assert isinstance(refused.value, Refused)
    assert "%(" not in str(refused.value)


def test_a_first_due_day_lies_after_the_money():
    terms = Terms(FLAT, Rate.percent(1), 12, first_due=START)

    with pytest.raises(DueBeforePaidOut):
        schedule(terms, Money(1_000_000), START)


def test_a_calendar_without_an_open_day_is_refused():
    terms = Terms(FLAT, Rate.percent(1), 12, shift=Shift.NEXT)

    with pytest.raises(NoOpenDay, match="Leave at least one day of the week open"):
        schedule(terms, Money(1_000_000), START, OpenDays(frozenset(range(7))))


def test_a_daily_loan_extends_over_its_closed_days():
    terms = Terms(FLAT, Rate.percent(0), 4, Every(1, Unit.DAY), shift=Shift.EXTEND)
    sundays = OpenDays(frozenset({6}))

    # Paid out on a Thursday: Friday, Saturday, Monday, Tuesday.
    plan = schedule(terms, Money(400), date(2026, 11, 26), sundays)

    assert [each.due_on.day for each in plan] == [27, 28, 30, 1]


def test_a_due_day_moves_back_but_never_to_the_day_the_money_was_paid_out():
    terms = Terms(FLAT, Rate.percent(0), 1, Every(1, Unit.DAY), shift=Shift.PREVIOUS)
    closed = OpenDays(closed=frozenset({date(2026, 11, 27)}))

    plan = schedule(terms, Money(400), date(2026, 11, 26), closed)

    assert plan[0].due_on == date(2026, 11, 28)


def test_independence_day_is_among_the_public_holidays():
    named = dict(public_holidays(2026))

    assert date(2026, 8, 17) in named
    assert date(2026, 12, 25) in dict(public_holidays(2026, "en"))
