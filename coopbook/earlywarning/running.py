"""The loans that run on a day, each replayed once, for everything that asks of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from coopbook.book import Book
from coopbook.earlywarning.queries import paid_out_by
from coopbook.earlywarning.walking import Walk, days_late, walk
from coopbook.loans import Loan
from coopbook.money import ZERO, Money

FIRST_DAYS = 30
"""So many days after its day the first installment has to be paid: our choice."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A first installment, and what was left of it so many days after its day."""

    due_on: date
    asked: Money
    left: Money


@dataclass(frozen=True, slots=True)
class Running:
    """A running loan: principal left, days past due, the first installment missed."""

    loan: Loan
    outstanding: Money
    days: int
    missed: Missed | None = None


def running(
    book: Book, on: date, *, first_days: int = FIRST_DAYS
) -> dict[int, Running]:
    """Return the loans that run on a day, by number."""
    found = {}
    for loan in paid_out_by(book, on, ran_on=on):
        going = walk(book, loan)
        missed = _missed(going, on, first_days)
        replay = going.to(on)
        if replay.asked:
            found[loan.number] = Running(
                loan, Money(replay.outstanding), days_late(replay, on), missed
            )
    return found


def _missed(going: Walk, on: date, days: int) -> Missed | None:
    """Return the first installment, if it was not paid in full so many days later.

    A first row that asks for nothing, in a time of grace, is no installment.
    """
    plan = going.replay.plan
    for row, due_on in enumerate(plan.due_on):
        if not plan.principal[row] + plan.interest[row]:
            continue
        look = due_on + timedelta(days=days)
        if look > on:
            return None
        replay = going.to(look)
        if row >= len(replay.plan):
            return None
        asked = replay.plan.principal[row] + replay.plan.interest[row]
        left = replay.principal_left[row] + replay.interest_left[row]
        if left > replay.tolerated(row):
            return Missed(due_on, Money(asked), Money(left))
        return None
    return None


def owed_on(now: dict[int, Running], loans: tuple[int, ...]) -> Money:
    """Return what is left of some loans together; those that ended owe nothing."""
    return sum((now[each].outstanding for each in loans if each in now), ZERO)
