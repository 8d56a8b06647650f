"""Admit, list and show members."""

from __future__ import annotations

from datetime import date

import click

from coopbook.cli.desk import (
    DAY,
    Desk,
    business_day,
    format_option,
    on_option,
    pass_desk,
)
from coopbook.cli.output import show
from coopbook.i18n import N_


@click.group()
def member() -> None:
    """Admit, list and show members."""


@member.command("admit")
@click.argument("name")
@on_option
@click.option("--born-on", type=DAY)
@click.option("--phone")
@click.option("--address", default="")
@pass_desk
def admit_member(
    desk: Desk,
    name: str,
    on: date | None,
    born_on: date | None,
    phone: str | None,
    address: str,
) -> None:
    """Enter a candidate; the principal share makes a member."""
    from coopbook.members import admit

    with desk.write() as book:
        row = admit(
            *(book, name),
            on=business_day(book, on),
            born_on=born_on,
            phone=phone,
            address=address,
        )
        number = row.number
    desk.echo(N_("Member %(number)s entered."), number=number)


@member.command("list")
@click.argument("text", default="")
@format_option
@pass_desk
def list_members(desk: Desk, text: str, shape: str) -> None:
    """List members, or find them by number or part of the name."""
    from coopbook.members import search

    with desk.read() as book:
        rows = [
            {
                "number": row.number,
                "name": row.name,
                "status": row.status,
                "joined_on": row.joined_on,
            }
            for row in search(book, text, limit=10_000)
        ]
    show("members", rows, shape=shape, language=desk.language, asked={"text": text})


@member.command("show")
@click.argument("number", type=int)
@format_option
@pass_desk
def show_member(desk: Desk, number: int, shape: str) -> None:
    """Show everything a member has saved."""
    from coopbook.members import member as find
    from coopbook.savings import accounts_of

    with desk.read() as book:
        rows = [
            {
                "account": each.account.number,
                "product": each.product.code,
                "balance": each.balance,
                "available": each.available,
            }
            for each in accounts_of(book, find(book, number))
        ]
    show("member", rows, shape=shape, language=desk.language, asked={"number": number})
