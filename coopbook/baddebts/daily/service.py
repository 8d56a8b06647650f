"""Class every loan up to a day: the log is written, and written again where it must.

What happened to a loan since the last time is found by the records of the book; those
loans are replayed, every other is classed by one statement over what is kept of it.  So
a day of a million loans costs what its payments cost, and a day on which nothing
happened only what crossed an edge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from coopbook import loans, security
from coopbook.baddebts.daily.model import ClassRun, LoanClassLog, LoanDaily
from coopbook.baddebts.daily.queries import last_run, logged, rows_of
from coopbook.baddebts.daily.setting_out import class_plain, sums_by_kept
from coopbook.baddebts.daily.states import (
    ENDED,
    State,
    kept,
    runs,
    state_of,
    state_on,
)
from coopbook.baddebts.daily.touching import Touched, marked_ever, touched
from coopbook.baddebts.queries import RAN, assess, policy_on, ran_by
from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.dates import last_day
from coopbook.ledger.closing import when_closed
from coopbook.loans import Loan
from coopbook.money import Money

ONE = timedelta(days=1)

Tell = Callable[[int, int], None]
"""Told how many days of how many are done."""


@dataclass(frozen=True, slots=True)
class Classed:
    """What classing came to: the days looked at, rows written, loans that run."""

    on: date
    days: int
    changed: int
    running: int
    needed: Money


def _silent(done: int, whole: int) -> None:
    pass


def class_loans(book: Book, on: date, *, tell: Tell = _silent) -> Classed:
    """Class all loans on each day since the last time up to one.

    What was entered for days that were classed before is written again from its day
    on.  Done again for the same day it changes nothing; an earlier day only brings the
    log up to what is in the book.
    """
    last, recorded = last_run(book), book.number
    if last is None:
        return _first(book, on, recorded)
    new = touched(book, last.recorded, last.run_on, on)
    days = max((on - last.run_on).days, 0)
    _spread(book, new)
    if not days and new.nothing:
        return Classed(last.run_on, 0, 0, last.running, last.needed)
    anew = new.anew | (set(_running(book)) if new.every else set())
    changed = 0
    for number, dated in sorted(new.dated.items()):
        if min(dated) <= last.run_on:
            row = loans.loan(book, number)
            changed += _restate(book, row, min(dated), last.run_on, recorded)
    if not days:
        for number in sorted(anew):
            _refreshed(book, loans.loan(book, number), last.run_on)
    for done in range(days):
        day = last.run_on + (done + 1) * ONE
        moved = {loan for loan, dated in new.dated.items() if day in dated}
        if done == 0:
            moved |= anew
        changed += _one_day(book, day, moved, recorded)
        tell(done + 1, days)
    return _noted(book, max(on, last.run_on), recorded, days, changed)


def _spread(book: Book, new: Touched) -> None:
    """Look also at what took a loan's place, and at loans a bad one may have marked."""
    for number in list(new.anew):
        new.anew.add(security.secures(book, loans.loan(book, number)).number)
    if not new.dated or not marked_ever(book):
        return
    for number, dated in list(new.dated.items()):
        member = loans.loan(book, number).member_number
        for other in ran_by(book, max(dated), member=member):
            new.dated.setdefault(other.number, set()).update(dated)


@when_closed
def _classed_with_the_month(book: Book, period: str, today: date | None) -> None:
    """Write the log up to a month's end when it is closed: every desk has that."""
    if len(period) == len("2026-10"):
        year, month = (int(part) for part in period.split("-"))
        class_loans(book, last_day(year, month))


def current(book: Book, on: date) -> bool:
    """Say whether all loans were classed for a day, and nothing happened since.

    A by-law that was changed since counts as well.
    """
    last = last_run(book)
    if last is None or last.run_on != on:
        return False
    new = touched(book, last.recorded, on, on)
    return new.nothing and not new.rules


def _first(book: Book, on: date, recorded: int) -> Classed:
    numbers = book.session.scalars(
        select(Loan.number)
        .where(Loan.cooperative_id == book.cooperative_id)
        .where(Loan.state.in_(RAN))
        .where(Loan.disbursed_on <= on)
        .order_by(Loan.number)
    ).all()
    changed = _one_day(book, on, set(numbers), recorded)
    return _noted(book, on, recorded, 1, changed)


