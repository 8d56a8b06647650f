"""A bank's statement as a sheet: dated rows, money in and out, mostly a balance.

The bank writes what comes in as credit; a cooperative that keeps the statement as a
book of its own writes it as debit.  The running balance tells which, and whether the
newest line stands first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext

from coopbook.bankstatements.rules import AGREE, BankFile, Told
from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.importing.files import Cell, Workbook
from coopbook.importing.rounding import EXACT
from coopbook.importing.sheets.amounts import amount
from coopbook.importing.sheets.cells import text
from coopbook.importing.sheets.days import day
from coopbook.importing.sheets.layout import Layout, Proposal, SheetRow, propose
from coopbook.importing.sheets.shapes import Column, Reads, Shape
from coopbook.importing.understood import (
    Problem,
    amount_in,
    differing,
    figures,
    positive_in,
)

OUT, IN = ("out", "memorial_out"), ("in", "memorial_in")

SHAPE = Shape(
    columns=(
        Column(
            "on",
            Word(N_("date")),
            Reads.DAY,
            (
                *("Tanggal", "Tgl", "Date", "Tanggal Transaksi", "Tgl Transaksi"),
                *("Transaction Date", "Posting Date", "Tanggal Posting", "Post Date"),
                *("Tanggal Efektif", "Tgl Efektif", "Tanggal Pembukuan", "Tgl Valuta"),
            ),
        ),
        Column(
            "memo",
            Word(N_("description")),
            Reads.WORDS,
            (
                *("Keterangan", "Uraian", "Description", "Uraian Transaksi", "Desc"),
                *("Keterangan Transaksi", "Transaksi", "Remark", "Remarks", "Rincian"),
                *("Transaction Description", "Deskripsi", "Berita", "Details"),
            ),
        ),
        Column(
            "out",
            Word(N_("money out (debit)")),
            Reads.AMOUNT,
            (
                *("Debet", "Debit", "Keluar", "Mutasi Debet", "Mutasi Debit"),
                *("Mutasi Kas Debet", "Mutasi Kas Debit", "Uang Keluar", "Penarikan"),
                *("Pengeluaran", "Withdrawal", "Withdrawals", "Debit Amount", "DB"),
                *("Jumlah Debet", "Jumlah Debit", "Paid Out", "Money Out"),
            ),
        ),
        Column(
            "in",
            Word(N_("money in (credit)")),
            Reads.AMOUNT,
            (
                *("Kredit", "Credit", "Masuk", "Mutasi Kredit", "Mutasi Kas Kredit"),
                *("Uang Masuk", "Setoran", "Penerimaan", "Deposit", "Deposits", "CR"),
                *("Credit Amount", "Jumlah Kredit", "Paid In", "Money In"),
            ),
        ),
        Column(
            "memorial_out",
            Word(N_("memorial debit")),
            Reads.AMOUNT,
            ("Mutasi Memorial Debet", "Mutasi Memorial Debit", "Memorial Debet"),
        ),
        Column(
            "memorial_in",
            Word(N_("memorial credit")),
            Reads.AMOUNT,
            ("Mutasi Memorial Kredit", "Memorial Kredit", "Memorial Credit"),
        ),
        Column(
            "amount",
            Word(N_("amount with its sign")),
            Reads.WORDS,
            ("Jumlah", "Amount", "Nominal", "Mutasi", "Nilai", "Transaction Amount"),
        ),
        Column(
            "side",
            Word(N_("debit or credit")),
            Reads.WORDS,
            (
                *("D/K", "DB/CR", "D/C", "DK", "Dr/Cr", "Db/Kr", "Debet/Kredit"),
                *("Debit/Credit", "Jenis", "Tipe", "Type", "Jenis Mutasi"),
            ),
        ),
        Column(
            "balance",
            Word(N_("balance")),
            Reads.AMOUNT,
            (
                *("Saldo", "Balance", "Saldo Akhir", "Running Balance"),
                *("Ending Balance", "Closing Balance", "Saldo Buku"),
            ),
        ),
        Column(
            "reference",
            Word(N_("the bank's number")),
            Reads.WORDS,
            (
                *("No Referensi", "Referensi", "Reference", "No Ref", "Reference No"),
                *("No Jurnal", "Nomor Referensi", "Ref", "No Transaksi", "FITID"),
            ),
        ),
        Column(
            "account",
            Word(N_("account number")),
            Reads.WORDS,
            ("Rekening", "No Rekening", "Nomor Rekening", "Account", "Account No"),
        ),
    ),
    needs=(
        frozenset(["on", "memo", "out", "in", "balance"]),
        frozenset(["on", "memo", "amount", "balance"]),
        frozenset(["on", "memo", "out", "in"]),
        frozenset(["on", "memo", "amount"]),
    ),
)

_SIDED = re.compile(r"(.*?)\s*\b(DB|DR|D|CR|KR|K|C)\.?", re.IGNORECASE | re.DOTALL)
_OUT = re.compile(r"\s*(?:d|db|dr|debet|debit|keluar)\b", re.IGNORECASE)
_IN = re.compile(r"\s*(?:k|kr|c|cr|kredit|credit|masuk)\b", re.IGNORECASE)
_DAY = r"[0-9]{1,2}[/.\- ][0-9A-Za-z]{1,9}[/.\- ][0-9]{2,4}"
_PERIOD = re.compile(rf"({_DAY})\s*(?:-|–|s/?d\.?|sampai|to|until)\s*({_DAY})")
_PERIODS = ("periode", "period", "tanggal", "masa", "priode")
_ACCOUNTS = ("norekening", "nomorrekening", "rekening", "accountno", "accountnumber")
SHOWN = 5


@dataclass(eq=False)
class LinesUnread(Refused):
    """Some lines cannot be read, so the statement cannot be."""

    sentence = N_(
        "%(lines)s lines of this statement cannot be read, and without them nothing"
        " adds up. Look at %(cells)s in the file."
    )

    lines: int
    cells: str


@dataclass(eq=False)
class SideUnknown(Refused):
    """A line does not say whether money came in or went out."""

    sentence = N_(
        "Cell %(cell)s: “%(text)s” does not say whether money came in or went out."
        " Write DB for out and CR for in."
    )

    cell: str
    text: str


def bank_file(
    workbook: Workbook, *, name: str, digest: str, layout: Layout | None
) -> BankFile:
    """Read a sheet as a statement; see ``read_bank_file`` for what it raises."""
    with localcontext(EXACT):
        proposal = propose(workbook, SHAPE, layout)
        rows, problems = _rows(proposal)
        split = proposal.has("in")
        found = figures(proposal, (*OUT, *IN)) if split else []
        problems += differing(proposal, found)
        if problems:
            raise _unread(problems)
        opening, closing = (
            _stated(proposal, row) for row in (proposal.opening, proposal.closing)
        )
        lines = _in_order(rows, opening, turn=split)
    first, last = _period(proposal)
    return BankFile(
        name=name,
        digest=digest,
        form="sheet",
        lines=tuple(lines),
        opening=opening,
        closing=closing,
        first=first,
        last=last,
        of=_account(proposal),
        columns=tuple((one.key, one.heading) for one in proposal.columns),
    )


def _rows(proposal: Proposal) -> tuple[list[Told], list[Problem]]:
    rows: list[Told] = []
    problems: list[Problem] = []
    for row in proposal.rows:
        try:
            told = _told(proposal, row)
        except Refused as reason:
            problems.append(Problem(row.number, reason))
        else:
            if told.amount:
                rows.append(told)
    return rows, problems


def _unread(problems: Sequence[Problem]) -> Refused:
    """Return one refusal for all lines; that of a single line as it is."""
    first = problems[0].reason
    if len(problems) == 1 and isinstance(first, Refused):
        return first
    cells = [str(one.reason.facts.get("cell", one.row)) for one in problems[:SHOWN]]
    more = "" if len(problems) <= SHOWN else ", …"
    return LinesUnread(len(problems), ", ".join(cells) + more)


def _told(proposal: Proposal, row: SheetRow) -> Told:
    said = row.cells.get
    words = " ".join(filter(None, (text(said("memo")), _reference(row))))
    has_balance = proposal.has("balance") and said("balance") not in (None, "")
    return Told(
        place=proposal.place("on", row.number),
        day=day(said("on"), at=proposal.place("on", row.number)),
        words=words,
        amount=_amount(proposal, row),
        bank_id=_reference(row),
        balance=amount_in(proposal, row, "balance") if has_balance else None,
    )


def _reference(row: SheetRow) -> str:
    said = text(row.cells.get("reference"))
    return said if said.strip("-0 ") else ""


def _amount(proposal: Proposal, row: SheetRow) -> Decimal:
    """Return what a row moves as the bank means it, in positive."""
    if proposal.has("in") and proposal.has("out"):
        out = sum((positive_in(proposal, row, key) for key in OUT), Decimal(0))
        into = sum((positive_in(proposal, row, key) for key in IN), Decimal(0))
        return into - out
    at = proposal.place("amount", row.number)
    cell, side = _parted(row.cells.get("amount"))
    read = amount(cell, mark=proposal.mark, at=at)
    if proposal.has("side"):
        side = text(row.cells.get("side"))
        if not (_OUT.match(side) or _IN.match(side)):
            raise SideUnknown(proposal.place("side", row.number), side)
    if not side:
        return read
    return -abs(read) if _OUT.match(side) else abs(read)


def _parted(cell: Cell) -> tuple[Cell, str]:
    """Part an amount from the letters behind it: ``1,500.00 DB``."""
    found = _SIDED.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return (found[1], found[2]) if found and found[1] else (cell, "")


def _stated(proposal: Proposal, row: SheetRow | None) -> Decimal | None:
    """Return the balance a row above or under the lines states."""
    if row is None or not proposal.has("balance"):
        return None
    if row.cells.get("balance") in (None, ""):
        return None
    return amount_in(proposal, row, "balance")


def _in_order(
    rows: Sequence[Told], opening: Decimal | None, *, turn: bool
) -> list[Told]:
    """Return the lines as the balance says: from the bank, the oldest first."""
    if not rows or rows[0].balance is None:
        backwards = len(rows) > 1 and rows[0].day > rows[-1].day
        return list(reversed(rows)) if backwards else list(rows)
    ways = [list(rows), list(reversed(rows))]
    if turn:
        ways += [[replace(one, amount=-one.amount) for one in way] for way in ways]
    return min(ways, key=lambda way: _breaks(way, opening))


def _breaks(rows: Sequence[Told], opening: Decimal | None) -> int:
    """Count the lines whose balance does not follow from the one before."""
    before, breaks = opening, 0
    for one in rows:
        if one.balance is None:
            before = None if before is None else before + one.amount
            continue
        if before is not None and abs(before + one.amount - one.balance) >= AGREE:
            breaks += 1
        before = one.balance
    return breaks


def _period(proposal: Proposal) -> tuple[date | None, date | None]:
    """Return the days the sheet says above its headings that it is of."""
    for label, said in proposal.letterhead.items():
        found = _PERIOD.search(said) if label.startswith(_PERIODS) else None
        if found:
            try:
                return day(found[1]), day(found[2])
            except Refused:
                continue
    return None, None


def _account(proposal: Proposal) -> str:
    """Return the number of the account at the bank, where the sheet says one."""
    said = {text(row.cells.get("account")) for row in proposal.rows} - {""}
    if len(said) == 1:
        return said.pop()
    heads: Iterator[str] = (
        value
        for label, value in proposal.letterhead.items()
        if label.startswith(_ACCOUNTS)
    )
    return next(heads, "")
