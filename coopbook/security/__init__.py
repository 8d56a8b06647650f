"""Security: guarantors with held savings, collateral, and how far a loan is covered."""

from coopbook.security.model import Collateral, LoanGuarantor
from coopbook.security.queries import (
    collateral,
    collateral_of,
    cover_of,
    guarantees_of,
    guarantor,
    guarantors_of,
    held_for,
    lying,
    secures,
    to_give_back,
    uninsured,
)
from coopbook.security.rules import KIND_NAMES, CollateralKind, Cover
from coopbook.security.service import (
    guarantee,
    hold_own,
    keep_elsewhere,
    pledge,
    release_collateral,
    release_ended,
    release_guarantor,
    release_hold,
)

__all__ = [
    "KIND_NAMES",
    "Collateral",
    "CollateralKind",
    "Cover",
    "LoanGuarantor",
    "collateral",
    "collateral_of",
    "cover_of",
    "guarantee",
    "guarantees_of",
    "guarantor",
    "guarantors_of",
    "held_for",
    "hold_own",
    "keep_elsewhere",
    "lying",
    "pledge",
    "release_collateral",
    "release_ended",
    "release_guarantor",
    "release_hold",
    "secures",
    "to_give_back",
    "uninsured",
]
