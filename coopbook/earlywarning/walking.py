"""One replay of a loan, looked at on many days as it walks forward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coopbook import loans
from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.earlywarning.buckets import Seen
from coopbook.earlywarning.rolling import Course, Ended
from coopbook.loans import Loan
from coopbook.loans.history import Happened, begun, history, taken
from coopbook.loans.replay import Given, Replay, WrittenOff
from coopbook.money import Money

ONE = timedelta(days=1)


@dataclass(slots=True)
class Walk:
    """A loan that is looked at on one day after another, each no earlier."""

    loan: Loan
    events: Sequence[Happened]
    replay: Replay
    place: int = 0
    replaced: bool = False
    written_off: bool = False

    @property
    def ended(self) -> Ended:
        """How it came not to run any more."""
        if self.written_off:
            return Ended.WRITTEN_OFF
        return Ended.REPLACED if self.replaced else Ended.PAID

    def to(self, on: date) -> Replay:
        """Take what happened up to a day, and return how the loan stands then."""
        return self._take(on, last=True)

    def before_its_end(self, on: date) -> Replay:
        """Take what happened up to a day, but not that another loan replaced it."""
        return self._take(on, last=False)

    def _take(self, on: date, *, last: bool) -> Replay:
        while self.place < len(self.events):
            event = self.events[self.place]
            ends = isinstance(event[2], Given) and event[2].ends
            if event[0] > on or (ends and not last):
                break
            taken(self.replay, [event])
            self.replaced = self.replaced or ends
            gone = isinstance(event[2], WrittenOff)
            self.written_off = self.written_off or gone
            self.place += 1
        self.replay.advance(on)
        return self.replay


def walk(book: Book, loan: Loan) -> Walk:
    """Begin to walk along what happened to a loan, in one replay."""
    return Walk(loan, history(book, loan).events(), begun(book, loan))


def days_late(replay: Replay, on: date) -> int:
    """Return the days past due of a loan on the day it was taken to.

    As ``arrears.standing_of`` has it: from the day after the oldest row was due of
    which more than the tolerance is left.
    """
    plan = replay.plan
    for row in range(replay.first_open, len(plan)):
        due = plan.due_on[row]
        if due >= on:
            break
        left = replay.principal_left[row] + replay.interest_left[row]
        if left and left > replay.tolerated(row):
            return (on - due).days
    return 0


def first_late(book: Book, loan: Loan, on: date, days: int) -> date | None:
    """Return the first day a loan was more than so many days late, up to a day.

    The same day as ``baddebts.first_late`` finds, with less of the loan looked at: it
    can only be so many days and one after an installment was due.
    """
    going, row, look = walk(book, loan), 0, timedelta(days=days + 1)
    while row < len(going.replay.plan):
        then = going.replay.plan.due_on[row] + look
        if then > on:
            break
        if days_late(going.to(then), then) > days:
            return then
        row += 1
    return None


def course_of(book: Book, loan: Loan, days: Sequence[date]) -> Course:
    """Return a loan as it was seen on some days, given in their order.

    A loan that was taken over from older books begins on that day: what went before
    is not in this book.  The days of a restructured loan are never fewer than those
    it came with, until it is cured, as in the portfolio at risk.
    """
    assert loan.disbursed_on is not None
    began = max(loan.disbursed_on, loan.migrated_on or loan.disbursed_on)
    cured = _cured(book, loan, days[-1]) if loan.carried_days else None
    going, found = walk(book, loan), list[Seen | Ended | None]()
    for on in days:
        if on < began:
            found.append(None)
            continue
        replay = going.to(on)
        if not replay.asked:
            found.append(going.ended)
            continue
        late = days_late(replay, on)
        if cured is not None and not cured.by(book, on):
            late = max(late, loan.carried_days or 0)
        found.append(Seen(loan.number, Money(replay.outstanding), late))
    return Course(loan.number, loan.principal, tuple(found))


@dataclass(frozen=True, slots=True)
class Cured:
    """Which installments of a restructured loan were paid by their day."""

    paid: tuple[tuple[date, bool], ...]

    def by(self, book: Book, on: date) -> bool:
        """Say whether so many in a row were, as ``loans.is_cured`` has it."""
        needed, in_a_row = setting(book, "cure_installments", on), 0
        for due_on, in_time in self.paid:
            if due_on >= on or in_a_row >= needed:
                break
            in_a_row = in_a_row + 1 if in_time else 0
        return in_a_row >= needed


def _cured(book: Book, loan: Loan, until: date) -> Cured:
    going, found = walk(book, loan), []
    for row in loans.schedule_of(book, loan):
        if row.due_on >= until:
            break
        after = row.due_on + ONE
        found.append((row.due_on, not days_late(going.to(after), after)))
    return Cured(tuple(found))
