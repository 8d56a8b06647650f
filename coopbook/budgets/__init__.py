"""What a year is planned to bring and to cost, beside what it did."""

from coopbook.budgets.model import BudgetLine
from coopbook.budgets.service import (
    BudgetRow,
    NotEarning,
    budget_of,
    plan,
    plan_like,
)

__all__ = [
    "BudgetLine",
    "BudgetRow",
    "NotEarning",
    "budget_of",
    "plan",
    "plan_like",
]
