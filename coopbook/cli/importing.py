"""Bring a spreadsheet in: say what was understood, then post all of it or nothing."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopbook.cli.desk import DAY, Desk, pass_desk, today
from coopbook.cli.output import progress, shown
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.book import Book
    from coopbook.importing import Answers
    from coopbook.importing.looked import Looked
    from coopbook.importing.report import Told

KINDS = [
    *("members", "accounts", "trial-balance", "member-balances", "loans"),
    *("savings", "loan-movements", "deductions", "cards"),
    *("bank-book", "cash-book", "journal"),
]
"""The kinds of sheet, as ``coopbook.importing.Kind`` has them."""

JOURNAL = "journal"
EXACT = {"stated", "counted", "exact", "amount"}
"""Facts that a preview gives as text, because they may have fractions."""


@click.command("import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument(
    "file",
    metavar="FILE_OR_DIR",
    type=click.Path(exists=True, readable=True, path_type=Path),
)
@click.option("--dry-run", is_flag=True, help="Show what would be posted, and stop.")
@click.option(
    "--accept",
    metavar="REASON",
    help="Why rows that break a rule are in order; the reason is kept.",
)
@click.option(
    "--on", type=DAY, help="The day of rows without one, and of the opening balance."
)
@click.option(
    "--set",
    "said",
    multiple=True,
    metavar="KEY=VALUE",
    help="Answer what the preview asks; may be given several times.",
)
@click.option("--mapping", help="Read the sheet as kept under a name.")
@click.option("--keep-mapping", "keep", help="Keep how it was read under a name.")
@pass_desk
def bring_in(
    desk: Desk,
    kind: str,
    file: Path,
    dry_run: bool,
    accept: str | None,
    on: date | None,
    said: tuple[str, ...],
    mapping: str | None,
    keep: str | None,
) -> None:
    """Bring a spreadsheet in: a preview, then every row of it or none.

    A journal may also be the folder that “export” wrote, an audit file (SAF-T) or a
    journal of beancount, hledger or ledger.
    """
    from coopbook.importing import Kind, keep_mapping, post_import, preview
    from coopbook.importing.files.long import is_long
    from coopbook.importing.journals import packed

    if file.is_dir() and kind != JOURNAL:
        said_ = desk.say(N_("only a journal may be a folder"))
        raise click.BadParameter(said_, param_hint="FILE_OR_DIR")
    long = not file.is_dir() and is_long(file)
    if long and kind != JOURNAL:
        _bring_in_long(desk, kind, file, dry_run, accept, (on, said, mapping), keep)
        return
    source = packed(file) if long or file.is_dir() else file
    with desk.read() if dry_run else desk.write() as book:
        answers = _answers(book, on, said, mapping)
        looked = preview(book, kind, source, today=today(book), answers=answers)
        _tell(desk, looked)
        with progress(len(looked.fresh)) as told:
            batch = (
                None if dry_run else post_import(book, looked, accept=accept, told=told)
            )
        posted = None if batch is None else (batch.number, batch.rows_posted)
        entered = 0 if Kind(kind).posts else len(looked.fresh)
        if keep and not dry_run:
            keep_mapping(book, keep, kind, answers.to_json())
    if entered and not dry_run:
        desk.echo(N_("%(count)s rows entered."), count=entered)
    else:
        _done(desk, dry_run, posted)


def _bring_in_long(
    desk: Desk,
    kind: str,
    file: Path,
    dry_run: bool,
    accept: str | None,
    words: tuple[date | None, tuple[str, ...], str | None],
    keep: str | None,
) -> None:
    """Bring in a file too long for memory; nobody waits while it is only looked at."""
    from coopbook.importing import keep_mapping
    from coopbook.importing.long import post_long, preview_long

    posted = None
    with desk.read() as book, progress(file.stat().st_size) as told:
        answers = _answers(book, *words)
        looked = preview_long(
            book, kind, file, today=today(book), answers=answers, told=told
        )
    with closing(looked):
        _tell(desk, looked)
        if not dry_run:
            with desk.write() as book, progress(looked.rows_fresh) as told:
                batch = post_long(book, looked, accept=accept, told=told)
                posted = None if batch is None else (batch.number, batch.rows_posted)
                if keep:
                    keep_mapping(book, keep, kind, answers.to_json())
    _done(desk, dry_run, posted)


def _done(desk: Desk, dry_run: bool, posted: tuple[int, int] | None) -> None:
    if dry_run:
        desk.echo(N_("Only looked at: nothing was posted."))
    elif posted is None:
        desk.echo(N_("The book has every row of this file. Nothing was posted."))
    else:
        number, rows = posted
        desk.echo(
            N_("Import %(number)s: %(rows)s rows posted."), number=number, rows=rows
        )


def _answers(
    book: Book, on: date | None, said: tuple[str, ...], mapping: str | None
) -> Answers:
    """Put together what was said on the command line and in a named mapping."""
    from coopbook.importing import Answers
    from coopbook.importing import mapping as find_mapping

    kept = Answers()
    if mapping is not None:
        kept = Answers.from_json(find_mapping(book, mapping).answers)
    words = dict(kept.said)
    for each in said:
        key, mark, value = each.partition("=")
        if not mark or not key.strip():
            raise click.BadParameter(f"{each!r} is not KEY=VALUE", param_hint="--set")
        words[key.strip()] = value.strip()
    return Answers(on, words, kept.layout)


@click.group("imports")
def imports() -> None:
    """What was brought in: list it, or take a batch back."""


@imports.command("list")
@pass_desk
def list_imports(desk: Desk) -> None:
    """List every import, the newest first."""
    from coopbook.importing import batches, taken_back

    with desk.read() as book:
        back = taken_back(book)
        for one in batches(book):
            facts = {
                "number": one.number,
                "kind": one.kind,
                "rows": one.rows_posted,
                "total": one.sheet_total,
            }
            desk.echo(N_("%(number)s %(kind)s: %(rows)s rows, %(total)s"), **facts)
            if one.number in back:
                said = desk.say(N_("taken back: %(reason)s"))
                click.echo(f"  {said % {'reason': back[one.number].reason}}")


@imports.command("take-back")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why; it is kept.")
@click.option("--on", type=DAY, help="Date every reversal then, not on its own day.")
@pass_desk
def take_back_import(desk: Desk, number: int, reason: str, on: date | None) -> None:
    """Reverse every entry of an import, as one."""
    from coopbook.importing import batch, take_back

    with desk.write() as book:
        of = batch(book, number)
        with progress(of.last_entry - of.first_entry + 1) as told:
            row = take_back(book, number, reason=reason, on=on, told=told)
        entries = row.last_entry - row.first_entry + 1
    desk.echo(
        N_("Import %(number)s is taken back: %(entries)s entries reversed."),
        number=number,
        entries=entries,
    )


@imports.command("template")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@pass_desk
def write_template(desk: Desk, kind: str, file: Path) -> None:
    """Write an empty workbook with the columns of a kind, to be filled in."""
    from coopbook.importing.templates import template

    file.write_bytes(template(kind, desk.language))
    desk.echo(N_("Written: %(file)s"), file=str(file))


def _tell(desk: Desk, looked: Looked) -> None:
    """Print a preview: what was understood, the totals, what stands in the way."""
    from coopbook.importing.report import notes, problems, totals, understanding

    for told in (*understanding(looked), *totals(looked)):
        click.echo(_said(desk, told))
    for question in looked.questions:
        desk.echo(
            N_("To be answered with --set %(key)s=…: %(ask)s"),
            key=question.key,
            ask=desk.say(str(question.ask)),
        )
        for value, meaning in question.choices:
            click.echo(f"{'':>9}{value}: {desk.say(str(meaning))}")
    found = list(problems(looked))
    stops = len(found) - len(looked.breaks)
    _list(desk, N_("Worth a look:"), list(notes(looked)))
    _list(desk, N_("To correct in the sheet first:"), found[:stops])
    _list(desk, N_("Against a rule, unless accepted with a reason:"), found[stops:])
    if looked.breaks_count > len(looked.breaks):
        more = looked.breaks_count - len(looked.breaks)
        desk.echo(N_("%(count)s more rows break a rule."), count=more)


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
