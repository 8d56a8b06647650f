"""A list of what is taken from each member's wages, or collected, in one month.

One row is one member: shares, savings, and the installment of a loan, each in a column.
The list says what was taken, not from which
wages; suspense says so until it is cleared.
"""

from __future__ import annotations

from decimal import Decimal

from coopbook.i18n import N_, Word
from coopbook.importing.answers import NOTHING_SAID_YET, Answers
from coopbook.importing.files import Workbook
from coopbook.importing.kinds import columns
from coopbook.importing.kinds.facts import NO_BOOK, BookFacts
from coopbook.importing.kinds.parts import (
    LOAN_FEE,
    LOAN_INTEREST,
    LOAN_PENALTY,
    LOAN_PRINCIPAL,
    SHARES,
    LoanFacts,
    MemberRow,
    Pot,
)
from coopbook.importing.kinds.reading import (
    check_sum,
    count_in,
    day_missing,
    day_of,
    exactly,
    member_of,
    split_of,
    whole_sheet,
)
from coopbook.importing.sheets.cells import text
from coopbook.importing.sheets.layout import Proposal, SheetRow, propose
from coopbook.importing.sheets.shapes import Column, Reads, Shape
from coopbook.importing.understood import Part, Understood, amount_in, positive_in

PARTS = {
    "shares": SHARES,
    "principal": Pot.PRINCIPAL,
    "mandatory": Pot.MANDATORY,
    "voluntary": Pot.VOLUNTARY,
    "loan_principal": LOAN_PRINCIPAL,
    "loan_interest": LOAN_INTEREST,
    "loan_fee": LOAN_FEE,
    "loan_penalty": LOAN_PENALTY,
}
OF_LOAN = ("loan_principal", "loan_interest", "loan_fee", "loan_penalty")

SHAPE = Shape(
    columns=(
        columns.ON,
        columns.MEMBER,
        columns.NAME,
        columns.SHARES,
        columns.PRINCIPAL,
        columns.MANDATORY,
        columns.VOLUNTARY,
        columns.LOAN_PRINCIPAL,
        columns.LOAN_INTEREST,
        columns.LOAN_FEE,
        columns.LOAN_PENALTY,
        Column(
            "loan_total",
            Word(N_("loan together")),
            Reads.AMOUNT,
            ("Pinjaman Jumlah", "Jumlah Pinjaman", "Total Angsuran", "Jumlah Cicilan"),
        ),
        Column(
            "total",
            Word(N_("row together")),
            Reads.AMOUNT,
            (
                *("Total Potongan", "Jumlah Potongan", "Total", "Jumlah"),
                *("Total Setoran", "Jumlah Setoran", "Total Tagihan"),
            ),
        ),
        columns.TERM,
        columns.NTH,
        columns.OUTSTANDING,
        columns.CONTRACT,
        columns.MEMO,
    ),
    needs=(
        frozenset(["name", "shares"]),
        frozenset(["name", "mandatory"]),
        frozenset(["member", "mandatory"]),
        frozenset(["member", "shares"]),
        frozenset(["name", "loan_principal"]),
        frozenset(["member", "loan_principal"]),
    ),
)


def understand(
    workbook: Workbook, answers: Answers = NOTHING_SAID_YET, facts: BookFacts = NO_BOOK
) -> Understood:
    """Read a list of deductions; blanks are nothing, a row of nothing is left out.

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

    keys = (*PARTS, "loan_total", "total")
    return whole_sheet(proposal, read, keys, questions=questions)


def _row(
    proposal: Proposal, row: SheetRow, answers: Answers, split: str
) -> MemberRow | None:
    parts = []
    sums = {"loan_total": Decimal(0), "total": Decimal(0)}
    for key, to in PARTS.items():
        amount = positive_in(proposal, row, key)
        if amount:
            whole = Pot.MANDATORY if to == SHARES and split == "mandatory" else to
            parts.append(Part(whole, amount))
        sums["total"] += amount
        if key in OF_LOAN:
            sums["loan_total"] += amount
    for key, counted in sums.items():
        check_sum(proposal, row, key, counted)
    if not parts:
        return None
    member, name = member_of(proposal, row)
    return MemberRow(
        row=row.number,
        on=day_of(proposal, row, answers),
        amount=sums["total"],
        memo=text(row.cells.get("memo")),
        member=member,
        name=name,
        parts=tuple(parts),
        loan=_loan(proposal, row),
    )


def _loan(proposal: Proposal, row: SheetRow) -> LoanFacts:
    outstanding = None
    if proposal.has("outstanding") and text(row.cells.get("outstanding")):
        outstanding = amount_in(proposal, row, "outstanding")
    return LoanFacts(
        contract=text(row.cells.get("contract")),
        outstanding=outstanding,
        term=count_in(proposal, row, "term"),
        nth=count_in(proposal, row, "nth"),
    )
