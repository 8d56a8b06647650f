"""Lists of what is due: made, taken along, keyed in against the total on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from coopbook import loans
from coopbook.book import Book
from coopbook.ledger import reversal_of
from coopbook.ledger.journal import entry as find_entry
from coopbook.ledger.rules import VoucherKind
from coopbook.loans import Loan, LoanStanding, LoanState
from coopbook.members import Member
from coopbook.money import ZERO, Money
from coopbook.rounds import rules
from coopbook.rounds.model import DueList, DueListRow, LoanRound
from coopbook.rounds.taking import DRAWER, Taking, take

ROWS = 40
"""How many loans stand on a list at most."""

OUT = timedelta(days=31)
"""How long a list that was not keyed in counts as out."""


def falling_due(
    book: Book, by: date, *, hamlet: str | None = None, officer: str | None = None
) -> list[tuple[Loan, LoanStanding]]:
    """Return the running loans with something due by a day, and how they stand.

    By hamlet, members without one last, and in a hamlet by member and loan.
    """
    rows = (
        select(Loan)
        .join(Loan.member)
        .options(contains_eager(Loan.member))
        .where(Loan.cooperative_id == book.cooperative_id)
        .where(Loan.state == LoanState.DISBURSED)
        .order_by(Member.number, Loan.number)
    )
    if hamlet is not None:
        rows = rows.where(Member.hamlet == hamlet)
    running = list(book.session.scalars(rows))
    if officer is not None:
        after = loans.officers_of(book, running)
        running = [loan for loan in running if after[loan.number] == officer]
    found = [(loan, loans.standing(book, loan, by)) for loan in running]
    found = [(loan, now) for loan, now in found if now.due.total > ZERO]
    found.sort(key=lambda each: _place(each[0].member.hamlet or ""))
    return found


def _place(hamlet: str) -> tuple[bool, str, str]:
    return (not hamlet, hamlet.casefold(), hamlet)


def make_lists(
    book: Book,
    by: date,
    *,
    on: date,
    hamlet: str | None = None,
    officer: str | None = None,
) -> list[DueList]:
    """Keep what is due by a day as lists, to be taken along and keyed in later.

    A list holds at most ``ROWS`` loans, so that it can be keyed in from one page; a
    longer one becomes several.  Raises ``ListTooFarAhead`` and ``NothingOnList``.
    """
    if by > on + rules.FURTHEST:
        raise rules.ListTooFarAhead(on + rules.FURTHEST)
    found = falling_due(book, by, hamlet=hamlet, officer=officer)
    if not found:
        raise rules.NothingOnList(by)
    return [
        _made(book, found[place : place + ROWS], by, on, hamlet, officer)
        for place in range(0, len(found), ROWS)
    ]


def _made(
    book: Book,
    found: Sequence[tuple[Loan, LoanStanding]],
    by: date,
    on: date,
    hamlet: str | None,
    officer: str | None,
) -> DueList:
    last = book.session.scalar(
        select(func.max(DueList.number)).where(
            DueList.cooperative_id == book.cooperative_id
        )
    )
    row = DueList(
        cooperative_id=book.cooperative_id,
        number=(last or 0) + 1,
        due_by=by,
        hamlet=hamlet,
        officer=officer,
        made_on=on,
        made_by=book.actor,
    )
    book.session.add(row)
    for place, (loan, now) in enumerate(found, start=1):
        book.session.add(
            DueListRow(
                cooperative_id=book.cooperative_id,
                list_number=row.number,
                number=place,
                loan_number=loan.number,
                due=now.due.total,
                arrears=now.arrears,
                days_late=now.days_past_due,
            )
        )
    book.session.flush()
    return row


def due_list(book: Book, number: int) -> DueList:
    """Return a list that was made; raise ``NoSuchList``."""
    row = book.get(DueList, number)
    if row is None:
        raise rules.NoSuchList(number)
    return row


def due_lists(
    book: Book, *, before: int | None = None, limit: int = 25
) -> list[DueList]:
    """Return the lists that were made, newest first."""
    rows = (
        select(DueList)
        .where(DueList.cooperative_id == book.cooperative_id)
        .order_by(DueList.number.desc())
        .limit(limit)
    )
    if before is not None:
        rows = rows.where(DueList.number < before)
    return list(book.session.scalars(rows))


def rows_of(book: Book, of: DueList) -> list[tuple[DueListRow, Loan]]:
    """Return the rows of a list with their loans, in the order of the paper."""
    rows = (
        select(DueListRow, Loan)
        .join(
            Loan,
            (Loan.cooperative_id == DueListRow.cooperative_id)
            & (Loan.number == DueListRow.loan_number),
        )
        .where(DueListRow.cooperative_id == book.cooperative_id)
        .where(DueListRow.list_number == of.number)
        .order_by(DueListRow.number)
    )
    return [(row, loan) for row, loan in book.session.execute(rows)]


def round_of(book: Book, of: DueList) -> LoanRound | None:
    """Return what was keyed in of a list and stands; a reversed round does not."""
    rows = (
        select(LoanRound)
        .where(LoanRound.cooperative_id == book.cooperative_id)
        .where(LoanRound.list_number == of.number)
        .order_by(LoanRound.entry_number.desc())
    )
    for row in book.session.scalars(rows):
        if reversal_of(book, find_entry(book, row.entry_number)) is None:
            return row
    return None


def also_out(book: Book, of: DueList) -> dict[int, list[int]]:
    """Return the other lists that are out, each with the loans of this one on it.

    A list that was never keyed in counts as out for a month.
    """
    others = (
        select(DueListRow.loan_number, DueList)
        .join(
            DueList,
            (DueList.cooperative_id == DueListRow.cooperative_id)
            & (DueList.number == DueListRow.list_number),
        )
        .where(DueListRow.cooperative_id == book.cooperative_id)
        .where(DueListRow.list_number != of.number)
        .where(DueList.made_on >= of.made_on - OUT)
        .where(DueList.made_on <= of.made_on + OUT)
        .order_by(DueListRow.list_number, DueListRow.loan_number)
    )
    own = {row.loan_number for row, _ in rows_of(book, of)}
    papers: dict[int, DueList] = {}
    found: dict[int, list[int]] = {}
    for loan, other in book.session.execute(others):
        if loan in own:
            papers[other.number] = other
            found.setdefault(other.number, []).append(loan)
    return {
        number: loans
        for number, loans in found.items()
        if round_of(book, papers[number]) is None
    }


def key_in(
    book: Book,
    of: DueList,
    paid: Mapping[int, Money],
    *,
    on: date,
    control: Money,
    collector: str,
    where: tuple[int, VoucherKind] = DRAWER,
) -> LoanRound:
    """Post what came back of a list as one entry, if it adds up to the total on paper.

    ``paid`` says what was written beside each loan; nothing, or zero, is nobody's
    payment.  Raises ``KeyedAlready``, ``NotOnList``, ``KeyedBeforeMade``,
    ``ControlDiffers`` and what ``rounds.take`` refuses; then nothing is posted.
    """
    standing = round_of(book, of)
    if standing is not None:
        voucher = find_entry(book, standing.entry_number).voucher
        raise rules.KeyedAlready(of.number, voucher)
    if on < of.made_on:
        raise rules.KeyedBeforeMade(of.number, of.made_on)
    listed = {loan.number: loan for _, loan in rows_of(book, of)}
    for number in paid:
        if number not in listed:
            raise rules.NotOnList(number, of.number)
    brought = [
        Taking(listed[number], amount) for number, amount in paid.items() if amount
    ]
    rules.check_control(sum((one.amount for one in brought), ZERO), control)
    entry = take(
        book, brought, on=on, memo=f"Angsuran, daftar tagihan {of.number}", where=where
    )
    row = LoanRound(
        cooperative_id=book.cooperative_id,
        entry_number=entry.number,
        list_number=of.number,
        collector=collector.strip(),
        control=control,
        payers=len({one.loan.member_number for one in brought if one.loan}),
    )
    book.session.add(row)
    book.session.flush()
    return row
