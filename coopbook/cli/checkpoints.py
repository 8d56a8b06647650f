"""Make a checkpoint for others to keep; list those that were made."""

from __future__ import annotations

import click

from coopbook.cli.desk import Desk, format_option, pass_desk, today
from coopbook.cli.output import show
from coopbook.i18n import N_


@click.group(invoke_without_command=True)
@pass_desk
@click.pass_context
def checkpoint(context: click.Context, desk: Desk) -> None:
    """Make a checkpoint and print its line; `checkpoint list` shows all."""
    if context.invoked_subcommand is not None:
        return
    from coopbook import checkpoints

    with desk.write() as book:
        row = checkpoints.make(book, on=today(book))
        number, text, head = row.number, row.text, row.head
    click.echo(text)
    desk.echo(
        N_("Checkpoint %(number)s. To read aloud: %(words)s"),
        number=number,
        words=" ".join(checkpoints.words(head)),
    )
    desk.echo(N_("It is worth something once somebody outside the office keeps it."))


@checkpoint.command("list")
@click.option("--lines", is_flag=True, help="Only the lines to keep, oldest first.")
@format_option
@pass_desk
def list_checkpoints(desk: Desk, lines: bool, shape: str) -> None:
    """List the checkpoints, the last one first."""
    from coopbook import checkpoints

    with desk.read() as book:
        found = checkpoints.checkpoints(book)
        rows = [
            {
                "number": row.number,
                "made_on": row.made_on,
                "reason": row.reason,
                "period": row.period,
                "record": row.record,
                "made_by": row.made_by,
                "text": row.text,
            }
            for row in found
        ]
    if lines:
        for kept in reversed(rows):
            click.echo(kept["text"])
        return
    show("checkpoints", rows, shape=shape, language=desk.language)
