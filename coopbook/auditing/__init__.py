"""What auditors ask of a journal: the standard tests, and samples drawn by a seed."""

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
    "Digits",
    "Item",
    "Journal",
    "Method",
    "NoSample",
    "Row",
    "Sample",
    "SeedNeeded",
    "Standard",
    "draw",
    "first_digits",
    "journal_of",
]
