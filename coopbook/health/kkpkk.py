"""The supervision tool of 2021, as far as its bands could be read (pure).

Source: domain guide 8.3, from training modules on Juknis Deputi Perkoperasian 15/2021.
The sheet itself was not found: which indicator belongs to which aspect, and the other
indicators, are not known.  So there is no total here, and nothing stands in for one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from coopbook.baddebts.classes import Mark
from coopbook.health.banding import Band, BandEdge, Bands, below, rest, up_to
from coopbook.health.inputs import Input
from coopbook.health.ratios import (
    Ratio,
    Reading,
    Source,
    Terms,
    a_year_ago,
    end,
    increase,
    read,
)
from coopbook.i18n import N_

TITLE = N_("Supervision tool of 2021, in part")
UNVERIFIED = N_(
    "Unverified and in part: the sheet was not found. These bands were read in training"
    " modules; a total cannot be worked out from them."
)
MODULES = Source(N_("training modules on Juknis 15/2021"), Mark.SECONDARY)
PARTS = (
    (N_("Governance"), 30),
    (N_("Risk profile"), 15),
    (N_("Financial performance"), 40),
    (N_("Capitalisation"), 15),
)
"""The aspects with their weights in percent: notes in a public repository."""
PARTS_SOURCE = Source(N_("notes in a public repository"), Mark.SECONDARY)

CATEGORY_NAMES = {
    4: N_("Healthy"),
    3: N_("Fairly healthy"),
    2: N_("Less healthy"),
    1: N_("Unhealthy"),
}
"""What a score is called; the tool's own *value* runs the other way, 1 is the best."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A ratio whose bands were read; ``note`` says what else is not sure of it."""

    ratio: Ratio
    bands: Bands
    note: str = ""


def _indicator(
    code: str,
    name: str,
    over: Terms,
    under: Terms,
    bands: tuple[Band, ...],
    note: str = "",
) -> Indicator:
    return Indicator(
        Ratio(code, name, over, under, MODULES), Bands(bands, MODULES), note
    )


F = Input
INDICATORS = (
    _indicator(
        "answers",
        N_("Questions answered with yes"),
        end(F.YES_ANSWERS),
        end(F.QUESTIONS),
        (up_to(25, 1), up_to(50, 2), up_to(75, 3), rest(4)),
        N_("The questions could not be read."),
    ),
    _indicator(
        "loans",
        N_("Loans to productive assets"),
        end(F.LOANS),
        end(F.PRODUCTIVE_ASSETS),
        (up_to(75, 4), up_to(85, 3), up_to(95, 2), rest(1)),
    ),
    _indicator(
        "npl",
        N_("Loans that do not perform"),
        end(F.SUBSTANDARD, F.DOUBTFUL, F.LOSS),
        end(F.LOANS),
        (up_to(5, 4), up_to(10, 3), up_to(15, 2), rest(1)),
        N_("The text names 12 percent where its table has 15."),
    ),
    _indicator(
        "roe",
        N_("Return on equity"),
        end(F.SURPLUS),
        end(F.EQUITY),
        (below("7.5", None), below(10, 3), rest(4)),
        N_("Below 7.5 percent the bands could not be read."),
    ),
    _indicator(
        "independence",
        N_("Operating independence"),
        end(F.NET_PARTICIPATION),
        end(F.OPERATING_EXPENSE, F.COOPERATIVE_EXPENSE),
        (below(100, 1), below(110, 2), below(120, 3), rest(4)),
        N_("Its formula could not be read; that of the older score is used."),
    ),
    _indicator(
        "net",
        N_("Net surplus to income"),
        end(F.SURPLUS),
        end(F.INCOME),
        (below(5, 1), below(10, 2), below(15, 3), rest(4)),
    ),
    _indicator(
        "growth",
        N_("Growth of equity"),
        increase(F.EQUITY),
        a_year_ago(F.EQUITY),
        (below(4, 1), below(7, 2), below(10, 3), rest(4)),
    ),
)


@dataclass(frozen=True, slots=True)
class Screened:
    """An indicator with its score of four, or nothing where that cannot be said."""

    indicator: Indicator
    reading: Reading
    score: int | None

    @property
    def value(self) -> int | None:
        """The value as the tool writes it: 1 is the best and has score 4."""
        return None if self.score is None else 5 - self.score


def screen(
    readings: Iterable[Reading], edge: BandEdge = BandEdge.AS_PRINTED
) -> tuple[Screened, ...]:
    """Return what the bands that could be read say of each indicator.

    >>> found = screen([read(INDICATORS[3].ratio, {F.SURPLUS: 7, F.EQUITY: 100})])
    >>> [each.score for each in found if each.indicator.ratio.code == "roe"]
    [None]
    """
    found = {each.ratio.code: each for each in readings}
    return tuple(
        _screened(each, found.get(each.ratio.code) or read(each.ratio, {}), edge)
        for each in INDICATORS
    )


def _screened(indicator: Indicator, reading: Reading, edge: BandEdge) -> Screened:
    percent: Fraction | None = reading.percent
    if percent is None:
        return Screened(indicator, reading, None)
    band = indicator.bands.band_of(percent, edge)
    return Screened(indicator, reading, band.value if band else None)
