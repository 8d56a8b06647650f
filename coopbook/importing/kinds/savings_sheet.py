"""A flat list of savings movements, as many programs export it.

One row is one movement of one member's savings.  The direction stands in a column of
its own or in two columns of amounts.  In such exports *debit* means paid in and
*kredit* taken out; the preview says so, because a bank means the opposite.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.importing.answers import NOTHING_SAID_YET, Answers, Question
from coopbook.importing.files import Workbook
from coopbook.importing.kinds import columns
from coopbook.importing.kinds.facts import NO_BOOK, BookFacts
from coopbook.importing.kinds.parts import (
    ROUNDING,
    MemberRow,
    Pot,
    known_pots,
)
from coopbook.importing.kinds.reading import (
    chosen,
    day_missing,
    day_of,
    exactly,
    member_of,
    whole_sheet,
)
from coopbook.importing.sheets.cells import text
from coopbook.importing.sheets.layout import Proposal, SheetRow, propose
from coopbook.importing.sheets.shapes import Column, Reads, Shape, plain
from coopbook.importing.understood import (
    Part,
    Problem,
    Understood,
    agree,
    amount_in,
    positive_in,
)

IN = frozenset(
    ["debit", "debet", "d", "setor", "setoran", "masuk", "deposit", "in", "simpan"]
)
OUT = frozenset(
    ["kredit", "credit", "k", "tarik", "penarikan", "keluar", "withdrawal", "out"]
)
DONE = frozenset(
    ["", "paid", "lunas", "posted", "done", "selesai", "sukses", "success", "berhasil"]
)

WHICH_POT = Question(
    "pot",
    Word(N_("Which savings does this sheet move?")),
    (
        (Pot.PRINCIPAL.value, Word(N_("principal share"))),
        (Pot.MANDATORY.value, Word(N_("mandatory share"))),
        (Pot.VOLUNTARY.value, Word(N_("voluntary savings"))),
        (Pot.SURPLUS.value, Word(N_("surplus not yet taken"))),
    ),
    Pot.VOLUNTARY.value,
)
SIGNED = "signed"
"""The answer that amounts carry their own direction."""

WHICH_WAY = Question(
    "way",
    Word(N_("Is this money paid in or taken out?")),
    (
        ("in", Word(N_("paid in"))),
        ("out", Word(N_("taken out"))),
        (SIGNED, Word(N_("taken out where an amount is below nothing"))),
    ),
    "in",
)

SHAPE = Shape(
    columns=(
        columns.ON,
        columns.MEMBER,
        columns.NAME,
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
                *("Jumlah Simpanan", "Jumlah Transaksi", "Besar", "Jumlah Penarikan"),
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
            "rounding",
            Word(N_("rounded by the old system")),
            Reads.AMOUNT,
            ("Rounding", "Pembulatan", "Selisih Pembulatan"),
        ),
        Column(
            "balance",
            Word(N_("balance")),
            Reads.AMOUNT,
            ("Saldo", "Saldo Akhir", "Balance", "Running Balance"),
        ),
        columns.MEMO,
        columns.REFERENCE,
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
        frozenset(["member", "amount"]),
        frozenset(["member", "paid_in", "taken_out"]),
    ),
)


@dataclass(eq=False)
class UnknownWord(Refused):
    """The cell should hold one of a few words, and holds another."""

    sentence = N_("Cell %(cell)s: “%(text)s” is not known here. Use one of: %(words)s.")

    cell: str
    text: str
    words: str


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


@dataclass(eq=False)
class MemberBalanceDiffers(Refused):
    """The balance a row states is not the member's last one and its amount."""

    sentence = N_(
        "Cell %(cell)s: the balance of member %(member)s stands as %(stated)s, "
        "but counts up to %(counted)s."
    )

    cell: str
    member: str
    stated: Decimal
    counted: Decimal


def understand(
    workbook: Workbook, answers: Answers = NOTHING_SAID_YET, facts: BookFacts = NO_BOOK
) -> Understood:
    """Read a sheet of savings movements, in the order of the file.

    A row of nothing (an amount of zero) is read and leaves nothing to post.

    Raises: ``NoHeadings``, ``ColumnMissing`` and ``NoRows``.  What is wrong with
            a single row is kept in ``not_understood``, with the row's number.
    """
    return exactly(
        lambda: _understood(propose(workbook, SHAPE, answers.layout), answers, facts)
    )


