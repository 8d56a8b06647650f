"""Schedules that changed while the loan ran: tranches, rates, reductions (pure).

A change leaves what was due alone and plans the rest again; the rules are on
docs/rules/loan-schedules.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from operator import attrgetter

from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.loans.calendar import due_days, nominal_days
from coopbook.loans.daycount import DayCount
from coopbook.loans.factors import (
    exact_factors,
    factors,
    length_of,
    over_one,
    whole_before,
)
from coopbook.loans.planning import (
    DIVIDE,
    Kept,
    Rows,
    correct_first,
    defer,
    planned,
)
from coopbook.loans.schedule import Schedule, schedule
from coopbook.loans.terms import BULLETS, Broken, InterestMethod, Terms
from coopbook.money import Money, Per, Rate
from coopbook.opendays import EVERY_DAY, OpenDays


class Keep(StrEnum):
    """What an advance payment leaves as it was: the term, or the installment."""

    TERM = "term"
    INSTALLMENT = "installment"


@dataclass(frozen=True, slots=True)
class Tranche:
    """More of the loan is paid out."""

    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class NewRate:
    """From a day on the loan bears another rate."""

    on: date
    rate: Rate


@dataclass(frozen=True, slots=True)
class Reduction:
    """Principal is paid before it was due."""

    on: date
    amount: Money
    keep: Keep


Change = Tranche | NewRate | Reduction


@dataclass(eq=False)
class ChangeAfterEnd(Refused):
    """Nothing is left to change."""

    sentence = N_(
        "The last installment is due on %(last)s; a change on %(on)s finds nothing"
        " left to plan. Take a day before, or make a new agreement."
    )

    on: date
    last: date


@dataclass(eq=False)
class ChangeBeforeStart(Refused):
    """Nothing changes before the loan is paid out."""

    sentence = N_("The loan is paid out on %(start)s; nothing changes on %(on)s.")

    on: date
    start: date


@dataclass(eq=False)
class ReductionTooLarge(Refused):
    """A reduction leaves something to pay."""

    sentence = N_(
        "An advance payment of %(amount)s leaves nothing of the %(owed)s still to"
        " come. Settle the loan early instead."
    )

    amount: Money
    owed: Money


@dataclass(eq=False)
class MarginIsFixed(Refused):
    """An agreed charge knows neither tranches nor rates."""

    sentence = N_(
        "This loan has an agreed charge, which neither a tranche nor another rate"
        " can change. Make a new agreement."
    )


def changed_schedule(
    terms: Terms,
    principal: Money,
    start: date,
    changes: Sequence[Change],
    open_days: OpenDays = EVERY_DAY,
) -> Schedule:
    """Return a loan's schedule after its changes, in the order of their days.

    Units:    money units; principal adds up to what was lent and every tranche,
              less every reduction.
    Raises:   what ``schedule`` raises, ``ChangeAfterEnd``, ``ReductionTooLarge``
              and ``MarginIsFixed``.
    """
    if not changes:
        return schedule(terms, principal, start, open_days)
    running = _Running(terms, principal.units, start)
    for change in sorted(changes, key=attrgetter("on")):
        running.take(change)
    parts, charges, days = running.finished()
    due = due_days(terms, start, days, open_days)
    if terms.method is InterestMethod.BULLET_END:
        return Schedule(due[-1:], [sum(parts)], [sum(charges)])
    return Schedule(due, parts, charges)


class _Running:
    """A schedule being changed: its rows before deferral, and what it rests on."""

    def __init__(self, terms: Terms, lent: int, start: date) -> None:
        schedule(terms, Money(lent), start)
        self.terms, self.start = terms, start
        self.days = nominal_days(terms, start)
        self.rate = terms.yearly_rate
        self.base = Fraction(lent)
        self.lengths = self._lengths()
        shares, below = factors(terms, start, self.days)
        rows = Rows(terms, lent, lent, shares, below, terms.grace, terms.weights)
        if terms.method is InterestMethod.BULLET_END:
            self.parts: list[int] = [0] * (len(self.days) - 1) + [lent]
            self.charges: list[int] = []
        else:
            self.parts, self.charges = planned(rows)
        carrying = terms.weights or (1,) * (terms.periods - terms.grace)
        self.weights = (0,) * terms.grace + carrying
        self.whole, self.all_weights = lent, sum(carrying)
        if terms.broken is Broken.ADDED and self.charges:
            correct_first(terms, lent, start, self.days, self.charges)
        self.passed = Fraction(0)
        self.since: date | None = None
        self.place = 0

    def _lengths(self) -> list[Fraction]:
        """Return the length of each period that bears interest, in years."""
        of_one = replace(self.terms, rate=Rate(Fraction(1), Per.YEAR))
        return exact_factors(of_one, self.start, self.days)

    def take(self, change: Change) -> None:
        """Leave what was due alone and plan the rest again."""
        if change.on < self.start:
            raise ChangeBeforeStart(change.on, self.start)
        place = bisect_right(self.days, change.on)
        if place >= len(self.days):
            raise ChangeAfterEnd(change.on, self.days[-1])
        self._accrue(place, change.on)
        owed = sum(self.parts[place:])
        kept = None
        margin = self.terms.method is InterestMethod.MARGIN
        match change:
            case Tranche(amount=amount):
                if margin:
                    raise MarginIsFixed
                after = owed + amount.units
                self.base += amount.units
            case NewRate(rate=rate):
                if margin:
                    raise MarginIsFixed
                after = owed
                self.rate = replace(self.terms, rate=rate).yearly_rate
            case Reduction(amount=amount, keep=keep):
                after = owed - amount.units
                if not 0 < amount.units < owed:
                    raise ReductionTooLarge(amount, Money(owed))
                self.base = self.base * after / owed
                if keep is Keep.INSTALLMENT and self.terms.method not in BULLETS:
                    kept = self._kept(place)
        self._plan(place, change.on, after, kept)

    def _accrue(self, place: int, on: date) -> None:
        """Add what passed since the last change, at what was owed and borne."""
        if self.terms.method is InterestMethod.BULLET_END:
            gone = self._left(self.since or self.start) - self._left(on)
        elif self.since is not None and self.place == place:
            gone = self._rest(place, self.since) - self._rest(place, on)
        else:
            self.passed = Fraction(0)
            gone = self._whole(place) - self._rest(place, on)
        flat = self.terms.method is InterestMethod.FLAT
        bears = self.base if flat else sum(self.parts[place:])
        if self.terms.method is not InterestMethod.MARGIN:
            self.passed += bears * self.rate * gone
        self.since, self.place = on, place

    def _whole(self, place: int) -> Fraction:
        """Return the length of a running period, a first one that is added as it is."""
        waived = place < self.terms.interest_waived
        if place == 0 and self.terms.broken is Broken.ADDED and not waived:
            return length_of(self.terms, self.start, self.start, self.days[0])
        return self.lengths[place]

    def _rest(self, place: int, on: date) -> Fraction:
        """Return what is left of a running period after a day."""
        begin = self.days[place - 1] if place else self.start
        end, terms = self.days[place], self.terms
        if place < terms.interest_waived:
            return Fraction(0)
        counted = place == 0 and terms.broken is Broken.WHOLE and not terms.dates
        counted = counted and begin != whole_before(terms, begin, end)
        if on == begin:
            return self._whole(place)
        if counted or terms.day_count is DayCount.ACTUAL_FEBRUARY:
            return self._whole(place) * Fraction((end - on).days, (end - begin).days)
        return length_of(terms, self.start, on, end)

    def _left(self, on: date) -> Fraction:
        """Return what is left of the whole loan after a day."""
        place = bisect_right(self.days, on)
        if place >= len(self.days):
            return Fraction(0)
        return self._rest(place, on) + sum(self.lengths[place + 1 :])

    def _kept(self, place: int) -> Kept:
        """Return the size of what is paid, where that is to stay as it was."""
        grace = max(self.terms.grace - place, 0)
        parts, charges = self.parts[place:], self.charges[place:]
        if self.terms.method is InterestMethod.ANNUITY:
            return Kept(installment=parts[grace] + charges[grace])
        return Kept(
            parts=tuple(parts[grace:]),
            charges=tuple(charges),
            whole=self.whole,
            weights=self.weights[place + grace :],
            all_weights=self.all_weights,
        )

    def _plan(self, place: int, on: date, owed: int, kept: Kept | None) -> None:
        """Plan the rows from a place on."""
        terms = self.terms
        if terms.method is InterestMethod.BULLET_END:
            self.parts[-1] = owed
            return
        lengths = [self._rest(place, on), *self.lengths[place + 1 :]]
        flat = terms.method is InterestMethod.FLAT
        bears = self.rate * self.base if flat else self.rate
        *shares, carried = [bears * each for each in lengths] + [self.passed]
        nums, below = over_one([*shares, carried])
        grace = len(lengths) - 1 if terms.method in BULLETS else terms.grace - place
        weights = self.weights[place + max(grace, 0) : len(self.days)]
        rows = Rows(
            terms,
            owed,
            1,
            nums[:-1],
            below,
            max(grace, 0),
            weights if terms.weights else (),
            carried=nums[-1],
            margin=self._margin_left(place),
            kept=kept,
        )
        if kept is None:
            self.whole, self.all_weights = owed, sum(weights)
        parts, charges = planned(rows)
        self.parts[place:] = parts
        self.charges[place:] = charges
        del self.days[len(self.parts) :]
        del self.lengths[len(self.parts) :]

    def _margin_left(self, place: int) -> int | None:
        if self.terms.method is not InterestMethod.MARGIN:
            return None
        return self.terms.margin.units - sum(self.charges[:place])

    def finished(self) -> tuple[list[int], list[int], list[date]]:
        """Return the rows, with deferred interest where it is asked."""
        if self.terms.method is InterestMethod.BULLET_END:
            last = sum(self.parts) * self.rate * self._left(self.since or self.start)
            total = self.passed + last
            charge = DIVIDE[self.terms.rounding](total.numerator, total.denominator)
            return self.parts, [charge], self.days
        defer(self.terms, self.charges)
        return self.parts, self.charges, self.days
