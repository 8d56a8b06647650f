"""What has to agree between the statements, and with the trial balance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopbook.book import Book
from coopbook.i18n import N_
from coopbook.ledger.queries import trial_balance
from coopbook.money import ZERO, Money
from coopbook.statements.cashflow import CashFlow, cash_flow
from coopbook.statements.equity import EquityChanges, equity_changes
from coopbook.statements.queries import (
    Statement,
    financial_position,
    surplus_statement,
)
from coopbook.statements.spans import check_span


@dataclass(frozen=True, slots=True)
class Tie:
    """Two figures that have to be one, and whether they are."""

    sentence: str
    one: Money
    other: Money

    @property
    def holds(self) -> bool:
        """Say whether both are the same."""
        return self.one == self.other


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of one time, and the figures that tie them together."""

    position: Statement
    surplus: Statement
    equity: EquityChanges
    cash: CashFlow
    ties: tuple[Tie, ...]
    equity_before: EquityChanges | None = None
    """The changes of the time beside, as its entries have them."""

    @property
    def agree(self) -> bool:
        """Say whether everything ties."""
        return all(tie.holds for tie in self.ties)


def statements(
    book: Book,
    first: date,
    last: date,
    *,
    beside: tuple[date, date] | None = None,
) -> Statements:
    """Return all statements of a time with what has to agree between them.

    Raises ``EndsBeforeItBegins`` and ``OutsideTheCalendar``.
    """
    check_span(first, last)
    position = financial_position(book, last, beside=beside[1] if beside else None)
    surplus = surplus_statement(book, first, last, beside=beside)
    equity = equity_changes(book, first, last)
    cash = cash_flow(book, first, last, beside=beside)
    rows = trial_balance(book, last)
    debit = sum((row.debit for row in rows), ZERO)
    credit = sum((row.credit for row in rows), ZERO)
    ties = (
        Tie(N_("Debit and credit of the trial balance are equal"), debit, credit),
        Tie(
            N_("Assets are what liabilities and equity come to"),
            position.amount("total_assets"),
            position.amount("total_both"),
        ),
        Tie(
            N_("Equity of the position is that of the changes in equity"),
            position.amount("total_equity"),
            equity.across("closing"),
        ),
        Tie(
            N_("Changes lead from the equity at first to that at last"),
            sum(
                (equity.across(row) for row in equity.amounts if row != "closing"), ZERO
            ),
            equity.across("closing"),
        ),
        Tie(
            N_("Surplus of the statement is that of the changes in equity"),
            surplus.amount("net_surplus"),
            equity.across("earned"),
        ),
        Tie(
            N_("Cash flow leads from the cash at first to that at last"),
            cash.opening + cash.statement.amount("net_change"),
            cash.closing,
        ),
        Tie(
            N_("Cash of the position is that of the cash flow"),
            position.amount("cash"),
            cash.closing,
        ),
    )
    then = equity_changes(book, *beside) if beside else None
    return Statements(position, surplus, equity, cash, ties, then)
