"""The notes to a year's statements (*CALK*): what they rest on, each line broken up."""

from coopbook.disclosures.pieces import Cell, Grid, Note, Pairs, Prose, Said, Value
from coopbook.disclosures.queries import note_facts, seen_on, span_of
from coopbook.disclosures.rules import NoteFacts, notes_of

__all__ = [
    "Cell",
    "Grid",
    "Note",
    "NoteFacts",
    "Pairs",
    "Prose",
    "Said",
    "Value",
    "note_facts",
    "notes_of",
    "seen_on",
    "span_of",
]
