"""Questions about installments that somebody who works here seems to pay.

What the book knows: the name of a payer where the counter wrote one beside an entry,
whose savings an entry took money from, and whose savings a standing order names.

What it cannot see: cash laid on the counter in the member's own name, a payer nobody
wrote down, a name written otherwise than the person's, money passed on through kin or
a neighbour, and a namesake who has nothing to do with the person.  An empty list
therefore proves nothing, and a full one is a reason to ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from coopbook.book import Book
from coopbook.earlywarning.findings import Finding, Kind
from coopbook.earlywarning.running import Running
from coopbook.i18n import N_, Word
from coopbook.ledger.model import Entry, Line, MoneyOrigin
from coopbook.ledger.queries import not_reversed
from coopbook.loans.history import TAKEN
from coopbook.loans.model import LoanOfficer
from coopbook.members.doubles import plain_name
from coopbook.members.model import Member
from coopbook.money import ZERO, Money
from coopbook.orders import StandingOrder
from coopbook.people.model import Holding, User
from coopbook.people.rules import Role
from coopbook.savings import SavingsAccount

LOOKS_AFTER = N_("who looked after it")
WORKS_HERE = N_("who works here and is a member")

CALLED = frozenset({"bu", "pak", "mbak", "mas"})
"""What people are called before their name at the counter, beside a title."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who holds or held an office or a desk, by the names they go by."""

    login: str
    member: int | None
    names: frozenset[str]


@dataclass(slots=True)
class Paid:
    """What was paid on a loan in somebody's name or out of their savings."""

    named: Money = ZERO
    saved: Money = ZERO
    recorded_by: set[str] = field(default_factory=set)
    ordered: bool = False


def officers_pay(book: Book, on: date, now: Mapping[int, Running]) -> Iterator[Finding]:
    """Ask about running loans that somebody who works here seems to pay.

    Who looked after the loan at any time, and whoever works here and is a member; never
    for their own loan.  Members who only look at their own cards do not work here.
    """
    workers, tended = _workers(book), _tended(book, now)
    found: dict[tuple[int, str], Paid] = {}
    _named(book, on, now, workers, tended, found)
    _saved(book, on, now, workers, found)
    _ordered(book, on, now, workers, found)
    for (number, login), paid in sorted(found.items()):
        loan = now[number].loan
        looked = login in tended[number]
        facts = {
            "loan": number,
            "member": loan.member_number,
            "name": login,
            "tie": Word(LOOKS_AFTER if looked else WORKS_HERE),
            "named": paid.named,
            "saved": paid.saved,
            "by": tuple(sorted(paid.recorded_by)),
        }
        yield Finding(
            Kind.OFFICER_PAYS,
            (number,),
            (loan.member_number,),
            now[number].outstanding,
            _sentence(paid),
            facts,
        )


def called(name: str) -> str:
    """Return a name as it compares, without what one is called before it.

    >>> called("Bu Hj. Endang  Rahayu")
    'endang rahayu'
    """
    return " ".join(word for word in plain_name(name).split() if word not in CALLED)


def _sentence(paid: Paid) -> str:
    if paid.named:
        return N_(
            "%(named)s on loan %(loan)s of member %(member)s was paid in a name like"
            " that of %(name)s, %(tie)s; recorded by %(by)s."
        )
    if paid.saved:
        return N_(
            "%(saved)s on loan %(loan)s of member %(member)s was paid out of savings of"
            " %(name)s, %(tie)s; recorded by %(by)s."
        )
    return N_(
        "A standing order pays loan %(loan)s of member %(member)s out of savings of"
        " %(name)s, %(tie)s."
    )


def _workers(book: Book) -> list[Worker]:
    """Return who holds or held a role beside that of a member."""
    rows = book.session.execute(
        select(User.name, User.full_name, User.member_number, Member.name)
        .outerjoin(
            Member,
            (Member.cooperative_id == User.cooperative_id)
            & (Member.number == User.member_number),
        )
        .where(User.cooperative_id == book.cooperative_id)
        .where(
            User.name.in_(
                select(Holding.user_name)
                .where(Holding.cooperative_id == book.cooperative_id)
                .where(Holding.role != Role.MEMBER)
            )
        )
        .order_by(User.name)
    )
    return [
        Worker(
            *(login, number),
            frozenset(called(name) for name in (full, named) if name),
        )
        for login, full, number, named in rows
    ]


