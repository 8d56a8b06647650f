"""Loans: applications, schedules, disbursement, repayment."""

from coopbook.loans.arrears import InstallmentStanding, InstallmentState, LoanStanding
from coopbook.loans.exact import exact_schedule
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
    product_terms,
    products,
    schedule_of,
    standing,
    state_counts,
    terms_of,
)
from coopbook.loans.rules import STATE_NAMES, LoanState
from coopbook.loans.schedule import Installment, Schedule, schedule
from coopbook.loans.service import apply, before_applying, cancel, disburse, repay
from coopbook.loans.terms import InterestMethod, Terms

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
    "Schedule",
    "Terms",
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
    "product_terms",
    "products",
    "repay",
    "schedule",
    "schedule_of",
    "standing",
    "state_counts",
    "terms_of",
    "to_date",
]
