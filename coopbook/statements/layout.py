"""The lines of the statements as data: which accounts each line adds up, in what order.

Source: Permenkop 2/2024, annex I, read to the surplus statement in a secondary source;
the names of lines are those of SAK EP cooperatives use.  The regulation fixes no
account numbers, so the mapping is data and can be exchanged.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import pairwise

from coopbook.errors import Refused
from coopbook.i18n import N_, Names
from coopbook.ledger.rules import AccountType, Side
from coopbook.money import ZERO, Money

REST = {
    AccountType.ASSET: "other_current",
    AccountType.LIABILITY: "other_liabilities",
    AccountType.EQUITY: "donated",
    AccountType.REVENUE: "other_income",
    AccountType.EXPENSE: "general",
}
"""Where an account stands that a cooperative added and gave no line."""


TRADE = frozenset(
    {
        *("sales_members", "cost_of_sales_members", "sales_non_members"),
        *("cost_of_sales_non_members", "sales_in", "goods_out"),
    }
)
"""Lines of goods; the files of a cooperative that does not trade leave them out."""


class Kind(StrEnum):
    """What a row of a layout is."""

    HEADING = "heading"
    LINE = "line"
    TOTAL = "total"


@dataclass(eq=False)
class MappedTwice(Refused):
    """An account stands in one line of a statement only."""

    sentence = N_(
        "Account %(account)s stands in two lines, %(first)s and %(second)s. Leave it in"
        " one of them."
    )

    account: int
    first: str
    second: str


@dataclass(eq=False)
class NotMapped(Refused):
    """Every account with a balance stands in a line, or the statement cannot tie."""

    sentence = N_(
        "Account %(account)s holds %(amount)s and stands in no line of the statement,"
        " so it would not balance. Give it a line."
    )

    account: int
    amount: Money


@dataclass(eq=False)
class NoSuchRow(Refused):
    """A total adds up rows that stand above it."""

    sentence = N_("Total %(total)s adds up %(row)s, which does not stand above it.")

    total: str
    row: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a layout.

    ``spans`` are the account numbers of a line, first and last; ``parts`` the codes
    of a total with their signs; ``side`` the side on which a line's figure grows;
    ``rest`` the kind of cash flow of which a line takes what no other line names.
    """

    code: str
    kind: Kind
    level: int
    side: Side | None
    spans: tuple[tuple[int, int], ...]
    parts: tuple[tuple[int, str], ...]
    name: Names
    rest: str = ""

    def holds(self, account: int) -> bool:
        """Say whether an account stands in this line."""
        return any(first <= account <= last for first, last in self.spans)


Layout = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A row with its amount; ``beside`` is that of the period it is compared with."""

    row: Row
    amount: Money
    beside: Money | None = None


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    found = []
    for part in text.split() if text[:1].isdecimal() else ():
        first, _, last = part.partition("-")
        found.append((int(first), int(last or first)))
    return tuple(found)


def _parts(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((1 if part[0] == "+" else -1, part[1:]) for part in text.split())


def row_of(fields: Mapping[str, str]) -> Row:
    """Read a row of a layout from its columns."""
    kind = Kind(fields["kind"])
    return Row(
        fields["code"],
        kind,
        int(fields["level"]),
        Side(fields["side"]) if fields["side"] else None,
        _spans(fields["of"]) if kind is Kind.LINE else (),
        _parts(fields["of"]) if kind is Kind.TOTAL else (),
        Names(fields["name_id"], fields["name_en"]),
        fields["of"] if fields["of"].isalpha() else "",
    )


@cache
def layout(statement: str) -> Layout:
    """Return one of our layouts, ``position`` or ``surplus``, checked.

    >>> [row.code for row in layout("surplus") if row.kind is Kind.TOTAL][-1]
    'net_surplus'
    """
    file = resources.files("coopbook.statements").joinpath("data/layouts.csv")
    with file.open(encoding="utf-8") as rows:
        found = tuple(
            row_of(each)
            for each in csv.DictReader(rows)
            if each["statement"] == statement
        )
    check(found)
    return found


def check(rows: Sequence[Row]) -> None:
    """Refuse a layout that cannot add up: ``MappedTwice``, ``NoSuchRow``."""
    cash = any(row.rest for row in rows)
    for side in Side if cash else (None,):
        spans = sorted(
            (first, last, row.code)
            for row in rows
            if side in (None, row.side)
            for first, last in row.spans
        )
        for (_, last, one), (first, _, other) in pairwise(spans):
            if first <= last:
                raise MappedTwice(first, one, other)
    above: set[str] = set()
    for row in rows:
        for _, part in row.parts:
            if part not in above:
                raise NoSuchRow(row.code, part)
        if row.kind is not Kind.HEADING:
            above.add(row.code)


@dataclass(frozen=True, slots=True)
class Held:
    """An account with its balance, debit positive; ``line`` where it was given one."""

    account: int
    account_type: AccountType
    balance: Money
    line: str | None = None


def line_of(rows: Layout, held: Held) -> Row | None:
    """Return the line an account stands in.

    The line it was given, else the one whose span holds its number, else the line
    that takes what else there is of its type.
    """
    lines = [row for row in rows if row.kind is Kind.LINE]
    if held.line is not None:
        return next((row for row in lines if row.code == held.line), None)
    found = next((row for row in lines if row.holds(held.account)), None)
    rest = REST.get(held.account_type)
    return found or next((row for row in lines if row.code == rest), None)


def laid_out(rows: Layout, held: Iterable[Held]) -> dict[str, Money]:
    """Return the amount of each line and total.

    Raises ``NotMapped`` for an account that is not zero and stands in no line, so what
    is laid out is always everything.
    """
    amounts = {row.code: ZERO for row in rows if row.kind is not Kind.HEADING}
    for each in held:
        if not each.balance:
            continue
        line = line_of(rows, each)
        if line is None:
            raise NotMapped(each.account, each.balance)
        debit = line.side is Side.DEBIT
        amounts[line.code] += each.balance if debit else -each.balance
    for row in rows:
        for sign, part in row.parts:
            amounts[row.code] += amounts[part] * sign
    return amounts


def figures(
    rows: Layout, now: Iterable[Held], beside: Iterable[Held] | None = None
) -> list[Figure]:
    """Return the rows of a statement with their amounts, headings with zero."""
    amounts = laid_out(rows, now)
    then = laid_out(rows, beside) if beside is not None else None
    return [
        Figure(
            row,
            amounts.get(row.code, ZERO),
            then.get(row.code, ZERO) if then is not None else None,
        )
        for row in rows
    ]


def filled(some: Iterable[Figure]) -> list[Figure]:
    """Return the figures that are written out: of goods only lines that hold something.

    >>> rows = figures(layout("surplus"), [])
    >>> len(rows) - len(filled(rows))
    4
    """
    return [
        one for one in some if one.row.code not in TRADE or one.amount or one.beside
    ]


def lines_under(rows: Layout, code: str) -> list[str]:
    """Return the lines a row adds up: itself, or all under a total.

    >>> lines_under(layout("surplus"), "net_participation")[2:]
    ['fees', 'penalties', 'cost_of_sales_members', 'cost_of_funds']
    """
    row = next((each for each in rows if each.code == code), None)
    if row is None or row.kind is Kind.HEADING:
        return []
    if row.kind is Kind.LINE:
        return [row.code]
    return [line for _, part in row.parts for line in lines_under(rows, part)]
