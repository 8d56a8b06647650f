"""What is claimed of a loan that left the books, and how money settles it (pure).

A claim is an amount in three parts; what comes in fills them in the order of the
by-laws, what is waived takes them from the other end, so that principal is given up
last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coopbook.money import ZERO, Money


class RecoveryOrder(StrEnum):
    """Which part of a claim money settles first."""

    PRINCIPAL = "principal"
    INTEREST = "interest"
    PENALTY = "penalty"


ORDERS: dict[RecoveryOrder, tuple[str, str, str]] = {
    RecoveryOrder.PRINCIPAL: ("principal", "interest", "penalty"),
    RecoveryOrder.INTEREST: ("interest", "principal", "penalty"),
    RecoveryOrder.PENALTY: ("penalty", "interest", "principal"),
}
"""In the order of the by-law's choices."""


@dataclass(frozen=True, slots=True)
class ClaimParts:
    """An amount of a claim in its three parts."""

    principal: Money = ZERO
    interest: Money = ZERO
    penalty: Money = ZERO

    @property
    def total(self) -> Money:
        """All of it."""
        return self.principal + self.interest + self.penalty

    def __add__(self, other: ClaimParts) -> ClaimParts:
        return ClaimParts(
            self.principal + other.principal,
            self.interest + other.interest,
            self.penalty + other.penalty,
        )

    def __sub__(self, other: ClaimParts) -> ClaimParts:
        return ClaimParts(
            self.principal - other.principal,
            self.interest - other.interest,
            self.penalty - other.penalty,
        )


def together(some: Iterable[ClaimParts]) -> ClaimParts:
    """Return the sum of some amounts, part by part."""
    return sum(some, ClaimParts())


def settling(
    left: ClaimParts,
    amount: Money,
    order: Sequence[str] = ORDERS[RecoveryOrder.PRINCIPAL],
) -> ClaimParts:
    """Return what an amount settles of what is left, part after part in an order.

    Units:  whole rupiah; an amount above what is left settles all of it.

    >>> left = ClaimParts(Money(70), Money(20), Money(10))
    >>> settling(left, Money(75)).interest
    Money(units=5)
    """
    rest, parts = amount, {}
    for name in order:
        part = min(rest, getattr(left, name))
        parts[name] = part
        rest -= part
    return ClaimParts(**parts)


def waiving(left: ClaimParts, amount: Money) -> ClaimParts:
    """Return what a waiver takes of what is left: penalty, interest, principal.

    >>> waiving(ClaimParts(Money(70), Money(20), Money(10)), Money(35)).principal
    Money(units=5)
    """
    return settling(left, amount, ORDERS[RecoveryOrder.PENALTY])
