"""Money that comes in on a claim, and a claim that is waived (hapus tagih)."""

from __future__ import annotations

from datetime import date

from coopbook import loans, savings
from coopbook.baddebts import rules
from coopbook.baddebts.claiming import Claim, claim
from coopbook.baddebts.claims import ORDERS, ClaimParts, settling, waiving
from coopbook.baddebts.model import ClaimRecovery, ClaimWaiver
from coopbook.baddebts.writing_off import (
    DECIDERS,
    check_decided,
    check_not_waiting,
    memo_lines,
)
from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.cooperatives import today as today_of
from coopbook.decisions.rules import DecisionBody
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.journal import entry as find_entry
from coopbook.ledger.journal import reversal_of
from coopbook.ledger.model import Entry
from coopbook.ledger.origins import note_payer
from coopbook.ledger.posting import before_reversal, post
from coopbook.ledger.rules import (
    Channel,
    VoucherKind,
    check_amount,
    check_reason,
    credit,
    debit,
)
from coopbook.loans import Loan
from coopbook.money import Money
from coopbook.people.approvals import approvable, ask
from coopbook.people.model import Approval
from coopbook.savings import SavingsAccount
from coopbook.savings.rules import NotWithdrawable

RECOVER, WAIVE = "baddebts.recover", "baddebts.waive"
IN = {
    Channel.CASH: (chart.TELLER_CASH, VoucherKind.BKM),
    Channel.BANK: (chart.BANK, VoucherKind.BBM),
}
BODIES = (DecisionBody.MEMBERS, DecisionBody.BOARD)
"""In the order of the by-law's choices."""


def settles(book: Book, loan: Loan, amount: Money, on: date) -> ClaimParts:
    """Say what an amount settles of a claim, in the order of the by-laws.

    Raises ``NoClaim``, ``NotAnAmount``, ``BeforeWriteOff`` and ``MoreThanClaimed``.
    """
    found = _claimed(book, loan, amount, on)
    order = list(ORDERS.values())[setting(book, "recovery_order", on)]
    return settling(found.left, amount, order)


def _claimed(book: Book, loan: Loan, amount: Money, on: date) -> Claim:
    found = claim(book, loan)
    check_amount(amount)
    if on < found.write_off.written_off_on:
        raise rules.BeforeWriteOff(loan.number, found.write_off.written_off_on)
    if amount > found.left.total:
        raise rules.MoreThanClaimed(loan.number, found.left.total, amount)
    return found


def recover(
    book: Book,
    loan: Loan,
    amount: Money,
    *,
    on: date,
    channel: Channel = Channel.CASH,
    payer: str = "",
    reference: str = "",
    account: SavingsAccount | None = None,
) -> Entry:
    """Take money on a written-off loan: income of the day, and the claim goes down.

    ``account`` takes it out of the member's own savings instead, as far as they are
    free.

    Raises what ``settles`` does, ``NotTheirSavings``, ``NotWithdrawable``, and
    ``BelowFloor``.
    Source: domain guide 5.5.
    """
    parts = settles(book, loan, amount, on)
    cash, kind = IN[Channel(channel)]
    left = debit(cash, amount)
    if account is not None:
        if account.member_number != loan.member_number:
            raise rules.NotTheirSavings(account.number, loan.number)
        if not account.product.withdrawable:
            raise NotWithdrawable(account.product.names)
        savings.check_unblocked(account)
        left = debit(account.account_number, amount, card=account.number)
        kind = VoucherKind.BM
    by = f" ({payer.strip()})" if payer.strip() else ""
    entry = post(
        book,
        on=on,
        memo=f"Penerimaan kembali pinjaman {loan.number}, anggota"
        f" {loan.member_number:04d}{by}",
        lines=[
            left,
            credit(chart.RECOVERIES, amount, loan=loan.number),
            *memo_lines(loan, parts.principal, parts.interest + parts.penalty, -1),
        ],
        kind=kind,
        source=RECOVER,
    )
    note_payer(book, entry, payer=payer, reference=reference)
    book.session.add(
        ClaimRecovery(
            cooperative_id=book.cooperative_id,
            entry_number=entry.number,
            loan_number=loan.number,
            recovered_on=on,
            principal=parts.principal,
            interest=parts.interest,
            penalty=parts.penalty,
        )
    )
    book.session.flush()
    return entry


