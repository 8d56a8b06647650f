"""A policy as a village has one."""

from __future__ import annotations

from fractions import Fraction

from coopbook.surplus import Policy, Pool


def simple(**more):
    """Return 40 to the reserve, 20 on shares, 30 on interest paid, 10 to funds."""
    return Policy(
        {
            Pool.RESERVE: Fraction(40),
            Pool.CAPITAL: Fraction(20),
            Pool.PATRONAGE: Fraction(30),
            Pool.EDUCATION: Fraction(5),
            Pool.SOCIAL: Fraction(5),
        },
        **more,
    )
