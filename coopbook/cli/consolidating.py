"""Several books of one database read as one, from the shell."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopbook.cli.desk import DAY, Desk, format_option, pass_desk, today
from coopbook.cli.output import show, shown
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.book import Book
    from coopbook.consolidation import Joint
    from coopbook.errors import Refused

FILE = click.Path(path_type=Path, dir_okay=False)


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
@click.option("--pdf", "paper", type=FILE)
@click.option("--xlsx", "sheet", type=FILE)
@format_option
@pass_desk
def consolidate(
    desk: Desk,
    others: tuple[int, ...],
    since: date | None,
    as_of: date | None,
    paper: Path | None,
    sheet: Path | None,
    shape: str,
) -> None:
    """Read this book and others of the same database as one.

    Without --with the other book is the one that this one names in its by-laws, where
    that one names this one too.  Beside it stands the year before.
    """
    from coopbook.cli.annual import span_of
    from coopbook.consolidation import joint_statements, sister_of

    with desk.read() as book:
        first, last = span_of(since, as_of or today(book))
        known = sister_of(book, last)
        named = others or ((known,) if known is not None else ())
        found = joint_statements(book, named, first, last)
        if paper is not None or sheet is not None:
            _write(desk, book, found, paper, sheet)
            return
    rows = _rows(found, desk.language, brief=shape == "table")
    show(
        *("consolidated", rows),
        shape=shape,
        language=desk.language,
        asked={"from": first, "to": last},
    )
    for refusal in (found.now.apart, found.refused):
        if refusal is not None:
            click.echo(_told(desk, refusal), err=True)
    if shape == "table":
        _say_ties(desk, found)


def _told(desk: Desk, refusal: Refused) -> str:
    words = {n: shown(fact, desk.language) for n, fact in refusal.facts.items()}
    return desk.say(refusal.sentence, **words)


def _write(
    desk: Desk, book: Book, found: Joint, paper: Path | None, sheet: Path | None
) -> None:
    """Write the statements as a workbook, on paper or both."""
    from coopbook.exports.joint_files import joint_xlsx
    from coopbook.printing.joint_paper import joint_pdf
    from coopbook.printing.loan_sheet import Printed

    def told(refusal: Refused) -> str:
        return _told(desk, refusal)

    made: list[tuple[Path, bytes]] = []
    if sheet is not None:
        made.append((sheet, joint_xlsx(found, told, language=desk.language)))
    if paper is not None:
        printed = Printed(by=desk.actor or "-", at=book.clock())
        drawn = joint_pdf(book, found, printed, told, language=desk.language)
        made.append((paper, drawn))
    for file, content in made:
        file.write_bytes(content)
        desk.echo(N_("The report is in %(file)s."), file=file)


def _say_ties(desk: Desk, found: Joint) -> None:
    desk.echo(
        N_(
            "Left out: what units owe each other (11902, 21902), their capital and what"
            " they charge each other (43101, 43102, 54101, 54102)."
        )
    )
    if found.now.ties:
        desk.echo(N_("The statements of the books together tie to each other."))
    for tie in found.now.tied:
        if not tie.holds:
            one, other = (shown(each, desk.language) for each in (tie.one, tie.other))
            click.echo(f"{desk.say(tie.sentence)}: {one} / {other}", err=True)


def _rows(found: Joint, language: str, *, brief: bool) -> list[dict[str, Any]]:
    """Return the rows of all statements; for people without codes and empty lines.

    People have one column of the year before, machines one of each book.
    """
    from coopbook.consolidation import WHAT
    from coopbook.statements import Kind

    units = [f"{unit.number} {unit.name}" for unit in found.units]
    heads = [*units, "left out", "together"]
    told: list[dict[str, Any]] = []
    for what in WHAT:
        for one in found.rows(what):
            then = dict(
                zip([f"{head} before" for head in heads], one.then, strict=True)
            )
            if brief:
                then = {"before": one.then[-1]}
            amounts = dict(zip(heads, one.now, strict=True)) | then
            empty = not any(amounts.values())
            if brief and one.row.kind is Kind.LINE and empty:
                continue
            about = {} if brief else {"statement": what, "code": one.row.code}
            name = "  " * one.row.level + one.row.name.said(language)
            told.append({**about, "name": name, **amounts})
    return told
