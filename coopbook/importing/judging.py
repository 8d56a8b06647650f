"""What the rows of a sheet would do to the book as it is, before anything is posted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypedDict

from sqlalchemy import select

from coopbook.book import Book
from coopbook.dates import day_before
from coopbook.importing.answers import Answers, Question
from coopbook.importing.borrowers import Borrowers, find_borrowers
from coopbook.importing.holders import (
    Arrivals,
    Holders,
    Standing,
    arrivals_of,
    find_holders,
    people_of,
    savings_parts,
    shares_of,
    standings_of,
)
from coopbook.importing.identity import identity
from coopbook.importing.kinds.parts import SHARES, MemberRow, Pot
from coopbook.importing.rounding import whole
from coopbook.importing.rules import LeftAlready, OpeningDiffers, savings_breaks
from coopbook.importing.understood import Movement, Part, Problem, Understood, exact
from coopbook.ledger.model import DayBalance
from coopbook.ledger.queries import account_balance
from coopbook.members.rules import MemberStatus
from coopbook.members.standing import LEFT
from coopbook.money import Money
from coopbook.savings.queries import products


@dataclass(frozen=True, slots=True)
class Opening:
    """What the account of a bank or cash book is given before the first row."""

    identity: str
    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Savers:
    """Whom the rows speak of, who of them is there, and what they hold already."""

    arrivals: Arrivals
    holders: Holders
    standings: Mapping[tuple[str, str], Standing]


@dataclass(frozen=True, slots=True)
class Judged:
    """Rows as they will be posted, what stands against them, what is asked."""

    rows: tuple[Movement, ...]
    breaks: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    new_members: tuple[str, ...] = ()
    notes: tuple[Problem, ...] = ()
    opening: Opening | None = None
    borrowers: Borrowers = field(default_factory=lambda: Borrowers({}, {}, {}))
    savers: Savers | None = None
    """Whose savings the rows move, if they are of members."""


def judge_members(book: Book, rows: Sequence[MemberRow], answers: Answers) -> Judged:
    """Judge rows that move members' savings and loans."""
    first = savers_of(book, arrivals_of(rows))
    resolved = _divided(book, rows, first)
    savers = first
    if resolved is not rows:
        savers = savers_of(book, arrivals_of(resolved))
    borrowers = find_borrowers(book, resolved, savers.holders, answers)
    breaks = savings_breaks(
        list(savings_parts(resolved)),
        savers.standings,
        savers.arrivals.taken,
        **limits(book, savers),
    )
    left = gone(book, savers.arrivals, savers.holders)
    return Judged(
        rows=tuple(resolved),
        breaks=(*left, *breaks, *borrowers.breaks),
        questions=borrowers.questions,
        new_members=savers.holders.unknown,
        borrowers=borrowers,
        savers=savers,
    )


def savers_of(book: Book, arrivals: Arrivals) -> Savers:
    """Return who of a sheet's members is there, and what they hold."""
    holders = find_holders(book, arrivals.names)
    return Savers(arrivals, holders, standings_of(book, arrivals, holders))


def _divided(
    book: Book, rows: Sequence[MemberRow], savers: Savers
) -> Sequence[MemberRow]:
    """Divide shares in one column: the principal share first, the rest mandatory."""
    if not any(part.to == SHARES for row in rows for part in row.parts):
        return rows
    share_of = shares_of(book, savers.arrivals, savers.holders)
    paid = {
        member: Decimal(standing.units)
        for (member, pot), standing in savers.standings.items()
        if pot == Pot.PRINCIPAL
    }
    found = []
    for row in rows:
        parts: list[Part] = []
        for part in row.parts:
            if part.to == SHARES:
                missing = share_of(row.member).units - paid.get(row.member, Decimal(0))
                first = max(min(missing, part.amount), Decimal(0))
                two = (
                    Part(Pot.PRINCIPAL, first),
                    Part(Pot.MANDATORY, part.amount - first),
                )
                parts += [one for one in two if one.amount]
                paid[row.member] = paid.get(row.member, Decimal(0)) + first
            else:
                parts.append(part)
        found.append(replace(row, parts=tuple(parts)))
    return found


def gone(book: Book, arrivals: Arrivals, holders: Holders) -> Iterator[Problem]:
    """Return the members of a sheet who have left: nothing is put on their cards."""
    people = people_of(book, set(holders.members.values()))
    for said in {said: None for said, _pot in arrivals.pots}:
        person = people.get(holders.members.get(said, 0))
        if person and person.status in (*LEFT, MemberStatus.SETTLED):
            left = LeftAlready(arrivals.row[said], person.name)
            yield Problem(arrivals.row[said], left)


class Limits(TypedDict):
    """What the book asks of savings: the principal share, and what has to stay."""

    share: Callable[[str], Money]
    floors: Mapping[str, Money]


def limits(book: Book, savers: Savers) -> Limits:
    """Return what the book's kinds of savings ask."""
    floors = {
        kind.code: kind.minimum_balance
        for kind in products(book)
        if kind.code not in (Pot.PRINCIPAL, Pot.MANDATORY)
    }
    return Limits(share=shares_of(book, savers.arrivals, savers.holders), floors=floors)


def judge_running(
    book: Book,
    understood: Understood,
    rows: Sequence[Movement],
    number: int,
    kind: str,
    on: date | None,
    known: Mapping[str, object],
) -> Judged:
    """Judge the rows of an account whose sheet says what it begins with.

    An account that never moved is opened in full.  One that has moved should
    hold what the sheet begins with; what it lacks is a break of a rule.
    """
    if not understood.movements:
        return Judged(tuple(rows))
    first, stated = understood.movements[0], understood.opening or Decimal(0)
    earliest = min(movement.on for movement in understood.movements)
    dated = on or day_before(earliest)
    named = opening_identity(kind, first.on, stated)
    held = account_balance(book, number, as_of=day_before(earliest))
    lacking = stated - held.units
    if not lacking or named in known:
        return Judged(tuple(rows))
    opening = Opening(named, dated, lacking)
    if not _moved(book, number):
        return Judged(tuple(rows), opening=opening)
    row = (
        understood.proposal.opening.number if understood.proposal.opening else first.row
    )
    differs = Problem(row, OpeningDiffers(whole(stated), held, dated))
    return Judged(tuple(rows), breaks=(differs,), opening=opening)


def opening_identity(kind: str, first: date, stated: Decimal) -> str:
    """Return the identity of what a running sheet begins with."""
    return identity(f"{kind}.opening", [first.isoformat(), exact(stated)], 1)


def _moved(book: Book, account_number: int) -> bool:
    found = book.session.scalar(
        select(DayBalance.day)
        .where(DayBalance.cooperative_id == book.cooperative_id)
        .where(DayBalance.account_number == account_number)
        .limit(1)
    )
    return found is not None


def totals_of(rows: Iterable[Movement]) -> dict[str, list[Decimal]]:
    """Return the parts of rows by what they belong to, for rounding each by itself.

    Savings and surplus belong together, and everything of a loan; the parts of an
    account are its own.
    """
    groups: dict[str, list[Decimal]] = {}
    for row in rows:
        parts = getattr(row, "parts", None)
        if parts is None:
            groups.setdefault("rows", []).append(row.amount)
            continue
        for part in parts:
            groups.setdefault(group_of(part.to), []).append(part.amount)
    return groups


def group_of(to: str) -> str:
    """Return what the part of a row is rounded together with."""
    if to.startswith("loan."):
        return "loans"
    return to if to.startswith(("account:", "rounding")) else "savings"
