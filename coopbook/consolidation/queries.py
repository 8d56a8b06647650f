"""The books of several cooperatives of one database, read as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from coopbook.book import Book
from coopbook.book.book import NotFounded
from coopbook.consolidation.rules import (
    CURRENT,
    Combined,
    OneBook,
    combined,
    eliminations,
)
from coopbook.cooperatives import cooperative, setting
from coopbook.i18n import N_
from coopbook.ledger.closing import Check, at_month_end
from coopbook.money import ZERO, Money
from coopbook.statements import earned_in, held_on, layout
from coopbook.statements.layout import Held
from coopbook.statements.queries import balances_on

SISTER = "sister_book"
"""The by-law that names the other book; it holds where each names the other."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One of the books: its number, its name, and what it holds and earned."""

    number: int
    name: str
    held: tuple[Held, ...]
    earned: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Consolidated:
    """Position and surplus of several books together."""

    first: date
    last: date
    units: tuple[Unit, ...]
    position: tuple[Combined, ...]
    surplus: tuple[Combined, ...]

    def amount(self, code: str) -> Money:
        """Return what a row of either statement comes to."""
        rows = (*self.position, *self.surplus)
        return next(each.whole for each in rows if each.row.code == code)

    @property
    def ties(self) -> bool:
        """Say whether assets are what liabilities and equity come to."""
        return self.amount("total_assets") == self.amount("total_both")


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
    book: Book, others: Sequence[int], first: date, last: date
) -> Consolidated:
    """Return position on a day and surplus of a time of this book and others as one.

    Added up line by line; what units owe each other (11902, 21902) and what is invested
    in a unit (12101 against 31004 and 31005) is left out.  Income between units has no
    account of its own and is not left out.  Raises ``OneBook``, ``NotFounded``,
    ``BooksApart``, ``CapitalApart``.
    """
    numbers = (book.cooperative_id, *others)
    if len(numbers) < 2 or len(set(numbers)) < len(numbers):
        raise OneBook(book.cooperative_id)
    units = [_unit(book, first, last)]
    for number in others:
        with beside(book, number) as other:
            units.append(_unit(other, first, last))
    held = [unit.held for unit in units]
    return Consolidated(
        first,
        last,
        tuple(units),
        tuple(combined(layout("position"), held, eliminations(held))),
        tuple(combined(layout("surplus"), [unit.earned for unit in units])),
    )


def _unit(book: Book, first: date, last: date) -> Unit:
    return Unit(
        book.cooperative_id,
        cooperative(book).name,
        tuple(held_on(book, last)),
        tuple(earned_in(book, first, last)),
    )


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


def _standing(book: Book, on: date) -> list[Money]:
    held = balances_on(book, on)
    return [Money(held.get(one, 0)) for one in CURRENT]


ANSWERED = N_("Inter-unit accounts cancel against the other book")


@at_month_end
def unit_checks(book: Book, on: date) -> list[Check]:
    """Say whether inter-unit accounts cancel; nothing where nothing stands on them."""
    known = sister_of(book, on) is not None
    if not known and not any(_standing(book, on)):
        return []
    left = between_units(book, on)
    sentence = ANSWERED if known else N_("Inter-unit accounts are empty")
    return [Check(sentence, left, not left)]
