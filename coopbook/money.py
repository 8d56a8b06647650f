"""Money and Rate: whole numbers, stated rounding, split without loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

LARGEST = 9_000_000_000_000
"""The largest amount of one line, in units: nine million million."""


class Rounding(StrEnum):
    """How a fraction of a unit becomes a whole one."""

    HALF_EVEN = "half_even"
    HALF_UP = "half_up"
    UP = "up"
    DOWN = "down"


def rounded(exact: Fraction, how: Rounding = Rounding.HALF_EVEN) -> int:
    """Round an exact number to a whole one, away from or towards zero as named.

    Rounding: ``half_up`` takes halves away from zero; ``up`` and ``down`` are
              away from and towards zero.

    >>> [rounded(Fraction(5, 2), how) for how in Rounding]
    [2, 3, 3, 2]
    >>> [rounded(Fraction(-5, 2), how) for how in Rounding]
    [-2, -3, -3, -2]
    """
    sign = -1 if exact < 0 else 1
    whole, rest = divmod(abs(exact), 1)
    if how is Rounding.HALF_EVEN:
        return sign * round(abs(exact))
    if how is Rounding.HALF_UP:
        return sign * (int(whole) + (1 if rest >= Fraction(1, 2) else 0))
    if how is Rounding.UP:
        return sign * (int(whole) + (1 if rest else 0))
    return sign * int(whole)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An exact amount, which may be negative.

    >>> Money(75_000) + Money(25_000)
    Money(units=100000)
    >>> Money(100).split([1, 1, 1])
    [Money(units=34), Money(units=33), Money(units=33)]
    """

    units: int

    def __post_init__(self) -> None:
        if type(self.units) is not int:
            raise TypeError(f"money is counted in whole units, not {self.units!r}")

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.units + other.units)

    def __sub__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.units - other.units)

    def __neg__(self) -> Money:
        return Money(-self.units)

    def __abs__(self) -> Money:
        return Money(abs(self.units))

    def __mul__(self, times: int) -> Money:
        if type(times) is not int:
            return NotImplemented
        return Money(self.units * times)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.units != 0

    def __str__(self) -> str:
        return f"{self.units:,}"

    def split(self, weights: Sequence[int]) -> list[Money]:
        """Divide into parts in proportion to ``weights``; nothing is lost.

        Every part is first rounded down.  The units left over go, one each, to
        the parts that rounding cost the most; equals are served in order.

        Raises: ``ValueError`` when a weight is negative or all are zero.

        >>> Money(10).split([2, 1])
        [Money(units=7), Money(units=3)]
        """
        if not weights or min(weights) < 0 or not sum(weights):
            raise ValueError("weights are zero or more, and not all zero")
        if self.units < 0:
            return [-part for part in (-self).split(weights)]
        whole = sum(weights)
        parts = [self.units * weight // whole for weight in weights]
        costs = [self.units * weight % whole for weight in weights]
        by_cost = sorted(range(len(weights)), key=lambda i: (-costs[i], i))
        for i in by_cost[: self.units - sum(parts)]:
            parts[i] += 1
        return [Money(part) for part in parts]


ZERO = Money(0)


class Per(StrEnum):
    """The stretch of time a rate is quoted for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Rate:
    """An exact fraction with the period it is quoted for.

    >>> Rate.percent("1.5", per="month").of(Money(1_000_000))
    Money(units=15000)
    >>> Rate.percent("24", per="year").monthly()
    Fraction(1, 50)
    """

    share: Fraction
    per: Per = Per.MONTH

    @classmethod
    def percent(cls, quoted: str | int, per: Per | str = Per.MONTH) -> Rate:
        """Read a percentage as it is quoted, exactly: ``"1.5"`` is 3/200."""
        if isinstance(quoted, float):
            raise TypeError("write a rate as text, so that it stays exact")
        return cls(Fraction(quoted) / 100, Per(per))

    @classmethod
    def parse(cls, stored: str) -> Rate:
        """Read a rate as it is stored: ``"3/200 month"``.

        >>> Rate.parse("3/200 month") == Rate.percent("1.5")
        True
        """
        share, per = stored.split(" ")
        return cls(Fraction(share), Per(per))

    def __str__(self) -> str:
        return f"{self.share} {self.per.value}"

    def monthly(self) -> Fraction:
        """Return the share for a month; a year has twelve, weeks and days differ.

        Raises: ``ValueError`` for a daily or weekly rate, which no number of
                months divides exactly.
        """
        if self.per is Per.MONTH:
            return self.share
        if self.per is Per.YEAR:
            return self.share / 12
        raise ValueError(f"a rate per {self.per.value} has no exact month")

    def of(self, amount: Money, how: Rounding = Rounding.HALF_EVEN) -> Money:
        """Return the share of an amount for one quoted period, rounded once."""
        return Money(rounded(self.share * amount.units, how))


def rounded_up_to(amount: Money, step: int) -> Money:
    """Round a positive amount up to a multiple of ``step`` units.

    >>> rounded_up_to(Money(491_667), 500)
    Money(units=492000)
    """
    return Money(-(-amount.units // step) * step)
