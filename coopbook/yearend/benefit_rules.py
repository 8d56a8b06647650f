"""What membership was worth in a year, beside what others ask and pay (pure).

The report on members' economic benefit (*laporan promosi ekonomi anggota*) sets what
members paid for loans beside what lenders around them ask for the same money over the
same days, what they got on savings beside what a bank pays, what they paid in the shop
beside the price for others, and adds their part of the surplus.  Both market rates are
the cooperative's own finding, with its source.

Source: the report on *promosi ekonomi anggota* of PSAK 27 (revised 1998, withdrawn
since), in which benefits of buying goods together (*manfaat ekonomi dari pembelian
barang*) stand beside those of saving and borrowing and the members' part of the
surplus.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from coopbook.money import ZERO, Money, rounded

YEAR = 365
"""Days of a year by which a rate a year is spread, leap years as well."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Money over days here and elsewhere; ``benefit`` is what members are better off.

    ``average`` is the daily average in rupiah, ``rate`` the market's percent a year,
    0 where nobody said; then nothing is compared.
    """

    average: Money
    here: Money
    rate: int
    elsewhere: Money
    benefit: Money


@dataclass(frozen=True, slots=True)
class InShop:
    """What members paid for goods, and would have at the price for others then.

    ``unknown`` sales, the last of them on ``until``, are in neither: the price for
    others was not written down.
    """

    here: Money
    elsewhere: Money
    unknown: int = 0
    until: date | None = None

    @property
    def benefit(self) -> Money:
        """What members saved."""
        return self.elsewhere - self.here


@dataclass(frozen=True, slots=True)
class MemberBenefit:
    """The report of a year; ``surplus`` is what of it goes to members, if decided.

    ``shop`` is left out where the cooperative does not trade.
    """

    loans: Compared
    savings: Compared
    surplus: Money | None
    shop: InShop | None = None

    @property
    def total(self) -> Money:
        """Everything together, without a surplus nobody decided on."""
        saved = self.shop.benefit if self.shop else ZERO
        owned = self.surplus or ZERO
        return self.loans.benefit + self.savings.benefit + saved + owned


def held_days(
    opening: int, moves: Sequence[tuple[date, int]], first: date, last: date
) -> int:
    """Return rupiah times days: what stood at the end of each day, added up.

    ``moves`` are the balances at the end of days on which something moved, by day.

    >>> days = date(2026, 1, 1), date(2026, 1, 4)
    >>> held_days(100, [(date(2026, 1, 3), 40)], *days)
    280
    """
    total, at, since = 0, opening, first
    for day, balance in moves:
        total += at * (day - since).days
        at, since = balance, day
    return total + at * ((last - since).days + 1)


def at_market(rupiah_days: int, rate: int) -> Money:
    """Return what a rate in percent a year comes to, rounded half to even once.

    >>> at_market(365 * 1_000_000, 24)
    Money(units=240000)
    """
    return Money(rounded(Fraction(rupiah_days * rate, 100 * YEAR)))


def on_loans(rupiah_days: int, days: int, charged: Money, rate: int) -> Compared:
    """Compare what members paid for loans with what others would have asked."""
    elsewhere = at_market(rupiah_days, rate)
    benefit = elsewhere - charged if rate else ZERO
    return Compared(_average(rupiah_days, days), charged, rate, elsewhere, benefit)


def on_savings(rupiah_days: int, days: int, paid: Money, rate: int) -> Compared:
    """Compare what members got on savings with what others would have paid."""
    elsewhere = at_market(rupiah_days, rate)
    benefit = paid - elsewhere if rate else ZERO
    return Compared(_average(rupiah_days, days), paid, rate, elsewhere, benefit)


def _average(rupiah_days: int, days: int) -> Money:
    return Money(rounded(Fraction(rupiah_days, days))) if days else ZERO
