"""Loans: applications, schedules, disbursement, repayment."""

from coopbook.loans.arrears import InstallmentStanding, InstallmentState, LoanStanding
from coopbook.loans.model import Loan, LoanProduct
from coopbook.loans.offer import enter_products
from coopbook.loans.paying import conclude, lines_of, parts_of, to_date
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
from coopbook.loans.service import apply, before_applying, cancel, disburse, repay

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
    "before_applying",
    "cancel",
    "conclude",
    "disburse",
    "enter_products",
    "exact_schedule",
    "fees_of",
    "lines_of",
    "loan",
    "loans",
    "loans_of",
    "paid_out",
    "parts_of",
    "payments",
    "product",
    "products",
    "repay",
    "schedule",
    "schedule_of",
    "standing",
    "state_counts",
    "to_date",
]
