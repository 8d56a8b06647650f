"""Who may act for a member, on which cards, how much, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coopbook.dates import months_after
from coopbook.errors import Missing, Refused
from coopbook.i18n import N_
from coopbook.money import ZERO, Money


class ProxyKind(StrEnum):
    """By what right somebody acts for a member."""

    POWER = "power"
    GUARDIAN = "guardian"


KIND_NAMES = {
    ProxyKind.POWER: N_("Power of attorney (surat kuasa)"),
    ProxyKind.GUARDIAN: N_("Guardian of a child"),
}


@dataclass(eq=False)
class NoSuchProxy(Missing):
    """There is no power of attorney of that number."""

    sentence = N_("There is no power of attorney %(number)s.")

    number: int


@dataclass(eq=False)
class ProxyEnded(Refused):
    """The power of attorney does not hold on that day."""

    sentence = N_(
        "%(name)s may act from %(valid_from)s to %(valid_until)s, not on %(on)s. "
        "A new power of attorney is needed, or the member comes in person."
    )

    name: str
    valid_from: date
    valid_until: date
    on: date


@dataclass(eq=False)
class ProxyRevoked(Refused):
    """The member, or the board, took the power back."""

    sentence = N_("The power of %(name)s was taken back on %(on)s.")

    name: str
    on: date


@dataclass(eq=False)
class NotThisCard(Refused):
    """The power of attorney names other cards."""

    sentence = N_(
        "%(name)s may not act on this account, only on: %(accounts)s. "
        "The member can add it in writing."
    )

    name: str
    accounts: tuple[int, ...]


@dataclass(eq=False)
class BeyondLimit(Refused):
    """The power of attorney is limited."""

    sentence = N_(
        "%(name)s may take out %(limit)s a month; %(left)s is left in this month, "
        "not %(asked)s. Pay that much, or wait for the member's word in writing."
    )

    name: str
    limit: Money
    left: Money
    asked: Money


@dataclass(eq=False)
class PowerNeedsEnd(Refused):
    """A power of attorney ends on a day, and begins before it."""

    sentence = N_(
        "A power of attorney ends on a day between %(first)s and %(last)s. "
        "It can be written anew when it ends."
    )

    first: date
    last: date


@dataclass(eq=False)
class CardsNeeded(Refused):
    """A power of attorney names at least one of the member's own cards."""

    sentence = N_("Choose at least one of the accounts of %(name)s.")

    name: str


@dataclass(eq=False)
class GuardianNeeded(Refused):
    """A child's money is paid out to the guardian."""

    sentence = N_(
        "%(name)s is not %(age)s yet. The guardian takes the money out; "
        "enter the guardian first."
    )

    name: str
    age: int


@dataclass(eq=False)
class NotAChild(Refused):
    """Only a child has a guardian."""

    sentence = N_(
        "%(name)s needs no guardian; a guardian is for members younger than %(age)s. "
        "Enter a power of attorney, or correct the date of birth."
    )

    name: str
    age: int


def check_limit(name: str, asked: Money, *, limit: Money | None, used: Money) -> None:
    """Refuse what goes beyond a month's limit; ``used`` was taken in the month.

    >>> check_limit("Ani", Money(40), limit=Money(100), used=Money(60))
    """
    if limit is not None and used + asked > limit:
        raise BeyondLimit(name, limit, max(limit - used, ZERO), asked)


@dataclass(eq=False)
class GrownUp(Refused):
    """A guardian acts for a child, not for somebody of age."""

    sentence = N_(
        "%(owner)s is %(age)s or older and takes the money out in person, or names a "
        "proxy. %(name)s is a guardian no more."
    )

    name: str
    owner: str
    age: int


def is_child(born_on: date | None, on: date, age: int) -> bool:
    """Say whether somebody is not of age on a day; unknown counts as of age.

    >>> is_child(date(2010, 3, 16), date(2028, 3, 15), 18)
    True
    >>> is_child(date(2010, 3, 16), date(2028, 3, 16), 18)
    False
    """
    return born_on is not None and months_after(born_on, age * 12) > on
