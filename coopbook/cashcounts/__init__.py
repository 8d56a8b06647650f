"""Cash counted piece by piece against the book (*kas opname*), and the day's end."""

from coopbook.cashcounts.model import CashCount
from coopbook.cashcounts.rules import (
    PIECES,
    DayIsClosed,
    DayNotOver,
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
    "PIECES",
    "CashCount",
    "DayIsClosed",
    "DayNotOver",
    "NoSuchPiece",
    "NotACount",
    "NotCash",
    "NotCounted",
    "WhyDiffers",
    "WitnessNeeded",
    "boxes_of",
    "close_day",
    "count_cash",
    "counted",
    "counts_of",
    "uncounted",
]
