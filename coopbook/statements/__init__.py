"""What the law asks and members vote on: position, surplus, equity, cash flow."""

from coopbook.statements.breaking import Broken, lines_by_account
from coopbook.statements.cashflow import (
    CashFlow,
    Flow,
    cash_flow,
    flows_behind,
    flows_in,
)
from coopbook.statements.equity import (
    COLUMNS,
    ROWS,
    EquityChanges,
    column_of,
    equity_changes,
)
from coopbook.statements.giving import (
    CannotBalance,
    HasNoLine,
    WouldNotTie,
    give_line,
)
from coopbook.statements.layout import (
    Figure,
    Held,
    Kind,
    Layout,
    MappedTwice,
    NoSuchRow,
    NotMapped,
    Row,
    filled,
    layout,
)
from coopbook.statements.mapping import lines_for, lines_given
from coopbook.statements.model import LineGiven
from coopbook.statements.queries import (
    CLOSING,
    Statement,
    behind,
    earned_in,
    financial_position,
    held_on,
    net_surplus,
    surplus_statement,
    year_before,
    year_of,
)
from coopbook.statements.ties import Statements, Tie, statements

__all__ = [
    "CLOSING",
    "COLUMNS",
    "ROWS",
    "Broken",
    "CannotBalance",
    "CashFlow",
    "EquityChanges",
    "Figure",
    "Flow",
    "HasNoLine",
    "Held",
    "Kind",
    "Layout",
    "LineGiven",
    "MappedTwice",
    "NoSuchRow",
    "NotMapped",
    "Row",
    "Statement",
    "Statements",
    "Tie",
    "WouldNotTie",
    "behind",
    "cash_flow",
    "column_of",
    "earned_in",
    "equity_changes",
    "filled",
    "financial_position",
    "flows_behind",
    "flows_in",
    "give_line",
    "held_on",
    "layout",
    "lines_by_account",
    "lines_for",
    "lines_given",
    "net_surplus",
    "statements",
    "surplus_statement",
    "year_before",
    "year_of",
]
