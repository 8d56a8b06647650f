"""Appraisal: what a household can pay, and the five C, before anybody decides."""

from coopbook.appraisal.model import LoanAppraisal
from coopbook.appraisal.rules import (
    FIVE_C,
    FIVE_C_NAMES,
    JUDGEMENT_NAMES,
    RECOMMENDATION_NAMES,
    AppraisedFirst,
    Capacity,
    DecidedAlready,
    HowMuchLess,
    Judgement,
    Recommendation,
    VisitedLater,
    heaviest_month,
)
from coopbook.appraisal.service import (
    appraisal_of,
    appraisals_of,
    appraise,
    asked_monthly,
    capacity_of,
)

__all__ = [
    "FIVE_C",
    "FIVE_C_NAMES",
    "JUDGEMENT_NAMES",
    "RECOMMENDATION_NAMES",
    "AppraisedFirst",
    "Capacity",
    "DecidedAlready",
    "HowMuchLess",
    "Judgement",
    "LoanAppraisal",
    "Recommendation",
    "VisitedLater",
    "appraisal_of",
    "appraisals_of",
    "appraise",
    "asked_monthly",
    "capacity_of",
    "heaviest_month",
]
