"""How much to set aside for loans that may be lost (pure).

Source: domain guide 4.2; the weights of the ministry are its risk weights, and using
them as the least allowance is common practice.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from coopbook.baddebts.classes import LoanClass, Mark, Policy
from coopbook.i18n import N_
from coopbook.money import ZERO, Money, Rounding, rounded


class Scale(StrEnum):
    """By which percentages the allowance is reckoned."""

    KUKM = "kukm"
    RURAL_BANK = "rural_bank"
    COMMERCIAL_BANK = "commercial_bank"
    LKM = "lkm"
    PEARLS = "pearls"


C = LoanClass


@dataclass(frozen=True, slots=True)
class Weights:
    """The percentages of a scale by class, and where they come from.

    ``by`` is the policy whose classes the scale needs, where the book's own will not
    do: PEARLS asks how long a loan is late, not for its class.
    """

    title: str
    source: str
    mark: Mark
    shares: dict[LoanClass, Fraction]
    by: Policy | None = None


def _weights(
    *,
    current: str = "0",
    special: str = "0",
    substandard: str = "0",
    doubtful: str = "0",
    loss: str = "100",
) -> dict[LoanClass, Fraction]:
    named = {
        C.CURRENT: current,
        C.SPECIAL_MENTION: special,
        C.SUBSTANDARD: substandard,
        C.DOUBTFUL: doubtful,
        C.LOSS: loss,
        C.DELINQUENT: substandard,
        C.DELINQUENT_12: loss,
    }
    return {each: Fraction(percent) / 100 for each, percent in named.items()}


SCALES = {
    Scale.KUKM: Weights(
        N_("0 / 50 / 75 / 100: the ministry's risk weights"),
        "Permen KUKM 14/2009",
        Mark.PRIMARY,
        _weights(substandard="50", doubtful="75"),
    ),
    Scale.RURAL_BANK: Weights(
        N_("0.5 / 3 / 10 / 50 / 100: rural banks"),
        N_("practice of rural banks"),
        Mark.KNOWLEDGE,
        _weights(current="0.5", special="3", substandard="10", doubtful="50"),
    ),
    Scale.COMMERCIAL_BANK: Weights(
        N_("1 / 5 / 15 / 50 / 100: commercial banks"),
        N_("practice of commercial banks"),
        Mark.KNOWLEDGE,
        _weights(current="1", special="5", substandard="15", doubtful="50"),
    ),
    Scale.LKM: Weights(
        N_("0 / 50 / 100: microfinance institutions"),
        "OJK",
        Mark.SECONDARY,
        _weights(substandard="50", doubtful="50"),
    ),
    Scale.PEARLS: Weights(
        N_("35 up to a year late, 100 after it: credit unions"),
        "WOCCU PEARLS",
        Mark.SECONDARY,
        _weights(substandard="35", doubtful="35"),
        by=Policy.PEARLS,
    ),
}


def needed(
    loan_class: LoanClass, outstanding: Money, deductible: Money, scale: Scale
) -> Money:
    """Return the allowance one loan needs.

    Of a loan that is current the percentage is of everything that is outstanding; of
    any other, of what is left when the savings that are held for it and what counts
    of its collateral are taken off.

    Units:    money units; ``deductible`` counts up to what is outstanding.
    Rounding: half to even, loan by loan, so that the list adds up to the entry.

    >>> needed(LoanClass.SUBSTANDARD, Money(10_000_000), Money(2_000_000), Scale.KUKM)
    Money(units=4000000)
    """
    net = outstanding
    if loan_class is not C.CURRENT:
        net = max(outstanding - deductible, ZERO)
    share = SCALES[scale].shares[loan_class]
    return Money(rounded(net.units * share, Rounding.HALF_EVEN))
