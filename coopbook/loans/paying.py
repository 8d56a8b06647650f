"""What a payment does to a loan, whatever it is paid with: parts, lines, the end.

The counter pays with cash, a standing order with savings, a settlement with all that
a member leaves behind; each posts an entry of its own, and ``payments`` reads them all.
"""

from __future__ import annotations

from datetime import date

from coopbook.book import Book
from coopbook.ledger import chart
from coopbook.ledger.rules import Draft, check_amount, credit
from coopbook.loans import rules
from coopbook.loans.allocation import Owed, allocate, summed
from coopbook.loans.arrears import LoanStanding, owed, owed_to_date
from coopbook.loans.model import Loan
from coopbook.loans.queries import payments, standing
from coopbook.loans.rules import LoanState
from coopbook.money import Money


def parts_of(
    book: Book, loan: Loan, amount: Money, on: date
) -> tuple[Owed, LoanStanding]:
    """Spread a payment over what a loan owes; return it with how the loan stood.

    Raises ``WrongState``, ``NotAnAmount``, ``PaidBeforeDisbursed`` and
    ``MoreThanOwed``.
    """
    rules.check_state(loan.number, loan.state, LoanState.DISBURSED)
    check_amount(amount)
    assert loan.disbursed_on is not None
    if on < loan.disbursed_on:
        raise rules.PaidBeforeDisbursed(loan.number, loan.disbursed_on)
    now = standing(book, loan, on)
    if amount > now.payoff:
        raise rules.MoreThanOwed(loan.number, now.payoff, amount)
    return summed(allocate(amount, owed(now.strip))), now


def lines_of(loan: Loan, parts: Owed) -> list[Draft]:
    """Return the lines in the right column: penalty, interest, principal."""
    owing = [
        (chart.PENALTIES, 0, parts.penalty),
        (loan.interest_account_number, 0, parts.interest),
        (loan.account_number, loan.number, parts.principal),
    ]
    return [
        credit(account, part, card=card, loan=loan.number)
        for account, card, part in owing
        if part
    ]


def conclude(
    book: Book, loan: Loan, amount: Money, before: LoanStanding, on: date
) -> None:
    """Settle a loan whose last rupiah was just paid."""
    if amount != before.payoff:
        return
    last = max(each.booked_on for each in payments(book, loan))
    if standing(book, loan, max(on, last)).settled:
        loan.state = LoanState.SETTLED
        book.session.flush()


def to_date(book: Book, loan: Loan, on: date) -> Owed:
    """Return what ends a loan on a day: principal, penalty, and interest to date.

    Nothing for a loan that was not paid out, or is settled.
    """
    if loan.state is not LoanState.DISBURSED or loan.disbursed_on is None:
        return summed([])
    return owed_to_date(standing(book, loan, on).strip, loan.disbursed_on, on)
