"""Several books added up line by line, and what they owe each other left out (pure).

Source: SAK EP on consolidation; the accounts are those of the domain guide, 5.6: what
one unit gives another stands on 11902 in the one and on 21902 in the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.ledger import chart
from coopbook.money import ZERO, Money
from coopbook.statements.layout import Held, Kind, Layout, Row, laid_out

CURRENT = chart.BETWEEN_UNITS
CAPITAL = (chart.UNIT_INVESTMENT, *chart.UNIT_CAPITAL)
CHARGES = (chart.UNIT_INTEREST, chart.UNIT_FEES)
"""What units charge each other: income of the one, expense of the other."""
WITHIN = (*CURRENT, *CAPITAL, *(one for pair in CHARGES for one in pair))
"""Accounts on which units stand with each other; what moves on them stays within."""


@dataclass(eq=False)
class BooksApart(Refused):
    """What one unit says the other owes, the other says as well."""

    sentence = N_(
        "Of what units owe each other on %(on)s, 11902 holds %(owned)s and 21902"
        " %(owed)s. Look for what one book has and the other has not, and book it"
        " there; then they cancel."
    )

    on: date
    owned: Money
    owed: Money


@dataclass(eq=False)
class CapitalApart(Refused):
    """What is invested in a unit is the capital of the unit."""

    sentence = N_(
        "Invested in units (12101) are %(invested)s on %(on)s, and the capital of units"
        " (31004, 31005) is %(capital)s. Book in both what was given; then they cancel."
    )

    on: date
    invested: Money
    capital: Money


@dataclass(eq=False)
class ChargesApart(Refused):
    """What one unit charges, the other bears as well."""

    sentence = N_(
        "Of what units charge each other from %(first)s to %(last)s, account %(income)s"
        " holds %(earned)s and %(expense)s %(borne)s. Look for the charge that one book"
        " has and the other has not, and book it there; then they cancel."
    )

    first: date
    last: date
    income: int
    earned: Money
    expense: int
    borne: Money


@dataclass(eq=False)
class OneBook(Refused):
    """Consolidated are two books or more."""

    sentence = N_("Name another cooperative of this book than %(number)s, each once.")

    number: int


@dataclass(frozen=True, slots=True)
class Combined:
    """A row of a consolidated statement.

    ``parts`` are the units' own figures in their order, ``left_out`` is what is
    eliminated, with its sign; both together come to ``whole``.
    """

    row: Row
    parts: tuple[Money, ...]
    left_out: Money

    @property
    def whole(self) -> Money:
        """What the units come to together."""
        return sum(self.parts, self.left_out)


def eliminations(units: Sequence[Iterable[Held]], on: date) -> list[Held]:
    """Return what takes out of all books together what they owe each other on a day.

    Raises ``BooksApart`` and ``CapitalApart`` where it does not cancel.
    """
    sums: dict[int, Money] = dict.fromkeys((*CURRENT, *CAPITAL), ZERO)
    taken: list[Held] = []
    for held in units:
        for each in held:
            if each.account in sums and each.balance:
                sums[each.account] += each.balance
                taken.append(
                    Held(each.account, each.account_type, -each.balance, each.line)
                )
    owned, owed = CURRENT
    if sums[owned] + sums[owed]:
        raise BooksApart(on, sums[owned], -sums[owed])
    invested, *capital = CAPITAL
    theirs = sum((sums[one] for one in capital), ZERO)
    if sums[invested] + theirs:
        raise CapitalApart(on, sums[invested], -theirs)
    return taken


def charged(units: Iterable[Iterable[Held]]) -> list[tuple[Money, Money]]:
    """Return income and expense of each of ``CHARGES`` in all books together."""
    sums: dict[int, Money] = {}
    for held in units:
        for each in held:
            sums[each.account] = sums.get(each.account, ZERO) + each.balance
    return [(-sums.get(one, ZERO), sums.get(other, ZERO)) for one, other in CHARGES]


def charges(units: Sequence[Sequence[Held]], first: date, last: date) -> list[Held]:
    """Return what takes out of the surplus what units charge each other in a time.

    Raises ``ChargesApart`` where it does not cancel.
    """
    for (income, expense), (earned, borne) in zip(CHARGES, charged(units), strict=True):
        if earned != borne:
            raise ChargesApart(first, last, income, earned, expense, borne)
    own = {one for pair in CHARGES for one in pair}
    return [
        replace(each, balance=-each.balance)
        for held in units
        for each in held
        if each.account in own and each.balance
    ]


def combined(
    rows: Layout, units: Sequence[Sequence[Held]], left_out: Sequence[Held] = ()
) -> list[Combined]:
    """Return the rows of a statement of several books; headings hold nothing."""
    parts = [laid_out(rows, held) for held in units]
    gone = laid_out(rows, left_out)
    return [
        Combined(
            row,
            tuple(part.get(row.code, ZERO) for part in parts),
            gone.get(row.code, ZERO) if row.kind is not Kind.HEADING else ZERO,
        )
        for row in rows
    ]
