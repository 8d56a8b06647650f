"""Ask what stands behind a loan, and whom somebody answers for."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from coopbook import loans, savings
from coopbook.book import Book
from coopbook.loans import Loan, LoanState
from coopbook.members import Member
from coopbook.money import ZERO, Money
from coopbook.savings import HoldReason, SavingsHold
from coopbook.security import rules
from coopbook.security.model import Collateral, LoanGuarantor
from coopbook.security.rules import Cover

OVER = frozenset({LoanState.SETTLED, LoanState.CANCELLED, LoanState.REFUSED})


def guarantors_of(book: Book, loan: Loan) -> list[LoanGuarantor]:
    """Return who answers or answered for a loan, in the order they agreed."""
    rows = (
        select(LoanGuarantor)
        .where(LoanGuarantor.cooperative_id == book.cooperative_id)
        .where(LoanGuarantor.loan_number == loan.number)
        .order_by(LoanGuarantor.number)
    )
    return list(book.session.scalars(rows))


def guarantor(book: Book, loan: Loan, number: int) -> LoanGuarantor:
    """Return a guarantor of a loan; raise ``NoSuchGuarantor``."""
    row = book.get(LoanGuarantor, loan.number, number)
    if row is None:
        raise rules.NoSuchGuarantor(loan.number, number)
    return row


def guarantees_of(book: Book, member: Member) -> list[LoanGuarantor]:
    """Return for which loans a member answers now, oldest first."""
    rows = (
        select(LoanGuarantor)
        .where(LoanGuarantor.cooperative_id == book.cooperative_id)
        .where(LoanGuarantor.member_number == member.number)
        .where(LoanGuarantor.released_on.is_(None))
        .order_by(LoanGuarantor.loan_number, LoanGuarantor.number)
    )
    return list(book.session.scalars(rows))


def collateral(book: Book, number: int) -> Collateral:
    """Return a piece of collateral; raise ``NoSuchCollateral``."""
    row = book.get(Collateral, number)
    if row is None:
        raise rules.NoSuchCollateral(number)
    return row


def secures(book: Book, loan: Loan) -> Loan:
    """Return the loan that what was pledged for this one secures by now.

    A loan that took its place is secured by the same things.
    """
    rows = (
        select(Loan)
        .where(Loan.cooperative_id == book.cooperative_id)
        .where(Loan.replaces == loan.number)
        .where(Loan.disbursed_on.is_not(None))
        .order_by(Loan.number.desc())
        .limit(1)
    )
    newer = book.session.scalar(rows)
    return loan if newer is None else secures(book, newer)


def replaced_by(book: Book, loan: Loan) -> list[int]:
    """Return the numbers of a loan and of all whose place it takes or will take."""
    found, each = [loan.number], loan
    while each.replaces is not None:
        each = loans.loan(book, each.replaces)
        found.append(each.number)
    return found


def collateral_of(book: Book, loan: Loan) -> list[Collateral]:
    """Return what was pledged for a loan or for one it took the place of."""
    rows = (
        select(Collateral)
        .where(Collateral.cooperative_id == book.cooperative_id)
        .where(Collateral.loan_number.in_(replaced_by(book, loan)))
        .order_by(Collateral.number)
    )
    return list(book.session.scalars(rows))


def lying(
    book: Book, *, before: int | None = None, limit: int = 25
) -> list[Collateral]:
    """Return the collateral the cooperative keeps, newest first."""
    rows = (
        select(Collateral)
        .where(Collateral.cooperative_id == book.cooperative_id)
        .where(Collateral.released_on.is_(None))
        .order_by(Collateral.number.desc())
        .limit(limit)
    )
    if before is not None:
        rows = rows.where(Collateral.number < before)
    return list(book.session.scalars(rows))


def to_give_back(book: Book) -> list[Collateral]:
    """Return the collateral that lies here and secures nothing any more."""
    return [
        one
        for one in lying(book, limit=10_000)
        if secures(book, loans.loan(book, one.loan_number)).state in OVER
    ]


def uninsured(book: Book, on: date) -> list[Collateral]:
    """Return the collateral that lies here and whose insurance has ended."""
    rows = (
        select(Collateral)
        .where(Collateral.cooperative_id == book.cooperative_id)
        .where(Collateral.released_on.is_(None))
        .where(Collateral.insured_until < on)
        .order_by(Collateral.number)
    )
    return list(book.session.scalars(rows))


def secured_by(book: Book, document: str) -> Collateral | None:
    """Return what is pledged already under the number of a paper."""
    return book.session.scalar(
        select(Collateral)
        .where(Collateral.cooperative_id == book.cooperative_id)
        .where(Collateral.document == document)
        .where(Collateral.released_on.is_(None))
        .limit(1)
    )


def owed_by(book: Book, loan: Loan, on: date) -> Money:
    """Return what a loan owes with its interest to date, or would owe at first.

    A day in the past is what it was, also where the loan has ended since.
    """
    if loan.disbursed_on is not None:
        return loans.owed_on(book, loan, on).total
    return ZERO if loan.state in OVER else loans.whole_of(loan)


def held_for(book: Book, loan: Loan) -> list[SavingsHold]:
    """Return what is held for a loan, with the borrower's own of one it replaced.

    Savings that others hold as guarantors end with the contract they agreed to.
    """
    found = savings.holds(book, loan=loan.number)
    for number in replaced_by(book, loan)[1:]:
        found += [
            one
            for one in savings.holds(book, loan=number)
            if one.why is HoldReason.COLLATERAL
        ]
    return sorted(found, key=lambda one: one.number)


def cover_of(book: Book, loan: Loan, on: date) -> Cover:
    """Return what stands behind a loan on a day, as the book knows it now."""
    held = held_for(book, loan)
    goods = [one for one in collateral_of(book, loan) if one.released_on is None]
    spoken = [
        one.amount
        for one in guarantors_of(book, loan)
        if one.released_on is None and one.hold_number is None
    ]
    return Cover(
        owed_by(book, loan, on),
        sum((one.amount for one in held), ZERO),
        sum((one.accepted for one in goods), ZERO),
        sum(spoken, ZERO),
    )
