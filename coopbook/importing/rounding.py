"""Whole rupiah from a sheet that keeps fractions, without losing one.

Each line is rounded by itself, because a card holds whole rupiah.  What that leaves
of the sheet's total, itself rounded once, is one more line on the rounding accounts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact, localcontext

from coopbook.money import Money

EXACT = Context(prec=2_000, traps=[Inexact])
"""Enough figures for any sum of amounts as cells hold them; a doubt is an error."""


@dataclass(frozen=True, slots=True)
class RoundedTotal:
    """The three figures an import shows, and that they agree."""

    exact: Decimal
    """The sheet's total as it stands there."""
    lines: Money
    """The lines, each rounded by itself, added up."""
    total: Money
    """The sheet's total, rounded once."""

    @property
    def left(self) -> Money:
        """What rounding each line leaves: positive is a gain, negative a loss."""
        return self.total - self.lines


def whole(exact: Decimal) -> Money:
    """Round an exact amount to whole units, halves to the even one.

    >>> whole(Decimal("450407.5287204744")), whole(Decimal("2.5")), whole(Decimal(-1))
    (Money(units=450408), Money(units=2), Money(units=-1))
    """
    return Money(int(exact.to_integral_value(ROUND_HALF_EVEN)))


def rounded_total(amounts: Iterable[Decimal]) -> RoundedTotal:
    """Add up a sheet's amounts exactly, line by line rounded, and rounded once.

    Units:    amounts in the currency's unit with any fraction, either sign.
    Rounding: halves to even, both for each line and once for the total; nothing
              else is rounded, and the sum is exact whatever its length.

    >>> found = rounded_total([Decimal("0.4"), Decimal("0.4"), Decimal("0.4")])
    >>> found.lines, found.total, found.left
    (Money(units=0), Money(units=1), Money(units=1))
    """
    exact, lines = Decimal(0), 0
    with localcontext(EXACT):
        for amount in amounts:
            exact += amount
            lines += whole(amount).units
        return RoundedTotal(exact, Money(lines), whole(exact))


def together(totals: Iterable[RoundedTotal]) -> RoundedTotal:
    """Add up totals of which each was rounded by itself."""
    found = list(totals)
    with localcontext(EXACT):
        return RoundedTotal(
            sum((each.exact for each in found), Decimal(0)),
            sum((each.lines for each in found), Money(0)),
            sum((each.total for each in found), Money(0)),
        )
