"""Hold money where it is: for a guarantor, as security, by order of a court."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.db.types import total
from coopbook.errors import Conflict, Missing, Refused
from coopbook.i18n import N_
from coopbook.ledger.model import Card, Line
from coopbook.ledger.queries import card_balance
from coopbook.ledger.rules import ReasonNeeded, check_amount
from coopbook.money import ZERO, Money
from coopbook.savings.model import SavingsAccount, SavingsHold
from coopbook.savings.rules import HoldReason


@dataclass(eq=False)
class NoSuchHold(Missing):
    """There is no hold of that number."""

    sentence = N_("There is no hold %(number)s.")

    number: int


@dataclass(eq=False)
class NotSoMuchToHold(Refused):
    """What is held has to be there."""

    sentence = N_("At most %(available)s of this account can be held, not %(asked)s.")

    available: Money
    asked: Money


@dataclass(eq=False)
class ReleasedAlready(Conflict):
    """A hold is released once."""

    sentence = N_("Hold %(number)s was released on %(on)s.")

    number: int
    on: date


def hold(
    book: Book,
    account: SavingsAccount,
    amount: Money,
    *,
    why: HoldReason,
    note: str,
    on: date,
    loan: int | None = None,
) -> SavingsHold:
    """Hold an amount on an account until it is released.

    The card's floor rises with it, so neither a withdrawal nor a reversal goes
    below.  ``loan`` names the loan it secures.  Raises ``NotAnAmount``,
    ``ReasonNeeded`` and ``NotSoMuchToHold``.
    """
    check_amount(amount)
    tidy = note.strip()
    if not tidy:
        raise ReasonNeeded
    free = max(least_from(book, account, on) - held(book, account), ZERO)
    if amount > free:
        raise NotSoMuchToHold(free, amount)
    row = _hold(book, amount, why, tidy, on, loan, savings_number=account.number)
    _set_floor(book, account)
    return row


def hold_deposit(
    book: Book,
    deposit_number: int,
    amount: Money,
    *,
    why: HoldReason,
    note: str,
    on: date,
    loan: int | None = None,
) -> SavingsHold:
    """Hold a term deposit as a whole; ``deposits.pledge`` has looked at it first."""
    if not note.strip():
        raise ReasonNeeded
    return _hold(
        *(book, amount, why, note.strip(), on, loan), deposit_number=deposit_number
    )


def _hold(
    book: Book,
    amount: Money,
    why: HoldReason,
    note: str,
    on: date,
    loan: int | None,
    *,
    savings_number: int | None = None,
    deposit_number: int | None = None,
) -> SavingsHold:
    last = book.session.scalar(
        select(func.max(SavingsHold.number)).where(
            SavingsHold.cooperative_id == book.cooperative_id
        )
    )
    row = SavingsHold(
        cooperative_id=book.cooperative_id,
        number=(last or 0) + 1,
        savings_number=savings_number,
        deposit_number=deposit_number,
        loan_number=loan,
        amount=amount,
        why=why,
        note=note,
        placed_on=on,
        released_on=None,
        release_note=None,
    )
    book.session.add(row)
    book.session.flush()
    return row


def release(book: Book, row: SavingsHold, *, on: date, note: str) -> SavingsHold:
    """Let held money go; raise ``ReleasedAlready`` and ``ReasonNeeded``."""
    if row.released_on is not None:
        raise ReleasedAlready(row.number, row.released_on)
    if not note.strip():
        raise ReasonNeeded
    row.released_on, row.release_note = on, note.strip()
    book.session.flush()
    if row.savings_number is not None:
        account = book.get(SavingsAccount, row.savings_number)
        assert account is not None
        _set_floor(book, account)
    return row


def hold_again(book: Book, row: SavingsHold) -> None:
    """Take a release back together with what it was released for."""
    row.released_on = row.release_note = None
    book.session.flush()
    if row.savings_number is not None:
        account = book.get(SavingsAccount, row.savings_number)
        assert account is not None
        _set_floor(book, account)


def find_hold(book: Book, number: int) -> SavingsHold:
    """Return a hold; raise ``NoSuchHold``."""
    row = book.get(SavingsHold, number)
    if row is None:
        raise NoSuchHold(number)
    return row


def holds(
    book: Book,
    *,
    account: int | None = None,
    deposit: int | None = None,
    loan: int | None = None,
    standing: bool = True,
) -> list[SavingsHold]:
    """Return the holds on an account, a deposit, or for a loan; released ones too
    unless only those that stand are asked for."""
    rows = (
        select(SavingsHold)
        .where(SavingsHold.cooperative_id == book.cooperative_id)
        .order_by(SavingsHold.number)
    )
    if account is not None:
        rows = rows.where(SavingsHold.savings_number == account)
    if deposit is not None:
        rows = rows.where(SavingsHold.deposit_number == deposit)
    if loan is not None:
        rows = rows.where(SavingsHold.loan_number == loan)
    if standing:
        rows = rows.where(SavingsHold.released_on.is_(None))
    return list(book.session.scalars(rows))


def held(book: Book, account: SavingsAccount) -> Money:
    """Return what is held on an account."""
    return (
        book.session.scalar(
            select(total(SavingsHold.amount))
            .where(SavingsHold.cooperative_id == book.cooperative_id)
            .where(SavingsHold.savings_number == account.number)
            .where(SavingsHold.released_on.is_(None))
        )
        or ZERO
    )


def least_from(book: Book, account: SavingsAccount, on: date) -> Money:
    """Return the least an account holds on a day and every later one."""
    running = card_balance(book, *account.card)
    later = book.session.execute(
        select(Line.booked_on, total(Line.credit), total(Line.debit))
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.account_number == account.account_number)
        .where(Line.card_number == account.number)
        .where(Line.booked_on > on)
        .group_by(Line.booked_on)
        .order_by(Line.booked_on)
    ).all()
    moved = [right.units - left.units for _, right, left in later]
    least = units = running.units - sum(moved)
    for change in moved:
        units += change
        least = min(least, units)
    return Money(least)


def _set_floor(book: Book, account: SavingsAccount) -> None:
    card = book.get(Card, *account.card)
    assert card is not None
    card.floor = held(book, account)
    book.session.flush()
