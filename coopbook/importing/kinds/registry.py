"""The kinds of sheet that can be brought in, and a file read as one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coopbook.i18n import N_
from coopbook.importing.answers import Answers
from coopbook.importing.files import Workbook, read
from coopbook.importing.identity import identities
from coopbook.importing.journals import recognized
from coopbook.importing.journals.understanding import as_understood
from coopbook.importing.kinds import (
    account_list,
    balances,
    bank_book,
    cards,
    deductions,
    journal,
    loan_movements,
    member_list,
    old_loans,
    savings_sheet,
    trial_balance,
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

    MEMBERS = "members"
    ACCOUNTS = "accounts"
    TRIAL_BALANCE = "trial-balance"
    MEMBER_BALANCES = "member-balances"
    OLD_LOANS = "loans"
    SAVINGS = "savings"
    LOANS = "loan-movements"
    DEDUCTIONS = "deductions"
    CARDS = "cards"
    BANK_BOOK = "bank-book"
    CASH_BOOK = "cash-book"
    JOURNAL = "journal"

    @property
    def source(self) -> str:
        """How the entries of this kind are marked in the journal."""
        return f"import.{self.value}"

    @property
    def posts(self) -> bool:
        """Whether its rows become entries."""
        return self.family is not Family.REGISTER

    @property
    def family(self) -> Family:
        """What the rows of this kind move."""
        return FAMILIES[self]


FAMILIES = {
    Kind.MEMBERS: Family.REGISTER,
    Kind.ACCOUNTS: Family.REGISTER,
    Kind.TRIAL_BALANCE: Family.ACCOUNTS,
    Kind.OLD_LOANS: Family.MEMBERS,
    Kind.CARDS: Family.MEMBERS,
    Kind.JOURNAL: Family.ACCOUNTS,
    Kind.MEMBER_BALANCES: Family.MEMBERS,
    Kind.SAVINGS: Family.MEMBERS,
    Kind.LOANS: Family.MEMBERS,
    Kind.DEDUCTIONS: Family.MEMBERS,
    Kind.BANK_BOOK: Family.ACCOUNTS,
    Kind.CASH_BOOK: Family.ACCOUNTS,
}
UNDERSTAND: dict[Kind, Callable[[Workbook, Answers, BookFacts], Understood]] = {
    Kind.MEMBERS: member_list.understand_members,
    Kind.ACCOUNTS: account_list.understand_accounts,
    Kind.TRIAL_BALANCE: trial_balance.understand,
    Kind.OLD_LOANS: old_loans.understand,
    Kind.CARDS: cards.understand,
    Kind.JOURNAL: journal.understand,
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
    """Read the bytes of a file as a sheet of a kind; a journal may be no sheet at all.

    Raises: whatever refuses the whole file.
    """
    kind = Kind(kind)
    journal = recognized(data) if kind is Kind.JOURNAL else None
    if journal is not None:
        understood = as_understood(journal)
    else:
        understood = UNDERSTAND[kind](read(data), answers, facts)
    named = tuple(identities(kind.value, understood.movements))
    digest = hashlib.sha256(data).hexdigest()
    return Sheet(kind, digest, understood, named, answers, facts.today)


KIND_NAMES = {
    Kind.MEMBERS: N_("List of members"),
    Kind.ACCOUNTS: N_("Chart of accounts"),
    Kind.TRIAL_BALANCE: N_("Old trial balance"),
    Kind.MEMBER_BALANCES: N_("Savings of each member on the last day"),
    Kind.OLD_LOANS: N_("Loans that still run"),
    Kind.SAVINGS: N_("Movements of members' savings"),
    Kind.LOANS: N_("Movements of loans"),
    Kind.DEDUCTIONS: N_("Payroll deductions or collection list"),
    Kind.CARDS: N_("Member cards"),
    Kind.BANK_BOOK: N_("Bank book"),
    Kind.CASH_BOOK: N_("Cash book"),
    Kind.JOURNAL: N_("General journal"),
}
