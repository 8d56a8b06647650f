"""A list of accounts: a chart that posts nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.importing.answers import NOTHING_SAID_YET, Answers
from coopbook.importing.files import Workbook
from coopbook.importing.kinds.facts import NO_BOOK, BookFacts
from coopbook.importing.kinds.journal import ACCOUNT_NAME, CODE
from coopbook.importing.kinds.reading import exactly, whole_sheet
from coopbook.importing.sheets.cells import text
from coopbook.importing.sheets.layout import Proposal, SheetRow, propose
from coopbook.importing.sheets.shapes import Column, Reads, Shape, plain
from coopbook.importing.understood import Movement, Understood
from coopbook.ledger.rules import AccountType, Side

TYPES = {
    "aset": AccountType.ASSET,
    "aktiva": AccountType.ASSET,
    "harta": AccountType.ASSET,
    "asset": AccountType.ASSET,
    "liabilitas": AccountType.LIABILITY,
    "kewajiban": AccountType.LIABILITY,
    "hutang": AccountType.LIABILITY,
    "utang": AccountType.LIABILITY,
    "liability": AccountType.LIABILITY,
    "ekuitas": AccountType.EQUITY,
    "modal": AccountType.EQUITY,
    "equity": AccountType.EQUITY,
    "pendapatan": AccountType.REVENUE,
    "revenue": AccountType.REVENUE,
    "income": AccountType.REVENUE,
    "beban": AccountType.EXPENSE,
    "biaya": AccountType.EXPENSE,
    "expense": AccountType.EXPENSE,
}
BY_DIGIT = {
    "1": AccountType.ASSET,
    "2": AccountType.LIABILITY,
    "3": AccountType.EQUITY,
    "4": AccountType.REVENUE,
    "5": AccountType.EXPENSE,
    "6": AccountType.EXPENSE,
}
ACCOUNTS = Shape(
    columns=(
        CODE,
        Column(
            "account_name",
            ACCOUNT_NAME.name,
            Reads.WORDS,
            ("Uraian", "Nama", *ACCOUNT_NAME.known),
        ),
        Column("name_en", Word(N_("English name")), Reads.WORDS, ("Name", "English")),
        Column(
            "type",
            Word(N_("kind of account")),
            Reads.WORDS,
            ("Jenis", "Tipe", "Golongan", "Type", "Kelompok"),
        ),
        Column(
            "side",
            Word(N_("debit or credit")),
            Reads.WORDS,
            ("DK", "D/K", "Posisi", "Saldo Normal", "Normal"),
        ),
    ),
    needs=(frozenset(["code", "account_name"]),),
)


@dataclass(frozen=True, slots=True)
class NewAccount(Movement):
    """An account of a list."""

    code: str
    name_id: str
    name_en: str
    account_type: AccountType
    side: Side | None

    def content(self) -> tuple[str, ...]:
        """What makes the row itself: the code."""
        return (self.code,)


@dataclass(eq=False)
class UnknownType(Refused):
    """Neither a word nor the code tells what kind of account it is."""

    sentence = N_(
        "Row %(row)s: what kind of account is %(account)s? Write aset, liabilitas, "
        "ekuitas, pendapatan or beban in a column “Jenis”."
    )

    row: int
    code: str


def understand_accounts(
    workbook: Workbook, answers: Answers = NOTHING_SAID_YET, facts: BookFacts = NO_BOOK
) -> Understood:
    """Read a chart of accounts; headings of groups are left out.

    What kind an account is tells a word, or else the first figure of its code:
    1 assets, 2 liabilities, 3 equity, 4 revenue, 5 and 6 expenses.

    Raises: ``NoHeadings``, ``ColumnMissing`` and ``NoRows``.
    """
    return exactly(lambda: _accounts(propose(workbook, ACCOUNTS, answers.layout)))


def _accounts(proposal: Proposal) -> Understood:
    codes = sorted(text(row.cells.get("code")) for row in proposal.rows)
    groups = _groups([code for code in codes if code])

    def read(row: SheetRow) -> NewAccount | None:
        return None if text(row.cells.get("code")) in groups else _account(row)

    return whole_sheet(proposal, read, ())


def _groups(codes: list[str]) -> set[str]:
    """Return the codes under which others stand: 101000 over 101100.

    >>> sorted(_groups(["100000", "101000", "101100", "102000"]))
    ['100000', '101000']
    """
    stems = {code: code.rstrip("0.-") for code in codes}
    found = set()
    for code, stem in stems.items():
        if stem != code and any(
            other != code and other.startswith(stem) for other in codes
        ):
            found.add(code)
    return found


def _account(row: SheetRow) -> NewAccount | None:
    said = row.cells.get
    code, name = text(said("code")), text(said("account_name")).lstrip("- ")
    if not code or not name:
        return None
    kind = TYPES.get(plain(said("type"))) or BY_DIGIT.get(code[:1])
    if kind is None:
        raise UnknownType(row.number, code)
    side = {"d": Side.DEBIT, "k": Side.CREDIT, "c": Side.CREDIT}
    return NewAccount(
        row=row.number,
        on=date(2000, 1, 1),
        amount=Decimal(0),
        memo="",
        code=code,
        name_id=name,
        name_en=text(said("name_en")) or name,
        account_type=kind,
        side=side.get(plain(said("side"))[:1]),
    )
