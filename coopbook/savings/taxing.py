"""The tax on interest: what a member was paid in a calendar month, by everything.

Savings of each kind, term deposits and a leaving pay interest on days of their own;
the tax looks at the month as a whole.  Each room that pays interest says what it paid.
Source: final, 10 percent where a member's interest passes 240,000 in a month (PP
15/2009) [secondary source]; both figures are dated settings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sqlalchemy import and_, select

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.dates import last_day
from coopbook.db.types import total
from coopbook.ledger.model import Line
from coopbook.ledger.queries import not_reversed
from coopbook.money import ZERO, Money, Rate
from coopbook.savings.interest import PaidBefore, tax_now
from coopbook.savings.model import SavingsAccount, SavingsInterest, SavingsTax

Asked = Sequence[int] | None
"""The members asked about; nothing for all of them."""
Source = Callable[[Book, date, date, Asked], Mapping[int, PaidBefore]]
"""Says what members were paid from one day to another, gross, and the tax on it."""
SOURCES: list[Source] = []


def pays_interest(source: Source) -> Source:
    """Register what else pays members interest."""
    SOURCES.append(source)
    return source


def paid_in_month(
    book: Book, on: date, members: Asked = None, *, but: str | None = None
) -> dict[int, PaidBefore]:
    """Return what each member was paid in the month of a day, and the tax on it.

    ``but`` leaves out the month's interest of a kind of savings, by its code.
    """
    first, last = on.replace(day=1), last_day(on.year, on.month)
    found = _of_savings(book, first, members, but)
    for source in SOURCES:
        for member, more in source(book, first, last, members).items():
            found[member] = found.get(member, PaidBefore()) + more
    return found


class Withholding:
    """Keeps the tax back of what one member is paid, one payment after the other."""

    def __init__(self, book: Book, member: int) -> None:
        self._book, self._member = book, member
        self._months: dict[tuple[int, int], PaidBefore] = {}

    def take(self, gross: Money, on: date) -> Money:
        """Return the tax of a payment, and remember both."""
        month = (on.year, on.month)
        if month not in self._months:
            before = paid_in_month(self._book, on, [self._member])
            self._months[month] = before.get(self._member, PaidBefore())
        free, rate = terms_of_tax(self._book, on)
        tax = tax_now(gross, self._months[month], free, rate)
        self._months[month] += PaidBefore(max(gross, ZERO), tax)
        return tax


def terms_of_tax(book: Book, on: date) -> tuple[Money, Rate]:
    """Return up to what a month's interest is free of tax, and the rate above it."""
    return (
        Money(setting(book, "savings_tax_free", on)),
        Rate.percent(setting(book, "savings_tax_rate", on)),
    )


def _of_savings(
    book: Book, first: date, members: Asked, but: str | None
) -> dict[int, PaidBefore]:
    posted = (
        select(SavingsInterest.entry_number)
        .where(SavingsInterest.cooperative_id == book.cooperative_id)
        .where(SavingsInterest.product_code != (but or ""))
        .where(SavingsInterest.month == f"{first:%Y-%m}")
        .where(not_reversed(SavingsInterest))
    )
    entries = list(book.session.scalars(posted))
    if not entries:
        return {}
    net = (
        select(SavingsAccount.member_number, total(Line.credit))
        .join(
            Line,
            and_(
                Line.cooperative_id == SavingsAccount.cooperative_id,
                Line.account_number == SavingsAccount.account_number,
                Line.card_number == SavingsAccount.number,
            ),
        )
        .where(SavingsAccount.cooperative_id == book.cooperative_id)
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.entry_number.in_(entries))
        .group_by(SavingsAccount.member_number)
    )
    kept = (
        select(SavingsAccount.member_number, total(SavingsTax.tax))
        .join(
            SavingsTax,
            and_(
                SavingsTax.cooperative_id == SavingsAccount.cooperative_id,
                SavingsTax.savings_number == SavingsAccount.number,
            ),
        )
        .where(SavingsAccount.cooperative_id == book.cooperative_id)
        .where(SavingsTax.entry_number.in_(entries))
        .group_by(SavingsAccount.member_number)
    )
    if members is not None:
        net = net.where(SavingsAccount.member_number.in_(members))
        kept = kept.where(SavingsAccount.member_number.in_(members))
    found = {
        member: PaidBefore(units, ZERO) for member, units in book.session.execute(net)
    }
    for member, tax in book.session.execute(kept):
        found[member] = found.get(member, PaidBefore()) + PaidBefore(tax, tax)
    return found
