"""What was done about bad debts in a month: written off, recovered, waived, warned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import select

from coopbook import dunning, loans
from coopbook.baddebts.claiming import recoveries, waivers, write_offs
from coopbook.baddebts.queries import Assessment
from coopbook.book import Book
from coopbook.dates import months_after
from coopbook.dunning import LETTERS, DunningStep, StepKind
from coopbook.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class Flow:
    """How many, and how much, in a month and in the twelve months that end with it."""

    count: int = 0
    amount: Money = ZERO
    count_of_year: int = 0
    amount_of_year: Money = ZERO


NOTHING = Flow()


@dataclass(frozen=True, slots=True)
class Losses:
    """What was written off, what came back of it, what nobody asks for any more."""

    written_off: Flow = NOTHING
    recovered: Flow = NOTHING
    waived: Flow = NOTHING


@dataclass(frozen=True, slots=True)
class Contacts:
    """How often members were written to and visited, and what became of promises."""

    letters: int = 0
    visits: int = 0
    promises_kept: int = 0
    promises_broken: int = 0


def losses_between(book: Book, year: date, first: date, last: date) -> Losses:
    """Return what became of claims from the first day of a month to its last.

    ``year`` is the first day of the twelve months that end with it.
    """
    return Losses(
        _flow(
            (
                (row.written_off_on, row.principal)
                for row in write_offs(book, year, last)
            ),
            first,
        ),
        _flow(
            ((row.recovered_on, row.total) for row in recoveries(book, year, last)),
            first,
        ),
        _flow(((row.waived_on, row.total) for row in waivers(book, year, last)), first),
    )


def _flow(rows: Iterable[tuple[date, Money]], first: date) -> Flow:
    every = list(rows)
    month = [amount for day, amount in every if day >= first]
    return Flow(
        len(month),
        sum(month, ZERO),
        len(every),
        sum((amount for _, amount in every), ZERO),
    )


def contacts_between(book: Book, first: date, last: date) -> Contacts:
    """Return what was done about late loans on some days, and what came of promises.

    A promise counts on the day it named.
    """
    stand = _steps(book)
    here = [row for row in stand if first <= row.step_on <= last]
    named = [
        row
        for row in stand
        if row.promised_on is not None and first <= row.promised_on <= last
    ]
    kept = sum(1 for row in named if _kept(book, row))
    return Contacts(
        sum(row.kind in LETTERS for row in here),
        sum(row.kind is StepKind.VISIT for row in here),
        kept,
        len(named) - kept,
    )


def _kept(book: Book, row: DunningStep) -> bool:
    (promise,) = dunning.did([row])
    loan = loans.loan(book, row.loan_number)
    return dunning.kept(promise, dunning.paid_on(book, loan))


def _steps(book: Book) -> list[DunningStep]:
    """Return what was done about all loans, without what was struck out."""
    rows = list(
        book.session.scalars(
            select(DunningStep)
            .where(DunningStep.cooperative_id == book.cooperative_id)
            .order_by(DunningStep.step_on, DunningStep.loan_number, DunningStep.number)
        )
    )
    gone = {(row.loan_number, row.strikes) for row in rows}
    return [
        row
        for row in rows
        if row.kind is not StepKind.STRUCK and (row.loan_number, row.number) not in gone
    ]


def next_steps(book: Book, on: date) -> dict[int, str]:
    """Return what is to be done next about loans, by their numbers."""
    found: dict[int, str] = {}
    for row in _steps(book):
        if row.step_on <= on:
            if row.next_step:
                found[row.loan_number] = row.next_step
            else:
                found.pop(row.loan_number, None)
    return found


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the portfolio at risk, and the risk with all of it.

    ``restructured`` is the principal of restructured loans that run, ``written_off``
    and ``waived`` what left in the twelve months that end on the day.  ``at_risk`` is
    that of loans more than thirty days late or restructured, with what was written off;
    ``share`` its share of all principal and what was written off.
    """

    restructured: Money
    written_off: Money
    waived: Money
    at_risk: Money
    share: Fraction


def beside_risk(book: Book, now: Assessment, days: int = 30) -> Beside:
    """Return what a share at risk does not show by itself.

    Source: practice of microfinance raters; a small share at risk means little where
    bad loans were written off or written anew.
    """
    year = months_after(now.on, -12) + timedelta(days=1)
    gone = sum((row.principal for row in write_offs(book, year, now.on)), ZERO)
    given_up = sum((row.total for row in waivers(book, year, now.on)), ZERO)
    anew = [each for each in now.rows if each.loan.carried_days is not None]
    bad = [
        each
        for each in now.rows
        if each.days > days or each.loan.carried_days is not None
    ]
    whole = now.outstanding + gone
    part = sum((each.outstanding for each in bad), ZERO) + gone
    return Beside(
        sum((each.outstanding for each in anew), ZERO),
        gone,
        given_up,
        part,
        Fraction(part.units, whole.units) if whole else Fraction(0),
    )
