"""Collateral that is taken over for a loan, and sold; relief when a borrower died."""

from __future__ import annotations

from datetime import date

from coopbook import loans, security
from coopbook.baddebts import rules
from coopbook.baddebts.claiming import sale_of
from coopbook.baddebts.model import Foreclosure, ForeclosureSale
from coopbook.baddebts.queries import assessed
from coopbook.baddebts.recovering import IN
from coopbook.baddebts.writing_off import (
    DECIDERS,
    check_decided,
    check_not_waiting,
    first_late_of,
)
from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.decisions.rules import DecisionBody
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.journal import entry as find_entry
from coopbook.ledger.model import Entry
from coopbook.ledger.origins import note_payer
from coopbook.ledger.posting import before_reversal, post, when_reversed
from coopbook.ledger.rules import Channel, check_amount, check_reason, credit, debit
from coopbook.loans import Loan, LoanState, Wish
from coopbook.loans.history import FORECLOSE, RELIEVE
from coopbook.loans.paying import conclude, credits_of, paying
from coopbook.members.rules import MemberStatus
from coopbook.money import ZERO, Money
from coopbook.people.approvals import approvable, ask
from coopbook.people.model import Approval
from coopbook.security import Collateral

SELL = "baddebts.sell"
TAKEN_OVER = "diambil alih koperasi"


def ask_foreclosure(
    book: Book,
    loan: Loan,
    row: Collateral,
    value: Money,
    *,
    on: date,
    decision_number: int,
    reason: str,
) -> Approval:
    """Ask a second person to take collateral over for what a loan owes.

    ``value`` is what it would sell for, less what selling costs.
    Raises ``NotThisLoans``, ``NotAnAmount``, ``NothingLateHere``, ``NoSuchDecision``,
    ``WrongBody``, ``DecidedLater``, ``DecidedBefore``, ``WaitsAlready``, ``OwnLoan``,
    ``RelatedDecides``.
    """
    why = check_reason(reason)
    loans.check_not_own(book, loan)
    check_amount(value)
    _check_lies_here(book, loan, row)
    since = first_late_of(assessed(book, loan, on), on)
    if since is None:
        raise rules.NothingLateHere(loan.number, on)
    check_decided(
        *(book, decision_number, on, {DecisionBody.BOARD, DecisionBody.MEMBERS}),
        since=since,
    )
    check_not_waiting(book, loan, FORECLOSE)
    return ask(
        book,
        FORECLOSE,
        f"loan:{loan.number}",
        {
            "loan": loan.number,
            "collateral": row.number,
            "value": value,
            "on": on,
            "decision": decision_number,
            "reason": why,
        },
        days=setting(book, "approval_days", on),
    )


def _check_lies_here(book: Book, loan: Loan, row: Collateral) -> None:
    mine = {one.number for one in security.collateral_of(book, loan)}
    if row.released_on is not None or row.number not in mine:
        raise rules.NotThisLoans(row.number, loan.number)


@approvable(FORECLOSE, N_("Take collateral over"), DECIDERS)
def _foreclose(
    book: Book,
    approval: Approval,
    *,
    loan: int,
    collateral: int,
    value: int,
    on: str,
    decision: int,
    reason: str,
) -> Entry:
    """Pay a loan with a thing at its worth; what is more is owed to the borrower."""
    row, day = loans.loan(book, loan), date.fromisoformat(on)
    thing, worth = security.collateral(book, collateral), Money(value)
    loans.check_not_own(book, row)
    _check_lies_here(book, row, thing)
    ends = loans.to_date(book, row, day).total
    settled, wish = min(worth, ends), Wish.NEXT
    if settled == loans.payoff(book, row, day).total:
        wish = Wish.SETTLE
    done = paying(book, row, settled, day, wish)
    rest = worth - settled
    entry = post(
        book,
        on=day,
        memo=f"Agunan {thing.number} diambil alih untuk pinjaman {row.number}",
        lines=[
            debit(chart.FORECLOSED, worth),
            *credits_of(book, done),
            *([credit(chart.OTHER_HELD, rest)] if rest else []),
        ],
        source=FORECLOSE,
        floors=not done.later,
    )
    conclude(book, done, entry)
    thing.released_on, thing.released_to = day, TAKEN_OVER
    thing.released_by, thing.release_note = book.actor, reason
    book.session.add(
        Foreclosure(
            cooperative_id=book.cooperative_id,
            entry_number=entry.number,
            loan_number=row.number,
            collateral_number=thing.number,
            taken_on=day,
            value=worth,
            settled=settled,
            decision_number=decision,
            asked_by=approval.made_by,
            approved_by=book.actor,
        )
    )
    book.session.flush()
    return entry


