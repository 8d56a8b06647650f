"""The by-laws' dated figures: list them, change one from a day on."""

from __future__ import annotations

from datetime import date

import click

from coopbook.cli.desk import DAY, Desk, format_option, on_option, pass_desk, today
from coopbook.cli.output import show


@click.group()
def setting() -> None:
    """List the by-laws' figures, change one."""


@setting.command("list")
@on_option
@format_option
@pass_desk
def list_settings(desk: Desk, on: date | None, shape: str) -> None:
    """List every figure with its name, since when it holds, and its source."""
    from coopbook import cooperatives

    with desk.read() as book:
        day = on or today(book)
        rows = [
            {
                "name": one.standard.name,
                "title": desk.say(one.standard.title),
                "value": one.value,
                "unit": one.standard.unit,
                "valid_from": one.since,
                "source": desk.say(one.source),
            }
            for one in cooperatives.in_force(book, day)
        ]
    show(*("settings", rows), shape=shape, language=desk.language, asked={"as_of": day})


@setting.command("set")
@click.argument("name")
@click.argument("value")
@click.option("--from", "valid_from", type=DAY, help="From when; today unless said.")
@click.option("--source", required=True, help="Where it was decided.")
@pass_desk
def set_one(
    desk: Desk, name: str, value: str, valid_from: date | None, source: str
) -> None:
    """Change a figure from a day on: setting set quorum_bylaws ">=2/3" --source RAT."""
    from coopbook import cooperatives

    with desk.write() as book:
        row = cooperatives.set_setting(
            book, name, value, valid_from=valid_from or today(book), source=source
        )
        said = f"{row.name} {row.value} {row.valid_from.isoformat()}"
    click.echo(said)
