"""Enter people, give and end roles, keep passwords."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import or_, select

from coopbook.book import Book
from coopbook.people import rules
from coopbook.people.model import Holding, User
from coopbook.people.rules import LastManager, NameTaken, NoSuchUser, Role

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""argon2id at OWASP's minimum, which an old laptop does in a tenth of a second."""


@cache
def _dummy() -> str:
    return HASHER.hash("nobody logs in with this")


def user(book: Book, name: str) -> User:
    """Return a person by log-in name; raise ``NoSuchUser``."""
    row = book.get(User, name.strip().lower())
    if row is None:
        raise NoSuchUser(name)
    return row


def users(book: Book) -> list[User]:
    """Return everybody who logs in, by name."""
    rows = (
        select(User)
        .where(User.cooperative_id == book.cooperative_id)
        .order_by(User.name)
    )
    return list(book.session.scalars(rows))


def roles_of(book: Book, name: str, on: date | None = None) -> frozenset[Role]:
    """Return the roles a person holds, today or on a day."""
    rows = (
        select(Holding)
        .where(Holding.cooperative_id == book.cooperative_id)
        .where(Holding.user_name == name)
    )
    if on is None:
        rows = rows.where(Holding.ended_on.is_(None))
    else:
        rows = rows.where(Holding.granted_on <= on).where(
            or_(Holding.ended_on.is_(None), Holding.ended_on > on)
        )
    return frozenset(row.role for row in book.session.scalars(rows))


def check_password(person: User | None, password: str) -> bool:
    """Say whether a password is right; nobody's takes as long as somebody's."""
    kept = person.password_hash if person is not None else _dummy()
    try:
        right = HASHER.verify(kept, password[:256])
    except (VerificationError, InvalidHashError):
        return False
    return right and person is not None and person.active


def add_user(
    book: Book,
    name: str,
    full_name: str,
    password: str,
    roles: Iterable[Role],
    *,
    on: date,
    member_number: int | None = None,
    language: str = "id",
    hashed: bool = False,
) -> User:
    """Enter a person who logs in, with the roles they hold from a day.

    ``hashed`` says that ``password`` is an argon2 hash already.  Raises
    ``NotAName``, ``NameTaken``, ``PasswordTooShort`` and ``PasswordTooCommon``.
    """
    tidy = rules.check_name(name)
    if book.get(User, tidy) is not None:
        raise NameTaken(tidy)
    if not hashed:
        rules.check_password(password, tidy)
    person = User(
        cooperative_id=book.cooperative_id,
        name=tidy,
        full_name=full_name.strip() or tidy,
        password_hash=password if hashed else HASHER.hash(password),
        member_number=member_number,
        language=language,
        active=True,
    )
    book.session.add(person)
    book.session.flush()  # before what refers to it
    for role in sorted(set(roles)):
        book.session.add(
            Holding(
                cooperative_id=book.cooperative_id,
                user_name=tidy,
                role=Role(role),
                granted_on=on,
                ended_on=None,
            )
        )
    book.session.flush()
    return person


def set_password(book: Book, person: User, password: str) -> None:
    """Change a password; raise when it is short or easy to guess."""
    rules.check_password(password, person.name)
    person.password_hash = HASHER.hash(password)
    book.session.flush()


def _other_managers(book: Book, but: str) -> bool:
    rows = (
        select(Holding.user_name)
        .join(
            User,
            (User.cooperative_id == Holding.cooperative_id)
            & (User.name == Holding.user_name),
        )
        .where(Holding.cooperative_id == book.cooperative_id)
        .where(Holding.role == Role.MANAGER)
        .where(Holding.ended_on.is_(None))
        .where(User.active)
        .where(User.name != but)
    )
    return book.session.scalar(rows.limit(1)) is not None


def set_roles(book: Book, name: str, roles: Iterable[Role], *, on: date) -> User:
    """Give and end roles from a day; the last manager keeps the office.

    Two people decide on this through ``approvals``.
    """
    person, wanted = user(book, name), {Role(role) for role in roles}
    held = roles_of(book, name)
    if Role.MANAGER in held - wanted and not _other_managers(book, name):
        raise LastManager(name)
    rows = select(Holding).where(
        Holding.cooperative_id == book.cooperative_id,
        Holding.user_name == name,
        Holding.ended_on.is_(None),
    )
    for row in book.session.scalars(rows):
        if row.role not in wanted:
            row.ended_on = on
    for role in sorted(wanted - held):
        again = book.get(Holding, name, role, on)
        if again is not None:
            again.ended_on = None
            continue
        book.session.add(
            Holding(
                cooperative_id=book.cooperative_id,
                user_name=name,
                role=role,
                granted_on=on,
                ended_on=None,
            )
        )
    book.session.flush()
    return person


def disable(book: Book, name: str) -> User:
    """Let a person log in no more; the last manager stays."""
    person = user(book, name)
    if Role.MANAGER in roles_of(book, name) and not _other_managers(book, name):
        raise LastManager(name)
    person.active = False
    book.session.flush()
    return person
