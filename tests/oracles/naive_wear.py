"""Depreciation month by month along the calendar, in exact parts of a rupiah."""

from fractions import Fraction


def following(month):
    """Return the month after (year, month)."""
    year, number = month
    return (year + 1, 1) if number == 12 else (year, number + 1)


def wear(cost, residual, months, bought, *, worn=0, first=None):
    """Yield (month, whole rupiah gathered at its end) from purchase to end of life.

    ``bought`` and ``first`` are (year, month); ``first`` is the first month after those
    in which older books depreciated ``worn``.  Before it nothing is yielded.
    """
    month, used = bought, 0
    while first is not None and month < first:
        month, used = following(month), used + 1
    left = months - used if months > used else 1
    monthly = Fraction(cost - residual - worn, left)
    exact = Fraction(worn)
    for _ in range(left):
        exact += monthly
        yield month, exact.numerator // exact.denominator
        month = following(month)
