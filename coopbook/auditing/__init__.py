"""What auditors ask of a journal: the standard tests, and samples drawn by a seed."""

from coopbook.auditing.changes import Changes, changes_since
from coopbook.auditing.confirming import (
    Confirmation,
    Confirmations,
    ConfirmedCard,
    confirmations,
)
from coopbook.auditing.digits import CRITICAL, FEWEST, Digits, first_digits
from coopbook.auditing.sampling import (
    METHOD_NAMES,
    Item,
    Method,
    NoSample,
    Sample,
    SeedNeeded,
    draw,
)
from coopbook.auditing.standard import (
    STANDARD_NAMES,
    Journal,
    Row,
    Standard,
    journal_of,
)

__all__ = [
    "CRITICAL",
    "FEWEST",
    "METHOD_NAMES",
    "STANDARD_NAMES",
    "Changes",
    "Confirmation",
    "Confirmations",
    "ConfirmedCard",
    "Digits",
    "Item",
    "Journal",
    "Method",
    "NoSample",
    "Row",
    "Sample",
    "SeedNeeded",
    "Standard",
    "changes_since",
    "confirmations",
    "draw",
    "first_digits",
    "journal_of",
]
