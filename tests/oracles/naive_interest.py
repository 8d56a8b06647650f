"""Savings interest day by day, as one would by hand; it never imports coopbook."""

from calendar import isleap, monthrange
from datetime import date, timedelta
from fractions import Fraction


def balances(year, month, opening, changes):
    """Return the balance at the end of every day of a month."""
    found, standing = [], opening
    day = date(year, month, 1)
    while day.month == month:
        standing += changes.get(day, 0)
        found.append(max(standing, 0))
        day += timedelta(days=1)
    return found


def paid_by_tier(amount, tiers, slices):
    """Return what an amount earns in a year, unit tier by unit tier."""
    if not slices:
        rate = [rate for above, rate in tiers if above <= amount][-1]
        return Fraction(amount) * rate
    total = Fraction(0)
    for n, (above, rate) in enumerate(tiers):
        below = tiers[n + 1][0] if n + 1 < len(tiers) else amount
        total += max(Fraction(min(amount, below)) - above, Fraction(0)) * rate
    return total


def interest(year, month, opening, changes, *, basis, tiers, count, slices, least):
    """Return the exact interest of a month; rates are by year."""
    days = monthrange(year, month)[1]
    part = {
        "twelfth": Fraction(1, 12 * days),
        "actual_365": Fraction(1, 365),
        "actual_actual": Fraction(1, 366 if isleap(year) else 365),
    }[count]
    each = balances(year, month, opening, changes)
    if basis == "daily":
        bases = each
    elif basis == "minimum":
        bases = [min(each)] * days
    else:
        bases = [Fraction(sum(each), days)] * days
    total = Fraction(0)
    for base in bases:
        if base >= least:
            total += paid_by_tier(base, tiers, slices) * part
    return total
