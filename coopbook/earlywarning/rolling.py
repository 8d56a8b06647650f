"""Roll rates: where the loans of one month's end stood at the next (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from coopbook.dates import day_before, last_day, months_after
from coopbook.earlywarning.buckets import BUCKETS, Bucket, Seen
from coopbook.i18n import N_
from coopbook.money import ZERO, Money


class Ended(StrEnum):
    """How a loan came not to run any more."""

    PAID = N_("paid off")
    REPLACED = N_("replaced by another loan")
    WRITTEN_OFF = N_("written off")


class Began(StrEnum):
    """Where a loan comes from that did not run at the month's beginning."""

    NEW = N_("new")


Place = Bucket | Ended
Origin = Bucket | Began
PLACES: tuple[Place, ...] = (*BUCKETS, *Ended)
ORIGINS: tuple[Origin, ...] = (*BUCKETS, *Began)


@dataclass(frozen=True, slots=True)
class Course:
    """A loan at the ends of some months: as seen, ended, or nothing before it began.

    ``lent`` is its principal, with which it enters the month it began in.
    """

    loan: int
    lent: Money
    at: tuple[Seen | Ended | None, ...]


@dataclass(frozen=True, slots=True)
class Rolled:
    """The loans that went from one place to another in a month.

    ``principal`` is what was left of them at the beginning, or lent where they are
    new; ``share`` that of the principal of all that began in the same place, and
    ``of_loans`` that of their number.
    """

    origin: Origin
    place: Place
    loans: tuple[int, ...]
    principal: Money
    share: Fraction
    of_loans: Fraction


@dataclass(frozen=True, slots=True)
class Month:
    """A month's matrix: only cells that have loans, by origin and then by place."""

    begins: date
    ends: date
    cells: tuple[Rolled, ...]

    def row(self, origin: Origin) -> list[Rolled]:
        """Return where the loans of an origin went; their shares add up to one."""
        return [each for each in self.cells if each.origin is origin]

    def cell(self, origin: Origin, place: Place) -> Rolled | None:
        """Return the loans that went one way, nothing where none did."""
        return next((each for each in self.row(origin) if each.place is place), None)

    def begun_with(self, origin: Origin) -> Money:
        """Return all the principal of an origin."""
        return sum((each.principal for each in self.row(origin)), ZERO)

    def worse(self, origin: Bucket) -> Fraction:
        """Return the share of a bucket's principal that was later at the month's end.

        Source: the forward "roll rate" or "flow rate" of lenders.
        """
        later = BUCKETS[BUCKETS.index(origin) + 1 :]
        gone = [each.share for each in self.row(origin) if each.place in later]
        return sum(gone, Fraction(0))


def month_ends(on: date, months: int) -> list[date]:
    """Return the last so many month's ends up to a day, and the one before them.

    >>> [day.isoformat() for day in month_ends(date(2026, 3, 30), 1)]
    ['2026-01-31', '2026-02-28']
    """
    last = last_day(on.year, on.month)
    if last > on:
        last = day_before(on.replace(day=1))
    first = last.replace(day=1)
    before = [months_after(first, -back) for back in range(months, -1, -1)]
    return [last_day(day.year, day.month) for day in before]


def rolled(courses: Sequence[Course], ends: Sequence[date]) -> list[Month]:
    """Return the matrix of each month between two of the days, oldest first.

    A loan counts with the whole principal it had at the beginning, wherever it went,
    so a row adds up to everything at the start of the month; what was paid down on
    the way shows in the next month.  A loan that began and ended inside a month is
    new, and where it ended.
    """
    months = []
    for place, (begins, until) in enumerate(pairwise(ends)):
        ways: dict[tuple[Origin, Place], list[tuple[int, Money]]] = {}
        for course in courses:
            before, after = course.at[place], course.at[place + 1]
            if after is None or isinstance(before, Ended):
                continue
            origin: Origin = Began.NEW if before is None else before.bucket
            held = course.lent if before is None else before.outstanding
            ended = after if isinstance(after, Ended) else after.bucket
            ways.setdefault((origin, ended), []).append((course.loan, held))
        months.append(Month(begins, until, _cells(ways)))
    return months


def _cells(
    ways: Mapping[tuple[Origin, Place], Sequence[tuple[int, Money]]],
) -> tuple[Rolled, ...]:
    sums: dict[Origin, int] = {}
    counts: dict[Origin, int] = {}
    for (origin, _), some in ways.items():
        sums[origin] = sums.get(origin, 0) + sum(held.units for _, held in some)
        counts[origin] = counts.get(origin, 0) + len(some)
    found = []
    for origin in ORIGINS:
        for place in PLACES:
            some = ways.get((origin, place), ())
            if not some:
                continue
            held = sum((much for _, much in some), ZERO)
            whole = sums[origin]
            found.append(
                Rolled(
                    origin,
                    place,
                    tuple(sorted(number for number, _ in some)),
                    held,
                    Fraction(held.units, whole) if whole else Fraction(0),
                    Fraction(len(some), counts[origin]),
                )
            )
    return tuple(found)
