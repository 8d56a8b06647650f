"""Standing orders: set, end and list them, and run everybody's for a day."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

import click

from coopbook.cli.desk import Desk, business_day, format_option, on_option, pass_desk
from coopbook.cli.output import show
from coopbook.cli.savings import savings
from coopbook.errors import Missing
from coopbook.i18n import N_


@dataclass(eq=False)
class NoOrderFor(Missing):
    """The loan is paid at the counter."""

    sentence = N_("No standing order pays loan %(loan)s.")

    loan: int


class _Looked(Exception):
    """Ends a run that was only looked at: nothing of it stays."""


@savings.command("order")
@click.argument("loan", type=int)
@click.argument("account", type=int, required=False)
@click.option("--end", is_flag=True, help="Pay nothing by it any more.")
@on_option
@format_option
@pass_desk
def order(
    desk: Desk, loan: int, account: int | None, end: bool, on: date | None, shape: str
) -> None:
    """Pay a LOAN out of an ACCOUNT from now on, or end that; alone, list the runs."""
    from coopbook import loans, orders
    from coopbook import savings as service

    if end and account is not None:
        raise click.UsageError("name an ACCOUNT or --end, not both")
    if end or account is not None:
        with desk.write() as book:
            of, day = loans.loan(book, loan), business_day(book, on)
            known = orders.order_for(book, of.number)
            if account is not None:
                orders.order(book, of, service.account(book, account), on=day)
            elif known is None:
                raise NoOrderFor(loan)
            else:
                orders.end_order(book, known, on=day)
        desk.echo(
            N_("The standing order has ended.")
            if end
            else N_("The standing order is set.")
        )
        return
    with desk.read() as book:
        of = loans.loan(book, loan)
        rows = [
            {
                "order": row.number,
                "account": row.savings_number,
                "date": run.run_on,
                "due": run.due,
                "paid": run.paid,
                "entry": run.entry_number,
            }
            for row in orders.orders_of(book, of.member)
            if row.loan_number == loan
            for run in orders.runs_of(book, row)
        ]
    show("orders", rows, shape=shape, language=desk.language, asked={"loan": loan})


@savings.command("orders-run")
@on_option
@click.option("--dry-run", is_flag=True, help="Show what would be paid, and stop.")
@format_option
@pass_desk
def orders_run(desk: Desk, on: date | None, dry_run: bool, shape: str) -> None:
    """Pay by every standing order what is due on a day; once a day for each."""
    from coopbook import orders
    from coopbook.money import ZERO

    with suppress(_Looked), desk.write() as book:
        day = business_day(book, on)
        done = orders.run(book, day)
        runs = sorted((*done.paid, *done.short), key=lambda run: run.order_number)
        rows: list[dict[str, Any]] = [
            {
                "order": run.order_number,
                "due": run.due,
                "paid": run.paid,
                "lacks": run.due - run.paid,
            }
            for run in runs
        ]
        if dry_run:
            raise _Looked
    show(
        "orders-run",
        rows,
        shape=shape,
        language=desk.language,
        asked={"on": day},
        totals={
            name: sum((row[name] for row in rows), ZERO)
            for name in ("due", "paid", "lacks")
        },
    )
    if dry_run and shape == "table":
        desk.echo(N_("Only looked at: nothing was posted."))
