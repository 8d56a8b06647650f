"""What is at risk by what loans have in common, and in whose term they went bad."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import select

from coopbook import groups, loans, migrants
from coopbook.baddebts.queries import RAN, Assessed, Assessment
from coopbook.baddebts.tenure import Fallen, Life, Span, fallen_in, fallen_of
from coopbook.book import Book
from coopbook.cooperatives import Office, TermOfOffice, terms_of_office
from coopbook.i18n import N_
from coopbook.loans import Loan, LoanState
from coopbook.loans.arrears import standing_of
from coopbook.loans.history import Happened, begun, history, taken
from coopbook.loans.replay import Replay
from coopbook.money import ZERO, Money

RISK_DAYS = 30


class By(StrEnum):
    """What loans can have in common."""

    PRODUCT = "product"
    PURPOSE = "purpose"
    SECTOR = "sector"
    HAMLET = "hamlet"
    OFFICER = "officer"
    APPROVER = "approver"
    GROUP = "group"
    RELATED = "related"
    COUNTRY = "country"
    BOARD = "board"
    HEAD = "head"


BY_NAMES = {
    By.PRODUCT: N_("Kind of loan"),
    By.PURPOSE: N_("Purpose"),
    By.SECTOR: N_("Sector"),
    By.HAMLET: N_("Hamlet or RT"),
    By.OFFICER: N_("Officer"),
    By.APPROVER: N_("Who approved"),
    By.GROUP: N_("Group"),
    By.RELATED: N_("Related parties"),
    By.COUNTRY: N_("Country returned from"),
    By.BOARD: N_("Board that approved"),
    By.HEAD: N_("Village head when approved"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """The loans that have one thing in common, and what of them is at risk.

    ``name`` is empty where the book does not know it.
    """

    name: str
    count: int
    outstanding: Money
    late: int
    at_risk: Money

    @property
    def share(self) -> Fraction:
        """The share of their principal that is at risk."""
        whole = self.outstanding.units
        return Fraction(self.at_risk.units, whole) if whole else Fraction(0)


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term of office, twice: what it approved, and what first fell late in it.

    ``lent`` counts the loans approved in it, whatever became of them; ``approved`` are
    those of them that were ever more than thirty days late, ``fell`` the loans that
    first were in it: both at equal months on book.  ``part`` are the loans approved in
    it that run now.
    """

    term: TermOfOffice | None
    lent: int
    approved: Fallen
    part: Part
    fell: Fallen


def broken_down(
    book: Book, assessment: Assessment, by: By, days: int = RISK_DAYS
) -> list[Part]:
    """Return what is at risk by something, the largest sum at risk first.

    The parts add up to the whole.
    """
    part_of = _names(book, [each.loan for each in assessment.rows], By(by))
    found: dict[str, list[Assessed]] = {}
    for each in assessment.rows:
        found.setdefault(part_of(each.loan), []).append(each)
    parts = [_part(name, some, days) for name, some in found.items()]
    return sorted(parts, key=lambda one: (-one.at_risk.units, one.name.casefold()))


def named(
    book: Book, assessment: Assessment, by: By, name: str | None
) -> list[Assessed]:
    """Return the loans of a part, or all where none is named."""
    if name is None:
        return list(assessment.rows)
    part_of = _names(book, [each.loan for each in assessment.rows], By(by))
    return [each for each in assessment.rows if part_of(each.loan) == name]


def _part(name: str, some: Sequence[Assessed], days: int = RISK_DAYS) -> Part:
    late = [each for each in some if each.days > days]
    return Part(
        name,
        len(some),
        sum((each.outstanding for each in some), ZERO),
        len(late),
        sum((each.outstanding for each in late), ZERO),
    )


def name_of(term: TermOfOffice) -> str:
    """Return what tells a term from the same person's other: ``Darto, 2024-01-01``."""
    return f"{term.name}, {term.began_on.isoformat()}"


