"""How a loan stands on a day, in words the desks use: strip, dues, days past due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coopbook.dates import days_between
from coopbook.loans.allocation import Owed
from coopbook.loans.replay import Parts, Replay
from coopbook.money import ZERO, Money


class InstallmentState(StrEnum):
    """How an installment stands on a day."""

    PAID = "paid"
    PART = "part"
    LATE = "late"
    DUE = "due"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class InstallmentStanding:
    """An installment with what of it is paid."""

    number: int
    due_on: date
    principal: Money
    interest: Money
    paid_principal: Money
    paid_interest: Money
    penalty: Money
    state: InstallmentState

    @property
    def left(self) -> Money:
        """What is still to be paid, without penalty."""
        return self.principal + self.interest - self.paid_principal - self.paid_interest


@dataclass(frozen=True, slots=True)
class LoanStanding:
    """How a loan stands on a day.

    ``due`` is what has to be paid on that day, penalty included; ``arrears``
    what of it was due before that day, without penalty; ``payoff`` everything
    that the schedule still asks for; ``held`` what waits for the next due day.
    """

    outstanding_principal: Money
    due: Owed
    arrears: Money
    days_past_due: int
    next_due: InstallmentStanding | None
    payoff: Money
    strip: list[InstallmentStanding]
    held: Money = ZERO

    @property
    def settled(self) -> bool:
        """Nothing is owed any more."""
        return self.payoff == ZERO


def standing_of(replay: Replay, on: date) -> LoanStanding:
    """Say how a loan stands on a day, after the events that were taken.

    An installment is *late* from the day after it was due, where more than the
    tolerance is left of it.
    """
    replay.advance(on)
    plan, fines = replay.plan, replay.penalties_left()
    fines += [0] * (len(plan) - len(fines))
    strip, upcoming_seen = [], False
    arrears = days = 0
    for place, due_on in enumerate(plan.due_on):
        part = plan.principal[place] - replay.principal_left[place]
        charge = plan.interest[place] - replay.interest_left[place]
        left = replay.principal_left[place] + replay.interest_left[place]
        if not left:
            state = InstallmentState.PAID
        elif due_on < on and left > replay.tolerated(place):
            state = InstallmentState.LATE
            arrears += left
            days = max(days, days_between(due_on, on))
        elif part or charge:
            state = InstallmentState.PART
        elif not upcoming_seen:
            state = InstallmentState.DUE
        else:
            state = InstallmentState.AHEAD
        upcoming_seen = upcoming_seen or (left != 0 and due_on >= on)
        strip.append(
            InstallmentStanding(
                place + 1,
                due_on,
                Money(plan.principal[place]),
                Money(plan.interest[place]),
                Money(part),
                Money(charge),
                Money(fines[place]),
                state,
            )
        )
    rows = replay.due_rows(on)
    ahead = [each for each in strip if each.left and each.due_on >= on]
    return LoanStanding(
        outstanding_principal=Money(replay.outstanding),
        due=Owed(
            0,
            Money(sum(fines[:rows])),
            ZERO,
            Money(sum(replay.interest_left[:rows])),
            Money(sum(replay.principal_left[:rows])),
        ),
        arrears=Money(arrears),
        days_past_due=days,
        next_due=ahead[0] if ahead else None,
        payoff=Money(replay.asked),
        strip=strip,
        held=Money(replay.held),
    )


def owed_of(parts: Parts) -> Owed:
    """Return the parts of a payment as what it settles of a loan."""
    return Owed(
        0,
        Money(parts.penalty),
        ZERO,
        Money(parts.interest),
        Money(parts.principal + parts.reduction),
    )


def owed(strip: Sequence[InstallmentStanding]) -> list[Owed]:
    """Return what is owed of every installment, oldest first."""
    return [
        Owed(
            each.number,
            each.penalty,
            ZERO,
            each.interest - each.paid_interest,
            each.principal - each.paid_principal,
        )
        for each in strip
        if each.left or each.penalty
    ]
