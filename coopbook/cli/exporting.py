"""Write the book out, in files that need no program of ours to be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopbook.cli.desk import DAY, Desk, business_day, pass_desk
from coopbook.cli.output import show
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.exports.folder import ExportedFile

TAPE = "loan-tape"
STRETCHES = ("ads", "saft", "xlsx")
"""The forms that may begin on a day."""
NAMED = ("saft", "xlsx")
"""The forms that hold the names of cards."""


@click.command()
@click.argument(
    "form",
    metavar="FORMAT",
    type=click.Choice(["csv", "beancount", "hledger", "ledger", *STRETCHES, TAPE]),
)
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "since",
    type=DAY,
    help="Of ads, saft and xlsx: entries from this day on.",
)
@click.option(
    "--as-of",
    "--to",
    type=DAY,
    help="Up to this day; unless said the journal's last, of a loan tape today.",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Of a loan tape: the loans that were paid off too.",
)
@click.option(
    "--without-names",
    "nameless",
    is_flag=True,
    help="Of saft and xlsx: cards by number, without the names of people.",
)
@pass_desk
def export(
    desk: Desk,
    form: str,
    directory: Path,
    since: date | None,
    as_of: date | None,
    everything: bool,
    nameless: bool,
) -> None:
    """Write the journal and a trial balance, or a loan tape, into a new folder."""
    from coopbook.exports import export as write
    from coopbook.exports import write_loan_tape

    if everything and form != TAPE:
        said = desk.say(N_("only a loan tape has it"))
        raise click.BadParameter(said, param_hint="--all")
    if since is not None and form not in STRETCHES:
        said = desk.say(N_("only ads, saft and xlsx may begin on a day"))
        raise click.BadParameter(said, param_hint="--from")
    if nameless and form not in NAMED:
        said = desk.say(N_("only saft and xlsx have names"))
        raise click.BadParameter(said, param_hint="--without-names")
    with desk.read() as book:
        if form == TAPE:
            day = business_day(book, as_of)
            manifest = write_loan_tape(book, directory, on=day, everything=everything)
        else:
            manifest = write(
                *(book, form, directory),
                as_of=as_of,
                booked_from=since,
                names=not nameless,
            )
    rows = [
        {"file": file.name, "rows": file.rows} | ({} if form == TAPE else _sums(file))
        for file in manifest.files
    ]
    show("export", rows, shape="table", language=desk.language)
    desk.echo(
        N_("Written to %(folder)s, up to record %(number)s."),
        folder=directory,
        number=manifest.head_number,
    )


def _sums(file: ExportedFile) -> dict[str, Any]:
    from coopbook.money import Money

    return {"debit": Money(file.debit), "credit": Money(file.credit)}
