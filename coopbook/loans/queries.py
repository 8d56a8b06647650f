"""Find a loan, its schedule, its payments, how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.ledger import chart
from coopbook.ledger.model import Entry
from coopbook.loans import arrears
from coopbook.loans.arrears import LoanStanding
from coopbook.loans.fees import GoesTo
from coopbook.loans.history import (
    WRITE_OFF,
    conditions_of,
    event_of,
    history,
    replay_of,
)
from coopbook.loans.model import Loan, LoanChange, LoanCorrection, LoanProduct
from coopbook.loans.replay import Parts
from coopbook.loans.rules import LoanState, NoSuchLoan, NoSuchLoanProduct
from coopbook.loans.schedule import Schedule
from coopbook.loans.terms import Terms
from coopbook.members.model import Member
from coopbook.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment on a loan, and what it settled; ``reversed_by`` where undone."""

    entry_number: int
    booked_on: date
    voucher: str
    penalty: Money
    interest: Money
    principal: Money
    reversed_by: str | None
    held: Money = ZERO

    @property
    def total(self) -> Money:
        """What was paid."""
        return self.penalty + self.interest + self.principal + self.held


def products(book: Book) -> list[LoanProduct]:
    """Return the kinds of loans in the order of their control accounts."""
    rows = (
        select(LoanProduct)
        .where(LoanProduct.cooperative_id == book.cooperative_id)
        .order_by(LoanProduct.account_number, LoanProduct.code)
    )
    return list(book.session.scalars(rows))


def product(book: Book, code: str) -> LoanProduct:
    """Return a kind of loan; raise ``NoSuchLoanProduct``."""
    row = book.get(LoanProduct, code)
    if row is None:
        raise NoSuchLoanProduct(code)
    return row


def loan(book: Book, number: int) -> Loan:
    """Return a loan; raise ``NoSuchLoan``."""
    row = book.get(Loan, number)
    if row is None:
        raise NoSuchLoan(number)
    return row


def loans(
    book: Book,
    state: LoanState | str | None = None,
    *,
    before: int | None = None,
    limit: int = 25,
) -> list[Loan]:
    """Return loans in a state, newest first."""
    rows = (
        select(Loan)
        .where(Loan.cooperative_id == book.cooperative_id)
        .order_by(Loan.number.desc())
        .limit(limit)
    )
    if state is not None:
        rows = rows.where(Loan.state == LoanState(state))
    if before is not None:
        rows = rows.where(Loan.number < before)
    return list(book.session.scalars(rows))


def loans_of(book: Book, member: Member) -> list[Loan]:
    """Return a member's loans, newest first."""
    rows = (
        select(Loan)
        .where(Loan.cooperative_id == book.cooperative_id)
        .where(Loan.member_number == member.number)
        .order_by(Loan.number.desc())
    )
    return list(book.session.scalars(rows))


def loans_in(book: Book, entry: Entry) -> list[Loan]:
    """Return the loans an entry moves, each once, in the order of its lines."""
    named = (line.loan_number for line in entry.lines if line.loan_number)
    return [loan(book, number) for number in dict.fromkeys(named)]


def due_on(book: Book, of: Loan, on: date) -> Money:
    """Return everything that is due on a loan by a day, penalties included."""
    return standing(book, of, on).due.total


def last_number(book: Book) -> int:
    """Return the highest loan number given out."""
    rows = select(func.max(Loan.number)).where(
        Loan.cooperative_id == book.cooperative_id
    )
    return int(book.session.scalar(rows) or 0)


def product_terms(of: LoanProduct, term: int) -> Terms:
    """Return the terms a kind of loan has today."""
    return conditions_of(of).terms(of.method, of.rate, term, of.rounding_step)


def schedule_of(book: Book, of: Loan, start: date | None = None) -> Schedule:
    """Return a loan's schedule with every change, or as it would be from a day on."""
    return replay_of(book, of, None if of.disbursed_on else start).plan


def payments(book: Book, of: Loan) -> list[Payment]:
    """Return the payments on a loan in the order of their days.

    Where one was allocated again, what it settled is what it settles now.
    """
    found = history(book, of)
    rows = []
    for each in sorted(found.booked, key=lambda each: (each.on, each.number)):
        if each.source == WRITE_OFF or event_of(each, None) is None:
            continue
        again = found.corrected.get(each.number, Parts())
        rows.append(
            Payment(
                each.number,
                each.on,
                each.voucher,
                Money(each.penalty + again.penalty),
                Money(each.interest + again.interest),
                Money(each.principal + again.principal),
                each.undone,
                Money(each.held + again.held),
            )
        )
    return rows


def corrections_for(book: Book, cause: Entry) -> list[LoanCorrection]:
    """Return the corrections that an entry made needful, oldest first."""
    rows = (
        select(LoanCorrection)
        .where(LoanCorrection.cooperative_id == book.cooperative_id)
        .where(LoanCorrection.cause_number == cause.number)
        .order_by(LoanCorrection.entry_number)
    )
    return list(book.session.scalars(rows))


def corrections_of(book: Book, of: Loan) -> list[LoanCorrection]:
    """Return every correction of a loan, oldest first."""
    rows = (
        select(LoanCorrection)
        .where(LoanCorrection.cooperative_id == book.cooperative_id)
        .where(LoanCorrection.loan_number == of.number)
        .order_by(LoanCorrection.entry_number)
    )
    return list(book.session.scalars(rows))


def changes_of(book: Book, of: Loan) -> list[LoanChange]:
    """Return the changes of a loan and what was wished of its payments."""
    rows = (
        select(LoanChange)
        .where(LoanChange.cooperative_id == book.cooperative_id)
        .where(LoanChange.loan_number == of.number)
        .order_by(LoanChange.number)
    )
    return list(book.session.scalars(rows))


def standing(book: Book, of: Loan, on: date) -> LoanStanding:
    """Say how a loan stands on a day, with everything that happened up to it.

    What was paid before the book began counts from the first day.
    """
    return arrears.standing_of(replay_of(book, of, on), on)


def fees_of(of: Loan) -> list[tuple[str, int, Money]]:
    """Return what of a disbursement does not reach the member: name, account, amount.

    A fee that was added to the loan is among them: it is lent, and kept.
    """
    named = [
        ("Provisi", chart.ORIGINATION_FEES, of.origination_fee),
        ("Administrasi", chart.ADMIN_FEES, of.admin_fee),
    ]
    named += [
        (fee.name, fee.account or FEE_ACCOUNTS[fee.goes_to], fee.fixed)
        for fee in conditions_of(of).fees
    ]
    return [(name, account, fee) for name, account, fee in named if fee]


FEE_ACCOUNTS = {
    GoesTo.INCOME: chart.ADMIN_FEES,
    GoesTo.HELD: chart.HELD_FEES,
    GoesTo.SHARE: chart.SPECIAL_SHARE,
}


def paid_out(of: Loan) -> Money:
    """Return what reaches the member's hand."""
    return of.principal - sum((fee for _, _, fee in fees_of(of)), ZERO)


def state_counts(book: Book) -> dict[LoanState, int]:
    """Return how many loans stand where."""
    rows = book.session.execute(
        select(Loan.state, func.count())
        .where(Loan.cooperative_id == book.cooperative_id)
        .group_by(Loan.state)
    )
    return {row[0]: row[1] for row in rows}
