"""The ratios of PEARLS and their goals as data (pure).

Source: the WOCCU PEARLS system; domain guide 8.4, general knowledge whose goals were
cross-checked in part with theses.  Goals are the international ones: a cooperative
whose members hold *pokok* and *wajib* has shares (E7) there, not savings (E5).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from coopbook.baddebts.classes import Mark
from coopbook.health.inputs import Input
from coopbook.health.ratios import (
    Ratio,
    Source,
    Term,
    Terms,
    a_year_ago,
    average,
    end,
    increase,
)
from coopbook.i18n import N_

WOCCU = Source("WOCCU PEARLS", Mark.KNOWLEDGE)


@dataclass(frozen=True, slots=True)
class Goal:
    """What a ratio should be, in percent; neither limit: no goal that is a figure.

    ``strict`` says that the limit itself misses the goal; ``over_inflation`` that the
    least is so much above inflation.  ``aim`` says it in words where figures would not.
    """

    least: Fraction | None = None
    most: Fraction | None = None
    strict: bool = False
    over_inflation: bool = False
    aim: str = ""


@dataclass(frozen=True, slots=True)
class Pearl:
    """A ratio of the system with its goal."""

    ratio: Ratio
    goal: Goal


def at_least(percent: int) -> Goal:
    """Return the goal of so much or more."""
    return Goal(least=Fraction(percent))


def at_most(percent: int) -> Goal:
    """Return the goal of so much or less."""
    return Goal(most=Fraction(percent))


def less_than(percent: int) -> Goal:
    """Return the goal of less than so much."""
    return Goal(most=Fraction(percent), strict=True)


def between(least: int, most: int) -> Goal:
    """Return the goal of so much, not less and not more; the limits are in it."""
    return Goal(Fraction(least), Fraction(most))


def aim(words: str) -> Goal:
    """Return a goal that has no figure of its own."""
    return Goal(aim=words)


MINIMAL = N_("as little as possible")
MARKET = N_("the rate of the market, above inflation")
ENTREPRENEURIAL = N_("what covers every cost and builds capital")
GROWING = N_("as much as the goals of structure (E) ask for")


def _pearl(
    code: str,
    name: str,
    over: Terms,
    under: Terms,
    goal: Goal,
    most: int | None = None,
) -> Pearl:
    cap = None if most is None else Fraction(most, 100)
    return Pearl(Ratio(code, name, over, under, WOCCU, cap), goal)


def _of_assets(code: str, name: str, part: Input, goal: Goal) -> Pearl:
    return _pearl(code, name, end(part), end(F.ASSETS), goal)


def _return(code: str, name: str, income: Input, on: Input, goal: Goal) -> Pearl:
    return _pearl(code, name, end(income), average(on), goal)


def _growth(code: str, name: str, each: Input, goal: Goal) -> Pearl:
    return _pearl(code, name, increase(each), a_year_ago(each), goal)


F = Input
PROTECTION = (
    _pearl(
        "P1",
        N_("Allowance for what is late by more than 12 months"),
        end(F.ALLOWANCE),
        end(F.DELINQUENT_OVER_12),
        at_least(100),
        most=100,
    ),
    _pearl(
        "P2",
        N_("Allowance for what is late by 1 to 12 months"),
        end(F.NET_ALLOWANCE),
        end(F.DELINQUENT_UP_TO_12),
        at_least(35),
    ),
    _pearl(
        "P3",
        N_("All that is late by more than 12 months is written off"),
        end(F.CHARGED_OFF_FULLY),
        (),
        Goal(least=Fraction(100), aim=N_("yes")),
    ),
    _pearl(
        "P4",
        N_("Written off in the year to loans"),
        end(F.CHARGED_OFF),
        average(F.LOANS),
        aim(MINIMAL),
    ),
    _pearl(
        "P5",
        N_("Recovered of what was ever written off"),
        end(F.RECOVERED_EVER),
        end(F.CHARGED_OFF_EVER),
        at_least(75),
    ),
    _pearl(
        "P6",
        N_("Solvency"),
        end(F.NET_ASSET_VALUE),
        end(F.SHARES, F.SAVINGS_DEPOSITS),
        at_least(111),
    ),
)
STRUCTURE = (
    _of_assets("E1", N_("Loans among assets"), F.NET_LOANS, between(70, 80)),
    _of_assets(
        "E2", N_("Liquid investments among assets"), F.LIQUID_INVESTMENTS, at_most(16)
    ),
    _of_assets(
        "E3",
        N_("Financial investments among assets"),
        F.FINANCIAL_INVESTMENTS,
        at_most(2),
    ),
    _of_assets(
        "E4",
        N_("Other investments among assets"),
        F.NON_FINANCIAL_INVESTMENTS,
        at_most(0),
    ),
    _of_assets(
        "E5", N_("Savings and deposits to assets"), F.SAVINGS_DEPOSITS, between(70, 80)
    ),
    _of_assets("E6", N_("Borrowings to assets"), F.EXTERNAL_CREDIT, between(0, 5)),
    _of_assets("E7", N_("Shares of members to assets"), F.SHARES, at_most(20)),
    _of_assets(
        "E8",
        N_("Institutional capital to assets"),
        F.INSTITUTIONAL_CAPITAL,
        at_least(10),
    ),
    _of_assets(
        "E9",
        N_("Net institutional capital to assets"),
        F.NET_INSTITUTIONAL_CAPITAL,
        at_least(10),
    ),
)
QUALITY = (
    _pearl(
        "A1",
        N_("Delinquent loans among loans"),
        end(F.DELINQUENT),
        end(F.LOANS),
        at_most(5),
    ),
    _of_assets("A2", N_("Assets that earn nothing"), F.NON_EARNING_ASSETS, at_most(5)),
    _pearl(
        "A3",
        N_("What costs nothing to what earns nothing"),
        end(
            F.NET_INSTITUTIONAL_CAPITAL,
            F.TRANSITORY_CAPITAL,
            F.NON_INTEREST_LIABILITIES,
        ),
        end(F.NON_EARNING_ASSETS),
        at_least(200),
    ),
)
RETURNS = (
    _return(
        "R1", N_("Earned on loans"), F.LOAN_INCOME, F.NET_LOANS, aim(ENTREPRENEURIAL)
    ),
    _return(
        "R2",
        N_("Earned on liquid investments"),
        F.LIQUID_INCOME,
        F.LIQUID_INVESTMENTS,
        aim(MARKET),
    ),
    _return(
        "R3",
        N_("Earned on financial investments"),
        F.FINANCIAL_INCOME,
        F.FINANCIAL_INVESTMENTS,
        aim(MARKET),
    ),
    _return(
        "R4",
        N_("Earned on other investments"),
        F.NON_FINANCIAL_INCOME,
        F.NON_FINANCIAL_INVESTMENTS,
        aim(MARKET),
    ),
    _return(
        "R5",
        N_("Cost of savings and deposits"),
        F.COST_OF_DEPOSITS,
        F.SAVINGS_DEPOSITS,
        aim(MARKET),
    ),
    _return(
        "R6",
        N_("Cost of borrowings"),
        F.COST_OF_BORROWING,
        F.EXTERNAL_CREDIT,
        aim(MARKET),
    ),
    _return("R7", N_("Paid on shares"), F.DIVIDENDS, F.SHARES, aim(MARKET)),
    _return(
        "R8",
        N_("Gross margin to assets"),
        F.GROSS_MARGIN,
        F.ASSETS,
        aim(N_("enough for R9, R10 and the growth of capital")),
    ),
    _return(
        "R9",
        N_("Operating expenses to assets"),
        F.OPERATING_EXPENSE,
        F.ASSETS,
        at_most(5),
    ),
    _return(
        "R10",
        N_("Set aside for loans to assets"),
        F.PROVISION,
        F.ASSETS,
        aim(N_("enough for the goals of P1 and P2")),
    ),
    _return(
        "R11",
        N_("Extraordinary income or expense to assets"),
        F.EXTRAORDINARY,
        F.ASSETS,
        aim(MINIMAL),
    ),
    _return(
        "R12",
        N_("Net income to assets"),
        F.NET_INCOME,
        F.ASSETS,
        aim(N_("enough to bring E9 to 10 percent")),
    ),
)
LIQUIDITY = (
    _pearl(
        "L1",
        N_("Liquid assets less payables to savings"),
        (Term(F.LIQUID_ASSETS), Term(F.SHORT_PAYABLES, Fraction(-1))),
        end(F.SAVINGS_DEPOSITS),
        between(15, 20),
    ),
    _pearl(
        "L2",
        N_("Liquidity reserve to savings"),
        end(F.LIQUIDITY_RESERVE),
        end(F.SAVINGS_DEPOSITS),
        at_least(10),
    ),
    _of_assets(
        "L3",
        N_("Liquid assets that earn nothing"),
        F.NON_EARNING_LIQUID,
        less_than(1),
    ),
)
GROWTH = (
    _growth("S1", N_("Growth of loans"), F.NET_LOANS, aim(GROWING)),
    _growth(
        "S2", N_("Growth of liquid investments"), F.LIQUID_INVESTMENTS, aim(GROWING)
    ),
    _growth(
        "S3",
        N_("Growth of financial investments"),
        F.FINANCIAL_INVESTMENTS,
        aim(GROWING),
    ),
    _growth(
        "S4",
        N_("Growth of other investments"),
        F.NON_FINANCIAL_INVESTMENTS,
        aim(GROWING),
    ),
    _growth("S5", N_("Growth of savings"), F.SAVINGS_DEPOSITS, aim(GROWING)),
    _growth("S6", N_("Growth of borrowings"), F.EXTERNAL_CREDIT, aim(GROWING)),
    _growth("S7", N_("Growth of shares"), F.SHARES, aim(GROWING)),
    _growth(
        "S8",
        N_("Growth of institutional capital"),
        F.INSTITUTIONAL_CAPITAL,
        aim(GROWING),
    ),
    _growth(
        "S9",
        N_("Growth of net institutional capital"),
        F.NET_INSTITUTIONAL_CAPITAL,
        aim(GROWING),
    ),
    _growth("S10", N_("Growth of membership"), F.MEMBERS, at_least(15)),
    _growth(
        "S11",
        N_("Growth of assets"),
        F.ASSETS,
        Goal(Fraction(10), strict=True, over_inflation=True),
    ),
)
PEARLS = (*PROTECTION, *STRUCTURE, *QUALITY, *RETURNS, *LIQUIDITY, *GROWTH)
