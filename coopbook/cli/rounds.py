"""Lists of what is due, from a shell: made, keyed in; who looks after loans."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coopbook.cli.desk import (
    AMOUNT,
    DAY,
    Desk,
    business_day,
    format_option,
    on_option,
    pass_desk,
)
from coopbook.cli.loans import loan
from coopbook.cli.output import show
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.money import Money


@loan.command("make-list")
@click.option("--by", type=DAY, help="What is due by this day; today unless said.")
@click.option("--hamlet", help="Of one hamlet only.")
@click.option("--officer", help="Of the loans that one person looks after.")
@on_option
@pass_desk
def make_list(
    desk: Desk,
    by: date | None,
    hamlet: str | None,
    officer: str | None,
    on: date | None,
) -> None:
    """Keep what is due as lists to be taken along; prints their numbers."""
    from coopbook import rounds

    with desk.write() as book:
        day = business_day(book, on)
        made = rounds.make_lists(
            *(book, by or day), on=day, hamlet=hamlet, officer=officer
        )
        numbers = [row.number for row in made]
    for number in numbers:
        click.echo(number)


@loan.command("list")
@click.argument("number", type=int)
@format_option
@pass_desk
def show_list(desk: Desk, number: int, shape: str) -> None:
    """Show a list as it was made, in the order of the paper."""
    from coopbook import rounds

    with desk.read() as book:
        kept = rounds.due_list(book, number)
        done = rounds.round_of(book, kept)
        rows = [
            {
                "loan": one.number,
                "member": one.member_number,
                "name": one.member.name,
                "hamlet": one.member.hamlet or "",
                "due": row.due,
                "arrears": row.arrears,
                "days_past_due": row.days_late,
            }
            for row, one in rounds.rows_of(book, kept)
        ]
        asked = {"list": number, "due_by": kept.due_by}
        totals = {"control": done.control if done else None}
    show(
        *("list", rows),
        shape=shape,
        language=desk.language,
        asked=asked,
        totals=totals,
    )


@loan.command("key-in")
@click.argument("number", type=int, metavar="LIST")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--control", type=AMOUNT, required=True, help="The total on the paper.")
@click.option("--collector", required=True, help="Who collected.")
@click.option("--field-cash", is_flag=True, help="The money stays with the collector.")
@on_option
@click.option("--key", help="Do it once: the same key posts nothing again.")
@pass_desk
def key_in(
    desk: Desk,
    number: int,
    file: Path,
    control: Money,
    collector: str,
    field_cash: bool,
    on: date | None,
    key: str | None,
) -> None:
    """Post what came back of a list: lines of loan and amount, as one entry."""
    from coopbook import rounds
    from coopbook.cli.desk import posted

    paid = _paid(file)
    with desk.write() as book:
        row = posted(
            *(book, key, rounds.key_in, rounds.due_list(book, number), paid),
            on=business_day(book, on),
            control=control,
            collector=collector,
            where=rounds.FIELD if field_cash else rounds.DRAWER,
        )
        entry = row.entry_number
    click.echo(entry)


def _paid(file: Path) -> dict[int, Money]:
    """Read lines of loan and amount; a heading is passed over."""
    text = file.read_text(encoding="utf-8-sig")
    mark = ";" if ";" in text.partition("\n")[0] else ","
    found: dict[int, Money] = {}
    for line, cells in enumerate(csv.reader(text.splitlines(), delimiter=mark), 1):
        if not any(cell.strip() for cell in cells):
            continue
        number = cells[0].strip()
        if line == 1 and not number.isdecimal():
            continue
        if len(cells) != 2 or not number.isdecimal():
            said = f"line {line}: {mark.join(cells)!r} is not LOAN{mark}AMOUNT"
            raise click.BadParameter(said, param_hint="FILE")
        if int(number) in found:
            said = f"line {line}: loan {number} stands there twice"
            raise click.BadParameter(said, param_hint="FILE")
        found[int(number)] = AMOUNT.convert(cells[1].strip(), None, None)
    return found


@loan.command("quote")
@click.argument("number", type=int)
@click.option("--until", type=DAY, required=True, help="The last day it is good.")
@on_option
@format_option
@pass_desk
def quote(desk: Desk, number: int, until: date, on: date | None, shape: str) -> None:
    """Keep what ends a loan, from a day until another."""
    from coopbook import loans

    with desk.write() as book:
        day = business_day(book, on)
        row = loans.quote(book, loans.loan(book, number), on=day, valid_to=until)
        rows = [
            {"on": row.quoted_on, "amount": row.first},
            {"on": row.valid_to, "amount": row.last},
        ]
        item = row.number
    show(
        *("quotation", rows),
        shape=shape,
        language=desk.language,
        asked={"number": number},
        totals={"quotation": item},
    )


@loan.command("hand-over")
@click.argument("before")
@click.argument("after")
@on_option
@pass_desk
def hand_over(desk: Desk, before: str, after: str, on: date | None) -> None:
    """Let all running loans of one person go over to another."""
    from coopbook import loans

    with desk.write() as book:
        moved = loans.hand_over(book, before, after, on=business_day(book, on))
        count = len(moved)
    desk.echo(N_("%(count)s loans went over to %(name)s."), count=count, name=after)
