"""Reports of a year: position, surplus, equity, cash flow."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopbook.book import Book
    from coopbook.cli.desk import Desk
    from coopbook.statements import Statement

Rows = list[dict[str, Any]]
Answer = tuple[Rows, dict[str, Any]]
REPORTS = ("balance-sheet", "surplus", "equity", "cash-flow", "ties")


def span_of(since: date | None, until: date) -> tuple[date, date]:
    """Return the time a report is about: from the year's first day unless told.

    Raises ``EndsBeforeItBegins``.
    """
    from coopbook.statements import check_span

    first = since or until.replace(month=1, day=1)
    check_span(first, until)
    return first, until


def rows_of(
    book: Book, name: str, since: date | None, until: date, language: str
) -> Answer:
    """Return the rows of one of ``REPORTS``, each beside a year earlier, and totals.

    A heading has no amount.  ``ties`` says what has to agree, and whether it does.
    """
    from coopbook import statements

    first, last = span_of(since, until)
    before = statements.year_before((first, last))
    if name == "balance-sheet":
        found = statements.financial_position(book, last, beside=before[1])
        return _rows(found, language), {"amount": found.amount("total_assets")}
    if name == "surplus":
        found = statements.surplus_statement(book, first, last, beside=before)
        return _rows(found, language), {"amount": found.amount("net_surplus")}
    if name == "cash-flow":
        flow = statements.cash_flow(book, first, last, beside=before)
        return _rows(flow.statement, language), {
            "opening": flow.opening,
            "amount": flow.statement.amount("net_change"),
            "closing": flow.closing,
        }
    if name == "equity":
        return _equity(book, first, last, language)
    return _ties(book, first, last, language)


def paper(book: Book, first: date, last: date, desk: Desk) -> bytes:
    """Return the statements of a time on paper; a whole year comes with its notes."""
    from coopbook.printing.loan_sheet import Printed
    from coopbook.printing.statement_paper import statements_pdf

    printed = Printed(by=desk.actor or "-", at=book.clock())
    return statements_pdf(book, first, last, printed, language=desk.language)


def _rows(found: Statement, language: str) -> Rows:
    from coopbook.statements import Kind, filled

    return [
        {
            "code": each.row.code,
            "name": "  " * each.row.level + each.row.name.said(language),
            "amount": None if each.row.kind is Kind.HEADING else each.amount,
            "before": None if each.row.kind is Kind.HEADING else each.beside,
        }
        for each in filled(found.figures)
    ]


def _equity(book: Book, first: date, last: date, language: str) -> Answer:
    from coopbook import statements
    from coopbook.i18n import say

    found = statements.equity_changes(book, first, last)
    rows = [
        {"name": say(said, language)}
        | {column: found.amounts[row][column] for column in statements.COLUMNS}
        | {"total": found.across(row)}
        for row, said in found.rows.items()
    ]
    return rows, {"total": found.across("closing")}


def _ties(book: Book, first: date, last: date, language: str) -> Answer:
    from coopbook import statements
    from coopbook.i18n import say

    found = statements.statements(book, first, last)
    return [
        {
            "what": say(tie.sentence, language),
            "one": tie.one,
            "other": tie.other,
            "in_order": tie.holds,
        }
        for tie in found.ties
    ], {}