@before_reversal(FORECLOSE)
def _not_sold(book: Book, entry: Entry) -> None:
    row = book.get(Foreclosure, entry.number)
    assert row is not None
    sale = sale_of(book, row)
    if sale is not None:
        raise rules.SoldAlready(find_entry(book, sale.entry_number).voucher)


@when_reversed(FORECLOSE)
def _lies_here_again(book: Book, entry: Entry, reversal: Entry) -> None:
    row = book.get(Foreclosure, entry.number)
    assert row is not None
    thing = security.collateral(book, row.collateral_number)
    thing.released_on = thing.released_to = None
    thing.released_by = thing.release_note = None
    book.session.flush()


def sell(
    book: Book,
    row: Foreclosure,
    price: Money,
    *,
    on: date,
    buyer: str,
    to_borrower: Money = ZERO,
    channel: Channel = Channel.CASH,
) -> Entry:
    """Sell what was taken over; what is more goes to the borrower or is income.

    ``to_borrower`` is what the contract gives the borrower of it.
    Raises ``NotForeclosed`` where it was sold or given back, ``SoldBeforeTaken``,
    ``NotAnAmount``,
    ``ReasonNeeded`` without a buyer.
    """
    check_amount(price)
    if sale_of(book, row) is not None:
        raise rules.NotForeclosed(find_entry(book, row.entry_number).voucher)
    if on < row.taken_on:
        raise rules.SoldBeforeTaken(row.taken_on, on)
    if not ZERO <= to_borrower <= max(price - row.value, ZERO):
        raise rules.MoreThanGained(max(price - row.value, ZERO), to_borrower)
    cash, kind = IN[Channel(channel)]
    lines = [debit(cash, price)]
    if price < row.value:
        lines.append(debit(chart.FORECLOSED_LOSS, row.value - price))
    lines.append(credit(chart.FORECLOSED, row.value))
    if to_borrower:
        lines.append(credit(chart.OTHER_HELD, to_borrower))
    gain = price - row.value - to_borrower
    if gain > ZERO:
        lines.append(credit(chart.OTHER_INCOME, gain))
    entry = post(
        book,
        on=on,
        memo=f"Penjualan agunan {row.collateral_number} ({check_reason(buyer)})",
        lines=lines,
        kind=kind,
        source=SELL,
    )
    book.session.add(
        ForeclosureSale(
            cooperative_id=book.cooperative_id,
            entry_number=entry.number,
            foreclosure_number=row.entry_number,
            sold_on=on,
            price=price,
            to_borrower=to_borrower,
            buyer=buyer.strip(),
        )
    )
    book.session.flush()
    return entry


def relieve(
    book: Book, loan: Loan, amount: Money, *, on: date, insurer: str, reference: str
) -> Entry:
    """Take what an insurance pays on the loan of somebody who died, by bank.

    It ends the loan where it is enough; what is more is held for the heirs.
    Raises ``NotDead``, ``RelievesAClaim`` of a loan that was written off,
    ``NotAnAmount``, ``ReasonNeeded`` without the insurer and the policy, and what
    ``loans.repay`` does.
    """
    who, policy = check_reason(insurer), check_reason(reference)
    check_amount(amount)
    if loan.member.status is not MemberStatus.DECEASED:
        raise rules.NotDead(loan.member.name)
    if loan.state is LoanState.WRITTEN_OFF:
        raise rules.RelievesAClaim(loan.number)
    whole = loans.payoff(book, loan, on).total
    settled, wish = min(amount, whole), Wish.SETTLE if amount >= whole else Wish.NEXT
    done = paying(book, loan, settled, on, wish)
    cash, kind = IN[Channel.BANK]
    rest = amount - settled
    entry = post(
        book,
        on=on,
        memo=f"Klaim asuransi pinjaman {loan.number}, anggota"
        f" {loan.member_number:04d} ({who})",
        lines=[
            debit(cash, amount),
            *credits_of(book, done),
            *([credit(chart.OTHER_HELD, rest)] if rest else []),
        ],
        kind=kind,
        source=RELIEVE,
        floors=not done.later,
    )
    note_payer(book, entry, payer=who, reference=policy)
    conclude(book, done, entry)
    return entry
