"""Write an appraisal down, and ask for one before a loan is decided on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from sqlalchemy import func, select

from coopbook import loans
from coopbook.appraisal import rules
from coopbook.appraisal.model import LoanAppraisal
from coopbook.appraisal.rules import Capacity, Judgement, Recommendation
from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.ledger.rules import NotAnAmount
from coopbook.loans import Loan, LoanState
from coopbook.money import ZERO, Money


def appraise(
    book: Book,
    loan: Loan,
    *,
    on: date,
    business: str,
    income: Money,
    expenses: Money,
    other_debts: Money = ZERO,
    judged: Mapping[str, Judgement],
    recommends: Recommendation,
    amount: Money | None = None,
    note: str = "",
    visited_on: date | None = None,
    dependants: int | None = None,
) -> LoanAppraisal:
    """Write down what an officer found of an application; a later one takes its place.

    ``judged`` says of each of the five C what was found; all amounts are a month's.
    Nobody appraises their own loan, their house's or their kin's.

    Raises ``DecidedAlready``, ``OwnLoan``, ``RelatedDecides``, ``NotAnAmount``,
    ``HowMuchLess`` and ``VisitedLater``.
    """
    if loan.state is not LoanState.APPLIED:
        raise rules.DecidedAlready(loan.number)
    loans.check_not_own(book, loan)
    if min(income, expenses, other_debts) < ZERO:
        raise NotAnAmount(min(income, expenses, other_debts))
    if visited_on is not None and visited_on > on:
        raise rules.VisitedLater(visited_on, on)
    less = recommends is Recommendation.LESS
    if less and (amount is None or not ZERO < amount < loan.principal):
        raise rules.HowMuchLess(loan.principal)
    last = book.session.scalar(
        select(func.max(LoanAppraisal.number))
        .where(LoanAppraisal.cooperative_id == book.cooperative_id)
        .where(LoanAppraisal.loan_number == loan.number)
    )
    row = LoanAppraisal(
        cooperative_id=book.cooperative_id,
        loan_number=loan.number,
        number=(last or 0) + 1,
        appraised_on=on,
        appraised_by=book.actor,
        visited_on=visited_on,
        business=business.strip(),
        dependants=dependants,
        income=income,
        expenses=expenses,
        other_debts=other_debts,
        recommends=recommends,
        amount=amount if less else None,
        note=note.strip(),
        **{f"of_{name}": judged[name] for name in rules.FIVE_C},
    )
    book.session.add(row)
    book.session.flush()
    return row


def appraisals_of(book: Book, loan: Loan) -> list[LoanAppraisal]:
    """Return the appraisals of a loan, oldest first; the last one counts."""
    rows = (
        select(LoanAppraisal)
        .where(LoanAppraisal.cooperative_id == book.cooperative_id)
        .where(LoanAppraisal.loan_number == loan.number)
        .order_by(LoanAppraisal.number)
    )
    return list(book.session.scalars(rows))


def appraisal_of(book: Book, loan: Loan) -> LoanAppraisal | None:
    """Return the appraisal that counts, if there is one."""
    found = appraisals_of(book, loan)
    return found[-1] if found else None


def asked_monthly(book: Book, loan: Loan) -> Money:
    """Return the most that falls due in a calendar month: this loan and the others.

    The others are the borrower's running loans, with what is left of them; the loan
    this one takes the place of does not count.
    """
    plan = loans.schedule_of(book, loan, loan.disbursed_on or loan.applied_on)
    due = [(row.due_on, row.total) for row in plan]
    for other in loans.loans_of(book, loan.member):
        running = other.state is LoanState.DISBURSED
        if running and other.number not in (loan.number, loan.replaces):
            now = loans.standing(book, other, loan.applied_on)
            due += [(row.due_on, row.left) for row in now.strip]
    return rules.heaviest_month(due)


def capacity_of(book: Book, loan: Loan) -> Capacity | None:
    """Return what the household can pay, by the appraisal that counts."""
    row = appraisal_of(book, loan)
    if row is None:
        return None
    share = Fraction(setting(book, "capacity_share", row.appraised_on), 100)
    asked = asked_monthly(book, loan)
    return Capacity(row.income, row.expenses, row.other_debts, asked, share)


@loans.before_lending
def _appraised(book: Book, loan: Loan, on: date) -> None:
    """Refuse to decide on a loan that nobody appraised, ``AppraisedFirst``."""
    least = Money(setting(book, "appraisal_above", loan.applied_on))
    whole = loans.whole_of(loan)
    if whole > least and appraisal_of(book, loan) is None:
        raise rules.AppraisedFirst(loan.number, whole, least)
