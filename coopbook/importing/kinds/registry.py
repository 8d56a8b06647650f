"""The kinds of sheet that can be brought in, and a file read as one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coopbook.importing.answers import Answers
from coopbook.importing.files import Workbook, read
from coopbook.importing.identity import identities
from coopbook.importing.kinds import (
    balances,
    bank_book,
    deductions,
    loan_movements,
    savings_sheet,
)
from coopbook.importing.kinds.facts import BookFacts
from coopbook.importing.understood import Understood
from coopbook.ledger import chart
from coopbook.ledger.rules import VoucherKind


class Family(StrEnum):
    """What the rows of a sheet move."""

    MEMBERS = "members"
    ACCOUNTS = "accounts"
    REGISTER = "register"


class Kind(StrEnum):
    """What a sheet is about; the word is also the source of its entries."""

    MEMBER_BALANCES = "member-balances"
    SAVINGS = "savings"
    LOANS = "loan-movements"
    DEDUCTIONS = "deductions"
    BANK_BOOK = "bank-book"
    CASH_BOOK = "cash-book"

    @property
    def source(self) -> str:
        """How the entries of this kind are marked in the journal."""
        return f"import.{self.value}"

    @property
    def family(self) -> Family:
        """What the rows of this kind move."""
        return FAMILIES[self]


FAMILIES = {
    Kind.MEMBER_BALANCES: Family.MEMBERS,
    Kind.SAVINGS: Family.MEMBERS,
    Kind.LOANS: Family.MEMBERS,
    Kind.DEDUCTIONS: Family.MEMBERS,
    Kind.BANK_BOOK: Family.ACCOUNTS,
    Kind.CASH_BOOK: Family.ACCOUNTS,
}
UNDERSTAND: dict[Kind, Callable[[Workbook, Answers, BookFacts], Understood]] = {
    Kind.MEMBER_BALANCES: balances.understand,
    Kind.SAVINGS: savings_sheet.understand,
    Kind.LOANS: loan_movements.understand,
    Kind.DEDUCTIONS: deductions.understand,
    Kind.BANK_BOOK: bank_book.understand,
    Kind.CASH_BOOK: bank_book.understand,
}


@dataclass(frozen=True, slots=True)
class Running:
    """The account a book of dated rows is of, and its kinds of voucher."""

    account: int
    money_in: VoucherKind
    money_out: VoucherKind
    words: str


RUNNING = {
    Kind.BANK_BOOK: Running(
        chart.BANK, VoucherKind.BBM, VoucherKind.BBK, "Mutasi bank"
    ),
    Kind.CASH_BOOK: Running(
        chart.TELLER_CASH, VoucherKind.BKM, VoucherKind.BKK, "Mutasi kas"
    ),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was understood; what the book makes of it is another matter."""

    kind: Kind
    file_digest: str
    understood: Understood
    identities: tuple[str, ...]
    answers: Answers
    today: date | None


def understood_sheet(
    kind: Kind | str, data: bytes, answers: Answers, facts: BookFacts
) -> Sheet:
    """Read the bytes of a file as a sheet of a kind.

    Raises: whatever refuses the whole file.
    """
    kind = Kind(kind)
    understood = UNDERSTAND[kind](read(data), answers, facts)
    named = tuple(identities(kind.value, understood.movements))
    digest = hashlib.sha256(data).hexdigest()
    return Sheet(kind, digest, understood, named, answers, facts.today)
