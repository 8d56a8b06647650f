"""Schedules: what is due when, for every method of interest (pure).

The rules are on docs/rules/loan-schedules.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

from coopbook.loans.calendar import due_days, nominal_days
from coopbook.loans.factors import factors
from coopbook.loans.planning import (
    DIVIDE,
    NotLendable,
    Rows,
    correct_first,
    defer,
    planned,
)
from coopbook.loans.terms import Broken, InterestMethod, Terms
from coopbook.money import Money
from coopbook.opendays import EVERY_DAY, OpenDays


@dataclass(frozen=True, slots=True)
class Installment:
    """What is due on a day: a part of the principal, and the period's interest."""

    number: int
    due_on: date
    principal: Money
    interest: Money

    @property
    def total(self) -> Money:
        """Principal and interest together."""
        return self.principal + self.interest


class Schedule(Sequence[Installment]):
    """Installments in their order, kept as columns of units."""

    __slots__ = ("due_on", "interest", "principal")

    def __init__(
        self, due_on: list[date], principal: list[int], interest: list[int]
    ) -> None:
        self.due_on = due_on
        self.principal = principal
        self.interest = interest

    def __len__(self) -> int:
        return len(self.due_on)

    @overload
    def __getitem__(self, place: int) -> Installment: ...

    @overload
    def __getitem__(self, place: slice) -> list[Installment]: ...

    def __getitem__(self, place: int | slice) -> Installment | list[Installment]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        place = range(len(self))[place]
        return Installment(
            place + 1,
            self.due_on[place],
            Money(self.principal[place]),
            Money(self.interest[place]),
        )

    def __iter__(self) -> Iterator[Installment]:
        rows = zip(self.due_on, self.principal, self.interest, strict=True)
        for number, (due_on, part, charge) in enumerate(rows, 1):
            yield Installment(number, due_on, Money(part), Money(charge))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Schedule):
            return NotImplemented
        return (self.due_on, self.principal, self.interest) == (
            other.due_on,
            other.principal,
            other.interest,
        )

    @property
    def total_interest(self) -> Money:
        """All interest that the schedule asks for."""
        return Money(sum(self.interest))

    @property
    def total(self) -> Money:
        """Everything that is paid."""
        return Money(sum(self.principal) + sum(self.interest))


def schedule(
    terms: Terms, principal: Money, start: date, open_days: OpenDays = EVERY_DAY
) -> Schedule:
    """Return what falls due when; principal adds up exactly, no part is negative.

    Units:    ``principal`` in money units; ``start`` is the day it is paid out.
    Rounding: as ``terms`` say; the last row takes what rounding moved.
    Raises:   ``NotLendable``, ``DueBeforePaidOut``, ``NoOpenDay``,
              ``RoundedTooCoarsely``, ``InterestExceeds``, ``RoundedAboveTotal``.
    Source:   docs/rules/loan-schedules.md; 5,000,000 flat 1.5% over 12 months
              rounded up to 1,000 is 492,000 eleven times and 488,000.

    >>> from coopbook.money import Rate
    >>> terms = Terms(InterestMethod.FLAT, Rate.percent("1.5"), 12, step=1_000)
    >>> plan = schedule(terms, Money(5_000_000), date(2026, 1, 31))
    >>> print(plan[0].due_on, plan[0].total, plan[-1].due_on, plan[-1].total)
    2026-02-28 492,000 2027-01-31 488,000
    """
    lent = principal.units
    if lent <= 0:
        raise NotLendable(principal)
    days = nominal_days(terms, start)
    shares, below = factors(terms, start, days)
    if terms.method is InterestMethod.BULLET_END:
        charge = DIVIDE[terms.rounding](lent * sum(shares), below)
        return Schedule(due_days(terms, start, days, open_days)[-1:], [lent], [charge])
    rows = Rows(terms, lent, lent, shares, below, terms.grace, terms.weights)
    parts, interest = planned(rows)
    if terms.broken is Broken.ADDED:
        correct_first(terms, lent, start, days, interest)
    defer(terms, interest)
    return Schedule(due_days(terms, start, days, open_days), parts, interest)
