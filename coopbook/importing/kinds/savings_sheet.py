"""A flat list of savings movements, as many programs export it.

One row is one movement of one member's savings.  The direction stands in a column of
its own or in two columns of amounts.  In such exports *debit* means paid in and
*kredit* taken out; the preview says so, because a bank means the opposite.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum

from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.importing.files.reading import Workbook
from coopbook.importing.rounding import EXACT
from coopbook.importing.sheets.cells import text
from coopbook.importing.sheets.days import day
from coopbook.importing.sheets.layout import Proposal, SheetRow, propose
from coopbook.importing.sheets.shapes import Column, Reads, Shape, plain
from coopbook.importing.understood import (
    Movement,
    Understood,
    differing,
    figures,
    positive_in,
    read_all,
)


class Pot(StrEnum):
    """Where a member's money lies: the three savings, or surplus not yet taken."""

    PRINCIPAL = "principal"
    MANDATORY = "mandatory"
    VOLUNTARY = "voluntary"
    SURPLUS = "surplus"


POTS = {
    "pokok": Pot.PRINCIPAL,
    "simpananpokok": Pot.PRINCIPAL,
    "principal": Pot.PRINCIPAL,
    "principalshare": Pot.PRINCIPAL,
    "wajib": Pot.MANDATORY,
    "simpananwajib": Pot.MANDATORY,
    "mandatory": Pot.MANDATORY,
    "mandatoryshare": Pot.MANDATORY,
    "sukarela": Pot.VOLUNTARY,
    "simpanansukarela": Pot.VOLUNTARY,
    "manasuka": Pot.VOLUNTARY,
    "tabungan": Pot.VOLUNTARY,
    "voluntary": Pot.VOLUNTARY,
    "shu": Pot.SURPLUS,
    "sisahasilusaha": Pot.SURPLUS,
    "surplus": Pot.SURPLUS,
}
IN = frozenset(
    ["debit", "debet", "d", "setor", "setoran", "masuk", "deposit", "in", "simpan"]
)
OUT = frozenset(
    ["kredit", "credit", "k", "tarik", "penarikan", "keluar", "withdrawal", "out"]
)
DONE = frozenset(
    ["", "paid", "lunas", "posted", "done", "selesai", "sukses", "success", "berhasil"]
)

SHAPE = Shape(
    columns=(
        Column(
            "on",
            Word(N_("date")),
            Reads.DAY,
            (
                *("Tanggal", "Tgl", "Tanggal Transaksi", "Tgl Transaksi", "Date"),
                *("Post Date", "Posting Date", "Tanggal Setor", "Tanggal Posting"),
            ),
        ),
        Column(
            "member",
            Word(N_("member number")),
            Reads.WORDS,
            (
                *("No Anggota", "Nomor Anggota", "Member Id", "Member Number"),
                *("Id Anggota", "Kode Anggota", "No Agt", "Member No", "Member"),
                *("NIA", "Anggota Id", "Nomor Induk Anggota"),
            ),
        ),
        Column(
            "name",
            Word(N_("name")),
            Reads.WORDS,
            ("Nama", "Nama Anggota", "Name", "Member Name", "Nama Lengkap"),
        ),
        Column(
            "pot",
            Word(N_("kind of savings")),
            Reads.WORDS,
            (
                *("Jenis Simpanan", "Deposits Type", "Simpanan", "Savings Type"),
                *("Produk", "Product", "Jenis Produk", "Kind of Savings"),
            ),
        ),
        Column(
            "way",
            Word(N_("paid in or taken out")),
            Reads.WORDS,
            (
                *("Jenis Transaksi", "Type", "D/K", "Debit/Kredit", "Setor/Tarik"),
                *("Mutasi", "Tipe", "Transaksi", "Direction", "Jenis Mutasi"),
            ),
        ),
        Column(
            "amount",
            Word(N_("amount")),
            Reads.AMOUNT,
            (
                *("Jumlah", "Total Deposit", "Nominal", "Amount", "Nilai", "Total"),
                *("Jumlah Simpanan", "Jumlah Transaksi", "Besar"),
            ),
        ),
        Column(
            "paid_in",
            Word(N_("paid in")),
            Reads.AMOUNT,
            ("Setoran", "Setor", "Masuk", "Debit", "Debet", "Deposit", "Paid In"),
        ),
        Column(
            "taken_out",
            Word(N_("taken out")),
            Reads.AMOUNT,
            ("Penarikan", "Tarik", "Keluar", "Kredit", "Credit", "Withdrawal"),
        ),
        Column(
            "memo",
            Word(N_("description")),
            Reads.WORDS,
            ("Keterangan", "Uraian", "Desc", "Description", "Catatan", "Memo"),
        ),
        Column(
            "reference",
            Word(N_("voucher")),
            Reads.WORDS,
            (
                *("No Bukti", "Deposit Number", "Nomor Bukti", "No Transaksi"),
                *("Nomor Transaksi", "Voucher", "Reference", "No Ref", "Kwitansi"),
            ),
        ),
        Column(
            "status",
            Word(N_("state")),
            Reads.WORDS,
            ("Status", "State", "Keadaan"),
        ),
    ),
    needs=(
        frozenset(["on", "member", "pot", "way", "amount"]),
        frozenset(["on", "member", "pot", "paid_in", "taken_out"]),
    ),
)


