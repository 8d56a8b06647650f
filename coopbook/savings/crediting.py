"""Interest on savings, month by month: on what terms, how much, and posted once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from babel.dates import format_date
from sqlalchemy import and_, func, or_, select

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.dates import day_before, month_of, parse_month
from coopbook.db.types import total
from coopbook.errors import Refused
from coopbook.i18n import N_, Names
from coopbook.ledger import chart
from coopbook.ledger.bulk import EntryDraft, post_all
from coopbook.ledger.model import Balance, Entry, Line
from coopbook.ledger.queries import card_balance
from coopbook.ledger.rules import Draft
from coopbook.money import ZERO, Money, Rate
from coopbook.savings.interest import InterestTerms, interest, withheld
from coopbook.savings.model import (
    SavingsAccount,
    SavingsInterest,
    SavingsProduct,
)
from coopbook.savings.terms import (
    check_earns,
    is_posted,
    last_posted,
    terms_of,
)

SOURCE = "savings.interest"


@dataclass(eq=False)
class NoTerms(Refused):
    """Nobody has said what this kind of savings earns."""

    sentence = N_(
        "%(product)s has no interest terms for %(month)s. "
        "Set them first: savings terms."
    )

    product: Names
    month: str


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


@dataclass(frozen=True, slots=True)
class Earned:
    """What one account earns in a month, and what of it is kept back as tax."""

    account: int
    member: int
    gross: Money
    tax: Money

    @property
    def net(self) -> Money:
        """What is added to the account."""
        return self.gross - self.tax


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The interest of a month for a kind of savings, account by account."""

    product: SavingsProduct
    month: str
    terms: InterestTerms
    earned: tuple[Earned, ...]

    @property
    def gross(self) -> Money:
        """Everything earned."""
        return sum((one.gross for one in self.earned), ZERO)

    @property
    def tax(self) -> Money:
        """Everything kept back."""
        return sum((one.tax for one in self.earned), ZERO)


def reckon(
    book: Book,
    product: SavingsProduct,
    month: str,
    *,
    terms: InterestTerms | None = None,
) -> Reckoning:
    """Reckon what every account of a kind earns in a month; nothing is posted.

    ``terms`` are others than those in force, to see what they would come to.  Each
    account is rounded once.  Tax is reckoned for a member's accounts of this kind
    together.  Raises ``NoInterest``, ``NoTerms``; ``ValueError`` for a month not
    written ``2026-03``.
    """
    check_earns(product)
    first, last = parse_month(month)
    terms = terms or terms_of(book, product, last)
    if terms is None:
        raise NoTerms(product.names, month)
    opening = _openings(book, product, first)
    moved = _movements(book, product, first, last)
    gross: dict[int, list[tuple[int, Money]]] = {}
    accounts = book.session.execute(
        select(
            SavingsAccount.number,
            SavingsAccount.member_number,
            SavingsAccount.earned_until,
        )
        .where(SavingsAccount.cooperative_id == book.cooperative_id)
        .where(SavingsAccount.product_code == product.code)
        .where(SavingsAccount.opened_on <= last)
        .order_by(SavingsAccount.number)
    )
    stands = is_posted(book, product, month)
    for number, member, until in accounts:
        held, changes = opening.get(number, ZERO), moved.get(number, {})
        if until is not None and until >= first and not stands:
            held, changes = since(until, held, changes)
        amount = interest(terms, first, last, held, changes)
        if amount > ZERO:
            gross.setdefault(member, []).append((number, amount))
    free = Money(setting(book, "savings_tax_free", last))
    rate = Rate.percent(setting(book, "savings_tax_rate", last))
    found = []
    for member, own in gross.items():
        taxes = withheld([amount for _, amount in own], free, rate)
        found += [
            Earned(number, member, amount, tax)
            for (number, amount), tax in zip(own, taxes, strict=True)
        ]
    return Reckoning(
        product, month, terms, tuple(sorted(found, key=lambda one: one.account))
    )


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
    found = reckon(book, product, month)
    if not found.earned:
        raise NothingEarned(product.names, month)
    first, last = parse_month(month)
    memo = f"Bunga {product.name_id} {format_date(first, 'MMMM yyyy', locale='id')}"
    draft = EntryDraft(last, memo, tuple(_lines(found)))
    (number,) = post_all(book, [draft], source=SOURCE)
    row = SavingsInterest(
        cooperative_id=book.cooperative_id,
        entry_number=number,
        product_code=product.code,
        month=month,
        accounts=len(found.earned),
        gross=found.gross,
        tax=found.tax,
    )
    book.session.add(row)
    book.session.flush()
    return row


