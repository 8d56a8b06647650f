"""Changes in equity over a time: each kind of capital from first to last day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, select

from coopbook.book import Book
from coopbook.dates import day_before
from coopbook.db.types import total
from coopbook.i18n import N_
from coopbook.ledger.model import Account, Entry, Line
from coopbook.ledger.rules import AccountType
from coopbook.money import ZERO, Money
from coopbook.statements.layout import Held, layout, line_of
from coopbook.statements.mapping import lines_given
from coopbook.statements.queries import earned_in, held_on
from coopbook.statements.spans import check_span

CARRIED = ("yearend.close", "yearend.open")
"""What moves the surplus within equity: closing a year and opening the next."""

CORRECTED = "yearend.correction"
"""The source of entries that correct a year the members approved."""

DISTRIBUTED = "surplus.post"
"""The source of the entry that hands a surplus out."""

COLUMNS = {
    "principal": N_("Principal shares"),
    "mandatory": N_("Mandatory shares"),
    "surplus": N_("Surplus"),
    "general_reserve": N_("General reserve"),
    "risk_reserve": N_("Risk reserve"),
    "other": N_("Other equity"),
}
ALL = "total"
"""What all kinds of capital together are called in an address."""
LINES = {
    "principal_shares": "principal",
    "mandatory_shares": "mandatory",
    "general_reserve": "general_reserve",
    "risk_reserve": "risk_reserve",
    "earlier_surplus": "surplus",
    "surplus": "surplus",
}
ROWS = {
    "opening": N_("At the beginning"),
    "corrected": N_("Corrections of earlier years"),
    "additions": N_("Additions"),
    "reductions": N_("Reductions"),
    "distributed": N_("Surplus handed out"),
    "earned": N_("Surplus of the time"),
    "closing": N_("At the end"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """What an account adds to a figure of the changes in equity."""

    row: str
    column: str
    account: int
    amount: Money


@dataclass(frozen=True, slots=True)
class EquityChanges:
    """Amounts by row and column; reductions are negative.

    ``parts`` are the accounts they add up.
    """

    first: date
    last: date
    amounts: dict[str, dict[str, Money]]
    parts: tuple[Part, ...] = ()

    def across(self, row: str) -> Money:
        """Return a row's total."""
        return sum(self.amounts[row].values(), ZERO)

    def behind(self, row: str, column: str = ALL) -> list[tuple[int, Money]]:
        """Return the accounts that add up to a figure, by number; or to a row's total.

        The surplus of a year that is not closed stands on its account (34001).
        """
        found: defaultdict[int, Money] = defaultdict(lambda: ZERO)
        for part in self.parts:
            if part.row == row and column in (part.column, ALL):
                found[part.account] += part.amount
        return [(one, amount) for one, amount in sorted(found.items()) if amount]

    @property
    def rows(self) -> dict[str, str]:
        """The rows to show, with their names: corrections only where there are any."""
        return {
            row: said
            for row, said in ROWS.items()
            if row != "corrected" or any(self.amounts[row].values())
        }

    @property
    def ties(self) -> bool:
        """Say whether every column leads from its beginning to its end."""
        return all(
            sum((self.amounts[row][column] for row in ROWS if row != "closing"), ZERO)
            == self.amounts["closing"][column]
            for column in COLUMNS
        )


def equity_changes(
    book: Book, first: date, last: date, *, only: Collection[int] | None = None
) -> EquityChanges:
    """Return the statement of changes in equity of a time, or what some accounts move.

    What a reversal takes back counts against what it reverses.  Raises
    ``EndsBeforeItBegins`` and ``OutsideTheCalendar``.
    """
    check_span(first, last)
    parts = [
        *_held(book, "opening", day_before(first)),
        *_held(book, "closing", last),
        *_moves(book, first, last),
    ]
    if only is None:
        earned = earned_in(book, first, last)
        parts += [
            Part("earned", "surplus", one.account, -one.balance) for one in earned
        ]
    else:
        parts = [part for part in parts if part.account in only]
    amounts = {row: dict.fromkeys(COLUMNS, ZERO) for row in ROWS}
    for part in parts:
        amounts[part.row][part.column] += part.amount
    return EquityChanges(first, last, amounts, tuple(parts))


def _held(book: Book, row: str, on: date) -> list[Part]:
    columns, found = _columns(), []
    for one in held_on(book, on):
        line = line_of(layout("position"), one)
        if line is not None and line.code in columns:
            found.append(Part(row, columns[line.code], one.account, -one.balance))
    return found


def _moves(book: Book, first: date, last: date) -> list[Part]:
    given, columns, found = lines_given(book), _columns(), []
    for account, source, added, taken in _moved(book, first, last):
        of = Held(account, AccountType.EQUITY, ZERO, given.get(account))
        stands = line_of(layout("position"), of)
        column = columns.get(stands.code if stands else "", "other")
        if source == CORRECTED:
            found.append(Part("corrected", column, account, added - taken))
        elif source == DISTRIBUTED:
            found.append(Part("distributed", column, account, added - taken))
        elif source not in CARRIED:
            found.append(Part("additions", column, account, added))
            found.append(Part("reductions", column, account, -taken))
    return found


def _columns() -> dict[str, str]:
    lines = layout("position")
    start = next(n for n, row in enumerate(lines) if row.code == "equity")
    return {
        row.code: LINES.get(row.code, "other")
        for row in lines[start:]
        if row.kind.value == "line"
    }


def _moved(book: Book, first: date, last: date) -> list[tuple[int, str, Money, Money]]:
    """Return what was added to and taken from each account of equity, by source."""
    back = Entry.reverses.is_not(None)
    source = Entry.source
    rows = book.session.execute(
        select(
            Line.account_number,
            source,
            total(case((back, -Line.debit), else_=Line.credit)),
            total(case((back, -Line.credit), else_=Line.debit)),
        )
        .join(
            Entry,
            and_(
                Entry.cooperative_id == Line.cooperative_id,
                Entry.number == Line.entry_number,
            ),
        )
        .join(
            Account,
            and_(
                Account.cooperative_id == Line.cooperative_id,
                Account.number == Line.account_number,
            ),
        )
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Account.account_type == AccountType.EQUITY)
        .where(Line.booked_on >= first)
        .where(Line.booked_on <= last)
        .group_by(Line.account_number, source)
    )
    return [
        (int(one), said.removesuffix(".reversal"), added, taken)
        for one, said, added, taken in rows
    ]
