"""Open savings, deposit, withdraw, print a passbook."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from coopbook.cli.desk import (
    AMOUNT,
    Desk,
    business_day,
    format_option,
    on_option,
    pass_desk,
)
from coopbook.cli.output import show
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.money import Money

key_option = click.option("--key", help="Do it once: the same key posts nothing again.")


@click.group()
def savings() -> None:
    """Open savings, deposit, withdraw, print a passbook."""


@savings.command("open")
@click.argument("member", type=int)
@click.argument("product")
@on_option
@pass_desk
def open_savings(desk: Desk, member: int, product: str, on: date | None) -> None:
    """Open a member's account: principal, mandatory or voluntary."""
    from coopbook import members
    from coopbook import savings as service

    with desk.write() as book:
        row = service.open_account(
            book,
            members.member(book, member),
            service.product(book, product),
            on=business_day(book, on),
        )
        number = row.number
    desk.echo(N_("Savings account %(number)s opened."), number=number)


def _move(
    desk: Desk,
    verb: str,
    account: int,
    amount: Money,
    on: date | None,
    channel: str,
    key: str | None,
) -> None:
    from coopbook import savings as service
    from coopbook.savings import Channel

    with desk.write() as book:
        of = service.account(book, account)
        do = service.deposit if verb == "deposit" else service.withdraw
        day, through = business_day(book, on), Channel(channel)
        if key:
            entry = book.once(key, do, of, amount, on=day, channel=through)
        else:
            entry = do(book, of, amount, on=day, channel=through)
        voucher = entry.voucher
    click.echo(voucher)


channel_option = click.option(
    "--channel", type=click.Choice(["cash", "bank"]), default="cash"
)


@savings.command("deposit")
@click.argument("account", type=int)
@click.argument("amount", type=AMOUNT)
@on_option
@channel_option
@key_option
@pass_desk
def deposit(
    desk: Desk,
    account: int,
    amount: Money,
    on: date | None,
    channel: str,
    key: str | None,
) -> None:
    """Take money into an account; prints the voucher's number."""
    _move(desk, "deposit", account, amount, on, channel, key)


@savings.command("withdraw")
@click.argument("account", type=int)
@click.argument("amount", type=AMOUNT)
@on_option
@channel_option
@key_option
@pass_desk
def withdraw(
    desk: Desk,
    account: int,
    amount: Money,
    on: date | None,
    channel: str,
    key: str | None,
) -> None:
    """Pay a member out of an account; prints the voucher's number."""
    _move(desk, "withdraw", account, amount, on, channel, key)


@savings.command("passbook")
@click.argument("account", type=int)
@click.option("--limit", default=100, show_default=True)
@format_option
@pass_desk
def passbook(desk: Desk, account: int, limit: int, shape: str) -> None:
    """Show an account's lines, newest first."""
    from coopbook import savings as service

    with desk.read() as book:
        page = service.passbook(book, service.account(book, account), limit=limit)
    rows = [
        {
            "date": row.booked_on,
            "voucher": row.voucher,
            "memo": row.memo,
            "withdrawn": row.debit,
            "deposited": row.credit,
            "balance": row.balance,
        }
        for row in page.rows
    ]
    show(
        "passbook",
        rows,
        shape=shape,
        language=desk.language,
        asked={"account": account},
    )
