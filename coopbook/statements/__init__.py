"""What the law asks and members vote on: position, surplus, equity, cash flow."""

from coopbook.statements.breaking import Broken, lines_by_account
from coopbook.statements.cashflow import (
    CashFlow,
    Flow,
    cash_flow,
    cash_on,
    flows_behind,
    flows_in,
    flows_on_account,
    laid_out_flows,
)
from coopbook.statements.equity import (
    COLUMNS,
    ROWS,
    EquityChanges,
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
from coopbook.statements.spans import (
    EndsBeforeItBegins,
    OutsideTheCalendar,
    check_day,
    check_span,
)
from coopbook.statements.ties import Statements, Tie, statements

__all__ = [
    "CLOSING",
    "COLUMNS",
    "ROWS",
    "Broken",
    "CannotBalance",
    "CashFlow",
    "EndsBeforeItBegins",
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
    "OutsideTheCalendar",
    "Row",
    "Statement",
    "Statements",
    "Tie",
    "WouldNotTie",
    "behind",
    "cash_flow",
    "cash_on",
    "check_day",
    "check_span",
    "earned_in",
    "equity_changes",
    "filled",
    "financial_position",
    "flows_behind",
    "flows_in",
    "flows_on_account",
    "give_line",
    "held_on",
    "laid_out_flows",
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
