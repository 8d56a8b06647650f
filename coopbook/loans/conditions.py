"""The terms of a product or a loan beside method, rate, term and step, as one text.

Kept as canonical JSON of what differs from the plainest loan, so that a book says in
one readable line what was agreed, and old rows need nothing (pure).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Any

from coopbook.loans.daycount import DayCount, Unit
from coopbook.loans.fees import Fee, GoesTo, Taken
from coopbook.loans.replay import Early, Order, Rules
from coopbook.loans.terms import (
    MONTHLY,
    Broken,
    Every,
    InterestMethod,
    Remainder,
    RoundedOver,
    StepRounding,
    Terms,
)
from coopbook.money import ZERO, Money, Rate, Rounding
from coopbook.opendays import Shift


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a product offers, or a loan was agreed on; the plainest loan by default.

    Units: ``margin_rate`` is the yearly share from which an agreed charge is worked
           out, ``margin`` that charge; ``tolerance`` an installment's; ``cap`` a share
           of an installment.  ``rate_from`` and ``rate_to`` is the range the meeting
           approved in ``decision``;
           ``approved`` the whole of a loan that is paid out in tranches; ``cover``
           the percent of it that security has to cover; ``joint`` says that a group
           answers for it.
    """

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
    step_rounding: StepRounding = StepRounding.UP
    remainder: Remainder = Remainder.LAST
    part_rounding: Rounding = Rounding.HALF_EVEN
    shift: Shift = Shift.NONE
    order: Order = Order.INSTALLMENTS
    tolerance: Money = ZERO
    cap: Fraction | None = None
    early: Early = Early.TO_DATE
    early_months: int = 0
    early_share: Fraction = Fraction(0)
    fees: tuple[Fee, ...] = ()
    rate_from: Rate | None = None
    rate_to: Rate | None = None
    decision: int | None = None
    approved: Money | None = None
    cover: int = 0
    joint: bool = False

    def terms(
        self, method: InterestMethod, rate: Rate, periods: int, step: int
    ) -> Terms:
        """Return the terms of a schedule; raise what ``Terms`` refuses."""
        return Terms(
            method,
            rate,
            len(self.dates) or periods,
            step=step,
            **{name: getattr(self, name) for name in PLANNED},
        )

    def rules(self, penalty_rate: Rate, grace_days: int, since: date | None) -> Rules:
        """Return how payments and lateness are treated."""
        return Rules(
            penalty_rate,
            grace_days,
            self.tolerance.units,
            self.cap,
            since,
            self.order,
            self.early,
            self.early_months,
            self.early_share,
        )

    def text(self) -> str:
        """Write what differs from the plainest loan, in one way only.

        >>> Conditions(due_day=10, tolerance=Money(500)).text()
        '{"due_day":10,"tolerance":500}'
        """
        said = {
            field.name: _written(getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) != getattr(PLAINEST, field.name)
        }
        return json.dumps(said, sort_keys=True, separators=(",", ":"))

    def with_margin(self, charge: Money) -> Conditions:
        """Return the conditions of a loan with an agreed charge."""
        return replace(self, margin=charge)


PLANNED = (
    *("every", "day_count", "first_due", "due_day", "dates", "weights", "broken"),
    *("principal_grace", "interest_waived", "interest_deferred", "margin"),
    *("rounding", "rounded_over", "step_rounding", "remainder", "part_rounding"),
    "shift",
)
"""What of the conditions a schedule depends on."""

PLAINEST = Conditions()


def _written(value: Any) -> Any:
    if isinstance(value, Money):
        return value.units
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Every):
        return f"{value.count} {value.unit.value}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Rate | Fraction):
        return str(value)
    if isinstance(value, Fee):
        return {
            "name": value.name,
            "fixed": value.fixed.units,
            "share": str(value.share),
            "taken": value.taken.value,
            "goes_to": value.goes_to.value,
            "account": value.account,
        }
    if isinstance(value, tuple):
        return [_written(each) for each in value]
    return value


def _every(text: str) -> Every:
    count, unit = text.split(" ")
    return Every(int(count), Unit(unit))


def _fee(said: dict[str, Any]) -> Fee:
    return Fee(
        said["name"],
        Money(said["fixed"]),
        Rate.parse(said["share"]),
        Taken(said["taken"]),
        GoesTo(said["goes_to"]),
        said["account"],
    )


READ: dict[str, Callable[[Any], Any]] = {
    "every": _every,
    "day_count": DayCount,
    "first_due": date.fromisoformat,
    "due_day": int,
    "dates": lambda days: tuple(date.fromisoformat(day) for day in days),
    "weights": tuple,
    "broken": Broken,
    "principal_grace": int,
    "interest_waived": int,
    "interest_deferred": int,
    "margin": Money,
    "rounding": Rounding,
    "rounded_over": RoundedOver,
    "step_rounding": StepRounding,
    "remainder": Remainder,
    "part_rounding": Rounding,
    "shift": Shift,
    "order": Order,
    "tolerance": Money,
    "cap": Fraction,
    "early": Early,
    "early_months": int,
    "early_share": Fraction,
    "fees": lambda fees: tuple(_fee(each) for each in fees),
    "rate_from": Rate.parse,
    "rate_to": Rate.parse,
    "decision": int,
    "approved": Money,
    "cover": int,
    "joint": bool,
}


@lru_cache(maxsize=4_096)
def read(text: str) -> Conditions:
    """Read conditions as they are kept.

    >>> read('{"due_day":10}').due_day
    10
    """
    said = json.loads(text)
    return Conditions(**{name: READ[name](value) for name, value in said.items()})
