"""A share of a whole as a by-law writes it: more than a half, at least two thirds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from coopbook.errors import Refused
from coopbook.i18n import N_

WRITTEN = re.compile(r"(>=?)([0-9]{1,4})/([0-9]{1,4})")
SHARE_SAID = {True: N_("more than %(share)s"), False: N_("at least %(share)s")}
"""How a share is said: whether it has to be passed, or only reached."""


@dataclass(eq=False)
class NotAShare(Refused):
    """A rule of quorum or majority is a comparison with a fraction of one or less."""

    sentence = N_("Write the share like >1/2 or >=2/3, not %(rule)s.")

    rule: str


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a whole that has to be reached, or passed."""

    part: Fraction
    passed: bool

    @property
    def sentence(self) -> str:
        """How it is said; its fact is ``share``."""
        return SHARE_SAID[self.passed]


def parse(rule: str) -> Share:
    """Read a share as the settings keep it.

    Units:    a fraction of a whole, more than nothing and at most all of it.
    Rounding: none; the fraction is exact.
    Raises:   ``NotAShare`` for anything else, a share that nobody can pass among it.
    Source:   the cooperative's by-laws; the settings ``quorum_*``, ``majority_*``.

    >>> parse(">=2/3")
    Share(part=Fraction(2, 3), passed=False)
    >>> parse(">1/2").passed
    True
    """
    written = WRITTEN.fullmatch(rule.replace(" ", ""))
    if written is None or not int(written[3]):
        raise NotAShare(rule)
    share = Share(Fraction(int(written[2]), int(written[3])), written[1] == ">")
    most = share.part < 1 if share.passed else share.part <= 1
    if not share.part or not most:
        raise NotAShare(rule)
    return share
