"""Spread a payment over what is owed: penalty, fee, interest, principal (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coopbook.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class Owed:
    """What is still owed of one installment."""

    number: int
    penalty: Money
    fee: Money
    interest: Money
    principal: Money

    @property
    def total(self) -> Money:
        """Everything owed of it."""
        return self.penalty + self.fee + self.interest + self.principal


def allocate(amount: Money, owed: Sequence[Owed]) -> list[Owed]:
    """Return what a payment settles of each installment, oldest first.

    Each installment is settled whole before the next: its penalty, then its
    fee, its interest, its principal.  Parts not reached are zero and left out;
    the parts add up to ``amount``, or to everything owed where that is less.

    Source: domain guide 3.3, the default order.

    >>> first = Owed(1, Money(5), ZERO, Money(10), Money(100))
    >>> [(p.number, p.penalty.units, p.interest.units, p.principal.units)
    ...  for p in allocate(Money(50), [first])]
    [(1, 5, 10, 35)]
    """
    left, settled = amount, []
    for item in owed:
        parts = []
        for part in (item.penalty, item.fee, item.interest, item.principal):
            paid = min(left, part)
            parts.append(paid)
            left -= paid
        if any(parts):
            settled.append(Owed(item.number, *parts))
        if left == ZERO:
            break
    return settled


def summed(parts: Sequence[Owed]) -> Owed:
    """Add parts up into one, numbered as the first."""
    return Owed(
        parts[0].number if parts else 0,
        sum((part.penalty for part in parts), ZERO),
        sum((part.fee for part in parts), ZERO),
        sum((part.interest for part in parts), ZERO),
        sum((part.principal for part in parts), ZERO),
    )
