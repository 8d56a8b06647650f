"""Apply, decide, disburse, repay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from coopbook.book import Book
from coopbook.i18n import Names
from coopbook.ledger import chart
from coopbook.ledger.model import Entry
from coopbook.ledger.origins import note_payer
from coopbook.ledger.posting import before_reversal, post, when_reversed
from coopbook.ledger.rules import Channel, VoucherKind, check_amount, credit, debit
from coopbook.loans import rules
from coopbook.loans.conditions import Conditions
from coopbook.loans.daycount import A_YEAR
from coopbook.loans.deciding import (
    ask_for,
    check_lending,
    check_lending_limit,
    check_not_own,
)
from coopbook.loans.fees import NOTHING, Taken
from coopbook.loans.history import TAKEN, begun, conditions_of
from coopbook.loans.keeping import kept_lines
from coopbook.loans.model import Loan, LoanProduct
from coopbook.loans.paying import (
    OUT,
    check_cards,
    check_no_tranche,
    conclude,
    correct,
    credits_of,
    loan_card,
    paying,
)
from coopbook.loans.queries import (
    last_number,
    loans_in,
    paid_out,
    payments,
)
from coopbook.loans.replay import Wish
from coopbook.loans.rules import LoanState, Sector
from coopbook.loans.terms import InterestMethod
from coopbook.members.model import Member
from coopbook.members.standing import rights
from coopbook.members.ties import ties
from coopbook.money import ZERO, Money, rounded

IN = {
    Channel.CASH: (chart.TELLER_CASH, VoucherKind.BKM),
    Channel.BANK: (chart.BANK, VoucherKind.BBM),
}


Check = Callable[[Book, Member, date], None]
BEFORE_APPLYING: list[Check] = []


Applied = Callable[[Book, Loan], None]
WHEN_APPLIED: list[Applied] = []


def when_applied(act: Applied) -> Applied:
    """Register what else is written down with an application."""
    WHEN_APPLIED.append(act)
    return act


def before_applying(check: Check) -> Check:
    """Register what may refuse an application for a reason loans know nothing of."""
    BEFORE_APPLYING.append(check)
    return check


def apply(
    book: Book,
    member: Member,
    product: LoanProduct,
    amount: Money,
    *,
    term: int,
    purpose: str,
    on: date,
    decision: int | None = None,
    first_due: date | None = None,
    dates: Sequence[date] = (),
    replaces: Loan | None = None,
    carried_days: int | None = None,
    sector: Sector | None = None,
) -> Loan:
    """Write down an application on the product's terms, and ask for approval.

    Raises ``BorrowersAreMembers``, ``TooMuchAsked``, ``TooLong``, ``FeesEatLoan``,
    ``RoundedTooCoarsely``, and what was registered by ``before_applying``.  A large
    loan names the ``decision`` of the board that carries it.  A loan in the place of
    another works in the same ``sector`` unless it says otherwise.
    """
    if not rights(member.status).borrow:
        raise rules.BorrowersAreMembers(member.name)
    for check in BEFORE_APPLYING:
        check(book, member, on)
    check_amount(amount)
    if amount > product.limit:
        raise rules.TooMuchAsked(_names(product), product.limit, amount)
    if not 1 <= (len(dates) or term) <= product.max_term:
        raise rules.TooLong(_names(product), product.max_term, len(dates) or term)
    agreed = _agreed(product, amount, term, first_due, dates)
    if agreed.approved is not None and agreed.approved > product.limit:
        raise rules.TooMuchAsked(_names(product), product.limit, agreed.approved)
    restructured = carried_days is not None
    if restructured:
        agreed = replace(agreed, fees=())
    added = sum((fee.fixed for fee in agreed.fees if fee.taken is Taken.ADDED), ZERO)
    row = Loan(
        cooperative_id=book.cooperative_id,
        number=last_number(book) + 1,
        member_number=member.number,
        product_code=product.code,
        account_number=product.account_number,
        interest_account_number=product.interest_account_number,
        purpose=purpose.strip(),
        principal=amount + added,
        term=len(dates) or term,
        method=product.method,
        rate=product.rate,
        rounding_step=product.rounding_step,
        origination_fee=(
            ZERO if restructured else product.origination_fee_rate.of(amount)
        ),
        admin_fee=ZERO if restructured else product.admin_fee,
        penalty_rate=product.penalty_rate,
        penalty_grace_days=product.penalty_grace_days,
        applied_on=on,
        applied_by=book.actor,
        approved_on=None,
        approved_by=None,
        disbursed_on=None,
        state=LoanState.APPLIED,
        conditions=_kept(product, agreed),
        decision_number=decision,
        replaces=replaces.number if replaces else None,
        carried_days=carried_days,
        sector=sector or (replaces.sector if replaces else None),
    )
    if paid_out(row) <= ZERO:
        raise rules.FeesEatLoan(row.origination_fee + row.admin_fee, amount)
    begun(book, row, on)
    row.related = _related(book, member)
    book.session.add(row)
    book.session.flush()
    for act in WHEN_APPLIED:
        act(book, row)
    ask_for(book, row, on)
    return row


def _kept(product: LoanProduct, agreed: Conditions) -> str | None:
    """Return what a loan keeps of its conditions; nothing where a product has none."""
    plain = product.conditions is None and agreed == conditions_of(product)
    return None if plain else agreed.text()


def _agreed(
    product: LoanProduct,
    amount: Money,
    term: int,
    first_due: date | None,
    dates: Sequence[date],
) -> Conditions:
    """Return a loan's own conditions: its days, its fees and charge in money."""
    offered = conditions_of(product)
    fees = tuple(
        replace(fee, fixed=fee.of(amount), share=NOTHING) for fee in offered.fees
    )
    agreed = replace(
        offered,
        fees=fees,
        first_due=first_due or offered.first_due,
        dates=tuple(dates) or offered.dates,
    )
    if product.method is InterestMethod.MARGIN:
        terms = agreed.terms(product.method, product.rate, term, 1)
        years = Fraction(terms.periods * terms.every.count, A_YEAR[terms.unit])
        agreed = agreed.with_margin(
            Money(rounded(amount.units * terms.yearly_rate * years))
        )
    return agreed


