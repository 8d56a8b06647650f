"""How a loan stands: its events taken one after another (pure).

Nothing of it is kept anywhere, so a payment that is entered late, or taken back, takes
its place and everything comes out as if it had been entered in time.  The rules are on
docs/rules/loan-repayment.md.  Whole numbers throughout: the counter waits for this.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from coopbook.dates import months_after
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.loans.calendar import nominal_days
from coopbook.loans.changes import (
    Change,
    Keep,
    NewRate,
    Reduction,
    Tranche,
    changed_schedule,
)
from coopbook.loans.planning import DIVIDE
from coopbook.loans.schedule import Schedule
from coopbook.loans.terms import InterestMethod, Terms
from coopbook.money import Money, Per, Rate, Rounding
from coopbook.opendays import EVERY_DAY, OpenDays


class Order(StrEnum):
    """In which order a payment settles what is due."""

    INSTALLMENTS = "installments"
    INTEREST_FIRST = "interest_first"
    COMPONENTS = "components"
    PRINCIPAL_FIRST = "principal_first"


class Wish(StrEnum):
    """What becomes of money that is more than what is due."""

    NEXT = "next"
    SMALLER = "smaller"
    SHORTER = "shorter"
    HOLD = "hold"
    SETTLE = "settle"


class Early(StrEnum):
    """How much interest a loan asks that is ended early."""

    TO_DATE = "to_date"
    MONTHS = "months"
    FULL = "full"
    SHARE = "share"


BY_ROW = (Order.INSTALLMENTS, Order.INTEREST_FIRST)
"""The orders that settle one installment after the other, but for penalties."""

ORDER_NAMES = {
    Order.INSTALLMENTS: N_("oldest installment first: penalty, interest, principal"),
    Order.INTEREST_FIRST: N_("oldest first: interest, principal; penalties last"),
    Order.COMPONENTS: N_("all penalties, then all interest, then all principal"),
    Order.PRINCIPAL_FIRST: N_("all principal, then all interest, then penalties"),
}
WISH_NAMES = {
    Wish.NEXT: N_("Pay the next installments ahead"),
    Wish.SMALLER: N_("Smaller installments from now on"),
    Wish.SHORTER: N_("Fewer installments of the same size"),
    Wish.HOLD: N_("Hold it until something is due"),
    Wish.SETTLE: N_("End the loan"),
}
EARLY_NAMES = {
    Early.TO_DATE: N_("interest up to the day"),
    Early.MONTHS: N_("the running month and some more"),
    Early.FULL: N_("all the interest agreed"),
    Early.SHARE: N_("interest up to the day and a share of the rest"),
}
KEEPS = {Wish.SMALLER: Keep.TERM, Wish.SHORTER: Keep.INSTALLMENT}


@dataclass(frozen=True, slots=True)
class Rules:
    """How a product treats payments, lateness and an early end.

    Units: ``tolerance`` in units an installment, ``cap`` a share of it, ``since`` the
           day an older loan was taken over.
    """

    penalty_rate: Rate
    grace_days: int = 0
    tolerance: int = 0
    cap: Fraction | None = None
    since: date | None = None
    order: Order = Order.INSTALLMENTS
    early: Early = Early.TO_DATE
    early_months: int = 0
    early_share: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Payment:
    """Money paid on a day, and what is wished of what is more than due."""

    on: date
    amount: int
    wish: Wish = Wish.NEXT


@dataclass(frozen=True, slots=True)
class UseHeld:
    """Money that was held for the loan is used; what is too much stays held."""

    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class GivenBack:
    """Money that was held for the loan goes back to the member."""

    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Given:
    """Money whose parts were said by an import or a settlement.

    ``ends`` says that nothing more is asked afterwards: another loan took its place.
    """

    on: date
    penalty: int
    interest: int
    principal: int
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Waiver:
    """A penalty that is not asked any more."""

    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class WrittenOff:
    """What is left leaves the books; what is claimed of it is no matter of theirs."""

    on: date


Event = Payment | UseHeld | GivenBack | Given | Waiver | WrittenOff | Tranche | NewRate


@dataclass(frozen=True, slots=True)
class Parts:
    """What a payment did, in units; ``reduction`` is principal that fills no row."""

    penalty: int = 0
    interest: int = 0
    principal: int = 0
    reduction: int = 0
    held: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return (
            self.penalty + self.interest + self.principal + self.reduction + self.held
        )

    @property
    def moved(self) -> tuple[int, int, int, int, int]:
        """All of it, part by part."""
        return (
            *(self.penalty, self.interest, self.principal),
            *(self.reduction, self.held),
        )


class Replay:
    """A loan after the events taken so far, in units and days.

    ``plan`` is the schedule by now; ``interest_left`` and ``principal_left`` say what
    is left of each row.
    """

    def __init__(
        self,
        terms: Terms,
        principal: int,
        start: date,
        rules: Rules,
        open_days: OpenDays = EVERY_DAY,
        plan: Schedule | None = None,
    ) -> None:
        self.terms, self.lent, self.start = terms, Money(principal), start
        self.rules, self.open_days = rules, open_days
        self.changes: list[Change] = []
        self.plan = plan or changed_schedule(terms, self.lent, start, [], open_days)
        self.paid_interest = self.paid_principal = self.paid_penalty = 0
        self.held = 0
        self.ended_on: date | None = None
        self.late = [0] * len(self.plan)
        self.late_end = 0
        self.fines: list[int] | None = []
        self.mark = start
        share = rules.penalty_rate.share / DAYS.get(rules.penalty_rate.per, 1)
        self.fine = share.numerator, share.denominator
        self._fill()

    # What is left ------------------------------------------------------------

    def _fill(self) -> None:
        """Let what was paid fill the rows of the plan, oldest first."""
        self.interest_left = _rest(self.plan.interest, self.paid_interest)
        self.principal_left = _rest(self.plan.principal, self.paid_principal)
        self.first_open = 0
        self._skip_paid()

    def _skip_paid(self) -> None:
        """Move to the first row of which anything is left."""
        row, rows = self.first_open, len(self.plan)
        while row < rows and not (self.interest_left[row] or self.principal_left[row]):
            row += 1
        self.first_open = row

    @property
    def outstanding(self) -> int:
        """Principal that is still owed."""
        return sum(self.principal_left)

    @property
    def asked(self) -> int:
        """Everything the schedule still asks for, and the penalties to now."""
        return (
            sum(self.principal_left)
            + sum(self.interest_left)
            + sum(self.penalties_left())
        )

    def tolerated(self, row: int) -> int:
        """Return what may be left of a row without its being late.

        What was paid too little each time gathers in the newest row that is due,
        because money fills the oldest first; so each row adds its tolerance.
        """
        return self.rules.tolerance * (row + 1)

    def due_rows(self, on: date) -> int:
        """Return how many rows are due on a day."""
        return bisect_right(self.plan.due_on, on)

    # Penalties ---------------------------------------------------------------

    def advance(self, on: date) -> None:
        """Let the days pass up to one, and count what is late on them."""
        if self.fine[0] and on > self.mark:
            behind = bisect_left(self.plan.due_on, on)
            for row in range(behind):
                left = self.interest_left[row] + self.principal_left[row]
                if left > self.tolerated(row):
                    self._count(row, left, on)
        self.mark = max(self.mark, on)

    def _count(self, row: int, left: int, on: date) -> None:
        before = self.late[row]
        begin = self.plan.due_on[row] + timedelta(days=self.rules.grace_days)
        if self.rules.since is not None:
            begin = max(begin, self.rules.since)
        if self.rules.penalty_rate.per is Per.MONTH:
            first = begin + timedelta(days=1)
            months = max(0, _months_apart(first, self.mark) - 1)
            while (day := months_after(first, months)) <= on:
                self.late[row] += left if day > self.mark else 0
                months += 1
        elif on > begin:
            self.late[row] += left * (on - max(begin, self.mark)).days
        if self.late[row] != before:
            self.late_end = max(self.late_end, row + 1)
            self.fines = None

    def penalties(self) -> list[int]:
        """Return the penalty of each row to now, whether paid or not.

        Up to the last row that was ever late; the others have none.  They are kept
        until another day counts.
        """
        if self.fines is not None:
            return list(self.fines)
        above, below = self.fine
        divide, cap = DIVIDE[Rounding.HALF_EVEN], self.rules.cap
        found = []
        for row in range(self.late_end):
            late = self.late[row]
            fine = divide(late * above, below) if late else 0
            if cap is not None and fine:
                whole = self.plan.principal[row] + self.plan.interest[row]
                fine = min(fine, whole * cap.numerator // cap.denominator)
            found.append(fine)
        self.fines = found
        return list(found)

    def penalties_left(self) -> list[int]:
        """Return what is left of the penalty of each row."""
        if not self.late_end:
            return []
        return _rest(self.penalties(), self.paid_penalty)

    # Events ------------------------------------------------------------------

    def take(self, event: Event) -> Parts:
        """Take an event, and return what a payment did; none may be older."""
        self.advance(event.on)
        match event:
            case Payment(on, amount, wish):
                return self._pay(on, amount, wish)
            case UseHeld(on, amount):
                used = min(amount, max(self.held, 0))
                self.held -= used
                return self._pay(on, used, Wish.HOLD)
            case GivenBack(_, amount):
                self.held -= amount
                return Parts()
            case Given(on, penalty, interest, principal, ends):
                self.paid_penalty += penalty
                self.paid_interest += interest
                self.paid_principal += principal
                if ends:
                    self._forgive(on)
                self._fill()
                return Parts(penalty, interest, principal)
            case Waiver(_, amount):
                self.paid_penalty += min(amount, sum(self.penalties_left()))
                return Parts()
            case WrittenOff(on):
                principal = self.outstanding
                self.paid_principal += principal
                self.paid_penalty += sum(self.penalties_left())
                self._forgive(on)
                self._fill()
                return Parts(principal=principal)
            case Tranche() | NewRate():
                self._change(event)
                return Parts()

    def _change(self, change: Change) -> None:
        if self.ended_on is not None:
            return
        changes = [*self.changes, change]
        self.plan = changed_schedule(
            self.terms, self.lent, self.start, changes, self.open_days
        )
        self.changes = changes
        rows = len(self.plan)
        self.late = (self.late + [0] * rows)[:rows]
        self.late_end = min(self.late_end, rows)
        self.fines = None
        self._fill()

    def _pay(self, on: date, amount: int, wish: Wish) -> Parts:
        if wish is Wish.SETTLE:
            done = self._settle(on, amount)
            if done is not None:
                return done
        if wish is Wish.NEXT and self._one_order():
            interest, principal, rest = self._oldest_first(amount)
            self.held += rest
            return Parts(0, interest, principal, 0, rest)
        penalty, interest, principal, rest = self._allocated(self.due_rows(on), amount)
        reduction = 0
        if rest and wish in KEEPS and self._reduce(on, rest, KEEPS[wish]):
            reduction, rest = rest, 0
        elif rest and wish is not Wish.HOLD:
            more_interest, more_principal, rest = self._oldest_first(rest)
            interest, principal = interest + more_interest, principal + more_principal
        self.held += rest
        return Parts(penalty, interest, principal, reduction, rest)

    def _one_order(self) -> bool:
        """Say whether what is due and what comes is paid in one order, row by row."""
        return self.rules.order in BY_ROW and not sum(self.penalties_left())

    def _allocated(self, rows: int, amount: int) -> tuple[int, int, int, int]:
        """Settle what is due in the order of the product; return parts and rest."""
        fines = self.penalties_left()
        fined_ever, fined_rows = bool(fines), len(fines)
        interest, principal = self.interest_left, self.principal_left
        order, rest = self.rules.order, amount
        fined = charged = repaid = 0
        span = range(0 if fined_ever else min(self.first_open, rows), rows)
        if order in BY_ROW:
            by_row = order is Order.INSTALLMENTS
            for row in span:
                if not rest:
                    break
                if by_row and row < fined_rows and fines[row]:
                    part = min(rest, fines[row])
                    fined, rest = fined + part, rest - part
                if interest[row]:
                    part = min(rest, interest[row])
                    charged, rest = charged + part, rest - part
                if principal[row]:
                    part = min(rest, principal[row])
                    repaid, rest = repaid + part, rest - part
            if not by_row:
                fined = min(rest, sum(fines[:rows]))
                rest -= fined
        else:
            due = {
                "penalty": sum(fines[:rows]),
                "interest": sum(interest[:rows]),
                "principal": sum(principal[:rows]),
            }
            names = ["penalty", "interest", "principal"]
            if order is Order.PRINCIPAL_FIRST:
                names.reverse()
            paid = {}
            for name in names:
                paid[name] = min(rest, due[name])
                rest -= paid[name]
            fined, charged, repaid = (
                paid["penalty"],
                paid["interest"],
                paid["principal"],
            )
        self._book(fined, charged, repaid)
        return fined, charged, repaid, rest

    def _book(self, penalty: int, interest: int, principal: int) -> None:
        self.paid_penalty += penalty
        if interest:
            self.paid_interest += interest
            _take(self.interest_left, interest, self.first_open)
        if principal:
            self.paid_principal += principal
            _take(self.principal_left, principal, self.first_open)
        self._skip_paid()

    def _oldest_first(self, amount: int) -> tuple[int, int, int]:
        """Pay row after row, interest before principal, due or not; return the rest."""
        interest, principal = self.interest_left, self.principal_left
        row, rows, charged, repaid = self.first_open, len(principal), 0, 0
        while amount and row < rows:
            charge = min(amount, interest[row])
            part = min(amount - charge, principal[row])
            interest[row] -= charge
            principal[row] -= part
            charged, repaid, amount = charged + charge, repaid + part, amount - charge
            amount -= part
            row += 1
        self.paid_interest += charged
        self.paid_principal += repaid
        self._skip_paid()
        return charged, repaid, amount

    def _reduce(self, on: date, amount: int, keep: Keep) -> bool:
        """Reduce principal, unless it ended, is paid ahead, or nothing would come."""
        if self.ended_on is not None:
            return False
        rows = bisect_right(nominal_days(self.terms, self.start), on)
        if self.terms.method is InterestMethod.BULLET_END:
            rows = 0
        if self.paid_interest > sum(self.plan.interest[:rows]):
            return False
        if self.paid_principal > sum(self.plan.principal[:rows]):
            return False
        try:
            self._change(Reduction(on, Money(amount), keep))
        except Refused:
            return False
        return True

    # The end -----------------------------------------------------------------

    def payoff(self, on: date) -> Parts:
        """Return what ends the loan on a day, by the product's rule."""
        self.advance(on)
        rows, rules = self.due_rows(on), self.rules
        interest = sum(self.interest_left[:rows])
        rest = self.interest_left[rows:]
        if rules.early is Early.FULL:
            interest += sum(rest)
        elif rules.early is Early.MONTHS:
            interest += sum(rest[: rules.early_months + 1])
        elif rest:
            to_date = self._to_date(rows, on)
            interest += to_date
            if rules.early is Early.SHARE:
                share = rules.early_share
                more = (sum(rest) - to_date) * share.numerator
                interest += DIVIDE[Rounding.HALF_EVEN](more, share.denominator)
        return Parts(sum(self.penalties_left()), interest, self.outstanding)

    def _to_date(self, rows: int, on: date) -> int:
        """Return the interest of the running row that has passed and is not paid."""
        begin = self.plan.due_on[rows - 1] if rows else self.start
        end, whole = self.plan.due_on[rows], self.plan.interest[rows]
        passed, length = (on - begin).days, (end - begin).days
        part = DIVIDE[Rounding.HALF_EVEN](whole * passed, length)
        return max(part - (whole - self.interest_left[rows]), 0)

    def _settle(self, on: date, amount: int) -> Parts | None:
        """End the loan, where the amount is enough."""
        owed = self.payoff(on)
        if amount < owed.total or self.ended_on is not None:
            return None
        self.paid_penalty += owed.penalty
        self.paid_interest += owed.interest
        self.paid_principal += owed.principal
        self._forgive(on)
        self._fill()
        rest = amount - owed.total
        self.held += rest
        return Parts(owed.penalty, owed.interest, owed.principal, 0, rest)

    def _forgive(self, on: date) -> None:
        """Ask no interest any more but what was paid."""
        filled, total = [], self.paid_interest
        for charge in self.plan.interest:
            part = min(charge, total)
            total -= part
            filled.append(part)
        self.plan = Schedule(self.plan.due_on, self.plan.principal, filled)
        self.ended_on = on

    @property
    def settled(self) -> bool:
        """Nothing is asked any more."""
        return not self.asked


DAYS = {Per.WEEK: 7, Per.YEAR: 365}
"""How many days the stretch has for which a penalty is quoted, where not one."""


def _months_apart(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def _rest(parts: Sequence[int], paid: int) -> list[int]:
    """Return what is left of parts that are filled oldest first."""
    if not paid:
        return list(parts)
    found = []
    for part in parts:
        filled = min(part, paid)
        paid -= filled
        found.append(part - filled)
    return found


def _take(left: list[int], amount: int, start: int) -> None:
    """Take an amount off parts, oldest first; before ``start`` nothing is left."""
    for place in range(start, len(left)):
        part = left[place]
        if part:
            taken = min(part, amount)
            left[place], amount = part - taken, amount - taken
            if not amount:
                return
