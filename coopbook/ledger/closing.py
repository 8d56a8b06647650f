"""Close a day, a month, a year; reopen the last month that was closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from coopbook.book import Book
from coopbook.chain.findings import Wrong
from coopbook.cooperatives import cooperative
from coopbook.dates import months_after, parse_month
from coopbook.errors import Conflict, Refused
from coopbook.i18n import N_, Word
from coopbook.ledger.following import check_chain
from coopbook.ledger.model import Period
from coopbook.ledger.queries import suspense, trial_balance
from coopbook.money import ZERO, Money


@dataclass(eq=False)
class NotAPeriod(Refused):
    """A period is written as a year, a month or a day."""

    sentence = N_(
        "Write a period as 2026, 2026-11 or 2026-11-21; %(asked)s is not one."
    )

    asked: str


@dataclass(eq=False)
class AlreadyClosed(Conflict):
    """The period is closed."""

    sentence = N_("%(period)s is already closed.")

    period: str


@dataclass(eq=False)
class NotClosed(Refused):
    """The period is open, so there is nothing to reopen."""

    sentence = N_("%(period)s is open; entries can be posted in it.")

    period: str


@dataclass(eq=False)
class EarlierMonthOpen(Refused):
    """Months are closed in their order."""

    sentence = N_("Close %(earlier)s first; months are closed in their order.")

    earlier: str


@dataclass(eq=False)
class LaterPeriodClosed(Refused):
    """Months are reopened in the opposite order."""

    sentence = N_("Reopen %(later)s first; the last closed period is reopened first.")

    later: str


@dataclass(eq=False)
class YearNotReopenedHere(Refused):
    """A year is opened again where its closing entries are taken back."""

    sentence = N_(
        "%(year)s is a year. Open it again on the page of the year, which takes its"
        " closing entries back too; here months are opened again."
    )

    year: str


@dataclass(eq=False)
class MonthNotOver(Refused):
    """A month is closed when it is over."""

    sentence = N_("%(period)s is not over. It can be closed from %(over)s.")

    period: str
    over: date


@dataclass(eq=False)
class SuspenseLeft(Refused):
    """A month is not closed over money nobody explained."""

    sentence = N_(
        "%(amount)s still lies in suspense at the end of %(period)s. Say where it"
        " belongs, then close it."
    )

    period: str
    amount: Money


@dataclass(eq=False)
class ChainBroken(Refused):
    """A month is not closed over a book that was tampered with."""

    sentence = N_(
        "The book does not check: %(told)s Do not close %(period)s; call the"
        " supervisors and run coopbook verify."
    )

    period: str
    told: Word


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at before a month is closed: a word, a figure, a verdict.

    The figure is an amount or, of what is counted, ``many``.
    """

    sentence: str
    amount: Money | None
    in_order: bool
    many: int | None = None


WhenClosed = Callable[[Book, str, date | None], None]
WHEN_CLOSED: list[WhenClosed] = []


def when_closed(then: WhenClosed) -> WhenClosed:
    """Register what else is done when a period was closed, in the same act.

    The function gets the book, the period's name and the day, where it was said.
    """
    WHEN_CLOSED.append(then)
    return then


BeforeClosing = Callable[[Book, date, date], None]
BEFORE_CLOSING: list[BeforeClosing] = []


def before_closing(check: BeforeClosing) -> BeforeClosing:
    """Register what may refuse to close a month or a year, by first and last day."""
    BEFORE_CLOSING.append(check)
    return check


BeforeReopening = Callable[[Book, str], None]
BEFORE_REOPENING: list[BeforeReopening] = []


def before_reopening(check: BeforeReopening) -> BeforeReopening:
    """Register what may refuse to open a month or a day again, by its name."""
    BEFORE_REOPENING.append(check)
    return check


AtMonthEnd = Callable[[Book, date], list[Check]]
AT_MONTH_END: list[AtMonthEnd] = []


def at_month_end(ask: AtMonthEnd) -> AtMonthEnd:
    """Register what else is looked at before a month is closed, on its last day."""
    AT_MONTH_END.append(ask)
    return ask


def _kind(name: str) -> str:
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", name, re.ASCII):
        raise NotAPeriod(name)
    try:
        date.fromisoformat(f"{name}-01-01"[:10])
    except ValueError as error:
        raise NotAPeriod(name) from error
    return {4: "year", 7: "month", 10: "day"}[len(name)]


def is_closed(book: Book, name: str) -> bool:
    """Say whether a period itself was closed."""
    row = book.get(Period, name)
    return row is not None and row.closed


def next_to_close(book: Book) -> str:
    """Return the first month that is still open."""
    month = cooperative(book).first_day.replace(day=1)
    while is_closed(book, f"{month:%Y-%m}"):
        month = months_after(month, 1)
    return f"{month:%Y-%m}"


