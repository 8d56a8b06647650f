"""The seven aspects of 2016 as data: ratios, weights, bands, questions (pure).

Source: domain guide 8.1.  Formulas and bands are those of Permen KUKM 14/2009, most of
them read in theses that reprint its tables; what was read in the annex itself is
marked as primary.  Each table is data, so that a cooperative may lay its own beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from coopbook.baddebts.classes import Mark
from coopbook.health.banding import Band, Bands, always, below, rest, up_to
from coopbook.health.inputs import Input
from coopbook.health.ratios import Ratio, Source, Term, Terms, end
from coopbook.i18n import N_

ANNEX = Source(N_("annex of Permen KUKM 20/2008 and 14/2009"), Mark.PRIMARY)
REPRINTED = Source(
    N_("Permen KUKM 14/2009, as theses and a public program reprint it"),
    Mark.SECONDARY,
)
PERDEP = Source("Perdep 06/Per/Dep.6/IV/2016", Mark.SECONDARY)


class Aspect(StrEnum):
    """What the ratios look at."""

    CAPITAL = "capital"
    ASSET_QUALITY = "asset_quality"
    MANAGEMENT = "management"
    EFFICIENCY = "efficiency"
    LIQUIDITY = "liquidity"
    GROWTH = "growth"
    IDENTITY = "identity"


ASPECT_NAMES = {
    Aspect.CAPITAL: N_("Capitalisation"),
    Aspect.ASSET_QUALITY: N_("Quality of productive assets"),
    Aspect.MANAGEMENT: N_("Management"),
    Aspect.EFFICIENCY: N_("Efficiency"),
    Aspect.LIQUIDITY: N_("Liquidity"),
    Aspect.GROWTH: N_("Independence and growth"),
    Aspect.IDENTITY: N_("Cooperative identity"),
}

F, A = Input, Aspect
PROBLEM_LOAN_RISK: Terms = (
    Term(F.SUBSTANDARD, Fraction(1, 2)),
    Term(F.DOUBTFUL, Fraction(3, 4)),
    Term(F.LOSS),
)
"""The risk of loans that do not perform: 50%, 75% and 100% of their principal."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A ratio with its place in the score and the points it can bring.

    ``guards`` says that it divides by something at risk, so that nothing at risk is
    no fault; the sources do not say what it is worth.
    """

    ratio: Ratio
    aspect: Aspect
    weight: int
    bands: Bands
    guards: bool = False


def _scored(
    aspect: Aspect,
    code: str,
    name: str,
    parts: tuple[Terms, Terms],
    weight: int,
    bands: tuple[Band, ...],
    *,
    source: Source = REPRINTED,
    formula: Source | None = None,
    guards: bool = False,
) -> Scored:
    ratio = Ratio(code, name, *parts, formula or source)
    return Scored(ratio, aspect, weight, Bands(bands, source), guards)


TENS = tuple(up_to(step, step) for step in range(10, 100, 10))
"""Ten points for every ten percent, up to ninety."""

SCORED = (
    _scored(
        A.CAPITAL,
        "1a",
        N_("Own capital to total assets"),
        (end(F.OWN_CAPITAL), end(F.ASSETS)),
        6,
        (
            *(always(0, 0), up_to(20, 25), up_to(40, 50), up_to(60, 100)),
            *(up_to(80, 50), always(100, 25)),
        ),
    ),
    _scored(
        A.CAPITAL,
        "1b",
        N_("Own capital to risky loans"),
        (end(F.OWN_CAPITAL), end(F.RISKY_LOANS)),
        6,
        (always(0, 0), *TENS, rest(100)),
        guards=True,
    ),
    _scored(
        A.CAPITAL,
        "1c",
        N_("Capital adequacy"),
        (end(F.WEIGHTED_CAPITAL), end(F.WEIGHTED_ASSETS)),
        3,
        (below(4, 0), below(6, 50), below(8, 75), rest(100)),
        guards=True,
    ),
    _scored(
        A.ASSET_QUALITY,
        "2a",
        N_("Loans to members among all loans"),
        (end(F.MEMBER_LOANS), end(F.LOANS)),
        10,
        (up_to(25, 0), up_to(50, 50), up_to(75, 75), rest(100)),
        source=ANNEX,
    ),
    _scored(
        A.ASSET_QUALITY,
        "2b",
        N_("Risk of problem loans"),
        (PROBLEM_LOAN_RISK, end(F.LOANS)),
        5,
        (
            *(always(0, 100), up_to(10, 80), up_to(20, 60), up_to(30, 40)),
            *(up_to(40, 20), up_to(45, 10), rest(0)),
        ),
        formula=ANNEX,
    ),
    _scored(
        A.ASSET_QUALITY,
        "2c",
        N_("Reserve to the risk of problem loans"),
        (end(F.RISK_RESERVE), PROBLEM_LOAN_RISK),
        5,
        (always(0, 0), *TENS, rest(100)),
        guards=True,
    ),
    _scored(
        A.ASSET_QUALITY,
        "2d",
        N_("Risky loans among all loans"),
        (end(F.RISKY_LOANS), end(F.LOANS)),
        5,
        (up_to(21, 100), up_to(25, 75), up_to(30, 50), rest(25)),
    ),
    _scored(
        A.EFFICIENCY,
        "4a",
        N_("Cost of serving members to their gross participation"),
        (
            end(F.COST_OF_FUNDS, F.OPERATING_EXPENSE, F.COOPERATIVE_EXPENSE),
            end(F.GROSS_PARTICIPATION),
        ),
        4,
        (below(90, 100), below(95, 75), below(100, 50), rest(25)),
    ),
    _scored(
        A.EFFICIENCY,
        "4b",
        N_("Operating expenses to gross surplus"),
        (end(F.OPERATING_EXPENSE), end(F.GROSS_SURPLUS)),
        4,
        (up_to(40, 100), up_to(60, 75), up_to(80, 50), rest(25)),
    ),
    _scored(
        A.EFFICIENCY,
        "4c",
        N_("Cost of personnel to loans"),
        (end(F.PERSONNEL), end(F.LOANS)),
        2,
        (up_to(5, 100), up_to(10, 75), up_to(15, 50), rest(0)),
    ),
    _scored(
        A.LIQUIDITY,
        "5a",
        N_("Cash and bank to current liabilities"),
        (end(F.CASH_AND_BANK), end(F.CURRENT_LIABILITIES)),
        10,
        (up_to(10, 25), up_to(15, 100), up_to(20, 50), rest(25)),
    ),
    _scored(
        A.LIQUIDITY,
        "5b",
        N_("Loans to funds received"),
        (end(F.LOANS), end(F.FUNDS_RECEIVED)),
        5,
        (below(60, 25), below(70, 50), below(80, 75), rest(100)),
    ),
    _scored(
        A.GROWTH,
        "6a",
        N_("Return on assets"),
        (end(F.SURPLUS_BEFORE_TAX), end(F.ASSETS)),
        3,
        (below(5, 25), below("7.5", 50), below(10, 75), rest(100)),
    ),
    _scored(
        A.GROWTH,
        "6b",
        N_("Return on own capital"),
        (end(F.MEMBERS_SURPLUS), end(F.OWN_CAPITAL)),
        3,
        (below(3, 25), below(4, 50), below(5, 75), rest(100)),
    ),
    _scored(
        A.GROWTH,
        "6c",
        N_("Operating independence"),
        (
            end(F.NET_PARTICIPATION),
            end(F.OPERATING_EXPENSE, F.COOPERATIVE_EXPENSE),
        ),
        4,
        (up_to(100, 0), rest(100)),
    ),
    _scored(
        A.IDENTITY,
        "7a",
        N_("Gross participation of members among all income"),
        (
            end(F.GROSS_PARTICIPATION),
            end(F.GROSS_PARTICIPATION, F.NON_MEMBER_INCOME),
        ),
        7,
        (below(25, 25), below(50, 50), below(75, 75), rest(100)),
    ),
    _scored(
        A.IDENTITY,
        "7b",
        N_("Economic benefit of members to their shares"),
        (
            end(F.SERVICE_BENEFIT, F.MEMBERS_SURPLUS),
            end(F.PRINCIPAL_SHARES, F.MANDATORY_SHARES),
        ),
        3,
        (below(5, 0), below("7.5", 50), below(10, 75), rest(100)),
    ),
)
RATIOS = {each.ratio.code: each.ratio for each in SCORED}
BANDS = {each.ratio.code: each.bands for each in SCORED}
SHIFTED_1B = Bands(
    (
        *(below(step, step - 10) for step in range(10, 110, 10)),
        rest(100),
    ),
    Source(N_("a thesis that reprints the table one step lower"), Mark.UNKNOWN),
)
"""The table of 1b as theses print it: 10 up to 20 percent bring 0.6, not 1.2."""


class Group(StrEnum):
    """What the questions on management are about."""

    GENERAL = "general"
    INSTITUTION = "institution"
    CAPITAL = "capital"
    ASSETS = "assets"
    LIQUIDITY = "liquidity"


GROUP_NAMES = {
    Group.GENERAL: N_("General management"),
    Group.INSTITUTION: N_("Institution"),
    Group.CAPITAL: N_("Management of capital"),
    Group.ASSETS: N_("Management of assets"),
    Group.LIQUIDITY: N_("Management of liquidity"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """How many questions a group has, and what each yes is worth.

    The wording of the questions could not be read, so none is made up.
    """

    group: Group
    questions: int
    worth: Fraction
    source: Source = REPRINTED

    @property
    def weight(self) -> Fraction:
        """What all its questions are worth together."""
        return self.questions * self.worth


ASKED = (
    Asked(Group.GENERAL, 12, Fraction(1, 4)),
    Asked(Group.INSTITUTION, 6, Fraction(1, 2)),
    Asked(Group.CAPITAL, 5, Fraction(3, 5)),
    Asked(Group.ASSETS, 10, Fraction(3, 10)),
    Asked(Group.LIQUIDITY, 5, Fraction(3, 5)),
)
