"""Loans that take each other's place, one after the other (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coopbook.money import ZERO, Money

LONG = 3
"""So many loans in a row are asked about even where none was late: our choice."""


@dataclass(frozen=True, slots=True)
class Link:
    """A loan of a chain.

    ``reached`` is what of it reached the member's hand, ``paid`` what was brought for
    it in money, ``late_days`` how late the loan before it was on the day.  What one
    paper settles of another is neither: no money moves by it.
    """

    loan: int
    reached: Money
    paid: Money = ZERO
    late_days: int = 0


@dataclass(frozen=True, slots=True)
class Chain:
    """Loans that took each other's place, the oldest first."""

    links: tuple[Link, ...]

    @property
    def loans(self) -> tuple[int, ...]:
        """The numbers of the loans, oldest first."""
        return tuple(each.loan for each in self.links)

    @property
    def handed_out(self) -> Money:
        """What reached the member's hand by all of them."""
        return sum((each.reached for each in self.links), ZERO)

    @property
    def came_back(self) -> Money:
        """What was brought in money on all of them."""
        return sum((each.paid for each in self.links), ZERO)

    @property
    def never_came(self) -> Money:
        """What was handed out and did not come back, in whatever part."""
        return max(self.handed_out - self.came_back, ZERO)

    @property
    def was_late(self) -> bool:
        """A loan was late on the day another took its place."""
        return any(each.late_days for each in self.links)

    def questioned(self, long: int = LONG) -> bool:
        """Say whether the chain is long, or a new paper ended a late loan."""
        return len(self.links) >= long or (len(self.links) >= 2 and self.was_late)


def chains(links: Mapping[int, int]) -> list[tuple[int, ...]]:
    """Return the whole chains of loans, each oldest first, by their last loan.

    ``links`` says of a loan which older one it took the place of.

    >>> chains({5: 3, 9: 5, 8: 7})
    [(7, 8), (3, 5, 9)]
    """
    older = set(links.values())
    found = []
    for last in sorted(number for number in links if number not in older):
        way = [last]
        while way[-1] in links:
            assert links[way[-1]] < way[-1], "an older loan has a smaller number"
            way.append(links[way[-1]])
        found.append(tuple(reversed(way)))
    return found
