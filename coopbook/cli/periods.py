"""Close a day, a month, a year; ask to reopen one."""

from __future__ import annotations

import click

from coopbook.cli.desk import DAY, Desk, pass_desk, today
from coopbook.i18n import N_


@click.command()
@click.argument("kind", type=click.Choice(["day", "month", "year"]))
@click.argument("name")
@pass_desk
def close(desk: Desk, kind: str, name: str) -> None:
    """Close a period: `close month 2026-10`; a year posts its closing entries."""
    import coopbook.baddebts.daily  # noqa: F401 - it classes the loans of a month
    from coopbook import cashcounts, yearend
    from coopbook.ledger import close as close_period
    from coopbook.ledger.closing import NotAPeriod

    if len(name) != {"day": 10, "month": 7, "year": 4}[kind]:
        raise NotAPeriod(name)
    with desk.write() as book:
        if kind == "day":
            day = DAY.convert(name, None, None)
            cashcounts.close_day(book, day, today=today(book))
        elif kind == "year" and name.isdecimal():
            yearend.close_year(book, int(name), today=today(book))
        else:
            close_period(book, name, today=today(book))
    desk.echo(N_("%(period)s is closed."), period=name)


@click.command()
@click.argument("name")
@click.option("--reason", required=True)
@pass_desk
def reopen(desk: Desk, name: str, reason: str) -> None:
    """Ask a second person to reopen a period."""
    from coopbook import yearend
    from coopbook.ledger import ask_reopen

    with desk.write() as book:
        day = today(book)
        if len(name) == 4 and name.isdecimal():
            row = yearend.ask_reopen_year(book, int(name), reason=reason, on=day)
        else:
            row = ask_reopen(book, name, reason=reason, on=day)
        number = row.number
    desk.echo(N_("Request %(number)s waits for a second person."), number=number)
