"""Corrections of earlier years: proposed by auditors, booked by somebody else."""

from coopbook.corrections.model import ProposedAdjustment, ProposedLine
from coopbook.corrections.rules import (
    STATE_NAMES,
    AdjustmentState,
    AlreadyDecided,
    Correction,
    DeclineReason,
    FindingNeeded,
    InItsOwnYear,
    NoSuchAdjustment,
    NotAdjusted,
    NotThatYear,
    OwnProposal,
    ReopenYearFirst,
    restating_position,
    restating_surplus,
)
from coopbook.corrections.service import (
    adjustment,
    adjustments,
    booked,
    decline,
    drafts_of,
    lines_of,
    propose,
)

__all__ = [
    "STATE_NAMES",
    "AdjustmentState",
    "AlreadyDecided",
    "Correction",
    "DeclineReason",
    "FindingNeeded",
    "InItsOwnYear",
    "NoSuchAdjustment",
    "NotAdjusted",
    "NotThatYear",
    "OwnProposal",
    "ProposedAdjustment",
    "ProposedLine",
    "ReopenYearFirst",
    "adjustment",
    "adjustments",
    "booked",
    "decline",
    "drafts_of",
    "lines_of",
    "propose",
    "restating_position",
    "restating_surplus",
]
