"""Books of several units read as one: added up, what they owe each other left out."""

from coopbook.consolidation.queries import (
    ANSWERED,
    SISTER,
    Consolidated,
    Unit,
    beside,
    between_units,
    consolidated,
    sister_of,
    unit_checks,
)
from coopbook.consolidation.rules import (
    BooksApart,
    CapitalApart,
    Combined,
    OneBook,
    combined,
    eliminations,
)

__all__ = [
    "ANSWERED",
    "SISTER",
    "BooksApart",
    "CapitalApart",
    "Combined",
    "Consolidated",
    "OneBook",
    "Unit",
    "beside",
    "between_units",
    "combined",
    "consolidated",
    "eliminations",
    "sister_of",
    "unit_checks",
]
