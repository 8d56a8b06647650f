"""Decisions: what was decided, numbered; the papers the cooperative stands on."""

from coopbook.decisions.model import Decision, Document
from coopbook.decisions.queries import (
    DocumentStanding,
    alerts,
    decided_in,
    decision,
    decisions,
    document,
    documents,
    standing,
    years,
)
from coopbook.decisions.rules import (
    BODY_NAMES,
    DOCUMENT_NAMES,
    STATE_NAMES,
    DecisionBody,
    DocumentKind,
    DocumentState,
)
from coopbook.decisions.service import (
    enter_decision,
    enter_document,
    keep_paper,
    keep_signed,
    replace_document,
)

__all__ = [
    "BODY_NAMES",
    "DOCUMENT_NAMES",
    "STATE_NAMES",
    "Decision",
    "DecisionBody",
    "Document",
    "DocumentKind",
    "DocumentStanding",
    "DocumentState",
    "alerts",
    "decided_in",
    "decision",
    "decisions",
    "document",
    "documents",
    "enter_decision",
    "enter_document",
    "keep_paper",
    "keep_signed",
    "replace_document",
    "standing",
    "years",
]
