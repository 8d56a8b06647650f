"""Bring a spreadsheet in: say what was understood, then post all of it or nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopbook.cli.desk import DAY, Desk, pass_desk, today
from coopbook.cli.output import shown
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.importing import Preview
    from coopbook.importing.report import Told

EXACT = {"stated", "counted", "exact", "amount"}
"""Facts that a preview gives as text, because they may have fractions."""


@click.command("import")
@click.argument("kind", type=click.Choice(["savings", "bank-book"]))
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
)
@click.option("--dry-run", is_flag=True, help="Show what would be posted, and stop.")
@click.option(
    "--accept",
    metavar="REASON",
    help="Why rows that break a rule are in order; the reason is kept.",
)
@click.option("--on", type=DAY, help="Date of the opening balance and the rounding.")
@pass_desk
def bring_in(
    desk: Desk,
    kind: str,
    file: Path,
    dry_run: bool,
    accept: str | None,
    on: date | None,
) -> None:
    """Bring a spreadsheet in: a preview, then every row of it or none."""
    from coopbook.importing import post_import, preview

    with desk.read() if dry_run else desk.write() as book:
        looked = preview(book, kind, file, on=on, today=today(book))
        _tell(desk, looked)
        batch = None if dry_run else post_import(book, looked, accept=accept)
        posted = None if batch is None else (batch.number, batch.rows_posted)
    if dry_run:
        desk.echo(N_("Only looked at: nothing was posted."))
    elif posted is None:
        desk.echo(N_("The book has every row of this file. Nothing was posted."))
    else:
        number, rows = posted
        desk.echo(
            N_("Import %(number)s: %(rows)s rows posted."), number=number, rows=rows
        )


def _tell(desk: Desk, looked: Preview) -> None:
    """Print a preview: what was understood, the totals, what stands in the way."""
    from coopbook.importing.report import problems, totals, understanding

    for told in (*understanding(looked), *totals(looked)):
        click.echo(_said(desk, told))
    found = list(problems(looked))
    stops = len(found) - len(looked.breaks)
    _list(desk, N_("To correct in the sheet first:"), found[:stops])
    _list(desk, N_("Against a rule, unless accepted with a reason:"), found[stops:])


def _list(desk: Desk, heading: str, found: list[Told]) -> None:
    if found:
        desk.echo(heading)
    for told in found:
        click.echo(f"{told.row or '':>7}  {_said(desk, told)}")


def _said(desk: Desk, told: Told) -> str:
    facts = {name: _fact(name, fact, desk) for name, fact in told.facts.items()}
    return desk.say(told.sentence, **facts)


def _fact(name: str, fact: Any, desk: Desk) -> str:
    if name in EXACT and isinstance(fact, str):
        from babel.numbers import format_decimal

        return format_decimal(
            Decimal(fact), locale=desk.language, decimal_quantization=False
        )
    return shown(fact, desk.language)
