"""Quantities in thousandths, and what goods cost by moving weighted average (pure).

Source: SAK EP, chapter on inventories, allows first-in first-out or the weighted
average; this book knows the average alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from coopbook.i18n import N_
from coopbook.money import ZERO, Money, rounded

WHOLE = 1_000
"""A unit has so many parts: a quantity of 1,500 is one and a half."""

MOST = 1_000_000 * WHOLE


class MovementKind(StrEnum):
    """Why goods came in or went out."""

    OPENING = "opening_stock"
    PURCHASE = "purchase"
    SALE = "sale"
    COUNT = "stock_count"
    BACK = "taken_back"


KIND_NAMES = {
    MovementKind.OPENING: N_("taken over"),
    MovementKind.PURCHASE: N_("bought"),
    MovementKind.SALE: N_("sold"),
    MovementKind.COUNT: N_("counted"),
    MovementKind.BACK: N_("taken back"),
}


@dataclass(frozen=True, slots=True)
class Stock:
    """How much of an item there is, in thousandths of its unit, and what it cost."""

    quantity: int
    value: Money

    @property
    def average(self) -> Fraction:
        """What a unit costs on average, exactly; nothing where there is none."""
        if not self.quantity:
            return Fraction(0)
        return Fraction(self.value.units * WHOLE, self.quantity)


EMPTY = Stock(0, ZERO)


def taken_in(stock: Stock, quantity: int, cost: Money) -> Stock:
    """Return a stock with more in it, at what the whole of it cost."""
    return Stock(stock.quantity + quantity, stock.value + cost)


def cost_of(stock: Stock, quantity: int) -> Money:
    """Return what so much of a stock cost, by the weighted average.

    Rounding: down, so that the rest stays in the value of the stock; the last of it
    takes what is left, so that nothing in stock is worth nothing.

    >>> stock, costs = Stock(3_000, Money(100)), []
    >>> for _ in range(3):
    ...     costs.append(cost_of(stock, 1_000).units)
    ...     stock = taken_out(stock, 1_000)
    >>> costs, stock == EMPTY
    ([33, 33, 34], True)
    """
    assert 0 < quantity <= stock.quantity, "more than there is was refused before"
    if quantity == stock.quantity:
        return stock.value
    return Money(stock.value.units * quantity // stock.quantity)


def taken_out(stock: Stock, quantity: int) -> Stock:
    """Return what is left of a stock."""
    return Stock(stock.quantity - quantity, stock.value - cost_of(stock, quantity))


def priced(quantity: int, price: Money) -> Money:
    """Return what a quantity costs at a price a unit.

    Rounding: to the nearest rupiah, halves to the even one.

    >>> priced(1_250, Money(13_500))
    Money(units=16875)
    """
    return Money(rounded(Fraction(quantity * price.units, WHOLE)))


def in_units(quantity: int) -> Decimal:
    """Return a quantity as people write it.

    >>> in_units(1_500), in_units(-2_000)
    (Decimal('1.5'), Decimal('-2'))
    """
    number = Decimal(quantity) / WHOLE
    return number.quantize(Decimal(1)) if quantity % WHOLE == 0 else number.normalize()


def in_thousandths(number: Decimal) -> int | None:
    """Return a quantity in thousandths; nothing where it has parts of them.

    >>> in_thousandths(Decimal("2.25")), in_thousandths(Decimal("0.0001"))
    (2250, None)
    """
    parts = number * WHOLE
    return int(parts) if parts == parts.to_integral_value() else None
