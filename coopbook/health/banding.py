"""Tables that turn a percentage into a value, and what lies on their limits (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from coopbook.health.ratios import Source
from coopbook.i18n import N_


class BandEdge(StrEnum):
    """To which band a ratio belongs that lies exactly on a limit."""

    AS_PRINTED = "as_printed"
    AT_MOST = "at_most"
    BELOW = "below"


BAND_EDGE_NAMES = {
    BandEdge.AS_PRINTED: N_("as each table prints it"),
    BandEdge.AT_MOST: N_("on the limit is in the lower band (≤)"),
    BandEdge.BELOW: N_("on the limit is in the upper band (<)"),
}


@dataclass(frozen=True, slots=True)
class Band:
    """What a ratio up to a limit is worth; without a limit: everything above.

    ``holds`` says that a ratio on the limit is in it, ``fixed`` that no choice of
    edges changes that.  ``value`` is nothing where the source could not be read.
    """

    limit: Fraction | None
    value: int | None
    holds: bool = False
    fixed: bool = False

    def includes(self, percent: Fraction, edge: BandEdge) -> bool:
        """Say whether a percentage that is in no lower band is in this one."""
        if self.limit is None:
            return True
        holds = self.holds
        if not self.fixed and edge is not BandEdge.AS_PRINTED:
            holds = edge is BandEdge.AT_MOST
        return percent <= self.limit if holds else percent < self.limit


@dataclass(frozen=True, slots=True)
class Bands:
    """A table of bands from the lowest to the highest, and where it comes from.

    Where the last band has a limit, the table says nothing of what lies above it.
    """

    bands: tuple[Band, ...]
    source: Source

    def band_of(
        self, percent: Fraction, edge: BandEdge = BandEdge.AS_PRINTED
    ) -> Band | None:
        """Return the band a percentage is in, nothing where the table ends below it.

        >>> from coopbook.health import BANDS
        >>> [BANDS["5a"].band_of(Fraction(each)).value for each in (10, 15, 20, 21)]
        [25, 100, 50, 25]
        """
        return next((each for each in self.bands if each.includes(percent, edge)), None)


def always(limit: int, value: int) -> Band:
    """Return a band whose limit is in it by every copy of the table."""
    return Band(Fraction(limit), value, holds=True, fixed=True)


def up_to(limit: int, value: int) -> Band:
    """Return a band that a ratio on its limit is in."""
    return Band(Fraction(limit), value, holds=True)


def below(limit: int | str, value: int | None) -> Band:
    """Return a band that a ratio on its limit is not in any more."""
    return Band(Fraction(limit), value)


def rest(value: int) -> Band:
    """Return the band of everything above the others."""
    return Band(None, value)
