"""Savings: shares and deposits, each account a card of the ledger."""

from coopbook.ledger.rules import Channel
from coopbook.savings.crediting import post_interest, reckon
from coopbook.savings.interest import Basis, DayCount, InterestTerms, Tier
from coopbook.savings.model import (
    SavingsAccount,
    SavingsInterest,
    SavingsProduct,
    SavingsTerms,
)
from coopbook.savings.queries import (
    AccountStanding,
    account,
    account_for,
    accounts_of,
    available,
    balance,
    passbook,
    product,
    products,
)
from coopbook.savings.rules import SavingsType
from coopbook.savings.service import (
    deposit,
    enter_products,
    open_account,
    withdraw,
    withdraw_or_ask,
)
from coopbook.savings.terms import above_cap, set_terms, terms_of

__all__ = [
    "AccountStanding",
    "Basis",
    "Channel",
    "DayCount",
    "InterestTerms",
    "SavingsAccount",
    "SavingsInterest",
    "SavingsProduct",
    "SavingsTerms",
    "SavingsType",
    "Tier",
    "above_cap",
    "account",
    "account_for",
    "accounts_of",
    "available",
    "balance",
    "deposit",
    "enter_products",
    "open_account",
    "passbook",
    "post_interest",
    "product",
    "products",
    "reckon",
    "set_terms",
    "terms_of",
    "withdraw",
    "withdraw_or_ask",
]
