"""Loans: applications, schedules, disbursement, repayment."""

from coopbook.loans.arrears import InstallmentStanding, InstallmentState, LoanStanding
from coopbook.loans.exact import exact_schedule
from coopbook.loans.history import conditions_of, replay_of, terms_of
from coopbook.loans.model import Loan, LoanProduct
from coopbook.loans.offer import enter_products
from coopbook.loans.paying import (
    Paying,
    conclude,
    credits_of,
    lines_of,
    paying,
    payoff,
    to_date,
)
from coopbook.loans.queries import (
    Payment,
    fees_of,
    loan,
    loans,
    loans_of,
    paid_out,
    payments,
    product,
    product_terms,
    products,
    schedule_of,
    standing,
    state_counts,
)
from coopbook.loans.replay import EARLY_NAMES, ORDER_NAMES, WISH_NAMES, Wish
from coopbook.loans.rules import STATE_NAMES, LoanState
from coopbook.loans.schedule import Installment, Schedule, schedule
from coopbook.loans.service import apply, before_applying, cancel, disburse, repay
from coopbook.loans.terms import InterestMethod, Terms

__all__ = [
    "EARLY_NAMES",
    "ORDER_NAMES",
    "STATE_NAMES",
    "WISH_NAMES",
    "Installment",
    "InstallmentStanding",
    "InstallmentState",
    "InterestMethod",
    "Loan",
    "LoanProduct",
    "LoanStanding",
    "LoanState",
    "Paying",
    "Payment",
    "Schedule",
    "Terms",
    "Wish",
    "apply",
    "before_applying",
    "cancel",
    "conclude",
    "conditions_of",
    "credits_of",
    "disburse",
    "enter_products",
    "exact_schedule",
    "fees_of",
    "lines_of",
    "loan",
    "loans",
    "loans_of",
    "paid_out",
    "paying",
    "payments",
    "payoff",
    "product",
    "product_terms",
    "products",
    "repay",
    "replay_of",
    "schedule",
    "schedule_of",
    "standing",
    "state_counts",
    "terms_of",
    "to_date",
]
