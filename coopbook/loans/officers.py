"""Who looks after a loan: who proposed it, until somebody else is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.loans import rules
from coopbook.loans.model import Loan, LoanOfficer
from coopbook.loans.rules import LoanState
from coopbook.people.model import User
from coopbook.people.rules import Role
from coopbook.people.service import roles_of

LOOK_AFTER = frozenset({Role.CREDIT, Role.TELLER, Role.MANAGER, Role.TREASURER})


def officers_of(book: Book, of: Iterable[Loan]) -> dict[int, str]:
    """Return who looks after each of some loans, by the loan's number."""
    found = {loan.number: loan.applied_by for loan in of}
    rows = (
        select(LoanOfficer.loan_number, LoanOfficer.officer)
        .where(LoanOfficer.cooperative_id == book.cooperative_id)
        .where(LoanOfficer.loan_number.in_(list(found)))
        .order_by(LoanOfficer.loan_number, LoanOfficer.number)
    )
    for number, officer in book.session.execute(rows):
        found[number] = officer
    return found


def officer_of(book: Book, loan: Loan) -> str:
    """Return the log-in of who looks after a loan."""
    return officers_of(book, [loan])[loan.number]


def look_after(
    book: Book, of: Sequence[Loan], officer: str, *, on: date
) -> list[LoanOfficer]:
    """Let somebody look after loans from a day on; those they have already are left.

    Raises ``NoOfficer``: a person of this cooperative who works with loans.
    """
    person = book.get(User, officer)
    works = person is not None and bool(roles_of(book, officer) & LOOK_AFTER)
    if person is None or not person.active or not works:
        raise rules.NoOfficer(officer)
    now, found = officers_of(book, of), []
    for loan in of:
        if now[loan.number] == officer:
            continue
        last = book.session.scalar(
            select(func.max(LoanOfficer.number))
            .where(LoanOfficer.cooperative_id == book.cooperative_id)
            .where(LoanOfficer.loan_number == loan.number)
        )
        row = LoanOfficer(
            cooperative_id=book.cooperative_id,
            loan_number=loan.number,
            number=(last or 0) + 1,
            officer=officer,
            since=on,
            set_by=book.actor,
        )
        book.session.add(row)
        book.session.flush()
        found.append(row)
    return found


def looked_after(book: Book, officer: str) -> list[Loan]:
    """Return the running loans that somebody looks after, by number."""
    rows = (
        select(Loan)
        .where(Loan.cooperative_id == book.cooperative_id)
        .where(Loan.state == LoanState.DISBURSED)
        .order_by(Loan.number)
    )
    running = list(book.session.scalars(rows))
    now = officers_of(book, running)
    return [loan for loan in running if now[loan.number] == officer]


def hand_over(book: Book, before: str, after: str, *, on: date) -> list[LoanOfficer]:
    """Let somebody look after all running loans that another did; ``NoOfficer``."""
    return look_after(book, looked_after(book, before), after, on=on)
