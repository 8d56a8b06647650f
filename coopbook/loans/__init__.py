"""Loans: applications, schedules, disbursement, repayment."""

from coopbook.loans.arrears import InstallmentStanding, InstallmentState, LoanStanding
from coopbook.loans.model import Loan, LoanProduct
from coopbook.loans.offer import enter_products
from coopbook.loans.queries import (
    Payment,
    fees_of,
    loan,
    loans,
    loans_of,
    paid_out,
    payments,
    product,
    products,
    schedule_of,
    standing,
    state_counts,
)
from coopbook.loans.rules import STATE_NAMES, LoanState
from coopbook.loans.schedule import (
    Installment,
    InterestMethod,
    exact_schedule,
    schedule,
)
from coopbook.loans.service import apply, cancel, disburse, repay

__all__ = [
    "STATE_NAMES",
    "Installment",
    "InstallmentStanding",
    "InstallmentState",
    "InterestMethod",
    "Loan",
    "LoanProduct",
    "LoanStanding",
    "LoanState",
    "Payment",
    "apply",
    "cancel",
    "disburse",
    "enter_products",
    "exact_schedule",
    "fees_of",
    "loan",
    "loans",
    "loans_of",
    "paid_out",
    "payments",
    "product",
    "products",
    "repay",
    "schedule",
    "schedule_of",
    "standing",
    "state_counts",
]
