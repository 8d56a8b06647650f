"""Money for the months that were chosen, or what it would pay instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopbook import savings
from coopbook.book import Book
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.ledger import Entry
from coopbook.money import ZERO, Money
from coopbook.savings import Channel, SavingsAccount
from webui import months


@dataclass(eq=False)
class PaidUpTo(Refused):
    """Months that are paid are not paid again."""

    sentence = N_(
        "Everything up to %(month)s is paid. Choose a later month, or write an amount."
    )

    month: str


@dataclass(eq=False)
class OtherMonths(Refused):
    """Where a month and an amount are given, they say the same."""

    sentence = N_(
        "%(asked)s would pay %(pays)s. Up to %(until)s it takes %(takes)s: leave the "
        "amount empty, or choose no month."
    )

    asked: Money
    pays: str
    until: str
    takes: Money


def take_in(
    book: Book,
    account: SavingsAccount,
    amount: Money,
    *,
    month: int | None,
    on: date,
    channel: Channel,
    payer: str,
    reference: str,
) -> Entry:
    """Take money into an account; where a month is chosen, it pays up to there.

    Raises ``PaidUpTo``, ``OtherMonths`` and what ``savings.deposit`` refuses.
    """
    if month is not None:
        check_months(book, account, amount, month, on=on)
    return savings.deposit(
        *(book, account, amount),
        on=on,
        channel=channel,
        payer=payer,
        reference=reference,
    )


def check_months(
    book: Book, account: SavingsAccount, amount: Money, month: int, *, on: date
) -> None:
    """Refuse an amount that does not pay up to a month, and say what it would pay."""
    of = months.months_of(book, account.member, on)
    takes = of.takes(month)
    if takes == ZERO:
        raise PaidUpTo(months.named(month))
    if amount != takes:
        pays = months.pays(of.said, of.with_more(amount))
        raise OtherMonths(amount, pays, months.named(month), takes)
