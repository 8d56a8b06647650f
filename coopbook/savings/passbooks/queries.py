"""Which books an account has, what is on paper in them, what waits to be printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select, tuple_

from coopbook.book import Book
from coopbook.db.types import total
from coopbook.ledger.model import Entry, Line
from coopbook.money import ZERO, Money
from coopbook.savings.model import Passbook, PassbookPrint, SavingsAccount
from coopbook.savings.passbooks import rules
from coopbook.savings.passbooks.shape import SHAPES, PassbookShape

Mark = tuple[int, int]
"""A line of the ledger: its entry's number and its own."""


class Moved(NamedTuple):
    """A line of the ledger on the account's card, with what its entry says of it."""

    entry: int
    line: int
    booked_on: date
    debit: Money
    credit: Money
    voucher: str
    source: str
    reverses: int | None
    actor: str


@dataclass(frozen=True, slots=True)
class PassbookLine:
    """A line of a printed book and where it stands.

    ``place`` counts the lines of the book from 1.  The line that carries the balance
    over from the book before has no voucher and moves nothing.
    """

    place: int
    page: int
    row: int
    booked_on: date
    code: str
    voucher: str
    debit: Money
    credit: Money
    balance: Money
    initials: str
    entry_number: int
    line_number: int


@dataclass(frozen=True, slots=True)
class Pending:
    """What is not on paper yet, as far as the book reaches.

    ``page`` is the one to lay into the printer next; ``fills`` says that the book is
    full once everything here is printed, ``beyond`` that more waits for the next.
    """

    passbook: Passbook
    shape: PassbookShape
    printed: int
    lines: tuple[PassbookLine, ...]
    page: int | None
    fills: bool
    beyond: bool

    @property
    def next_page(self) -> tuple[PassbookLine, ...]:
        """The lines that go onto the page to be laid into the printer next."""
        return tuple(line for line in self.lines if line.page == self.page)


def passbooks(book: Book, account: SavingsAccount) -> list[Passbook]:
    """Return every book the account ever had, the first one first."""
    rows = (
        select(Passbook)
        .where(Passbook.cooperative_id == book.cooperative_id)
        .where(Passbook.savings_number == account.number)
        .order_by(Passbook.number)
    )
    return list(book.session.scalars(rows))


def current(book: Book, account: SavingsAccount) -> Passbook | None:
    """Return the book that is printed in now, if there is one."""
    found = passbooks(book, account)
    return found[-1] if found else None


def passbook(book: Book, account: SavingsAccount, number: int) -> Passbook:
    """Return one of the account's books; raise ``NoSuchBook``."""
    row = book.get(Passbook, account.number, number)
    if row is None:
        raise rules.NoSuchBook(account.number, number)
    return row


def prints(book: Book, of: Passbook) -> list[PassbookPrint]:
    """Return what was printed in a book, in the order of printing."""
    rows = (
        select(PassbookPrint)
        .where(PassbookPrint.cooperative_id == book.cooperative_id)
        .where(PassbookPrint.savings_number == of.savings_number)
        .where(PassbookPrint.book_number == of.number)
        .order_by(PassbookPrint.number)
    )
    return list(book.session.scalars(rows))


def printed_in(book: Book, of: Passbook) -> int:
    """Return how many lines of a book are on paper."""
    rows = (
        select(func.max(PassbookPrint.last))
        .where(PassbookPrint.cooperative_id == book.cooperative_id)
        .where(PassbookPrint.savings_number == of.savings_number)
        .where(PassbookPrint.book_number == of.number)
    )
    return int(book.session.scalar(rows) or 0)


def last_on_paper(
    book: Book, account: SavingsAccount, *, before: int | None = None
) -> Mark:
    """Return the last line of the ledger that is on paper: its entry, its number.

    ``before`` looks only at the books before that one.  Nothing is ``(0, 0)``.
    """
    rows = (
        select(PassbookPrint.last_entry, PassbookPrint.last_line)
        .where(PassbookPrint.cooperative_id == book.cooperative_id)
        .where(PassbookPrint.savings_number == account.number)
        .order_by(PassbookPrint.last_entry.desc(), PassbookPrint.last_line.desc())
        .limit(1)
    )
    if before is not None:
        rows = rows.where(PassbookPrint.book_number < before)
    found = book.session.execute(rows).one_or_none()
    return (found[0], found[1]) if found else (0, 0)


