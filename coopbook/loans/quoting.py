"""Say in writing what ends a loan, until a day, and keep what was said."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from coopbook.book import Book
from coopbook.loans import rules
from coopbook.loans.model import Loan, LoanQuotation
from coopbook.loans.paying import payoff
from coopbook.loans.rules import LoanState

LONGEST = 31
"""The most days a quotation is good for: longer ones would promise what may change."""


def quote(book: Book, loan: Loan, *, on: date, valid_to: date) -> LoanQuotation:
    """Write down what ends a loan on a day, and on the last day the quotation is good.

    Paying what the loan asks for on any day between ends it; nothing is posted.
    Raises ``WrongState``, ``PaidBeforeDisbursed`` and ``QuotedTooLong``.
    """
    rules.check_state(loan.number, loan.state, LoanState.DISBURSED)
    assert loan.disbursed_on is not None
    if on < loan.disbursed_on:
        raise rules.PaidBeforeDisbursed(loan.number, loan.disbursed_on)
    if not 0 <= (valid_to - on).days <= LONGEST:
        raise rules.QuotedTooLong(LONGEST)
    row = LoanQuotation(
        cooperative_id=book.cooperative_id,
        loan_number=loan.number,
        number=len(quotations(book, loan)) + 1,
        quoted_on=on,
        valid_to=valid_to,
        first=payoff(book, loan, on).total,
        last=payoff(book, loan, valid_to).total,
        quoted_by=book.actor,
        recorded=book.number,
    )
    book.session.add(row)
    book.session.flush()
    return row


def quotations(book: Book, loan: Loan) -> list[LoanQuotation]:
    """Return what was quoted for a loan, oldest first."""
    rows = (
        select(LoanQuotation)
        .where(LoanQuotation.cooperative_id == book.cooperative_id)
        .where(LoanQuotation.loan_number == loan.number)
        .order_by(LoanQuotation.number)
    )
    return list(book.session.scalars(rows))


def still_good(book: Book, loan: Loan, row: LoanQuotation, on: date) -> bool:
    """Say whether a quotation still says what ends the loan, and its days last.

    A payment, a waiver or another rate since then makes another sum of it.
    """
    if loan.state is not LoanState.DISBURSED or not row.quoted_on <= on <= row.valid_to:
        return False
    return payoff(book, loan, row.valid_to).total == row.last
