"""Ask the log what a loan was on a day, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from coopbook.baddebts.daily.model import ClassRun, LoanClassLog
from coopbook.baddebts.daily.states import ENDED, State
from coopbook.book import Book
from coopbook.loans import Loan


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days over which a loan was the same; ``until`` may still be open."""

    state: State
    since: date
    until: date | None


def last_run(book: Book) -> ClassRun | None:
    """Return when all loans were last classed, if ever."""
    return book.session.scalar(
        select(ClassRun)
        .where(ClassRun.cooperative_id == book.cooperative_id)
        .order_by(ClassRun.number.desc())
        .limit(1)
    )


def rows_of(book: Book, loan: Loan) -> list[LoanClassLog]:
    """Return every row of the log of a loan, also those written again since."""
    rows = (
        select(LoanClassLog)
        .where(LoanClassLog.cooperative_id == book.cooperative_id)
        .where(LoanClassLog.loan_number == loan.number)
        .order_by(LoanClassLog.number)
    )
    return list(book.session.scalars(rows))


def state_in(row: LoanClassLog) -> State:
    """Return what a row of the log says."""
    return State(row.loan_class, row.reason, row.late_since, row.carried)


def logged(rows: list[LoanClassLog], on: date) -> State | None:
    """Return what the log says of a day; nothing before it begins."""
    for row in reversed(rows):
        if row.since <= on:
            return state_in(row)
    return None


def history_of(book: Book, loan: Loan) -> list[Span]:
    """Return what a loan was from when to when, as the log knows it now, oldest first.

    Days past due of a day are ``span.state.days(day)``.
    """
    found: list[Span] = []
    end: date | None = None
    for row in reversed(rows_of(book, loan)):
        if end is None or row.since < end:
            state = state_in(row)
            found.append(Span(state, row.since, end))
            end = row.since
    return [span for span in reversed(found) if span.state != ENDED or len(found) > 1]
