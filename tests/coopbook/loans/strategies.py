"""Random terms of loans, and the same terms in the words of the oracle."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from coopbook.loans.daycount import DayCount, Unit
from coopbook.loans.terms import (
    STEPS,
    Broken,
    Every,
    InterestMethod,
    Remainder,
    RoundedOver,
    StepRounding,
    Terms,
)
from coopbook.money import ZERO, Money, Per, Rate, Rounding
from coopbook.opendays import OpenDays, Shift

METHODS = list(InterestMethod)
EQUAL = (InterestMethod.FLAT, InterestMethod.DECLINING, InterestMethod.MARGIN)
starts = st.dates(date(2023, 1, 1), date(2032, 12, 31))
amounts = st.integers(10_000, 50_000_000).map(Money)
calendars = st.builds(
    OpenDays,
    st.frozensets(st.integers(0, 6), max_size=2),
    st.frozensets(st.dates(date(2023, 1, 1), date(2040, 1, 1)), max_size=40),
)


@st.composite
def rates(draw):
    """Draw a rate that a village might quote, by any stretch of time."""
    per = draw(st.sampled_from(list(Per)))
    most = {Per.DAY: 40, Per.WEEK: 150, Per.MONTH: 500, Per.YEAR: 4_000}[per]
    return Rate(Fraction(draw(st.integers(0, most)), 10_000), per)


@st.composite
def loans(draw, methods=METHODS, most=40):
    """Draw terms that fit each other, and the day the loan is paid out."""
    method, start = draw(st.sampled_from(methods)), draw(starts)
    periods = draw(st.integers(1, most))
    unit = draw(st.sampled_from([Unit.MONTH, Unit.MONTH, Unit.WEEK, Unit.DAY]))
    every = Every(draw(st.integers(1, 3)), unit)
    given = {}
    kind = draw(st.sampled_from(["plain", "first", "due_day", "both", "dates"]))
    by_months = unit is Unit.MONTH
    if kind in ("first", "both"):
        given["first_due"] = start + timedelta(draw(st.integers(1, 70)))
    if kind in ("due_day", "both") and by_months:
        given["due_day"] = draw(st.integers(1, 31))
    if kind == "dates":
        gaps = draw(st.lists(st.integers(1, 200), min_size=periods, max_size=periods))
        day, days = start, []
        for gap in gaps:
            day += timedelta(gap)
            days.append(day)
        given, every = {"dates": tuple(days)}, Every()
    grace = st.integers(0, min(periods - 1, 4))
    principal_grace = draw(grace)
    if method in EQUAL and draw(st.booleans()):
        rows = periods - principal_grace
        given["weights"] = tuple(
            draw(st.lists(st.integers(1, 5), min_size=rows, max_size=rows))
        )
    margin = method is InterestMethod.MARGIN
    flat = method is InterestMethod.FLAT
    shifts = [Shift.NONE, Shift.NEXT, Shift.PREVIOUS]
    if every.unit is not Unit.MONTH:
        shifts.append(Shift.EXTEND)
    terms = Terms(
        method,
        draw(rates()),
        periods,
        every=every,
        day_count=draw(st.sampled_from(list(DayCount))),
        broken=draw(st.sampled_from(list(Broken))),
        principal_grace=principal_grace,
        interest_waived=0 if margin else draw(grace),
        interest_deferred=draw(grace),
        margin=draw(amounts) if margin else ZERO,
        rounding=draw(st.sampled_from(list(Rounding))),
        rounded_over=draw(st.sampled_from(list(RoundedOver)))
        if flat
        else RoundedOver.EACH,
        step=draw(st.sampled_from(STEPS)),
        step_rounding=draw(st.sampled_from(list(StepRounding))),
        remainder=draw(st.sampled_from(list(Remainder))),
        part_rounding=draw(st.sampled_from(list(Rounding))),
        shift=draw(st.sampled_from(shifts)),
        **given,
    )
    return terms, start


def told(terms, principal, start, open_days):
    """Say terms in the words of the oracle."""
    return {
        "method": terms.method.value,
        "principal": principal.units,
        "rate": terms.rate.share,
        "per": terms.rate.per.value,
        "margin": terms.margin.units,
        "start": start,
        "periods": terms.periods,
        "every": terms.every.count,
        "unit": terms.every.unit.value,
        "due_day": terms.due_day,
        "first_due": terms.first_due,
        "dates": list(terms.dates) or None,
        "weights": list(terms.weights) or None,
        "day_count": terms.day_count.value,
        "broken": terms.broken.value,
        "principal_grace": terms.principal_grace,
        "interest_waived": terms.interest_waived,
        "interest_deferred": terms.interest_deferred,
        "rounding": terms.rounding.value,
        "rounded_over": terms.rounded_over.value,
        "step": terms.step,
        "step_rounding": terms.step_rounding.value,
        "remainder": terms.remainder.value,
        "part_rounding": terms.part_rounding.value,
        "closed": set(open_days.closed),
        "weekend": set(open_days.weekend),
        "shift": terms.shift.value,
    }
