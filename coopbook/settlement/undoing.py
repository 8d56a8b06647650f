"""Take a settlement back: everything stands as when the leaving had just begun."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from coopbook import deposits, members, savings
from coopbook.book import Book
from coopbook.i18n import Word
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import before_reversal, when_reversed
from coopbook.loans import LoanState
from coopbook.loans import loan as find_loan
from coopbook.members import Member
from coopbook.members.changing import note_change
from coopbook.members.rules import STATUS_NAMES, MemberStatus
from coopbook.members.service import last_change
from coopbook.savings import SavingsAccount, SavingsHold
from coopbook.settlement import rules
from coopbook.settlement.holding import release_note
from coopbook.settlement.model import Settlement
from coopbook.settlement.queries import paid_by, payees, settlement_in
from coopbook.settlement.rules import SettlementState
from coopbook.settlement.service import SETTLE


@before_reversal(SETTLE)
def _nothing_paid_out(book: Book, entry: Entry) -> None:
    """Refuse while a payee was paid; open the cards so that they take the lines."""
    row = settlement_in(book, entry)
    for payee in payees(book, row):
        if payee.entry_number is not None:
            raise rules.PaidOutAlready(payee.name, paid_by(book, payee))
    member = members.member(book, row.member_number)
    if member.status not in (row.cause, MemberStatus.SETTLED):
        raise rules.CannotLeave(member.name, Word(STATUS_NAMES[member.status]))
    for account in _ruled_off(book, member):
        savings.reopen(book, account)


@when_reversed(SETTLE)
def _stands_again(book: Book, entry: Entry, reversal: Entry) -> None:
    """Put everything back to where the leaving had just begun."""
    row = settlement_in(book, entry)
    member = members.member(book, row.member_number)
    before = _settled_before(book, row)
    for account in _ruled_off(book, member, opened=True):
        if account.earned_until == row.settled_on:
            account.earned_until = before
    cards = {(line.account_number, line.card_number) for line in entry.lines}
    for one in deposits.deposits_of(book, member):
        if (one.account_number, one.number) in cards:
            deposits.runs_again(book, one)
    for number in {line.loan_number for line in entry.lines if line.loan_number}:
        find_loan(book, number).state = LoanState.DISBURSED
    for payee in payees(book, row):
        payee.void = True
    _hold_again(book, row)
    row.state, row.settled_on = SettlementState.BEGUN, None
    row.entry_number = row.net = None
    book.session.flush()
    if member.status is MemberStatus.SETTLED:
        note_change(
            *(book, member, row.cause),
            on=max(reversal.booked_on, last_change(book, member)),
            reason=f"Penyelesaian {row.number} dibatalkan",
        )


def _settled_before(book: Book, row: Settlement) -> date | None:
    """Return when an earlier leaving was settled: up to then interest was paid."""
    return book.session.scalar(
        select(func.max(Settlement.settled_on))
        .where(Settlement.cooperative_id == book.cooperative_id)
        .where(Settlement.member_number == row.member_number)
        .where(Settlement.number < row.number)
    )


def _ruled_off(
    book: Book, member: Member, *, opened: bool = False
) -> list[SavingsAccount]:
    rows = (
        select(SavingsAccount)
        .where(SavingsAccount.cooperative_id == book.cooperative_id)
        .where(SavingsAccount.member_number == member.number)
    )
    found = list(book.session.scalars(rows))
    return found if opened else [one for one in found if one.closed_on is not None]


def _hold_again(book: Book, row: Settlement) -> None:
    """Let what was released for the settlement be held as before."""
    rows = (
        select(SavingsHold)
        .where(SavingsHold.cooperative_id == book.cooperative_id)
        .where(SavingsHold.release_note == release_note(row))
    )
    for one in list(book.session.scalars(rows)):
        savings.hold_again(book, one)
