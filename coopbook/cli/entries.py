"""List, show and reverse entries."""

from __future__ import annotations

from datetime import date

import click

from coopbook.cli.desk import Desk, business_day, format_option, on_option, pass_desk
from coopbook.cli.output import show


@click.group()
def entry() -> None:
    """List, show and reverse entries."""


@entry.command("list")
@click.option("--limit", default=25, show_default=True)
@format_option
@pass_desk
def list_entries(desk: Desk, limit: int, shape: str) -> None:
    """List the newest entries."""
    from coopbook.ledger import entries
    from coopbook.money import ZERO

    with desk.read() as book:
        rows = [
            {
                "number": row.number,
                "date": row.booked_on,
                "voucher": row.voucher,
                "memo": row.memo,
                "actor": row.actor,
                "amount": sum((line.debit for line in row.lines), ZERO),
            }
            for row in entries(book, limit=limit).rows
        ]
    show("entries", rows, shape=shape, language=desk.language)


@entry.command("show")
@click.argument("voucher")
@format_option
@pass_desk
def show_entry(desk: Desk, voucher: str, shape: str) -> None:
    """Show the lines of a voucher."""
    from coopbook.ledger import account, entry_by_voucher

    with desk.read() as book:
        rows = [
            {
                "code": account(book, line.account_number).code,
                "name": account(book, line.account_number).name_id,
                "card": line.card_number or None,
                "debit": line.debit,
                "credit": line.credit,
            }
            for line in entry_by_voucher(book, voucher).lines
        ]
    show("entry", rows, shape=shape, language=desk.language, asked={"voucher": voucher})


@entry.command("reverse")
@click.argument("voucher")
@click.option("--reason", required=True)
@on_option
@pass_desk
def reverse_entry(desk: Desk, voucher: str, reason: str, on: date | None) -> None:
    """Reverse a voucher; prints the number of the reversal."""
    from coopbook.ledger import entry_by_voucher, reverse

    with desk.write() as book:
        row = reverse(
            book,
            entry_by_voucher(book, voucher),
            on=business_day(book, on),
            reason=reason,
        )
        number = row.voucher
    click.echo(number)
