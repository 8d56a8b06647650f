"""The bank's statements from the shell: bring in, match, reconcile."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coopbook.cli.desk import (
    AMOUNT,
    DAY,
    Desk,
    format_option,
    pass_desk,
    today,
)
from coopbook.cli.output import show, shown
from coopbook.i18n import N_
from coopbook.money import Money

if TYPE_CHECKING:
    from coopbook.bankstatements import Reconciliation
    from coopbook.importing.sheets.layout import Layout

account_option = click.option(
    "--account", type=int, required=True, help="The bank account of the chart."
)


@click.group()
def bank() -> None:
    """Bring in the bank's statements and reconcile the book with them."""


@bank.command("import")
@click.argument("file", type=click.Path(exists=True, readable=True, path_type=Path))
@account_option
@click.option("--from", "first", type=DAY, help="First day, where the file has none.")
@click.option("--until", "last", type=DAY, help="Last day, where the file has none.")
@click.option("--opening", type=AMOUNT, help="Balance before the first line.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="KEY=HEADING",
    help="Which column is on, memo, out, in, amount, side, balance or reference.",
)
@pass_desk
def bring_in(
    desk: Desk,
    file: Path,
    account: int,
    first: date | None,
    last: date | None,
    opening: Money | None,
    columns: tuple[str, ...],
) -> None:
    """Bring a bank's statement in: csv, xlsx, xls, ods, html or OFX."""
    from coopbook import bankstatements
    from coopbook.importing.bankfiles import read_bank_file

    read = read_bank_file(file, layout=_layout(columns))
    with desk.write() as book:
        row = bankstatements.bring_in(
            *(book, account, read),
            on=today(book),
            first=first,
            last=last,
            opening=None if opening is None else Decimal(opening.units),
        )
        facts = {
            "number": row.number,
            "lines": len(read.lines),
            "first": shown(row.first_day),
            "last": shown(row.last_day),
            "opening": shown(row.opening, desk.language),
            "closing": shown(row.closing, desk.language),
        }
    desk.echo(
        N_(
            "Bank statement %(number)s, %(first)s to %(last)s: %(lines)s lines, from"
            " %(opening)s to %(closing)s."
        ),
        **facts,
    )


def _layout(columns: tuple[str, ...]) -> Layout | None:
    from coopbook.importing.sheets.layout import Layout

    if not columns:
        return None
    said = {}
    for one in columns:
        key, parted, heading = one.partition("=")
        if not parted:
            raise click.BadParameter(f"{one!r} is not like on=Tanggal")
        said[key.strip()] = heading.strip()
    return Layout(columns=said)


@bank.command("match")
@account_option
@pass_desk
def match(desk: Desk, account: int) -> None:
    """Accept every proposal that is sure; say what is left to look at."""
    from coopbook import bankstatements

    with desk.write() as book:
        found = bankstatements.proposed(book, account)
        seal = bankstatements.seal_of(found)
        done = bankstatements.accept(book, account, seal, on=today(book))
        left = len(bankstatements.free_bank_lines(book, account))
    desk.echo(
        N_("%(done)s matches; %(left)s lines of the bank are left."),
        done=done,
        left=left,
    )


@bank.command("reconciliation")
@account_option
@click.option("--until", type=DAY, help="End of which day; today unless said.")
@click.option("--sign", is_flag=True, help="Say that it is reconciled, in your name.")
@format_option
@pass_desk
def reconciliation(
    desk: Desk, account: int, until: date | None, sign: bool, shape: str
) -> None:
    """Show the bank's balance, what is outstanding, and the book's balance."""
    from coopbook import bankstatements

    with desk.write() if sign else desk.read() as book:
        now = today(book)
        day = until or now
        if sign:
            bankstatements.reconcile(book, account, day, on=now)
        found = bankstatements.reconciliation(book, account, day)
        rows, signed = _rows(found), found.signed
        known = signed is not None and found.reconciled
        name = signed.reconciled_by if signed is not None else ""
        said_on = signed.reconciled_on if signed is not None else None
    show(
        *("reconciliation", rows),
        shape=shape,
        language=desk.language,
        asked={"account": account, "until": day},
        totals={
            "bank": found.bank,
            "outstanding": found.open,
            "book": found.book,
            "difference": found.difference,
        },
    )
    if known and shape == "table":
        desk.echo(
            N_("Reconciled by %(name)s on %(day)s."), name=name, day=shown(said_on)
        )


def _rows(found: Reconciliation) -> list[dict[str, object]]:
    """Return the bank's balance, what is outstanding, the book's, what it lacks."""
    ours = [
        {
            "kind": N_("in transit") if one.amount.units > 0 else N_("not cleared"),
            "date": one.day,
            "voucher": one.voucher,
            "memo": one.memo,
            "amount": one.amount,
        }
        for one in found.outstanding
    ]
    theirs = [
        {
            "kind": N_("not in the book"),
            "date": line.day,
            "voucher": f"{line.statement_number}/{line.number}",
            "memo": line.words,
            "amount": line.amount,
        }
        for line in found.missing
    ]
    return [
        _sum(N_("by the bank"), found.bank),
        *ours,
        _sum(N_("by the book"), found.book),
        _sum(N_("nobody explained"), found.difference),
        *theirs,
    ]


def _sum(kind: str, amount: Money | None) -> dict[str, object]:
    return {"kind": kind, "date": None, "voucher": "", "memo": "", "amount": amount}
