"""On what terms savings earn interest: dated, with who decided them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.dates import months_after, parse_month
from coopbook.errors import Refused
from coopbook.i18n import N_, Names
from coopbook.ledger.closing import last_closed
from coopbook.ledger.model import Entry
from coopbook.ledger.queries import not_reversed
from coopbook.money import Money, Per, Rate
from coopbook.savings.interest import InterestTerms, Tier
from coopbook.savings.model import SavingsInterest, SavingsProduct, SavingsTerms
from coopbook.savings.rules import SavingsType


@dataclass(eq=False)
class NoInterest(Refused):
    """Shares earn a part of the surplus, not interest."""

    sentence = N_("%(product)s earns no interest; shares take part in the surplus.")

    product: Names


@dataclass(eq=False)
class TermsAreDated(Refused):
    """Terms begin with a month, after the last ones and after what is posted."""

    sentence = N_(
        "Terms begin on the first day of a month, %(after)s or later, not on %(asked)s."
    )

    after: date
    asked: date


def set_terms(
    book: Book,
    product: SavingsProduct,
    terms: InterestTerms,
    *,
    valid_from: date,
    source: str,
) -> SavingsTerms:
    """Say what a kind of savings earns from a month on; ``source`` is who decided.

    Terms above the regulation's cap are entered all the same (``above_cap`` warns).
    Raises ``NoInterest`` and ``TermsAreDated``.
    """
    check_earns(product)
    last = book.session.scalar(
        select(func.max(SavingsTerms.valid_from))
        .where(SavingsTerms.cooperative_id == book.cooperative_id)
        .where(SavingsTerms.product_code == product.code)
    )
    posted = last_posted(book, product)
    floor = max(
        months_after(last, 1) if last else date.min,
        months_after(parse_month(posted.month)[0], 1) if posted else date.min,
    )
    if valid_from.day != 1 or valid_from < floor:
        raise TermsAreDated(max(floor, valid_from.replace(day=1)), valid_from)
    row = SavingsTerms(
        cooperative_id=book.cooperative_id,
        product_code=product.code,
        valid_from=valid_from,
        basis=terms.basis,
        day_count=terms.day_count,
        tiers=json.dumps([[tier.above.units, str(tier.rate)] for tier in terms.tiers]),
        slices=terms.slices,
        least=terms.least,
        rounding=terms.rounding,
        source=source.strip(),
    )
    book.session.add(row)
    book.session.flush()
    return row


def terms_of(book: Book, product: SavingsProduct, on: date) -> InterestTerms | None:
    """Return the terms in force on a day, if there are any."""
    row = book.session.scalar(
        select(SavingsTerms)
        .where(SavingsTerms.cooperative_id == book.cooperative_id)
        .where(SavingsTerms.product_code == product.code)
        .where(SavingsTerms.valid_from <= on)
        .order_by(SavingsTerms.valid_from.desc())
        .limit(1)
    )
    if row is None:
        return None
    return InterestTerms(
        row.basis,
        tuple(
            Tier(Money(above), Rate.parse(rate))
            for above, rate in json.loads(row.tiers)
        ),
        row.day_count,
        row.slices,
        row.least,
        row.rounding,
    )


def first_terms(book: Book, product: SavingsProduct) -> date | None:
    """Return from when on a kind of savings has earned interest, if it ever has."""
    return book.session.scalar(
        select(func.min(SavingsTerms.valid_from))
        .where(SavingsTerms.cooperative_id == book.cooperative_id)
        .where(SavingsTerms.product_code == product.code)
    )


def above_cap(book: Book, terms: InterestTerms, on: date) -> int | None:
    """Return the cap in percent a year where a rate lies above it, else nothing.

    Source: Permenkop 8/2023 article 26, kept as the dated setting
    ``savings_interest_cap``.
    """
    cap = setting(book, "savings_interest_cap", on)
    highest = max(
        tier.rate.share * (1 if tier.rate.per is Per.YEAR else 12)
        for tier in terms.tiers
    )
    return cap if highest * 100 > cap else None


def check_earns(product: SavingsProduct) -> None:
    """Refuse a kind of savings that is a share; raise ``NoInterest``."""
    if product.savings_type is not SavingsType.VOLUNTARY:
        raise NoInterest(product.names)


def last_posted(book: Book, product: SavingsProduct) -> SavingsInterest | None:
    """Return the latest month whose interest stands: posted, and not reversed."""
    return book.session.scalar(
        select(SavingsInterest)
        .where(SavingsInterest.cooperative_id == book.cooperative_id)
        .where(SavingsInterest.product_code == product.code)
        .where(not_reversed(SavingsInterest))
        .order_by(SavingsInterest.month.desc())
        .limit(1)
    )


def entries_of(book: Book, product: SavingsProduct, month: str) -> list[int]:
    """Return the entries that posted the interest of a month or took it back."""
    posted = (
        select(SavingsInterest.entry_number)
        .where(SavingsInterest.cooperative_id == book.cooperative_id)
        .where(SavingsInterest.product_code == product.code)
        .where(SavingsInterest.month == month)
    )
    numbers = list(book.session.scalars(posted))
    undone = (
        select(Entry.number)
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Entry.reverses.in_(numbers))
    )
    return [*numbers, *book.session.scalars(undone)] if numbers else []


def standing_entry(book: Book, product: SavingsProduct, month: str) -> int | None:
    """Return the entry by which a month's interest stands, if one does."""
    return book.session.scalar(
        select(SavingsInterest.entry_number)
        .where(SavingsInterest.cooperative_id == book.cooperative_id)
        .where(SavingsInterest.product_code == product.code)
        .where(SavingsInterest.month == month)
        .where(not_reversed(SavingsInterest))
    )


def posting_day(book: Book, product: SavingsProduct, month: str) -> date:
    """Return the day on which a month's interest is booked: its last.

    Interest that was taken back on a later day is booked again on that day; on the
    month's last it would stand twice until the day of the reversal, and earn.  Where
    that day's month is closed meanwhile, it is booked on the first open day.
    """
    _first, last = parse_month(month)
    again = book.session.scalar(
        select(func.max(Entry.booked_on))
        .where(Entry.cooperative_id == book.cooperative_id)
        .where(Entry.number.in_(entries_of(book, product, month)))
    )
    if again is None or again <= last:
        return last
    closed = last_closed(book)
    return max(again, months_after(parse_month(closed)[0], 1)) if closed else again


def is_posted(book: Book, product: SavingsProduct, month: str) -> bool:
    """Say whether the interest of a month, ``2026-03``, stands as posted."""
    last = last_posted(book, product)
    return last is not None and last.month >= month