def _names(book: Book, some: Sequence[Loan], by: By) -> Callable[[Loan], str]:
    """Return what says the name of a loan's part, asking the book but once."""
    if by is By.OFFICER:
        officers = loans.officers_of(book, some)
        return lambda loan: officers[loan.number]
    if by is By.GROUP:
        behind = {loan.number: groups.group_behind(book, loan) for loan in some}
        return lambda loan: group.name if (group := behind[loan.number]) else ""
    if by is By.COUNTRY:
        back = migrants.returned_from(book, [loan.member_number for loan in some])
        return lambda loan: back.get(loan.member_number, "")
    if by in (By.BOARD, By.HEAD):
        terms = {term.number: name_of(term) for term in terms_of_office(book)}
        column = "board_term" if by is By.BOARD else "head_term"
        return lambda loan: terms.get(getattr(loan, column) or 0, "")
    return {
        By.PRODUCT: lambda loan: loan.product_code,
        By.PURPOSE: lambda loan: loan.purpose.strip().casefold(),
        By.SECTOR: lambda loan: loan.sector.value if loan.sector else "",
        By.HAMLET: lambda loan: loan.member.hamlet or "",
        By.APPROVER: lambda loan: loan.approved_by or "",
        By.RELATED: lambda loan: loan.related or "",
    }[by]


def by_term(book: Book, office: Office, assessment: Assessment) -> list[TermRow]:
    """Return the terms of an office with what they approved and what fell late.

    Oldest first; what no known term approved, or fell late in none, comes last.
    """
    on = assessment.on
    terms = list(reversed(terms_of_office(book, office)))
    spans = [Span(term.number, term.began_on, term.ended_on) for term in terms]
    column = "board_term" if office is Office.BOARD else "head_term"
    lent = _lent(book, on)
    term_of = {loan.number: getattr(loan, column) for loan in lent}
    count = Counter(term_of.values())
    led = [_life(book, loan, on) for loan in lent]
    fell = {row.key: row for row in fallen_in(led, spans, on)}
    approved = {row.key: row for row in fallen_of(led, term_of, spans, on)}
    running: dict[int | None, list[Assessed]] = {}
    for each in assessment.rows:
        running.setdefault(getattr(each.loan, column), []).append(each)
    known: dict[int | None, TermOfOffice] = {term.number: term for term in terms}
    keys: list[int | None] = [*known]
    if None in count or None in running or None in fell:
        keys.append(None)
    return [
        TermRow(
            known.get(key),
            count[key],
            approved.get(key) or Fallen(key, (), 0, Fraction(0)),
            _part(name_of(known[key]) if key in known else "", running.get(key, [])),
            fell.get(key) or Fallen(key, (), 0, Fraction(0)),
        )
        for key in keys
    ]


def lives(book: Book, on: date) -> list[Life]:
    """Return every loan paid out by a day: when it first fell late, when it ended.

    A restructured loan that came late is left out: the loan before it tells that.
    """
    return [_life(book, loan, on) for loan in _lent(book, on)]


def _lent(book: Book, on: date) -> list[Loan]:
    rows = (
        select(Loan)
        .where(Loan.cooperative_id == book.cooperative_id)
        .where(Loan.state.in_(RAN))
        .where(Loan.disbursed_on <= on)
        .where(Loan.carried_days.is_(None))
        .order_by(Loan.number)
    )
    return list(book.session.scalars(rows))


def _life(book: Book, loan: Loan, on: date) -> Life:
    assert loan.disbursed_on is not None
    events = history(book, loan).events()
    ended = None
    if loan.state is not LoanState.DISBURSED and events and events[-1][0] <= on:
        ended = events[-1][0]
    late = _first_late(begun(book, loan), events, on, RISK_DAYS)
    return Life(loan.number, loan.disbursed_on, late, ended)


def first_late(book: Book, loan: Loan, on: date, days: int = RISK_DAYS) -> date | None:
    """Return the first day a loan was more than so many days late, up to a day.

    That can only be so many days and one after an installment was due, so only those
    days are looked at, in one replay.
    """
    return _first_late(begun(book, loan), history(book, loan).events(), on, days)


def _first_late(
    replay: Replay, events: Sequence[Happened], on: date, days: int
) -> date | None:
    place = 0
    look = timedelta(days=days + 1)
    for row in range(len(replay.plan)):
        if row >= len(replay.plan):
            break  # it was shortened meanwhile
        then = replay.plan.due_on[row] + look
        if then > on:
            break
        rest = events[place:]
        due = [each for each in rest if each[0] <= then]
        taken(replay, due)
        place += len(due)
        if standing_of(replay, then).days_past_due > days:
            return then
    return None
