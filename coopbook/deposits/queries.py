"""Find term deposits, what they earned, and what waits to be done with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.db.types import total
from coopbook.deposits.model import DepositInterest, DepositTerms, TermDeposit
from coopbook.deposits.reckoning import interest, last_anniversary
from coopbook.deposits.rules import DepositState, NoSuchDeposit, Pays
from coopbook.ledger.model import Entry
from coopbook.ledger.queries import not_reversed
from coopbook.members.model import Member
from coopbook.money import ZERO, Money, Per
from coopbook.savings.holding import holds
from coopbook.savings.interest import PaidBefore
from coopbook.savings.model import SavingsHold
from coopbook.savings.taxing import Asked, pays_interest


@dataclass(frozen=True, slots=True)
class Earnings:
    """What entries that stand accrued and paid of a deposit's interest, and until when.

    ``tax`` is what was kept back of it.
    """

    accrued: Money
    paid: Money
    tax: Money
    until: date


@dataclass(frozen=True, slots=True)
class DepositStanding:
    """A deposit with what it earned, what it will at maturity, and its holds."""

    deposit: TermDeposit
    earnings: Earnings
    to_date: Money
    at_maturity: Money
    holds: tuple[SavingsHold, ...]


def deposit(book: Book, number: int) -> TermDeposit:
    """Return a term deposit; raise ``NoSuchDeposit``."""
    row = book.get(TermDeposit, number)
    if row is None:
        raise NoSuchDeposit(number)
    return row


def deposits_of(book: Book, member: Member) -> list[TermDeposit]:
    """Return a member's deposits, newest first."""
    rows = (
        select(TermDeposit)
        .where(TermDeposit.cooperative_id == book.cooperative_id)
        .where(TermDeposit.member_number == member.number)
        .order_by(TermDeposit.number.desc())
    )
    return list(book.session.scalars(rows))


def running(
    book: Book, *, matures_by: date | None = None, after: int = 0, limit: int = 500
) -> list[TermDeposit]:
    """Return the deposits that run, by number; those that mature by a day if asked."""
    rows = (
        select(TermDeposit)
        .where(TermDeposit.cooperative_id == book.cooperative_id)
        .where(TermDeposit.state == DepositState.OPEN)
        .where(TermDeposit.number > after)
        .order_by(TermDeposit.number)
        .limit(limit)
    )
    if matures_by is not None:
        rows = rows.where(TermDeposit.matures_on <= matures_by)
    return list(book.session.scalars(rows))


def last_number(book: Book) -> int:
    """Return the highest number given to a deposit."""
    rows = select(func.max(TermDeposit.number)).where(
        TermDeposit.cooperative_id == book.cooperative_id
    )
    return int(book.session.scalar(rows) or 0)


def terms_on(book: Book, months: int, on: date) -> DepositTerms | None:
    """Return the terms in force on a day for deposits of so many months."""
    return book.session.scalar(
        select(DepositTerms)
        .where(DepositTerms.cooperative_id == book.cooperative_id)
        .where(DepositTerms.months == months)
        .where(DepositTerms.valid_from <= on)
        .order_by(DepositTerms.valid_from.desc())
        .limit(1)
    )


def all_terms(book: Book) -> list[DepositTerms]:
    """Return every terms that were ever set, by months, newest first."""
    rows = (
        select(DepositTerms)
        .where(DepositTerms.cooperative_id == book.cooperative_id)
        .order_by(DepositTerms.months, DepositTerms.valid_from.desc())
    )
    return list(book.session.scalars(rows))


def earnings(book: Book, of: TermDeposit) -> Earnings:
    """Return what was accrued and paid of a deposit by entries that stand."""
    found = earnings_of(book, [of.number])
    return found.get(of.number, Earnings(ZERO, ZERO, ZERO, of.opened_on))


def earnings_of(book: Book, numbers: list[int]) -> dict[int, Earnings]:
    """Return the same of many deposits, of those that have any."""
    rows = book.session.execute(
        select(
            DepositInterest.deposit_number,
            total(DepositInterest.accrued),
            total(DepositInterest.paid),
            total(DepositInterest.tax),
            func.max(DepositInterest.until),
        )
        .where(DepositInterest.cooperative_id == book.cooperative_id)
        .where(DepositInterest.deposit_number.in_(numbers))
        .where(not_reversed(DepositInterest))
        .group_by(DepositInterest.deposit_number)
    )
    return {
        number: Earnings(accrued, paid, tax, until)
        for number, accrued, paid, tax, until in rows
    }


def standing(book: Book, of: TermDeposit, on: date) -> DepositStanding:
    """Say how a deposit stands on a day: earned to date, earned at maturity."""
    until = min(max(of.ended_on or on, of.opened_on), of.matures_on)
    terms = (of.principal, of.rate, of.day_count, of.opened_on)
    return DepositStanding(
        of,
        earnings(book, of),
        interest(*terms, until),
        interest(*terms, of.matures_on),
        tuple(holds(book, deposit=of.number)),
    )


@pays_interest
def _paid_to_members(
    book: Book, first: date, last: date, members: Asked
) -> dict[int, PaidBefore]:
    """Return the deposit interest members were paid, and the tax on it."""
    rows = (
        select(
            TermDeposit.member_number,
            total(DepositInterest.paid),
            total(DepositInterest.tax),
        )
        .join(
            DepositInterest,
            (TermDeposit.cooperative_id == DepositInterest.cooperative_id)
            & (TermDeposit.number == DepositInterest.deposit_number),
        )
        .join(
            Entry,
            (Entry.cooperative_id == DepositInterest.cooperative_id)
            & (Entry.number == DepositInterest.entry_number),
        )
        .where(TermDeposit.cooperative_id == book.cooperative_id)
        .where(DepositInterest.paid > ZERO)
        .where(Entry.booked_on >= first)
        .where(Entry.booked_on <= last)
        .where(not_reversed(DepositInterest))
        .group_by(TermDeposit.member_number)
    )
    if members is not None:
        rows = rows.where(TermDeposit.member_number.in_(members))
    return {
        member: PaidBefore(paid, tax)
        for member, paid, tax in book.session.execute(rows)
    }


def interest_due(book: Book, of: TermDeposit, on: date) -> date | None:
    """Return the day up to which monthly interest is to be paid now, if any is."""
    if of.pays is not Pays.MONTHLY or of.state is not DepositState.OPEN:
        return None
    day = min(last_anniversary(of.opened_on, on), of.matures_on)
    before = earnings(book, of)
    return day if day > of.opened_on and before.paid < _earned(of, day) else None


def _earned(of: TermDeposit, until: date) -> Money:
    return interest(of.principal, of.rate, of.day_count, of.opened_on, until)


def above_cap(book: Book, terms: DepositTerms, on: date) -> int | None:
    """Return the cap in percent a year where the rate lies above it, else nothing.

    Source: Permenkop 8/2023 article 26, the dated setting ``savings_interest_cap``.
    """
    cap = setting(book, "savings_interest_cap", on)
    yearly = terms.rate.share * (1 if terms.rate.per is Per.YEAR else 12)
    return cap if yearly * 100 > cap else None
