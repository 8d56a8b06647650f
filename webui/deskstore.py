"""What the desks keep beside the book: log-in sessions, lock-outs, parked files.

None of it is history, so it lies in a file of its own: a long import never
keeps anybody from logging in, and backups leave it out.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_engine,
    delete,
    event,
    insert,
    select,
    text,
    update,
)

metadata = MetaData()

session = Table(
    "session",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("cooperative_id", BigInteger, nullable=False),
    Column("user_name", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("idle", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Index("ix_session_user", "cooperative_id", "user_name"),
)

attempt = Table(
    "attempt",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("wrong", BigInteger, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("locks", BigInteger, nullable=False),
    Column("locked_until", BigInteger, nullable=False),
)

parked = Table(
    "parked",
    metadata,
    Column("key", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False),
)

ABSOLUTE = 8 * 3600
WINDOW = 15 * 60
FIRST_LOCK = 15 * 60
LONGEST_LOCK = 24 * 3600
PER_ACCOUNT, PER_ADDRESS = 5, 30
PARKED_FOR = 24 * 3600
TOUCH_EVERY = 20
FORGET_AFTER = 7 * 24 * 3600


def _now() -> int:
    return int(time.time())


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Sitting:
    """Somebody logged in: whose book, which person."""

    cooperative_id: int
    user_name: str


@dataclass(frozen=True, slots=True)
class Parked:
    """A file somebody chose, kept until the form it came with is posted."""

    name: str
    media_type: str
    content: bytes


class DeskStore:
    """The small database beside the book."""

    def __init__(self, url: str, now: Callable[[], int] = _now) -> None:
        self.now = now
        self.engine = _engine(url)
        metadata.create_all(self.engine)

    # -- sessions ------------------------------------------------------------

    def sit_down(self, cooperative_id: int, user_name: str, *, idle: int) -> str:
        """Open a session and return its token, which is kept only as a hash."""
        token, at = secrets.token_urlsafe(32), self.now()
        with self.engine.begin() as connection:
            connection.execute(
                delete(session).where(session.c.seen_at < at - FORGET_AFTER)
            )
            connection.execute(
                insert(session).values(
                    token_hash=_hashed(token),
                    cooperative_id=cooperative_id,
                    user_name=user_name,
                    created_at=at,
                    seen_at=at,
                    idle=idle,
                )
            )
        return token

    def sitting(self, token: str) -> Sitting | None:
        """Return who sits here, and note that they are still there."""
        at, mine = self.now(), session.c.token_hash == _hashed(token)
        with self.engine.connect() as connection:
            row = connection.execute(select(session).where(mine)).one_or_none()
        if row is None or row.ended_at is not None:
            return None
        if at - row.seen_at > row.idle or at - row.created_at > ABSOLUTE:
            self.stand_up(token)
            return None
        if at - row.seen_at > TOUCH_EVERY:
            with self.engine.begin() as connection:
                connection.execute(update(session).where(mine).values(seen_at=at))
        return Sitting(row.cooperative_id, row.user_name)

    def stand_up(self, token: str) -> None:
        """End one session."""
        self._end(session.c.token_hash == _hashed(token))

    def send_away(self, cooperative_id: int, user_name: str) -> None:
        """End every session of a person."""
        self._end(
            (session.c.cooperative_id == cooperative_id)
            & (session.c.user_name == user_name)
        )

    def _end(self, whose: object) -> None:
        with self.engine.begin() as connection:
            connection.execute(
                update(session)
                .where(whose, session.c.ended_at.is_(None))  # type: ignore[arg-type]
                .values(ended_at=self.now())
            )

    # -- lock-outs -----------------------------------------------------------

    def locked_until(self, *subjects: str) -> int:
        """Return the moment until which any of these may not try; 0 for none."""
        with self.engine.connect() as connection:
            until = connection.scalars(
                select(attempt.c.locked_until).where(attempt.c.subject.in_(subjects))
            ).all()
        latest = max(until, default=0)
        return latest if latest > self.now() else 0

    def count_wrong(self, subject: str, *, allowed: int) -> None:
        """Count a wrong try; too many in a quarter of an hour lock, ever longer."""
        at = self.now()
        with self.engine.begin() as connection:
            row = connection.execute(
                select(attempt).where(attempt.c.subject == subject)
            ).one_or_none()
            if row is None:
                first = attempt_of(subject, at)
                connection.execute(insert(attempt).values(**first))
                wrong, since, locks = 0, at, 0
            else:
                wrong, since, locks = row.wrong, row.since, row.locks
            if at - since > WINDOW:
                wrong, since = 0, at
            wrong, until = wrong + 1, 0
            if wrong >= allowed:
                until = at + min(FIRST_LOCK * 2**locks, LONGEST_LOCK)
                wrong, locks, since = 0, locks + 1, until
            connection.execute(
                update(attempt)
                .where(attempt.c.subject == subject)
                .values(wrong=wrong, since=since, locks=locks, locked_until=until)
            )

    def forgive(self, subject: str) -> None:
        """Forget the wrong tries of an account that has logged in."""
        with self.engine.begin() as connection:
            connection.execute(delete(attempt).where(attempt.c.subject == subject))

    # -- parked files --------------------------------------------------------

    def park(self, key: str, owner: str, file: Parked) -> None:
        """Keep a file until the form it belongs to is posted, at most a day."""
        at = self.now()
        with self.engine.begin() as connection:
            connection.execute(
                delete(parked).where(
                    (parked.c.key == key) | (parked.c.at < at - PARKED_FOR)
                )
            )
            connection.execute(
                insert(parked).values(
                    key=key,
                    owner=owner,
                    name=file.name,
                    media_type=file.media_type,
                    content=file.content,
                    at=at,
                )
            )

    def fetch(self, key: str, owner: str) -> Parked | None:
        """Return a parked file to the person who parked it."""
        with self.engine.connect() as connection:
            row = connection.execute(
                select(parked).where(parked.c.key == key, parked.c.owner == owner)
            ).one_or_none()
        return Parked(row.name, row.media_type, row.content) if row else None


def attempt_of(subject: str, at: int) -> dict[str, object]:
    """Return the first row of a subject that has not failed before."""
    return {"subject": subject, "wrong": 0, "since": at, "locks": 0, "locked_until": 0}


def _engine(url: str) -> Engine:
    if url.startswith("sqlite"):
        engine = create_engine(url)

        @event.listens_for(engine, "connect")
        def _settle(connection: object, record: object) -> None:
            cursor = connection.cursor()  # type: ignore[attr-defined]
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA busy_timeout=10000")
            cursor.close()

        return engine
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    with create_engine(url).begin() as connection:
        connection.execute(text("CREATE SCHEMA IF NOT EXISTS desk"))
    return create_engine(url, connect_args={"options": "-csearch_path=desk"})
