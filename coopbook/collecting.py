"""Tell those who collect what is still claimed of loans that were written off."""

from __future__ import annotations

from datetime import date

from coopbook import baddebts
from coopbook.book import Book
from coopbook.dunning import StillClaimed, still_claimed
from coopbook.loans import Loan


@still_claimed
def of_written_off(book: Book, loan: Loan, on: date) -> StillClaimed | None:
    """Return the claim on a loan up to a day, as bad debts keep it."""
    found = baddebts.claim_of(book, loan, on)
    if found is None:
        return None
    came = tuple((row.recovered_on, row.total) for row in found.recoveries)
    return StillClaimed(found.write_off.written_off_on, found.left.total, came)