def _noted(book: Book, on: date, recorded: int, days: int, changed: int) -> Classed:
    running, needed = sums_by_kept(book, on)
    numbers = select(func.max(ClassRun.number)).where(
        ClassRun.cooperative_id == book.cooperative_id
    )
    book.session.add(
        ClassRun(
            cooperative_id=book.cooperative_id,
            number=(book.session.scalar(numbers) or 0) + 1,
            run_on=on,
            policy=policy_on(book, on),
            recorded=recorded,
            running=running,
            changed=changed,
            needed=needed,
            run_by=book.actor,
        )
    )
    book.session.flush()
    return Classed(on, days, changed, running, needed)


def _running(book: Book) -> list[int]:
    rows = (
        select(LoanDaily.loan_number)
        .where(LoanDaily.cooperative_id == book.cooperative_id)
        .where(LoanDaily.running)
    )
    return list(book.session.scalars(rows))


def _one_day(book: Book, day: date, moved: Iterable[int], recorded: int) -> int:
    """Class every loan on a day, after those to which something happened on it."""
    changed = 0
    for number in sorted(moved):
        row = _refreshed(book, loans.loan(book, number), day)
        if row is not None and not row.running and row.loan_class is not None:
            changed += _write(book, row, ENDED, day, recorded)
    if setting(book, "worst_marks_all", day):
        return changed + _all_by_themselves(book, day, recorded)
    for row in _apart(book):
        state = state_on(book, loans.loan(book, row.loan_number), day)
        changed += _write(book, row, state, day, recorded)
    return changed + class_plain(book, day, recorded)


def _all_by_themselves(book: Book, day: date, recorded: int) -> int:
    """Class every loan by replaying it: one that is bad marks its neighbours."""
    changed = 0
    for now in assess(book, day).rows:
        row = book.get(LoanDaily, now.loan.number)
        if row is not None:
            changed += _write(book, row, state_of(now, day), day, recorded)
    return changed


def _apart(book: Book) -> list[LoanDaily]:
    rows = (
        select(LoanDaily)
        .where(LoanDaily.cooperative_id == book.cooperative_id)
        .where(LoanDaily.apart)
        .where(LoanDaily.running)
        .order_by(LoanDaily.loan_number)
        .execution_options(populate_existing=True)
    )
    return list(book.session.scalars(rows))


def _refreshed(book: Book, loan: Loan, day: date) -> LoanDaily | None:
    """Bring what is kept of a loan to a day; nothing of one that never ran."""
    row, said = book.get(LoanDaily, loan.number), kept(book, loan, day)
    if row is not None:
        book.session.refresh(row)
    elif not runs(loan, day):
        return None
    else:
        row = LoanDaily(
            cooperative_id=book.cooperative_id,
            loan_number=loan.number,
            logged=0,
            since=None,
            loan_class=None,
            reason=None,
            late_since=None,
            carried=None,
        )
        book.session.add(row)
    for name, value in said.items():
        setattr(row, name, value)
    book.session.flush()
    return row


def _write(book: Book, row: LoanDaily, state: State, day: date, recorded: int) -> int:
    """Write a row of the log where a loan is no longer what its last one says."""
    if state == State(row.loan_class, row.reason, row.late_since, row.carried):
        return 0
    return _append(book, row, state, day, recorded)


def _append(book: Book, row: LoanDaily, state: State, day: date, recorded: int) -> int:
    row.logged, row.since = row.logged + 1, day
    row.loan_class, row.reason = state.loan_class, state.reason
    row.late_since, row.carried = state.late_since, state.carried
    book.session.add(
        LoanClassLog(
            cooperative_id=book.cooperative_id,
            loan_number=row.loan_number,
            number=row.logged,
            since=day,
            loan_class=state.loan_class,
            reason=state.reason,
            late_since=state.late_since,
            carried=state.carried,
            recorded=recorded,
        )
    )
    book.session.flush()
    return 1


def _restate(book: Book, loan: Loan, first: date, until: date, recorded: int) -> int:
    """Write the days of a loan again that come out otherwise than logged.

    From the first that does, every change up to ``until`` is written: the older rows
    after it no longer count.
    """
    row, rows, changed = _refreshed(book, loan, until), rows_of(book, loan), 0
    if row is None:
        return 0
    day = max(first, rows[0].since if rows else _begun(book, loan, until))
    before: State | None = None
    while day <= until:
        state = state_on(book, loan, day)
        apart = before is not None or state != (logged(rows, day) or ENDED)
        if apart and state != before:
            changed += _append(book, row, state, day, recorded)
            before = state
        day += ONE
    return changed


def _begun(book: Book, loan: Loan, until: date) -> date:
    """Return from when the log knows a loan it has not seen."""
    rows = select(func.min(ClassRun.run_on)).where(
        ClassRun.cooperative_id == book.cooperative_id
    )
    start = book.session.scalar(rows) or until
    return max(start, loan.disbursed_on or until)
