"""Trial balance, account statement, general ledger, journal."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopbook.cli import annual, claimed, early, healthy, risk
from coopbook.cli.desk import DAY, Desk, format_option, pass_desk, today
from coopbook.cli.output import show
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.book import Book

REPORTS = (
    *("trial-balance", "ledger", "journal", "members", "suspense", "cash"),
    *risk.REPORTS,
    *early.REPORTS,
    *claimed.REPORTS,
    *annual.REPORTS,
    *healthy.REPORTS,
)


@click.command()
@click.argument("name", type=click.Choice(REPORTS))
@click.option("--from", "since", type=DAY)
@click.option("--to", "until", type=DAY)
@click.option("--as-of", "--on", "as_of", type=DAY)
@click.option("--account", type=int, help="The account of a ledger.")
@click.option("--card", type=int, help="One card of a control account.")
@click.option("--by", type=click.Choice(risk.BY), help="Break what is at risk down.")
@click.option(
    "--policy", type=click.Choice(risk.POLICIES), help="Class by these rules instead."
)
@click.option(
    "--mode", type=click.Choice(healthy.MODES), help="Score the health so, beside."
)
@click.option(
    "--edge", type=click.Choice(healthy.EDGES), help="Where a ratio on a limit belongs."
)
@click.option(
    "--rounding", type=click.Choice(healthy.ROUNDINGS), help="What of a ratio counts."
)
@click.option("--officer", help="Whose loans the work list is about.")
@click.option("--month", help="The month of a report on bad debts: 2026-02.")
@click.option("--pdf", "file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--xlsx", "sheet", type=click.Path(path_type=Path, dir_okay=False))
@format_option
@pass_desk
def report(
    desk: Desk,
    name: str,
    since: date | None,
    until: date | None,
    as_of: date | None,
    account: int | None,
    card: int | None,
    by: str | None,
    policy: str | None,
    mode: str | None,
    edge: str | None,
    rounding: str | None,
    officer: str | None,
    month: str | None,
    file: Path | None,
    sheet: Path | None,
    shape: str,
) -> None:
    """Print a report; JSON is one object with its filter, rows and totals."""
    from coopbook.ledger import suspense

    beside = (mode, edge, rounding)
    if any(beside) and name != "health":
        only = N_("Only the report health has a mode, an edge and a rounding.")
        raise click.UsageError(desk.say(only))
    with desk.read() as book:
        day = as_of or until or today(book)
        asked: dict[str, Any] = {"as_of": day}
        counted: dict[str, Any] = {}
        paper: bytes | None = None
        if sheet is not None:
            _workbook(desk, book, name, since, day, sheet)
            return
        if name == "trial-balance":
            rows = trial_balance_rows(book, day, desk.language)
        elif name == "suspense":
            rows = [
                row
                for row in trial_balance_rows(book, day, desk.language)
                if row["code"] in {each.code for each in suspense(book, day)}
            ]
        elif name == "members":
            rows = _members(book)
        elif name == "cash":
            rows = _cash(book, day)
        elif name in risk.REPORTS:
            rows, counted = risk.rows_of(book, name, day, by, policy)
        elif name in early.REPORTS:
            rows, counted = early.rows_of(book, name, day, desk.language)
        elif name in annual.REPORTS:
            first, last = annual.span_of(since, day)
            asked = {"from": first, "to": last}
            rows, counted = annual.rows_of(book, name, since, day, desk.language)
            if file is not None:
                paper = annual.paper(book, first, last, desk)
        elif name in healthy.REPORTS:
            rows, counted = healthy.rows_of(book, name, day, desk.language, beside)
        elif name == "recoveries":
            asked = {"from": since, "to": until}
            rows, counted = claimed.recoveries(book, since, until)
        elif name == "work-list":
            asked["officer"] = officer
            rows, counted = claimed.work_list(book, day, officer, desk.language)
        elif name == "bad-debts":
            first = _month(month, today(book))
            asked = {"month": f"{first:%Y-%m}"}
            (rows, counted), paper = claimed.bad_debts(book, first, today(book), desk)
        else:
            asked = {"from": since, "to": until, "account": account, "card": card}
            rows = journal_rows(book, since, until, account, card)
        waiting = suspense(book, day)
    if file is not None:
        if paper is None:
            only = N_("Only bad-debts and statements are written as a PDF.")
            raise click.UsageError(desk.say(only))
        file.write_bytes(paper)
        desk.echo(N_("The report is in %(file)s."), file=file)
        return
    apart = (
        *(*risk.REPORTS, *early.REPORTS, *claimed.REPORTS),
        *(*annual.REPORTS, *healthy.REPORTS),
    )
    totals = counted if name in apart else _totals(rows)
    show(name, rows, shape=shape, language=desk.language, asked=asked, totals=totals)
    if waiting and name != "suspense":
        click.echo(
            desk.say(N_("Suspense accounts are not empty; see: report suspense")),
            err=True,
        )


def _workbook(
    desk: Desk, book: Book, name: str, since: date | None, day: date, file: Path
) -> None:
    """Write the statements of a time as a workbook."""
    if name not in annual.REPORTS:
        said = N_("Only the statements of a year are written as a workbook.")
        raise click.UsageError(desk.say(said))
    from coopbook.exports.statement_files import statements_xlsx

    span = annual.span_of(since, day)
    file.write_bytes(statements_xlsx(book, *span, language=desk.language))
    desk.echo(N_("The report is in %(file)s."), file=file)


def _month(text: str | None, now: date) -> date:
    try:
        return claimed.month_of(text, now)
    except ValueError:
        said = f"{text!r} is not a month such as 2026-02"
        raise click.BadParameter(said, param_hint="--month") from None


def trial_balance_rows(book: Book, day: date, language: str) -> list[dict[str, Any]]:
    """Return the rows of a trial balance: code, name, debit, credit."""
    from coopbook.ledger import trial_balance

    return [
        {
            "code": row.code,
            "name": row.name_id if language == "id" else row.name_en,
            "debit": row.debit,
            "credit": row.credit,
        }
        for row in trial_balance(book, day)
    ]


def journal_rows(
    book: Book,
    since: date | None,
    until: date | None,
    account: int | None,
    card: int | None,
) -> list[dict[str, Any]]:
    """Return the lines of the journal or of an account, in the order of days."""
    from sqlalchemy import select

    from coopbook.ledger import Account, Entry, Line

    query = (
        select(Entry, Line, Account.code)
        .join(
            Line,
            (Line.cooperative_id == Entry.cooperative_id)
            & (Line.entry_number == Entry.number),
        )
        .join(
            Account,
            (Account.cooperative_id == Line.cooperative_id)
            & (Account.number == Line.account_number),
        )
        .where(Line.cooperative_id == book.cooperative_id)
        .order_by(Line.booked_on, Line.entry_number, Line.number)
    )
    if since is not None:
        query = query.where(Line.booked_on >= since)
    if until is not None:
        query = query.where(Line.booked_on <= until)
    if account is not None:
        query = query.where(Line.account_number == account)
    if card is not None:
        query = query.where(Line.card_number == card)
    return [
        {
            "date": line.booked_on,
            "voucher": entry.voucher,
            "code": code,
            "card": line.card_number or None,
            "memo": entry.memo,
            "debit": line.debit,
            "credit": line.credit,
            "actor": entry.actor,
        }
        for entry, line, code in book.session.execute(query)
    ]


def _members(book: Book) -> list[dict[str, Any]]:
    from coopbook.members import register

    return [
        {"number": row.number, "name": row.name, "status": row.status}
        for row in register(book, limit=100_000)
    ]


def _cash(book: Book, day: date) -> list[dict[str, Any]]:
    """Return what cash passed with each member on a day, the largest first."""
    from coopbook.oversight import cash_of_day

    return [
        {
            "number": one.member.number,
            "name": one.member.name,
            "brought": one.brought,
            "taken": one.taken,
            "together": one.together,
            "to_report": one.to_report,
        }
        for one in cash_of_day(book, day)
    ]


def _totals(rows: list[dict[str, Any]]) -> dict[str, Any]:
    from coopbook.money import ZERO

    if not rows or "debit" not in rows[0]:
        return {}
    return {
        column: sum((row[column] for row in rows), ZERO)
        for column in ("debit", "credit")
    }
