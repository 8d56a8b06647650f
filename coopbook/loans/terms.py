"""What a contract can say about interest, due days and rounding (pure)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.loans.daycount import A_YEAR, BY_PERIODS, DayCount, Unit
from coopbook.money import ZERO, Money, Per, Rate, Rounding
from coopbook.opendays import Shift

STEPS = (1, 100, 500, 1_000)
"""The steps to which a product may round its installments, in units."""

MOST_PERIODS = 3_700
"""The longest schedule: ten years of days."""

MOST_YEARS = 50
"""The longest time between the first and the last due day."""

MOST_A_YEAR = 10
"""The highest rate that is believed: ten times the principal in a year."""


class InterestMethod(StrEnum):
    """On what interest is charged, and how principal is spread.

    On Indonesian paper *declining* is "efektif" or "menurun" and *annuity*
    "anuitas".  *Margin* is an agreed charge in money instead of a rate.
    """

    FLAT = "flat"
    DECLINING = "declining"
    ANNUITY = "annuity"
    BULLET = "bullet"
    BULLET_END = "bullet_end"
    MARGIN = "margin"


METHOD_NAMES = {
    InterestMethod.FLAT: N_("flat"),
    InterestMethod.DECLINING: N_("on what is still owed, equal principal"),
    InterestMethod.ANNUITY: N_("annuity, equal installments"),
    InterestMethod.BULLET: N_("principal at the end, interest each period"),
    InterestMethod.BULLET_END: N_("principal and interest at the end"),
    InterestMethod.MARGIN: N_("agreed charge"),
}

BULLETS = frozenset({InterestMethod.BULLET, InterestMethod.BULLET_END})
EQUAL_PARTS = frozenset(
    {InterestMethod.FLAT, InterestMethod.DECLINING, InterestMethod.MARGIN}
)


class Broken(StrEnum):
    """What a first period means that is longer or shorter than the others."""

    DAYS = "days"
    WHOLE = "whole"
    ADDED = "added"


class RoundedOver(StrEnum):
    """Whether interest is rounded in each row, or once for all of them."""

    EACH = "each"
    TOTAL = "total"


class StepRounding(StrEnum):
    """How an installment gets to its step; halves go up."""

    UP = "up"
    NEAREST = "nearest"


class Remainder(StrEnum):
    """Where the units go that rounding leaves."""

    LAST = "last"
    SPREAD = "spread"


@dataclass(frozen=True, slots=True)
class Every:
    """How long a period is: so many days, weeks or months."""

    count: int = 1
    unit: Unit = Unit.MONTH


MONTHLY = Every()
WEEKLY = Every(1, Unit.WEEK)
DAILY = Every(1, Unit.DAY)


@dataclass(eq=False)
class TermsTooLong(Refused):
    """So many installments are not a loan any more."""

    sentence = N_(
        "A loan has 1 to %(most)s installments and ends within %(years)s years;"
        " %(periods)s installments are not possible here."
    )

    periods: int
    most: int = MOST_PERIODS
    years: int = MOST_YEARS


@dataclass(eq=False)
class RateUnbelievable(Refused):
    """A rate below zero, or above ten times the principal a year."""

    sentence = N_(
        "%(percent)s %% a year is not a rate. Write the percentage as it is quoted,"
        " like 1.5, and choose month or year."
    )

    percent: str


@dataclass(eq=False)
class GraceLeavesNothing(Refused):
    """Every installment is in grace, so that none is left to pay."""

    sentence = N_(
        "Of %(periods)s installments %(grace)s are in grace. At least the last one"
        " has to be paid in full; use a grace of at most %(most)s."
    )

    periods: int
    grace: int
    most: int


@dataclass(eq=False)
class NotWithThisMethod(Refused):
    """A term that means nothing for the method chosen."""

    sentence = N_(
        "Terms that do not fit each other: %(what)s. Leave that out, or choose"
        " another method."
    )

    what: Word


@dataclass(eq=False)
class DueDayUnknown(Refused):
    """A due day is a day of the month."""

    sentence = N_(
        "A due day is a day of the month from 1 to 31, for loans by months; 31 is"
        " the last day. %(day)s does not fit."
    )

    day: int


@dataclass(eq=False)
class DatesDoNotRise(Refused):
    """Chosen due days come one after another."""

    sentence = N_(
        "The chosen due days have to come one after another; %(later)s does not lie"
        " after %(earlier)s."
    )

    earlier: date
    later: date


@dataclass(eq=False)
class DueBeforePaidOut(Refused):
    """The first installment is due after the loan was paid out."""

    sentence = N_(
        "The first installment would be due on %(first)s, not after %(start)s when"
        " the loan is paid out. Choose a later day."
    )

    first: date
    start: date


@dataclass(eq=False)
class WeightsDoNotFit(Refused):
    """One share for each installment that carries principal."""

    sentence = N_(
        "There are %(weights)s shares for %(rows)s installments that carry"
        " principal. Write one for each, and none below 1."
    )

    weights: int
    rows: int


@dataclass(frozen=True)
class Terms:
    """The terms of a loan; what each one does is on docs/rules/loan-schedules.md.

    Units:  ``rate`` as quoted; ``margin`` in money units; ``dates`` and
            ``first_due`` are days of this one loan and take the place of ``every``.
    Raises: a ``Refused`` for terms that are absurd or do not fit each other.
    """

    method: InterestMethod
    rate: Rate
    periods: int
    every: Every = MONTHLY
    day_count: DayCount = DayCount.EVEN
    first_due: date | None = None
    due_day: int | None = None
    dates: tuple[date, ...] = ()
    weights: tuple[int, ...] = ()
    broken: Broken = Broken.DAYS
    principal_grace: int = 0
    interest_waived: int = 0
    interest_deferred: int = 0
    margin: Money = ZERO
    rounding: Rounding = Rounding.HALF_EVEN
    rounded_over: RoundedOver = RoundedOver.EACH
    step: int = 1
    step_rounding: StepRounding = StepRounding.UP
    remainder: Remainder = Remainder.LAST
    part_rounding: Rounding = Rounding.HALF_EVEN
    shift: Shift = field(default=Shift.NONE)

    def __post_init__(self) -> None:
        self._check_size()
        self._check_days()
        self._check_grace()

    def _check_size(self) -> None:
        a_year = A_YEAR[Unit.MONTH if self.dates else self.every.unit]
        long = Fraction(self.periods * self.every.count, a_year)
        if not 1 <= self.periods <= MOST_PERIODS or long > MOST_YEARS:
            raise TermsTooLong(self.periods)
        if not 0 <= self.yearly_rate <= MOST_A_YEAR:
            raise RateUnbelievable(f"{float(self.yearly_rate * 100):g}")
        assert self.step in STEPS or self.step > 0
        assert self.every.count >= 1

    def _check_days(self) -> None:
        if self.due_day is not None:
            by_months = self.every.unit is Unit.MONTH and not self.dates
            if not by_months or not 1 <= self.due_day <= 31:
                raise DueDayUnknown(self.due_day)
        for earlier, later in zip(self.dates, self.dates[1:], strict=False):
            if later <= earlier:
                raise DatesDoNotRise(earlier, later)
        if self.dates and len(self.dates) != self.periods:
            raise TermsTooLong(len(self.dates))
        if self.dates and self.first_due is not None:
            raise NotWithThisMethod(Word(N_("a first due day beside chosen days")))
        if self.shift is Shift.EXTEND and (self.dates or self.every.unit is Unit.MONTH):
            raise NotWithThisMethod(
                Word(N_("extending by closed days, but not by days or weeks"))
            )

    def _check_grace(self) -> None:
        for grace in (
            self.principal_grace,
            self.interest_waived,
            self.interest_deferred,
        ):
            if not 0 <= grace < self.periods:
                raise GraceLeavesNothing(self.periods, grace, self.periods - 1)
        if self.method is InterestMethod.MARGIN:
            if self.interest_waived:
                raise NotWithThisMethod(
                    Word(N_("an agreed charge, and installments without it"))
                )
        elif self.margin:
            raise NotWithThisMethod(Word(N_("an agreed charge beside a rate")))
        if self.rounded_over is RoundedOver.TOTAL and self.method not in (
            InterestMethod.FLAT,
            InterestMethod.MARGIN,
        ):
            raise NotWithThisMethod(
                Word(N_("interest rounded as a whole, but not flat"))
            )
        if self.weights:
            if self.method not in EQUAL_PARTS:
                raise NotWithThisMethod(
                    Word(N_("shares of principal in equal installments"))
                )
            rows = self.periods - self.principal_grace
            if len(self.weights) != rows or min(self.weights) < 1:
                raise WeightsDoNotFit(len(self.weights), rows)

    @cached_property
    def yearly_rate(self) -> Fraction:
        """The nominal rate of a year: what is quoted, as often as a year holds it."""
        return self.rate.share * PER_YEAR[self.rate.per]

    @cached_property
    def grace(self) -> int:
        """The first rows that carry no principal."""
        bullet = self.method is InterestMethod.BULLET
        return self.periods - 1 if bullet else self.principal_grace

    @cached_property
    def unit(self) -> Unit:
        """The unit by which stretches are counted; chosen days go by months."""
        return Unit.MONTH if self.dates else self.every.unit

    @cached_property
    def is_even(self) -> bool:
        """Every period but the first has the same length."""
        return self.day_count in BY_PERIODS and not self.dates


PER_YEAR = {Per.DAY: 365, Per.WEEK: 52, Per.MONTH: 12, Per.YEAR: 1}
"""How often a year holds the stretch a rate is quoted for."""
