"""Who else stood behind an entry: the second person, and the entry it takes back."""

from __future__ import annotations

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from coopbook.book import Book
from coopbook.ledger.model import Entry
from coopbook.people.model import Approval


def approvals_of_entries(book: Book) -> dict[int, tuple[str, str]]:
    """Return who approved an entry and when, by the entry's number.

    Entries that one person posted alone are not in it.
    """
    rows = book.session.execute(
        select(Entry.number, Approval.decided_by, Approval.decided_at)
        .join(
            Approval,
            and_(
                Approval.cooperative_id == Entry.cooperative_id,
                Approval.number == Entry.approval,
            ),
        )
        .where(Entry.cooperative_id == book.cooperative_id)
    )
    return {number: (by or "", at or "") for number, by, at in rows}


def vouchers_taken_back(book: Book) -> dict[int, str]:
    """Return the voucher each reversing entry takes back, by the entry's number."""
    of = aliased(Entry)
    rows = book.session.execute(
        select(Entry.number, of.voucher)
        .join(
            of,
            and_(
                of.cooperative_id == Entry.cooperative_id, of.number == Entry.reverses
            ),
        )
        .where(Entry.cooperative_id == book.cooperative_id)
    )
    return {row.number: row.voucher for row in rows}
