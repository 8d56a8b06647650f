"""Rounds: many payments in one entry, lists of what is due, what comes back of them."""

from coopbook.rounds.rules import (
    AccountTwice,
    AnothersSavings,
    ControlDiffers,
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
    "LoanTwice",
    "NothingBrought",
    "NothingDue",
    "Taking",
    "repay_and_save",
    "take",
]