def _understood(proposal: Proposal, answers: Answers, facts: BookFacts) -> Understood:
    questions = list(day_missing([proposal], answers))
    pot = way = ""
    if not proposal.has("pot"):
        pot, asked = chosen(answers, _pots(facts))
        questions += asked
    both = proposal.has("paid_in") and proposal.has("taken_out")
    if not both and not proposal.has("way") and not _signed(proposal):
        way, asked = chosen(answers, replace(WHICH_WAY, suggested=_hint(proposal)))
        way = "" if way == SIGNED else way
        questions += asked
    words = known_pots(facts.products)

    def read(row: SheetRow) -> MemberRow | None:
        return _movement(proposal, row, answers, pot or _pot(proposal, row, words), way)

    keys = ("amount", "paid_in", "taken_out", "rounding")
    found = whole_sheet(proposal, read, keys, questions=questions)
    return replace(found, breaks=(*_running(proposal, found), *found.breaks))


def _pots(facts: BookFacts) -> Question:
    own = {code: name for name, code in facts.products.items()}
    more = [(code, Word(name)) for code, name in own.items()]
    known = {value for value, _ in WHICH_POT.choices}
    extra = tuple(choice for choice in more if choice[0] not in known)
    return replace(WHICH_POT, choices=(*WHICH_POT.choices, *extra))


def _signed(proposal: Proposal) -> bool:
    """Say whether amounts carry their own direction.

    Some are below nothing, or a balance beside each will tell if they do not.
    """
    if proposal.has("balance"):
        return True
    for row in proposal.rows:
        try:
            if amount_in(proposal, row, "amount") < 0:
                return True
        except Refused:
            continue
    return False


def _hint(proposal: Proposal) -> str:
    """Return the way the memos speak of, from the first row that says one."""
    for row in proposal.rows[:20]:
        for word in text(row.cells.get("memo")).casefold().split():
            if word in OUT:
                return "out"
    return "in"


def _pot(proposal: Proposal, row: SheetRow, words: Mapping[str, str]) -> str:
    pot = words.get(plain(row.cells.get("pot")))
    if pot is None:
        raise UnknownWord(
            proposal.place("pot", row.number),
            text(row.cells.get("pot")),
            "pokok, wajib, sukarela, shu",
        )
    return pot


def _movement(
    proposal: Proposal, row: SheetRow, answers: Answers, pot: str, way: str
) -> MemberRow | None:
    said = row.cells.get
    amount = _amount(proposal, row, way)
    on = day_of(proposal, row, answers)
    member, name = member_of(proposal, row)
    if plain(said("status")) not in DONE:
        cell = proposal.place("status", row.number)
        raise NotSettled(cell, text(said("status")))
    rounding = amount_in(proposal, row, "rounding")
    if not amount and not rounding:
        return None
    parts = (Part(pot, amount),) if not rounding else _rounded(pot, amount, rounding)
    return MemberRow(
        row=row.number,
        on=on,
        amount=amount,
        memo=text(said("memo")),
        member=member,
        name=name,
        parts=parts,
        reference=text(said("reference")),
        stated=_stated(proposal, row),
    )


def _rounded(pot: str, amount: Decimal, rounding: Decimal) -> tuple[Part, ...]:
    return Part(pot, amount + rounding), Part(ROUNDING, -rounding)


def _stated(proposal: Proposal, row: SheetRow) -> Decimal | None:
    if not proposal.has("balance") or not text(row.cells.get("balance")):
        return None
    return amount_in(proposal, row, "balance")


def _amount(proposal: Proposal, row: SheetRow, answered: str) -> Decimal:
    """Return the signed amount: what is paid in is positive."""
    if proposal.has("paid_in") and proposal.has("taken_out"):
        paid_in = positive_in(proposal, row, "paid_in")
        taken_out = positive_in(proposal, row, "taken_out")
        if paid_in and taken_out:
            raise BothWays(row.number)
        return paid_in - taken_out
    if not proposal.has("way") and not answered:
        return amount_in(proposal, row, "amount")
    amount = positive_in(proposal, row, "amount")
    way = answered or plain(row.cells.get("way"))
    if way in IN:
        return amount
    if way in OUT:
        return -amount
    raise UnknownWord(
        proposal.place("way", row.number),
        text(row.cells.get("way")),
        "debit, setor, kredit, tarik",
    )


def _running(proposal: Proposal, found: Understood) -> Iterator[Problem]:
    """Return where a stated balance does not follow from the one before it.

    The first row of a member begins wherever the sheet lets it begin.
    """
    last: dict[str, Decimal] = {}
    for row in found.movements:
        assert isinstance(row, MemberRow)
        if row.stated is None:
            continue
        moved = row.parts[0].amount
        counted = last.get(row.member, row.stated - moved) + moved
        if not agree(row.stated, counted):
            cell = proposal.place("balance", row.row)
            differs = MemberBalanceDiffers(cell, row.member, row.stated, counted)
            yield Problem(row.row, differs)
        last[row.member] = row.stated
