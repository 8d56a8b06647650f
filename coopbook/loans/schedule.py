"""Schedules of monthly loans: flat, and declining with equal principal (pure).

Words: *flat* charges the rate on what was lent, every month the same;
*declining* (on Indonesian paper "efektif" or "menurun") on what is still owed,
with equal parts of principal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from coopbook.dates import months_after
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.money import ZERO, Money, Rate, Rounding, rounded, rounded_up_to

STEPS = (1, 100, 500, 1_000)
"""The steps to which an installment may be rounded up, in units."""


class InterestMethod(StrEnum):
    """On what the rate of a month is charged."""

    FLAT = "flat"
    DECLINING = "declining"


@dataclass(frozen=True, slots=True)
class Installment:
    """What is due on a day: a part of the principal, and the month's interest."""

    number: int
    due_on: date
    principal: Money
    interest: Money

    @property
    def total(self) -> Money:
        """Principal and interest together."""
        return self.principal + self.interest


@dataclass(frozen=True, slots=True)
class ExactInstallment:
    """An installment in exact fractions of a unit, for comparison with print."""

    number: int
    principal: Fraction
    interest: Fraction

    @property
    def total(self) -> Fraction:
        """Principal and interest together."""
        return self.principal + self.interest


@dataclass(eq=False)
class NotLendable(Refused):
    """A loan has an amount and at least one month."""

    sentence = N_(
        "A loan needs an amount and at least one month; %(principal)s over"
        " %(months)s months is none."
    )

    principal: Money
    months: int


@dataclass(eq=False)
class RoundedTooCoarsely(Refused):
    """Rounded up so far, the loan would be repaid before its last installment."""

    sentence = N_(
        "Rounding installments up to %(step)s would repay the loan after"
        " %(enough)s of %(months)s months. Use a smaller step or fewer months."
    )

    step: int
    enough: int
    months: int


def exact_schedule(
    method: InterestMethod, principal: Money, rate: Rate, months: int
) -> list[ExactInstallment]:
    """Return the schedule in exact fractions, nothing rounded.

    Units:  ``principal`` in money units; fractions of a unit out.
    Raises: ``NotLendable`` unless both ``principal`` and ``months`` are positive.
    Source: principal P/n each month; interest P·r flat, B(k)·r declining, where
            B(k) is what is owed before payment k.

    >>> exact_schedule(InterestMethod.FLAT, Money(100), Rate.percent(3), 3)[0].total
    Fraction(109, 3)
    """
    _check(principal, months)
    part = Fraction(principal.units, months)
    monthly = rate.monthly()
    owed = Fraction(principal.units)
    found = []
    for number in range(1, months + 1):
        base = owed if method is InterestMethod.DECLINING else principal.units
        found.append(ExactInstallment(number, part, base * monthly))
        owed -= part
    return found


def schedule(
    method: InterestMethod,
    principal: Money,
    rate: Rate,
    months: int,
    disbursed_on: date,
    *,
    step: int = 1,
    rounding: Rounding = Rounding.HALF_EVEN,
    down: bool = False,
) -> list[Installment]:
    """Schedule monthly installments; the last one absorbs what rounding moved.

    Units:    ``principal`` in money units; the first installment a month after
              ``disbursed_on``, on the same day or the month's last.
    Rounding: interest to the nearest unit as ``rounding`` says.  With ``step`` 1
              the parts of principal differ by at most a unit; with 100, 500 or
              1,000 the whole installment is rounded up to the step and the last
              one takes what is left.  Principal adds up exactly.  ``down`` with
              step 1 rounds every part down instead, so that a loan of older books,
              whose payments were rounded one by one, is not late by a unit.
    Raises:   ``NotLendable``; ``RoundedTooCoarsely`` when the step would repay
              the loan before its last month.
    Source:   domain guide 3.2 and 3.3; 5,000,000 flat 1.5% over 12 months is
              492,000 eleven times and 488,000.

    >>> plan = schedule(InterestMethod.FLAT, Money(5_000_000), Rate.percent("1.5"), 12,
    ...                 date(2026, 1, 31), step=1_000)
    >>> print(plan[0].due_on, plan[0].total, plan[-1].due_on, plan[-1].total)
    2026-02-28 492,000 2027-01-31 488,000
    """
    _check(principal, months)
    assert step in STEPS, "a product's step is one of STEPS"
    monthly = rate.monthly()
    even = (
        [Money(principal.units // months)] * months
        if down
        else principal.split([1] * months)
    )
    exact_part = Fraction(principal.units, months)
    owed, plan = principal, []
    for number in range(1, months + 1):
        base = owed if method is InterestMethod.DECLINING else principal
        interest = Money(rounded(monthly * base.units, rounding))
        if number == months:
            part = owed
        elif step == 1:
            part = even[number - 1]
        else:
            unrounded = Money(rounded(exact_part, Rounding.UP)) + interest
            part = rounded_up_to(unrounded, step) - interest
            if part >= owed:
                raise RoundedTooCoarsely(step, number, months)
        due_on = months_after(disbursed_on, number)
        plan.append(Installment(number, due_on, part, interest))
        owed -= part
    assert owed == ZERO
    return plan


def _check(principal: Money, months: int) -> None:
    if principal <= ZERO or months < 1:
        raise NotLendable(principal, months)