def _related(book: Book, member: Member) -> str | None:
    """Say through whom a borrower is a related party, if one is."""
    return ", ".join(sorted({tie.officer for tie in ties(book, member)})) or None


def _names(product: LoanProduct) -> Names:
    return Names(product.name_id, product.name_en)


def _check_state(loan: Loan, *states: LoanState) -> None:
    rules.check_state(loan.number, loan.state, *states)


def disburse(
    book: Book, loan: Loan, *, on: date, channel: Channel = Channel.CASH
) -> Entry:
    """Pay an approved loan out, its fees deducted.

    Raises ``WrongState``, ``BorrowersAreMembers`` of one who left meanwhile,
    ``ApproverDisburses``, ``OwnLoan``, ``RelatedDecides``, ``DisbursedBeforeApplied``,
    ``AboveLendingLimit``, what was registered by ``before_lending``, and
    ``BelowFloor`` where the cash is short.
    """
    _check_state(loan, LoanState.APPROVED)
    if loan.replaces is not None:
        from coopbook.loans.replacing import replace_loan

        return replace_loan(book, loan, on=on, channel=channel)
    check_not_own(book, loan)
    if not rights(loan.member.status).borrow:
        raise rules.BorrowersAreMembers(loan.member.name)
    if book.actor in (loan.approved_by, loan.agreed_by):
        raise rules.ApproverDisburses(book.actor)
    if on < loan.applied_on:
        raise rules.DisbursedBeforeApplied(loan.number, loan.applied_on)
    check_lending(book, loan, on)
    check_lending_limit(book, loan.member, loan.principal, on)
    begun(book, loan, on)
    loan_card(book, loan)
    cash, kind = OUT[Channel(channel)]
    kept = kept_lines(book, loan, on)
    entry = post(
        book,
        on=on,
        memo=f"Pencairan pinjaman {loan.number}, anggota {loan.member_number:04d}",
        lines=[
            debit(
                loan.account_number, loan.principal, card=loan.number, loan=loan.number
            ),
            *kept,
            credit(cash, paid_out(loan)),
        ],
        kind=kind,
        source="loans.disburse",
    )
    loan.state, loan.disbursed_on = LoanState.DISBURSED, on
    book.session.flush()
    return entry


def repay(
    book: Book,
    loan: Loan,
    amount: Money,
    *,
    on: date,
    channel: Channel = Channel.CASH,
    payer: str = "",
    reference: str = "",
    wish: Wish = Wish.NEXT,
) -> Entry:
    """Take a payment: what is due in the order of the product, the rest as wished.

    ``payer`` is named when somebody else pays, ``reference`` is that of the transfer;
    both are kept beside the entry.  A payment of an earlier day takes its place, and
    later ones are allocated again by entries of their own.

    Raises ``WrongState``, ``PaidBeforeDisbursed``, ``MoreThanOwed``, ``NotThePayoff``
    and ``EnoughToEnd``.
    """
    done = paying(book, loan, amount, on, Wish(wish))
    cash, kind = IN[Channel(channel)]
    by = f" ({payer.strip()})" if payer.strip() else ""
    entry = post(
        book,
        on=on,
        memo=f"Angsuran pinjaman {loan.number}, anggota {loan.member_number:04d}{by}",
        lines=[debit(cash, amount), *credits_of(book, done)],
        kind=kind,
        source="loans.repay",
        floors=not done.later,
    )
    note_payer(book, entry, payer=payer, reference=reference)
    conclude(book, done, entry)
    return entry


def cancel(book: Book, loan: Loan) -> Loan:
    """Take back a loan that was not paid out."""
    _check_state(loan, LoanState.APPLIED, LoanState.APPROVED)
    loan.state = LoanState.CANCELLED
    book.session.flush()
    return loan


@before_reversal("loans.disburse")
def _nothing_paid(book: Book, entry: Entry) -> None:
    (loan,) = loans_in(book, entry)
    for payment in payments(book, loan):
        if payment.reversed_by is None:
            raise rules.PaymentsStand(loan.number, payment.voucher)
    check_no_tranche(book, loan)


@when_reversed("loans.disburse")
def _not_disbursed(book: Book, entry: Entry, reversal: Entry) -> None:
    (loan,) = loans_in(book, entry)
    loan.state, loan.disbursed_on = LoanState.APPROVED, None
    book.session.flush()


def _not_settled(book: Book, entry: Entry, reversal: Entry) -> None:
    paid = loans_in(book, entry)
    for loan in paid:
        correct(book, loan, reversal, judge=False)
    check_cards(book, paid, reversal)


for _source in TAKEN:
    when_reversed(_source)(_not_settled)
