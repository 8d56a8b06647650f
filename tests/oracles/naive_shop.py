"""What members saved in a shop, sale by sale; never imports coopbook.

Quantities are thousandths of a unit, prices whole rupiah a unit.
"""

from decimal import ROUND_HALF_EVEN, Decimal


def priced(quantity, price):
    """Return what a quantity comes to, to the nearest rupiah, halves to the even."""
    exact = Decimal(quantity) * price / 1000
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def saved(acts, year):
    """Return (paid, elsewhere) of a year.

    Each act is ``(year, quantity, member_price, other_price, sign)``: 1 for a sale to a
    member, -1 for one that is taken back.
    """
    paid = elsewhere = 0
    for in_year, quantity, mine, others, sign in acts:
        if in_year == year:
            paid += sign * priced(quantity, mine)
            elsewhere += sign * priced(quantity, others)
    return paid, elsewhere
