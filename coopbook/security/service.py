"""Guarantee, pledge, release: what stands behind a loan, from first to last."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from coopbook import loans, members, savings
from coopbook.book import Book
from coopbook.cooperatives import setting, today
from coopbook.i18n import N_
from coopbook.ledger.rules import check_amount, check_reason
from coopbook.loans import Loan, LoanState
from coopbook.members import Member
from coopbook.members.standing import rights
from coopbook.money import ZERO, Money
from coopbook.people.approvals import approvable, ask
from coopbook.people.model import Approval, User
from coopbook.people.rules import Role
from coopbook.savings import HoldReason, SavingsAccount, SavingsHold
from coopbook.security import rules
from coopbook.security.model import Collateral, LoanGuarantor
from coopbook.security.queries import (
    OVER,
    cover_of,
    guarantees_of,
    guarantors_of,
    owed_by,
    secured_by,
    secures,
)
from coopbook.security.queries import collateral as find_collateral
from coopbook.security.queries import guarantor as find_guarantor
from coopbook.security.rules import CollateralKind

MANAGERS = frozenset({Role.MANAGER})
FREE_GUARANTOR, FREE_COLLATERAL = "security.guarantor", "security.collateral"
FREE_HOLD = "security.hold"
OVER_NOTE = "Pinjaman selesai"
"""How the release of what secured a loan begins that was over."""


def guarantee(
    book: Book,
    loan: Loan,
    amount: Money,
    *,
    on: date,
    relation: str,
    member: Member | None = None,
    name: str = "",
    account: SavingsAccount | None = None,
) -> LoanGuarantor:
    """Write down who answers for a loan, and hold savings of theirs where named.

    ``amount`` is what they answer for; all of it is held where there is an
    ``account``.  An outsider is named and holds nothing here.

    Raises ``LoanEnded``, ``NotAnAmount``, ``MoreThanLoan``, ``GuarantorMissing``,
    ``OwnGuarantor``, ``GuarantorsAreMembers``, ``GuaranteesAlready``,
    ``GuaranteesTooMany``, ``NotTheirAccount`` and ``NotSoMuchToHold``.
    """
    _check_open(loan)
    check_amount(amount)
    if amount > loans.whole_of(loan):
        raise rules.MoreThanLoan(loans.whole_of(loan))
    tidy = member.name if member is not None else name.strip()
    if not tidy:
        raise rules.GuarantorMissing
    before = guarantors_of(book, loan)
    if member is not None:
        _check_guarantor(book, loan, member, on)
    elif any(each.name == tidy and each.released_on is None for each in before):
        raise rules.GuaranteesAlready(tidy, loan.number)
    hold = None
    if account is not None:
        if member is None or account.member_number != member.number:
            raise rules.NotTheirAccount(account.number, tidy)
        hold = savings.hold(
            *(book, account, amount),
            why=HoldReason.GUARANTEE,
            note=f"Penjamin pinjaman {loan.number}",
            on=on,
            loan=loan.number,
        )
    row = LoanGuarantor(
        cooperative_id=book.cooperative_id,
        loan_number=loan.number,
        number=len(before) + 1,
        member_number=member.number if member is not None else None,
        name=tidy,
        relation=relation.strip(),
        amount=amount,
        hold_number=hold.number if hold else None,
        agreed_on=on,
        recorded_by=book.actor,
        released_on=None,
        release_note=None,
    )
    book.session.add(row)
    book.session.flush()
    return row


def _check_open(loan: Loan) -> None:
    if loan.state in OVER:
        raise rules.LoanEnded(loan.number)


def _check_guarantor(book: Book, loan: Loan, member: Member, on: date) -> None:
    if member.number == loan.member_number:
        raise rules.OwnGuarantor(member.name)
    if not rights(member.status).borrow:
        raise rules.GuarantorsAreMembers(member.name)
    standing = guarantees_of(book, member)
    if any(each.loan_number == loan.number for each in standing):
        raise rules.GuaranteesAlready(member.name, loan.number)
    most = setting(book, "guarantees_most", on)
    if len(standing) >= most:
        raise rules.GuaranteesTooMany(member.name, len(standing), most)


def hold_own(
    book: Book, loan: Loan, account: SavingsAccount, amount: Money, *, on: date
) -> SavingsHold:
    """Hold the borrower's own savings for a loan.

    Raises ``LoanEnded``, ``NotTheirAccount`` and what ``savings.hold`` refuses.
    """
    _check_open(loan)
    if account.member_number != loan.member_number:
        raise rules.NotTheirAccount(account.number, loan.member.name)
    return savings.hold(
        *(book, account, amount),
        why=HoldReason.COLLATERAL,
        note=f"Jaminan pinjaman {loan.number}",
        on=on,
        loan=loan.number,
    )


def pledge(
    book: Book,
    loan: Loan,
    *,
    kind: CollateralKind,
    description: str,
    document: str,
    owner: str,
    relation: str,
    value: Money,
    accepted: Money | None = None,
    appraised_by: str,
    kept_where: str,
    on: date,
    insured_until: date | None = None,
) -> Collateral:
    """Take in collateral: what it is, whose, what it is worth, where its paper lies.

    ``accepted`` is what of the value counts as cover; by default the most the by-laws
    allow (``collateral_counts``), rounded down.

    Raises ``LoanEnded``, ``NotAnAmount``, ``AcceptedTooMuch`` and ``PledgedAlready``.
    """
    _check_open(loan)
    check_amount(value)
    share = setting(book, "collateral_counts", on)
    most = Money(value.units * share // 100)
    counts = most if accepted is None else accepted
    if counts > most:
        raise rules.AcceptedTooMuch(value, most, share)
    paper = document.strip()
    standing = secured_by(book, paper) if paper else None
    if standing is not None:
        raise rules.PledgedAlready(paper, standing.loan_number)
    last = book.session.scalar(
        select(func.max(Collateral.number)).where(
            Collateral.cooperative_id == book.cooperative_id
        )
    )
    row = Collateral(
        cooperative_id=book.cooperative_id,
        number=(last or 0) + 1,
        loan_number=loan.number,
        kind=CollateralKind(kind),
        description=description.strip(),
        document=paper,
        owner=owner.strip(),
        relation=relation.strip(),
        value=value,
        accepted=counts,
        appraised_on=on,
        appraised_by=appraised_by.strip(),
        kept_where=kept_where.strip(),
        received_on=on,
        received_by=book.actor,
        insured_until=insured_until,
        released_on=None,
        released_to=None,
        released_by=None,
        release_note=None,
    )
    book.session.add(row)
    book.session.flush()
    return row


def keep_elsewhere(book: Book, row: Collateral, kept_where: str) -> Collateral:
    """Say where the paper lies from now on; raise ``ReleasedBefore``."""
    _check_lying(row)
    row.kept_where = kept_where.strip()
    book.session.flush()
    return row


def _check_lying(row: Collateral) -> None:
    if row.released_on is not None:
        raise rules.ReleasedBefore(row.released_on)


# -- letting go ------------------------------------------------------------------


def release_collateral(
    book: Book, row: Collateral, *, to: str, on: date, note: str
) -> Collateral | Approval:
    """Give collateral back; before the loan is paid, ask a second person first.

    Raises ``ReleasedBefore``, ``ReleasedBeforeReceived`` and ``ReasonNeeded``.
    """
    _check_lying(row)
    why = check_reason(note)
    if on < row.received_on:
        raise rules.ReleasedBeforeReceived(row.received_on)
    if not _owes(book, row.loan_number):
        return _give_back(book, row, to, on, why)
    return ask(
        book,
        FREE_COLLATERAL,
        f"loan:{row.loan_number}",
        {"collateral": row.number, "to": to.strip(), "reason": why},
        days=setting(book, "approval_days", on),
    )


def _owes(book: Book, number: int) -> bool:
    return secures(book, loans.loan(book, number)).state not in OVER


def _give_back(book: Book, row: Collateral, to: str, on: date, why: str) -> Collateral:
    row.released_on, row.released_to = on, to.strip()
    row.released_by, row.release_note = book.actor, why
    book.session.flush()
    return row


@approvable(
    FREE_COLLATERAL,
    N_("Give collateral of a running loan back"),
    MANAGERS,
)
def _free_collateral(
    book: Book, approval: Approval, *, collateral: int, to: str, reason: str
) -> Collateral:
    row = find_collateral(book, collateral)
    _check_lying(row)
    loans.check_not_own(book, loans.loan(book, row.loan_number))
    return _give_back(book, row, to, today(book), reason)


def release_guarantor(
    book: Book, row: LoanGuarantor, *, on: date, note: str
) -> LoanGuarantor | Approval:
    """Let a guarantor go, and what was held; ask first while the loan is not paid.

    Raises ``ReleasedBefore`` and ``ReasonNeeded``.
    """
    if row.released_on is not None:
        raise rules.ReleasedBefore(row.released_on)
    why = check_reason(note)
    if loans.loan(book, row.loan_number).state in OVER:
        return _let_go(book, row, on, f"{OVER_NOTE}: {why}")
    return ask(
        book,
        FREE_GUARANTOR,
        f"loan:{row.loan_number}",
        {"loan": row.loan_number, "guarantor": row.number, "reason": why},
        days=setting(book, "approval_days", on),
    )


def _let_go(book: Book, row: LoanGuarantor, on: date, why: str) -> LoanGuarantor:
    if row.hold_number is not None:
        hold = savings.find_hold(book, row.hold_number)
        if hold.released_on is None:
            savings.release(book, hold, on=on, note=why)
    row.released_on, row.release_note = on, why
    book.session.flush()
    return row


@approvable(
    FREE_GUARANTOR,
    N_("Let a guarantor of a running loan go"),
    MANAGERS,
)
def _free_guarantor(
    book: Book, approval: Approval, *, loan: int, guarantor: int, reason: str
) -> LoanGuarantor:
    of = loans.loan(book, loan)
    row = find_guarantor(book, of, guarantor)
    if row.released_on is not None:
        raise rules.ReleasedBefore(row.released_on)
    loans.check_not_own(book, of)
    _check_not_theirs(book, row.member_number)
    return _let_go(book, row, today(book), reason)


def _check_not_theirs(book: Book, number: int | None) -> None:
    """Refuse a guarantor, their house and their kin to let themselves go.

    Raises ``GuarantorDecides`` and ``RelatedDecides``.
    """
    person = book.get(User, book.actor)
    if number is None or person is None or person.member_number is None:
        return
    owner = members.member(book, number)
    if person.member_number == number:
        raise rules.GuarantorDecides(owner.name)
    loans.check_kin(book, person, owner)


def release_hold(
    book: Book, hold: SavingsHold, *, on: date, note: str
) -> SavingsHold | LoanGuarantor | Approval:
    """Let held money go; what secures a loan that is not paid, when a second agrees.

    Raises ``ReleasedAlready`` and ``ReasonNeeded``.
    """
    loan = hold.loan_number and loans.loan(book, hold.loan_number)
    if not loan or hold.released_on is not None:
        return savings.release(book, hold, on=on, note=note)
    if not _owes(book, loan.number):
        why = f"{OVER_NOTE}: {check_reason(note)}"
        return savings.release(book, hold, on=on, note=why)
    for row in guarantors_of(book, loan):
        if row.hold_number == hold.number and row.released_on is None:
            return release_guarantor(book, row, on=on, note=note)
    return ask(
        book,
        FREE_HOLD,
        f"hold:{hold.number}",
        {"hold": hold.number, "reason": check_reason(note)},
        days=setting(book, "approval_days", on),
    )


@approvable(FREE_HOLD, N_("Let go what is held for a running loan"), MANAGERS)
def _free_hold(
    book: Book, approval: Approval, *, hold: int, reason: str
) -> SavingsHold:
    row = savings.find_hold(book, hold)
    if row.loan_number is not None:
        loans.check_not_own(book, loans.loan(book, row.loan_number))
    if row.savings_number is not None:
        account = savings.account(book, row.savings_number)
        _check_not_theirs(book, account.member_number)
    return savings.release(book, row, on=today(book), note=reason)


def release_ended(book: Book, on: date) -> int:
    """Let go whatever savings, deposits and people stood behind loans that ended.

    Return how many guarantors and holds went.  What is held of the borrower's own
    stays where another loan took the place.  Papers and things stay until somebody
    gives them back.  Done again it changes nothing.
    """
    note, count = OVER_NOTE, 0
    rows = (
        select(LoanGuarantor)
        .join(
            Loan,
            (Loan.cooperative_id == LoanGuarantor.cooperative_id)
            & (Loan.number == LoanGuarantor.loan_number),
        )
        .where(LoanGuarantor.cooperative_id == book.cooperative_id)
        .where(LoanGuarantor.released_on.is_(None))
        .where(Loan.state.in_(OVER))
    )
    for row in list(book.session.scalars(rows)):
        _let_go(book, row, on, note)
        count += 1
    left = (
        select(SavingsHold)
        .join(
            Loan,
            (Loan.cooperative_id == SavingsHold.cooperative_id)
            & (Loan.number == SavingsHold.loan_number),
        )
        .where(SavingsHold.cooperative_id == book.cooperative_id)
        .where(SavingsHold.released_on.is_(None))
        .where(SavingsHold.why.in_((HoldReason.COLLATERAL, HoldReason.GUARANTEE)))
        .where(Loan.state.in_(OVER))
    )
    for hold in list(book.session.scalars(left)):
        own = hold.why is HoldReason.COLLATERAL
        if own and hold.loan_number is not None and _owes(book, hold.loan_number):
            continue
        savings.release(book, hold, on=on, note=note)
        count += 1
    return count


@loans.before_lending
def _covered(book: Book, loan: Loan, on: date) -> None:
    """Refuse a loan whose kind asks for more cover than there is, ``NotCovered``."""
    needed = loans.conditions_of(loan).cover
    if not needed:
        return
    cover = cover_of(book, loan, on)
    owed = owed_by(book, loan, on)
    if loan.state is LoanState.DISBURSED:
        owed += loans.undrawn(book, loan)
    if not rules.covers(cover.total, owed, needed):
        least = Money(-(-owed.units * needed // 100))
        raise rules.NotCovered(loan.number, needed, owed, least, cover.total)


@loans.when_it_runs_again
def _secures_again(book: Book, loan: Loan, on: date) -> None:
    """Hold again what was let go because a loan was over that runs again.

    As far as the savings are still there: what was withdrawn meanwhile is not, and the
    loan's page says how far it is covered.
    """
    back = {one.number: _held_again(book, one, on) for one in _let_go_for(book, loan)}
    for row in guarantors_of(book, loan):
        if row.release_note is not None and row.release_note.startswith(OVER_NOTE):
            row.released_on = row.release_note = None
            if row.hold_number is not None:
                row.hold_number = back.get(row.hold_number, row.hold_number)
    book.session.flush()


def _let_go_for(book: Book, loan: Loan) -> list[SavingsHold]:
    return [
        one
        for one in savings.holds(book, loan=loan.number, standing=False)
        if one.release_note is not None and one.release_note.startswith(OVER_NOTE)
    ]


def _held_again(book: Book, hold: SavingsHold, on: date) -> int | None:
    """Hold an amount again; return the number of the hold, none for nothing left."""
    if hold.savings_number is None:
        savings.hold_again(book, hold)
        return hold.number
    account = savings.account(book, hold.savings_number)
    free = savings.least_from(book, account, on) - savings.held(book, account)
    if free >= hold.amount:
        savings.hold_again(book, hold)
        return hold.number
    hold.release_note = f"{hold.release_note}; berjalan lagi"
    if free <= ZERO or account.closed_on is not None:
        return None
    return savings.hold(
        *(book, account, free),
        why=hold.why,
        note=hold.note,
        on=on,
        loan=hold.loan_number,
    ).number
