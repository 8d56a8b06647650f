"""Lines balance, amounts are whole and within bounds, dates are open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from coopbook.errors import Conflict, Missing, Refused
from coopbook.i18n import N_, Names
from coopbook.money import LARGEST, ZERO, Money


class VoucherKind(StrEnum):
    """The kinds of paper: cash in and out, bank in and out, memorial."""

    BKM = "BKM"
    BKK = "BKK"
    BBM = "BBM"
    BBK = "BBK"
    BM = "BM"


class Channel(StrEnum):
    """Through what the money came or went."""

    CASH = "cash"
    BANK = "bank"


class AccountType(StrEnum):
    """What an account is, in the order of the chart."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    REVENUE = "revenue"
    EXPENSE = "expense"
    MEMO = "memo"


class Side(StrEnum):
    """The column in which an account grows."""

    DEBIT = "debit"
    CREDIT = "credit"


class Draft(NamedTuple):
    """A line before it is posted: an account's card and one of two columns."""

    account: int
    debit: Money
    credit: Money
    card: int = 0
    loan: int | None = None
    unit: str | None = None
    fund: str | None = None
    pillar: str | None = None
    term_of_office: str | None = None


def debit(
    account: int,
    amount: Money,
    *,
    card: int = 0,
    loan: int | None = None,
    unit: str | None = None,
    fund: str | None = None,
    pillar: str | None = None,
) -> Draft:
    """Put an amount in the left column of an account's card."""
    return Draft(account, amount, ZERO, card, loan, unit, fund, pillar)


def credit(
    account: int,
    amount: Money,
    *,
    card: int = 0,
    loan: int | None = None,
    unit: str | None = None,
    fund: str | None = None,
    pillar: str | None = None,
) -> Draft:
    """Put an amount in the right column of an account's card."""
    return Draft(account, ZERO, amount, card, loan, unit, fund, pillar)


@dataclass(eq=False)
class NotAnAmount(Refused):
    """An amount is more than nothing and not absurdly large."""

    sentence = N_(
        "An amount is between 1 and %(largest)s; %(asked)s is not. Enter it again."
    )

    asked: Money
    largest: Money = field(default_factory=lambda: Money(LARGEST))


@dataclass(eq=False)
class Unbalanced(Refused):
    """Debit and credit differ, or there are fewer than two lines."""

    sentence = N_(
        "Debit %(debit)s and credit %(credit)s must be equal, on two lines or more."
    )

    debit: Money
    credit: Money


@dataclass(eq=False)
class MemorandumApart(Refused):
    """Memorandum accounts stand beside the books and balance among themselves."""

    sentence = N_(
        "Memorandum accounts stand beside the money: their own debit and credit have to"
        " be equal, and differ by %(apart)s. Take another account, or write the same"
        " amount against 90099."
    )

    apart: Money


@dataclass(eq=False)
class PeriodClosed(Refused):
    """The date lies in a period that was closed."""

    sentence = N_(
        "%(period)s is closed. Use a date in an open month,"
        " or ask two people to reopen it."
    )

    period: str


@dataclass(eq=False)
class BeforeFirstDay(Refused):
    """The date is before the book begins."""

    sentence = N_("This book begins on %(first_day)s. Use that date or a later one.")

    first_day: date


@dataclass(eq=False)
class BelowFloor(Refused):
    """The card would fall below what it may hold, on the day or after it."""

    sentence = N_(
        "%(name)s would fall below %(floor)s on %(on)s."
        " At most %(available)s can be taken out."
    )

    name: Names
    floor: Money
    on: date
    available: Money


@dataclass(eq=False)
class NoSuchAccount(Missing):
    """The chart has no such account, or none that takes lines."""

    sentence = N_("Account %(number)s is not in the chart, or takes no lines itself.")

    number: int


@dataclass(eq=False)
class NoSuchCard(Missing):
    """A control account is posted to by card, and there is no such card."""

    sentence = N_("Account %(number)s has no card %(card)s.")

    number: int
    card: int


@dataclass(eq=False)
class AccountArchived(Refused):
    """The account takes no new lines any more."""

    sentence = N_("Account %(account)s was archived on %(on)s. Choose another one.")

    account: str
    on: date


@dataclass(eq=False)
class NoSuchEntry(Missing):
    """There is no entry or voucher of that number."""

    sentence = N_("There is no voucher %(number)s in this book.")

    number: int | str


@dataclass(eq=False)
class AlreadyReversed(Conflict):
    """An entry is reversed once."""

    sentence = N_("%(voucher)s was already reversed by %(by)s.")

    voucher: str
    by: str


@dataclass(eq=False)
class NotReversible(Refused):
    """A reversal is not reversed again; what is right is posted anew."""

    sentence = N_("%(voucher)s is itself a reversal. Post what is right as a new one.")

    voucher: str


@dataclass(eq=False)
class ReversedBeforeItself(Refused):
    """A reversal is dated on the day of the entry or later."""

    sentence = N_("%(voucher)s is dated %(on)s. Its reversal needs that date or later.")

    voucher: str
    on: date


@dataclass(eq=False)
class ReasonNeeded(Refused):
    """A reversal says why."""

    sentence = N_("Write in a few words why, so that others can follow it.")


@dataclass(eq=False)
class TooFarBack(Refused):
    """The counter books today and a few days back."""

    sentence = N_("Use a date from %(earliest)s to %(today)s.")

    earliest: date
    today: date


def check_day(on: date, *, today: date, days: int) -> None:
    """Refuse a day at a desk that is to come, or more than ``days`` back."""
    earliest = today - timedelta(days=days)
    if not earliest <= on <= today:
        raise TooFarBack(earliest, today)


def check_amount(amount: Money) -> None:
    """Refuse an amount of nothing, of less, or beyond what a line may hold."""
    if not 0 < amount.units <= LARGEST:
        raise NotAnAmount(amount)


def check_lines(lines: Sequence[Draft]) -> None:
    """Refuse lines that an entry cannot seal."""
    left = right = 0
    for line in lines:
        debit, credit = line.debit.units, line.credit.units
        if not 0 < (debit or credit) <= LARGEST:
            raise NotAnAmount(line.debit or line.credit)
        assert not (debit and credit), "a line has one column"
        left += debit
        right += credit
    if left != right or len(lines) < 2:
        raise Unbalanced(Money(left), Money(right))


def check_reason(reason: str) -> str:
    """Return the reason without blanks around it; refuse an empty one."""
    tidy = readable(reason).strip()
    if not tidy:
        raise ReasonNeeded
    return tidy


UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What no sheet of a workbook and no XML can hold."""


def readable(text: str) -> str:
    """Return a text with blanks in place of characters that nobody sees.

    >>> readable("salah" + chr(1) + "catat")
    'salah catat'
    """
    return text if text.isprintable() else UNSEEN.sub(" ", text)
