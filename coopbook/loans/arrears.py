"""What is due, what is late, for how many days, and the penalty on it (pure)."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cache
from operator import attrgetter

from coopbook.dates import days_between
from coopbook.loans.allocation import Owed
from coopbook.loans.schedule import Installment
from coopbook.money import ZERO, Money, Rate, rounded


class InstallmentState(StrEnum):
    """How an installment stands on a day."""

    PAID = "paid"
    PART = "part"
    LATE = "late"
    DUE = "due"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment that stands: its day and what it settled."""

    on: date
    penalty: Money
    interest: Money
    principal: Money


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
    that the schedule still asks for.
    """

    outstanding_principal: Money
    due: Owed
    arrears: Money
    days_past_due: int
    next_due: InstallmentStanding | None
    payoff: Money
    strip: list[InstallmentStanding]

    @property
    def settled(self) -> bool:
        """Nothing is owed any more."""
        return self.payoff == ZERO


def _filled(parts: Sequence[Money], paid: Money) -> list[Money]:
    """Fill parts oldest first with what was paid."""
    found = []
    for part in parts:
        filled = min(part, paid)
        found.append(filled)
        paid -= filled
    return found


def _left_of(plan: Sequence[Installment], paid: Sequence[Paid]) -> list[int]:
    """Return the rupiah that payments leave of each installment, oldest first."""
    principal = sum(each.principal.units for each in paid)
    interest = sum(each.interest.units for each in paid)
    left = []
    for each in plan:
        part = min(each.principal.units, principal)
        charge = min(each.interest.units, interest)
        principal, interest = principal - part, interest - charge
        left.append(each.total.units - part - charge)
    return left


def penalties(
    plan: Sequence[Installment],
    paid: Sequence[Paid],
    on: date,
    *,
    rate: Rate,
    grace_days: int,
    since: date | None = None,
) -> list[Money]:
    """Return the penalty of each installment up to a day, whether paid or not.

    Units:    ``rate`` per day, on the overdue part of the installment only.
    Rounding: once per installment, half-even.
    Days:     counted from the day after ``due_on`` plus ``grace_days``, each
              for what was still unpaid at the end of the day before; none before
              ``since``, the day a loan was taken over from older books.
    Source:   domain guide 3.3: on the overdue amount, with a grace period.
    """
    if not rate.share:
        return [ZERO for _ in plan]
    ordered = sorted(paid, key=attrgetter("on"))
    days = [each.on for each in ordered]
    changes = sorted({day for day in days if day < on})

    @cache
    def left_after(payments: int) -> list[int]:
        return _left_of(plan, ordered[:payments])

    found = []
    for place, installment in enumerate(plan):
        start = installment.due_on + timedelta(days=grace_days)
        start = start if since is None else max(start, since)
        exact = Fraction(0)
        marks = [start, *(day for day in changes if day > start), on]
        for begin, end in itertools.pairwise(marks):
            if end <= begin:
                continue
            left = left_after(bisect_right(days, begin))[place]
            if left:
                exact += rate.share * left * days_between(begin, end)
        found.append(Money(rounded(exact)))
    return found


def standing(
    plan: Sequence[Installment],
    paid: Sequence[Paid],
    on: date,
    *,
    penalty_rate: Rate,
    grace_days: int,
    penalty_since: date | None = None,
) -> LoanStanding:
    """Say how a loan stands on a day, from its schedule and its payments.

    An installment is *late* from the day after it was due.
    """
    principal = sum((each.principal for each in paid), ZERO)
    interest = sum((each.interest for each in paid), ZERO)
    parts = _filled([each.principal for each in plan], principal)
    charges = _filled([each.interest for each in plan], interest)
    charged = penalties(
        *(plan, paid, on),
        rate=penalty_rate,
        grace_days=grace_days,
        since=penalty_since,
    )
    forgiven = _filled(charged, sum((each.penalty for each in paid), ZERO))
    strip = []
    upcoming_seen = False
    for each, part, charge, fine, fined in zip(
        plan, parts, charges, charged, forgiven, strict=True
    ):
        left = each.total - part - charge
        if left == ZERO:
            state = InstallmentState.PAID
        elif each.due_on < on:
            state = InstallmentState.LATE
        elif part or charge:
            state = InstallmentState.PART
        elif not upcoming_seen:
            state = InstallmentState.DUE
        else:
            state = InstallmentState.AHEAD
        upcoming_seen = upcoming_seen or (left != ZERO and each.due_on >= on)
        strip.append(
            InstallmentStanding(
                each.number,
                each.due_on,
                each.principal,
                each.interest,
                part,
                charge,
                fine - fined,
                state,
            )
        )
    return _summary(strip, on)


def _summary(strip: list[InstallmentStanding], on: date) -> LoanStanding:
    due = [each for each in strip if each.due_on <= on]
    late = [each for each in due if each.due_on < on and each.left]
    ahead = [each for each in strip if each.left and each.due_on >= on]
    everything = sum((each.left + each.penalty for each in strip), ZERO)
    return LoanStanding(
        outstanding_principal=sum(
            (each.principal - each.paid_principal for each in strip), ZERO
        ),
        due=Owed(
            0,
            sum((each.penalty for each in due), ZERO),
            ZERO,
            sum((each.interest - each.paid_interest for each in due), ZERO),
            sum((each.principal - each.paid_principal for each in due), ZERO),
        ),
        arrears=sum((each.left for each in late), ZERO),
        days_past_due=max((days_between(each.due_on, on) for each in late), default=0),
        next_due=ahead[0] if ahead else None,
        payoff=everything,
        strip=strip,
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


def owed_to_date(
    strip: Sequence[InstallmentStanding], began_on: date, on: date
) -> Owed:
    """Return what ends a loan on a day: principal, penalty, and interest to date.

    Interest of the installment that runs counts by the days that have passed of it,
    rounded half to even; of later ones none.  ``began_on`` is the disbursement.
    Source: domain guide 3.3, interest to date.
    """
    penalty = interest = principal = ZERO
    since = began_on
    for each in strip:
        principal += each.principal - each.paid_principal
        penalty += each.penalty
        if each.due_on <= on:
            interest += each.interest - each.paid_interest
        elif since < on:
            length, passed = (each.due_on - since).days, (on - since).days
            part = Money(rounded(Fraction(each.interest.units * passed, length)))
            interest += max(part - each.paid_interest, ZERO)
        since = each.due_on
    return Owed(0, penalty, ZERO, interest, principal)
