"""A cash box counted from the shell."""

from __future__ import annotations

from datetime import date

import click

from coopbook.cli.desk import Desk, business_day, on_option, pass_desk
from coopbook.cli.output import shown
from coopbook.i18n import N_


@click.command()
@click.argument("account", type=int)
@click.argument("pieces", nargs=-1)
@click.option("--witness", required=True, help="Who saw the count.")
@click.option("--why", default="", help="Why it differs, or that nobody knows.")
@on_option
@pass_desk
def count(
    desk: Desk,
    account: int,
    pieces: tuple[str, ...],
    witness: str,
    why: str,
    on: date | None,
) -> None:
    """Count a cash box: `count 11102 50000x3 500x1 --witness sari`."""
    from coopbook import cashcounts

    read: dict[int, int] = {}
    for said in pieces:
        piece, _, many = said.lower().partition("x")
        if not (piece.isdecimal() and many.isdecimal()):
            raise click.BadParameter(f"{said!r} is not like 50000x3")
        read[int(piece)] = read.get(int(piece), 0) + int(many)
    with desk.write() as book:
        row = cashcounts.count_cash(
            *(book, account, read),
            on=business_day(book, on),
            witness=witness,
            explanation=why,
        )
        difference = row.difference
    desk.echo(
        N_("Counted; it differs by %(amount)s."),
        amount=shown(difference, desk.language),
    )
