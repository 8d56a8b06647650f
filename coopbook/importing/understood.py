"""A sheet read to the end: its rows, its figures, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from coopbook.errors import CoopbookError, Refused
from coopbook.i18n import N_
from coopbook.importing.answers import Question
from coopbook.importing.rounding import RoundedTotal, rounded_total
from coopbook.importing.sheets.amounts import amount
from coopbook.importing.sheets.layout import Proposal, SheetRow
from coopbook.importing.sheets.proposal import Subtotal

M = TypeVar("M", bound="Movement")


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was not understood or breaks a rule, and why."""

    row: int
    reason: CoopbookError
    sheet: str = ""

    def __str__(self) -> str:
        """Say the reason in English."""
        return str(self.reason)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a row moves, exact; what is credited is positive.

    ``to`` is a kind of savings or of loan payment (``kinds.parts``), or
    ``account:`` and the number of an account.
    """

    to: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Movement:
    """What every row says, whatever kind of sheet it is from.

    ``amount`` is exact; what comes in is positive, what goes out negative.
    """

    row: int
    on: date
    amount: Decimal
    memo: str

    def content(self) -> tuple[str, ...]:
        """Everything that makes this row itself, each thing written one way."""
        return (self.on.isoformat(), exact(self.amount), self.memo)


@dataclass(frozen=True, slots=True)
class Figure:
    """The total of a column: as the sheet states it, and as its rows add up."""

    key: str
    stated: Decimal | None
    counted: Decimal


@dataclass(frozen=True, slots=True)
class Understood:
    """The rows of a sheet, what was not understood, what contradicts itself."""

    proposal: Proposal
    movements: tuple[Movement, ...]
    figures: tuple[Figure, ...]
    not_understood: tuple[Problem, ...]
    breaks: tuple[Problem, ...]
    opening: Decimal | None = None
    questions: tuple[Question, ...] = ()
    notes: tuple[Problem, ...] = ()
    """Not against any rule, but worth a look."""
    subject: str = ""
    """The account or member the sheet says it is of, where it says so."""
    others: tuple[Proposal, ...] = ()
    """The tables of further sheets, where one kind has one a sheet."""

    @property
    def total(self) -> RoundedTotal:
        """The sheet's total, the rounded lines, and what rounding leaves."""
        return rounded_total(movement.amount for movement in self.movements)


@dataclass(eq=False)
class TotalDiffers(Refused):
    """The rows do not add up to the total the sheet itself gives."""

    sentence = N_(
        "Cell %(cell)s: the sheet's own total is %(stated)s, "
        "but its rows add up to %(counted)s."
    )

    cell: str
    stated: Decimal
    counted: Decimal


@dataclass(eq=False)
class NegativeAmount(Refused):
    """A column that says which way money goes holds an amount below nothing."""

    sentence = N_(
        "Cell %(cell)s: %(text)s is below nothing. Write it without the minus, "
        "in the column for the other direction."
    )

    cell: str
    text: Decimal


def exact(number: Decimal) -> str:
    """Write an exact number one way only.

    >>> exact(Decimal("1E+2")), exact(Decimal("100.50")), exact(Decimal("-0"))
    ('100', '100.5', '0')
    """
    plain = f"{number:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain in ("-0", "") else plain


def read_all(
    proposal: Proposal, read: Callable[[SheetRow], M | None]
) -> tuple[list[M], list[Problem]]:
    """Read every row; those that refuse are kept with their reason.

    A row of which nothing is to be posted reads as nothing.
    """
    movements: list[M] = []
    problems: list[Problem] = []
    for row in proposal.rows:
        try:
            movement = read(row)
        except Refused as reason:
            problems.append(Problem(row.number, reason))
        else:
            if movement is not None:
                movements.append(movement)
    return movements, problems


def amount_in(proposal: Proposal, row: SheetRow, key: str) -> Decimal:
    """Read the amount of a column in a row; a column that is not there is zero."""
    return amount(
        row.cells.get(key), mark=proposal.mark, at=proposal.place(key, row.number)
    )


def positive_in(proposal: Proposal, row: SheetRow, key: str) -> Decimal:
    """Read an amount that says nothing about its direction.

    Raises: ``NegativeAmount`` and whatever ``amount`` refuses.
    """
    read = amount_in(proposal, row, key)
    if read < 0:
        raise NegativeAmount(proposal.place(key, row.number), read)
    return read


def figures(proposal: Proposal, keys: Iterable[str]) -> list[Figure]:
    """Add up each column of amounts that is there, beside the sheet's own total.

    Rows whose amount cannot be read are left out; they are problems already.
    """
    found = []
    for key in keys:
        if not proposal.has(key):
            continue
        counted = Decimal(0)
        for row in proposal.rows:
            try:
                counted += amount_in(proposal, row, key)
            except Refused:
                continue
        found.append(Figure(key, _stated(proposal, key), counted))
    return found


def differing(proposal: Proposal, found: Iterable[Figure]) -> list[Problem]:
    """Return the totals and sub-totals of the sheet that its own rows contradict."""
    figures_ = list(found)
    row = proposal.totals.number if proposal.totals is not None else 0
    parts = [
        problem
        for subtotal in proposal.subtotals
        for problem in _part_differs(
            proposal, subtotal, [figure.key for figure in figures_]
        )
    ]
    return parts + [
        Problem(
            row,
            TotalDiffers(
                proposal.place(figure.key, row),
                Decimal(exact(figure.stated)),
                Decimal(exact(figure.counted)),
            ),
        )
        for figure in figures_
        if figure.stated is not None and not agree(figure.stated, figure.counted)
    ]


def _part_differs(
    proposal: Proposal, subtotal: Subtotal, keys: Sequence[str]
) -> Iterable[Problem]:
    """Return where a sub-total is not the sum of the rows it is of."""
    own = [
        row for row in proposal.rows if subtotal.first <= row.number <= subtotal.last
    ]
    for key in keys:
        cell = subtotal.row.cells.get(key)
        if cell in (None, ""):
            continue
        try:
            stated = amount_in(proposal, subtotal.row, key)
            counted = sum((amount_in(proposal, row, key) for row in own), Decimal(0))
        except Refused:
            continue
        if not agree(stated, counted):
            at = proposal.place(key, subtotal.row.number)
            yield Problem(subtotal.row.number, TotalDiffers(at, stated, counted))


def _stated(proposal: Proposal, key: str) -> Decimal | None:
    if proposal.totals is None or proposal.totals.cells.get(key) in (None, ""):
        return None
    try:
        return amount_in(proposal, proposal.totals, key)
    except Refused:
        return None


def agree(stated: Decimal, counted: Decimal) -> bool:
    """Say whether two totals agree to what a sheet's own arithmetic can hold."""
    return abs(stated - counted) < Decimal("0.005")