@dataclass(frozen=True, slots=True)
class SavingsMovement(Movement):
    """One movement of one member's savings."""

    member: str
    name: str
    pot: Pot
    reference: str

    def content(self) -> tuple[str, ...]:
        """Everything that makes this row itself, each thing written one way."""
        common = Movement.content(self)
        return (*common, self.member, self.name, self.pot.value, self.reference)


@dataclass(eq=False)
class UnknownWord(Refused):
    """The cell should hold one of a few words, and holds another."""

    sentence = N_("Cell %(cell)s: “%(text)s” is not known here. Use one of: %(words)s.")

    cell: str
    text: str
    words: str


@dataclass(eq=False)
class NoMember(Refused):
    """The row does not say whose savings it moves."""

    sentence = N_("Cell %(cell)s: the member's number is missing.")

    cell: str


@dataclass(eq=False)
class NotSettled(Refused):
    """The row stands for something that did not happen, or not yet."""

    sentence = N_(
        "Cell %(cell)s: the state is “%(text)s”. Only settled rows can be brought in; "
        "take this row out of the sheet."
    )

    cell: str
    text: str


@dataclass(eq=False)
class BothWays(Refused):
    """One row has an amount in and an amount out."""

    sentence = N_(
        "Row %(row)s has an amount paid in and one taken out. Make two rows of it."
    )

    row: int


def understand(workbook: Workbook) -> Understood:
    """Read a sheet of savings movements, in the order of the file.

    A row of nothing (an amount of zero) is read and leaves nothing to post.

    Raises: ``NoHeadings``, ``ColumnMissing`` and ``NoRows``.  What is wrong with
            a single row is kept in ``not_understood``, with the row's number.
    """
    with localcontext(EXACT):
        return _understood(propose(workbook, SHAPE))


def _understood(proposal: Proposal) -> Understood:
    movements, problems = read_all(proposal, lambda row: _movement(proposal, row))
    found = figures(proposal, ("amount", "paid_in", "taken_out"))
    return Understood(
        proposal=proposal,
        movements=tuple(movements),
        figures=tuple(found),
        not_understood=tuple(problems),
        breaks=tuple(differing(proposal, found)),
    )


def _movement(proposal: Proposal, row: SheetRow) -> SavingsMovement | None:
    said = row.cells.get
    amount = _amount(proposal, row)
    on = day(said("on"), at=proposal.place("on", row.number))
    member = text(said("member"))
    if not member:
        raise NoMember(proposal.place("member", row.number))
    pot = POTS.get(plain(said("pot")))
    if pot is None:
        raise UnknownWord(
            proposal.place("pot", row.number),
            text(said("pot")),
            "pokok, wajib, sukarela, shu",
        )
    if plain(said("status")) not in DONE:
        cell = proposal.place("status", row.number)
        raise NotSettled(cell, text(said("status")))
    if not amount:
        return None
    return SavingsMovement(
        row=row.number,
        on=on,
        amount=amount,
        memo=text(said("memo")),
        member=member,
        name=text(said("name")),
        pot=pot,
        reference=text(said("reference")),
    )


def _amount(proposal: Proposal, row: SheetRow) -> Decimal:
    """Return the signed amount: what is paid in is positive."""
    if proposal.has("paid_in") and proposal.has("taken_out"):
        paid_in = positive_in(proposal, row, "paid_in")
        taken_out = positive_in(proposal, row, "taken_out")
        if paid_in and taken_out:
            raise BothWays(row.number)
        return paid_in - taken_out
    amount = positive_in(proposal, row, "amount")
    way = plain(row.cells.get("way"))
    if way in IN:
        return amount
    if way in OUT:
        return -amount
    raise UnknownWord(
        proposal.place("way", row.number),
        text(row.cells.get("way")),
        "debit, setor, kredit, tarik",
    )
