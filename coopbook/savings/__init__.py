"""Savings: shares and deposits, each account a card of the ledger."""

from coopbook.ledger.rules import Channel
from coopbook.savings.model import SavingsAccount, SavingsProduct
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

__all__ = [
    "AccountStanding",
    "Channel",
    "SavingsAccount",
    "SavingsProduct",
    "SavingsType",
    "account",
    "account_for",
    "accounts_of",
    "available",
    "balance",
    "deposit",
    "enter_products",
    "open_account",
    "passbook",
    "product",
    "products",
    "withdraw",
    "withdraw_or_ask",
]
