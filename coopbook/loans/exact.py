"""Schedules in exact fractions, for comparison with tables others printed (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from coopbook.loans.calendar import due_days, nominal_days
from coopbook.loans.factors import exact_factors, first_by_days, over_one
from coopbook.loans.planning import NotLendable, installment_of
from coopbook.loans.terms import Broken, InterestMethod, Terms
from coopbook.money import ZERO, Money
from coopbook.opendays import EVERY_DAY, OpenDays


@dataclass(frozen=True, slots=True)
class ExactInstallment:
    """An installment in exact fractions of a unit, for comparison with print."""

    number: int
    due_on: date
    principal: Fraction
    interest: Fraction

    @property
    def total(self) -> Fraction:
        """Principal and interest together."""
        return self.principal + self.interest


def exact_schedule(
    terms: Terms, principal: Money, start: date, open_days: OpenDays = EVERY_DAY
) -> list[ExactInstallment]:
    """Return the schedule in exact fractions, nothing rounded.

    Units:  ``principal`` in money units; fractions of a unit out.
    Raises: ``NotLendable``, ``DueBeforePaidOut``, ``NoOpenDay``.

    >>> from coopbook.money import Rate
    >>> terms = Terms(InterestMethod.FLAT, Rate.percent(3), 3)
    >>> exact_schedule(terms, Money(100), date(2026, 1, 1))[0].total
    Fraction(109, 3)
    """
    if principal <= ZERO:
        raise NotLendable(principal)
    days = nominal_days(terms, start)
    due = due_days(terms, start, days, open_days)
    each_factor = exact_factors(terms, start, days)
    lent = Fraction(principal.units)
    if terms.method is InterestMethod.BULLET_END:
        return [ExactInstallment(1, due[-1], lent, lent * sum(each_factor))]
    grace = terms.grace
    weights = list(terms.weights) or [1] * (terms.periods - grace)
    installment = Fraction(0)
    if terms.method is InterestMethod.ANNUITY:
        shares, below = over_one(each_factor)
        above, under = installment_of(principal.units, shares[grace:], below)
        installment = Fraction(above, under)
    owed, parts, charges = lent, [], []
    for number, factor in enumerate(each_factor):
        weight = Fraction(
            weights[number - grace] if number >= grace else 0, sum(weights)
        )
        charge = (lent if terms.method is InterestMethod.FLAT else owed) * factor
        if terms.method is InterestMethod.MARGIN:
            charge = terms.margin.units * weight
        part = lent * weight
        if terms.method is InterestMethod.ANNUITY and number >= grace:
            part = installment - charge
        parts.append(part)
        charges.append(charge)
        owed -= part
    by_days = terms.broken is Broken.ADDED and not terms.interest_waived
    if by_days and terms.method is not InterestMethod.MARGIN:
        charges[0] = lent * first_by_days(terms, start, days)
    if terms.interest_deferred:
        waiting = terms.interest_deferred
        charges[waiting] += sum(charges[:waiting])
        charges[:waiting] = [Fraction(0)] * waiting
    rows = zip(due, parts, charges, strict=True)
    return [ExactInstallment(number, *row) for number, row in enumerate(rows, 1)]
