"""What a loan costs beside its interest: fees, and where they go (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from coopbook.money import ZERO, Money, Rate

NOTHING = Rate(Fraction(0))


class Taken(StrEnum):
    """Whether a fee is kept back from what is paid out, or lent with the loan."""

    DEDUCTED = "deducted"
    ADDED = "added"


class GoesTo(StrEnum):
    """Whose a fee is: the cooperative's, somebody else's, or the member's own."""

    INCOME = "income"
    HELD = "held"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee on the terms of a product: so much, and a share of what is lent.

    ``account`` is where it is booked; a simulation needs none.

    >>> fee = Fee("provisi", share=Rate.percent(1))
    >>> print(fee.of(Money(5_000_000)))
    50,000
    """

    name: str
    fixed: Money = ZERO
    share: Rate = NOTHING
    taken: Taken = Taken.DEDUCTED
    goes_to: GoesTo = GoesTo.INCOME
    account: int = 0

    def of(self, principal: Money) -> Money:
        """Return the fee of a loan, its share rounded half-even once."""
        return self.fixed + self.share.of(principal)


@dataclass(frozen=True, slots=True)
class Paper:
    """What a loan looks like on paper: asked for, owed, and paid out.

    ``received`` is what reaches the member, with a share of their own counted as
    received; ``paid_out`` is the money that changes hands.
    """

    asked: Money
    owed: Money
    paid_out: Money
    received: Money


def on_paper(asked: Money, fees: Iterable[Fee]) -> Paper:
    """Return what is owed and paid out of an amount asked for.

    Percentages count on what is asked for, also of fees that are added.
    """
    owed = paid_out = received = asked
    for fee in fees:
        amount = fee.of(asked)
        if fee.taken is Taken.ADDED:
            owed += amount
        else:
            paid_out -= amount
            if fee.goes_to is not GoesTo.SHARE:
                received -= amount
    return Paper(asked, owed, paid_out, received)
