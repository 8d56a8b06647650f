"""Book an auditor's adjustment: in its own year while that is open, else after it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from coopbook import corrections
from coopbook.book import Book
from coopbook.corrections import rules as correcting
from coopbook.corrections.model import ProposedAdjustment
from coopbook.corrections.rules import AdjustmentState, in_later_year
from coopbook.corrections.service import decide
from coopbook.ledger import chart
from coopbook.ledger.model import Account, Entry
from coopbook.ledger.posting import post, when_reversed
from coopbook.ledger.rules import AccountType, Draft
from coopbook.yearend.service import approving, closing_of

ADJUSTED, CORRECTED = "yearend.adjustment", "yearend.correction"
"""An entry in the year itself, and one that corrects a year the members approved."""

MEMO = "Koreksi tahun %(year)s nomor %(number)s: %(finding)s"


def adjusting_entry(
    book: Book, number: int, *, on: date
) -> tuple[date, str, list[Draft]]:
    """Return the day, source and lines that booking an adjustment posts.

    Lines are none where an approved year's income and expenses were only mixed up.
    Raises ``NoSuchAdjustment``, ``ReopenYearFirst`` and ``InItsOwnYear``.
    """
    row = corrections.adjustment(book, number)
    lines = corrections.drafts_of(book, number)
    closing = closing_of(book, row.year)
    if closing is None:
        return date(row.year, 12, 31), ADJUSTED, lines
    if approving(book, closing) is None:
        raise correcting.ReopenYearFirst(row.year)
    if on.year <= row.year:
        raise correcting.InItsOwnYear(row.year)
    types = {
        number: AccountType(kind)
        for number, kind in book.session.execute(
            select(Account.number, Account.account_type)
            .where(Account.cooperative_id == book.cooperative_id)
            .where(Account.number.in_([line.account for line in lines]))
        )
    }
    return on, CORRECTED, in_later_year(lines, types, chart.PRIOR_YEAR)


def book_adjustment(book: Book, number: int, *, on: date) -> ProposedAdjustment:
    """Book a proposed adjustment; who proposed it does not.

    While its year is open it is an entry of that year's last day.  After the members
    approved the year it is posted on ``on``, income and expenses against 34004, and
    statements show the earlier year as it would have been.  Raises as
    ``adjusting_entry`` and ``corrections.decide``, and what posting refuses.
    """
    day, source, lines = adjusting_entry(book, number, on=on)
    row = decide(book, number, AdjustmentState.BOOKED, on=on)
    if lines:
        about = {"year": row.year, "number": row.number, "finding": row.finding}
        entry = post(book, on=day, memo=MEMO % about, lines=lines, source=source)
        row.entry_number = entry.number
        book.session.flush()
    return row


@when_reversed(ADJUSTED)
@when_reversed(CORRECTED)
def _open_again(book: Book, entry: Entry, reversal: Entry) -> None:
    """Put an adjustment whose entry was taken back on the list again, to be decided."""
    row = book.session.scalar(
        select(ProposedAdjustment)
        .where(ProposedAdjustment.cooperative_id == book.cooperative_id)
        .where(ProposedAdjustment.entry_number == entry.number)
    )
    if row is not None:
        row.state, row.entry_number = AdjustmentState.PROPOSED, None
        row.decided_on = row.decided_by = None
        book.session.flush()
