"""Oversight: what supervisors look at across subjects, with the rows behind it."""

from coopbook.oversight.cash import CashOfDay, cash_of_day, reaches_threshold, threshold
from coopbook.oversight.watching import (
    LargeShare,
    Overview,
    Sleeping,
    Unposted,
    above_cap,
    large_shares,
    missing_shares,
    overview,
    sleeping,
    unidentified,
    unposted,
)

__all__ = [
    "CashOfDay",
    "LargeShare",
    "Overview",
    "Sleeping",
    "Unposted",
    "above_cap",
    "cash_of_day",
    "large_shares",
    "missing_shares",
    "overview",
    "reaches_threshold",
    "sleeping",
    "threshold",
    "unidentified",
    "unposted",
]
