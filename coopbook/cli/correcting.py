"""Corrections of earlier years, funds of the surplus, lines of statements."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import click

from coopbook.cli.desk import (
    AMOUNT,
    Desk,
    business_day,
    format_option,
    on_option,
    pass_desk,
    today,
)
from coopbook.cli.output import show
from coopbook.i18n import N_
from coopbook.ledger.rules import Draft
from coopbook.money import ZERO, Money


@click.group()
def correction() -> None:
    """What auditors would correct in a year, and what becomes of it."""


@correction.command("list")
@click.argument("year", type=int)
@format_option
@pass_desk
def listed(desk: Desk, year: int, shape: str) -> None:
    """List the proposed adjustments of a year with their lines."""
    from coopbook import corrections

    with desk.read() as book:
        rows = [
            {
                "number": row.number,
                "state": str(row.state),
                "finding": row.finding,
                "account": line.account_number,
                "debit": line.debit,
                "credit": line.credit,
                "entry": row.entry_number,
                "reason": row.reason,
            }
            for row in corrections.adjustments(book, year)
            for line in corrections.lines_of(book, row.number)
        ]
    show(
        *("corrections", rows),
        shape=shape,
        language=desk.language,
        asked={"year": year},
        totals={},
    )


@correction.command("import")
@click.argument("year", type=int)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@on_option
@pass_desk
def brought(desk: Desk, year: int, file: Path, on: date | None) -> None:
    """Put an auditor's list on the list of a year: a csv.

    Its columns are number, finding, account (the printed code), debit and credit; rows
    of one number are one adjustment.  Nothing is posted.
    """
    from coopbook import corrections, ledger

    with file.open(encoding="utf-8-sig", newline="") as rows:
        found = list(csv.DictReader(rows))
    wanted = {"number", "finding", "account", "debit", "credit"}
    if not found or not wanted <= set(found[0]):
        raise click.BadParameter(
            f"needs the columns {', '.join(sorted(wanted))}", param_hint="FILE"
        )
    groups: dict[str, list[dict[str, str]]] = {}
    for row in found:
        groups.setdefault(row["number"], []).append(row)
    with desk.write() as book:
        day = business_day(book, on)
        numbers = {row.code: row.number for row in ledger.accounts(book)}
        done = [
            corrections.propose(
                *(book, year, some[0]["finding"]),
                [_draft(row, numbers) for row in some],
                on=day,
            ).number
            for some in groups.values()
        ]
    desk.echo(
        N_("%(count)s corrections of %(year)s are on the list."),
        count=len(done),
        year=year,
    )


def _draft(row: dict[str, str], numbers: dict[str, int]) -> Draft:
    try:
        left, right = (Money(int(row[one] or 0)) for one in ("debit", "credit"))
        return Draft(numbers[row["account"].strip()], left, right)
    except (KeyError, ValueError) as wrong:
        said = f"cannot read the row {row}"
        raise click.BadParameter(said, param_hint="FILE") from wrong


@correction.command("book")
@click.argument("number", type=int)
@on_option
@pass_desk
def booked(desk: Desk, number: int, on: date | None) -> None:
    """Book a proposed adjustment; who proposed it does not."""
    from coopbook import yearend

    with desk.write() as book:
        yearend.book_adjustment(book, number, on=business_day(book, on))
    desk.echo(N_("Correction %(number)s is booked."), number=number)


@correction.command("decline")
@click.argument("number", type=int)
@click.option("--reason", required=True)
@on_option
@pass_desk
def declined(desk: Desk, number: int, reason: str, on: date | None) -> None:
    """Decline a proposed adjustment with a reason."""
    from coopbook import corrections

    with desk.write() as book:
        day = business_day(book, on)
        corrections.decline(book, number, reason=reason, on=day)
    desk.echo(N_("Correction %(number)s is declined."), number=number)


@click.group()
def fund() -> None:
    """Education, social and development fund, and for whom they are used."""


@fund.command("report")
@click.argument("year", type=int)
@format_option
@pass_desk
def report(desk: Desk, year: int, shape: str) -> None:
    """Say what each fund had, got and gave in a year."""
    from coopbook import funds

    with desk.read() as book:
        found = funds.fund_reports(book, date(year, 1, 1), date(year, 12, 31))
    rows = [
        {
            "account": one.account,
            "opening": one.opening,
            "added": one.added,
            "used": one.used,
            "closing": one.closing,
            "unnamed": one.unnamed,
        }
        for one in found
    ]
    show(
        *("funds", rows),
        shape=shape,
        language=desk.language,
        asked={"year": year},
        totals={"closing": sum((one.closing for one in found), ZERO)},
    )


@fund.command("use")
@click.argument("kind")
@click.argument("amount", type=AMOUNT)
@click.argument("whom")
@click.option("--member", type=int, help="Whose household it is for.")
@click.option("--decision", type=int, help="The decision that allows it.")
@click.option("--paid-from", type=int, help="The account of cash or bank.")
@on_option
@pass_desk
def used(
    desk: Desk,
    kind: str,
    amount: Money,
    whom: str,
    member: int | None,
    decision: int | None,
    paid_from: int | None,
    on: date | None,
) -> None:
    """Use a fund for somebody: schooling, training, relief_death and so on."""
    from coopbook import funds
    from coopbook.people import Approval

    if kind not in list(funds.FundUseKind):
        said = f"{kind} is none of {', '.join(funds.FundUseKind)}"
        raise click.BadParameter(said, param_hint="KIND")
    with desk.write() as book:
        done = funds.use_fund(
            *(book, funds.FundUseKind(kind), amount),
            whom=whom,
            on=business_day(book, on),
            member=member,
            decision=decision,
            paid_from=paid_from or funds.PAID_FROM[0],
        )
        number, waits = done.number, isinstance(done, Approval)
    asked = N_("Request %(number)s waits for a second person.")
    posted = N_("Use %(number)s of the funds is posted.")
    desk.echo(asked if waits else posted, number=number)


@click.command("statement-line")
@click.argument("account", type=int)
@click.argument("line", default="")
@pass_desk
def statement_line(desk: Desk, account: int, line: str) -> None:
    """Let an account stand in a line of its statement, else as in our layout."""
    from coopbook import statements

    with desk.write() as book:
        statements.give_line(book, account, line, on=today(book))
    desk.echo(N_("Account %(account)s stands there from now on."), account=account)
