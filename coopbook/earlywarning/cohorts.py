"""Vintages: loans of one month or quarter, and how many were ever late (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from coopbook.dates import last_day, months_after
from coopbook.i18n import N_
from coopbook.money import ZERO, Money

AGES = (3, 6, 9, 12, 18, 24)
"""Months on book at which vintages are compared: our choice, as lenders print them."""


class Every(StrEnum):
    """How many loans belong together."""

    MONTH = "month"
    QUARTER = "quarter"


EVERY_NAMES = {Every.MONTH: N_("by month"), Every.QUARTER: N_("by quarter")}
MONTHS = {Every.MONTH: 1, Every.QUARTER: 3}


@dataclass(frozen=True, slots=True)
class Lent:
    """A loan on the day it was paid out, and the first day it was too late, if ever."""

    loan: int
    principal: Money
    began_on: date
    late_on: date | None = None


@dataclass(frozen=True, slots=True)
class EverLate:
    """What of a vintage was ever too late by an age, of its number and its principal.

    ``principal`` is that lent, not what is left; ``share`` is of principal and
    ``of_loans`` of their number.
    """

    age: int
    loans: tuple[int, ...]
    principal: Money
    share: Fraction
    of_loans: Fraction


@dataclass(frozen=True, slots=True)
class Vintage:
    """The loans paid out from one day to another.

    ``ages`` has a place for each age asked for, nothing where the last day of the
    vintage is not so long ago: a figure that is not known yet is not zero.
    """

    begins: date
    ends: date
    loans: tuple[int, ...]
    principal: Money
    ages: tuple[EverLate | None, ...]


def vintages(
    lent: Sequence[Lent],
    on: date,
    *,
    every: Every = Every.MONTH,
    ages: Sequence[int] = AGES,
) -> list[Vintage]:
    """Return each vintage with what of it was ever too late at some ages, oldest first.

    A loan that was paid off in time was never late, and stays in what is divided by:
    whoever leaves it out makes a vintage worse with every loan that ends well.

    Units: ages in months since a loan's own day; shares exact.
    Source: "ever 30+ by months on book", the vintage or static-pool table of lenders.
    """
    cohorts: dict[date, list[Lent]] = {}
    for one in lent:
        if one.began_on <= on:
            cohorts.setdefault(_first(one.began_on, every), []).append(one)
    found = []
    for first, some in sorted(cohorts.items()):
        final = months_after(first, MONTHS[every] - 1)
        ends = last_day(final.year, final.month)
        found.append(
            Vintage(
                first,
                ends,
                tuple(sorted(one.loan for one in some)),
                sum((one.principal for one in some), ZERO),
                tuple(
                    _by(age, some) if months_after(ends, age) <= on else None
                    for age in ages
                ),
            )
        )
    return found


def _first(day: date, every: Every) -> date:
    """Return the first day of the month or quarter a day lies in."""
    length = MONTHS[every]
    return date(day.year, (day.month - 1) // length * length + 1, 1)


def _by(age: int, some: Sequence[Lent]) -> EverLate:
    late = [
        one
        for one in some
        if one.late_on is not None and one.late_on <= months_after(one.began_on, age)
    ]
    held = sum((one.principal for one in late), ZERO)
    whole = sum(one.principal.units for one in some)
    return EverLate(
        age,
        tuple(sorted(one.loan for one in late)),
        held,
        Fraction(held.units, whole) if whole else Fraction(0),
        Fraction(len(late), len(some)),
    )
