"""One inbox for what needs two people: made by one, decided by another.

The checker sees and decides on exactly what will be done: the request is kept
as canonical JSON and its digest is compared before anything happens.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from coopbook.book import Book
from coopbook.book.canon import canonical, digest
from coopbook.i18n import N_, Word
from coopbook.people.model import Approval
from coopbook.people.rules import (
    ROLE_NAMES,
    AboutYourself,
    AlreadyDecided,
    ApprovalState,
    NoSuchApproval,
    NotYourDecision,
    OwnRequest,
    RequestChanged,
    RequestExpired,
    Role,
)
from coopbook.people.service import roles_of, set_roles

Action = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request: its title, who decides, what is done, or undone."""

    name: str
    title: str
    deciders: frozenset[Role]
    action: Action
    refusal: Action | None


KINDS: dict[str, Kind] = {}


def approvable(
    name: str,
    title: str,
    deciders: frozenset[Role],
    *,
    refusal: Action | None = None,
) -> Callable[[Action], Action]:
    """Register what is done when a kind of request is approved.

    The function gets the book, the approval, and the request's fields by name;
    ``refusal`` the same when the request is refused.
    """

    def register(action: Action) -> Action:
        KINDS[name] = Kind(name, title, deciders, action, refusal)
        return action

    return register


def ask(
    book: Book, kind: str, subject: str, request: dict[str, Any], *, days: int
) -> Approval:
    """Ask for a second person; ``request`` holds the action's fields by name."""
    last = book.session.scalar(
        select(func.max(Approval.number)).where(
            Approval.cooperative_id == book.cooperative_id
        )
    )
    made_at = book.moment()
    ends = datetime.fromisoformat(made_at) + timedelta(days=days)
    text = canonical(request)
    row = Approval(
        cooperative_id=book.cooperative_id,
        number=(last or 0) + 1,
        kind=KINDS[kind].name,
        subject=subject,
        request=text,
        digest=digest([kind, subject, text]),
        made_by=book.actor,
        made_at=made_at,
        expires_at=ends.astimezone(UTC).isoformat(timespec="microseconds"),
        state=ApprovalState.PENDING,
        decided_by=None,
        decided_at=None,
        reason=None,
    )
    book.session.add(row)
    book.session.flush()
    return row


def approval(book: Book, number: int) -> Approval:
    """Return a request; raise ``NoSuchApproval``."""
    row = book.get(Approval, number)
    if row is None:
        raise NoSuchApproval(number)
    return row


def inbox(
    book: Book,
    state: ApprovalState | str = ApprovalState.PENDING,
    *,
    before: int | None = None,
    limit: int = 25,
) -> list[Approval]:
    """Return the requests in a state, newest first."""
    rows = (
        select(Approval)
        .where(Approval.cooperative_id == book.cooperative_id)
        .where(Approval.state == ApprovalState(state))
        .order_by(Approval.number.desc())
        .limit(limit)
    )
    if before is not None:
        rows = rows.where(Approval.number < before)
    return list(book.session.scalars(rows))


def pending_for(book: Book, subject: str, kind: str) -> Approval | None:
    """Return the request that waits about a subject, if one does."""
    return book.session.scalar(
        select(Approval)
        .where(Approval.cooperative_id == book.cooperative_id)
        .where(Approval.state == ApprovalState.PENDING)
        .where(Approval.kind == kind)
        .where(Approval.subject == subject)
        .order_by(Approval.number.desc())
        .limit(1)
    )


def expired(book: Book, row: Approval) -> bool:
    """Say whether a pending request has waited too long."""
    now = book.clock().astimezone(UTC).isoformat(timespec="microseconds")
    return row.state is ApprovalState.PENDING and now > row.expires_at


def request_of(row: Approval) -> dict[str, Any]:
    """Return the fields of a request by name."""
    fields: dict[str, Any] = json.loads(row.request)
    return fields


def may_decide(book: Book, row: Approval) -> bool:
    """Say whether the book's actor may decide: another person, in the office."""
    return (
        row.made_by != book.actor
        and row.subject != f"person:{book.actor}"
        and row.state is ApprovalState.PENDING
        and not expired(book, row)
        and bool(KINDS[row.kind].deciders & roles_of(book, book.actor))
    )


def _deciding(book: Book, number: int) -> tuple[Approval, Kind]:
    row = approval(book, number)
    kind = KINDS[row.kind]
    if row.state is not ApprovalState.PENDING:
        raise AlreadyDecided(row.decided_by or "")
    if row.made_by == book.actor:
        raise OwnRequest
    if row.subject == f"person:{book.actor}":
        raise AboutYourself
    if not kind.deciders & roles_of(book, book.actor):
        raise NotYourDecision(
            tuple(Word(ROLE_NAMES[role]) for role in sorted(kind.deciders))
        )
    return row, kind


def approve(book: Book, number: int, *, digest: str) -> Any:
    """Decide for a request and do it; return what its action returns.

    ``digest`` is that of the request the checker was shown.  Raises
    ``AlreadyDecided``, ``OwnRequest``, ``NotYourDecision``, ``RequestExpired``,
    ``RequestChanged``, and whatever the action refuses.
    """
    row, kind = _deciding(book, number)
    if expired(book, row):
        raise RequestExpired
    if digest != row.digest or digest != _digest_of(row):
        raise RequestChanged
    result = kind.action(book, row, **request_of(row))
    row.state = ApprovalState.APPROVED
    row.decided_by, row.decided_at = book.actor, book.moment()
    book.session.flush()
    return result


def refuse(book: Book, number: int, *, reason: str) -> Approval:
    """Decide against a request, with a reason its maker can read."""
    row, kind = _deciding(book, number)
    row.state, row.reason = ApprovalState.REFUSED, reason.strip()
    row.decided_by, row.decided_at = book.actor, book.moment()
    if kind.refusal is not None:
        kind.refusal(book, row, **request_of(row))
    book.session.flush()
    return row


def _digest_of(row: Approval) -> str:
    return digest([row.kind, row.subject, row.request])


@approvable(
    "people.roles",
    N_("Change of roles"),
    frozenset({Role.MANAGER, Role.SUPERVISOR}),
)
def _change_roles(
    book: Book, row: Approval, *, name: str, roles: list[str], on: str
) -> Any:
    return set_roles(
        book, name, [Role(role) for role in roles], on=date.fromisoformat(on)
    )
