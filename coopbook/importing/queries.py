"""Look at a sheet before it is brought in: what it says, what it would do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress
from pathlib import Path
from typing import cast

from sqlalchemy import select

from coopbook.book import Book, Head
from coopbook.cooperatives.queries import cooperative
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.importing.answers import Answers
from coopbook.importing.files.reading import content
from coopbook.importing.identity import again
from coopbook.importing.journals import JournalEntry
from coopbook.importing.judging import (
    Judged,
    judge_members,
    judge_running,
    opening_identity,
    totals_of,
)
from coopbook.importing.kinds.facts import BookFacts
from coopbook.importing.kinds.member_list import NewMember
from coopbook.importing.kinds.parts import MemberRow
from coopbook.importing.kinds.reading import SOME_DAY
from coopbook.importing.kinds.registry import (
    RUNNING,
    Family,
    Kind,
    Sheet,
    understood_sheet,
)
from coopbook.importing.model import ImportBatch, ImportRow, SheetMapping, TakenBack
from coopbook.importing.previews import Preview
from coopbook.importing.registering import doubtful, missing
from coopbook.importing.returning import judge_returned
from coopbook.importing.rounding import rounded_total, together
from coopbook.importing.rules import NotYet
from coopbook.importing.understood import (
    Movement,
    Problem,
    Understood,
)
from coopbook.ledger.model import Account
from coopbook.ledger.queries import periods
from coopbook.ledger.rules import BeforeFirstDay, PeriodClosed
from coopbook.loans.queries import products as loan_products
from coopbook.savings.queries import products

AT_ONCE = 500
"""How many identities are asked for in one query."""


@dataclass(eq=False)
class OtherAccount(Refused):
    """The rows are known, but from a sheet of another account."""

    sentence = N_(
        "This sheet is of account %(said)s; the same rows were brought in from a sheet "
        "of account %(kept)s. Is it the same bank account?"
    )

    said: str
    kept: str


def preview(
    book: Book,
    kind: Kind | str,
    source: Path | str | bytes,
    *,
    on: date | None = None,
    today: date | None = None,
    answers: Answers | None = None,
) -> Preview:
    """Read a file and say what it would do; nothing is changed.

    ``on`` dates rows that have no day, the opening balance and the rounding
    entry; otherwise the opening is the day before the first row and the rounding
    the day of the last.  With ``today``, rows dated later break a rule.

    Raises: what ``read`` and ``understand`` of the kind refuse the whole file for;
            ``NotAnAnswer``.
    """
    data = source if isinstance(source, bytes) else content(Path(source))
    said = answers or Answers(on=on)
    return judged(book, understood_sheet(kind, data, said, facts_of(book, today)))


def facts_of(book: Book, today: date | None = None) -> BookFacts:
    """Return the words of the book that a sheet may use."""
    named: dict[str, str] = {}
    for kind in products(book):
        for name in (kind.code, kind.name_en, kind.name_id):
            named[name] = kind.code
    accounts = book.session.execute(
        select(Account.code, Account.number, Account.control, Account.postable)
        .where(Account.cooperative_id == book.cooperative_id)
        .where(Account.archived_on.is_(None))
    ).all()
    return BookFacts(
        products=named,
        accounts={code: number for code, number, _, postable in accounts if postable},
        cards=frozenset(number for _, number, control, _ in accounts if control),
        loan_products=tuple(kind.code for kind in loan_products(book)),
        today=today,
    )


def judged(book: Book, sheet: Sheet) -> Preview:
    """Judge an understood sheet by the book as it is now."""
    understood, on = sheet.understood, sheet.answers.on
    names = _opening_names(sheet)
    known, repeated = known_rows(book, [*sheet.identities, *names])
    both = zip(sheet.identities, understood.movements, strict=True)
    fresh = tuple((name, row) for name, row in both if name not in known)
    if sheet.kind.family is Family.REGISTER:
        lacking = missing(book, sheet.kind, [row for _, row in fresh])
        fresh = tuple(compress(fresh, lacking))
    rows = [movement for _, movement in fresh]
    result = _result(book, sheet, rows, known)
    fresh = tuple(
        (name, row) for (name, _), row in zip(fresh, result.rows, strict=True)
    )
    breaks = [*understood.breaks, *result.breaks]
    breaks += _not_yet(rows, sheet.today)
    days = {row.on: row.row for row in reversed(rows) if row.on != SOME_DAY}
    if sheet.kind.family is Family.REGISTER:
        days = {}
    rounding_on = on or max(days, default=None)
    parts = totals_of(result.rows)
    if result.opening is not None:
        days.setdefault(result.opening.on, understood.movements[0].row)
        parts.setdefault("rows", []).append(result.opening.amount)
    posting = together(rounded_total(amounts) for amounts in parts.values())
    if rounding_on is not None and posting.left:
        days.setdefault(rounding_on, understood.movements[-1].row)
    return Preview(
        sheet=sheet,
        fresh=fresh,
        judged=result,
        breaks=tuple(breaks),
        closed=tuple(closed_days(book, days)),
        questions=(*understood.questions, *result.questions),
        notes=(
            *understood.notes,
            *result.notes,
            *_other_account(book, understood, known),
        ),
        rounding_on=rounding_on,
        record=last_record(book),
        posting=posting,
        again=repeated,
    )


def _opening_names(sheet: Sheet) -> list[str]:
    if sheet.kind not in RUNNING or not sheet.understood.movements:
        return []
    first, stated = sheet.understood.movements[0], sheet.understood.opening
    return [
        opening_identity(sheet.kind.value, first.on, stated or type(first.amount)(0))
    ]


def _result(
    book: Book, sheet: Sheet, rows: Sequence[Movement], known: Mapping[str, int]
) -> Judged:
    if sheet.kind.family is Family.MEMBERS:
        return judge_members(book, cast(Sequence[MemberRow], rows), sheet.answers)
    if sheet.kind in RUNNING:
        return judge_running(
            *(book, sheet.understood, rows, RUNNING[sheet.kind].account),
            *(sheet.kind.value, sheet.answers.on, known),
        )
    if rows and isinstance(rows[0], JournalEntry):
        return judge_returned(book, cast(Sequence[JournalEntry], rows))
    if sheet.kind is Kind.MEMBERS:
        breaks, notes = doubtful(book, cast(Sequence[NewMember], rows))
        return Judged(tuple(rows), breaks=tuple(breaks), notes=tuple(notes))
    return Judged(tuple(rows))


def _not_yet(rows: Iterable[Movement], today: date | None) -> list[Problem]:
    if today is None:
        return []
    return [Problem(row.row, NotYet(row.row, row.on)) for row in rows if row.on > today]


def last_record(book: Book) -> int:
    """Return the number of the book's last record.

    While it stands, so does whatever was judged.
    """
    asked = select(Head.number).where(Head.cooperative_id == book.cooperative_id)
    return int(book.session.scalar(asked) or 0)


def known_rows(
    book: Book, asked: Sequence[str]
) -> tuple[dict[str, int], dict[str, str]]:
    """Return which identities the book has, by batch, and which come again.

    A row whose batch was taken back is not there; it comes again under another
    identity, which the second mapping gives.
    """
    known: dict[str, int] = {}
    repeated: dict[str, str] = {}
    names = {name: name for name in asked}
    back = set(
        book.session.scalars(
            select(TakenBack.batch_number).where(
                TakenBack.cooperative_id == book.cooperative_id
            )
        )
    )
    while names:
        found = _kept(book, list(names.values()))
        following = {}
        for name, present in names.items():
            batch = found.get(present)
            if batch is None:
                continue
            if batch in back:
                following[name] = repeated[name] = again(present)
            else:
                known[name] = batch
        names = following
    return known, repeated


def _kept(book: Book, names: Sequence[str]) -> dict[str, int]:
    kept: dict[str, int] = {}
    for start in range(0, len(names), AT_ONCE):
        rows = book.session.execute(
            select(ImportRow.identity, ImportRow.batch_number)
            .where(ImportRow.cooperative_id == book.cooperative_id)
            .where(ImportRow.identity.in_(names[start : start + AT_ONCE]))
        )
        kept.update((name, batch) for name, batch in rows)
    return kept


def _other_account(
    book: Book, understood: Understood, known: Mapping[str, int]
) -> list[Problem]:
    """Notice rows that were brought in from a sheet of another account."""
    if not understood.subject or not known:
        return []
    subjects = book.session.scalars(
        select(ImportBatch.subject)
        .where(ImportBatch.cooperative_id == book.cooperative_id)
        .where(ImportBatch.number.in_(set(known.values())))
        .order_by(ImportBatch.number)
    )
    return [
        Problem(0, OtherAccount(understood.subject, kept))
        for kept in subjects
        if kept and kept != understood.subject
    ]


def closed_days(book: Book, days: Mapping[date, int]) -> Iterable[Problem]:
    """Return the days that cannot be posted to, each with a row that asks for it."""
    shut = {period.name for period in periods(book) if period.closed}
    first_day = cooperative(book).first_day
    found: dict[str, Problem] = {}
    for on, row in sorted(days.items()):
        if on < first_day:
            found.setdefault("", Problem(row, BeforeFirstDay(first_day)))
        for size in (4, 7, 10):
            name = on.isoformat()[:size]
            if name in shut:
                found.setdefault(name, Problem(row, PeriodClosed(name)))
    return found.values()


def batches(book: Book) -> list[ImportBatch]:
    """Return what was brought in, the newest first."""
    return list(
        book.session.scalars(
            select(ImportBatch)
            .where(ImportBatch.cooperative_id == book.cooperative_id)
            .order_by(ImportBatch.number.desc())
        )
    )


def taken_back(book: Book) -> dict[int, TakenBack]:
    """Return the batches that were reversed as one, by their number."""
    rows = book.session.scalars(
        select(TakenBack).where(TakenBack.cooperative_id == book.cooperative_id)
    )
    return {row.batch_number: row for row in rows}


def mappings(book: Book, kind: Kind | str | None = None) -> list[SheetMapping]:
    """Return the named mappings of a kind, or all, by name."""
    rows = (
        select(SheetMapping)
        .where(SheetMapping.cooperative_id == book.cooperative_id)
        .where(SheetMapping.archived.is_(False))
        .order_by(SheetMapping.name)
    )
    if kind is not None:
        rows = rows.where(SheetMapping.kind == Kind(kind).value)
    return list(book.session.scalars(rows))
