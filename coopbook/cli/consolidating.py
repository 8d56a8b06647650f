"""Several books of one database read as one, from the shell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from coopbook.cli.desk import DAY, Desk, format_option, pass_desk, today
from coopbook.cli.output import show, shown
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.consolidation import Combined, Consolidated


@click.command()
@click.option(
    "--with",
    "others",
    multiple=True,
    type=int,
    help="The number of the other cooperative; may be said several times.",
)
@click.option("--from", "since", type=DAY)
@click.option("--as-of", "--to", "as_of", type=DAY)
@format_option
@pass_desk
def consolidate(
    desk: Desk,
    others: tuple[int, ...],
    since: date | None,
    as_of: date | None,
    shape: str,
) -> None:
    """Read this book and others of the same database as one.

    Without --with the other book is the one that this one names in its by-laws, where
    that one names this one too.
    """
    from coopbook.cli.annual import span_of
    from coopbook.consolidation import consolidated, sister_of

    with desk.read() as book:
        first, last = span_of(since, as_of or today(book))
        known = sister_of(book, last)
        named = others or ((known,) if known is not None else ())
        found = consolidated(book, named, first, last)
    rows = _rows(found, desk.language, brief=shape == "table")
    show(
        *("consolidated", rows),
        shape=shape,
        language=desk.language,
        asked={"from": first, "to": last},
    )
    if found.apart is not None:
        facts = found.apart.facts.items()
        words = {name: shown(fact, desk.language) for name, fact in facts}
        click.echo(desk.say(found.apart.sentence, **words), err=True)
    if shape != "table":
        return
    desk.echo(
        N_(
            "Left out: what units owe each other (11902, 21902), their capital and what"
            " they charge each other (43101, 43102, 54101, 54102)."
        )
    )
    if found.ties:
        desk.echo(N_("The statements of the books together tie to each other."))
    for tie in found.tied:
        if not tie.holds:
            one, other = (shown(each, desk.language) for each in (tie.one, tie.other))
            click.echo(f"{desk.say(tie.sentence)}: {one} / {other}", err=True)


def _rows(found: Consolidated, language: str, *, brief: bool) -> list[dict[str, Any]]:
    """Return the rows of both statements; for people without codes and empty lines."""
    from coopbook.statements.layout import TRADE, Kind

    heads = [f"{unit.number} {unit.name}" for unit in found.units]
    told: list[dict[str, Any]] = []
    statements: Sequence[tuple[str, Sequence[Combined]]] = (
        ("position", found.position),
        ("surplus", found.surplus),
        ("equity", found.equity),
        ("cash", found.cash),
    )
    for statement, rows in statements:
        for each in rows:
            amounts = (*each.parts, each.left_out, each.whole)
            seldom = each.row.code in TRADE or (brief and each.row.kind is Kind.LINE)
            if seldom and not any(amounts):
                continue
            shown = [None] * len(amounts) if each.row.kind is Kind.HEADING else amounts
            told.append(
                {
                    **({} if brief else {"statement": statement}),
                    **({} if brief else {"code": each.row.code}),
                    "name": "  " * each.row.level + each.row.name.said(language),
                    **dict(zip([*heads, "left out", "together"], shown, strict=True)),
                }
            )
    return told
