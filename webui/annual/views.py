"""The year at a glance, its statements, and the accounts behind each figure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coopbook import ledger, statements, surplus, yearend
from coopbook.consolidation import sister_of
from coopbook.exports.statement_files import statements_csv, statements_xlsx
from coopbook.money import Money
from coopbook.printing.statement_paper import statements_pdf
from coopbook.statements import Kind
from webui.annual import bp
from webui.annual.forms import NoSuchTime, Span
from webui.desk import cooperative, current_book, today
from webui.papers import pdf, printed
from webui.wording import label, language, tell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES = {
    "position": _l("Financial position"),
    "surplus": _l("Surplus"),
    "equity": _l("Changes in equity"),
    "cash": _l("Cash flow"),
}
TITLES = {
    "position": _l("Statement of financial position"),
    "surplus": _l("Surplus statement"),
    "equity": _l("Statement of changes in equity"),
    "cash": _l("Cash flow statement"),
}
"""The statements of a year by the word in the address."""


def checked(year: int) -> int:
    """Return a year this book can say something of; nothing else has a page."""
    if not cooperative().first_day.year <= year <= today().year:
        abort(404)
    return year


def asked_span(year: int) -> tuple[Span, date, date, bool]:
    """Return the time asked for in the address, the whole year unless told."""
    form = Span(request.args)
    good = form.validate()
    first, last = statements.year_of(date(year, 12, 31))
    if good:
        first, last = form.first.data or first, form.last.data or last
    if first > last:
        turned = statements.EndsBeforeItBegins(first, last)
        form.last.errors = [*form.last.errors, tell(turned)]
        first, last, good = *statements.year_of(date(year, 12, 31)), False
    return form, first, last, good


def told_span(year: int) -> tuple[date, date]:
    """Return the time a file is asked of; what the page does not read has no file.

    Raises ``NoSuchTime``.
    """
    form, first, last, good = asked_span(year)
    if not good:
        said = [said for some in form.errors.values() for said in some]
        raise NoSuchTime(" ".join(map(str, said)))
    return first, last


@bp.get("/year")
def desk() -> ResponseReturnValue:
    """Show the years of the book: closed, open, what is next to do."""
    return year_page(yearend.next_year(current_book), pick=True)


@bp.get("/year/<int:year>")
def page(year: int) -> ResponseReturnValue:
    """Show a year: its check list, its statements, its surplus."""
    return year_page(checked(year))


def year_page(year: int, *, pick: bool = False) -> str:
    """Return the page of a year; of the newest there is where none was picked."""
    newest = today().year
    year = min(year, newest) if pick else year
    closing = yearend.closing_of(current_book, year)
    told = statements.statements(current_book, *statements.year_of(date(year, 12, 31)))
    return render_template(
        "annual/page.html",
        year=year,
        years=range(newest, cooperative().first_day.year - 1, -1),
        closing=closing,
        approved=_label(closing.decision_number) if closing else "",
        next_year=yearend.next_year(current_book),
        checks=[] if closing else yearend.year_checklist(current_book, year, today()),
        told=told,
        sister=sister_of(current_book, statements.year_of(date(year, 12, 31))[1]),
        names=NAMES,
        handed=surplus.distribution_of(current_book, year),
        posted=surplus.is_handed_out(current_book, year),
    )


def _label(number: int | None) -> str:
    return yearend.label_of(current_book, number) if number is not None else ""


@bp.get("/year/<int:year>/statements/<what>")
def statement(year: int, what: str) -> ResponseReturnValue:
    """Show a statement with the year before beside it; lines lead to their accounts."""
    checked(year)
    if what not in NAMES:
        abort(404)
    form, first, last, good = asked_span(year)
    ties = statements.statements(current_book, first, last).ties
    shown: dict[str, Callable[[date, date], dict[str, Any]]] = {
        "position": _position,
        "surplus": _surplus,
        "cash": _cash,
        "equity": _equity,
    }
    page = render_template(
        f"annual/{'equity' if what == 'equity' else 'statement'}.html",
        year=year,
        what=what,
        names=NAMES,
        title=TITLES[what],
        form=form,
        first=first,
        last=last,
        ties=ties,
        said=lambda names: names.said(language()),
        **shown[what](first, last),
    )
    return page, 200 if good else 422


def _position(first: date, last: date) -> dict[str, Any]:
    before = statements.year_before((first, last))
    found = statements.financial_position(current_book, last, beside=before[1])
    return _shown(found, before[1])


def _surplus(first: date, last: date) -> dict[str, Any]:
    before = statements.year_before((first, last))
    found = statements.surplus_statement(current_book, first, last, beside=before)
    return _shown(found, before[1])


def _shown(found: statements.Statement, before: date) -> dict[str, Any]:
    return {
        "figures": found.figures,
        "heads": (found.last, before),
        "cash": None,
        "restated": found.restated,
    }


def _cash(first: date, last: date) -> dict[str, Any]:
    before = statements.year_before((first, last))
    found = statements.cash_flow(current_book, first, last, beside=before)
    return {
        "figures": found.statement.figures,
        "heads": (last, before[1]),
        "cash": found,
    }


def _equity(first: date, last: date) -> dict[str, Any]:
    before = statements.year_before((first, last))
    found = statements.equity_changes(current_book, first, last)
    then = statements.equity_changes(current_book, *before)
    return {
        "both": [found, then],
        "columns": {
            column: said
            for column, said in statements.COLUMNS.items()
            if any(row[column] for one in (found, then) for row in one.amounts.values())
        },
    }


@bp.get("/year/<int:year>/benefit")
def benefit(year: int) -> ResponseReturnValue:
    """Show what membership was worth in a year."""
    return render_template(
        "annual/benefit.html",
        year=checked(year),
        found=yearend.member_benefit(current_book, year),
    )


@bp.get("/year/<int:year>/statements.xlsx")
def workbook(year: int) -> Response:
    """Hand out the statements of a time as a workbook with formulas."""
    checked(year)
    first, last = told_span(year)
    made = statements_xlsx(current_book, first, last, language=language())
    return handed(made, f"laporan-{last:%Y%m%d}.xlsx", XLSX)


@bp.get("/year/<int:year>/statements.pdf")
def paper(year: int) -> Response:
    """Hand out the statements of a time on paper; of a whole year with its notes."""
    checked(year)
    first, last = told_span(year)
    made = statements_pdf(*(current_book, first, last, printed()), language=language())
    return pdf(made, f"laporan-{last:%Y%m%d}")


@bp.get("/year/<int:year>/statements.csv")
def plain_file(year: int) -> Response:
    """Hand out the statements of a time as one csv."""
    checked(year)
    first, last = told_span(year)
    made = statements_csv(current_book, first, last, language=language()).encode()
    return handed(made, f"laporan-{last:%Y%m%d}.csv", "text/csv")


def handed(made: bytes, name: str, kind: str) -> Response:
    """Return a file to be kept under a name."""
    response = Response(made, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


OF_THE_YEAR = {
    *("surplus", "total_equity", "total_both"),
    *("closing.surplus", "closing.total"),
}
"""Figures of a day in which the surplus of its year stands."""


@bp.get("/year/<int:year>/behind/<what>/<code>")
def behind(year: int, what: str, code: str) -> ResponseReturnValue:
    """Show the accounts behind a figure; each leads to its lines and vouchers."""
    checked(year)
    form, first, last, good = asked_span(year)
    name, numbers = (
        _behind_equity(code, first, last)
        if what == "equity"
        else _behind(what, code, first, last)
    )
    rows = [
        (ledger.account(current_book, number), amount) for number, amount in numbers
    ]
    page = render_template(
        "annual/behind.html",
        year=year,
        what=what,
        names=NAMES,
        row=name,
        first=None if of_a_day(what, code) else first,
        upto=f"{last.toordinal() + 1}.0.0",
        last=last,
        rows=rows,
        label=label,
        form=form,
        note=_("The surplus of the year stands on the accounts of income and expenses.")
        if of_a_day(what, code) and code in OF_THE_YEAR
        else "",
    )
    return page, 200 if good else 422


def of_a_day(what: str, code: str) -> bool:
    """Say whether a figure is of a day, not of a time."""
    return what == "position" or code.startswith("closing.")


Behind = tuple[str, list[tuple[int, Money]]]


def _behind(what: str, code: str, first: date, last: date) -> Behind:
    rows = statements.layout(what) if what in ("position", "surplus", "cash") else ()
    row = next((each for each in rows if each.code == code), None) or abort(404)
    if row.kind is Kind.HEADING:
        abort(404)
    name = row.name.said(language())
    if what == "cash":
        flows = statements.flows_in(current_book, first, last)
        return name, statements.flows_behind(code, flows)
    held = (
        statements.held_on(current_book, last)
        if what == "position"
        else statements.earned_in(current_book, first, last)
    )
    found = statements.behind(what, code, held)
    return name, [(each.account, amount) for each, amount in found]


def _behind_equity(code: str, first: date, last: date) -> Behind:
    row, _dot, column = code.partition(".")
    if row not in statements.ROWS or column not in (*statements.COLUMNS, "total"):
        abort(404)
    kind = statements.COLUMNS.get(column)
    name = f"{_(kind) if kind else _('Total equity')}: {_(statements.ROWS[row])}"
    found = statements.equity_changes(current_book, first, last)
    return name, found.behind(row, column)
