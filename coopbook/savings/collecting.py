"""Collect a whole hamlet: one sheet of what everybody owes, posted as one entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from coopbook.book import Book
from coopbook.errors import Missing, Refused
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.ledger.model import Entry, Line
from coopbook.ledger.posting import post
from coopbook.ledger.rules import VoucherKind, credit, debit
from coopbook.members.model import Member
from coopbook.money import ZERO, Money
from coopbook.savings.blocking import asleep_among, stay_asleep
from coopbook.savings.calendar import ShareCalendar
from coopbook.savings.mandatory import owing
from coopbook.savings.model import Collection, SavingsAccount
from coopbook.savings.rules import SavingsType
from coopbook.savings.service import check_deposit

SOURCE = "savings.collect"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line of the sheet: a member, what is owed, and where voluntary money goes."""

    member: Member
    mandatory: SavingsAccount | None
    voluntary: SavingsAccount | None
    calendar: ShareCalendar


@dataclass(frozen=True, slots=True)
class Collected:
    """What a member gave on the round, on one account."""

    account: SavingsAccount
    amount: Money


@dataclass(eq=False)
class NoSuchCollection(Missing):
    """No round was posted by that entry."""

    sentence = N_("There is no collection with the number %(number)s.")

    number: int


@dataclass(eq=False)
class NothingCollected(Refused):
    """A sheet without an amount is no collection."""

    sentence = N_("Write the amount of at least one member, then post the sheet.")


@dataclass(eq=False)
class TwiceOnSheet(Refused):
    """An account stands on a sheet once."""

    sentence = N_("Account %(number)s of %(name)s stands on the sheet twice.")

    number: int
    name: str


@dataclass(eq=False)
class NotOnARound(Refused):
    """The principal share makes a member, and is paid at the counter."""

    sentence = N_(
        "%(name)s pays the principal share at the counter, where it makes a member."
    )

    name: str


def sheet(
    book: Book, on: date, *, hamlet: str | None = None, after: int = 0, limit: int = 60
) -> list[SheetRow]:
    """Return the sheet of a hamlet, or of everybody, by member number."""
    standings = owing(book, on, hamlet=hamlet, after=after, limit=limit)
    rows = select(SavingsAccount).where(
        SavingsAccount.cooperative_id == book.cooperative_id,
        SavingsAccount.account_number == chart.VOLUNTARY,
        SavingsAccount.closed_on.is_(None),
        SavingsAccount.member_number.in_([one.member.number for one in standings]),
    )
    free = {row.member_number: row for row in book.session.scalars(rows)}
    return [
        SheetRow(one.member, one.account, free.get(one.member.number), one.calendar)
        for one in standings
    ]


def collect(
    book: Book,
    gave: Sequence[Collected],
    *,
    on: date,
    hamlet: str,
    collector: str,
    field_cash: bool = False,
) -> Entry:
    """Post a round as one entry: what everybody gave, each on the right card.

    ``field_cash`` leaves the money with the collector (11104) until it is handed
    over.  Raises ``NothingCollected``, ``TwiceOnSheet``, ``NotOnARound`` and what
    ``savings.deposit`` refuses of any one of them; then nothing is posted.
    """
    if not gave:
        raise NothingCollected
    seen: set[int] = set()
    for one in gave:
        name = one.account.member.name
        if one.account.number in seen:
            raise TwiceOnSheet(one.account.number, name)
        if one.account.product.savings_type is SavingsType.PRINCIPAL_SHARE:
            raise NotOnARound(name)
        seen.add(one.account.number)
        check_deposit(book, one.account, one.amount, on=on)
    whole = sum((one.amount for one in gave), ZERO)
    people = {one.account.member_number for one in gave}
    sleeping = asleep_among(book, [one.account for one in gave], on)
    cash = chart.FIELD_CASH if field_cash else chart.TELLER_CASH
    entry = post(
        book,
        on=on,
        memo=f"Kolekte {hamlet.strip() or 'anggota'}, {len(people)} anggota",
        lines=[
            debit(cash, whole),
            *(
                credit(one.account.account_number, one.amount, card=one.account.number)
                for one in gave
            ),
        ],
        kind=VoucherKind.BKM,
        source=SOURCE,
    )
    book.session.add(
        Collection(
            cooperative_id=book.cooperative_id,
            entry_number=entry.number,
            hamlet=hamlet.strip(),
            collector=collector.strip(),
            members=len(people),
            amount=whole,
        )
    )
    book.session.flush()
    for account, since in sleeping:
        stay_asleep(book, account, since)
    return entry


def collections(
    book: Book, *, before: int | None = None, limit: int = 25
) -> list[Collection]:
    """Return the rounds that were posted, newest first."""
    rows = (
        select(Collection)
        .where(Collection.cooperative_id == book.cooperative_id)
        .order_by(Collection.entry_number.desc())
        .limit(limit)
    )
    if before is not None:
        rows = rows.where(Collection.entry_number < before)
    return list(book.session.scalars(rows))


def collection(book: Book, entry_number: int) -> Collection:
    """Return a round by the number of its entry; raise ``NoSuchCollection``."""
    row = book.get(Collection, entry_number)
    if row is None:
        raise NoSuchCollection(entry_number)
    return row


def collected(book: Book, of: Collection) -> list[Collected]:
    """Return what was given on a round, in the order in which it was written."""
    rows = book.session.execute(
        select(SavingsAccount, Line.credit)
        .join(
            Line,
            (Line.cooperative_id == SavingsAccount.cooperative_id)
            & (Line.account_number == SavingsAccount.account_number)
            & (Line.card_number == SavingsAccount.number),
        )
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.entry_number == of.entry_number)
        .order_by(Line.number)
    )
    return [Collected(account, amount) for account, amount in rows]
