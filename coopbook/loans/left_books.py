"""A loan that left the books: what it was before stands while the write-off does."""

from __future__ import annotations

from coopbook.book import Book
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import before_reversal
from coopbook.loans.history import (
    DISBURSE,
    GIVE_BACK,
    REPLACE,
    SAID,
    TAKEN,
    TRANCHE,
    USE_HELD,
)
from coopbook.loans.queries import loans_in
from coopbook.loans.rules import LoanState, WriteOffStands


def _still_in_books(book: Book, entry: Entry) -> None:
    """Refuse to reverse what a written-off loan was made of."""
    for loan in loans_in(book, entry):
        if loan.state is LoanState.WRITTEN_OFF:
            raise WriteOffStands(loan.number)


for _source in (DISBURSE, REPLACE, TRANCHE, GIVE_BACK, USE_HELD, *TAKEN, *SAID):
    before_reversal(_source)(_still_in_books)
