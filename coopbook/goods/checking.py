"""What is said of goods before a month or a year is closed."""

from __future__ import annotations

from datetime import date

from coopbook.book import Book
from coopbook.goods.queries import items, tied
from coopbook.i18n import N_
from coopbook.ledger.closing import Check, at_month_end


@at_month_end
def stock_checks(book: Book, on: date) -> list[Check]:
    """Say whether goods and their account agree; nothing where none are sold."""
    if not items(book):
        return []
    found = tied(book, on)
    return [
        Check(
            N_("Goods in stock are worth what their account holds"),
            found.account - found.stock,
            found.holds,
        )
    ]
