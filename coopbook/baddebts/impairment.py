"""What a loan is worth by the money expected from it (pure).

The private-entity standard (SAK EP) sets aside what was lost, not what might be: where
there is evidence, the difference between what the book says and the present value of
the cash that is expected, at the rate the loan was made on.
Source: domain guide 4.2, general knowledge, not read in the standard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from coopbook.money import ZERO, Money, Rounding, rounded


@dataclass(frozen=True, slots=True)
class Expected:
    """Cash that is expected so many months from now."""

    months: int
    amount: Money


def present_value(expected: Sequence[Expected], monthly: Fraction) -> Fraction:
    """Return what expected cash is worth now, exactly.

    Units:  ``monthly`` the effective rate of a month; months are whole.

    >>> present_value([Expected(1, Money(101))], Fraction(1, 100))
    Fraction(100, 1)
    """
    return sum(
        (each.amount.units / (1 + monthly) ** each.months for each in expected),
        Fraction(0),
    )


def impairment(
    outstanding: Money, expected: Sequence[Expected], monthly: Fraction
) -> Money:
    """Return how much less than its principal a loan is worth, never below nothing.

    Rounding: half to even, loan by loan.

    >>> impairment(Money(1_000), [Expected(12, Money(500))], Fraction(1, 100))
    Money(units=556)
    """
    lost = outstanding.units - present_value(expected, monthly)
    return max(Money(rounded(Fraction(lost), Rounding.HALF_EVEN)), ZERO)
