"""Early warning: what becomes of loans month by month, and what to ask about them."""

from coopbook.earlywarning.buckets import BUCKETS, Aged, Bucket, Seen, aged, bucket_of
from coopbook.earlywarning.chaining import Chain, Link, chains
from coopbook.earlywarning.cohorts import (
    AGES,
    EVERY_NAMES,
    EverLate,
    Every,
    Lent,
    Vintage,
)
from coopbook.earlywarning.findings import (
    ABOUT_OFFICERS,
    KIND_NAMES,
    QUESTIONS,
    Finding,
    Kind,
    worst_first,
)
from coopbook.earlywarning.pace import Pace, pace_of
from coopbook.earlywarning.queries import (
    LATE_DAYS,
    ageing,
    concentration,
    rolls,
    vintages,
)
from coopbook.earlywarning.refinancing import chains_of
from coopbook.earlywarning.rolling import (
    ORIGINS,
    PLACES,
    Began,
    Course,
    Ended,
    Month,
    Rolled,
    month_ends,
    rolled,
)
from coopbook.earlywarning.shares import (
    Concentration,
    Held,
    Owed,
    concentrated,
    herfindahl,
)
from coopbook.earlywarning.watching import watch

__all__ = [
    "ABOUT_OFFICERS",
    "AGES",
    "BUCKETS",
    "EVERY_NAMES",
    "KIND_NAMES",
    "LATE_DAYS",
    "ORIGINS",
    "PLACES",
    "QUESTIONS",
    "Aged",
    "Began",
    "Bucket",
    "Chain",
    "Concentration",
    "Course",
    "Ended",
    "EverLate",
    "Every",
    "Finding",
    "Held",
    "Kind",
    "Lent",
    "Link",
    "Month",
    "Owed",
    "Pace",
    "Rolled",
    "Seen",
    "Vintage",
    "aged",
    "ageing",
    "bucket_of",
    "chains",
    "chains_of",
    "concentrated",
    "concentration",
    "herfindahl",
    "month_ends",
    "pace_of",
    "rolled",
    "rolls",
    "vintages",
    "watch",
    "worst_first",
]