def _tended(book: Book, now: Mapping[int, Running]) -> dict[int, set[str]]:
    """Return everybody who ever looked after each loan."""
    found = {number: {one.loan.applied_by} for number, one in now.items()}
    rows = select(LoanOfficer.loan_number, LoanOfficer.officer).where(
        LoanOfficer.cooperative_id == book.cooperative_id
    )
    for number, officer in book.session.execute(rows):
        if number in found:
            found[number].add(officer)
    return found


def _named(
    book: Book,
    on: date,
    now: Mapping[int, Running],
    workers: list[Worker],
    tended: Mapping[int, set[str]],
    found: dict[tuple[int, str], Paid],
) -> None:
    """Add what was paid in a name like that of somebody who works here."""
    rows = book.session.execute(
        select(MoneyOrigin.payer, Entry.actor, Line.loan_number, Line.credit)
        .join(
            Entry,
            (Entry.cooperative_id == MoneyOrigin.cooperative_id)
            & (Entry.number == MoneyOrigin.entry_number),
        )
        .join(
            Line,
            (Line.cooperative_id == MoneyOrigin.cooperative_id)
            & (Line.entry_number == MoneyOrigin.entry_number),
        )
        .where(MoneyOrigin.cooperative_id == book.cooperative_id)
        .where(MoneyOrigin.payer != "")
        .where(Line.loan_number.is_not(None))
        .where(Entry.source.in_(TAKEN))
        .where(Entry.booked_on <= on)
        .where(not_reversed(Entry, "number"))
    )
    for payer, actor, number, much in rows:
        if number is None or number not in now:
            continue
        name, loan = called(payer), now[number].loan
        if not name or name == called(loan.member.name):
            continue
        for one in workers:
            concerned = one.login in tended[number] or one.member is not None
            if name in one.names and concerned and one.member != loan.member_number:
                paid = found.setdefault((number, one.login), Paid())
                paid.named += much
                paid.recorded_by.add(actor)


def _saved(
    book: Book,
    on: date,
    now: Mapping[int, Running],
    workers: list[Worker],
    found: dict[tuple[int, str], Paid],
) -> None:
    """Add what was paid out of the savings of somebody who works here."""
    login_of = {one.member: one.login for one in workers if one.member is not None}
    lent = aliased(Line)
    rows = book.session.execute(
        select(SavingsAccount.member_number, Entry.actor, lent.loan_number, lent.credit)
        .join(
            Line,
            (Line.cooperative_id == SavingsAccount.cooperative_id)
            & (Line.account_number == SavingsAccount.account_number)
            & (Line.card_number == SavingsAccount.number),
        )
        .join(
            lent,
            (lent.cooperative_id == Line.cooperative_id)
            & (lent.entry_number == Line.entry_number),
        )
        .join(
            Entry,
            (Entry.cooperative_id == Line.cooperative_id)
            & (Entry.number == Line.entry_number),
        )
        .where(SavingsAccount.cooperative_id == book.cooperative_id)
        .where(SavingsAccount.member_number.in_(list(login_of)))
        .where(Line.debit > ZERO)
        .where(lent.loan_number.is_not(None))
        .where(Entry.source.in_(TAKEN))
        .where(Entry.booked_on <= on)
        .where(not_reversed(Entry, "number"))
    )
    for member, actor, number, much in rows:
        if number is None or number not in now:
            continue
        if member == now[number].loan.member_number:
            continue
        paid = found.setdefault((number, login_of[member]), Paid())
        paid.saved += much
        paid.recorded_by.add(actor)


def _ordered(
    book: Book,
    on: date,
    now: Mapping[int, Running],
    workers: list[Worker],
    found: dict[tuple[int, str], Paid],
) -> None:
    """Add the standing orders on the savings of somebody who works here."""
    login_of = {one.member: one.login for one in workers if one.member is not None}
    rows = book.session.execute(
        select(StandingOrder.loan_number, SavingsAccount.member_number)
        .join(
            SavingsAccount,
            (SavingsAccount.cooperative_id == StandingOrder.cooperative_id)
            & (SavingsAccount.number == StandingOrder.savings_number),
        )
        .where(StandingOrder.cooperative_id == book.cooperative_id)
        .where(StandingOrder.valid_from <= on)
        .where(StandingOrder.ended_on.is_(None) | (StandingOrder.ended_on > on))
        .where(SavingsAccount.member_number.in_(list(login_of)))
    )
    for number, member in rows:
        if number in now and member != now[number].loan.member_number:
            found.setdefault((number, login_of[member]), Paid()).ordered = True
