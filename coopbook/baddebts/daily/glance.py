"""What falls due, is late and at risk on a day, by looking at as few loans as will do.

What is kept of a loan holds the days on which its oldest unpaid part fell or will fall
due, so one of which nothing happened and nothing is due yet need not be replayed.  The
sums are those of ``assess``; a property test holds them together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import and_, func, select

from coopbook import loans
from coopbook.baddebts.daily.model import ClassRun, LoanClassLog, LoanDaily
from coopbook.baddebts.daily.queries import last_run, state_in
from coopbook.baddebts.daily.states import runs
from coopbook.baddebts.daily.touching import Touched, touched
from coopbook.baddebts.queries import RAN, days_of
from coopbook.book import Book
from coopbook.dates import month_of
from coopbook.ledger.model import Balance
from coopbook.loans import Loan
from coopbook.loans.arrears import standing_of
from coopbook.money import ZERO, Money

RISK_DAYS = 30
UNDONE = (
    "SELECT DISTINCT l.loan_number FROM entry e JOIN line l"
    " ON l.cooperative_id = e.cooperative_id AND l.entry_number = e.number"
    " JOIN entry o ON o.cooperative_id = e.cooperative_id AND o.number = e.reverses"
    " WHERE e.cooperative_id = ? AND e.booked_on > ? AND o.booked_on <= ?"
    " AND l.loan_number IS NOT NULL"
)
CORRECTED = (
    "SELECT DISTINCT c.loan_number FROM loan_correction c JOIN entry e"
    " ON e.cooperative_id = c.cooperative_id AND e.number = c.entry_number"
    " WHERE c.cooperative_id = ? AND e.booked_on > ?"
)
"""Loans of which a card, as of a day, does not say what is known of that day by now."""


@dataclass(frozen=True, slots=True)
class Sum:
    """So many loans, and so much of them."""

    count: int = 0
    amount: Money = ZERO

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.count + other.count, self.amount + other.amount)


@dataclass(frozen=True, slots=True)
class Glance:
    """The running loans of a day: their principal, and what of them asks for somebody.

    ``due`` are the installments of that very day as far as they are unpaid, ``late``
    what is late, both without penalty; ``risk`` the principal of loans of which any
    part is more than thirty days late.
    """

    running: Sum = Sum()
    due: Sum = Sum()
    late: Sum = Sum()
    risk: Sum = Sum()

    def __add__(self, other: Glance) -> Glance:
        return Glance(
            *(self.running + other.running, self.due + other.due),
            *(self.late + other.late, self.risk + other.risk),
        )

    @property
    def share(self) -> Fraction:
        """The share of all principal that is at risk."""
        whole = self.running.amount.units
        return Fraction(self.risk.amount.units, whole) if whole else Fraction(0)


NOTHING = Glance()


def glance(book: Book, on: date) -> Glance:
    """Return what falls due, is late and at risk on a day."""
    new = _new(book, on)
    if new is None:
        return _looked_at(book, _lent(book, on), on)
    happened = new.anew | set(new.dated)
    rows = book.session.execute(
        select(
            LoanDaily.loan_number,
            *(LoanDaily.outstanding, LoanDaily.oldest_due, LoanDaily.apart),
        )
        .where(LoanDaily.cooperative_id == book.cooperative_id)
        .where(LoanDaily.running)
    )
    calm, look = NOTHING, set(happened)
    for number, outstanding, oldest, apart in rows:
        if apart or (oldest is not None and oldest <= on):
            look.add(number)
        elif number not in happened:
            calm += Glance(Sum(1, outstanding))
    return calm + _looked_at(book, look, on)


def at_month_end(book: Book, end: date, on: date) -> Glance:
    """Return what ran and was at risk at the end of a month before a day.

    ``due`` and ``late`` are left out.  The log says how late each loan was, its card
    what was owed of it.
    """
    last, new, first = last_run(book), _new(book, on), _first_run(book)
    if last is None or new is None or first is None or first > end:
        found = _looked_at(book, _lent(book, end), end)
        return Glance(found.running, risk=found.risk)
    if last.run_on <= end:
        found = glance(book, end)
        return Glance(found.running, risk=found.risk)
    happened = new.anew | set(new.dated) | _rewritten(book, end)
    owed, found = _owed_at(book, end), NOTHING
    for row in _log_at(book, end):
        if row.loan_number not in happened and row.loan_class is not None:
            one = Sum(1, owed.get(row.loan_number, ZERO))
            late = state_in(row).days(end) > RISK_DAYS
            found += Glance(one, risk=one if late else Sum())
    look = _looked_at(book, happened, end)
    return found + Glance(look.running, risk=look.risk)


def _rewritten(book: Book, end: date) -> set[int]:
    """Return the loans of which an entry by a day was reversed or corrected since."""
    on = end.isoformat() if book.lite else end
    own = book.cooperative_id
    rows = (*book.ask(UNDONE, (own, on, on)), *book.ask(CORRECTED, (own, on)))
    return {number for (number,) in rows}


def _new(book: Book, on: date) -> Touched | None:
    """Return what is new since all loans were classed; nothing if that is no help."""
    last = last_run(book)
    if last is None or last.run_on > on:
        return None
    new = touched(book, last.recorded, last.run_on, on)
    return None if new.every else new


def _lent(book: Book, on: date) -> list[int]:
    rows = (
        select(Loan.number)
        .where(Loan.cooperative_id == book.cooperative_id)
        .where(Loan.state.in_(RAN))
        .where(Loan.disbursed_on <= on)
    )
    return list(book.session.scalars(rows))


def _looked_at(book: Book, numbers: Iterable[int], on: date) -> Glance:
    return sum((_one(book, number, on) for number in sorted(numbers)), NOTHING)


def _one(book: Book, number: int, on: date) -> Glance:
    """Replay a loan and say what it adds."""
    loan = loans.loan(book, number)
    if not runs(loan, on):
        return NOTHING
    replay = loans.replay_of(book, loan, on)
    now = standing_of(replay, on)
    if now.settled:
        return NOTHING
    due = sum(
        (
            row.left
            for place, row in enumerate(now.strip)
            if row.due_on == on and row.left.units > replay.tolerated(place)
        ),
        ZERO,
    )
    days = days_of(book, loan, now, on)
    whole = Sum(1, now.outstanding_principal)
    return Glance(
        running=whole,
        due=Sum(1, due) if due else Sum(),
        late=Sum(1, now.arrears) if days else Sum(),
        risk=whole if days > RISK_DAYS else Sum(),
    )


def _first_run(book: Book) -> date | None:
    rows = select(func.min(ClassRun.run_on)).where(
        ClassRun.cooperative_id == book.cooperative_id
    )
    return book.session.scalar(rows)


def _log_at(book: Book, on: date) -> Iterable[LoanClassLog]:
    """Return of every loan in the log its last row that had begun by a day."""
    last = (
        select(LoanClassLog.loan_number, func.max(LoanClassLog.number).label("number"))
        .where(LoanClassLog.cooperative_id == book.cooperative_id)
        .where(LoanClassLog.since <= on)
        .group_by(LoanClassLog.loan_number)
        .subquery()
    )
    rows = (
        select(LoanClassLog)
        .join(
            last,
            and_(
                last.c.loan_number == LoanClassLog.loan_number,
                last.c.number == LoanClassLog.number,
            ),
        )
        .where(LoanClassLog.cooperative_id == book.cooperative_id)
    )
    return book.session.scalars(rows)


def _owed_at(book: Book, end: date) -> dict[int, Money]:
    """Return the principal of every loan at a month's end, as its card carries it."""
    last = (
        select(
            *(Balance.account_number, Balance.card_number),
            func.max(Balance.month).label("month"),
        )
        .join(
            Loan,
            and_(
                Loan.cooperative_id == Balance.cooperative_id,
                Loan.account_number == Balance.account_number,
                Loan.number == Balance.card_number,
            ),
        )
        .where(Balance.cooperative_id == book.cooperative_id)
        .where(Balance.month <= month_of(end))
        .group_by(Balance.account_number, Balance.card_number)
        .subquery()
    )
    rows = book.session.execute(
        select(Balance.card_number, Balance.opening + Balance.debit - Balance.credit)
        .join(
            last,
            and_(
                last.c.account_number == Balance.account_number,
                last.c.card_number == Balance.card_number,
                last.c.month == Balance.month,
            ),
        )
        .where(Balance.cooperative_id == book.cooperative_id)
    )
    return {number: Money(units) for number, units in rows}
