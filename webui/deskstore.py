"""What the desks keep beside the book: sessions, lock-outs, parked files, prints.

None of it is history, so it lies in a file of its own: a long import never
keeps anybody from logging in, and backups leave it out.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Table,
    TextClause,
    delete,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError

from webui.desktables import (
    attempt,
    metadata,
    open_desk,
    parked,
    printing,
    session,
    visit,
)

ABSOLUTE = 8 * 3600
WINDOW = 15 * 60
FIRST_LOCK = 15 * 60
LONGEST_LOCK = 24 * 3600
PER_ACCOUNT, PER_ADDRESS = 5, 30
DAY = 24 * 3600
PARKED_FOR = DAY
TOUCH_EVERY = 20
FORGET_AFTER = 7 * 24 * 3600
TURNS = 20
"""How often a number is asked for that others took at the same moment."""
VISITS_FOR = 3 * 365 * 24 * 3600
"""How long it is remembered what an auditor opened: past the next audit."""


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
        self.engine = open_desk(url)
        metadata.create_all(self.engine)
        self.tidy()

    def tidy(self) -> None:
        """Forget what is over: old sessions, old tries, files nobody posted."""
        at = self.now()
        with self.engine.begin() as connection:
            self._tidy(connection, at)

    @staticmethod
    def _tidy(connection: Connection, at: int) -> None:
        over = or_(
            session.c.ended_at < at - DAY,
            session.c.created_at < at - ABSOLUTE - DAY,
        )
        connection.execute(delete(session).where(over))
        forgotten = attempt.c.since < at - FORGET_AFTER
        connection.execute(
            delete(attempt).where(forgotten, attempt.c.locked_until < at)
        )
        connection.execute(delete(parked).where(parked.c.at < at - PARKED_FOR))
        connection.execute(delete(visit).where(visit.c.at < at - VISITS_FOR))

    # -- sessions ------------------------------------------------------------

    def sit_down(self, cooperative_id: int, user_name: str, *, idle: int) -> str:
        """Open a session and return its token, which is kept only as a hash."""
        token, at = secrets.token_urlsafe(32), self.now()
        with self.engine.begin() as connection:
            self._tidy(connection, at)
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
                .where(whose, session.c.ended_at.is_(None))
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
            row = held_attempt(connection, subject, at)
            wrong, since, locks = row.wrong, row.since, row.locks
            if row.locked_until > at:
                return  # locked already; a burst of tries does not open it
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
        row = {
            "key": key,
            "owner": owner,
            "name": file.name,
            "media_type": file.media_type,
            "content": file.content,
            "at": self.now(),
        }
        with self.engine.begin() as connection:
            connection.execute(upsert(parked, tuple(row)[1:]), row)

    def fetch(self, key: str, owner: str) -> Parked | None:
        """Return a parked file to the person who parked it."""
        with self.engine.connect() as connection:
            row = connection.execute(
                select(parked).where(parked.c.key == key, parked.c.owner == owner)
            ).one_or_none()
        return Parked(row.name, row.media_type, row.content) if row else None

    # -- prints --------------------------------------------------------------

    def prints(self, cooperative_id: int, entry_number: int) -> int:
        """Return how often a receipt has been printed."""
        with self.engine.connect() as connection:
            found = connection.scalar(
                select(printing.c.prints)
                .where(printing.c.cooperative_id == cooperative_id)
                .where(printing.c.entry_number == entry_number)
            )
        return int(found or 0)

    def count_print(self, cooperative_id: int, entry_number: int) -> int:
        """Count a print of a receipt and return the how many-th it is."""
        counted = text(
            "INSERT INTO printing (cooperative_id, entry_number, prints)"
            " VALUES (:cooperative, :entry, 1)"
            " ON CONFLICT (cooperative_id, entry_number)"
            " DO UPDATE SET prints = printing.prints + 1 RETURNING prints"
        )
        asked = {"cooperative": cooperative_id, "entry": entry_number}
        with self.engine.begin() as connection:
            return int(connection.execute(counted, asked).scalar_one())

    # -- what auditors opened ------------------------------------------------

    def note_visit(self, who: Sitting, path: str) -> None:
        """Note that somebody opened a page."""
        noted = text(
            "INSERT INTO visit (cooperative_id, number, user_name, at, path)"
            " SELECT :coop, coalesce(max(number), 0) + 1, :name, :at, :path"
            " FROM visit WHERE cooperative_id = :coop"
        )
        asked = {
            "coop": who.cooperative_id,
            "name": who.user_name,
            "at": self.now(),
            "path": path,
        }
        for turn in range(TURNS):
            try:
                with self.engine.begin() as connection:
                    connection.execute(noted, asked)
            except IntegrityError:
                if turn == TURNS - 1:
                    raise
            else:
                return

    def opened(
        self, cooperative_id: int, *, before: int | None = None, limit: int = 50
    ) -> list[Row[Any]]:
        """Return what was opened, the last first, from before a number on."""
        rows = (
            select(visit)
            .where(visit.c.cooperative_id == cooperative_id)
            .order_by(visit.c.number.desc())
            .limit(limit)
        )
        if before is not None:
            rows = rows.where(visit.c.number < before)
        with self.engine.connect() as connection:
            return list(connection.execute(rows))


def upsert(table: Table, renewed: tuple[str, ...]) -> TextClause:
    """Return the statement that enters a row, or renews these columns of it.

    Two requests at the same moment both come through, on either engine.
    """
    names = [column.key for column in table.columns]
    key = ", ".join(column.key for column in table.primary_key)
    changes = ", ".join(f"{name} = excluded.{name}" for name in renewed)
    return text(
        f"INSERT INTO {table.name} ({', '.join(names)})"
        f" VALUES ({', '.join(f':{name}' for name in names)})"
        f" ON CONFLICT ({key}) DO UPDATE SET {changes}"
    )


def held_attempt(connection: Connection, subject: str, at: int) -> Row[Any]:
    """Return the row of a subject, held until the transaction ends."""
    first = {"subject": subject, "wrong": 0, "since": at, "locks": 0, "locked_until": 0}
    connection.execute(upsert(attempt, ("subject",)), first)
    return connection.execute(select(attempt).where(attempt.c.subject == subject)).one()
