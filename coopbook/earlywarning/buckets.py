"""Loans of a day by how many days they are past due (pure).

Where one bucket ends and the next begins is our choice: the edges most lenders print.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from coopbook.i18n import N_
from coopbook.money import ZERO, Money

EDGES = (0, 7, 30, 60, 90, 180, 365)
"""The most days past due of each bucket but the last, which has no end."""


class Bucket(StrEnum):
    """How long a loan is past due, in days."""

    NONE = N_("not late")
    WEEK = N_("1 to 7 days late")
    MONTH = N_("8 to 30 days late")
    TWO_MONTHS = N_("31 to 60 days late")
    QUARTER = N_("61 to 90 days late")
    HALF_YEAR = N_("91 to 180 days late")
    YEAR = N_("181 to 365 days late")
    LONGER = N_("more than 365 days late")


BUCKETS = tuple(Bucket)


@dataclass(frozen=True, slots=True)
class Seen:
    """A running loan as it is seen on a day: principal left and days past due."""

    loan: int
    outstanding: Money
    days: int

    @property
    def bucket(self) -> Bucket:
        """The bucket it lies in."""
        return bucket_of(self.days)


@dataclass(frozen=True, slots=True)
class Aged:
    """The loans of a bucket, their principal, and its share of all principal."""

    bucket: Bucket
    loans: tuple[int, ...]
    outstanding: Money
    share: Fraction


def bucket_of(days: int) -> Bucket:
    """Return the bucket of so many days past due.

    >>> [bucket_of(days).name for days in (0, 1, 7, 8, 365, 366)]
    ['NONE', 'WEEK', 'WEEK', 'MONTH', 'YEAR', 'LONGER']
    """
    return BUCKETS[bisect_left(EDGES, days)]


def aged(seen: Iterable[Seen]) -> list[Aged]:
    """Return every bucket with its loans together, empty ones too.

    Units: principal left, the whole of a loan of which any part is late.
    Source: the ageing or "days past due" table of lenders; the sums of the buckets
            above 30 days over all are the portfolio at risk.
    """
    lying: dict[Bucket, list[Seen]] = {each: [] for each in BUCKETS}
    for one in seen:
        lying[one.bucket].append(one)
    whole = sum(one.outstanding.units for some in lying.values() for one in some)
    found = []
    for bucket, some in lying.items():
        left = sum((one.outstanding for one in some), ZERO)
        numbers = tuple(sorted(one.loan for one in some))
        share = Fraction(left.units, whole) if whole else Fraction(0)
        found.append(Aged(bucket, numbers, left, share))
    return found
