"""The calendar of the mandatory share: which months are owed, paid, missed, ahead.

What was paid fills the months from the first on, oldest first; what is left over
fills the months to come.  A month's amount is the one in force on its first day.
Source: the mandatory share is periodic and its level the by-laws' (domain guide 2.3);
that payments fill the oldest month first is how village treasurers keep the card
[general knowledge].
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from coopbook.money import ZERO, Money

FARTHEST = 120
"""How many months to come are filled: money beyond that is simply left over."""


class MonthState(StrEnum):
    """How a month of the calendar stands."""

    PAID = "paid"
    PART = "part"
    MISSED = "missed"
    DUE = "due"
    AHEAD = "ahead"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class MonthOwed:
    """A month, what it asks for, what of it is paid."""

    month: int
    amount: Money
    paid: Money
    state: MonthState

    @property
    def left(self) -> Money:
        """What is still to be paid for the month."""
        return self.amount - self.paid


@dataclass(frozen=True, slots=True)
class ShareCalendar:
    """The months of a member, from the first owed to the last paid ahead.

    ``arrears`` is what months that are over still ask for, ``due`` what this month
    does, ``over`` what was paid beyond every month looked at.
    """

    months: tuple[MonthOwed, ...]
    now: int
    over: Money

    @property
    def missed(self) -> tuple[MonthOwed, ...]:
        """The months that are over and not paid in full."""
        return tuple(m for m in self.months if m.month < self.now and m.left > ZERO)

    @property
    def arrears(self) -> Money:
        """What the missed months ask for."""
        return sum((month.left for month in self.missed), ZERO)

    @property
    def due(self) -> Money:
        """What this month still asks for."""
        return sum((m.left for m in self.months if m.month == self.now), ZERO)

    @property
    def owed(self) -> Money:
        """What has to be paid to owe nothing at the end of this month."""
        return self.arrears + self.due

    @property
    def ahead(self) -> int:
        """How many months to come are paid in full."""
        return sum(m.month > self.now and m.left == ZERO for m in self.months)


def next_month(month: int, by: int = 1) -> int:
    """Return a month as a number, some months later or earlier.

    >>> next_month(202612), next_month(202601, -1)
    (202701, 202512)
    """
    count = month // 100 * 12 + month % 100 - 1 + by
    return count // 12 * 100 + count % 12 + 1


def calendar(
    first: int,
    now: int,
    amount_of: Callable[[int], Money],
    paid: Money,
    exempt: Collection[int] = (),
) -> ShareCalendar:
    """Lay what was paid over the months, oldest first.

    Units: months as ``202603``; ``paid`` is everything paid for these months.  A
    month that is exempt, or asks for nothing, takes nothing.

    >>> said = calendar(202601, 202603, lambda month: Money(25_000), Money(60_000))
    >>> [(m.month, m.paid.units, m.state.value) for m in said.months]
    [(202601, 25000, 'paid'), (202602, 25000, 'paid'), (202603, 10000, 'part')]
    >>> said.arrears, said.due
    (Money(units=0), Money(units=15000))
    """
    months, left, month = [], max(paid, ZERO), first
    last = max(now, first)
    end = next_month(last, FARTHEST)
    while month <= last or (left > ZERO and month <= end):
        excused = month in exempt
        amount = ZERO if excused else amount_of(month)
        part = min(amount, left)
        left -= part
        months.append(
            MonthOwed(month, amount, part, _state(month, now, amount, part, excused))
        )
        month = next_month(month)
    while months and months[-1].month > now and months[-1].paid == ZERO:
        months.pop()  # exempt months at the end say nothing
    return ShareCalendar(tuple(months), now, left)


def pays_for(before: ShareCalendar, after: ShareCalendar) -> list[tuple[int, Money]]:
    """Say which months a payment is for, from the calendars before and after it."""
    was = {month.month: month.paid for month in before.months}
    return [
        (month.month, month.paid - was.get(month.month, ZERO))
        for month in after.months
        if month.paid > was.get(month.month, ZERO)
    ]


def amount_until(
    said: ShareCalendar,
    until: int,
    amount_of: Callable[[int], Money],
    exempt: Collection[int] = (),
) -> Money:
    """Return what has to be paid so that everything up to a month is paid.

    >>> said = calendar(202601, 202603, lambda month: Money(25_000), Money(60_000))
    >>> amount_until(said, 202605, lambda month: Money(25_000))
    Money(units=65000)
    """
    known = {month.month: month.left for month in said.months}
    whole, month = ZERO, said.months[0].month if said.months else said.now
    while month <= until:
        free = ZERO if month in exempt else amount_of(month)
        whole += known.get(month, free)
        month = next_month(month)
    return whole


def installments(arrears: Money, months: int) -> list[Money]:
    """Divide arrears over so many months without loss; larger parts come first.

    >>> installments(Money(100), 3)
    [Money(units=34), Money(units=33), Money(units=33)]
    """
    return arrears.split([1] * months)


def _state(
    month: int, now: int, amount: Money, paid: Money, excused: bool
) -> MonthState:
    if excused:
        return MonthState.EXEMPT
    if month > now:
        return MonthState.AHEAD if paid == amount else MonthState.PART
    if paid == amount:
        return MonthState.PAID
    if paid > ZERO:
        return MonthState.PART
    return MonthState.MISSED if month < now else MonthState.DUE
