"""Cash counted piece by piece against the book (*kas opname*), and the day's end."""

from coopbook.cashcounts.model import CashCount
from coopbook.cashcounts.open_days import COUNTED, count_checks, open_days
from coopbook.cashcounts.rules import (
    PIECES,
    DayIsClosed,
    DayNotOver,
    DaysOpen,
    MovedSinceCount,
    NoSuchPiece,
    NotACount,
    NotCash,
    NotCounted,
    WhyDiffers,
    WitnessNeeded,
    counted,
)
from coopbook.cashcounts.service import (
    BOXES,
    boxes_of,
    close_day,
    count_cash,
    counts_of,
    uncounted,
)

__all__ = [
    "BOXES",
    "COUNTED",
    "PIECES",
    "CashCount",
    "DayIsClosed",
    "DayNotOver",
    "DaysOpen",
    "MovedSinceCount",
    "NoSuchPiece",
    "NotACount",
    "NotCash",
    "NotCounted",
    "WhyDiffers",
    "WitnessNeeded",
    "boxes_of",
    "close_day",
    "count_cash",
    "count_checks",
    "counted",
    "counts_of",
    "open_days",
    "uncounted",
]
