"""Propose an adjustment of a year, decline it; what is on the list, what was booked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.cooperatives import cooperative
from coopbook.corrections import rules
from coopbook.corrections.model import ProposedAdjustment, ProposedLine
from coopbook.corrections.rules import AdjustmentState, Correction
from coopbook.ledger import chart
from coopbook.ledger.model import Account, Entry
from coopbook.ledger.queries import not_reversed
from coopbook.ledger.rules import AccountType, Draft, NoSuchAccount, check_lines

CASH = "cash"
FOLLOWS = (
    *(chart.SURPLUS_OF_YEAR, chart.EARLIER_SURPLUS, chart.DEFICIT),
    *(chart.PRIOR_YEAR, chart.INCOME_SUMMARY),
)
"""Accounts that follow from closing years and correcting them."""


def adjustment(book: Book, number: int) -> ProposedAdjustment:
    """Return a proposed adjustment; raise ``NoSuchAdjustment``."""
    row = book.get(ProposedAdjustment, number)
    if row is None:
        raise rules.NoSuchAdjustment(number)
    return row


def adjustments(book: Book, year: int | None = None) -> list[ProposedAdjustment]:
    """Return the list of proposed adjustments, of one year or of all, by number."""
    rows = (
        select(ProposedAdjustment)
        .where(ProposedAdjustment.cooperative_id == book.cooperative_id)
        .order_by(ProposedAdjustment.number)
    )
    if year is not None:
        rows = rows.where(ProposedAdjustment.year == year)
    return list(book.session.scalars(rows))


def lines_of(book: Book, number: int) -> list[ProposedLine]:
    """Return the lines of a proposed adjustment, in their order."""
    rows = (
        select(ProposedLine)
        .where(ProposedLine.cooperative_id == book.cooperative_id)
        .where(ProposedLine.adjustment_number == number)
        .order_by(ProposedLine.number)
    )
    return list(book.session.scalars(rows))


def drafts_of(book: Book, number: int) -> list[Draft]:
    """Return the lines of a proposed adjustment as an entry of its own year."""
    return [
        Draft(line.account_number, line.debit, line.credit)
        for line in lines_of(book, number)
    ]


def propose(
    book: Book, year: int, finding: str, lines: Sequence[Draft], *, on: date
) -> ProposedAdjustment:
    """Put an adjustment of a year on the list; nothing is posted.

    Raises ``FindingNeeded``, ``Unbalanced``, ``NotAnAmount``, ``NoSuchAccount``,
    ``NotAdjusted`` and, for a year that runs or is not in the book, ``NotThatYear``.
    """
    tidy = rules.check_finding(finding)
    first = cooperative(book).first_day.year
    if not first <= year < on.year:
        raise rules.NotThatYear(year, first)
    check_lines(lines)
    for line in lines:
        _check_account(book, line.account)
    last = book.session.scalar(
        select(func.max(ProposedAdjustment.number)).where(
            ProposedAdjustment.cooperative_id == book.cooperative_id
        )
    )
    row = ProposedAdjustment(
        cooperative_id=book.cooperative_id,
        number=int(last or 0) + 1,
        year=year,
        finding=tidy,
        proposed_on=on,
        proposed_by=book.actor,
        state=AdjustmentState.PROPOSED,
        decided_on=None,
        decided_by=None,
        reason="",
        entry_number=None,
    )
    book.session.add(row)
    book.session.flush()
    for number, line in enumerate(lines, 1):
        book.session.add(
            ProposedLine(
                cooperative_id=book.cooperative_id,
                adjustment_number=row.number,
                number=number,
                account_number=line.account,
                debit=line.debit,
                credit=line.credit,
            )
        )
    book.session.flush()
    return row


def _check_account(book: Book, number: int) -> None:
    found = book.get(Account, number)
    if found is None or not found.postable:
        raise NoSuchAccount(number)
    at_its_own_desk = (
        found.control
        or found.cash_flow == CASH
        or found.account_type is AccountType.MEMO
    )
    if at_its_own_desk or number in FOLLOWS:
        raise rules.NotAdjusted(f"{found.code} {found.name_id}")


def decide(
    book: Book, number: int, state: AdjustmentState, *, on: date, reason: str = ""
) -> ProposedAdjustment:
    """Note what becomes of a proposed adjustment.

    Raises ``NoSuchAdjustment``, ``AlreadyDecided`` and ``OwnProposal``.
    """
    row = adjustment(book, number)
    if row.state is not AdjustmentState.PROPOSED:
        raise rules.AlreadyDecided(number)
    if row.proposed_by == book.actor:
        raise rules.OwnProposal
    row.state = state
    row.decided_on, row.decided_by, row.reason = on, book.actor, reason
    book.session.flush()
    return row


def decline(book: Book, number: int, *, reason: str, on: date) -> ProposedAdjustment:
    """Decline a proposed adjustment with a reason; raises as ``decide``."""
    why = " ".join(reason.split())
    if not why:
        raise rules.DeclineReason
    return decide(book, number, AdjustmentState.DECLINED, on=on, reason=why)


def booked(book: Book) -> list[Correction]:
    """Return the adjustments that were booked and stand, by number."""
    own = book.cooperative_id
    rows = list(
        book.session.execute(
            select(ProposedAdjustment, Entry.booked_on)
            .outerjoin(
                Entry,
                (Entry.cooperative_id == ProposedAdjustment.cooperative_id)
                & (Entry.number == ProposedAdjustment.entry_number),
            )
            .where(ProposedAdjustment.cooperative_id == own)
            .where(ProposedAdjustment.state == AdjustmentState.BOOKED)
            .where(not_reversed(ProposedAdjustment))
            .order_by(ProposedAdjustment.number)
        )
    )
    moved: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    if rows:
        lines = select(ProposedLine).where(ProposedLine.cooperative_id == own)
        for line in book.session.scalars(lines):
            of = moved[line.adjustment_number]
            of[line.account_number] += line.debit.units - line.credit.units
    return [
        Correction(
            row.number,
            row.year,
            row.finding,
            booked_on or row.decided_on or row.proposed_on,
            dict(moved[row.number]),
        )
        for row, booked_on in rows
    ]
