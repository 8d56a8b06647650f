"""The interest of a month on savings, posted once, all accounts in one entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from coopbook.book import Book
from coopbook.collector import resting
from coopbook.cooperatives import cooperative
from coopbook.dates import day_before, months_after, parse_month
from coopbook.errors import Refused
from coopbook.i18n import N_, Names
from coopbook.ledger import chart
from coopbook.ledger.bulk import post_columns
from coopbook.ledger.closing import Check, at_month_end
from coopbook.ledger.digesting import Column
from coopbook.ledger.model import Entry
from coopbook.ledger.posting import before_reversal
from coopbook.money import Money
from coopbook.savings.model import SavingsInterest, SavingsProduct, SavingsTax
from coopbook.savings.queries import product as product_of
from coopbook.savings.queries import products
from coopbook.savings.reckoning import SOURCE, Reckoning, reckon
from coopbook.savings.terms import first_terms, last_posted, posting_day, terms_of


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
class EarlierUnposted(Refused):
    """No month is left out: what it earned would never be paid."""

    sentence = N_(
        "The interest of %(month)s is not posted yet. Post it first; the months "
        "follow one another."
    )

    month: str


@dataclass(eq=False)
class NothingEarned(Refused):
    """No account earns anything in the month."""

    sentence = N_("No account of %(product)s earns interest for %(month)s.")

    product: Names
    month: str


def post_interest(book: Book, product: SavingsProduct, month: str) -> SavingsInterest:
    """Post a month's interest on its last day, all accounts in one entry.

    What was taken back later is posted again on the day of the reversal.

    Debit 51001 what is earned, credit each account what is left of it and 21601 the
    tax kept back (domain guide 5.2).  Raises what ``reckon`` raises,
    ``InterestPosted``, ``EarlierUnposted``, ``NothingEarned`` and ``PeriodClosed``.
    """
    posted = last_posted(book, product)
    if posted is not None and posted.month >= month:
        entry = book.get(Entry, posted.entry_number)
        assert entry is not None
        raise InterestPosted(posted.month, entry.voucher)
    missing = first_unposted(book, product, month)
    if missing is not None:
        raise EarlierUnposted(missing)
    day = posting_day(book, product, month)
    with resting():
        found = reckon(book, product, month)
        if not found.earned:
            raise NothingEarned(product.names, month)
        first, _last = parse_month(month)
        memo = f"Bunga {product.name_id} {format_date(first, 'MMMM yyyy', locale='id')}"
        gross, tax = found.gross, found.tax
        lines = _lines(found, gross, tax)
        number = post_columns(book, lines, on=day, memo=memo, source=SOURCE)
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


def first_unposted(book: Book, product: SavingsProduct, before: str) -> str | None:
    """Return the first month that earned something, is not posted, and lies before.

    Months count from the one after the last posted, or from the one in which the
    first terms begin.
    """
    posted = last_posted(book, product)
    since = first_terms(book, product)
    if posted is not None:
        first = months_after(parse_month(posted.month)[0], 1)
    elif since is not None:
        first = max(since, cooperative(book).first_day).replace(day=1)
    else:
        return None
    while f"{first:%Y-%m}" < before:
        month, first = f"{first:%Y-%m}", months_after(first, 1)
        if terms_of(book, product, day_before(first)) is None:
            continue
        if reckon(book, product, month).earned:
            return month
    return None


@at_month_end
def interest_checks(book: Book, on: date) -> list[Check]:
    """Say whether savings got their interest up to a month's end.

    Nothing where no kind of savings earns any.
    """
    until = f"{months_after(on.replace(day=1), 1):%Y-%m}"
    earning = [row for row in products(book) if first_terms(book, row) is not None]
    if not earning:
        return []
    left = any(first_unposted(book, row, until) is not None for row in earning)
    return [Check(N_("Interest on savings is posted"), None, not left)]


@before_reversal(SOURCE)
def _latest_first(book: Book, entry: Entry) -> None:
    """Refuse to take back a month while a later one stands."""
    row = book.get(SavingsInterest, entry.number)
    assert row is not None
    posted = last_posted(book, product_of(book, row.product_code))
    if posted is not None and posted.month > row.month:
        later = book.get(Entry, posted.entry_number)
        assert later is not None
        raise InterestPosted(posted.month, later.voucher)


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
