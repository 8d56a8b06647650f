"""A loan that takes the place of another: restructured, or refinanced with more money.

The old contract stays, linked; what it was late by is carried by the new one, because a
new paper makes no bad loan good.  Source: domain guide 4.5.
"""

from __future__ import annotations

from datetime import date

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import before_reversal, post, when_reversed
from coopbook.ledger.rules import Channel, VoucherKind, credit, debit
from coopbook.loans import rules
from coopbook.loans.curing import carried_days, still_carries, times_restructured
from coopbook.loans.deciding import (
    added_by,
    check_lending,
    check_lending_limit,
    check_not_own,
)
from coopbook.loans.history import REPLACE, begun, history
from coopbook.loans.keeping import kept_lines
from coopbook.loans.model import Loan, LoanProduct
from coopbook.loans.paying import (
    OUT,
    check_no_tranche,
    correct,
    lines_of,
    loan_card,
    to_date,
)
from coopbook.loans.queries import fees_of, payments
from coopbook.loans.queries import loan as find_loan
from coopbook.loans.rules import LoanState
from coopbook.loans.service import apply
from coopbook.members.standing import rights
from coopbook.money import ZERO, Money


def ask_replacement(
    book: Book,
    old: Loan,
    product: LoanProduct,
    amount: Money,
    *,
    term: int,
    purpose: str,
    on: date,
    restructure: bool,
    decision: int | None = None,
) -> Loan:
    """Apply for a loan that pays an old one off, and ask for approval.

    A restructuring lends just what ends the old loan on that day, its interest and
    penalty included and no fees, so no money changes hands.  A refinancing lends
    more, and is refused while anything of the old loan is late: it would hide arrears.

    Raises ``WrongState``, ``PaidBeforeDisbursed``, ``RefinanceHidesArrears``,
    ``RestructuredOften``, ``TooLittleToReplace`` and what ``apply`` refuses.
    """
    rules.check_state(old.number, old.state, LoanState.DISBURSED)
    if old.disbursed_on is None or on < old.disbursed_on:
        raise rules.PaidBeforeDisbursed(old.number, old.disbursed_on or old.applied_on)
    ends = to_date(book, old, on).total
    if restructure:
        _check_not_often(book, old, on)
    else:
        _check_punctual(book, old, on)
    if amount != ends if restructure else amount <= ends:
        raise rules.TooLittleToReplace(old.number, ends, amount)
    return apply(
        *(book, old.member, product, amount),
        term=term,
        purpose=purpose,
        on=on,
        decision=decision,
        replaces=old,
        carried_days=carried_days(book, old, on) if restructure else None,
    )


def _check_punctual(book: Book, old: Loan, on: date) -> None:
    """Refuse to refinance what is late, or was restructured and is not cured."""
    days = carried_days(book, old, on)
    if days or still_carries(book, old, on):
        raise rules.RefinanceHidesArrears(old.number, days)


def _check_not_often(book: Book, old: Loan, on: date) -> None:
    """Refuse another paper for what was restructured so often without being paid."""
    times = times_restructured(book, old, on)
    if times >= setting(book, "most_restructurings", on):
        raise rules.RestructuredOften(old.number, times)


def replace_loan(
    book: Book, loan: Loan, *, on: date, channel: Channel = Channel.CASH
) -> Entry:
    """Pay an approved loan out by paying the old one off; the rest goes to the member.

    Raises ``WrongState``, ``ApproverDisburses``, ``OwnLoan``, ``RelatedDecides``,
    ``TooLittleToReplace`` where the old loan owes more by now, ``AboveLendingLimit``
    and ``BelowFloor``.
    """
    rules.check_state(loan.number, loan.state, LoanState.APPROVED)
    assert loan.replaces is not None
    old = find_loan(book, loan.replaces)
    rules.check_state(old.number, old.state, LoanState.DISBURSED)
    check_not_own(book, loan)
    if not rights(loan.member.status).borrow:
        raise rules.BorrowersAreMembers(loan.member.name)
    if on < loan.applied_on:
        raise rules.DisbursedBeforeApplied(loan.number, loan.applied_on)
    events = history(book, old).events()
    if events and events[-1][0] > on:
        raise rules.ChangedBefore(old.number, on, events[-1][0])
    if book.actor in (loan.approved_by, loan.agreed_by):
        raise rules.ApproverDisburses(book.actor)
    owed, fees = to_date(book, old, on), fees_of(loan)
    if loan.carried_days is None:
        _check_punctual(book, old, on)
    else:
        loan.principal = owed.total  # what it takes on the day, and no money besides
    kept = sum((fee for _, _, fee in fees), ZERO)
    rest = loan.principal - owed.total - kept
    if rest < ZERO:
        raise rules.TooLittleToReplace(old.number, owed.total + kept, loan.principal)
    check_lending(book, loan, on)
    check_lending_limit(book, loan.member, added_by(book, loan, on), on)
    if loan.carried_days is not None:
        loan.carried_days = carried_days(book, old, on)
    begun(book, loan, on)
    loan_card(book, loan)
    cash, kind = OUT[Channel(channel)]
    entry = post(
        book,
        on=on,
        memo=f"Pinjaman {loan.number} menggantikan pinjaman {old.number}",
        lines=[
            debit(
                loan.account_number, loan.principal, card=loan.number, loan=loan.number
            ),
            *lines_of(old, owed),
            *kept_lines(book, loan, on),
            *([credit(cash, rest)] if rest else []),
        ],
        kind=kind if rest else VoucherKind.BM,
        source=REPLACE,
    )
    loan.state, loan.disbursed_on = LoanState.DISBURSED, on
    old.state = LoanState.SETTLED
    book.session.flush()
    return entry


def _pair(book: Book, entry: Entry) -> tuple[Loan, Loan]:
    """Return the new and the old loan of an entry that replaced one."""
    numbers = [line.loan_number for line in entry.lines if line.loan_number]
    new = find_loan(book, numbers[0])
    assert new.replaces is not None
    return new, find_loan(book, new.replaces)


@before_reversal(REPLACE)
def _nothing_paid(book: Book, entry: Entry) -> None:
    new, _ = _pair(book, entry)
    for payment in payments(book, new):
        if payment.reversed_by is None:
            raise rules.PaymentsStand(new.number, payment.voucher)
    check_no_tranche(book, new)


@when_reversed(REPLACE)
def _old_runs_again(book: Book, entry: Entry, reversal: Entry) -> None:
    new, old = _pair(book, entry)
    new.state, new.disbursed_on = LoanState.APPROVED, None
    correct(book, old, reversal)
