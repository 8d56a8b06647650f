"""What every account of a kind earns in a month, reckoned from the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Text, and_, cast, func, select, type_coerce

from coopbook.book import Book
from coopbook.dates import day_before, month_of, parse_month
from coopbook.db.types import total
from coopbook.errors import Refused
from coopbook.i18n import N_, Names
from coopbook.ledger.model import Balance, Line
from coopbook.ledger.queries import card_balance
from coopbook.money import Money
from coopbook.savings.interest import NOTHING, InterestTerms, withheld
from coopbook.savings.model import SavingsAccount, SavingsProduct, SavingsTax
from coopbook.savings.reckoner import reckoner
from coopbook.savings.taxing import paid_in_month, terms_of_tax
from coopbook.savings.terms import (
    check_earns,
    entries_of,
    is_posted,
    standing_entry,
    terms_of,
)

SOURCE = "savings.interest"
Days = Sequence[tuple[int, int]]
"""What each day moved: days from 0 for the first of a month, units, in order."""


@dataclass(eq=False)
class NoTerms(Refused):
    """Nobody has said what this kind of savings earns."""

    sentence = N_(
        "%(product)s has no interest terms for %(month)s. "
        "Set them first: savings terms."
    )

    product: Names
    month: str


class Earned(NamedTuple):
    """What one account earns in a month, and what of it is kept back, in units."""

    account: int
    member: int
    earns: int
    withheld: int

    @property
    def gross(self) -> Money:
        """What the account earns."""
        return Money(self.earns)

    @property
    def tax(self) -> Money:
        """What of it is kept back as tax."""
        return Money(self.withheld)

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
        return Money(sum(one.earns for one in self.earned))

    @property
    def tax(self) -> Money:
        """Everything kept back."""
        return Money(sum(one.withheld for one in self.earned))


def reckon(
    book: Book,
    product: SavingsProduct,
    month: str,
    *,
    terms: InterestTerms | None = None,
) -> Reckoning:
    """Reckon what every account of a kind earns in a month; nothing is posted.

    ``terms`` are others than those in force, to see what they would come to.  Each
    account is rounded once.  Tax is reckoned on all interest the month pays a member,
    deposits and other kinds among it.  Raises ``NoInterest``, ``NoTerms``;
    ``ValueError`` for a month not written ``2026-03``.
    """
    check_earns(product)
    first, last = parse_month(month)
    terms = terms or terms_of(book, product, last)
    if terms is None:
        raise NoTerms(product.names, month)
    moved = _movements(book, product, first, last)
    stands, earns = is_posted(book, product, month), reckoner(terms, first, last)
    paid = _paid_to_leavers(book, product, month) if stands else {}
    gross: list[Earned] = []
    for number, member, until, held in _accounts(book, product, first, last):
        days = moved.get(number, ())
        if until is not None and until >= first:
            if stands:  # what they got tells whether they left before it was posted
                if units := paid.get(number, 0):
                    gross.append(Earned(number, member, units, 0))
                continue
            if until >= last:
                continue  # all of the month was paid when it was ruled off
            held, days = since((until - first).days, held, days)
        units = earns(held, days)
        if units:
            gross.append(Earned(number, member, units, 0))
    return Reckoning(product, month, terms, tuple(_taxed(book, product, gross, last)))


def _taxed(
    book: Book, product: SavingsProduct, gross: Sequence[Earned], last: date
) -> Sequence[Earned]:
    """Keep back the tax of each member who is paid more in the month than is free.

    Given by account, nothing withheld; so is what is returned.
    """
    free, rate = terms_of_tax(book, last)
    before = paid_in_month(book, last, but=product.code)
    together: dict[int, int] = {}
    for _, member, earns, _ in gross:
        together[member] = together.get(member, 0) + earns
    for member, more in before.items():
        if member in together:
            together[member] += more.gross.units
    above = {member for member, earns in together.items() if earns > free.units}
    if not above:
        return gross
    own: dict[int, list[Earned]] = {}
    for one in gross:
        if one.member in above:
            own.setdefault(one.member, []).append(one)
    kept: dict[int, int] = {}
    for member, accounts in own.items():
        earned = [one.gross for one in accounts]
        taxes = withheld(earned, free, rate, before.get(member, NOTHING))
        for one, tax in zip(accounts, taxes, strict=True):
            kept[one.account] = tax.units
    return [one._replace(withheld=kept.get(one.account, 0)) for one in gross]


def _paid_to_leavers(book: Book, product: SavingsProduct, month: str) -> dict[int, int]:
    """Return what a posted month was to accounts that were ever ruled off, in units."""
    entry = standing_entry(book, product, month)
    if entry is None:
        return {}
    net = (
        select(Line.card_number, total(Line.credit))
        .join(
            SavingsAccount,
            and_(
                SavingsAccount.cooperative_id == Line.cooperative_id,
                SavingsAccount.number == Line.card_number,
            ),
        )
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.entry_number == entry)
        .where(Line.account_number == product.account_number)
        .where(SavingsAccount.earned_until.is_not(None))
        .group_by(Line.card_number)
    )
    taxed = (
        select(SavingsTax.savings_number, SavingsTax.gross)
        .where(SavingsTax.cooperative_id == book.cooperative_id)
        .where(SavingsTax.entry_number == entry)
    )
    found = {number: amount.units for number, amount in book.session.execute(net)}
    whole = {number: amount.units for number, amount in book.session.execute(taxed)}
    return found | whole


def since(until: int, held: int, days: Days) -> tuple[int, Days]:
    """Leave out the days whose interest was paid when an account was ruled off.

    Days are counted from 0 for the first of the month.  Up to ``until`` nothing counts
    as there; the day after opens with what is left.

    >>> since(9, 5, [(9, -5), (19, 7)])
    (0, [(19, 7)])
    >>> since(9, 5, [(19, 7)])
    (0, [(10, 5), (19, 7)])
    """
    left = held + sum(units for day, units in days if day <= until)
    later = [(day, units) for day, units in days if day > until]
    return 0, [(until + 1, left), *later] if left else later


def month_of_account(
    book: Book, account: SavingsAccount, first: date, last: date
) -> tuple[int, Days]:
    """Return the units one account held before a month, and what its days moved.

    Days that were paid when the account was ruled off earlier count as nothing.
    """
    held = card_balance(book, *account.card, as_of=day_before(first)).units
    rows = book.session.execute(
        select(Line.booked_on, total(Line.credit), total(Line.debit))
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.account_number == account.account_number)
        .where(Line.card_number == account.number)
        .where(Line.booked_on >= first)
        .where(Line.booked_on <= last)
        .group_by(Line.booked_on)
        .order_by(Line.booked_on)
    )
    days = [((on - first).days, (right - left).units) for on, right, left in rows]
    until = account.earned_until
    if until is not None and until >= first:
        return since((until - first).days, held, days)
    return held, days


def _accounts(
    book: Book, product: SavingsProduct, first: date, last: date
) -> Sequence[Any]:
    """Return each account, its member, until when it earned, and what it held before.

    What it held, in units, is found in the last month of its card before this one.
    """
    closing = Balance.credit - Balance.debit - Balance.opening
    held = (
        select(type_coerce(closing, BigInteger))
        .where(Balance.cooperative_id == SavingsAccount.cooperative_id)
        .where(Balance.account_number == product.account_number)
        .where(Balance.card_number == SavingsAccount.number)
        .where(Balance.month <= month_of(day_before(first)))
        .order_by(Balance.month.desc())
        .limit(1)
        .correlate(SavingsAccount)
        .scalar_subquery()
    )
    return (
        book.session.connection()
        .execute(
            select(
                SavingsAccount.number,
                SavingsAccount.member_number,
                SavingsAccount.earned_until,
                func.coalesce(held, 0),
            )
            .where(SavingsAccount.cooperative_id == book.cooperative_id)
            .where(SavingsAccount.product_code == product.code)
            .where(SavingsAccount.opened_on <= last)
            .order_by(SavingsAccount.number)
        )
        .all()
    )


def _movements(
    book: Book, product: SavingsProduct, first: date, last: date
) -> Mapping[int, Days]:
    """Return what each day of a month moved on each account that moved.

    The month's own interest, where it is posted already, is left out.
    """
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    # One engine gives a day as a date, the other as it is written.
    places = {said: n for n, on in enumerate(days) for said in (on, on.isoformat())}
    moved = cast(func.sum(Line.credit) - func.sum(Line.debit), BigInteger)
    rows = (
        select(
            Line.card_number,
            type_coerce(Line.booked_on, Text),
            type_coerce(moved, BigInteger),
        )
        .join(
            Balance,
            and_(
                Balance.cooperative_id == Line.cooperative_id,
                Balance.account_number == Line.account_number,
                Balance.card_number == Line.card_number,
            ),
        )
        .where(Balance.cooperative_id == book.cooperative_id)
        .where(Balance.account_number == product.account_number)
        .where(Balance.month == month_of(first))
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.booked_on >= first)
        .where(Line.booked_on <= last)
        .group_by(Line.card_number, Line.booked_on)
        .order_by(Line.card_number, Line.booked_on)
    )
    own = entries_of(book, product, f"{first:%Y-%m}")
    if own:
        rows = rows.where(Line.entry_number.not_in(own))
    found: dict[int, list[tuple[int, int]]] = {}
    for number, on, units in book.session.connection().execute(rows).all():
        day = (places[on], units)
        if number in found:
            found[number].append(day)
        else:
            found[number] = [day]
    return found
