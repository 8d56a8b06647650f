"""Quorum and majority: exact shares of a whole, counted in heads."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from coopbook.cooperatives.shares import Share


def needed(share: Share, whole: int) -> int:
    """Return the smallest number of heads that satisfies a share of a whole.

    Units:    heads; never less than one, for nobody decides nothing.
    Rounding: up to a whole head; a share to be passed takes one more where it
              comes out even.
    Source:   worked by hand in docs/rules/meetings.md.

    >>> from coopbook.cooperatives.shares import parse
    >>> [needed(parse(rule), 120) for rule in (">1/2", ">=1/2", ">=2/3", ">=1/3")]
    [61, 60, 80, 40]
    >>> needed(parse(">=2/3"), 121)
    81
    """
    exact = share.part * whole
    return max(floor(exact) + 1 if share.passed else ceil(exact), 1)


def reached(share: Share, part: int, whole: int) -> bool:
    """Say whether so many of a whole satisfy a share; of nothing, never.

    >>> from coopbook.cooperatives.shares import parse
    >>> reached(parse(">1/2"), 60, 120), reached(parse(">1/2"), 61, 120)
    (False, True)
    """
    if whole < 1:
        return False
    exact = Fraction(part, whole)
    return exact > share.part if share.passed else exact >= share.part


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many of those with a vote take part, and how many have to.

    >>> from coopbook.cooperatives.shares import parse
    >>> quorum = Quorum(parse(">=2/3"), eligible=120, present=75)
    >>> quorum.needed, quorum.missing, quorum.reached
    (80, 5, False)
    """

    share: Share
    eligible: int
    present: int

    @property
    def needed(self) -> int:
        """How many have to take part."""
        return needed(self.share, self.eligible)

    @property
    def missing(self) -> int:
        """How many more would have to come."""
        return max(self.needed - self.present, 0)

    @property
    def reached(self) -> bool:
        """Whether enough take part."""
        return reached(self.share, self.present, self.eligible)


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes on a motion, and how many took part when it was decided."""

    votes_for: int
    votes_against: int
    abstained: int
    present: int

    @property
    def cast(self) -> int:
        """How many voted; blank and spoiled papers are the rest of those present."""
        return self.votes_for + self.votes_against + self.abstained

    def out_of(self, *, of_present: bool) -> int:
        """Return what the votes for are weighed against.

        ``of_present`` weighs them against everybody who takes part, so that to
        abstain is not to agree; otherwise only for and against are weighed.

        >>> votes = Tally(votes_for=40, votes_against=35, abstained=6, present=82)
        >>> votes.out_of(of_present=True), votes.out_of(of_present=False)
        (82, 75)
        """
        return self.present if of_present else self.votes_for + self.votes_against


def consensus(present: int) -> Tally:
    """Return the votes where everybody who takes part agrees.

    >>> consensus(82)
    Tally(votes_for=82, votes_against=0, abstained=0, present=82)
    """
    return Tally(present, 0, 0, present)


def carried(share: Share, tally: Tally, *, of_present: bool) -> bool:
    """Say whether a motion is carried by its votes; one member, one vote.

    Units:    votes; ``share`` of those present, or of the votes for and against.
    Rounding: none; equal votes do not pass ``>1/2``.
    Source:   UU 25/1992 article 24, consensus and then the most votes; how many
              are enough stands in the by-laws (``majority_*``) and what they are
              weighed against too (``majority_of_present``).

    >>> from coopbook.cooperatives.shares import parse
    >>> votes = Tally(votes_for=40, votes_against=35, abstained=6, present=82)
    >>> carried(parse(">1/2"), votes, of_present=True)
    False
    >>> carried(parse(">1/2"), votes, of_present=False)
    True
    """
    return reached(share, tally.votes_for, tally.out_of(of_present=of_present))
