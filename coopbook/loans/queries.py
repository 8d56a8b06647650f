"""Find a loan, its schedule, its payments, how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from coopbook.book import Book
from coopbook.ledger import chart
from coopbook.ledger.model import Entry, Line
from coopbook.loans import arrears
from coopbook.loans.arrears import LoanStanding, Paid
from coopbook.loans.model import Loan, LoanProduct
from coopbook.loans.rules import LoanState, NoSuchLoan, NoSuchLoanProduct
from coopbook.loans.schedule import Schedule, schedule
from coopbook.loans.terms import Remainder, Terms
from coopbook.members.model import Member
from coopbook.money import ZERO, Money, Rounding

PAYING = ("loans.repay", "orders.pay", "settlement.settle")
"""Whose entries pay on a loan: the counter, a standing order, a settlement."""


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

    @property
    def total(self) -> Money:
        """What was paid."""
        return self.penalty + self.interest + self.principal


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


def last_number(book: Book) -> int:
    """Return the highest loan number given out."""
    rows = select(func.max(Loan.number)).where(
        Loan.cooperative_id == book.cooperative_id
    )
    return int(book.session.scalar(rows) or 0)


def terms_of(of: Loan) -> Terms:
    """Return the terms a loan was agreed on.

    A loan of older books, whose payments were rounded one by one, has parts rounded
    down, so that it is not late by a unit.
    """
    migrated = of.migrated_on is not None
    spread = of.rounding_step == 1 and not migrated
    return Terms(
        of.method,
        of.rate,
        of.term,
        step=of.rounding_step,
        remainder=Remainder.SPREAD if spread else Remainder.LAST,
        part_rounding=Rounding.DOWN if migrated else Rounding.HALF_EVEN,
    )


def product_terms(of: LoanProduct, term: int) -> Terms:
    """Return the terms a kind of loan has today."""
    spread = of.rounding_step == 1
    return Terms(
        of.method,
        of.rate,
        term,
        step=of.rounding_step,
        remainder=Remainder.SPREAD if spread else Remainder.LAST,
    )


def schedule_of(of: Loan, start: date | None = None) -> Schedule:
    """Return a loan's schedule, from its disbursement or from a day in view."""
    first = of.disbursed_on or start or of.applied_on
    return schedule(terms_of(of), of.principal, first)


def _brought_in() -> ColumnElement[bool]:
    """Pick payments out of an import: there, what is debited was paid out."""
    return and_(Entry.source.like("import.%"), Line.credit > ZERO)


def payments(book: Book, of: Loan) -> list[Payment]:
    """Return the payments on a loan in the order of their days."""
    names = {
        of.account_number: "principal",
        of.interest_account_number: "interest",
        chart.PENALTIES: "penalty",
    }
    undoing = aliased(Entry)
    # The numbers alone come out of the index of loans; without this SQLite
    # reads every line of the book.
    touching = (
        select(Line.entry_number)
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.loan_number == of.number)
        .distinct()
    )
    rows = book.session.execute(
        select(
            *(Entry.number, Entry.booked_on, Entry.voucher, undoing.voucher),
            *(Line.account_number, Line.debit, Line.credit),
        )
        .join(
            Line,
            (Line.cooperative_id == Entry.cooperative_id)
            & (Line.entry_number == Entry.number),
        )
        .outerjoin(
            undoing,
            (undoing.cooperative_id == Entry.cooperative_id)
            & (undoing.reverses == Entry.number),
        )
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.entry_number.in_(touching))
        .where(Line.loan_number == of.number)
        .where(Line.account_number.in_(names))
        .where(Entry.reverses.is_(None))
        .where(or_(Entry.source.in_(PAYING), _brought_in()))
        .order_by(Entry.booked_on, Entry.number)
    )
    found: dict[int, dict[str, Money]] = {}
    heads: dict[int, tuple[date, str, str | None]] = {}
    for number, booked_on, voucher, undone, account, left, right in rows:
        heads[number] = (booked_on, voucher, undone)
        parts = found.setdefault(number, {})
        name = names[account]
        parts[name] = parts.get(name, ZERO) + right - left
    return [
        Payment(
            number,
            booked_on,
            voucher,
            found[number].get("penalty", ZERO),
            found[number].get("interest", ZERO),
            found[number].get("principal", ZERO),
            undone,
        )
        for number, (booked_on, voucher, undone) in heads.items()
    ]


def standing(book: Book, of: Loan, on: date) -> LoanStanding:
    """Say how a loan stands on a day, every payment in the book counted.

    What was paid before the book began counts from the first day.
    """
    start = schedule_of(of, on)
    paid = _paid_before(of) + [
        Paid(each.booked_on, each.penalty, each.interest, each.principal)
        for each in payments(book, of)
        if each.reversed_by is None
    ]
    return arrears.standing(
        start,
        paid,
        on,
        penalty_rate=of.penalty_rate,
        grace_days=of.penalty_grace_days,
        penalty_since=of.migrated_on,
    )


def _paid_before(of: Loan) -> list[Paid]:
    if of.disbursed_on is None or of.migrated_on is None:
        return []
    interest = of.paid_before_interest or ZERO
    principal = of.paid_before_principal or ZERO
    return [Paid(of.disbursed_on, ZERO, interest, principal)]


def fees_of(of: Loan) -> list[tuple[str, int, Money]]:
    """Return the fees taken from a disbursement: name, account, amount."""
    named = [
        ("Provisi", chart.ORIGINATION_FEES, of.origination_fee),
        ("Administrasi", chart.ADMIN_FEES, of.admin_fee),
    ]
    return [(name, account, fee) for name, account, fee in named if fee]


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
