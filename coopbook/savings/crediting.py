"""The interest of a month on savings, posted once, all accounts in one entry."""

from __future__ import annotations

from dataclasses import dataclass

from babel.dates import format_date

from coopbook.book import Book
from coopbook.collector import resting
from coopbook.dates import parse_month
from coopbook.errors import Refused
from coopbook.i18n import N_, Names
from coopbook.ledger import chart
from coopbook.ledger.bulk import post_columns
from coopbook.ledger.digesting import Column
from coopbook.ledger.model import Entry
from coopbook.money import Money
from coopbook.savings.model import SavingsInterest, SavingsProduct, SavingsTax
from coopbook.savings.reckoning import SOURCE, Reckoning, reckon
from coopbook.savings.terms import last_posted


@dataclass(eq=False)
class InterestPosted(Refused):
    """The interest of a month is posted once, and the months in their order."""

    sentence = N_(
        "The interest of %(month)s is posted already (%(voucher)s). Reverse it first, "
        "the latest month first."
    )

    month: str
    voucher: str


@dataclass(eq=False)
class NothingEarned(Refused):
    """No account earns anything in the month."""

    sentence = N_("No account of %(product)s earns interest for %(month)s.")

    product: Names
    month: str


def post_interest(book: Book, product: SavingsProduct, month: str) -> SavingsInterest:
    """Post a month's interest on its last day, all accounts in one entry.

    Debit 51001 what is earned, credit each account what is left of it and 21601 the
    tax kept back (domain guide 5.2).  Raises what ``reckon`` raises,
    ``InterestPosted``, ``NothingEarned`` and ``PeriodClosed``.
    """
    posted = last_posted(book, product)
    if posted is not None and posted.month >= month:
        entry = book.get(Entry, posted.entry_number)
        assert entry is not None
        raise InterestPosted(posted.month, entry.voucher)
    with resting():
        found = reckon(book, product, month)
        if not found.earned:
            raise NothingEarned(product.names, month)
        first, last = parse_month(month)
        memo = f"Bunga {product.name_id} {format_date(first, 'MMMM yyyy', locale='id')}"
        gross, tax = found.gross, found.tax
        lines = _lines(found, gross, tax)
        number = post_columns(book, lines, on=last, memo=memo, source=SOURCE)
    row = SavingsInterest(
        cooperative_id=book.cooperative_id,
        entry_number=number,
        product_code=product.code,
        month=month,
        accounts=len(found.earned),
        gross=gross,
        tax=tax,
    )
    book.session.add(row)
    book.session.flush()
    book.session.add_all(
        SavingsTax(
            cooperative_id=book.cooperative_id,
            entry_number=number,
            savings_number=one.account,
            gross=one.gross,
            tax=one.tax,
        )
        for one in found.earned
        if one.withheld
    )
    book.session.flush()
    return row


def _lines(found: Reckoning, gross: Money, tax: Money) -> list[Column]:
    """Return the lines of a month: the whole to expense, then account by account."""
    control = found.product.account_number
    lines: list[Column] = [(chart.SAVINGS_INTEREST, 0, gross.units, 0)]
    lines += [
        (control, account, 0, earns - kept)
        for account, _, earns, kept in found.earned
        if earns > kept
    ]
    if tax:
        lines.append((chart.SAVINGS_TAX, 0, 0, tax.units))
    return lines
