"""Books of several units read as one: added up, what they owe each other left out."""

from coopbook.consolidation.comparing import WHAT, Joint, JointRow, joint_statements
from coopbook.consolidation.queries import (
    ANSWERED,
    CHARGED,
    SISTER,
    Consolidated,
    Unit,
    beside,
    between_units,
    charge_checks,
    charges_apart,
    consolidated,
    has_units,
    sister_of,
    unit_checks,
)
from coopbook.consolidation.rules import (
    BooksApart,
    CapitalApart,
    ChargesApart,
    Combined,
    OneBook,
    combined,
    eliminations,
)

__all__ = [
    "ANSWERED",
    "CHARGED",
    "SISTER",
    "WHAT",
    "BooksApart",
    "CapitalApart",
    "ChargesApart",
    "Combined",
    "Consolidated",
    "Joint",
    "JointRow",
    "OneBook",
    "Unit",
    "beside",
    "between_units",
    "charge_checks",
    "charges_apart",
    "combined",
    "consolidated",
    "eliminations",
    "has_units",
    "joint_statements",
    "sister_of",
    "unit_checks",
]
