"""A general journal: dated lines of accounts, several of which make one entry.

Lines belong together by their voucher, or by being of one day until they balance;
a line without date and voucher belongs to the one above it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.importing.answers import NOTHING_SAID_YET, Answers
from coopbook.importing.files import Workbook
from coopbook.importing.kinds import columns
from coopbook.importing.kinds.facts import NO_BOOK, BookFacts
from coopbook.importing.kinds.general import AccountRow, account
from coopbook.importing.kinds.reading import day_missing, exactly, whole_sheet
from coopbook.importing.sheets.cells import text
from coopbook.importing.sheets.days import day
from coopbook.importing.sheets.layout import Proposal, SheetRow, propose
from coopbook.importing.sheets.shapes import Column, Reads, Shape
from coopbook.importing.understood import (
    Part,
    Problem,
    Understood,
    positive_in,
)
from coopbook.ledger import chart

CODE = Column(
    "code",
    Word(N_("account code")),
    Reads.WORDS,
    (
        *("Kode Akun", "Kode", "No Akun", "Nomor Akun", "Kode Rekening", "Code"),
        *("Account Code", "No Perkiraan", "Kode Perkiraan", "Sandi", "Akun"),
    ),
)
ACCOUNT_NAME = Column(
    "account_name",
    Word(N_("account name")),
    Reads.WORDS,
    (
        *("Nama Akun", "Nama Rekening", "Nama Perkiraan", "Perkiraan", "Account"),
        *("Account Name", "Rekening", "Uraian Akun"),
    ),
)
CURRENCY = Column(
    "currency",
    Word(N_("currency")),
    Reads.WORDS,
    ("Mata Uang", "Currency", "Valuta", "Commodity"),
)
RUPIAH = frozenset(["", "idr", "rp", "rp.", "rupiah"])

SHAPE = Shape(
    columns=(
        columns.ON,
        columns.REFERENCE,
        CODE,
        ACCOUNT_NAME,
        columns.MEMO,
        Column("debit", Word(N_("debit")), Reads.AMOUNT, ("Debet", "Debit", "D")),
        Column(
            "credit", Word(N_("credit")), Reads.AMOUNT, ("Kredit", "Credit", "K", "C")
        ),
        CURRENCY,
    ),
    needs=(
        frozenset(["on", "code", "debit", "credit"]),
        frozenset(["code", "debit", "credit"]),
    ),
)


@dataclass(eq=False)
class OtherCurrency(Refused):
    """The sheet is kept in another currency than the book."""

    sentence = N_(
        "This sheet is in %(currency)s; the book is kept in rupiah. Convert it first."
    )

    currency: str


@dataclass(eq=False)
class ManyCurrencies(Refused):
    """The sheet is kept in more than one currency."""

    sentence = N_(
        "This sheet mixes %(currencies)s; the book is kept in rupiah alone. "
        "Convert it to rupiah first."
    )

    currencies: str


@dataclass(eq=False)
class NotBalanced(Refused):
    """The lines of an entry do not balance."""

    sentence = N_(
        "Row %(row)s: debit and credit of entry %(entry)s differ by %(left)s. "
        "What is missing goes to suspense if you accept it."
    )

    row: int
    entry: str
    left: Decimal


@dataclass(eq=False)
class ToSuspense(Refused):
    """An account of the sheet is not one of the book."""

    sentence = N_(
        "Account %(account)s %(name)s is not in the book, or holds cards of members; "
        "%(count)s lines of it wait in suspense."
    )

    account: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    on: date
    reference: str
    code: str
    name: str
    memo: str
    amount: Decimal


def understand(
    workbook: Workbook, answers: Answers = NOTHING_SAID_YET, facts: BookFacts = NO_BOOK
) -> Understood:
    """Read a general journal, in the order of the file.

    Raises: ``NoHeadings``, ``ColumnMissing``, ``NoRows``; ``OtherCurrency`` and
            ``ManyCurrencies``.
    """
    return exactly(
        lambda: _understood(propose(workbook, SHAPE, answers.layout), answers, facts)
    )


def check_currency(proposal: Proposal) -> None:
    """Refuse a sheet that says it is not in rupiah."""
    said = {text(row.cells.get("currency")) for row in proposal.rows}
    foreign = {word for word in said if word.casefold() not in RUPIAH}
    if not foreign:
        return
    if len(said) > 1:
        raise ManyCurrencies(", ".join(sorted(said)))
    raise OtherCurrency(foreign.pop())


def number_of(code: str, facts: BookFacts) -> int | None:
    """Return the account of a code that takes lines without a card."""
    for said in (code, code.replace(".", "").replace("-", "").replace(" ", "")):
        number = facts.accounts.get(said)
        if number is not None and number not in facts.cards:
            return number
    return None


def suspense(amount: Decimal) -> int:
    """Return the suspense account that a line of an unknown account waits in."""
    return chart.SUSPENSE_CREDIT if amount > 0 else chart.SUSPENSE_DEBIT


def _understood(proposal: Proposal, answers: Answers, facts: BookFacts) -> Understood:
    check_currency(proposal)
    above: list[_Line] = []

    def read(row: SheetRow) -> None:
        line = _line(proposal, row, answers, above)
        if line is not None:
            above.append(line)

    found = whole_sheet(
        proposal, read, ("debit", "credit"), questions=day_missing([proposal], answers)
    )
    entries = list(_entries(above))
    movements = tuple(_entry(lines, facts) for lines in entries)
    breaks = [
        Problem(row.row, NotBalanced(row.row, row.reference or str(row.row), left))
        for row in movements
        if (left := sum((part.amount for part in row.parts), Decimal(0)))
    ]
    return Understood(
        proposal=proposal,
        movements=movements,
        figures=found.figures,
        not_understood=found.not_understood,
        breaks=(*breaks, *found.breaks),
        questions=found.questions,
        notes=tuple(_unknown(above, facts)),
    )


def _line(
    proposal: Proposal, row: SheetRow, answers: Answers, above: list[_Line]
) -> _Line | None:
    said = row.cells.get
    debit = positive_in(proposal, row, "debit")
    credit = positive_in(proposal, row, "credit")
    if not debit and not credit:
        return None
    dated = text(said("on"))
    if dated or not above:
        cell = said("on") if proposal.has("on") else answers.on
        on = day(cell, at=proposal.place("on", row.number))
    else:
        on = above[-1].on
    reference = text(said("reference"))
    if not reference and not dated and above:
        reference = above[-1].reference
    return _Line(
        row=row.number,
        on=on,
        reference=reference,
        code=text(said("code")),
        name=text(said("account_name")),
        memo=text(said("memo")),
        amount=credit - debit,
    )


def _entries(lines: Iterable[_Line]) -> Iterable[list[_Line]]:
    """Put lines that belong together into one entry, in their order."""
    together: list[_Line] = []
    for line in lines:
        if together and not _belongs(line, together):
            yield together
            together = []
        together.append(line)
    if together:
        yield together


def _belongs(line: _Line, together: list[_Line]) -> bool:
    first = together[0]
    if line.on != first.on:
        return False
    if line.reference or first.reference:
        return line.reference == first.reference
    return sum((each.amount for each in together), Decimal(0)) != 0


def _entry(lines: list[_Line], facts: BookFacts) -> AccountRow:
    parts = []
    for line in lines:
        number = number_of(line.code, facts)
        to = suspense(line.amount) if number is None else number
        parts.append(Part(account(to), line.amount))
    debits = (line.amount for line in lines if line.amount < 0)
    said = dict.fromkeys(line.memo for line in lines if line.memo)
    codes = (
        f"{line.code} {line.name}".strip()
        for line in lines
        if number_of(line.code, facts) is None
    )
    memo = "; ".join([*said, *dict.fromkeys(codes)])
    return AccountRow(
        row=lines[0].row,
        on=lines[0].on,
        amount=-sum(debits, Decimal(0)),
        memo=memo[:300],
        parts=tuple(parts),
        reference=lines[0].reference,
    )


def _unknown(lines: Iterable[_Line], facts: BookFacts) -> Iterable[Problem]:
    """Name every account that is not the book's, once."""
    counts: dict[tuple[str, str], list[int]] = {}
    for line in lines:
        if number_of(line.code, facts) is None:
            counts.setdefault((line.code, line.name), []).append(line.row)
    for (code, name), rows in counts.items():
        yield Problem(rows[0], ToSuspense(code, name, len(rows)))
