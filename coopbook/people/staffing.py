"""What a manager does about people; an office in the cooperative takes two persons.

As long as nobody else ever could decide, the first manager enters people alone:
a cooperative has to begin somewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from coopbook.book import Book
from coopbook.errors import Refused
from coopbook.i18n import N_
from coopbook.people import approvals, service
from coopbook.people.model import Approval, Holding, User
from coopbook.people.rules import ApprovalState, Role, check_password
from coopbook.people.service import roles_of, user

CHANGE = "people.roles"
NEW_LOG_IN = "people.password"


@dataclass(eq=False)
class NotAManager(Refused):
    """Only a manager decides who works with the book."""

    sentence = N_("Only a manager enters people and changes what they may do.")


@dataclass(eq=False)
class WhoseCards(Refused):
    """A member's own log-in belongs to a member."""

    sentence = N_("A member's log-in needs the number of the member whose cards it is.")


@dataclass(eq=False)
class RolesUnchanged(Refused):
    """The roles asked for are the roles held."""

    sentence = N_("%(name)s holds exactly these roles already.")

    name: str


@dataclass(eq=False)
class AskedAlready(Refused):
    """One request about a person waits at a time."""

    sentence = N_(
        "Request %(number)s about the roles of %(name)s"
        " still waits for a second person."
    )

    number: int
    name: str


def alone(book: Book) -> bool:
    """Say whether nobody but the actor ever held an office that decides."""
    others = (
        select(Holding.user_name)
        .where(Holding.cooperative_id == book.cooperative_id)
        .where(Holding.role.in_([Role.MANAGER, Role.SUPERVISOR]))
        .where(Holding.user_name != book.actor)
    )
    return book.session.scalars(others.limit(1)).first() is None


def _check_manager(book: Book) -> None:
    if Role.MANAGER not in roles_of(book, book.actor):
        raise NotAManager


def waiting_change(book: Book, name: str) -> Approval | None:
    """Return the request about a person's roles that waits, if one does."""
    rows = (
        select(Approval)
        .where(Approval.cooperative_id == book.cooperative_id)
        .where(Approval.kind == CHANGE)
        .where(Approval.subject == f"person:{name}")
        .where(Approval.state == ApprovalState.PENDING)
        .order_by(Approval.number.desc())
    )
    found = book.session.scalars(rows.limit(1)).first()
    return None if found is None or approvals.expired(book, found) else found


def enter(
    book: Book,
    name: str,
    full_name: str,
    password: str,
    roles: Iterable[Role],
    *,
    on: date,
    days: int,
    member_number: int | None = None,
    language: str = "id",
) -> User:
    """Enter a person; every office but a member's own is asked of a second person.

    ``days`` is how long that request waits.  Raises what ``add_user`` raises, and
    ``NotAManager`` and ``WhoseCards``.
    """
    _check_manager(book)
    wanted = {Role(role) for role in roles}
    if Role.MEMBER in wanted and member_number is None:
        raise WhoseCards
    at_once = wanted if alone(book) else wanted & {Role.MEMBER}
    person = service.add_user(
        *(book, name, full_name, password, at_once),
        on=on,
        member_number=member_number,
        language=language,
    )
    if wanted - at_once:
        ask_roles(book, person.name, wanted, on=on, days=days)
    return person


def ask_roles(
    book: Book, name: str, roles: Iterable[Role], *, on: date, days: int
) -> Approval:
    """Ask a second person to give and end roles of a person, from a day.

    Raises ``NotAManager``, ``WhoseCards``, ``RolesUnchanged`` and ``AskedAlready``.
    """
    _check_manager(book)
    person, wanted = user(book, name), {Role(role) for role in roles}
    if Role.MEMBER in wanted and person.member_number is None:
        raise WhoseCards
    if wanted == roles_of(book, person.name):
        raise RolesUnchanged(person.name)
    waits = waiting_change(book, person.name)
    if waits is not None:
        raise AskedAlready(waits.number, person.name)
    request = {
        "name": person.name,
        "roles": sorted(role.value for role in wanted),
        "on": on.isoformat(),
    }
    return approvals.ask(book, CHANGE, f"person:{person.name}", request, days=days)


def shut_out(book: Book, name: str) -> User:
    """Let a person log in no more; raises ``NotAManager`` and ``LastManager``."""
    _check_manager(book)
    return service.disable(book, name)


def give_password(
    book: Book, name: str, password: str, *, days: int
) -> User | Approval:
    """Give a person another password; that of an office takes a second person.

    Whoever could read another's password could sign as that person.  Raises
    ``NotAManager``.
    """
    _check_manager(book)
    person = user(book, name)
    if alone(book) or roles_of(book, person.name) <= {Role.MEMBER}:
        service.set_password(book, person, password)
        return person
    check_password(password, person.name)
    request = {"name": person.name, "hash": service.HASHER.hash(password)}
    return approvals.ask(book, NEW_LOG_IN, f"person:{person.name}", request, days=days)


@approvals.approvable(
    NEW_LOG_IN, N_("Give a new password"), frozenset({Role.MANAGER, Role.SUPERVISOR})
)
def _give(
    book: Book,
    approval: Approval,
    *,
    name: str,
    hash: str,  # noqa: A002 - the word in the approval
) -> User:
    person = user(book, name)
    person.password_hash = hash
    book.session.flush()
    return person
