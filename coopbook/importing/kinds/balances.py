"""What each member holds on the last day of the old books: one row, one member."""

from __future__ import annotations

from decimal import Decimal

from coopbook.i18n import N_, Word
from coopbook.importing.answers import NOTHING_SAID_YET, Answers
from coopbook.importing.files import Workbook
from coopbook.importing.kinds import columns
from coopbook.importing.kinds.facts import NO_BOOK, BookFacts
from coopbook.importing.kinds.parts import SHARES, MemberRow, Pot
from coopbook.importing.kinds.reading import (
    check_sum,
    day_missing,
    day_of,
    exactly,
    member_of,
    split_of,
    whole_sheet,
)
from coopbook.importing.sheets.layout import Proposal, SheetRow, propose
from coopbook.importing.sheets.shapes import Column, Reads, Shape
from coopbook.importing.understood import Part, Understood, amount_in

PARTS = {
    "shares": SHARES,
    "principal": Pot.PRINCIPAL,
    "mandatory": Pot.MANDATORY,
    "voluntary": Pot.VOLUNTARY,
    "surplus": Pot.SURPLUS,
}

SHAPE = Shape(
    columns=(
        columns.ON,
        columns.MEMBER,
        columns.NAME,
        columns.SHARES,
        columns.PRINCIPAL,
        columns.MANDATORY,
        columns.VOLUNTARY,
        columns.SURPLUS,
        Column(
            "total",
            Word(N_("row together")),
            Reads.AMOUNT,
            ("Jumlah", "Total", "Jumlah Simpanan", "Total Simpanan"),
        ),
    ),
    needs=(
        frozenset(["member", "principal", "mandatory"]),
        frozenset(["member", "mandatory"]),
        frozenset(["member", "voluntary"]),
        frozenset(["member", "shares"]),
        frozenset(["member", "principal"]),
        frozenset(["member", "surplus"]),
        frozenset(["name", "mandatory"]),
    ),
)


def understand(
    workbook: Workbook, answers: Answers = NOTHING_SAID_YET, facts: BookFacts = NO_BOOK
) -> Understood:
    """Read a list of members' balances; a balance below nothing stays so.

    Raises: ``NoHeadings``, ``ColumnMissing`` and ``NoRows``.
    """
    return exactly(
        lambda: _understood(propose(workbook, SHAPE, answers.layout), answers)
    )


def _understood(proposal: Proposal, answers: Answers) -> Understood:
    split, asked = split_of(proposal, answers)
    questions = (*day_missing([proposal], answers), *asked)

    def read(row: SheetRow) -> MemberRow | None:
        return _row(proposal, row, answers, split)

    return whole_sheet(proposal, read, (*PARTS, "total"), questions=questions)


def _row(
    proposal: Proposal, row: SheetRow, answers: Answers, split: str
) -> MemberRow | None:
    parts, together = [], Decimal(0)
    for key, to in PARTS.items():
        amount = amount_in(proposal, row, key)
        together += amount
        if amount:
            whole = Pot.MANDATORY if to == SHARES and split == "mandatory" else to
            parts.append(Part(whole, amount))
    check_sum(proposal, row, "total", together)
    if not parts:
        return None
    member, name = member_of(proposal, row)
    return MemberRow(
        row=row.number,
        on=day_of(proposal, row, answers),
        amount=together,
        memo="Saldo awal",
        member=member,
        name=name,
        parts=tuple(parts),
    )
