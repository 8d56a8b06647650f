"""Printed books of savings accounts: each prints on from the line where it stopped."""

from coopbook.savings.passbooks.queries import (
    PassbookLine,
    Pending,
    current,
    lines_on_paper,
    passbook,
    passbooks,
    pending,
    printed_in,
    prints,
)
from coopbook.savings.passbooks.service import issue, mark_printed, reprint
from coopbook.savings.passbooks.shape import SHAPES, PassbookShape, Spot

__all__ = [
    "SHAPES",
    "PassbookLine",
    "PassbookShape",
    "Pending",
    "Spot",
    "current",
    "issue",
    "lines_on_paper",
    "mark_printed",
    "passbook",
    "passbooks",
    "pending",
    "printed_in",
    "prints",
    "reprint",
]
