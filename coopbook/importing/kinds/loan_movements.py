"""Movements of loans: what was paid out, what was paid back, row by row."""

from __future__ import annotations

from dataclasses import dataclass
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
    LoanFacts,
    MemberRow,
)
from coopbook.importing.kinds.reading import (
    check_sum,
    count_in,
    day_missing,
    day_of,
    exactly,
    member_of,
    whole_sheet,
)
from coopbook.importing.sheets.cells import text
from coopbook.importing.sheets.layout import Proposal, SheetRow, propose
from coopbook.importing.sheets.shapes import Column, Reads, Shape
from coopbook.importing.understood import Part, Understood, amount_in, positive_in

PAID = {
    "loan_principal": LOAN_PRINCIPAL,
    "loan_interest": LOAN_INTEREST,
    "loan_penalty": LOAN_PENALTY,
    "loan_fee": LOAN_FEE,
}

SHAPE = Shape(
    columns=(
        columns.ON,
        columns.MEMBER,
        columns.NAME,
        columns.CONTRACT,
        columns.LOAN_OUT,
        Column(
            "loan_principal",
            Word(N_("principal of the loan")),
            Reads.AMOUNT,
            ("Pokok", *columns.LOAN_PRINCIPAL.known),
        ),
        columns.LOAN_INTEREST,
        columns.LOAN_PENALTY,
        columns.LOAN_FEE,
        Column(
            "total",
            Word(N_("row together")),
            Reads.AMOUNT,
            ("Jumlah", "Total", "Jumlah Bayar", "Total Bayar", "Jumlah Angsuran"),
        ),
        columns.OUTSTANDING,
        columns.TERM,
        columns.NTH,
        columns.MEMO,
        columns.REFERENCE,
    ),
    needs=(
        frozenset(["member", "loan_principal"]),
        frozenset(["member", "loan_out"]),
        frozenset(["name", "loan_principal"]),
    ),
)


@dataclass(eq=False)
class OutAndBack(Refused):
    """One row pays a loan out and takes a payment."""

    sentence = N_("Row %(row)s has a loan paid out and a payment. Make two rows of it.")

    row: int


def understand(
    workbook: Workbook, answers: Answers = NOTHING_SAID_YET, facts: BookFacts = NO_BOOK
) -> Understood:
    """Read a list of loan movements, in the order of the file.

    Raises: ``NoHeadings``, ``ColumnMissing`` and ``NoRows``.
    """
    return exactly(
        lambda: _understood(propose(workbook, SHAPE, answers.layout), answers)
    )


def _understood(proposal: Proposal, answers: Answers) -> Understood:
    def read(row: SheetRow) -> MemberRow | None:
        return _row(proposal, row, answers)

    keys = ("loan_out", *PAID, "total")
    return whole_sheet(proposal, read, keys, questions=day_missing([proposal], answers))


def _row(proposal: Proposal, row: SheetRow, answers: Answers) -> MemberRow | None:
    out = positive_in(proposal, row, "loan_out")
    parts = [Part(LOAN_OUT, -out)] if out else []
    paid = Decimal(0)
    for key, to in PAID.items():
        amount = positive_in(proposal, row, key)
        paid += amount
        if amount:
            parts.append(Part(to, amount))
    if out and paid:
        raise OutAndBack(row.number)
    check_sum(proposal, row, "total", paid or out)
    if not parts:
        return None
    member, name = member_of(proposal, row)
    left = None
    if proposal.has("outstanding") and text(row.cells.get("outstanding")):
        left = amount_in(proposal, row, "outstanding")
    return MemberRow(
        row=row.number,
        on=day_of(proposal, row, answers),
        amount=paid - out,
        memo=text(row.cells.get("memo")),
        member=member,
        name=name,
        parts=tuple(parts),
        reference=text(row.cells.get("reference")),
        loan=LoanFacts(
            contract=text(row.cells.get("contract")),
            outstanding=left,
            term=count_in(proposal, row, "term"),
            nth=count_in(proposal, row, "nth"),
        ),
    )
