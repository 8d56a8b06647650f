"""Standing orders: a loan's dues out of savings; what savings mean for borrowing."""

from coopbook.orders.model import StandingOrder, StandingRun
from coopbook.orders.queries import running, runs_on
from coopbook.orders.service import (
    Ran,
    end_order,
    find_order,
    order,
    order_for,
    orders_of,
    run,
    runs_of,
)

__all__ = [
    "Ran",
    "StandingOrder",
    "StandingRun",
    "end_order",
    "find_order",
    "order",
    "order_for",
    "orders_of",
    "run",
    "running",
    "runs_of",
    "runs_on",
]