def since(
    until: date, opening: Money, changes: dict[date, Money]
) -> tuple[Money, dict[date, Money]]:
    """Leave out the days whose interest was paid when an account was ruled off.

    Up to ``until`` nothing counts as there; the day after opens with what is left.

    >>> since(date(2026, 3, 10), Money(5), {date(2026, 3, 10): Money(-5),
    ...     date(2026, 3, 20): Money(7)})
    (Money(units=0), {datetime.date(2026, 3, 20): Money(units=7)})
    """
    before = sum((units for on, units in changes.items() if on <= until), opening)
    later = {on: units for on, units in changes.items() if on > until}
    if before:
        after = until + timedelta(days=1)
        later[after] = later.get(after, ZERO) + before
    return ZERO, later


def _lines(found: Reckoning) -> Iterator[Draft]:
    """Return the lines of a month: the whole to expense, then account by account."""
    yield Draft(chart.SAVINGS_INTEREST, found.gross, ZERO)
    control = found.product.account_number
    for one in found.earned:
        if one.net > ZERO:
            yield Draft(control, ZERO, one.net, one.account)
    if found.tax > ZERO:
        yield Draft(chart.SAVINGS_TAX, ZERO, found.tax)


def month_of_account(
    book: Book, account: SavingsAccount, first: date, last: date
) -> tuple[Money, dict[date, Money]]:
    """Return what one account held before a month, and what each day of it moved.

    Days that were paid when the account was ruled off earlier count as nothing.
    """
    held = card_balance(book, *account.card, as_of=day_before(first))
    rows = book.session.execute(
        select(Line.booked_on, total(Line.credit), total(Line.debit))
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.account_number == account.account_number)
        .where(Line.card_number == account.number)
        .where(Line.booked_on >= first)
        .where(Line.booked_on <= last)
        .group_by(Line.booked_on)
    )
    changes = {on: credit - debit for on, credit, debit in rows}
    if account.earned_until is not None and account.earned_until >= first:
        return since(account.earned_until, held, changes)
    return held, changes


def _openings(book: Book, product: SavingsProduct, first: date) -> dict[int, Money]:
    """Return what each account held before a month."""
    before = month_of(day_before(first))
    newest_first = func.row_number().over(
        partition_by=Balance.card_number, order_by=Balance.month.desc()
    )
    months = (
        select(
            *(Balance.card_number, Balance.opening, Balance.debit, Balance.credit),
            newest_first.label("place"),
        )
        .where(Balance.cooperative_id == book.cooperative_id)
        .where(Balance.account_number == product.account_number)
        .where(Balance.month <= before)
        .subquery()
    )
    rows = book.session.execute(
        select(
            months.c.card_number, months.c.opening, months.c.debit, months.c.credit
        ).where(months.c.place == 1)
    )
    return {
        number: Money(right - left - opening) for number, opening, left, right in rows
    }


def _movements(
    book: Book, product: SavingsProduct, first: date, last: date
) -> dict[int, dict[date, Money]]:
    """Return what each day of a month moved on each account that moved.

    The month's own interest, where it is posted already, is left out.
    """
    own = (SOURCE, f"{SOURCE}.reversal")
    rows = book.session.execute(
        select(Line.card_number, Line.booked_on, total(Line.credit), total(Line.debit))
        .join(
            Balance,
            and_(
                Balance.cooperative_id == Line.cooperative_id,
                Balance.account_number == Line.account_number,
                Balance.card_number == Line.card_number,
            ),
        )
        .join(
            Entry,
            and_(
                Entry.cooperative_id == Line.cooperative_id,
                Entry.number == Line.entry_number,
            ),
        )
        .where(or_(Entry.source.not_in(own), Line.booked_on < last))
        .where(Balance.cooperative_id == book.cooperative_id)
        .where(Balance.account_number == product.account_number)
        .where(Balance.month == month_of(first))
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.booked_on >= first)
        .where(Line.booked_on <= last)
        .group_by(Line.card_number, Line.booked_on)
        .order_by(Line.card_number, Line.booked_on)
    )
    return {
        number: {on: credit - debit for _, on, credit, debit in days}
        for number, days in groupby(rows, key=lambda row: row[0])
    }
