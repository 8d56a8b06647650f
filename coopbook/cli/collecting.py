"""Post a whole round from a list: lines of member, kind of savings, amount."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coopbook.cli.desk import (
    AMOUNT,
    Desk,
    business_day,
    on_option,
    pass_desk,
    posted,
)
from coopbook.cli.output import shown
from coopbook.cli.savings import key_option, savings
from coopbook.errors import CoopbookError, Refused
from coopbook.i18n import N_

if TYPE_CHECKING:
    from coopbook.book import Book
    from coopbook.money import Money
    from coopbook.savings import Collected


@dataclass(eq=False)
class LineRefused(Refused):
    """A line of a list that is posted as a whole cannot be."""

    sentence = N_("Line %(line)s: %(told)s Nothing is posted; correct it and repeat.")

    line: int
    told: str


@dataclass(eq=False)
class NoSuchAccountOf(Refused):
    """A member has no account of that kind."""

    sentence = N_("%(name)s has no account for %(kind)s. Open it first: savings open.")

    name: str
    kind: str


def _lines(file: Path) -> list[tuple[int, int, str, Money]]:
    """Read a list of member, kind of savings, amount; a heading is passed over."""
    text = file.read_text(encoding="utf-8-sig")
    mark = ";" if ";" in text.partition("\n")[0] else ","
    found = []
    for line, cells in enumerate(csv.reader(text.splitlines(), delimiter=mark), 1):
        if not any(cell.strip() for cell in cells):
            continue
        number = cells[0].strip()
        if line == 1 and not number.isdecimal():
            continue
        if len(cells) != 3 or not number.isdecimal():
            said = (
                f"line {line}: {mark.join(cells)!r} is not MEMBER{mark}KIND{mark}AMOUNT"
            )
            raise click.BadParameter(said, param_hint="FILE")
        found.append((line, int(number), cells[1].strip(), _amount(cells[2], line)))
    return found


def _amount(cell: str, line: int) -> Money:
    try:
        read: Money = AMOUNT.convert(cell.strip(), None, None)
    except click.BadParameter as wrong:
        raise click.BadParameter(
            f"line {line}: {wrong.message}", param_hint="FILE"
        ) from None
    return read


def _gave(book: Book, number: int, kind: str, amount: Money, on: date) -> Collected:
    """Return what a member gave; refuse what may not be paid in."""
    from coopbook import members
    from coopbook import savings as service

    who, product = members.member(book, number), service.product(book, kind)
    account = service.account_for(book, who, product.code)
    if account is None:
        raise NoSuchAccountOf(who.name, kind)
    service.check_deposit(book, account, amount, on=on)
    return service.Collected(account, amount)


@savings.command("collect")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--hamlet", default="", help="Where it was collected.")
@click.option("--collector", required=True, help="Who collected.")
@click.option("--field-cash", is_flag=True, help="The money stays with the collector.")
@on_option
@key_option
@pass_desk
def collect(
    desk: Desk,
    file: Path,
    hamlet: str,
    collector: str,
    field_cash: bool,
    on: date | None,
    key: str | None,
) -> None:
    """Post a round as one entry: lines of member, kind of savings, amount."""
    from coopbook import savings as service

    read = _lines(file)
    with desk.write() as book:
        gave, day = [], business_day(book, on)
        for line, number, kind, amount in read:
            try:
                gave.append(_gave(book, number, kind, amount, day))
            except CoopbookError as refusal:
                facts = {n: shown(f, desk.language) for n, f in refusal.facts.items()}
                told = desk.say(refusal.sentence, **facts)
                raise LineRefused(line, told) from refusal
        entry = posted(
            *(book, key, service.collect, gave),
            on=day,
            hamlet=hamlet,
            collector=collector,
            field_cash=field_cash,
        )
        voucher = entry.voucher
    click.echo(voucher)
