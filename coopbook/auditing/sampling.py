"""Draw a sample anybody can draw again from the seed, without this program (pure).

A seed orders vouchers by the SHA-256 of ``seed:number``; nothing else is random.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.money import ZERO, Money


class Method(StrEnum):
    """How a sample is drawn."""

    RANDOM = "random"
    SYSTEMATIC = "systematic"
    MONETARY_UNIT = "monetary_unit"


METHOD_NAMES = {
    Method.RANDOM: N_("each equally likely"),
    Method.SYSTEMATIC: N_("every so many, from a first one by the seed"),
    Method.MONETARY_UNIT: N_("every so many rupiah: large amounts are likelier"),
}


@dataclass(eq=False)
class NoSample(Refused):
    """There is something to draw from, and something is drawn."""

    sentence = N_(
        "%(count)s vouchers of this time have an amount. Draw at least one, and no "
        "more than these."
    )

    count: int


@dataclass(eq=False)
class SeedNeeded(Refused):
    """A sample is drawn from a seed that is written down."""

    sentence = N_(
        "Write a seed, like the date and your name; it is on the working paper."
    )


@dataclass(frozen=True, slots=True)
class Item:
    """A voucher to draw from, and its amount."""

    number: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn, from how much; ``interval`` and ``start`` where one steps.

    Every so many rupiah the interval is whole; every so many vouchers it is how many
    there are for each drawn, exact, and ``start`` the place of the first.
    """

    method: Method
    seed: str
    count: int
    total: Money
    drawn: tuple[int, ...]
    interval: Fraction = Fraction(0)
    start: int = 0

    @property
    def every(self) -> Decimal:
        """The interval to two places."""
        whole, rest = divmod(self.interval, 1)
        return Decimal(int(whole)) + Decimal(round(rest * 100)) / 100

    def __contains__(self, number: int) -> bool:
        """Say whether a voucher was drawn."""
        return number in self.drawn


def rank(seed: str, number: int) -> str:
    """Return by what a voucher is ordered.

    >>> rank("2026 Agus", 7)[:8]
    'ef2bef91'
    """
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def first_of(seed: str, interval: int) -> int:
    """Return where stepping begins: a whole number from 1 to the interval."""
    return int(hashlib.sha256(seed.encode()).hexdigest(), 16) % interval + 1


def draw(items: Sequence[Item], method: Method, size: int, seed: str) -> Sample:
    """Draw so many vouchers by a seed; the same seed draws the same.

    Every so many vouchers goes on to the last: the k-th of n from N, counted from
    nothing, is at place (s - 1 + k N) / n, rounded down, plus 1, where s is a number
    from 1 to N by the seed.  By monetary unit a voucher of an interval or more is
    always drawn, and one may stand for several steps, so fewer vouchers than asked can
    come out.  Raises ``SeedNeeded`` and ``NoSample``.
    """
    tidy = " ".join(seed.split())
    if not tidy:
        raise SeedNeeded
    some = sorted((one for one in items if one.amount), key=lambda one: one.number)
    if not 1 <= size <= len(some):
        raise NoSample(len(some))
    total = sum((one.amount for one in some), ZERO)
    if method is Method.RANDOM:
        ranked = sorted(some, key=lambda one: rank(tidy, one.number))
        drawn = sorted(one.number for one in ranked[:size])
        return Sample(method, tidy, len(some), total, tuple(drawn))
    if method is Method.SYSTEMATIC:
        first = first_of(tidy, len(some)) - 1
        places = [(first + step * len(some)) // size for step in range(size)]
        picked = tuple(some[place].number for place in places)
        every = Fraction(len(some), size)
        return Sample(method, tidy, len(some), total, picked, every, places[0] + 1)
    interval = max(total.units // size, 1)
    start, passed, chosen = first_of(tidy, interval), 0, []
    step = start
    for one in some:
        passed += one.amount.units
        if step <= passed:
            chosen.append(one.number)
            step += ((passed - step) // interval + 1) * interval
    every = Fraction(interval)
    return Sample(method, tidy, len(some), total, tuple(chosen), every, start)