def last_closed(book: Book) -> str | None:
    """Return the last month that is closed, if any is."""
    first = cooperative(book).first_day.replace(day=1)
    open_month, _ = parse_month(next_to_close(book))
    return None if open_month == first else f"{months_after(open_month, -1):%Y-%m}"


def month_checklist(book: Book, name: str) -> list[Check]:
    """Return what to look at before a month is closed."""
    if _kind(name) != "month":
        raise NotAPeriod(name)
    _, last = parse_month(name)
    rows = trial_balance(book, last)
    left = sum((row.debit for row in rows), ZERO)
    right = sum((row.credit for row in rows), ZERO)
    held = unexplained(book, last)
    return [
        Check(
            N_("Debit and credit of the trial balance are equal"), left, left == right
        ),
        Check(N_("Suspense accounts are empty"), held, held == ZERO),
        *(check for ask in AT_MONTH_END for check in ask(book, last)),
    ]


def close(book: Book, name: str, *, today: date | None = None) -> Period:
    """Close a period: it takes no more entries, here and in the database.

    Months close in their order, a year when its months are closed.  ``today``
    refuses a month that is not over.  A month or year is not closed over suspense or a
    broken chain, which is followed from its first record: about a second for 60,000.
    Raises ``NotAPeriod``, ``AlreadyClosed``, ``EarlierMonthOpen``, ``MonthNotOver``,
    ``SuspenseLeft``, ``ChainBroken`` and what ``before_closing`` registers.
    """
    kind = _kind(name)
    if is_closed(book, name):
        raise AlreadyClosed(name)
    if kind == "month":
        earliest = next_to_close(book)
        if name > earliest:
            raise EarlierMonthOpen(earliest)
        _, last = parse_month(name)
        if today is not None and today <= last:
            raise MonthNotOver(name, months_after(last.replace(day=1), 1))
    if kind == "year" and next_to_close(book) <= f"{name}-12":
        raise EarlierMonthOpen(next_to_close(book))
    if kind != "day":
        _check_sound(book, name)
    return seal(book, name, today=today)


def _check_sound(book: Book, name: str) -> None:
    """Refuse to close a month or year over what nobody explained, or a broken chain."""
    if len(name) == 7:
        first, last = parse_month(name)
    else:
        first, last = date(int(name), 1, 1), date(int(name), 12, 31)
    if held := unexplained(book, last):
        raise SuspenseLeft(name, held)
    check_registered(book, first, last)
    if (told := unsound(book)) is not None:
        raise ChainBroken(name, Word(told))


def check_registered(book: Book, first: date, last: date) -> None:
    """Ask whoever registered with ``before_closing``, which may refuse."""
    for check in BEFORE_CLOSING:
        check(book, first, last)


def unexplained(book: Book, on: date) -> Money:
    """Return what lies in suspense at the end of a day, both sides together."""
    return sum((row.debit + row.credit for row in suspense(book, on)), ZERO)


def unsound(book: Book) -> str | None:
    """Return what the chain says of itself, nothing where it holds.

    Every record of the cooperative is read and hashed again.
    """
    book.session.flush()
    try:
        check_chain(book.session.connection(), book.cooperative_id)
    except Wrong as wrong:
        return wrong.finding.sentence % wrong.finding.facts
    return None


def seal(book: Book, name: str, *, today: date | None = None) -> Period:
    """Close a period that was judged, and do what ``when_closed`` registers."""
    row = book.get(Period, name)
    if row is None:
        row = Period(cooperative_id=book.cooperative_id, name=name, closed=True)
        book.session.add(row)
    row.closed = True
    book.session.flush()
    for then in WHEN_CLOSED:
        then(book, name, today)
    return row


def close_month(book: Book, name: str, *, today: date | None = None) -> Period:
    """Close a month; see ``close``."""
    if _kind(name) != "month":
        raise NotAPeriod(name)
    return close(book, name, today=today)


def check_reopening(book: Book, name: str) -> None:
    """Refuse to open a month or a day again that later periods or its year rest on.

    A year is never opened here.  Raises ``NotAPeriod``, ``YearNotReopenedHere``,
    ``NotClosed``, ``LaterPeriodClosed`` and what ``before_reopening`` registers.
    """
    kind = _kind(name)
    if kind == "year":
        raise YearNotReopenedHere(name)
    if not is_closed(book, name):
        raise NotClosed(name)
    for check in BEFORE_REOPENING:
        check(book, name)
    last = last_closed(book)
    if kind == "month" and last is not None and name < last:
        raise LaterPeriodClosed(last)
    if is_closed(book, name[:4]):
        raise LaterPeriodClosed(name[:4])


def reopen(book: Book, name: str) -> Period:
    """Open a month or a day again; ``people.approvals`` sees to the two people.

    Raises as ``check_reopening`` does.
    """
    check_reopening(book, name)
    row = book.get(Period, name)
    assert row is not None
    row.closed = False
    book.session.flush()
    return row
