"""Member cards, one sheet each: savings and loan of one member, month by month.

A card begins with what the member had, goes on with dated rows, each with the
balances after it, and ends with a row of sums.  The opening becomes a row of its own
on the day the card names, or the day of its first row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.importing.answers import NOTHING_SAID_YET, Answers
from coopbook.importing.files import Workbook
from coopbook.importing.kinds import columns
from coopbook.importing.kinds.facts import NO_BOOK, BookFacts
from coopbook.importing.kinds.parts import (
    LOAN_FEE,
    LOAN_INTEREST,
    LOAN_OUT,
    LOAN_PENALTY,
    LOAN_PRINCIPAL,
    MemberRow,
    Pot,
)
from coopbook.importing.kinds.reading import exactly
from coopbook.importing.sheets.cells import text
from coopbook.importing.sheets.days import NoSuchDay, NotADate, day
from coopbook.importing.sheets.layout import Proposal, SheetRow, propose_all
from coopbook.importing.sheets.shapes import Column, Reads, Shape
from coopbook.importing.understood import (
    Figure,
    Part,
    Problem,
    Understood,
    agree,
    amount_in,
)

PARTS = {
    "principal": (Pot.PRINCIPAL, 1),
    "mandatory": (Pot.MANDATORY, 1),
    "voluntary": (Pot.VOLUNTARY, 1),
    "loan_out": (LOAN_OUT, -1),
    "loan_principal": (LOAN_PRINCIPAL, 1),
    "loan_interest": (LOAN_INTEREST, 1),
    "loan_fee": (LOAN_FEE, 1),
    "loan_penalty": (LOAN_PENALTY, 1),
}
SAVINGS = ("principal", "mandatory", "voluntary")
OWNERS = ("nama", "namaanggota", "name")
NUMBERS = ("noanggota", "nomoranggota", "nip", "nia", "member", "memberno")
_DATED = re.compile(r"[0-9]{1,2}[\s/.\-][\w]+[\s/.\-][0-9]{2,4}")

SHAPE = Shape(
    columns=(
        columns.ON,
        Column(
            "memo",
            Word(N_("description")),
            Reads.WORDS,
            ("Uraian", "Keterangan", "Description"),
        ),
        columns.PRINCIPAL,
        columns.MANDATORY,
        columns.VOLUNTARY,
        Column(
            "savings",
            Word(N_("savings together")),
            Reads.AMOUNT,
            ("Jumlah Simpanan", "Total Simpanan", "Saldo Simpanan"),
        ),
        columns.LOAN_OUT,
        columns.LOAN_PRINCIPAL,
        columns.LOAN_INTEREST,
        columns.LOAN_FEE,
        columns.LOAN_PENALTY,
        columns.OUTSTANDING,
    ),
    needs=(
        frozenset(["on", "mandatory", "savings"]),
        frozenset(["on", "mandatory", "outstanding"]),
        frozenset(["on", "voluntary", "savings"]),
    ),
    balances=frozenset(["savings", "outstanding"]),
)


@dataclass(eq=False)
class CardDiffers(Refused):
    """A balance on a card does not follow from the rows before it."""

    sentence = N_(
        "Sheet “%(sheet)s”, cell %(cell)s: the balance stands as %(stated)s, "
        "but counts up to %(counted)s."
    )

    sheet: str
    cell: str
    stated: Decimal
    counted: Decimal


@dataclass(eq=False)
class NobodysCard(Refused):
    """A card does not say whose it is."""

    sentence = N_(
        "Sheet “%(sheet)s” does not say whose card it is. Write “Nama” and the name "
        "above the table."
    )

    sheet: str


def understand(
    workbook: Workbook, answers: Answers = NOTHING_SAID_YET, facts: BookFacts = NO_BOOK
) -> Understood:
    """Read every card of a workbook, in the order of its sheets.

    Raises: ``NoHeadings``, ``ColumnMissing`` and ``NoRows``.
    """
    return exactly(
        lambda: _understood(propose_all(workbook, SHAPE, answers.layout), answers)
    )


def _understood(cards: list[Proposal], answers: Answers) -> Understood:
    movements: list[MemberRow] = []
    unread: list[Problem] = []
    breaks: list[Problem] = []
    counted = dict.fromkeys((*PARTS, "savings", "outstanding"), Decimal(0))
    for card in cards:
        try:
            member, name = _owner(card)
        except NobodysCard as reason:
            unread.append(Problem(card.headings[0], reason, card.sheet))
            continue
        rows = list(_rows(card, member, name, answers, unread))
        breaks += _running(card, rows)
        for row in rows:
            for key, amount in row.amounts.items():
                counted[key] += amount
            if row.row.parts:
                movements.append(row.row)
        counted["savings"] += sum((row.saved for row in rows), Decimal(0))
        counted["outstanding"] += sum((row.lent for row in rows), Decimal(0))
    stated = _stated(cards)
    figures = [
        Figure(key, stated.get(key), amount)
        for key, amount in counted.items()
        if any(card.has(key) for card in cards)
    ]
    return Understood(
        proposal=cards[0],
        movements=tuple(movements),
        figures=tuple(figures),
        not_understood=tuple(unread),
        breaks=tuple(breaks),
        others=tuple(cards[1:]),
    )


@dataclass(frozen=True, slots=True)
class _CardRow:
    """A row of a card with what it moves, and the balances it states."""

    number: int
    row: MemberRow
    amounts: dict[str, Decimal]
    stated: dict[str, Decimal]

    @property
    def saved(self) -> Decimal:
        return sum((self.amounts.get(key, Decimal(0)) for key in SAVINGS), Decimal(0))

    @property
    def lent(self) -> Decimal:
        out = self.amounts.get("loan_out", Decimal(0))
        return out - self.amounts.get("loan_principal", Decimal(0))


def _owner(card: Proposal) -> tuple[str, str]:
    """Return the number and name on a card; the name stands for no number."""
    said = card.letterhead
    name = next((said[key] for key in OWNERS if said.get(key)), "")
    number = next((said[key] for key in NUMBERS if said.get(key)), "")
    if not name and not number:
        raise NobodysCard(card.sheet)
    return number or name, name


def _rows(
    card: Proposal,
    member: str,
    name: str,
    answers: Answers,
    unread: list[Problem],
) -> Iterator[_CardRow]:
    last: date | None = None
    begun = [] if card.opening is None else [card.opening]
    for row in (*begun, *card.rows):
        try:
            opening = row is card.opening
            on = _opened_on(card, row, answers) if opening else _day(card, row, last)
            last = on
            yield _row(card, row, member, name, on, opening=opening)
        except Refused as reason:
            unread.append(Problem(row.number, reason, card.sheet))


def _day(card: Proposal, row: SheetRow, last: date | None) -> date:
    """Return the day of a row; one without takes the day of the row above it."""
    cell = row.cells.get("on")
    if last is not None and not text(cell):
        return last
    return day(cell, at=card.place("on", row.number))


def _opened_on(card: Proposal, row: SheetRow, answers: Answers) -> date:
    """Return the day a card begins: as its opening says, or its first row's."""
    for cell in (row.cells.get("on"), row.cells.get("memo")):
        for said in (cell, *_DATED.findall(text(cell))):
            try:
                return day(said)
            except (NotADate, NoSuchDay):
                continue
    if answers.on is not None:
        return answers.on
    first = card.rows[0] if card.rows else row
    return day(first.cells.get("on"), at=card.place("on", first.number))