def ask_waiver(
    book: Book,
    loan: Loan,
    amount: Money,
    *,
    on: date,
    decision_number: int,
    reason: str,
) -> Approval:
    """Ask a second person to give a claim up, or a part of it, by a numbered decision.

    Penalty is given up first, then interest, principal last.
    Raises what ``settles`` does, ``NoSuchDecision``, ``WrongBody`` where another body
    than the by-laws name decided, ``DecidedLater``, ``DecidedBefore``,
    ``WaitsAlready``, ``OwnLoan`` and ``RelatedDecides``.
    """
    why = check_reason(reason)
    loans.check_not_own(book, loan)
    found = _claimed(book, loan, amount, on)
    check_decided(
        *(book, decision_number, on, bodies_on(book, on)),
        since=found.write_off.written_off_on,
    )
    check_not_waiting(book, loan, WAIVE)
    return ask(
        book,
        WAIVE,
        f"loan:{loan.number}",
        {
            "loan": loan.number,
            "amount": amount,
            "on": on,
            "decision": decision_number,
            "reason": why,
        },
        days=setting(book, "approval_days", on),
    )


def bodies_on(book: Book, on: date) -> set[DecisionBody]:
    """Return who may decide on a waiver; the members always may."""
    return {DecisionBody.MEMBERS, BODIES[setting(book, "waiver_body", on)]}


@approvable(WAIVE, N_("Waive a claim"), DECIDERS)
def _waive(
    book: Book,
    approval: Approval,
    *,
    loan: int,
    amount: int,
    on: str,
    decision: int,
    reason: str,
) -> Entry:
    row, day = loans.loan(book, loan), date.fromisoformat(on)
    loans.check_not_own(book, row)
    found = _claimed(book, row, Money(amount), day)
    parts = waiving(found.left, Money(amount))
    entry = post(
        book,
        on=day,
        memo=f"Hapus tagih pinjaman {row.number}, anggota {row.member_number:04d}",
        lines=memo_lines(row, parts.principal, parts.interest + parts.penalty, -1),
        source=WAIVE,
    )
    book.session.add(
        ClaimWaiver(
            cooperative_id=book.cooperative_id,
            entry_number=entry.number,
            loan_number=row.number,
            waived_on=day,
            principal=parts.principal,
            interest=parts.interest,
            penalty=parts.penalty,
            decision_number=decision,
            reason=reason,
            asked_by=approval.made_by,
            approved_by=book.actor,
            told_on=None,
            told_by=None,
        )
    )
    book.session.flush()
    return entry


def tell_waiver(book: Book, row: ClaimWaiver, *, on: date) -> ClaimWaiver:
    """Write down that the borrower was told; from then on it is not taken back.

    Raises ``ToldAlready``, ``WaiverTakenBack`` and ``ToldWrongly``.
    """
    if row.told_on is not None:
        raise rules.ToldAlready(row.loan_number, row.told_on)
    if reversal_of(book, find_entry(book, row.entry_number)) is not None:
        raise rules.WaiverTakenBack(row.loan_number)
    if not row.waived_on <= on <= max(row.waived_on, today_of(book)):
        raise rules.ToldWrongly(row.loan_number, row.waived_on)
    row.told_on, row.told_by = on, book.actor
    book.session.flush()
    return row


@before_reversal(WAIVE)
def _not_told(book: Book, entry: Entry) -> None:
    row = book.get(ClaimWaiver, entry.number)
    assert row is not None
    if row.told_on is not None:
        raise rules.ToldAlready(row.loan_number, row.told_on)
