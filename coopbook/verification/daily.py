"""What is kept of every loan for its next day is what its own events say."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from coopbook import loans
from coopbook.baddebts.daily import LoanDaily, kept, last_run, rows_of
from coopbook.baddebts.daily.states import State, state_on
from coopbook.baddebts.daily.touching import touched
from coopbook.book import Book
from coopbook.chain.findings import Wrong
from coopbook.i18n import N_
from coopbook.ledger.following import rows as rows_from

ORPHANS = (
    "SELECT loan_number FROM loan_class_log g WHERE cooperative_id = {}"
    " AND NOT EXISTS (SELECT 1 FROM loan_daily d"
    " WHERE d.cooperative_id = g.cooperative_id AND d.loan_number = g.loan_number)"
    " ORDER BY loan_number LIMIT 1"
)


def check_daily(connection: Connection, cooperative_id: int) -> int:
    """Work out again what is kept of each loan; compare its log with its last row.

    The class it ends with is worked out again as well, beside the member's other
    loans where the by-laws ask it.  A loan to which something happened since all were
    last classed is left for the next time; return how many loans were compared.
    """
    count = 0
    with Session(bind=connection) as session:
        book = Book(session, cooperative_id, "verify")
        last = last_run(book)
        if last is None:
            return 0
        for (number,) in rows_from(connection, ORPHANS, cooperative_id):
            raise Wrong(N_("The log of loan %(number)s is not whole."), number=number)
        new = touched(book, last.recorded, last.run_on, last.run_on)
        if new.every:
            return 0
        rows = (
            select(LoanDaily)
            .where(LoanDaily.cooperative_id == cooperative_id)
            .order_by(LoanDaily.loan_number)
        )
        for row in session.scalars(rows).all():
            number = row.loan_number
            log = rows_of(book, loans.loan(book, number))
            if [each.number for each in log] != list(range(1, row.logged + 1)):
                raise Wrong(
                    N_("The log of loan %(number)s is not whole."), number=number
                )
            if log and any(
                getattr(log[-1], name) != getattr(row, name)
                for name in ("since", "loan_class", "reason", "late_since", "carried")
            ):
                raise Wrong(
                    N_("The log of loan %(number)s ends otherwise than its row."),
                    number=number,
                )
            if number in new.dated or number in new.anew:
                continue
            count += 1
            said = kept(book, loans.loan(book, number), last.run_on)
            if any(getattr(row, name) != value for name, value in said.items()):
                raise Wrong(
                    N_("What is kept of loan %(number)s is not what its events say."),
                    number=number,
                )
            if not new.rules and _logged(row) != _now(book, row, last.run_on):
                raise Wrong(
                    N_("Loan %(number)s is in another class than its log says."),
                    number=number,
                )
    return count


def _logged(row: LoanDaily) -> State:
    return State(row.loan_class, row.reason, row.late_since, row.carried)


def _now(book: Book, row: LoanDaily, on: date) -> State:
    return state_on(book, loans.loan(book, row.loan_number), on)
