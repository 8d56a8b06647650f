"""Bank reconciliation (*rekonsiliasi bank*): what the bank says against the book."""

from coopbook.bankstatements.matching import WHY, Item, Proposal, Why, proposals
from coopbook.bankstatements.model import (
    BankLine,
    BankMatch,
    BankReconciliation,
    BankStatement,
    How,
    UndoneMatch,
)
from coopbook.bankstatements.queries import (
    BookLine,
    Matched,
    bank_account,
    bank_accounts,
    bank_line,
    began,
    free_bank_lines,
    free_book_lines,
    lines_of_statement,
    matches_of,
    statement,
    statements,
)
from coopbook.bankstatements.reconciling import (
    Reconciliation,
    checks,
    reconcile,
    reconciled,
    reconciliation,
)
from coopbook.bankstatements.rules import BankFile, Told, is_bank
from coopbook.bankstatements.service import (
    accept,
    match,
    outstanding_before,
    post_line,
    proposed,
    seal_of,
    undo,
)
from coopbook.bankstatements.taking import bring_in
from coopbook.bankstatements.words import choices, likely

__all__ = [
    "WHY",
    "BankFile",
    "BankLine",
    "BankMatch",
    "BankReconciliation",
    "BankStatement",
    "BookLine",
    "How",
    "Item",
    "Matched",
    "Proposal",
    "Reconciliation",
    "Told",
    "UndoneMatch",
    "Why",
    "accept",
    "bank_account",
    "bank_accounts",
    "bank_line",
    "began",
    "bring_in",
    "checks",
    "choices",
    "free_bank_lines",
    "free_book_lines",
    "is_bank",
    "likely",
    "lines_of_statement",
    "match",
    "matches_of",
    "outstanding_before",
    "post_line",
    "proposals",
    "proposed",
    "reconcile",
    "reconciled",
    "reconciliation",
    "seal_of",
    "statement",
    "statements",
    "undo",
]
