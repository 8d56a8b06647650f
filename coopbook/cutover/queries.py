"""What the old books held, what this book holds on the same day, what differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.book.canon import canonical, digest
from coopbook.cooperatives.queries import cooperative
from coopbook.i18n import N_, Names, Word
from coopbook.importing import Kind, batches, taken_back
from coopbook.importing.model import CutOver, ImportBatch, OldBalance
from coopbook.ledger import chart
from coopbook.ledger.model import Account
from coopbook.ledger.queries import accounts, trial_balance
from coopbook.money import ZERO, Money
from coopbook.people.approvals import pending_for
from coopbook.people.model import Approval

KIND = "importing.cutover"
NO_TRIAL_BALANCE = Word(N_("Bring in the old trial balance of that day."))
NO_MEMBERS = Word(N_("Bring in what each member held on that day."))
NO_LOANS = Word(N_("Bring in the loans that still run."))
DIFFERENT = Word(N_("Some accounts hold something else than in the old books."))
UNCLEAR = Word(N_("Suspense does not come out at nothing."))


@dataclass(frozen=True, slots=True)
class Difference:
    """One account on the day: as in the old books, and as it is here.

    Amounts are debit less credit.  ``account_number`` is nothing where the old
    code means nothing here.
    """

    code: str
    name: Names
    account_number: int | None
    old: Money
    ours: Money

    @property
    def difference(self) -> Money:
        """What this book has more than the old ones."""
        return self.ours - self.old


@dataclass(frozen=True, slots=True)
class CutOverView:
    """Everything two people look at before they sign.

    ``suspense`` is what the suspense accounts hold together, debit less credit;
    ``gross`` what one of them holds against the other, to be closed on signing.
    """

    on: date
    lines: tuple[Difference, ...]
    missing: tuple[Word, ...]
    batches: tuple[ImportBatch, ...]
    suspense: Money
    gross: Money
    waiting: Approval | None
    signed: CutOver | None

    @property
    def differing(self) -> tuple[Difference, ...]:
        """The accounts that do not tie."""
        return tuple(line for line in self.lines if line.difference)

    @property
    def ready(self) -> bool:
        """Everything is in and ties, and nobody has signed yet."""
        return not self.missing and self.signed is None and self.waiting is None

    @property
    def digest(self) -> str:
        """What is signed, as one SHA-256."""
        return digest(["cut-over", statement(self)])


def statement(seen: CutOverView) -> str:
    """Write what is signed as canonical JSON: the lines and the imports."""
    said: dict[str, Any] = {
        "on": seen.on,
        "lines": [[line.code, line.old, line.ours] for line in seen.lines],
        "imports": [
            [one.number, one.kind, one.sheet_total, one.lines_total, one.rounding]
            for one in seen.batches
        ],
    }
    return canonical(said)


def cut_over_day(book: Book) -> date:
    """Return the day the old books close.

    The day of the trial balance that was brought in last, or else the day the
    book begins.
    """
    last = book.session.scalar(
        select(func.max(OldBalance.on))
        .where(OldBalance.cooperative_id == book.cooperative_id)
        .where(OldBalance.batch_number.not_in(list(taken_back(book))))
    )
    return last or cooperative(book).first_day


def view(book: Book, on: date) -> CutOverView:
    """Compare the old books with this one on a day."""
    kept = _standing(book)
    old = _old(book, on)
    lines = tuple(_lines(book, on, old))
    held = {row.account_number: row for row in trial_balance(book, on)}
    sides = [
        held[number].debit - held[number].credit if number in held else ZERO
        for number in chart.SUSPENSE
    ]
    signed = book.get(CutOver, on)
    together = sum(sides, ZERO)
    waiting = pending_for(book, f"cutover:{on.isoformat()}", KIND)
    seen = CutOverView(
        on=on,
        lines=lines,
        missing=(),
        batches=tuple(kept),
        suspense=together,
        gross=min(max(sides[0], ZERO), max(-sides[1], ZERO)),
        waiting=waiting,
        signed=signed,
    )
    return seen if signed else _with_missing(seen, old)


def _with_missing(seen: CutOverView, old: Sequence[OldBalance]) -> CutOverView:
    missing = []
    kinds = {one.kind for one in seen.batches}
    if not old:
        missing.append(NO_TRIAL_BALANCE)
    owing = {line.account_number for line in seen.lines if line.old}
    members = {chart.PRINCIPAL_SHARE, chart.MANDATORY_SHARE, chart.VOLUNTARY}
    if owing & members and not kinds & {Kind.MEMBER_BALANCES, Kind.CARDS, Kind.SAVINGS}:
        missing.append(NO_MEMBERS)
    lent = {chart.PRODUCTIVE_LOANS, chart.CONSUMER_LOANS, chart.EMERGENCY_LOANS}
    if owing & lent and not kinds & {Kind.OLD_LOANS, Kind.CARDS, Kind.LOANS}:
        missing.append(NO_LOANS)
    if old and not missing and seen.differing:
        missing.append(DIFFERENT)
    if old and not missing and seen.suspense:
        missing.append(UNCLEAR)
    return CutOverView(
        seen.on,
        seen.lines,
        tuple(missing),
        seen.batches,
        seen.suspense,
        seen.gross,
        seen.waiting,
        seen.signed,
    )


def _standing(book: Book) -> list[ImportBatch]:
    back = taken_back(book)
    return sorted(
        (one for one in batches(book) if one.number not in back),
        key=lambda one: one.number,
    )


def _old(book: Book, on: date) -> list[OldBalance]:
    rows = book.session.scalars(
        select(OldBalance)
        .where(OldBalance.cooperative_id == book.cooperative_id)
        .where(OldBalance.on == on)
        .where(OldBalance.batch_number.not_in(list(taken_back(book))))
        .order_by(OldBalance.code, OldBalance.batch_number, OldBalance.number)
    )
    return list(rows)


def _lines(book: Book, on: date, old: Sequence[OldBalance]) -> list[Difference]:
    named = {row.number: row for row in accounts(book)}
    ours = {
        row.account_number: row.debit - row.credit for row in trial_balance(book, on)
    }
    stated: dict[int, Money] = {}
    found = []
    for row in old:
        if row.account_number is None:
            units = row.debit - row.credit
            found.append(
                Difference(row.code, Names(row.name, row.name), None, units, ZERO)
            )
        else:
            before = stated.get(row.account_number, ZERO)
            stated[row.account_number] = before + row.debit - row.credit
    for number in {*stated, *ours} - set(chart.SUSPENSE):
        line = Difference(
            named[number].code,
            _names(named[number]),
            number,
            stated.get(number, ZERO),
            ours.get(number, ZERO),
        )
        if line.old or line.ours:
            found.append(line)
    return sorted(found, key=lambda line: line.code)


def _names(row: Account) -> Names:
    return Names(row.name_id, row.name_en)
