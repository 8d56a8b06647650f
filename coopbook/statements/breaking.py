"""Every line of position and surplus statement broken down by account, as notes do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coopbook.book import Book
from coopbook.corrections import booked
from coopbook.ledger.model import Account
from coopbook.ledger.queries import accounts
from coopbook.money import ZERO, Money
from coopbook.statements.layout import Kind, Row, layout
from coopbook.statements.queries import behind, earned_in, held_on


@dataclass(frozen=True, slots=True)
class Broken:
    """A line of a statement and its accounts, with what each adds now and before."""

    statement: str
    row: Row
    accounts: tuple[tuple[Account, Money, Money], ...]


def lines_by_account(
    book: Book, now: tuple[date, date], before: tuple[date, date]
) -> list[Broken]:
    """Return the lines that hold anything in either time, in their order.

    The accounts of a line add up to it.  What was corrected later restates the earlier
    time, as in the statements.
    """
    chart = {row.number: row for row in accounts(book)}
    found: dict[tuple[str, str], dict[int, list[Money]]] = {}
    known = booked(book)
    for place, (first, last) in enumerate((now, before)):
        since = known if place else []
        for name, held in (
            ("position", held_on(book, last, since)),
            ("surplus", earned_in(book, first, last, since)),
        ):
            for row in layout(name):
                if row.kind is Kind.LINE:
                    for each, amount in behind(name, row.code, held):
                        line = found.setdefault((name, row.code), {})
                        line.setdefault(each.account, [ZERO, ZERO])[place] = amount
    return [
        Broken(
            name,
            row,
            tuple(
                (chart[number], some[0], some[1])
                for number, some in sorted(found[name, row.code].items())
            ),
        )
        for name in ("position", "surplus")
        for row in layout(name)
        if (name, row.code) in found
    ]
