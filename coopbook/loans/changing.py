"""What changes a running loan beside payments: waivers, rates, tranches, held money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import before_reversal, post, when_reversed
from coopbook.ledger.rules import (
    Channel,
    VoucherKind,
    check_amount,
    check_reason,
    credit,
    debit,
)
from coopbook.loans import rules
from coopbook.loans.arrears import owed_of
from coopbook.loans.changes import NewRate, Tranche
from coopbook.loans.deciding import (
    check_lending,
    check_lending_limit,
    check_not_own,
)
from coopbook.loans.history import (
    GIVE_BACK,
    TRANCHE,
    USE_HELD,
    Happened,
    begun,
    conditions_of,
    history,
    replay_of,
    taken,
)
from coopbook.loans.history import terms_of as loan_terms
from coopbook.loans.model import ChangeKind, Loan, LoanChange
from coopbook.loans.offering import check_cap
from coopbook.loans.paying import OUT, correct, held_card, lines_of, note_change
from coopbook.loans.queries import loan as find_loan
from coopbook.loans.queries import loans, standing
from coopbook.loans.replay import UseHeld
from coopbook.loans.rules import LoanState
from coopbook.members.standing import rights
from coopbook.money import ZERO, Money, Per, Rate
from coopbook.people.approvals import approvable, ask
from coopbook.people.model import Approval
from coopbook.people.rules import Role

WAIVE, RATE = "loans.waive", "loans.rate"


def waive_penalty(
    book: Book, loan: Loan, amount: Money, *, on: date, reason: str
) -> Approval:
    """Ask a second person to waive a penalty, in whole or in part.

    Raises ``WrongState``, ``NotAnAmount``, ``ReasonNeeded``, ``ChangedBefore`` and
    ``NothingToWaive``.
    """
    why = check_reason(reason)
    _check_waiver(book, loan, amount, on)
    return ask(
        book,
        WAIVE,
        f"loan:{loan.number}",
        {"loan": loan.number, "amount": amount, "on": on, "reason": why},
        days=setting(book, "approval_days", on),
    )


def _check_waiver(book: Book, loan: Loan, amount: Money, on: date) -> None:
    rules.check_state(loan.number, loan.state, LoanState.DISBURSED)
    check_amount(amount)
    _check_last(loan, history(book, loan).events(), on)
    asked = sum((each.penalty for each in standing(book, loan, on).strip), ZERO)
    if amount > asked:
        raise rules.NothingToWaive(loan.number, on, asked, amount)


@approvable(WAIVE, N_("Waive a penalty"), frozenset({Role.MANAGER}))
def _waive(
    book: Book, approval: Approval, *, loan: int, amount: int, on: str, reason: str
) -> LoanChange:
    row, day = find_loan(book, loan), date.fromisoformat(on)
    check_not_own(book, row)
    _check_waiver(book, row, Money(amount), day)
    done = note_change(
        *(book, row, ChangeKind.WAIVER, day), amount=Money(amount), reason=reason
    )
    if replay_of(book, row, day).settled:
        row.state = LoanState.SETTLED
        book.session.flush()
    return done


def change_rate(
    book: Book, loan: Loan, rate: Rate, *, on: date, reason: str
) -> Approval:
    """Ask a second person for another rate from a day on; the rest is planned again.

    Raises ``WrongState``, ``ReasonNeeded``, ``ChangedBefore`` where something of a
    later day stands, and what ``changed_schedule`` refuses.
    """
    why = check_reason(reason)
    _check_change(book, loan, NewRate(on, rate))
    return ask(
        book,
        RATE,
        f"loan:{loan.number}",
        {
            "loan": loan.number,
            "percent": str(rate.share * 100),
            "per": rate.per.value,
            "on": on,
            "reason": why,
        },
        days=setting(book, "approval_days", on),
    )


def _loan_in(book: Book, entry: Entry) -> Loan:
    number = next(line.loan_number for line in entry.lines if line.loan_number)
    return find_loan(book, number)


@when_reversed(USE_HELD)
@when_reversed(TRANCHE)
@when_reversed(GIVE_BACK)
def _as_if_never(book: Book, entry: Entry, reversal: Entry) -> None:
    correct(book, _loan_in(book, entry), reversal)


@before_reversal(TRANCHE)
def _still_running(book: Book, entry: Entry) -> None:
    loan = _loan_in(book, entry)
    rules.check_state(loan.number, loan.state, LoanState.DISBURSED)


def _check_change(book: Book, loan: Loan, change: NewRate | Tranche) -> None:
    """Refuse what cannot be planned, or what comes before something that stands."""
    rules.check_state(loan.number, loan.state, LoanState.DISBURSED)
    events = history(book, loan).events()
    _check_last(loan, events, change.on)
    if isinstance(change, NewRate):
        check_cap(book, replace(loan_terms(loan), rate=change.rate), change.on)
    replay = begun(book, loan)
    taken(replay, events)
    if replay.ended_on is not None:
        raise rules.EndedOnce(loan.number, replay.ended_on)
    replay.take(change)


def _check_last(loan: Loan, events: Sequence[Happened], on: date) -> None:
    """Refuse a change of a day before something that stands: it allocated money."""
    if events and events[-1][0] > on:
        raise rules.ChangedBefore(loan.number, on, events[-1][0])


@approvable(RATE, N_("Another rate of a loan"), frozenset({Role.MANAGER}))
def _new_rate(
    book: Book,
    approval: Approval,
    *,
    loan: int,
    percent: str,
    per: str,
    on: str,
    reason: str,
) -> LoanChange:
    row, day = find_loan(book, loan), date.fromisoformat(on)
    rate = Rate.percent(percent, per=Per(per))
    check_not_own(book, row)
    _check_change(book, row, NewRate(day, rate))
    return note_change(book, row, ChangeKind.RATE, day, rate=rate, reason=reason)


def pay_tranche(
    book: Book,
    loan: Loan,
    amount: Money,
    *,
    on: date,
    channel: Channel = Channel.CASH,
    reason: str = "",
) -> Entry:
    """Pay out more of a running loan; the rest of its schedule is planned again.

    The whole of a loan that comes in tranches is approved at once; what was not yet
    paid out of it is ``undrawn``.

    Raises ``WrongState``, ``NotAnAmount``, ``OwnLoan``, ``ApproverDisburses``,
    ``MoreThanApproved``, ``AboveLendingLimit``, ``ChangedBefore``, ``BelowFloor``, and
    what was registered by ``before_lending``.
    """
    check_amount(amount)
    check_not_own(book, loan)
    if book.actor in (loan.approved_by, loan.agreed_by):
        raise rules.ApproverDisburses(book.actor)
    left = undrawn(book, loan)
    if amount > left:
        raise rules.MoreThanApproved(loan.number, left, amount)
    if not rights(loan.member.status).borrow:
        raise rules.BorrowersAreMembers(loan.member.name)
    check_lending(book, loan, on)
    check_lending_limit(book, loan.member, amount, on)
    _check_change(book, loan, Tranche(on, amount))
    cash, kind = OUT[Channel(channel)]
    entry = post(
        book,
        on=on,
        memo=f"Pencairan lanjutan pinjaman {loan.number}",
        lines=[
            debit(loan.account_number, amount, card=loan.number, loan=loan.number),
            credit(cash, amount),
        ],
        kind=kind,
        source=TRANCHE,
    )
    note_change(
        *(book, loan, ChangeKind.TRANCHE, on), amount=amount, entry=entry, reason=reason
    )
    return entry


def undrawn(book: Book, loan: Loan) -> Money:
    """Return what was approved of a loan in tranches and is not paid out yet."""
    approved = conditions_of(loan).approved
    if approved is None:
        return ZERO
    drawn = loan.principal.units
    found = history(book, loan)
    undone = {each.number for each in found.booked if each.undone}
    for change in found.changes:
        if change.kind is ChangeKind.TRANCHE and change.entry_number not in undone:
            drawn += change.amount or 0
    return Money(max(approved.units - drawn, 0))


def use_held(book: Book, loan: Loan, *, on: date) -> Entry | None:
    """Pay what is due out of money held for the loan; nothing where nothing is due.

    Raises ``WrongState``.
    """
    rules.check_state(loan.number, loan.state, LoanState.DISBURSED)
    events = history(book, loan).events()
    if any(booked is not None and day > on for day, _, _, booked in events):
        return None
    events = [each for each in events if each[0] <= on]
    replay = begun(book, loan)
    taken(replay, events)
    replay.advance(on)
    rows = replay.due_rows(on)
    due = (
        sum(replay.interest_left[:rows])
        + sum(replay.principal_left[:rows])
        + sum(replay.penalties_left()[:rows])
    )
    amount = min(replay.held, due)
    if amount <= 0:
        return None
    parts = replay.take(UseHeld(on, amount))
    entry = post(
        book,
        on=on,
        memo=f"Angsuran pinjaman {loan.number} dari titipan",
        lines=[
            debit(
                chart.OVERPAID,
                Money(amount),
                card=held_card(book, loan),
                loan=loan.number,
            ),
            *lines_of(loan, owed_of(parts)),
        ],
        kind=VoucherKind.BM,
        source=USE_HELD,
    )
    if replay.settled:
        loan.state = LoanState.SETTLED
        book.session.flush()
    return entry


def give_back(
    book: Book, loan: Loan, amount: Money, *, on: date, channel: Channel = Channel.CASH
) -> Entry:
    """Give a member back money that is held for a loan, whatever became of the loan.

    Raises ``NotAnAmount``, ``NotHeld`` and ``BelowFloor``.
    """
    check_amount(amount)
    events = history(book, loan).events()
    replay = begun(book, loan)
    taken(replay, events)
    if amount.units > replay.held or (events and events[-1][0] > on):
        raise rules.NotHeld(loan.number, Money(max(replay.held, 0)), amount)
    cash, kind = OUT[Channel(channel)]
    return post(
        book,
        on=on,
        memo=f"Pengembalian titipan pinjaman {loan.number}",
        lines=[
            debit(chart.OVERPAID, amount, card=held_card(book, loan), loan=loan.number),
            credit(cash, amount),
        ],
        kind=kind,
        source=GIVE_BACK,
    )


def use_all_held(book: Book, on: date) -> list[Entry]:
    """Use what is held for every running loan that has something due."""
    found: list[Entry] = []
    before = None
    while True:
        some = loans(book, LoanState.DISBURSED, before=before, limit=500)
        if not some:
            return found
        for loan in some:
            entry = use_held(book, loan, on=on)
            if entry is not None:
                found.append(entry)
        before = some[-1].number
