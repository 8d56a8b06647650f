"""The bank book: dated rows, money in and out, and the balance after each.

Whoever keeps the book writes what comes in as debit; a bank's own statement writes it
as credit.  The running balance tells which, and is checked on every row.  Cash and
memorial movements may have columns of their own; both move the same account.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.importing.answers import NOTHING_SAID_YET, Answers
from coopbook.importing.files import Workbook
from coopbook.importing.kinds.facts import NO_BOOK, BookFacts
from coopbook.importing.rounding import EXACT
from coopbook.importing.sheets.cells import text
from coopbook.importing.sheets.days import day
from coopbook.importing.sheets.layout import Proposal, SheetRow, propose
from coopbook.importing.sheets.shapes import Column, Reads, Shape
from coopbook.importing.understood import (
    Movement,
    Problem,
    Understood,
    agree,
    amount_in,
    differing,
    exact,
    figures,
    positive_in,
    read_all,
)

DEBITS = ("cash_debit", "memorial_debit")
CREDITS = ("cash_credit", "memorial_credit")

SHAPE = Shape(
    columns=(
        Column(
            "on",
            Word(N_("date")),
            Reads.DAY,
            ("Tanggal", "Tgl", "Date", "Tanggal Transaksi", "Tgl Transaksi"),
        ),
        Column(
            "memo",
            Word(N_("description")),
            Reads.WORDS,
            ("Uraian", "Keterangan", "Description", "Desc", "Transaksi"),
        ),
        Column(
            "cash_debit",
            Word(N_("debit")),
            Reads.AMOUNT,
            (
                *("Debet", "Debit", "Mutasi Kas Debet", "Mutasi Kas Debit"),
                *("Penerimaan", "Masuk", "Uang Masuk", "Kas Masuk"),
                *("Mutasi Debet", "Mutasi Debit", "Kas Debet", "Kas Debit"),
            ),
        ),
        Column(
            "cash_credit",
            Word(N_("credit")),
            Reads.AMOUNT,
            (
                *("Kredit", "Credit", "Mutasi Kas Kredit", "Mutasi Kredit"),
                *("Kas Kredit", "Pengeluaran", "Keluar", "Uang Keluar", "Kas Keluar"),
            ),
        ),
        Column(
            "memorial_debit",
            Word(N_("memorial debit")),
            Reads.AMOUNT,
            (
                *("Mutasi Memorial Debet", "Mutasi Memorial Debit"),
                *("Memorial Debet", "Memorial Debit"),
            ),
        ),
        Column(
            "memorial_credit",
            Word(N_("memorial credit")),
            Reads.AMOUNT,
            ("Mutasi Memorial Kredit", "Memorial Kredit", "Memorial Credit"),
        ),
        Column(
            "balance",
            Word(N_("balance")),
            Reads.AMOUNT,
            ("Saldo Akhir", "Saldo", "Balance", "Running Balance"),
        ),
        Column(
            "reference",
            Word(N_("voucher")),
            Reads.WORDS,
            ("No Bukti", "Nomor Bukti", "Voucher", "Reference", "No Ref"),
        ),
        Column(
            "account",
            Word(N_("account number")),
            Reads.WORDS,
            ("Rekening", "No Rekening", "Nomor Rekening", "Account", "Account No"),
        ),
    ),
    needs=(frozenset(["on", "memo", "cash_debit", "cash_credit", "balance"]),),
)


@dataclass(frozen=True, slots=True)
class BankMovement(Movement):
    """One row of the bank book, with the balance it states."""

    balance: Decimal
    reference: str

    def content(self) -> tuple[str, ...]:
        """Everything that makes this row itself, each thing written one way."""
        return (*Movement.content(self), exact(self.balance), self.reference)


@dataclass(eq=False)
class BalanceDiffers(Refused):
    """The balance a row states is not the one before it and its amounts."""

    sentence = N_(
        "Cell %(cell)s: the balance stands as %(stated)s, but counts up to %(counted)s."
    )

    cell: str
    stated: Decimal
    counted: Decimal


def understand(
    workbook: Workbook, answers: Answers = NOTHING_SAID_YET, facts: BookFacts = NO_BOOK
) -> Understood:
    """Read a bank book, in the order of the file.

    ``opening`` of what is returned is the balance before the first row: the
    sheet's opening row, or counted back from the first row's balance.

    Raises: ``NoHeadings``, ``ColumnMissing`` and ``NoRows``.  What is wrong with
            a single row is kept with the row's number: unread cells in
            ``not_understood``, balances that do not follow in ``breaks``.
    """
    with localcontext(EXACT):
        return _understood(propose(workbook, SHAPE, answers.layout))


def _understood(proposal: Proposal) -> Understood:
    rows, problems = read_all(proposal, lambda row: _movement(proposal, row))
    opening, unread = _opening(proposal)
    problems = sorted([*problems, *unread], key=lambda problem: problem.row)
    own = _turned(rows, 1)
    banks = _turned(rows, -1)
    movements, start, broken = min(
        (_followed(proposal, side, opening) for side in (own, banks)),
        key=lambda followed: len(followed[2]),
    )
    found = figures(proposal, (*DEBITS, *CREDITS))
    return Understood(
        proposal=proposal,
        movements=tuple(m for m in movements if m.amount),
        figures=tuple(found),
        not_understood=tuple(problems),
        breaks=(*broken, *differing(proposal, found)),
        opening=start,
        subject=_subject(proposal),
    )


def _subject(proposal: Proposal) -> str:
    """Return the account every row is of, where they name one and the same."""
    said = {text(row.cells.get("account")) for row in proposal.rows} - {""}
    return said.pop() if len(said) == 1 else ""


def _movement(proposal: Proposal, row: SheetRow) -> BankMovement:
    said = row.cells.get
    debit = sum((positive_in(proposal, row, key) for key in DEBITS), Decimal(0))
    credit = sum((positive_in(proposal, row, key) for key in CREDITS), Decimal(0))
    return BankMovement(
        row=row.number,
        on=day(said("on"), at=proposal.place("on", row.number)),
        amount=debit - credit,
        memo=text(said("memo")),
        balance=amount_in(proposal, row, "balance"),
        reference=text(said("reference")),
    )


def _opening(proposal: Proposal) -> tuple[Decimal | None, list[Problem]]:
    if proposal.opening is None:
        return None, []
    try:
        return amount_in(proposal, proposal.opening, "balance"), []
    except Refused as reason:
        return None, [Problem(proposal.opening.number, reason)]


def _turned(rows: list[BankMovement], sign: int) -> list[BankMovement]:
    """Return the rows as the book's keeper (1) or the bank (-1) means them."""
    return [
        BankMovement(r.row, r.on, sign * r.amount, r.memo, r.balance, r.reference)
        for r in rows
    ]


def _followed(
    proposal: Proposal, rows: list[BankMovement], opening: Decimal | None
) -> tuple[list[BankMovement], Decimal | None, list[Problem]]:
    """Follow the balance from row to row; a break is counted on from what stands."""
    if opening is None and rows:
        opening = rows[0].balance - rows[0].amount
    before, broken = opening or Decimal(0), []
    for row in rows:
        counted = before + row.amount
        if not agree(counted, row.balance):
            cell = proposal.place("balance", row.row)
            reason = BalanceDiffers(cell, row.balance, counted)
            broken.append(Problem(row.row, reason))
        before = row.balance
    return rows, opening, broken
