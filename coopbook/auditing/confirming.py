"""Whom to ask what the book says of them, and what it says (*konfirmasi saldo*).

A member who confirms a balance is evidence from outside the book.  Members are drawn by
a seed, like vouchers; the amount that makes one likelier is everything saved and owed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from coopbook.auditing.sampling import Item, Method, Sample, draw
from coopbook.book import Book
from coopbook.deposits.model import TermDeposit
from coopbook.i18n import Names
from coopbook.ledger import chart
from coopbook.ledger.model import Account
from coopbook.ledger.queries import all_card_balances
from coopbook.ledger.rules import Side
from coopbook.loans.model import Loan
from coopbook.members.model import Member
from coopbook.money import ZERO, Money
from coopbook.savings.model import SavingsAccount


@dataclass(frozen=True, slots=True)
class ConfirmedCard:
    """A card of a member: on which account, its number, what it holds, whether owed."""

    number: int
    account: Names
    balance: Money
    owed: bool


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a member is asked to confirm: everything saved and everything owed."""

    member: Member
    cards: tuple[ConfirmedCard, ...]

    @property
    def saved(self) -> Money:
        """Shares and savings together."""
        return sum((one.balance for one in self.cards if not one.owed), ZERO)

    @property
    def owed(self) -> Money:
        """Principal of loans together."""
        return sum((one.balance for one in self.cards if one.owed), ZERO)


@dataclass(frozen=True, slots=True)
class Confirmations:
    """The members who were drawn, from how many, by what seed."""

    on: date
    sample: Sample
    asked: tuple[Confirmation, ...]


def confirmations(
    book: Book, on: date, *, size: int, seed: str, method: Method = Method.RANDOM
) -> Confirmations:
    """Draw members who had something saved or owed at the end of a day.

    Raises ``SeedNeeded`` and ``NoSample``; the same seed draws the same members.
    """
    cards = _cards(book, on)
    items = [
        Item(number, sum((one.balance for one in some), ZERO))
        for number, some in cards.items()
    ]
    sample = draw(items, method, size, seed)
    rows = book.session.scalars(
        select(Member)
        .where(Member.cooperative_id == book.cooperative_id)
        .where(Member.number.in_(sample.drawn))
        .order_by(Member.number)
    )
    asked = tuple(Confirmation(row, tuple(cards[row.number])) for row in rows)
    return Confirmations(on, sample, asked)


def _cards(book: Book, on: date) -> dict[int, list[ConfirmedCard]]:
    """Return every member's cards that hold something on a day.

    Shares, savings, term deposits, surplus not taken, loans.
    """
    own = book.cooperative_id
    held = all_card_balances(book, on)
    accounts = {
        row.number: row
        for row in book.session.scalars(
            select(Account).where(Account.cooperative_id == own)
        )
    }
    found: dict[int, list[ConfirmedCard]] = defaultdict(list)
    for member, units in sorted(
        (card, units)
        for (account, card), units in held.items()
        if account == chart.MEMBER_SURPLUS and units
    ):
        row = accounts[chart.MEMBER_SURPLUS]
        waits = ConfirmedCard(
            member, Names(row.name_id, row.name_en), Money(-units), owed=False
        )
        found[member].append(waits)
    for of, owed in ((SavingsAccount, False), (TermDeposit, False), (Loan, True)):
        rows = book.session.execute(
            select(of.member_number, of.account_number, of.number)
            .where(of.cooperative_id == own)
            .order_by(of.number)
        )
        for member, account, number in rows:
            units = held.get((account, number), 0)
            if not units:
                continue
            row = accounts[account]
            grows = units if row.normal_balance is Side.DEBIT else -units
            names = Names(row.name_id, row.name_en)
            found[member].append(ConfirmedCard(number, names, Money(grows), owed))
    return dict(sorted(found.items()))
