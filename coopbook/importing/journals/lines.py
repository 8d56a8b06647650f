"""A journal as it was read: accounts, cards, entries, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.importing.understood import Movement, Problem
from coopbook.ledger.rules import AccountType
from coopbook.money import LARGEST


@dataclass(eq=False)
class FractionOfRupiah(Refused):
    """An amount has a fraction; the book counts whole rupiah."""

    sentence = N_(
        "Line %(row)s: %(text)s has a fraction of a rupiah. Round it in the file first."
    )

    row: int
    text: str


@dataclass(eq=False)
class NotAFigure(Refused):
    """What stands for an amount is none, or too large for any account."""

    sentence = N_(
        "Line %(row)s: “%(text)s” is not an amount. Write it in plain figures, "
        "such as 1250000."
    )

    row: int
    text: str


@dataclass(eq=False)
class NotADay(Refused):
    """What stands for a date is none."""

    sentence = N_(
        "Line %(row)s: “%(text)s” is not a date. Write year, month and day, "
        "such as 2026-03-16."
    )

    row: int
    text: str


@dataclass(eq=False)
class EntryDiffers(Refused):
    """The lines of an entry do not balance."""

    sentence = N_(
        "Line %(row)s: debit and credit of this entry differ by %(left)s. "
        "Correct it in the file first."
    )

    row: int
    left: Decimal


@dataclass(eq=False)
class OtherCommodity(Refused):
    """Amounts are counted in something else than rupiah."""

    sentence = N_(
        "Line %(row)s: this amount is in %(commodity)s; the book is kept in rupiah "
        "alone. Convert the file to rupiah first."
    )

    row: int
    commodity: str


@dataclass(frozen=True, slots=True)
class SourceAccount:
    """An account as the file has it; ``number`` is the fixed one, where it is told."""

    code: str
    number: int | None
    name_id: str
    name_en: str
    account_type: AccountType | None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line; what is debited is positive, and card 0 is no card."""

    account: SourceAccount
    units: int
    card: int = 0
    card_name: str = ""
    unit: str | None = None
    fund: str | None = None
    pillar: str | None = None
    term_of_office: str | None = None


@dataclass(frozen=True, slots=True)
class JournalEntry(Movement):
    """An entry with its lines; ``amount`` is what is debited in all."""

    reference: str
    kind: str
    lines: tuple[SourceLine, ...]

    def content(self) -> tuple[str, ...]:
        """What makes this entry itself, in whichever form it was written down.

        The memo is not part of it: some forms cut it, and take marks out of it.
        """
        said = (
            f"{one.account.code or one.account.name_en} {one.card} {one.units}"
            for one in self.lines
        )
        return (self.on.isoformat(), self.reference, *said)


@dataclass(slots=True)
class SourceJournal:
    """What was read of a file; ``form`` names what it is."""

    form: str
    entries: list[JournalEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    breaks: list[Problem] = field(default_factory=list)

    def refuse(self, reason: Refused, row: int) -> None:
        """Keep why a line cannot be read."""
        self.problems.append(Problem(row, reason))

    def enter(
        self,
        row: int,
        on: date,
        memo: str,
        lines: Iterable[SourceLine],
        *,
        reference: str = "",
        kind: str = "",
    ) -> None:
        """Keep an entry, if anything moves in it; keep why, if it does not balance."""
        moved = tuple(line for line in lines if line.units)
        left = sum(line.units for line in moved)
        if left:
            self.refuse(EntryDiffers(row, Decimal(left)), row)
        elif moved:
            debit = sum(line.units for line in moved if line.units > 0)
            kind = kind or reference.partition("-")[0]
            self.entries.append(
                JournalEntry(row, on, Decimal(debit), memo, reference, kind, moved)
            )


def whole_units(said: str, row: int) -> int:
    """Return an amount with a point for the decimal mark as whole rupiah.

    Raises: ``NotAFigure`` and ``FractionOfRupiah``.

    >>> whole_units("-1250000.00", 3)
    -1250000
    """
    try:
        number = Decimal(said)
    except InvalidOperation:
        raise NotAFigure(row, said) from None
    if not number.is_finite() or abs(number) > LARGEST:
        raise NotAFigure(row, said)
    if number != number.to_integral_value():
        raise FractionOfRupiah(row, said)
    return int(number)


def day_of(said: str, row: int) -> date:
    """Return a date written year first; raise ``NotADay``.

    >>> day_of("2026/3/16", 1)
    datetime.date(2026, 3, 16)
    """
    parts = said.replace("/", "-").replace(".", "-").split("-")
    if len(parts) != 3 or not all(each.isascii() and each.isdigit() for each in parts):
        raise NotADay(row, said)
    try:
        return date(*(int(each) for each in parts))
    except ValueError:
        raise NotADay(row, said) from None


def refused(found: SourceJournal) -> Iterator[Problem]:
    """Return why lines could not be read, each reason once, by their line."""
    seen: set[tuple[object, ...]] = set()
    for problem in sorted(found.problems, key=lambda one: one.row):
        facts = {k: v for k, v in problem.reason.facts.items() if k != "row"}
        told = (type(problem.reason), *map(str, facts.values()))
        if told not in seen:
            seen.add(told)
            yield problem