def lines_on_paper(
    book: Book, account: SavingsAccount, of: Passbook
) -> tuple[PassbookLine, ...]:
    """Return the printed lines of a book in the order in which they stand."""
    return tuple(_lines(book, account, of, 0, printed_in(book, of)))


def pending(book: Book, account: SavingsAccount) -> Pending:
    """Return what waits to be printed in the current book.

    Lines come in the order in which they were recorded, whatever day they are booked
    on, because what is on paper cannot be moved down.  Raises ``NoBookYet``.
    """
    now = current(book, account)
    if now is None:
        raise rules.NoBookYet(account.number)
    shape, printed = SHAPES[now.paper], printed_in(book, now)
    found = [*_lines(book, account, now, printed, shape.lines + 1)]
    waits = tuple(found[: shape.lines - printed])
    return Pending(
        passbook=now,
        shape=shape,
        printed=printed,
        lines=waits,
        page=shape.spot(waits[0].place).page if waits else None,
        fills=printed + len(waits) == shape.lines,
        beyond=len(found) > len(waits),
    )


def _lines(
    book: Book, account: SavingsAccount, of: Passbook, after: int, until: int
) -> Iterator[PassbookLine]:
    """Hand out the lines of a book after the printed ones, or all, until a place.

    ``after`` is how many are on paper, or 0.  A line beyond the book is given its
    last spot; nobody prints it.
    """
    shape, place, balance = SHAPES[of.paper], after, of.carried
    start = last_on_paper(book, account, before=of.number)
    if after:
        mark = last_on_paper(book, account, before=of.number + 1)
        balance += _moved_between(book, account, start, mark)
        start = mark
    elif until and of.number > 1:
        place = 1
        yield PassbookLine(
            *(1, *shape.spot(1), of.issued_on, rules.CARRIED, ""),
            *(ZERO, ZERO, balance, "", of.carried_entry, 0),
        )
    for one in _recorded(book, account, start, until - place):
        place += 1
        balance += one.credit - one.debit
        code = rules.code_of(one.source, reverses=one.reverses is not None)
        page, row = shape.spot(min(place, shape.lines))
        yield PassbookLine(
            place=place,
            page=page,
            row=row,
            booked_on=one.booked_on,
            code=code,
            voucher=one.voucher,
            debit=one.debit,
            credit=one.credit,
            balance=balance,
            initials=rules.initials(one.actor),
            entry_number=one.entry,
            line_number=one.line,
        )


def _moved_between(
    book: Book, account: SavingsAccount, after: Mark, until: Mark
) -> Money:
    """Return what the lines between two marks added to the savings."""
    debit, credit = book.session.execute(
        select(total(Line.debit), total(Line.credit))
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.account_number == account.account_number)
        .where(Line.card_number == account.number)
        .where(tuple_(Line.entry_number, Line.number) > after)
        .where(tuple_(Line.entry_number, Line.number) <= until)
    ).one()
    moved: Money = credit - debit
    return moved


def _recorded(
    book: Book, account: SavingsAccount, after: Mark, limit: int
) -> list[Moved]:
    """Return lines of the ledger after a mark, in the order of recording."""
    lines = (
        select(Line.entry_number, Line.number, Line.booked_on, Line.debit, Line.credit)
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.account_number == account.account_number)
        .where(Line.card_number == account.number)
        .where(tuple_(Line.entry_number, Line.number) > after)
        .order_by(Line.entry_number, Line.number)
        .limit(limit)
        .subquery()
    )
    of_entry = (Entry.voucher, Entry.source, Entry.reverses, Entry.actor)
    rows = (
        select(*lines.c, *of_entry)
        .join(lines, lines.c.entry_number == Entry.number)
        .where(Entry.cooperative_id == book.cooperative_id)
        .order_by(lines.c.entry_number, lines.c.number)
    )
    return [Moved._make(row) for row in book.session.execute(rows)]
