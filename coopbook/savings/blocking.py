"""Accounts nothing is taken out of: blocked by somebody, or asleep for too long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.dates import months_after
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.ledger.model import Entry, Line
from coopbook.ledger.rules import ReasonNeeded
from coopbook.savings.model import SavingsAccount

SLEPT = "dormant"
"""Why an account is blocked that slept when money came in."""
UNASKED = ("savings.interest", "deposits.pay", "deposits.mature")
NOT_MOVED = (*UNASKED, *(f"{source}.reversal" for source in UNASKED))
"""What moves an account without anybody asking for it."""


@dataclass(eq=False)
class AccountBlocked(Refused):
    """Nothing is taken out of a blocked account."""

    sentence = N_(
        "Account %(number)s has been blocked since %(on)s: %(why)s. "
        "The manager can lift the block."
    )

    number: int
    on: date
    why: str


@dataclass(eq=False)
class AccountAsleep(Refused):
    """Whoever wakes a sleeping account looks at the owner first."""

    sentence = N_(
        "Nobody has moved account %(number)s since %(since)s. Compare the owner with "
        "photo and signature, then wake the account on its page."
    )

    number: int
    since: date


@dataclass(eq=False)
class NotAsleep(Refused):
    """Only a sleeping account is woken."""

    sentence = N_("Account %(number)s does not sleep; it can be used as it is.")

    number: int


@dataclass(eq=False)
class NotBlocked(Refused):
    """Only a blocked account is freed."""

    sentence = N_("Account %(number)s is not blocked; it can be used as it is.")

    number: int


def block(book: Book, account: SavingsAccount, *, on: date, why: str) -> SavingsAccount:
    """Let nothing be taken out until the block is lifted; raise ``ReasonNeeded``."""
    if not why.strip():
        raise ReasonNeeded
    account.blocked_on, account.blocked_why = on, why.strip()
    book.session.flush()
    return account


def unblock(book: Book, account: SavingsAccount) -> SavingsAccount:
    """Lift a block; raise ``NotBlocked``.

    An account that fell asleep before or under it sleeps on, whatever came in since.
    """
    if account.blocked_on is None:
        raise NotBlocked(account.number)
    since = _fell_asleep(book, account)
    account.blocked_on = since
    account.blocked_why = SLEPT if since is not None else None
    book.session.flush()
    return account


def _fell_asleep(book: Book, account: SavingsAccount) -> date | None:
    """Return since when an account sleeps that moved again without being woken."""
    months = account.product.dormant_months
    if months is None:
        return None
    rows = (
        select(Line.booked_on)
        .join(
            Entry,
            (Entry.cooperative_id == Line.cooperative_id)
            & (Entry.number == Line.entry_number),
        )
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.account_number == account.account_number)
        .where(Line.card_number == account.number)
        .where(Entry.source.not_in(NOT_MOVED))
        .order_by(Line.booked_on)
        .distinct()
    )
    since = max(account.opened_on, account.woken_on or date.min)
    for on in book.session.scalars(rows):
        if on <= since:
            continue
        if months_after(since, months) <= on:
            return since
        since = on
    return None


def asleep_since(book: Book, account: SavingsAccount, on: date) -> date | None:
    """Return when an account was last moved, if that is too long ago on a day.

    Interest moves nothing.  What came in while it slept does not wake it.
    """
    if account.blocked_why == SLEPT:
        return account.blocked_on
    months = account.product.dormant_months
    if months is None:
        return None
    first = max(account.opened_on, account.woken_on or date.min)
    if months_after(first, months) > on:
        return None
    last = book.session.scalar(
        select(func.max(Line.booked_on))
        .join(
            Entry,
            (Entry.cooperative_id == Line.cooperative_id)
            & (Entry.number == Line.entry_number),
        )
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.account_number == account.account_number)
        .where(Line.card_number == account.number)
        .where(Line.booked_on <= on)
        .where(Entry.source.not_in(NOT_MOVED))
    )
    since = max(first, last or first)
    return since if months_after(since, months) <= on else None


def asleep_among(
    book: Book, accounts: Iterable[SavingsAccount], on: date
) -> list[tuple[SavingsAccount, date]]:
    """Return which of some accounts sleep, and since when."""
    each = ((account, asleep_since(book, account, on)) for account in accounts)
    return [(account, since) for account, since in each if since is not None]


def stay_asleep(book: Book, account: SavingsAccount, since: date) -> None:
    """Keep an account asleep although money just came in."""
    if account.blocked_on is None:
        account.blocked_on, account.blocked_why = since, SLEPT
        book.session.flush()


def wake(book: Book, account: SavingsAccount, *, on: date) -> SavingsAccount:
    """Wake a sleeping account, after somebody has looked at its owner.

    Raises ``NotAsleep``.
    """
    if asleep_since(book, account, on) is None:
        raise NotAsleep(account.number)
    account.woken_on = on
    if account.blocked_why == SLEPT:
        account.blocked_on = account.blocked_why = None
    book.session.flush()
    return account


def check_free(book: Book, account: SavingsAccount, on: date) -> None:
    """Refuse to take out of an account that sleeps or is blocked.

    Raises ``AccountAsleep`` and ``AccountBlocked``.
    """
    since = asleep_since(book, account, on)
    if since is not None:
        raise AccountAsleep(account.number, since)
    check_unblocked(account)


def check_unblocked(account: SavingsAccount) -> None:
    """Refuse an account that somebody blocked; raise ``AccountBlocked``.

    One that only slept through a payment is not meant.
    """
    if account.blocked_on is not None and account.blocked_why != SLEPT:
        raise AccountBlocked(
            account.number, account.blocked_on, account.blocked_why or ""
        )
