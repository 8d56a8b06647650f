"""Write the book out, in files that need no program of ours to be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from coopbook.cli.desk import DAY, Desk, pass_desk
from coopbook.cli.output import show
from coopbook.i18n import N_


@click.command()
@click.argument(
    "form",
    metavar="FORMAT",
    type=click.Choice(["csv", "beancount", "hledger", "ledger"]),
)
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--as-of", type=DAY, help="Up to this day; the journal's last unless said."
)
@pass_desk
def export(desk: Desk, form: str, directory: Path, as_of: date | None) -> None:
    """Write the journal and a trial balance into a new folder: csv, beancount, ..."""
    from coopbook.exports import export as write
    from coopbook.money import Money

    with desk.read() as book:
        manifest = write(book, form, directory, as_of=as_of)
    rows = [
        {
            "file": file.name,
            "rows": file.rows,
            "debit": Money(file.debit),
            "credit": Money(file.credit),
        }
        for file in manifest.files
    ]
    show("export", rows, shape="table", language=desk.language)
    desk.echo(
        N_("Written to %(folder)s, up to record %(number)s."),
        folder=directory,
        number=manifest.head_number,
    )
