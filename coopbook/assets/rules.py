"""Depreciation by equal months, exact over an asset's life (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from coopbook.errors import Conflict, Missing, Refused
from coopbook.i18n import N_
from coopbook.money import ZERO, Money

PAIRS = {
    13_002: (13_092, 52_013),
    13_003: (13_093, 52_014),
    13_004: (13_094, 52_015),
    13_005: (13_095, 52_015),
    13_006: (13_096, 52_016),
    13_007: (13_096, 52_016),
    14_001: (14_091, 52_017),
}
"""Where an account's depreciation is gathered, and where it is an expense."""

LAND = 13_001
GAIN, LOSS = 43_004, 54_001


@dataclass(eq=False)
class NotAnAsset(Refused):
    """An asset lies on an account of fixed assets."""

    sentence = N_(
        "Account %(account)s is none of fixed assets. Choose land, buildings, vehicles,"
        " equipment, computers or software."
    )

    account: int


@dataclass(eq=False)
class NoLife(Refused):
    """What wears out wears out in some months."""

    sentence = N_(
        "Write in how many months it wears out, from 1 to 600; land alone does not."
    )


@dataclass(eq=False)
class ResidualTooHigh(Refused):
    """What is left at the end is less than it cost."""

    sentence = N_("What is left at the end is from nothing to less than %(cost)s.")

    cost: Money


@dataclass(eq=False)
class WornTooMuch(Refused):
    """What was depreciated before is part of what wears out."""

    sentence = N_(
        "What was depreciated before is from nothing to %(most)s: the cost less what is"
        " left at the end."
    )

    most: Money


@dataclass(eq=False)
class LandDoesNotWear(Refused):
    """Land was not depreciated before either."""

    sentence = N_("Land does not wear out: leave out what was depreciated before.")


@dataclass(eq=False)
class NewIsNotWorn(Refused):
    """What is bought now was not depreciated before."""

    sentence = N_(
        "What is bought now was not depreciated before. Leave that out, or say that it"
        " is in the books already."
    )


@dataclass(eq=False)
class NoMonthBefore(Refused):
    """Older books depreciated an asset in a month before it was taken over."""

    sentence = N_(
        "It was bought on %(bought)s and taken over on %(taken)s: no month lies between"
        " in which older books depreciated it. Check both days."
    )

    bought: date
    taken: date


@dataclass(eq=False)
class NotTakenOver(Refused):
    """The day of taking over belongs to what was depreciated before."""

    sentence = N_(
        "Write what older books depreciated up to the day it was taken over, or leave"
        " that day out."
    )


@dataclass(eq=False)
class NotThereYet(Refused):
    """An asset leaves after it came."""

    sentence = N_("%(name)s came on %(on)s; choose that day or a later one.")

    name: str
    on: date


@dataclass(eq=False)
class NoSuchAsset(Missing):
    """The asset is not in the register."""

    sentence = N_("There is no asset %(number)s.")

    number: int


@dataclass(eq=False)
class AlreadyDisposed(Conflict):
    """An asset leaves once."""

    sentence = N_("%(name)s left already on %(on)s.")

    name: str
    on: date


@dataclass(eq=False)
class DisposedTooEarly(Refused):
    """An asset leaves after its last depreciation."""

    sentence = N_(
        "%(name)s was depreciated up to the end of %(month)s; choose a later day, or"
        " reverse that entry first."
    )

    name: str
    month: str


@dataclass(eq=False)
class DepreciatedSince(Refused):
    """What was depreciated stays in the register until that is taken back."""

    sentence = N_(
        "%(name)s was depreciated by %(voucher)s. Reverse that first; everything else"
        " in it is depreciated again afterwards."
    )

    name: str
    voucher: str


@dataclass(eq=False)
class BoughtByEntry(Refused):
    """What an entry bought leaves the register with that entry."""

    sentence = N_(
        "%(name)s was bought by %(voucher)s. Reverse that voucher; it leaves the"
        " register with it."
    )

    name: str
    voucher: str


@dataclass(eq=False)
class NameOfAsset(Refused):
    """An asset has a name people know it by."""

    sentence = N_("Write what it is, like Laptop Asus for the counter.")


@dataclass(eq=False)
class NothingToDepreciate(Refused):
    """There is nothing left to depreciate by that month."""

    sentence = N_("Nothing is left to depreciate up to the end of %(month)s.")

    month: str


def check_asset(
    name: str, account: int, cost: Money, residual: Money, months: int
) -> str:
    """Return the tidy name of an asset that can be.

    Raises ``NameOfAsset``, ``NotAnAsset``, ``NoLife``, ``ResidualTooHigh``.
    """
    tidy = " ".join(name.split())
    if not tidy:
        raise NameOfAsset
    if account != LAND and account not in PAIRS:
        raise NotAnAsset(account)
    if (account == LAND) != (months == 0) or not 0 <= months <= 600:
        raise NoLife
    if not ZERO <= residual < cost:
        raise ResidualTooHigh(cost)
    return tidy


def check_worn(
    account: int,
    cost: Money,
    residual: Money,
    worn: Money,
    bought_on: date,
    taken_over_on: date,
) -> None:
    """Refuse what older books cannot have depreciated of an asset.

    Raises ``LandDoesNotWear``, ``WornTooMuch``, ``NoMonthBefore``.
    """
    if account == LAND:
        raise LandDoesNotWear
    if not ZERO <= worn <= cost - residual:
        raise WornTooMuch(cost - residual)
    if months_before(bought_on, taken_over_on) < 1:
        raise NoMonthBefore(bought_on, taken_over_on)


def month_number(day: date) -> int:
    """Return the number of a month: so many since the year nought."""
    return day.year * 12 + day.month - 1


def gathered(
    cost: Money,
    residual: Money,
    months: int,
    passed: int,
    *,
    worn: Money = ZERO,
    before: int = 0,
) -> Money:
    """Return what is depreciated after so many months, the first one counted.

    Straight line.  ``worn`` is what older books depreciated in the first ``before``
    months; what they left is spread over the months that remain, over one where none
    does.  Rounding: down at every month of the sum so far, so that the last month
    brings it to exactly what wears out.

    >>> [gathered(Money(100), Money(0), 3, n).units for n in range(5)]
    [0, 33, 66, 100, 100]
    >>> taken = {"worn": Money(40), "before": 2}
    >>> [gathered(Money(100), Money(0), 5, n, **taken).units for n in range(1, 7)]
    [40, 40, 60, 80, 100, 100]
    """
    if months == 0:
        return ZERO
    left = max(months - before, 1)
    done = min(max(passed - before, 0), left)
    return worn + Money((cost - residual - worn).units * done // left)


def months_passed(bought_on: date, until: int) -> int:
    """Return how many months an asset was used by the end of a month, its first whole.

    An asset bought in a month is depreciated for all of it.
    """
    return until - month_number(bought_on) + 1


def months_before(bought_on: date, taken_over_on: date) -> int:
    """Return how many months older books depreciated an asset, its first one whole.

    They did so up to the month before it was taken over; up to that month itself where
    it was taken over on its last day.

    >>> bought = date(2025, 11, 20)
    >>> [months_before(bought, on) for on in (date(2025, 12, 31), date(2026, 1, 1))]
    [2, 2]
    """
    following = taken_over_on + timedelta(days=1)
    return months_passed(bought_on, month_number(following) - 1)
