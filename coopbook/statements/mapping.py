"""Which line of a statement a cooperative gave an account, and which it may give."""

from __future__ import annotations

from sqlalchemy import select

from coopbook.book import Book
from coopbook.ledger.rules import AccountType, Side
from coopbook.statements.layout import Kind, Row, layout, lines_under
from coopbook.statements.model import LineGiven

TOTALS = {
    AccountType.ASSET: "total_assets",
    AccountType.LIABILITY: "total_liabilities",
    AccountType.EQUITY: "total_equity",
}
SIDES = {AccountType.REVENUE: Side.CREDIT, AccountType.EXPENSE: Side.DEBIT}
CASH = "cash"
"""The line of cash, and what the chart calls the accounts that stand in it."""


def lines_given(book: Book) -> dict[int, str]:
    """Return the line of every account that was given one, by account."""
    rows = book.session.execute(
        select(LineGiven.account_number, LineGiven.line)
        .where(LineGiven.cooperative_id == book.cooperative_id)
        .order_by(LineGiven.account_number, LineGiven.number)
    )
    found = {int(account): str(line) for account, line in rows}
    return {account: line for account, line in found.items() if line}


def lines_for(account_type: AccountType, cash_flow: str) -> list[Row]:
    """Return the lines an account may stand in so that its statement still balances.

    Assets stand under total assets, liabilities under liabilities, equity under equity,
    income and expenses on their side of the surplus statement; cash stands in cash
    alone, because the cash flow ends with that line.  Nothing for memo accounts.

    >>> [row.code for row in lines_for(AccountType.ASSET, "cash")]
    ['cash']
    """
    if account_type in SIDES:
        side = SIDES[account_type]
        lines = layout("surplus")
        return [row for row in lines if row.kind is Kind.LINE and row.side is side]
    if account_type not in TOTALS:
        return []
    lines = layout("position")
    under = lines_under(lines, TOTALS[account_type])
    return [
        row
        for row in lines
        if row.code in under and (row.code == CASH) == (cash_flow == CASH)
    ]
