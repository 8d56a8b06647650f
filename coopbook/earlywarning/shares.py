"""Concentration: how much of what is lent hangs on few people (pure)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from coopbook.money import ZERO, Money

LARGEST = 10
"""How many borrowers and households are named: our choice."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What is left of a running loan, and what it has in common with others.

    ``house`` is the same for members of one family card and is never shown; nothing
    where no card is known, and the member stands alone.
    """

    loan: int
    member: int
    house: str | None
    kind: str
    hamlet: str
    sector: str
    outstanding: Money


@dataclass(frozen=True, slots=True)
class Held:
    """Some loans together: their members, their principal, its share of everything."""

    name: str
    members: tuple[int, ...]
    loans: tuple[int, ...]
    outstanding: Money
    share: Fraction


@dataclass(frozen=True, slots=True)
class Concentration:
    """All principal, and who and what holds how much of it, the largest first.

    ``index`` adds up the squares of the borrowers' shares: one where one member owes
    everything, one n-th where n members owe the same.
    """

    outstanding: Money
    count: int
    borrowers: tuple[Held, ...]
    households: tuple[Held, ...]
    kinds: tuple[Held, ...]
    hamlets: tuple[Held, ...]
    sectors: tuple[Held, ...]
    index: Fraction
    of_largest: Fraction


def herfindahl(amounts: Sequence[Money]) -> Fraction:
    """Return the sum of the squares of the shares of some amounts, exactly.

    Source: Herfindahl-Hirschman index, from 0 (nothing) to 1 (all in one hand).

    >>> herfindahl([Money(1), Money(1), Money(2)])
    Fraction(3, 8)
    """
    whole = sum(each.units for each in amounts)
    squares = sum(each.units * each.units for each in amounts)
    return Fraction(squares, whole * whole) if whole else Fraction(0)


def concentrated(owed: Sequence[Owed], *, largest: int = LARGEST) -> Concentration:
    """Return how much of all principal hangs on few people, kinds, places, sectors.

    A member counts with all loans together.  A household is whoever shares a family
    card; who has none written down is a household alone.
    """
    borrowers = _held(owed, lambda one: one.member)
    houses = _held(owed, lambda one: one.house or one.member)
    return Concentration(
        sum((one.outstanding for one in owed), ZERO),
        len(borrowers),
        borrowers[:largest],
        houses[:largest],
        _held(owed, lambda one: one.kind, named=True),
        _held(owed, lambda one: one.hamlet, named=True),
        _held(owed, lambda one: one.sector, named=True),
        herfindahl([each.outstanding for each in borrowers]),
        sum((each.share for each in borrowers[:largest]), Fraction(0)),
    )


def _held(
    owed: Sequence[Owed], by: Callable[[Owed], Hashable], *, named: bool = False
) -> tuple[Held, ...]:
    whole = sum(one.outstanding.units for one in owed)
    parts: dict[Hashable, list[Owed]] = {}
    for one in owed:
        parts.setdefault(by(one), []).append(one)
    found = []
    for key, some in parts.items():
        left = sum((one.outstanding for one in some), ZERO)
        found.append(
            Held(
                str(key) if named else "",
                tuple(sorted({one.member for one in some})),
                tuple(sorted(one.loan for one in some)),
                left,
                Fraction(left.units, whole) if whole else Fraction(0),
            )
        )
    return tuple(
        sorted(found, key=lambda each: (-each.outstanding.units, each.name, each.loans))
    )
