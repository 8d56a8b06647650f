"""Loans that still run when the old books close: one row, one loan.

With its first principal, its day and its term a loan is taken over as it was agreed
and stands where its payments have brought it.  With only what is left and how many
installments are left, it is taken over as a new one of that size; arrears then say
how many installments are late.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.importing.answers import NOTHING_SAID_YET, Answers
from coopbook.importing.files import Workbook
from coopbook.importing.kinds import columns
from coopbook.importing.kinds.facts import NO_BOOK, BookFacts
from coopbook.importing.kinds.parts import LOAN_OUT, LoanFacts, MemberRow
from coopbook.importing.kinds.reading import (
    SOME_DAY,
    WHEN,
    count_in,
    exactly,
    member_of,
    whole_sheet,
)
from coopbook.importing.sheets.cells import text
from coopbook.importing.sheets.days import day
from coopbook.importing.sheets.layout import Proposal, SheetRow, propose
from coopbook.importing.sheets.shapes import Column, Reads, Shape
from coopbook.importing.understood import Part, Understood, positive_in
from coopbook.money import Rate

SHAPE = Shape(
    columns=(
        columns.MEMBER,
        columns.NAME,
        columns.CONTRACT,
        Column(
            "principal",
            Word(N_("first principal")),
            Reads.AMOUNT,
            (
                *(
                    "Plafon",
                    "Plafond",
                    "Pokok Awal",
                    "Jumlah Pinjaman",
                    "Pinjaman Awal",
                ),
                *("Pokok Pinjaman", "Principal"),
            ),
        ),
        Column(
            "disbursed_on",
            Word(N_("day it was paid out")),
            Reads.DAY,
            (
                "Tanggal Cair",
                "Tgl Cair",
                "Tanggal Pinjam",
                "Tgl Pinjam",
                "Tanggal Akad",
            ),
        ),
        columns.TERM,
        Column(
            "rate",
            Word(N_("interest, percent a month")),
            Reads.WORDS,
            ("Bunga", "Jasa", "Bunga %", "Jasa %", "Suku Bunga", "Rate"),
        ),
        columns.OUTSTANDING,
        Column(
            "remaining",
            Word(N_("installments left")),
            Reads.WORDS,
            ("Sisa Angsuran", "Sisa Tenor", "Sisa Bulan", "Sisa Cicilan", "Remaining"),
        ),
        Column(
            "arrears",
            Word(N_("in arrears")),
            Reads.AMOUNT,
            ("Tunggakan", "Jumlah Tunggakan", "Arrears"),
        ),
    ),
    needs=(
        frozenset(["member", "outstanding", "principal", "disbursed_on", "term"]),
        frozenset(["member", "outstanding", "remaining"]),
        frozenset(["member", "outstanding"]),
        frozenset(["name", "outstanding"]),
    ),
)


@dataclass(eq=False)
class NotAPercentage(Refused):
    """Interest is written in percent a month."""

    sentence = N_(
        "Cell %(cell)s: “%(text)s” is not interest in percent a month. "
        "Write it like 1,5."
    )

    cell: str
    text: str


@dataclass(eq=False)
class OwesMoreThanLent(Refused):
    """More is left of a loan than was lent."""

    sentence = N_(
        "Row %(row)s: %(left)s is left of a loan of %(principal)s. "
        "Correct one of the two."
    )

    row: int
    left: Decimal
    principal: Decimal


def understand(
    workbook: Workbook, answers: Answers = NOTHING_SAID_YET, facts: BookFacts = NO_BOOK
) -> Understood:
    """Read a list of running loans; a loan of which nothing is left is left out.

    Raises: ``NoHeadings``, ``ColumnMissing`` and ``NoRows``.
    """
    return exactly(
        lambda: _understood(propose(workbook, SHAPE, answers.layout), answers)
    )


def _understood(proposal: Proposal, answers: Answers) -> Understood:
    def read(row: SheetRow) -> MemberRow | None:
        return _row(proposal, row, answers)

    keys = ("principal", "outstanding", "arrears")
    asked = () if answers.on else (WHEN,)
    return whole_sheet(proposal, read, keys, questions=asked)


def _row(proposal: Proposal, row: SheetRow, answers: Answers) -> MemberRow | None:
    left = positive_in(proposal, row, "outstanding")
    if not left:
        return None
    member, name = member_of(proposal, row)
    principal = positive_in(proposal, row, "principal") or None
    if principal is not None and left > principal:
        raise OwesMoreThanLent(row.number, left, principal)
    given = text(row.cells.get("disbursed_on"))
    paid_out = row.cells.get("disbursed_on") if given else None
    facts = LoanFacts(
        contract=text(row.cells.get("contract")),
        principal=principal,
        disbursed_on=None
        if paid_out is None
        else day(paid_out, at=proposal.place("disbursed_on", row.number)),
        term=count_in(proposal, row, "term"),
        remaining=count_in(proposal, row, "remaining"),
        rate=_rate(proposal, row),
        arrears=positive_in(proposal, row, "arrears")
        if proposal.has("arrears")
        else None,
    )
    return MemberRow(
        row=row.number,
        on=answers.on or SOME_DAY,
        amount=-left,
        memo="Sisa pinjaman lama",
        member=member,
        name=name,
        parts=(Part(LOAN_OUT, -left),),
        reference=facts.contract,
        loan=facts,
    )


def _rate(proposal: Proposal, row: SheetRow) -> Rate | None:
    """Return the interest of a month; a percentage cell may hold 0.015 or 1.5.

    Raises: ``NotAPercentage``.
    """
    said = text(row.cells.get("rate")).casefold()
    if not said or not proposal.has("rate"):
        return None
    tidy = said.removesuffix("/bln").removesuffix("per bulan").strip()
    try:
        number = Decimal(tidy.removesuffix("%").strip().replace(",", "."))
    except InvalidOperation:
        number = Decimal(-1)
    if not tidy.endswith("%") and 0 < number < Decimal("0.1"):
        number *= 100
    if not 0 <= number <= 20:
        raise NotAPercentage(proposal.place("rate", row.number), said)
    return Rate.percent(str(number))
