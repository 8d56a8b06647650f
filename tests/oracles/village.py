"""What a cooperative's people would keep in their heads: dates, cards, loans.

A model in plain Python that recomputes everything from a list of what happened,
as slowly as it likes. It says of every request whether it ought to be accepted.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from fractions import Fraction

from tests.oracles.naive_loans import naive_loan

CASH = ("cash", 0)
SHARE, MINIMUM = 100_000, 10_000
MONTHLY, MOST_MISSED = 25_000, 3
DAY = datetime.timedelta(days=1)
MENDED_WITHIN = 7
"""Days in which a share that is reversed and paid again counts as put right."""


@dataclass
class Happened:
    """Something posted: signed moves, positive where the card's own side grows."""

    day: datetime.date
    what: str
    moves: dict
    loan: int | None = None
    parts: tuple = (0, 0, 0)
    reversed: bool = False
    reversal: bool = False


@dataclass
class Lent:
    """A loan as everybody remembers it."""

    member: int
    principal: int
    share: Fraction
    method: str
    months: int
    step: int
    fees: int
    applied: datetime.date
    penalty: Fraction
    grace: int
    out: datetime.date | None = None
    running: bool = False


@dataclass
class Village:
    """Everything that happened, and nothing that could be derived."""

    first_day: datetime.date
    happened: list = field(default_factory=list)
    kinds: dict = field(default_factory=dict)
    loans: list = field(default_factory=list)
    closed: int = 0
    plans: dict = field(default_factory=dict)
    joined: dict = field(default_factory=dict)
    admitted: dict = field(default_factory=dict)
    changed: dict = field(default_factory=dict)
    begun: dict = field(default_factory=dict)
    ended: dict = field(default_factory=dict)

    # -- time ----------------------------------------------------------------

    def month(self, place):
        count = self.first_day.year * 12 + self.first_day.month - 1 + place
        return f"{count // 12:04d}-{count % 12 + 1:02d}"

    def open_on(self, day):
        months = (
            (day.year - self.first_day.year) * 12 + day.month - self.first_day.month
        )
        return day >= self.first_day and months >= self.closed

    # -- cards ---------------------------------------------------------------

    def held(self, card, until=datetime.date.max):
        return sum(
            each.moves.get(card, 0) for each in self.happened if each.day <= until
        )

    def least_from(self, card, day):
        days = {day} | {
            each.day for each in self.happened if each.day > day and card in each.moves
        }
        return min(self.held(card, until) for until in days)

    def covers(self, card, units, day):
        return self.least_from(card, day) >= units

    def may_post(self, moves, day):
        return self.open_on(day) and all(
            units >= 0 or self.covers(card, -units, day)
            for card, units in moves.items()
        )

    def post(self, moves, day, what, **more):
        belonged = {m for kind, m in moves if kind == "principal" and self.is_member(m)}
        self.happened.append(Happened(day, what, moves, **more))
        for kind, member in moves:
            if kind == "principal":
                if self.is_member(member):
                    self.begin(member, day)
                elif member in belonged:
                    self.changed[member] = max(day, self.changed[member])
                    self.ended[member] = self.changed[member]

    def begin(self, member, day):
        """Begin a membership, or go on with one whose share was only put right."""
        ended = self.ended.pop(member, None)
        if ended is not None and (day - ended).days <= MENDED_WITHIN:
            self.joined[member] = min(self.begun[member], day)
            self.changed[member] = max(day, self.changed[member])
            return
        last = self.changed.get(member)
        self.joined[member] = day if last is None else max(day, last)
        self.changed[member] = max(day, last or self.admitted[member])
        self.begun[member] = self.changed[member]

    # -- savings -------------------------------------------------------------

    def is_member(self, member):
        return self.held(("principal", member)) == SHARE

    def missed(self, member, day):
        """Return how many months of the mandatory share are over and not paid."""
        first = self.joined[member]
        over = (day.year - first.year) * 12 + day.month - first.month
        return max(over - self.held(("mandatory", member)) // MONTHLY, 0)

    def may_borrow(self, member, day):
        return self.is_member(member) and self.missed(member, day) <= MOST_MISSED

    def may_deposit(self, kind, member, units, day):
        if units <= 0 or not self.open_on(day):
            return False
        if kind == "principal":
            return self.held(("principal", member)) + units <= SHARE
        return self.is_member(member)

    def may_withdraw(self, kind, member, units, day):
        return (
            kind == "voluntary"
            and units > 0
            and self.covers((kind, member), units + MINIMUM, day)
            and self.may_post({(kind, member): -units, CASH: -units}, day)
        )

    # -- loans ---------------------------------------------------------------

    def plan(self, loan, start):
        asked = (loan.method, loan.principal, loan.share, loan.months, start, loan.step)
        if asked not in self.plans:
            names = ("method", "principal", "rate", "periods", "start", "step")
            terms = dict(zip(names, asked, strict=True))
            terms["remainder"] = "spread" if loan.step == 1 else "last"
            self.plans[asked] = naive_loan(terms)
        return self.plans[asked]

    def too_coarse(self, loan):
        try:
            self.plan(loan, loan.applied)
        except ValueError:
            return True
        return False

    def may_disburse(self, number, day):
        loan = self.loans[number]
        paid_out = loan.principal - loan.fees
        return (
            not loan.out
            and self.is_member(loan.member)
            and day >= loan.applied
            and self.may_post({("loan", number): loan.principal, CASH: -paid_out}, day)
        )

    def payments(self, number):
        return [
            each
            for each in self.happened
            if each.loan == number and each.what == "repay" and not each.reversed
        ]

    def left(self, number, by=datetime.date.max):
        """What is unpaid of each installment after the payments up to a day."""
        loan = self.loans[number]
        paid = [each for each in self.payments(number) if each.day <= by]
        principal = sum(each.parts[2] for each in paid)
        interest = sum(each.parts[1] for each in paid)
        rows = []
        for due, part, charge in self.plan(loan, loan.out or loan.applied):
            p, i = min(part, principal), min(charge, interest)
            principal, interest = principal - p, interest - i
            rows.append((due, charge - i, part - p))
        return rows

    def owed(self, number, on):
        """Return penalty, interest, principal of each installment, oldest first."""
        loan = self.loans[number]
        fined = sum(each.parts[0] for each in self.payments(number))
        rows, by_day = [], {}
        for place, (due, interest, principal) in enumerate(self.left(number)):
            exact, day = Fraction(0), due + loan.grace * DAY
            while day < on:
                if day not in by_day:
                    by_day[day] = self.left(number, day)
                _, i, p = by_day[day][place]
                exact += loan.penalty * (i + p)
                day += DAY
            fine = round(exact)
            settled = min(fine, fined)
            fined -= settled
            rows.append((fine - settled, interest, principal))
        return rows

    def spread(self, number, units, on):
        """Spread a payment; return its parts and what was left over."""
        parts = [0, 0, 0]
        for row in self.owed(number, on):
            for place, due in enumerate(row):
                taken = min(due, units)
                parts[place] += taken
                units -= taken
        return tuple(parts), units

    def may_repay(self, number, units, day):
        loan = self.loans[number]
        return (
            units > 0
            and loan.out is not None
            and loan.running
            and day >= loan.out
            and self.open_on(day)
            and self.spread(number, units, day)[1] == 0
        )

    # -- reversing -----------------------------------------------------------

    def may_reverse(self, place, day):
        it = self.happened[place]
        if it.reversed or it.reversal or day < it.day:
            return False
        if it.what == "disburse" and self.payments(it.loan):
            return False
        return self.may_post({card: -u for card, u in it.moves.items()}, day)

    def reverse(self, place, day):
        it = self.happened[place]
        it.reversed = True
        back = {card: -units for card, units in it.moves.items()}
        self.post(back, day, "reversal", reversal=True)
        if it.what == "disburse":
            self.loans[it.loan].out, self.loans[it.loan].running = None, False
        if it.what == "repay":
            self.loans[it.loan].running = True
