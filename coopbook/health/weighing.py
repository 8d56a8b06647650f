"""Capital and assets by their weights, for the capital adequacy of 1c (pure).

Source: a thesis on KSP Tani Makmur, appendix 4.  Others weigh own capital alone, so
which parts count is a choice; domain guide 8.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from coopbook.baddebts.classes import Mark
from coopbook.health.ratios import Source
from coopbook.i18n import N_
from coopbook.money import Money


class Part(StrEnum):
    """A part of the capital or of the assets that has a weight of its own."""

    PRINCIPAL_SHARES = "principal_shares"
    MANDATORY_SHARES = "mandatory_shares"
    EQUALISATION_CAPITAL = "equalisation_capital"
    GENERAL_RESERVE = "general_reserve"
    GRANTS = "grants"
    PARTICIPATING_CAPITAL = "participating_capital"
    RISK_RESERVE = "risk_reserve"
    UNDISTRIBUTED_SURPLUS = "undistributed_surplus"
    SAVINGS = "savings"
    TERM_DEPOSITS = "term_deposits"
    ACCRUED_EXPENSES = "accrued_expenses"
    BORROWINGS = "borrowings"
    CASH_AND_BANK = "cash_and_bank"
    DEPOSITS_ELSEWHERE = "deposits_elsewhere"
    SECURITIES = "securities"
    ACCRUED_INCOME = "accrued_income"
    MEMBER_LOANS = "member_loans"
    OTHER_LOANS = "other_loans"
    STAKES = "stakes"
    FIXED_ASSETS = "fixed_assets"


P = Part
PART_NAMES = {
    P.PRINCIPAL_SHARES: N_("principal shares"),
    P.MANDATORY_SHARES: N_("mandatory shares"),
    P.EQUALISATION_CAPITAL: N_("equalisation capital"),
    P.GENERAL_RESERVE: N_("general reserve"),
    P.GRANTS: N_("grants"),
    P.PARTICIPATING_CAPITAL: N_("participating capital"),
    P.RISK_RESERVE: N_("reserve for risks"),
    P.UNDISTRIBUTED_SURPLUS: N_("surplus not yet distributed"),
    P.SAVINGS: N_("savings"),
    P.TERM_DEPOSITS: N_("term deposits"),
    P.ACCRUED_EXPENSES: N_("accrued expenses"),
    P.BORROWINGS: N_("borrowings"),
    P.CASH_AND_BANK: N_("cash and bank"),
    P.DEPOSITS_ELSEWHERE: N_("deposits elsewhere"),
    P.SECURITIES: N_("securities"),
    P.ACCRUED_INCOME: N_("accrued income"),
    P.MEMBER_LOANS: N_("loans to members"),
    P.OTHER_LOANS: N_("loans to others"),
    P.STAKES: N_("stakes in other enterprises"),
    P.FIXED_ASSETS: N_("fixed assets"),
}


@dataclass(frozen=True, slots=True)
class Weighing:
    """The weights of some parts in percent; a part that is not named has no place."""

    title: str
    source: Source
    weights: Mapping[Part, int]


THESIS = Source("KSP Tani Makmur 2010–2014", Mark.SECONDARY)
OWN_WEIGHTS = {
    P.PRINCIPAL_SHARES: 100,
    P.MANDATORY_SHARES: 100,
    P.EQUALISATION_CAPITAL: 100,
    P.GENERAL_RESERVE: 100,
    P.GRANTS: 100,
    P.PARTICIPATING_CAPITAL: 50,
    P.RISK_RESERVE: 50,
    P.UNDISTRIBUTED_SURPLUS: 50,
}
OWN = Weighing(N_("Own capital by its weights"), THESIS, OWN_WEIGHTS)
WITH_LIABILITIES = Weighing(
    N_("Own capital and liabilities by their weights"),
    THESIS,
    {
        **OWN_WEIGHTS,
        P.SAVINGS: 50,
        P.TERM_DEPOSITS: 50,
        P.ACCRUED_EXPENSES: 50,
        P.BORROWINGS: 50,
    },
)
BY_RISK = Weighing(
    N_("Assets by their risk"),
    THESIS,
    {
        P.CASH_AND_BANK: 0,
        P.DEPOSITS_ELSEWHERE: 20,
        P.SECURITIES: 50,
        P.ACCRUED_INCOME: 50,
        P.MEMBER_LOANS: 100,
        P.OTHER_LOANS: 100,
        P.STAKES: 100,
        P.FIXED_ASSETS: 70,
    },
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A part, what the books say of it, its weight, and what counts."""

    part: Part
    amount: Money
    percent: int

    @property
    def counted(self) -> Fraction:
        """What counts of it, exactly: half a unit is possible."""
        return Fraction(self.amount.units * self.percent, 100)


def weigh(amounts: Mapping[Part, Money], by: Weighing) -> tuple[Weighed, ...]:
    """Return every part with its weight, in the order of the table.

    >>> [savings] = weigh({Part.SAVINGS: Money(3)}, WITH_LIABILITIES)
    >>> print(savings.counted)
    3/2
    """
    assert set(amounts) <= set(by.weights), "a part without a weight"
    return tuple(
        Weighed(part, amounts[part], percent)
        for part, percent in by.weights.items()
        if part in amounts
    )


def counted(parts: tuple[Weighed, ...]) -> Fraction:
    """Return what counts of all parts together."""
    return sum((each.counted for each in parts), Fraction(0))
