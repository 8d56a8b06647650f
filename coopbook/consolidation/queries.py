"""The books of several cooperatives of one database, read as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from coopbook.book import Book
from coopbook.book.book import NotFounded
from coopbook.consolidation.flows import MOVES, UnitCash, cash_rows, equity_rows
from coopbook.consolidation.rules import (
    CURRENT,
    WITHIN,
    Combined,
    OneBook,
    charged,
    charges,
    combined,
    eliminations,
)
from coopbook.cooperatives import cooperative, setting
from coopbook.corrections import (
    Correction,
    booked,
    restating_position,
    restating_surplus,
)
from coopbook.dates import day_before
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.ledger.chart import UNIT_CAPITAL
from coopbook.ledger.closing import Check, at_month_end
from coopbook.money import ZERO, Money
from coopbook.statements import (
    EquityChanges,
    Tie,
    cash_on,
    check_span,
    earned_in,
    equity_changes,
    flows_in,
    flows_on_account,
    held_on,
    layout,
)
from coopbook.statements.layout import Held
from coopbook.statements.queries import balances_on

SISTER = "sister_book"
"""The by-law that names the other book; it holds where each names the other."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One of the books: its number, its name, and what it holds, earned and moved.

    ``opened`` is what it held before the time began, ``capital`` what of the changes in
    equity is capital another unit gave it, ``founded`` whether it began by the end.
    """

    number: int
    name: str
    founded: bool
    opened: tuple[Held, ...]
    held: tuple[Held, ...]
    earned: tuple[Held, ...]
    equity: EquityChanges
    capital: EquityChanges
    cash: UnitCash
    restated: tuple[Correction, ...] = ()
    """The corrections that position and surplus were restated by."""


@dataclass(frozen=True, slots=True)
class Consolidated:
    """The statements of several books together.

    ``apart`` says why there are no changes in equity and no cash flow: when the time
    began, the books did not answer each other.
    """

    first: date
    last: date
    units: tuple[Unit, ...]
    position: tuple[Combined, ...]
    surplus: tuple[Combined, ...]
    equity: tuple[Combined, ...] = ()
    cash: tuple[Combined, ...] = ()
    apart: Refused | None = None

    def amount(self, code: str) -> Money:
        """Return what a row of one of the statements comes to."""
        rows = (*self.position, *self.surplus, *self.cash, *self.equity)
        return next(each.whole for each in rows if each.row.code == code)

    @property
    def tied(self) -> tuple[Tie, ...]:
        """What has to agree between the statements of the whole."""
        amount = self.amount
        found = [
            Tie(
                N_("Assets are what liabilities and equity come to"),
                amount("total_assets"),
                amount("total_both"),
            )
        ]
        if self.apart is not None:
            return tuple(found)
        at_last = amount("closing.total")
        moves = [
            each.whole
            for each in self.equity
            if each.row.code in {f"{one}.total" for one in MOVES}
        ]
        moved = amount("opening") + amount("net_change")
        found += [
            Tie(
                N_("Equity of the position is that of the changes in equity"),
                *(amount("total_equity"), at_last),
            ),
            Tie(
                N_("Changes lead from the equity at first to that at last"),
                *(sum(moves, ZERO), at_last),
            ),
            Tie(
                N_("Surplus of the statement is that of the changes in equity"),
                *(amount("net_surplus"), amount("earned.total")),
            ),
            Tie(
                N_("Cash flow leads from the cash at first to that at last"),
                *(moved, amount("closing")),
            ),
            Tie(
                N_("Cash of the position is that of the cash flow"),
                *(amount("cash"), amount("closing")),
            ),
        ]
        return tuple(found)

    @property
    def ties(self) -> bool:
        """Say whether everything that has to agree does."""
        return all(tie.holds for tie in self.tied)


@contextmanager
def beside(book: Book, number: int) -> Iterator[Book]:
    """Read another cooperative's book in the same transaction; ``NotFounded``.

    What was changed so far is written first, so that it belongs to its own book.
    """
    book.session.flush()
    try:
        other = Book(book.session, number, book.actor, clock=book.clock)
        cooperative(other)
        yield other
    finally:
        book.session.info["book"] = book


def consolidated(
    book: Book,
    others: Sequence[int],
    first: date,
    last: date,
    *,
    restated: bool = False,
) -> Consolidated:
    """Return the statements of a time of this book and others as one.

    Added up line by line; what units owe each other (11902, 21902) and what is invested
    in a unit (12101 against 31004 and 31005) is left out, and so are the interest and
    the fees they charge each other (43101 against 54101, 43102 against 54102); what
    moved on those accounts is in no cash flow.  ``restated`` takes corrections of
    position and surplus in that were booked later.  Raises ``OneBook``, ``NotFounded``,
    ``BooksApart``, ``CapitalApart``, ``ChargesApart``, ``EndsBeforeItBegins``;
    what did not cancel on the day before the time is kept in ``apart``.
    """
    check_span(first, last)
    numbers = (book.cooperative_id, *others)
    if len(numbers) < 2 or len(set(numbers)) < len(numbers):
        raise OneBook(book.cooperative_id)
    units = [_unit(book, first, last, restated=restated)]
    for number in others:
        with beside(book, number) as other:
            units.append(_unit(other, first, last, restated=restated))
    held = [unit.held for unit in units]
    earned = [unit.earned for unit in units]
    found = Consolidated(
        first,
        last,
        tuple(units),
        tuple(combined(layout("position"), held, eliminations(held, last))),
        tuple(combined(layout("surplus"), earned, charges(earned, first, last))),
    )
    try:
        eliminations([unit.opened for unit in units], day_before(first))
    except Refused as refusal:
        return replace(found, apart=refusal)
    equity = equity_rows(
        [unit.equity for unit in units], [unit.capital for unit in units]
    )
    cash = cash_rows(layout("cash"), [unit.cash for unit in units], WITHIN)
    return replace(found, equity=tuple(equity), cash=tuple(cash))


def _unit(book: Book, first: date, last: date, *, restated: bool) -> Unit:
    before, of = day_before(first), cooperative(book)
    known = booked(book) if restated else []
    return Unit(
        book.cooperative_id,
        of.name,
        of.first_day <= last,
        tuple(held_on(book, before)),
        tuple(held_on(book, last, known)),
        tuple(earned_in(book, first, last, known)),
        equity_changes(book, first, last),
        equity_changes(book, first, last, only=UNIT_CAPITAL),
        UnitCash(
            tuple(flows_in(book, first, last)),
            tuple(flows_on_account(book, first, last, WITHIN)),
            cash_on(book, before),
            cash_on(book, last),
        ),
        _restating(known, first, last),
    )


def _restating(
    known: Sequence[Correction], first: date, last: date
) -> tuple[Correction, ...]:
    surplus = restating_surplus(known, first, last)
    found = [one for one in restating_position(known, last) if one not in surplus]
    return *found, *surplus


def sister_of(book: Book, on: date) -> int | None:
    """Return the other book, where each names the other in its by-laws."""
    number = setting(book, SISTER, on)
    if number in (0, book.cooperative_id):
        return None
    try:
        with beside(book, number) as other:
            named = setting(other, SISTER, on)
    except NotFounded:
        return None
    return number if named == book.cooperative_id else None


def between_units(book: Book, on: date) -> Money:
    """Return what stands between units on a day and no other book answers.

    Where the other book is known, what both hold together; else all that stands there.
    """
    own = _standing(book, on)
    number = sister_of(book, on)
    if number is None:
        return sum(map(abs, own), ZERO)
    with beside(book, number) as other:
        return abs(sum((*own, *_standing(other, on)), ZERO))


def has_units(book: Book, on: date) -> bool:
    """Say whether another unit is named, or anything stands with one."""
    if setting(book, SISTER, on):
        return True
    held = balances_on(book, on)
    return any(held.get(one) for one in WITHIN)


def charges_apart(book: Book, first: date, last: date) -> Money | None:
    """Return by how much charges between this book and the other do not cancel.

    Nothing where no other book is known.
    """
    number = sister_of(book, last)
    if number is None:
        return None
    own = earned_in(book, first, last)
    with beside(book, number) as other:
        both = charged((own, earned_in(other, first, last)))
    return sum((abs(earned - borne) for earned, borne in both), ZERO)


def _standing(book: Book, on: date) -> list[Money]:
    held = balances_on(book, on)
    return [Money(held.get(one, 0)) for one in CURRENT]


CHARGED = N_("Interest and fees between units are the same in the other book")
ANSWERED = N_("Inter-unit accounts cancel against the other book")


@at_month_end
def unit_checks(book: Book, on: date) -> list[Check]:
    """Say whether inter-unit accounts cancel; nothing where nothing stands on them.

    Also whether interest and fees between units do, since the year began.
    """
    known = sister_of(book, on) is not None
    if not known and not any(_standing(book, on)):
        return []
    left = between_units(book, on)
    sentence = ANSWERED if known else N_("Inter-unit accounts are empty")
    return [Check(sentence, left, not left), *charge_checks(book, on)]


def charge_checks(book: Book, on: date) -> list[Check]:
    """Say whether what units charge each other since the year began cancels."""
    apart = charges_apart(book, on.replace(month=1, day=1), on)
    return [] if apart is None else [Check(CHARGED, apart, not apart)]
