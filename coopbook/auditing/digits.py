"""Benford's law: how often amounts begin with each digit, how far from it (pure)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

EXPECTED: Final = {digit: math.log10(1 + 1 / digit) for digit in range(1, 10)}
"""The share of numbers that begin with each digit.

Source: F. Benford, The Law of Anomalous Numbers, 1938.
"""

CRITICAL: Final = 15.507
"""Chi-square with eight degrees of freedom at 5 percent: above it chance is rare."""

FEWEST: Final = 300
"""Fewer amounts than these say nothing: a choice of ours, as auditors' texts advise."""


@dataclass(frozen=True, slots=True)
class Digits:
    """How often each first digit came, and how far all are from Benford's law."""

    counts: dict[int, int]
    chi_square: float

    @property
    def total(self) -> int:
        """How many amounts were looked at."""
        return sum(self.counts.values())

    @property
    def enough(self) -> bool:
        """Say whether there are enough amounts to say anything."""
        return self.total >= FEWEST

    @property
    def unlikely(self) -> bool:
        """Say whether chance alone is unlikely: a question, never a proof."""
        return self.enough and self.chi_square > CRITICAL

    def expected(self, digit: int) -> float:
        """Return how many amounts one would expect to begin with a digit."""
        return self.total * EXPECTED[digit]


def first_digits(amounts: Iterable[int]) -> Digits:
    """Count the first digits of amounts; nothing and less are left out.

    >>> first_digits([19, 1_250_000, 75]).counts[1]
    2
    """
    counts = dict.fromkeys(range(1, 10), 0)
    for amount in amounts:
        if amount > 0:
            counts[int(str(amount)[0])] += 1
    total = sum(counts.values())
    chi = 0.0
    for digit, count in counts.items():
        wanted = total * EXPECTED[digit]
        chi += (count - wanted) ** 2 / wanted if wanted else 0.0
    return Digits(counts, chi)
