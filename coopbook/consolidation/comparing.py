"""The statements of several books as one beside those of a year before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coopbook.book import Book
from coopbook.consolidation.flows import ALL
from coopbook.consolidation.queries import Consolidated, Unit, consolidated
from coopbook.consolidation.rules import Combined
from coopbook.corrections import Correction
from coopbook.errors import Refused
from coopbook.i18n import N_, say
from coopbook.money import Money
from coopbook.statements import Kind, Row, year_before
from coopbook.statements.layout import TRADE

WHAT = ("position", "surplus", "equity", "cash")
"""The statements, in their order; what ``Joint.rows`` is asked for."""

Amounts = tuple[Money | None, ...]


@dataclass(frozen=True, slots=True)
class JointRow:
    """A row in all its columns: each unit, what is left out, all together.

    ``now`` is nothing in a heading.  ``then`` is the same of the year before: nothing
    for a unit that was not founded yet, and nowhere where the books were apart.
    """

    row: Row
    now: Amounts
    then: Amounts

    @property
    def empty(self) -> bool:
        """Say whether it holds nothing in any column."""
        return not any((*self.now, *self.then))


@dataclass(frozen=True, slots=True)
class Joint:
    """Consolidated statements of a time and of the year before.

    Of the year before there are none where ``refused`` says why, and none where no
    unit was founded.
    """

    now: Consolidated
    before: tuple[date, date]
    then: Consolidated | None
    refused: Refused | None

    @property
    def units(self) -> tuple[Unit, ...]:
        """The books, in the order of their columns."""
        return self.now.units

    @property
    def restated(self) -> list[tuple[Unit, Correction]]:
        """The corrections booked since that the year before is restated by, by unit."""
        units = self.then.units if self.then else ()
        return [(unit, one) for unit in units for one in unit.restated]

    def restating(self, language: str) -> str:
        """Say which corrections those are: unit, year and number; nothing of none."""
        some = "; ".join(
            f"{unit.name}: {one.year}/{one.number} {one.finding}"
            for unit, one in self.restated
        )
        said = N_("The year before is restated by corrections booked since: %(some)s")
        return say(said, language) % {"some": some} if some else ""

    def rows(self, what: str) -> list[JointRow]:
        """Return the rows of one of ``WHAT``; none where the books were apart.

        Left out are kinds of capital that nobody has, movements of equity that nobody
        had and lines of goods where nobody trades.
        """
        told: Sequence[Combined] = getattr(self.now, what)
        past: Sequence[Combined] = getattr(self.then, what) if self.then else ()
        then = {one.row.code: one for one in past}
        rows = [
            JointRow(one.row, _now(one), self._then(then.get(one.row.code)))
            for one in told
        ]
        if what != "equity":
            return [one for one in rows if one.row.code not in TRADE or not one.empty]
        alive = {_kind(one.row) for one in rows if not one.empty} | {ALL}
        return [
            one
            for one in rows
            if _kind(one.row) in alive and not (one.row.kind is Kind.LINE and one.empty)
        ]

    def _then(self, one: Combined | None) -> Amounts:
        if one is None or self.then is None or one.row.kind is Kind.HEADING:
            return (None,) * (len(self.units) + 2)
        parts = (
            part if unit.founded else None
            for part, unit in zip(one.parts, self.then.units, strict=True)
        )
        return *parts, one.left_out, one.whole


def _now(one: Combined) -> Amounts:
    if one.row.kind is Kind.HEADING:
        return (None,) * (len(one.parts) + 2)
    return *one.parts, one.left_out, one.whole


def _kind(row: Row) -> str:
    """Return the kind of capital a row of the changes in equity is about."""
    return row.code.partition(".")[2]


def joint_statements(
    book: Book, others: Sequence[int], first: date, last: date
) -> Joint:
    """Return the statements of this book and others as one, beside the year before.

    Position and surplus of the year before are restated by corrections booked since.
    Raises as ``consolidated`` does for the time itself; where the books did not cancel
    the year before, that is said in ``refused``.
    """
    now = consolidated(book, others, first, last)
    before = year_before((first, last))
    try:
        then = consolidated(book, others, *before, restated=True)
    except Refused as refusal:
        return Joint(now, before, None, refusal)
    founded = any(unit.founded for unit in then.units)
    return Joint(now, before, then if founded else None, None)
