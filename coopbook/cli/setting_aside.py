"""Bring the allowance for bad debts up to date, from a shell."""

from __future__ import annotations

from datetime import date

import click

from coopbook.cli.desk import Desk, business_day, on_option, pass_desk
from coopbook.cli.loans import loan
from coopbook.i18n import N_


@loan.command("allowance")
@on_option
@pass_desk
def allowance(desk: Desk, on: date | None) -> None:
    """Post what the allowance lacks on a day, or take back what is too much.

    "report allowance" shows what it would come to.
    """
    from coopbook import baddebts

    with desk.write() as book:
        entry = baddebts.provide(book, business_day(book, on))
        voucher = entry.voucher if entry else None
    stands = desk.say(N_("The allowance stands already; nothing is posted."))
    click.echo(voucher or stands)
