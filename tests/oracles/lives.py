"""What members of a cooperative would keep in their heads over their whole lives.

A model in plain Python: who stands where, what lies on which card, which months are
paid, what is held, what is tied.  Time only goes forward.  It says of every request
whether it ought to be accepted, and of every card what is on it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from fractions import Fraction

from tests.oracles.naive_calendar import after, fill
from tests.oracles.naive_deposit import naive_interest, plus_months

SHARE, MINIMUM, MONTHLY = 100_000, 10_000, 25_000
RATE, KEPT, PENALTY = Fraction(12, 100), 50, 1
FREE, TAX = 240_000, 10
DAY = datetime.timedelta(days=1)
BELONGS = ("active", "associate", "suspended")
GONE = ("resigned", "expelled", "deceased")


@dataclass(eq=False)
class Tied:
    """Money tied for some months."""

    member: int
    principal: int
    months: int
    opened: datetime.date
    rollover: str
    accrued: int = 0
    paid: int = 0
    open: bool = True
    held: bool = False

    @property
    def matures(self):
        return plus_months(self.opened, self.months)

    def earned(self, until):
        until = min(until, self.matures)
        exact = naive_interest(self.principal, RATE, "actual_365", self.opened, until)
        return round(exact)


@dataclass
class Person:
    """A member as everybody remembers them."""

    status: str = "prospective"
    before: str = "prospective"
    active_on: datetime.date | None = None
    ever_joined: bool = False
    pokok: int = 0
    wajib: int = 0
    sukarela: int = 0
    holds: dict = field(default_factory=dict)
    moved: datetime.date | None = None
    asleep: bool = False
    payable: int = 0
    settled: bool = False
    taxed: dict = field(default_factory=dict)

    @property
    def held(self):
        return sum(self.holds.values())


class Lives:
    """Everybody, everything tied, and the day it is."""

    def __init__(self, first_day):
        self.first_day = self.today = first_day
        self.people = {}
        self.tied = []

    # -- savings -------------------------------------------------------------

    def saves(self, number):
        return self.people[number].status in BELONGS

    def sleeps(self, number):
        one = self.people[number]
        return one.asleep or plus_months(one.moved, 12) <= self.today

    def move(self, number, units):
        """Put money on the voluntary card, or take it off, as somebody asked."""
        one = self.people[number]
        if units > 0 and self.sleeps(number):
            one.asleep = True
        one.sukarela += units
        one.moved = self.today

    def may_take(self, number, units):
        one = self.people[number]
        return (
            units > 0
            and one.status not in (*GONE, "settled")
            and not self.sleeps(number)
            and one.sukarela - MINIMUM - one.held >= units
        )

    def calendar(self, number):
        """Return arrears, how many months are missed, how many are paid ahead."""
        one = self.people[number]
        if one.active_on is None:
            return 0, 0, 0
        first = one.active_on.year * 100 + one.active_on.month
        now = self.today.year * 100 + self.today.month
        coins = one.wajib // 5_000
        rest = one.wajib % 5_000
        assert not rest, "amounts here are whole coins of 5,000"
        card, _ = fill(first, now, lambda m: MONTHLY // 5_000, coins, ())
        missed = [m for m, put in card.items() if m < now and put < MONTHLY // 5_000]
        ahead = [m for m, put in card.items() if m > now and put == MONTHLY // 5_000]
        arrears = sum(MONTHLY - card[m] * 5_000 for m in missed)
        return arrears, len(missed), len(ahead)

    def price_of_months(self, number, months):
        """Return what pays everything up to so many months after this one."""
        one = self.people[number]
        month = one.active_on.year * 100 + one.active_on.month
        now = self.today.year * 100 + self.today.month
        last = now
        for _ in range(months):
            last = after(last)
        owed = 0
        while month <= last:
            owed += MONTHLY
            month = after(month)
        return max(owed - one.wajib, 0)

    # -- deposits ------------------------------------------------------------

    def accrue(self):
        for one in self.tied:
            if one.open and one.matures > self.today:
                one.accrued = max(one.accrued, one.earned(self.today))

    def tax(self, number, gross):
        month = (self.today.year, self.today.month)
        paid, kept = self.people[number].taxed.get(month, (0, 0))
        if gross <= 0 or paid + gross <= FREE:
            due = 0
        else:
            due = min(max((paid + gross) * TAX // 100 - kept, 0), gross)
        if gross > 0:
            self.people[number].taxed[month] = (paid + gross, kept + due)
        return due

    def work(self):
        """Let a day pass over what is tied: mature, tie again, accrue."""
        while ripe := [
            one
            for one in self.tied
            if one.open
            and not one.held
            and one.matures <= self.today
            and not self.people[one.member].settled
        ]:
            for one in ripe:
                self.mature(one)
        self.accrue()

    def mature(self, one):
        owner = self.people[one.member]
        gross = one.earned(one.matures) - one.paid
        net = gross - self.tax(one.member, gross)
        one.accrued = one.paid = one.earned(one.matures)
        one.open = False
        again = one.rollover != "stop" and owner.status not in GONE
        added = net if again and one.rollover == "whole" else 0
        owner.sukarela += net - added
        if again:
            self.tied.append(
                Tied(
                    *(one.member, one.principal + added, one.months),
                    *(one.matures, one.rollover),
                )
            )
        else:
            owner.sukarela += one.principal

    def broken(self, one, *, whole=False):
        """Return what breaking pays before tax, of it interest, and what is kept."""
        accrued = max(one.accrued, one.earned(self.today))
        kept = accrued if whole else accrued * KEPT // 100
        penalty = 0 if whole else -(-one.principal * PENALTY // 100)
        interest = kept - one.paid
        return one.principal + interest - penalty, interest, kept

    def end(self, one, *, whole=False):
        """Break a deposit and return what its owner receives."""
        payout, interest, kept = self.broken(one, whole=whole)
        tax = self.tax(one.member, interest)
        one.open, one.accrued, one.paid = False, kept, kept
        return payout - tax

    # -- leaving -------------------------------------------------------------

    def may_leave(self, number, cause):
        status = self.people[number].status
        if status == "prospective":
            return cause != "expelled"
        return status in BELONGS

    def may_settle(self, number):
        """Say whether nothing is held for somebody else."""
        one = self.people[number]
        tied = [t for t in self.tied if t.open and t.member == number]
        return one.status in GONE and not one.held and not any(t.held for t in tied)

    def settle(self, number):
        """Empty every card and return what is left for the payees."""
        one = self.people[number]
        net = one.pokok + one.wajib + one.sukarela
        whole = one.status == "deceased"
        for tied in self.tied:
            if tied.open and tied.member == number:
                net += self.end(tied, whole=whole or tied.matures <= self.today)
        one.pokok = one.wajib = one.sukarela = 0
        one.payable += net
        one.settled, one.status = True, "settled"
        return net
