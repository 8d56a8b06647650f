"""Stock on paper: every movement from the first again; never imports coopbook.

Quantities are thousandths, money whole rupiah.
"""

from fractions import Fraction
from math import floor


def replayed(events):
    """Return quantity, value and each sale's cost, of ``(quantity, cost)`` in order.

    A sale has a negative quantity and no cost of its own.
    """
    quantity, value, costs = 0, 0, []
    for much, cost in events:
        if much > 0:
            quantity, value = quantity + much, value + cost
            continue
        share = Fraction(-much, quantity)
        out = value if share == 1 else floor(value * share)
        quantity, value = quantity + much, value - out
        costs.append(out)
    return quantity, value, costs


def unrounded(events):
    """Return the value that would be left if a rupiah had parts."""
    quantity, value = Fraction(0), Fraction(0)
    for much, cost in events:
        value += cost if much > 0 else value * much / quantity
        quantity += much
    return value