def _row(
    card: Proposal,
    row: SheetRow,
    member: str,
    name: str,
    on: date,
    *,
    opening: bool,
) -> _CardRow:
    amounts = {key: amount_in(card, row, key) for key in PARTS if card.has(key)}
    stated = {
        key: amount_in(card, row, key)
        for key in ("savings", "outstanding")
        if card.has(key) and text(row.cells.get(key))
    }
    if opening:
        amounts["loan_out"] = stated.get("outstanding", Decimal(0))
    parts = tuple(
        Part(to, sign * amounts[key])
        for key, (to, sign) in PARTS.items()
        if amounts.get(key)
    )
    moved = MemberRow(
        row=row.number,
        on=on,
        amount=sum((part.amount for part in parts), Decimal(0)),
        memo="Saldo awal" if opening else text(row.cells.get("memo")),
        member=member,
        name=name,
        parts=parts,
        sheet=card.sheet,
    )
    return _CardRow(row.number, moved, amounts, stated)


def _running(card: Proposal, rows: list[_CardRow]) -> Iterator[Problem]:
    """Return the balances of a card that do not follow from its rows."""
    counted = {"savings": Decimal(0), "outstanding": Decimal(0)}
    for row in rows:
        counted["savings"] += row.saved
        counted["outstanding"] += row.lent
        for key, stated in row.stated.items():
            if not agree(stated, counted[key]):
                cell = card.place(key, row.number)
                differs = CardDiffers(card.sheet, cell, stated, counted[key])
                yield Problem(row.number, differs, card.sheet)
                counted[key] = stated
    for key, sum_ in counted.items():
        closing = card.closing
        if closing is None or not text(closing.cells.get(key)):
            continue
        try:
            stated = amount_in(card, closing, key)
        except Refused:
            continue
        if not agree(stated, sum_):
            differs = CardDiffers(
                card.sheet, card.place(key, closing.number), stated, sum_
            )
            yield Problem(closing.number, differs, card.sheet)


def _stated(cards: list[Proposal]) -> dict[str, Decimal]:
    """Return the sums the cards' closing rows state, where every card has one."""
    found: dict[str, Decimal] = {}
    for key in ("savings", "outstanding"):
        amounts = []
        for card in cards:
            if card.closing is None or not text(card.closing.cells.get(key)):
                break
            amounts.append(amount_in(card, card.closing, key))
        else:
            found[key] = sum(amounts, Decimal(0))
    return found
