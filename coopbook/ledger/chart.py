"""The standard chart of accounts, as data, and the accounts the services name.

Source: the chart drawn up for savings-and-loan cooperatives under SAK EP; the
ministry publishes names, not a compulsory numbering, so printed codes may change.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from coopbook.ledger.rules import AccountType, Side

VAULT_CASH = 11101
TELLER_CASH = 11102
PETTY_CASH = 11103
BANK = 11201
SUSPENSE_DEBIT = 11903
SUSPENSE_CREDIT = 21901
FIELD_CASH = 11104
VOLUNTARY = 21101
FESTIVE = 21102
EDUCATION = 21103
REMITTANCE = 21104
PILGRIMAGE = 21105
DEPOSITS = {1: 21201, 3: 21202, 6: 21203, 12: 21204}
ACCRUED_SAVINGS_INTEREST = 21301
FORMER_MEMBERS = 21404
OVERPAID = 21401
HELD_FEES = 21402
MEMBER_SURPLUS = 21405
PRINCIPAL_SHARE = 31001
MANDATORY_SHARE = 31002
SPECIAL_SHARE = 31003
GENERAL_RESERVE = 32001
RISK_RESERVE = 32002
SURPLUS_OF_YEAR = 34001
EARLIER_SURPLUS = 34002
DEFICIT = 34003
PRIOR_YEAR = 34004
INCOME_SUMMARY = 39999
EDUCATION_FUND = 21501
SOCIAL_FUND = 21502
DEVELOPMENT_FUND = 21503
BOARD_FUND = 21504
STAFF_FUND = 21505
CAPITAL_RETURN = 21506
PATRONAGE = 21507
OWN_CAPITAL = (
    *(PRINCIPAL_SHARE, MANDATORY_SHARE, SPECIAL_SHARE),
    *(32001, 32002, 32003, 33002),
)
"""Shares, reserves and grants (UU 25/1992 article 41)."""
ACCRUED_LOAN_INTEREST = 11501
PRODUCTIVE_LOANS = 11401
CONSUMER_LOANS = 11402
EMERGENCY_LOANS = 11403
ALLOWANCE = 11490
ALLOWANCE_EXPENSE = 52001
ALLOWANCE_RELEASED = 43008
RECOVERIES = 43001
FORECLOSED = 11901
FORECLOSED_LOSS = 54002
OTHER_HELD = 21408
WRITTEN_OFF = 90001
SUSPENDED_INTEREST = 90002
MEMO_CONTRA = 90099
PRODUCTIVE_INTEREST = 41001
CONSUMER_INTEREST = 41002
EMERGENCY_INTEREST = 41003
ORIGINATION_FEES = 41006
ADMIN_FEES = 41007
PENALTIES = 41008
SAVINGS_INTEREST = 51001
DEPOSIT_INTEREST = 51002
OTHER_INCOME = 43009
BOOK_FEES = 41010
SAVINGS_TAX = 21601
ROUNDING_GAIN = 43006
ROUNDING_LOSS = 52026

SHOP_RECEIVABLE = 11606
INVENTORY = 11701
SUPPLIERS = 21803
UNIT_INVESTMENT = 12101
SALES_MEMBERS = 41101
SALES_OTHERS = 42101
COST_MEMBERS = 51101
COST_OTHERS = 51201
STOCK_DIFFERENCES = 52101
UNIT_CAPITAL = (31004, 31005)

SUSPENSE = (SUSPENSE_DEBIT, SUSPENSE_CREDIT)
BETWEEN_UNITS = (11902, 21902)
UNIT_INTEREST = (43101, 54101)
UNIT_FEES = (43102, 54102)
"""Income of the unit that charges, expense of the one that is charged."""


@dataclass(frozen=True, slots=True)
class StandardAccount:
    """A row of the standard chart; ``floor`` is the least its own card may hold."""

    number: int
    name_id: str
    name_en: str
    account_type: AccountType
    normal_balance: Side
    postable: bool
    control: bool
    floor: int | None
    cash_flow: str


@cache
def standard_chart() -> tuple[StandardAccount, ...]:
    """Return the standard chart in the order of its codes.

    >>> len(standard_chart()), sum(account.postable for account in standard_chart())
    (234, 192)
    """
    return _chart("chart.csv")


@cache
def trade_chart() -> tuple[StandardAccount, ...]:
    """Return what a multi-purpose cooperative's book has beside the standard chart.

    >>> [account.number for account in trade_chart()]
    [11606, 12101, 41101, 42101, 51101, 51201, 52101]
    """
    return _chart("chart_of_trade.csv")


@cache
def unit_chart() -> tuple[StandardAccount, ...]:
    """Return what a book has that stands with the book of another unit.

    >>> [account.number for account in unit_chart()]
    [43101, 43102, 54101, 54102]
    """
    return _chart("chart_of_units.csv")


def _chart(name: str) -> tuple[StandardAccount, ...]:
    file = resources.files("coopbook.ledger").joinpath("data", name)
    with file.open(encoding="utf-8") as rows:
        return tuple(
            StandardAccount(
                number=int(row["code"]),
                name_id=row["name_id"],
                name_en=row["name_en"],
                account_type=AccountType(row["type"]),
                normal_balance=Side(row["normal_balance"]),
                postable=row["postable"] == "1",
                control=row["control"] == "1",
                floor=int(row["floor"]) if row["floor"] else None,
                cash_flow=row["cash_flow"],
            )
            for row in csv.DictReader(rows)
        )
