"""Loans: applications, schedules, disbursement, repayment."""

from coopbook.loans.accruing import accrue, earned
from coopbook.loans.arrears import InstallmentStanding, InstallmentState, LoanStanding
from coopbook.loans.changing import (
    change_rate,
    give_back,
    pay_tranche,
    undrawn,
    use_all_held,
    use_held,
    waive_penalty,
)
from coopbook.loans.deciding import (
    LendingLimit,
    asked_for,
    before_lending,
    check_not_own,
    lending_limit,
    whole_of,
)
from coopbook.loans.exact import exact_schedule
from coopbook.loans.history import conditions_of, replay_of, terms_of
from coopbook.loans.keeping import keeps_share
from coopbook.loans.model import Loan, LoanProduct
from coopbook.loans.offer import enter_products
from coopbook.loans.officers import (
    LOOK_AFTER,
    hand_over,
    look_after,
    looked_after,
    officer_of,
    officers_of,
)
from coopbook.loans.paying import (
    Paying,
    conclude,
    credits_of,
    lines_of,
    paying,
    payoff,
    to_date,
)
from coopbook.loans.portfolio import Portfolio, portfolio
from coopbook.loans.queries import (
    Payment,
    changes_of,
    corrections_for,
    corrections_of,
    due_on,
    fees_of,
    loan,
    loans,
    loans_in,
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
from coopbook.loans.quoting import quotations, quote, still_good
from coopbook.loans.replacing import ask_replacement, replace_loan
from coopbook.loans.replay import EARLY_NAMES, ORDER_NAMES, WISH_NAMES, Wish
from coopbook.loans.rules import STATE_NAMES, LoanState
from coopbook.loans.schedule import Installment, Schedule, schedule
from coopbook.loans.service import apply, before_applying, cancel, disburse, repay
from coopbook.loans.terms import InterestMethod, Terms

__all__ = [
    "EARLY_NAMES",
    "LOOK_AFTER",
    "ORDER_NAMES",
    "STATE_NAMES",
    "WISH_NAMES",
    "Installment",
    "InstallmentStanding",
    "InstallmentState",
    "InterestMethod",
    "LendingLimit",
    "Loan",
    "LoanProduct",
    "LoanStanding",
    "LoanState",
    "Paying",
    "Payment",
    "Portfolio",
    "Schedule",
    "Terms",
    "Wish",
    "accrue",
    "apply",
    "ask_replacement",
    "asked_for",
    "before_applying",
    "before_lending",
    "cancel",
    "change_rate",
    "changes_of",
    "check_not_own",
    "conclude",
    "conditions_of",
    "corrections_for",
    "corrections_of",
    "credits_of",
    "disburse",
    "due_on",
    "earned",
    "enter_products",
    "exact_schedule",
    "fees_of",
    "give_back",
    "hand_over",
    "keeps_share",
    "lending_limit",
    "lines_of",
    "loan",
    "loans",
    "loans_in",
    "loans_of",
    "look_after",
    "looked_after",
    "officer_of",
    "officers_of",
    "paid_out",
    "pay_tranche",
    "paying",
    "payments",
    "payoff",
    "portfolio",
    "product",
    "product_terms",
    "products",
    "quotations",
    "quote",
    "repay",
    "replace_loan",
    "replay_of",
    "schedule",
    "schedule_of",
    "standing",
    "state_counts",
    "still_good",
    "terms_of",
    "to_date",
    "undrawn",
    "use_all_held",
    "use_held",
    "waive_penalty",
    "whole_of",
]
