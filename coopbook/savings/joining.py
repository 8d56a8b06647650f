"""How a candidate becomes a member: the principal share, and where asked, a decision.

Source: domain guide 2.2, the principal share and a decision of the board; UU 25/1992
article 17 leaves the conditions to the by-laws, so the setting ``admission_decided``
says whether the share alone is enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.cooperatives import setting
from coopbook.decisions.model import Decision
from coopbook.errors import Refused
from coopbook.i18n import N_, Word
from coopbook.ledger import chart
from coopbook.ledger.model import Line
from coopbook.ledger.queries import card_balance, not_reversed
from coopbook.members import standing
from coopbook.members.changing import change_standing, is_accepted, note_change
from coopbook.members.model import Member
from coopbook.members.rules import STATUS_NAMES, MemberStatus
from coopbook.members.service import activate
from coopbook.money import ZERO, Money
from coopbook.savings.model import SavingsAccount
from coopbook.savings.queries import share_of

SETTING = "admission_decided"
TAKEN_IN = (MemberStatus.PROSPECTIVE, MemberStatus.ASSOCIATE)
"""Who becomes a full member by ``accept``."""


@dataclass(eq=False)
class AcceptedAlready(Refused):
    """Somebody is taken in once."""

    sentence = N_(
        "%(name)s is accepted already and becomes a member by paying the principal "
        "share, %(share)s."
    )

    name: str
    share: Money


@dataclass(eq=False)
class NoCandidate(Refused):
    """Only a candidate is accepted."""

    sentence = N_("%(name)s is no candidate but: %(standing)s.")

    name: str
    standing: Word


def share_complete(book: Book, member: Member) -> date | None:
    """Return since when a member has paid the principal share in full, if they have.

    What is asked for is the share of the day they entered (``share_of``).
    """
    number = book.session.scalar(
        select(SavingsAccount.number)
        .where(SavingsAccount.cooperative_id == book.cooperative_id)
        .where(SavingsAccount.member_number == member.number)
        .where(SavingsAccount.account_number == chart.PRINCIPAL_SHARE)
        .where(SavingsAccount.closed_on.is_(None))
        .limit(1)
    )
    if number is None:
        return None
    if card_balance(book, chart.PRINCIPAL_SHARE, number) < share_of(book, member):
        return None
    return book.session.scalar(
        select(func.max(Line.booked_on))
        .where(Line.cooperative_id == book.cooperative_id)
        .where(Line.account_number == chart.PRINCIPAL_SHARE)
        .where(Line.card_number == number)
        .where(Line.credit > ZERO)
        .where(not_reversed(Line))
    )


def join(book: Book, member: Member, *, on: date) -> bool:
    """Make a member of who has just paid the share, where nothing else is missing.

    Returns whether the membership began; else the candidate waits for a decision.
    """
    if setting(book, SETTING, on) and not is_accepted(book, member):
        return False
    activate(book, member, on=on)
    return True


def waits(book: Book, member: Member, on: date) -> bool:
    """Say whether a candidate has paid the share and waits for a decision alone."""
    return (
        member.status is MemberStatus.PROSPECTIVE
        and bool(setting(book, SETTING, on))
        and not is_accepted(book, member)
        and share_complete(book, member) is not None
    )


def accept(
    book: Book,
    member: Member,
    *,
    on: date,
    reason: str,
    decision: Decision | None,
) -> MemberStatus:
    """Write down that a candidate is taken in; with the share paid, a member.

    Without the share the candidate stays one, and becomes a member by paying it; an
    associate pays first.  Returns where the member stands now.  Raises
    ``NoCandidate``, ``DecisionNeeded``, ``WhyNeeded``, ``AcceptedAlready``,
    ``ShareFirst`` and ``ChangedBefore``.
    """
    if member.status is MemberStatus.ASSOCIATE:
        paid_on = share_complete(book, member)
        if member.active_on is None and paid_on is not None:
            member.active_on = on = max(on, paid_on)
        change_standing(
            *(book, member, MemberStatus.ACTIVE),
            on=on,
            reason=reason,
            decision=decision,
        )
        return member.status
    if member.status is not MemberStatus.PROSPECTIVE:
        raise NoCandidate(member.name, Word(STATUS_NAMES[member.status]))
    if decision is None:
        raise standing.DecisionNeeded(Word(STATUS_NAMES[MemberStatus.ACTIVE]))
    if not reason.strip():
        raise standing.WhyNeeded
    paid_on = share_complete(book, member)
    if paid_on is not None:
        member.active_on = on = max(on, paid_on)
        note_change(
            *(book, member, MemberStatus.ACTIVE),
            on=on,
            reason=reason.strip(),
            decision=decision,
        )
        return member.status
    if is_accepted(book, member):
        raise AcceptedAlready(member.name, share_of(book, member))
    note_change(
        *(book, member, MemberStatus.PROSPECTIVE),
        on=on,
        reason=reason.strip(),
        decision=decision,
    )
    return member.status


def awaiting_decision(book: Book, on: date) -> list[Member]:
    """Return the candidates who have paid their share and wait for a decision."""
    if not setting(book, SETTING, on):
        return []
    rows = (
        select(Member)
        .where(Member.cooperative_id == book.cooperative_id)
        .where(Member.status == MemberStatus.PROSPECTIVE)
        .order_by(Member.number)
    )
    return [one for one in book.session.scalars(rows) if waits(book, one, on)]
