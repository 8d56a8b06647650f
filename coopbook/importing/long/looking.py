"""Look at a list of savings movements that is too long for memory; nothing is posted.

It is read in parts of some thousand rows.  Every part is understood as a sheet of its
own under the headings of the first, with one decimal mark for the whole file.  What has
to be asked of all rows together is asked of the ``Spool``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, localcontext
from heapq import nsmallest
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import cast

from coopbook.book import Book
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.importing.answers import Answers, Question
from coopbook.importing.files import Cell, Sheet, Workbook
from coopbook.importing.files.long import LongTable, Told, long_table
from coopbook.importing.holders import Arrivals
from coopbook.importing.identity import fingerprint, identity
from coopbook.importing.judging import (
    Opening,
    Savers,
    gone,
    group_of,
    limits,
    savers_of,
)
from coopbook.importing.kinds import savings_sheet
from coopbook.importing.kinds.facts import BookFacts
from coopbook.importing.kinds.parts import MemberRow
from coopbook.importing.kinds.reading import SOME_DAY
from coopbook.importing.kinds.registry import Kind
from coopbook.importing.long.spool import Spool
from coopbook.importing.queries import closed_days, facts_of, known_rows, last_record
from coopbook.importing.rounding import EXACT, RoundedTotal, together, whole
from coopbook.importing.rules import NotYet, floor_breaks, principal_breaks
from coopbook.importing.sheets.amounts import amount, decimal_mark
from coopbook.importing.sheets.layout import NoRows, Proposal, describe, propose
from coopbook.importing.sheets.proposal import SetAside
from coopbook.importing.sheets.shapes import Reads
from coopbook.importing.takeovers import Borrowing
from coopbook.importing.understood import (
    Figure,
    Part,
    Problem,
    TotalDiffers,
    Understood,
    agree,
    exact,
)
from coopbook.money import Money

MOST_TOLD = 1_000
"""No more rows than these are named; the rest are counted."""

MOST_UNREAD = 100
"""After so many rows that cannot be read, reading stops."""


@dataclass(eq=False)
class TotalInside(Refused):
    """A long list is rows and nothing else, but for one total at its end."""

    sentence = N_(
        "Row %(row)s adds up rows above it, and more rows follow. A file this long is "
        "read as one plain list: take such rows out of it, or bring it in in parts."
    )

    row: int


@dataclass(eq=False)
class OnlySavings(Refused):
    """Only one kind of sheet is read in parts."""

    sentence = N_(
        "A file above 10 megabytes is brought in as a .csv of movements of members' "
        "savings only. Save this one in smaller parts."
    )


@dataclass(frozen=True, slots=True)
class LongPreview:
    """What a long list says and would do; as ``Preview``, but its rows lie on disk."""

    spool: Spool
    answers: Answers
    file_digest: str
    proposal: Proposal
    figures: tuple[Figure, ...]
    rows_in_file: int
    rows_fresh: int
    savers: Savers
    posting: RoundedTotal
    rounding_on: date | None
    not_understood: tuple[Problem, ...]
    closed: tuple[Problem, ...]
    breaks: tuple[Problem, ...]
    """The first of them by row, ``MOST_TOLD`` at most."""
    breaks_count: int
    questions: tuple[Question, ...]
    record: int
    """The last record of the book when this was judged."""

    kind = Kind.SAVINGS
    opening: Opening | None = None
    notes: tuple[Problem, ...] = ()
    takeovers: tuple[Borrowing, ...] = ()
    subject = ""

    def close(self) -> None:
        """Let the rows on disk go."""
        self.spool.close()

    @property
    def already(self) -> int:
        """How many rows the book has already."""
        return self.rows_in_file - self.rows_fresh

    @property
    def new_members(self) -> tuple[str, ...]:
        """The members the book does not have, as the sheet names them."""
        return self.savers.holders.unknown


def preview_long(
    book: Book,
    kind: Kind | str,
    path: Path,
    *,
    today: date | None = None,
    answers: Answers | None = None,
    told: Told | None = None,
) -> LongPreview:
    """Read a long .csv of savings movements and say what it would do.

    Memory grows with its members, not with its rows.  Unlike in a short one, a
    stated balance is compared with the one before it within some thousand rows
    only, and a total stands at the end or nowhere.  ``told`` hears how many bytes
    are read, and of how many.

    Raises: ``OnlySavings`` and whatever refuses the whole file.
    """
    if Kind(kind) is not Kind.SAVINGS:
        raise OnlySavings()
    table = long_table(path)
    said = answers or Answers()
    reading = _Reading(book, facts_of(book, today), Spool())
    with localcontext(EXACT):
        for understood in _parts(table, said, reading.facts, told):
            reading.take(understood)
            if len(reading.not_understood) >= MOST_UNREAD:
                break
        return reading.finish(table, said)


def _parts(
    table: LongTable, answers: Answers, facts: BookFacts, told: Told | None
) -> Iterator[Understood]:
    """Understand a table part by part, each under the headings of the first."""
    first = next(table.parts(), [])
    book = Workbook([Sheet("", first)])
    proposal = propose(book, savings_sheet.SHAPE, answers.layout)
    head = first[: max(proposal.headings, default=0)]
    mark, signed = _marks(table, proposal, len(head))
    layout = replace(
        describe(proposal), sheet=None, headings=proposal.headings, mark=mark
    )
    words = dict(answers.said)
    if signed and not proposal.has("way"):
        words.setdefault("way", savings_sheet.SIGNED)
    own = Answers(answers.on, words, layout)
    before = 0
    for rows in table.parts(told):
        sheet = Sheet("", rows)
        if before:
            sheet = Sheet("", [*head, *rows], len(head), before - len(head))
        before += len(rows)
        try:
            yield savings_sheet.understand(Workbook([sheet]), own, facts)
        except NoRows:
            if before == len(rows):
                raise


def _marks(table: LongTable, proposal: Proposal, head: int) -> tuple[str, bool]:
    """Return the decimal mark of all amounts, and whether any is below nothing."""
    amounts = savings_sheet.SHAPE.keys(Reads.AMOUNT)
    places = [one.index for one in proposal.columns if one.key in amounts]
    own = [one.index for one in proposal.columns if one.key == "amount"]
    rows = chain.from_iterable(table.parts())
    for _ in range(head):
        next(rows, None)
    given = proposal.layout.mark if proposal.layout is not None else ""
    signed = False

    def cells() -> Iterator[Cell]:
        nonlocal signed
        for row in rows:
            for place in places:
                if place < len(row):
                    yield row[place]
            signed = signed or any(_below(row[i]) for i in own if i < len(row))

    return given or decimal_mark(cells()), signed


def _below(cell: Cell) -> bool:
    """Say whether a written amount is below nothing, whatever its decimal mark."""
    if not isinstance(cell, str) or not set(cell) & set("-(–−"):
        return False
    try:
        return amount(cell, mark=".") < 0
    except Refused:
        return False


@dataclass(slots=True)
class _Reading:
    """What is known of a list so far; it grows with members and days, not with rows."""

    book: Book
    facts: BookFacts
    spool: Spool
    arrivals: Arrivals = field(default_factory=Arrivals)
    proposal: Proposal | None = None
    figures: dict[str, Figure] = field(default_factory=dict)
    days: dict[date, int] = field(default_factory=dict)
    posting: dict[str, tuple[Decimal, int]] = field(default_factory=dict)
    questions: dict[Question, None] = field(default_factory=dict)
    not_understood: list[Problem] = field(default_factory=list)
    breaks: list[Problem] = field(default_factory=list)
    breaks_count: int = 0
    set_aside: list[SetAside] = field(default_factory=list)
    total: tuple[int, Proposal] | None = None
    rows: int = 0
    fresh: int = 0

    def take(self, part: Understood) -> None:
        """Take in one part of the list."""
        proposal = part.proposal
        self.proposal = self.proposal or proposal
        self.questions.update(dict.fromkeys(part.questions))
        self.not_understood += part.not_understood
        if len(self.set_aside) < MOST_TOLD:
            self.set_aside += proposal.set_aside
        self._totals(part)
        self._add_breaks(
            one for one in part.breaks if not isinstance(one.reason, TotalDiffers)
        )
        self._rows(cast(Sequence[MemberRow], part.movements))

    def _totals(self, part: Understood) -> None:
        """Add up the columns; a total is kept for the end, where alone it may stand."""
        proposal = part.proposal
        last = proposal.rows[-1].number if proposal.rows else 0
        if self.total is not None and last:
            self._inside(self.total[0])
        inside = [each.row.number for each in proposal.subtotals]
        if proposal.totals is not None:
            self.total = (proposal.totals.number, proposal)
            if last > proposal.totals.number:
                inside.append(proposal.totals.number)
        for row in inside:
            self._inside(row)
        for figure in part.figures:
            known = self.figures.get(figure.key, Figure(figure.key, None, Decimal(0)))
            self.figures[figure.key] = Figure(
                figure.key,
                known.stated if figure.stated is None else figure.stated,
                known.counted + figure.counted,
            )

    def _inside(self, row: int) -> None:
        if not any(problem.row == row for problem in self.not_understood):
            self.not_understood.append(Problem(row, TotalInside(row)))

    def _rows(self, rows: Sequence[MemberRow]) -> None:
        """Keep the rows the book does not have, and note whom they are of."""
        named = []
        for row in rows:
            content = row.content()
            times = self.spool.times(fingerprint(content))
            named.append(identity(Kind.SAVINGS.value, content, times))
        known, again = known_rows(self.book, named)
        fresh = [
            (again.get(name, name), row)
            for name, row in zip(named, rows, strict=True)
            if name not in known
        ]
        self.spool.add(fresh)
        self.rows += len(rows)
        self.fresh += len(fresh)
        for _, row in fresh:
            self.arrivals.add(row)
            self._of_day(row)
            for part in row.parts:
                self._add_up(part)

    def _of_day(self, row: MemberRow) -> None:
        if row.on != SOME_DAY:
            self.days.setdefault(row.on, row.row)
        if self.facts.today is not None and row.on > self.facts.today:
            self._add_breaks([Problem(row.row, NotYet(row.row, row.on))])

    def _add_up(self, part: Part) -> None:
        group = group_of(part.to)
        total, lines = self.posting.get(group, (Decimal(0), 0))
        units = whole(part.amount).units
        self.posting[group] = (total + part.amount, lines + units)

    def _add_breaks(self, found: Iterable[Problem]) -> None:
        """Count breaks and keep the first of them by row."""
        for problem in found:
            self.breaks.append(problem)
            self.breaks_count += 1
            if len(self.breaks) >= 2 * MOST_TOLD:
                self.breaks = nsmallest(MOST_TOLD, self.breaks, key=attrgetter("row"))

    def finish(self, table: LongTable, said: Answers) -> LongPreview:
        """Judge all rows together, and say what there is to say."""
        assert self.proposal is not None, "a list has a first part"
        self._compare_total()
        savers = savers_of(self.book, self.arrivals)
        rules = limits(self.book, savers)
        self._add_breaks(gone(self.book, savers.arrivals, savers.holders))
        self._add_breaks(
            principal_breaks(self.spool.movements(), savers.standings, rules["share"])
        )
        for key, movements in self.spool.by_pot():
            if key in self.arrivals.taken:
                held = savers.standings.get(key)
                self._add_breaks(floor_breaks(key, movements, held, rules["floors"]))
        posting = together(
            RoundedTotal(total, Money(lines), whole(total))
            for total, lines in self.posting.values()
        )
        rounding_on = said.on or max(self.days, default=None)
        if rounding_on is not None and posting.left:
            self.days.setdefault(rounding_on, self.rows)
        return LongPreview(
            spool=self.spool,
            answers=said,
            file_digest=table.digest,
            proposal=replace(
                self.proposal,
                set_aside=tuple(self.set_aside[:MOST_TOLD]),
                layout=said.layout,
            ),
            figures=tuple(self.figures.values()),
            rows_in_file=self.rows,
            rows_fresh=self.fresh,
            savers=savers,
            posting=posting,
            rounding_on=rounding_on,
            not_understood=tuple(self.not_understood),
            closed=tuple(closed_days(self.book, self.days)),
            breaks=tuple(nsmallest(MOST_TOLD, self.breaks, key=attrgetter("row"))),
            breaks_count=self.breaks_count,
            questions=tuple(self.questions),
            record=last_record(self.book),
        )

    def _compare_total(self) -> None:
        """Compare the total at the end with what all rows add up to."""
        if self.total is None:
            return
        row, proposal = self.total
        for figure in self.figures.values():
            if figure.stated is not None and not agree(figure.stated, figure.counted):
                differs = TotalDiffers(
                    proposal.place(figure.key, row),
                    Decimal(exact(figure.stated)),
                    Decimal(exact(figure.counted)),
                )
                self._add_breaks([Problem(row, differs)])
