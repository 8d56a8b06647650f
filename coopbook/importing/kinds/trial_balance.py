"""The old books' last trial balance: what every account held on that day.

Ordinary accounts are opened with it, against suspense; accounts of members' cards
are not, because the members' own lists open them.  When everything is in and ties,
suspense is empty again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.importing.answers import NOTHING_SAID_YET, Answers
from coopbook.importing.files import Workbook
from coopbook.importing.kinds import columns
from coopbook.importing.kinds.facts import NO_BOOK, BookFacts
from coopbook.importing.kinds.general import AccountRow, account
from coopbook.importing.kinds.journal import (
    ACCOUNT_NAME,
    CODE,
    CURRENCY,
    check_currency,
)
from coopbook.importing.kinds.reading import (
    day_missing,
    day_of,
    exactly,
    whole_sheet,
)
from coopbook.importing.sheets.cells import text
from coopbook.importing.sheets.layout import Proposal, SheetRow, propose
from coopbook.importing.sheets.shapes import Column, Reads, Shape, plain
from coopbook.importing.understood import (
    Part,
    Problem,
    Understood,
    amount_in,
    exact,
)

NONE_RUNS = frozenset(["nothing"])
"""Here a balance is a row's own amount, and adds up."""

SHAPE = Shape(
    columns=(
        columns.ON,
        CODE,
        ACCOUNT_NAME,
        Column("debit", Word(N_("debit")), Reads.AMOUNT, ("Debet", "Debit", "D")),
        Column(
            "credit", Word(N_("credit")), Reads.AMOUNT, ("Kredit", "Credit", "K", "C")
        ),
        Column(
            "balance",
            Word(N_("balance")),
            Reads.AMOUNT,
            ("Saldo", "Balance", "Saldo Akhir", "Jumlah"),
        ),
        Column(
            "side",
            Word(N_("debit or credit")),
            Reads.WORDS,
            ("D/K", "DK", "Posisi", "Normal", "Side"),
        ),
        CURRENCY,
    ),
    needs=(
        frozenset(["code", "debit", "credit"]),
        frozenset(["code", "balance", "side"]),
    ),
    balances=NONE_RUNS,
)


@dataclass(frozen=True, slots=True)
class OldAccount(AccountRow):
    """A line of the old trial balance; credit is positive, debit negative."""

    code: str = ""
    name: str = ""
    number: int | None = None

    def content(self) -> tuple[str, ...]:
        """Everything that makes this row itself; what it is taken for is not."""
        return self.on.isoformat(), self.code, self.name, exact(self.amount)


@dataclass(eq=False)
class BothSides(Refused):
    """An account holds either a debit or a credit."""

    sentence = N_(
        "Row %(row)s: account %(account)s has a debit and a credit. Keep what is left."
    )

    row: int
    code: str


@dataclass(eq=False)
class NotKnown(Refused):
    """An account of the old books is not one of this book."""

    sentence = N_(
        "Account %(account)s %(name)s is not in this book: its %(amount)s stays in "
        "suspense. Add the account, or say which it is with --set account.%(account)s=…"
    )

    account: str
    name: str
    amount: Decimal


@dataclass(eq=False)
class OldBooksDiffer(Refused):
    """The old trial balance does not balance."""

    sentence = N_(
        "The old trial balance does not balance: debit %(debit)s, credit %(credit)s."
    )

    debit: Decimal
    credit: Decimal


def understand(
    workbook: Workbook, answers: Answers = NOTHING_SAID_YET, facts: BookFacts = NO_BOOK
) -> Understood:
    """Read an old trial balance; blanks are nothing, headings of groups are left out.

    Raises: ``NoHeadings``, ``ColumnMissing`` and ``NoRows``; ``OtherCurrency``.
    """
    return exactly(
        lambda: _understood(propose(workbook, SHAPE, answers.layout), answers, facts)
    )


def _understood(proposal: Proposal, answers: Answers, facts: BookFacts) -> Understood:
    check_currency(proposal)

    def read(row: SheetRow) -> OldAccount | None:
        return _row(proposal, row, answers, facts)

    found = whole_sheet(
        proposal,
        read,
        ("debit", "credit"),
        questions=day_missing([proposal], answers),
    )
    rows = [row for row in found.movements if isinstance(row, OldAccount)]
    debit = -sum((row.amount for row in rows if row.amount < 0), Decimal(0))
    credit = sum((row.amount for row in rows if row.amount > 0), Decimal(0))
    breaks = list(found.breaks)
    if debit != credit:
        breaks.insert(0, Problem(0, OldBooksDiffer(debit, credit)))
    notes = [
        Problem(row.row, NotKnown(row.code, row.name, abs(row.amount)))
        for row in rows
        if row.number is None
    ]
    return replace(found, breaks=tuple(breaks), notes=tuple(notes))


def _row(
    proposal: Proposal, row: SheetRow, answers: Answers, facts: BookFacts
) -> OldAccount | None:
    code, name = text(row.cells.get("code")), text(row.cells.get("account_name"))
    debit, credit = _sides(proposal, row)
    if debit and credit:
        raise BothSides(row.number, code)
    if not debit and not credit:
        return None
    number = _number(code, answers, facts)
    cards = number is not None and number in facts.cards
    amount = credit - debit
    return OldAccount(
        row=row.number,
        on=day_of(proposal, row, answers),
        amount=amount,
        memo=f"Saldo awal {code} {name}".strip(),
        parts=() if number is None or cards else (Part(account(number), amount),),
        code=code,
        name=name,
        number=number,
    )


def _sides(proposal: Proposal, row: SheetRow) -> tuple[Decimal, Decimal]:
    if proposal.has("debit") and proposal.has("credit"):
        debit = amount_in(proposal, row, "debit")
        credit = amount_in(proposal, row, "credit")
    else:
        amount = amount_in(proposal, row, "balance")
        owed = plain(row.cells.get("side")) in ("k", "kredit", "c", "credit", "cr")
        debit, credit = (Decimal(0), amount) if owed else (amount, Decimal(0))
    if debit < 0 or credit < 0:
        return max(debit, -credit, Decimal(0)), max(credit, -debit, Decimal(0))
    return debit, credit


def _number(code: str, answers: Answers, facts: BookFacts) -> int | None:
    said = answers.said.get(f"account.{code}", code).strip()
    short = said.replace(".", "").replace("-", "").replace(" ", "")
    return facts.accounts.get(said, facts.accounts.get(short))
