"""Take a settlement back: everything stands as when the leaving had just begun."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from coopbook import deposits, groups, members, savings
from coopbook.book import Book
from coopbook.decisions import decision as find_decision
from coopbook.i18n import Word
from coopbook.ledger.journal import entry as find_entry
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import before_reversal, when_reversed
from coopbook.loans import LoanState, loans_in
from coopbook.loans import loan as find_loan
from coopbook.loans.history import GIVE_BACK, TAKEN, USE_HELD
from coopbook.loans.paying import runs_again
from coopbook.loans.queries import payments
from coopbook.members import Member
from coopbook.members.changing import note_change
from coopbook.members.rules import STATUS_NAMES, MemberStatus
from coopbook.members.service import BELONGING, before_readmitting, last_change
from coopbook.members.standing import LEFT, WhyNeeded
from coopbook.money import ZERO
from coopbook.savings import SavingsAccount, SavingsHold
from coopbook.settlement import rules
from coopbook.settlement.holding import release_note
from coopbook.settlement.model import Settlement
from coopbook.settlement.queries import paid_by, payees, settlement_in, settlement_of
from coopbook.settlement.rules import SettlementState
from coopbook.settlement.service import SETTLE, check_state


def take_back(book: Book, row: Settlement, *, on: date, reason: str) -> Settlement:
    """Take a leaving back that is not settled: the member stands as before.

    So is one that was settled without a rupiah, for which no entry stands.  Whose
    principal share was reversed meanwhile is a candidate.  Raises ``WrongStep``,
    ``WhyNeeded`` and ``ChangedBefore``.
    """
    nothing = row.state is SettlementState.PAID and row.entry_number is None
    check_state(
        row, SettlementState.BEGUN, *([SettlementState.PAID] if nothing else [])
    )
    if not reason.strip():
        raise WhyNeeded
    member = members.member(book, row.member_number)
    if member.status not in (row.cause, MemberStatus.SETTLED):
        raise rules.CannotLeave(member.name, Word(STATUS_NAMES[member.status]))
    _check_newest(book, row, member)
    # A settlement that was reversed has left changes of its own between the two.
    stood = next(
        (
            one
            for one in reversed(members.history(book, member))
            if one.status not in (*LEFT, MemberStatus.SETTLED)
        ),
        None,
    )
    joined = MemberStatus.ACTIVE if member.active_on else MemberStatus.PROSPECTIVE
    status = stood.status if stood else joined
    took_share = member.active_on is not None
    if took_share and status in BELONGING and not savings.share_complete(book, member):
        status, member.active_on = MemberStatus.PROSPECTIVE, None
    if nothing:
        for account in _ruled_off(book, member):
            if account.closed_on == row.settled_on:
                savings.reopen(book, account)
    note_change(
        *(book, member, status),
        on=on,
        reason=reason.strip(),
        until=stood.until if stood and status is stood.status else None,
        decision=find_decision(book, stood.decision_number)
        if stood and stood.decision_number
        else None,
    )
    row.state = SettlementState.WITHDRAWN
    book.session.flush()
    return row


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
    _check_newest(book, row, member)
    _no_interest_since(book, entry, member)
    for account in _ruled_off(book, member):
        savings.reopen(book, account)


def _check_newest(book: Book, row: Settlement, member: Member) -> None:
    """Refuse what belongs to a membership before this one."""
    newest = settlement_of(book, member)
    if newest is None or newest.number != row.number:
        raise rules.LaterSettlement(member.name, row.number)


def _no_interest_since(book: Book, entry: Entry, member: Member) -> None:
    """Refuse while a month stands that was posted without the leaver."""
    for account in _ruled_off(book, member):
        posted = savings.last_posted(book, account.product)
        if posted is not None and posted.entry_number > entry.number:
            voucher = find_entry(book, posted.entry_number).voucher
            raise rules.InterestSince(posted.month, member.name, voucher)


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
        loan = find_loan(book, number)
        loan.state = LoanState.DISBURSED
        runs_again(book, loan, reversal.booked_on)
    groups.back(book, member, note=release_note(row))
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
    member = members.member(book, row.member_number)
    own = {one.number for one in _ruled_off(book, member, opened=True)}
    tied = {one.number for one in deposits.deposits_of(book, member)}
    for one in list(book.session.scalars(rows)):
        if one.savings_number in own or one.deposit_number in tied:
            savings.hold_again(book, one)


def _not_set_off(book: Book, entry: Entry) -> None:
    """Refuse to take back a payment on a loan that a settlement set off since."""
    for loan in loans_in(book, entry):
        for one in payments(book, loan):
            if one.entry_number <= entry.number or one.reversed_by is not None:
                continue
            if find_entry(book, one.entry_number).source == SETTLE:
                raise rules.SetOffSince(loan.number, one.voucher)


def _not_after_settlement(book: Book, entry: Entry) -> None:
    """Refuse to move held money back once everything of the member was settled."""
    for loan in loans_in(book, entry):
        row = settlement_of(book, members.member(book, loan.member_number))
        if row is not None and (row.entry_number or 0) > entry.number:
            voucher = find_entry(book, row.entry_number or 0).voucher
            raise rules.SetOffSince(loan.number, voucher)


for _source in (USE_HELD, GIVE_BACK):
    before_reversal(_source)(_not_after_settlement)


def _claimed_again(book: Book, entry: Entry, reversal: Entry) -> None:
    """Open the ended claims again whose loans are no longer paid."""
    numbers = dict.fromkeys(loan.member_number for loan in loans_in(book, entry))
    for number in numbers:
        _claim_again(book, members.member(book, number), reversal)


for _source in TAKEN:
    before_reversal(_source)(_not_set_off)
    when_reversed(_source)(_claimed_again)


def _claim_again(book: Book, member: Member, reversal: Entry) -> None:
    row = settlement_of(book, member)
    ended = row is not None and row.state is SettlementState.PAID
    if row is None or row.net is None or not (ended and row.net < ZERO):
        return
    row.state = SettlementState.CLAIM
    book.session.flush()
    if member.status is MemberStatus.SETTLED:
        note_change(
            *(book, member, row.cause),
            on=max(reversal.booked_on, last_change(book, member)),
            reason=f"Angsuran dibatalkan, tagihan {row.number} terbuka lagi",
        )


@before_readmitting
def _ended_first(book: Book, member: Member) -> None:
    """Refuse to take somebody back to whom money is owed, or who still owes."""
    row = settlement_of(book, member)
    if row is not None and row.state is not SettlementState.PAID:
        state = Word(rules.STATE_NAMES[row.state])
        raise rules.SettledFirst(row.number, member.name, state)
