"""Rounds: many payments in one entry, lists of what is due, what comes back of them."""

from coopbook.rounds.lists import (
    also_out,
    due_list,
    due_lists,
    falling_due,
    key_in,
    make_lists,
    round_of,
    rows_of,
)
from coopbook.rounds.model import DueList, DueListRow, LoanRound
from coopbook.rounds.rules import (
    AccountTwice,
    AnothersSavings,
    ControlDiffers,
    ListTooFarAhead,
    LoanTwice,
    NothingBrought,
    NothingDue,
)
from coopbook.rounds.taking import BANK, DRAWER, FIELD, Taking, repay_and_save, take

__all__ = [
    "BANK",
    "DRAWER",
    "FIELD",
    "AccountTwice",
    "AnothersSavings",
    "ControlDiffers",
    "DueList",
    "DueListRow",
    "ListTooFarAhead",
    "LoanRound",
    "LoanTwice",
    "NothingBrought",
    "NothingDue",
    "Taking",
    "also_out",
    "due_list",
    "due_lists",
    "falling_due",
    "key_in",
    "make_lists",
    "repay_and_save",
    "round_of",
    "rows_of",
    "take",
]
