"""Schedules of many loans on the same terms at once, equal to the single path.

For portfolios and forecasts: the columns of a hundred thousand loans are worked out
row by row with numpy, in the same whole numbers.  What does not fit into them, or is
too rare to be worth it, takes the single path; the figures are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.loans.calendar import nominal_days
from coopbook.loans.factors import factors
from coopbook.loans.planning import installment_of, step_division
from coopbook.loans.schedule import schedule
from coopbook.loans.terms import (
    Broken,
    InterestMethod,
    Remainder,
    RoundedOver,
    StepRounding,
    Terms,
)
from coopbook.money import Money, Rounding

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Units = NDArray[np.int64]

ANY_DAY = date(2026, 1, 1)
"""A day to plan from where no period depends on it."""

LARGEST = 2**62
"""No number on the way may be larger, or int64 would not hold it exactly."""


@dataclass(eq=False)
class NumpyMissing(Refused):
    """Many schedules at once need numpy."""

    sentence = N_(
        "Many schedules at once need numpy: pip install numpy. One by one they"
        " need nothing."
    )


@dataclass(frozen=True, slots=True)
class Schedules:
    """Columns of loans: row k of loan i is ``principal[k, i]``, ``interest[k, i]``.

    ``refused`` marks loans for which the single path raises; their figures mean
    nothing.
    """

    principal: Units
    interest: Units
    refused: NDArray[np.bool_]


def schedules(
    terms: Terms, principals: Sequence[int] | Units, starts: Sequence[date] = ()
) -> Schedules:
    """Return the schedules of loans of so many units on the same terms.

    Without ``starts`` the terms may not depend on the day of payment (periods of
    even length, no due day, no first due day).

    Raises: ``NumpyMissing``; ``ValueError`` where starts are needed.
    """
    try:
        import numpy as np
    except ImportError:
        raise NumpyMissing from None

    lent = np.asarray(principals, dtype=np.int64)
    regular = terms.is_even and terms.first_due is None and terms.due_day is None
    if not regular and len(starts) != len(lent):
        raise ValueError("these terms depend on the day a loan is paid out")
    if not regular or not len(lent) or not _fits(terms, int(lent.max())):
        return _one_by_one(terms, lent, starts or [ANY_DAY] * len(lent))
    shares, below = factors(terms, ANY_DAY, nominal_days(terms, ANY_DAY))
    if terms.method is InterestMethod.ANNUITY:
        found = _annuities(terms, lent, shares, below)
    else:
        found = _equal_parts(terms, lent, shares, below)
    waiting = terms.interest_deferred
    if waiting:
        found.interest[waiting] += found.interest[:waiting].sum(axis=0)
        found.interest[:waiting] = 0
    found.refused[lent <= 0] = True
    return found


def _fits(terms: Terms, most: int) -> bool:
    """Say whether the terms have a vectorised path, in numbers that it holds."""
    spread = terms.remainder is Remainder.SPREAD
    method = terms.method
    if method in (InterestMethod.BULLET_END, InterestMethod.MARGIN):
        return False
    if spread and (method is InterestMethod.ANNUITY or terms.weights):
        return False
    if terms.rounded_over is RoundedOver.TOTAL or terms.broken is Broken.ADDED:
        return False
    shares, below = factors(terms, ANY_DAY, nominal_days(terms, ANY_DAY))
    charge = 2 * most * max(shares) + 2 * below
    weights = terms.weights or (1,) * (terms.periods - terms.grace)
    whole = sum(weights) * terms.step
    interest = most * max(shares) // below + 1
    step = 2 * (most * max(weights) + interest * sum(weights)) + 2 * whole
    return charge < LARGEST and step < LARGEST


def _one_by_one(terms: Terms, lent: Units, starts: Sequence[date]) -> Schedules:
    import numpy as np

    rows = 1 if terms.method is InterestMethod.BULLET_END else terms.periods
    shape = (rows, len(lent))
    principal, interest = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    refused = np.zeros(len(lent), bool)
    for place, (units, start) in enumerate(zip(lent.tolist(), starts, strict=True)):
        try:
            plan = schedule(terms, Money(units), start)
        except Refused:
            refused[place] = True
            continue
        principal[:, place], interest[:, place] = plan.principal, plan.interest
    return Schedules(principal, interest, refused)


def _divided(above: Units, below: int, how: Rounding) -> Units:
    """Divide whole numbers, none below zero, and round once."""
    if how is Rounding.UP:
        return (above + (below - 1)) // below
    if how is Rounding.HALF_UP:
        return (2 * above + below) // (2 * below)
    whole = above // below
    if how is Rounding.DOWN:
        return whole
    rest = 2 * (above - whole * below)
    up: Units = whole + ((rest > below) | ((rest == below) & (whole & 1 == 1)))
    return up


def _annuities(
    terms: Terms, lent: Units, shares: Sequence[int], below: int
) -> Schedules:
    import numpy as np

    grace, last = terms.grace, terms.periods - 1
    above, under = installment_of(1, shares[grace:], below)
    step, divide = terms.step, step_division(terms)
    installment = np.array(
        [divide(units * above, under * step) * step for units in lent.tolist()],
        dtype=np.int64,
    )
    principal = np.zeros((terms.periods, len(lent)), np.int64)
    interest = np.empty_like(principal)
    owed, refused = lent.copy(), np.zeros(len(lent), bool)
    for row, share in enumerate(shares):
        interest[row] = charge = _divided(owed * share, below, terms.rounding)
        if row < grace:
            continue
        if row == last:
            principal[row] = owed
            break
        part = installment - charge
        refused |= (part < 0) | (part >= owed)
        principal[row] = part
        owed -= part
    return Schedules(principal, interest, refused)


def _equal_parts(
    terms: Terms, lent: Units, shares: Sequence[int], below: int
) -> Schedules:
    import numpy as np

    grace, last, step = terms.grace, terms.periods - 1, terms.step
    weights = terms.weights or (1,) * (terms.periods - grace)
    whole, spread = sum(weights), terms.remainder is Remainder.SPREAD
    nearest = spread or terms.step_rounding is StepRounding.NEAREST
    to_step = Rounding.HALF_UP if nearest else Rounding.UP
    flat = terms.method is InterestMethod.FLAT
    principal = np.zeros((terms.periods, len(lent)), np.int64)
    interest = np.empty_like(principal)
    owed, refused = lent.copy(), np.zeros(len(lent), bool)
    for row, share in enumerate(shares):
        base = lent if flat else owed
        interest[row] = charge = _divided(base * share, below, terms.rounding)
        place = row - grace
        if place < 0:
            continue
        if row == last:
            principal[row] = owed
            break
        if step == 1 and spread:
            part = lent // whole + (place < lent % whole)
        elif step == 1:
            part = _divided(lent * weights[place], whole, terms.part_rounding)
        else:
            exact = lent * weights[place] + charge * whole
            part = _divided(exact, whole * step, to_step) * step - charge
        refused |= (part < 0) | (part >= owed)
        principal[row] = part
        owed -= part
    return Schedules(principal, interest, refused)
